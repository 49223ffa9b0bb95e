"""Validation: the rules, the engine that runs them over a draft, and the fixes that code can make.

A family of rules is one module (`structure.py`: ST) whose rules are listed in `registry.py`.
"""

from functools import cache

from dnd.content.base import ContentType
from dnd.rules import engine, identity, prompting
from dnd.rules.dossier import Dossier, DossierRule
from dnd.rules.engine import parse_draft
from dnd.rules.facts import fact_reports
from dnd.rules.filing import dossier_of
from dnd.rules.finding import Report
from dnd.rules.fixing import apply_fixes
from dnd.rules.registry import DOSSIER_RULES, DRAFT_RULES, RULES
from dnd.rules.rule import Draft, Rule

__all__ = [
    "DOSSIER_RULES",
    "DRAFT_RULES",
    "RULES",
    "apply_fixes",
    "parse_draft",
    "prompt_lines",
    "rule",
    "rule_words",
    "rules_hash",
    "validate",
    "validate_document",
]


_MECHANICS = engine.DossierEngine(DOSSIER_RULES)
_BY_ID = {entry.id: entry for entry in RULES}


def rule(id: str) -> Rule:  # noqa: A002 -- the field's name in findings
    """The rule called `id`.

    Raises:
        KeyError: there is none.
    """
    return _BY_ID[id]


def rule_words(id: str) -> str:  # noqa: A002 -- as above
    """The own words of a rule on mechanics, for a repair; empty for the others, which every brief states in full."""
    entry = _BY_ID.get(id)
    return entry.prompt if isinstance(entry, DossierRule) else ""


def validate(draft: Draft) -> Report:
    """Everything that the rules say about a draft: deterministic, and no model is asked."""
    verdicts = engine.Verdicts()
    engine.run_draft_rules(DRAFT_RULES, draft, verdicts)
    _MECHANICS.run(dossier_of(draft), verdicts)
    return verdicts.report(fact_reports(draft))


def validate_document(dossier: Dossier) -> Report:
    """Everything that the rules say about a document that stands alone: a sheet, a block, an item, an encounter."""
    verdicts = engine.Verdicts()
    _MECHANICS.run(dossier, verdicts)
    return verdicts.report([])


def prompt_lines(type: ContentType) -> list[str]:  # noqa: A002 -- the field's name in the contract
    """The rules as the model is told them: the same for every request of a type."""
    return prompting.render_lines(RULES, type)


@cache
def rules_hash() -> str:
    """Tagged hash of the rule set, `rules:<12 hex>`: changes with any rule, table or checker."""
    return identity.hash_rules(RULES)
