import pytest

from dnd.rules import DOSSIER_RULES
from dnd.rules.dossier import Example
from dnd.rules.finding import Finding
from dnd.rules.rule import Skip
from tests.dnd.rules.dossiers import dossier_of_example


def findings(rule: str, text: str) -> list[Finding]:
    said = next(entry for entry in DOSSIER_RULES if entry.id == rule).check(dossier_of_example(Example(text=text)))
    assert not isinstance(said, Skip)
    return list(said)


@pytest.mark.parametrize(
    "text",
    [
        "Roll 1d4, 2d6, 3d8, 4d10, 5d12, 1d20 or d100.",
        "It deals 2d6+3 damage, 2d6 + 3 damage, or 2d6 − 1 damage.",
        "A 10d6 blast, a d20 and a D8.",
        "100d6 is the most.",
        "Gate D12 and house R2D2 were shut on 3 days.",
        "He had 3 dogs and 2 ducks.",
    ],
)
def test_dice_well_written(text: str) -> None:
    assert findings("TX1", text) == []


@pytest.mark.parametrize(
    ("text", "found", "severity"),
    [
        ("Roll 2d7.", "2d7", "warning"),
        ("Roll d3.", "d3", "warning"),
        ("Roll 3dd6.", "3dd6", "error"),
        ("Roll 0d6.", "0d6", "error"),
        ("Roll 101d6.", "101d6", "error"),
        ("Roll 2d0.", "2d0", "error"),
        ("Roll 2d1.", "2d1", "error"),
        ("Roll 2d6+-3.", "2d6+-3", "error"),
    ],
)
def test_dice_ill_written(text: str, found: str, severity: str) -> None:
    assert [(entry.found, entry.severity.value) for entry in findings("TX1", text)] == [(found, severity)]


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("10 (3d6)", None),
        ("13 (3d8)", None),
        ("7 (1d6 + 4)", None),
        ("2 (1d6 − 1)", None),
        ("6 (1d6 + 4)", "7 (1d6 + 4)"),
        ("10 (3d8) and 12 (3d6)", "13 (3d8) and 10 (3d6)"),
        ("1,010 (3d8)", None),
        ("See page 12 (third edition).", None),
    ],
)
def test_averages(text: str, right: str | None) -> None:
    found = findings("TX2", text)
    assert {entry.fix.value if entry.fix else None for entry in found} == ({right} if right else set())


def test_the_mended_text_has_nothing_to_mend() -> None:
    first = findings("TX2", "10 (3d8) and 12 (3d6)")[0]
    assert first.fix
    assert findings("TX2", first.fix.value) == []


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("You have advantage on the check.", 0),
        ("The town took advantage of 3 hard winters.", 0),
        ("Passive Perception 18 (advantage +5).", 0),
        ("You have +2 advantage.", 1),
        ("You have advantage (+5) on it.", 1),
        ("It has -4 disadvantage.", 1),
    ],
)
def test_advantage_without_a_number(text: str, count: int) -> None:
    assert len(findings("TX10", text)) == count
