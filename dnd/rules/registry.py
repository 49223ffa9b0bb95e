"""All rules. A new family is one module that ends in `RULES`, and one line here."""

from dnd.rules import structure
from dnd.rules.rule import Rule

RULES: tuple[Rule, ...] = (*structure.RULES,)
