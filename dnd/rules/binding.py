"""Terms with all their names resolved: from there, any JSON becomes a draft that the rules can read."""

from dataclasses import dataclass

from dnd.content import content_type
from dnd.content.base import ContentType
from dnd.content.request import Terms
from dnd.content.subject import Subject
from dnd.rules.engine import parse_draft
from dnd.rules.rule import Draft
from dnd.themes import resolve_theme
from dnd.themes.contract import ThemeContract, apply_theme


@dataclass(frozen=True, slots=True)
class Binding:
    """Type, subject and theme of one request, as objects."""

    terms: Terms
    type: ContentType
    subject: Subject
    contract: ThemeContract

    def draft(self, raw: object) -> Draft:
        """`raw`, any JSON value, with everything it must agree with."""
        return parse_draft(
            self.type,
            raw,
            subject=self.subject,
            contract=self.contract,
            facts=self.terms.facts,
            length=self.terms.length,
            edition=self.terms.edition,
            policy=self.terms.policy,
        )


def bind(terms: Terms, contract: ThemeContract | None = None) -> Binding:
    """Resolve `terms`, applying the theme unless its contract is there already.

    Raises:
        InvalidParametersError: type, subject or theme do not exist or do not fit; it names the field.
    """
    kind = content_type(terms.type)
    subject = kind.parse_subject(terms.subject)
    if contract is None:
        contract = apply_theme(
            resolve_theme(terms.theme),
            facts=terms.facts,
            subject=subject,
            length=terms.length,
            boundaries=terms.policy.lines,
        )
    return Binding(terms, kind, subject, contract)
