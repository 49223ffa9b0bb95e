"""Validation: the rules, the engine that runs them over a draft, and the fixes that code can make.

A family of rules is one module (`structure.py`: ST) whose rules are listed in `registry.py`.
"""

from functools import cache

from dnd.content.base import ContentType
from dnd.rules import engine, identity, prompting
from dnd.rules.engine import parse_draft
from dnd.rules.facts import fact_reports
from dnd.rules.finding import Report
from dnd.rules.fixing import apply_fixes
from dnd.rules.registry import RULES
from dnd.rules.rule import Draft, Rule

__all__ = ["RULES", "apply_fixes", "parse_draft", "prompt_lines", "rule", "rules_hash", "validate"]


def rule(id: str) -> Rule:  # noqa: A002 -- the field's name in findings
    """The rule called `id`.

    Raises:
        KeyError: there is none.
    """
    for entry in RULES:
        if entry.id == id:
            return entry
    raise KeyError(id)


def validate(draft: Draft) -> Report:
    """Everything that the rules say about a draft: deterministic, and no model is asked."""
    return engine.run_rules(RULES, draft, fact_reports(draft))


def prompt_lines(type: ContentType) -> list[str]:  # noqa: A002 -- the field's name in the contract
    """The rules as the model is told them: the same for every request of a type."""
    return prompting.render_lines(RULES, type)


@cache
def rules_hash() -> str:
    """Tagged hash of the rule set, `rules:<12 hex>`: changes with any rule, table or checker."""
    return identity.hash_rules(RULES)
