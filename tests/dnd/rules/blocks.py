"""Running one rule on one stat block or encounter, for tables of cases."""

from collections.abc import Mapping
from typing import Any

from dnd.rules import DOSSIER_RULES
from dnd.rules.dossier import Example, NamePolicy
from dnd.rules.finding import Finding
from dnd.rules.rule import Skip
from dnd.srd.edition import Edition
from tests.dnd.rules.dossiers import dossier_of_example

_BY_ID = {rule.id: rule for rule in DOSSIER_RULES}


def said(
    rule: str,
    document: str = "",
    changes: Mapping[str, Any] | None = None,
    *,
    text: str = "",
    edition: Edition | None = None,
    names: NamePolicy = "homebrew_ok",
) -> list[Finding] | Skip:
    """What a rule says of a sample document with some values replaced."""
    example = Example(document, changes or {}, text=text, edition=edition, names=names)
    answer = _BY_ID[rule].check(dossier_of_example(example))
    return answer if isinstance(answer, Skip) else list(answer)


def faults(rule: str, document: str = "", changes: Mapping[str, Any] | None = None, **more: Any) -> list[Finding]:  # noqa: ANN401 -- as `said`
    """The same where there must be a verdict."""
    answer = said(rule, document, changes, **more)
    assert not isinstance(answer, Skip), f"{rule} gave no verdict: {answer}"
    return answer
