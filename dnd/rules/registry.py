"""All rules. A new family is one module that ends in `RULES`, and one line here."""

from dnd.rules import echoes, facts, policy, quality, repetition, secrets, structure, theme, tidiness, wording
from dnd.rules.rule import Rule

_WRITTEN: tuple[Rule, ...] = (
    *structure.RULES,
    *facts.RULES,
    *policy.RULES,
    *secrets.RULES,
    *theme.RULES,
    *quality.RULES,
    *repetition.RULES,
    *tidiness.RULES,
    *wording.RULES,
)

RULES: tuple[Rule, ...] = (*_WRITTEN, *echoes.build(_WRITTEN))
