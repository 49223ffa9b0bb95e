"""Terms with all their names resolved: from there, any JSON becomes a draft that the rules can read."""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any, cast

from dnd.content import content_type
from dnd.content.base import ContentType
from dnd.content.request import ContentRequest, Terms
from dnd.content.skeleton import Skeleton
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
    skeleton: Skeleton | None = None
    """The mechanics that the content must have; None where the type has none, or nobody computed them."""

    def owned(self, raw: Mapping[str, Any]) -> Mapping[str, Any]:
        """The code-owned fields that go with the words in `raw`."""
        return {} if self.skeleton is None else self.type.complete(self.skeleton, raw)

    def draft(self, raw: object) -> Draft:
        """`raw`, any JSON value, with everything it must agree with."""
        values: Mapping[str, Any] = cast("Mapping[str, Any]", raw) if isinstance(raw, Mapping) else {}
        return parse_draft(
            self.type,
            values,
            subject=self.subject,
            contract=self.contract,
            facts=self.terms.facts,
            length=self.terms.length,
            edition=self.terms.edition,
            policy=self.terms.policy,
            owned=self.owned(values),
            slots=None if self.skeleton is None else self.skeleton.slots,
        )


def compute_skeleton(request: ContentRequest) -> Skeleton | None:
    """The mechanics of a request's content; None where its type has none.

    The same request gets the same mechanics; another variant, or another seed where one is given, gets others where
    there is a choice.

    Raises:
        InvalidParametersError: the subject permits no legal mechanics; it names the field.
    """
    kind = content_type(request.type)
    if kind.skeleton is None:
        return None
    subject = kind.parse_subject(request.subject)
    key = request.seed if request.seed is not None else zlib.crc32(subject.model_dump_json().encode())
    return kind.skeleton(subject, request.edition, Random(f"{kind.name}:{key}:{request.variant}"))  # noqa: S311 -- no secret


def bind(terms: Terms, contract: ThemeContract | None = None, skeleton: Skeleton | None = None) -> Binding:
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
    return Binding(terms, kind, subject, contract, skeleton)
