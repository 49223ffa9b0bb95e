"""DC1-DC3: DCs in texts, their words, their reach, and hazards by level."""

import pytest

from dnd.rules.finding import Severity
from dnd.rules.rule import Skip
from dnd.srd.edition import Edition
from tests.dnd.rules.blocks import faults, said


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("An easy DC 10 check opens it.", 0),
        ("An easy DC 13 check opens it.", 0),
        ("An easy DC 15 check opens it.", 1),
        ("A very easy DC 5 task.", 0),
        ("A very easy DC 10 task.", 1),
        ("A very hard check (DC 25).", 0),
        ("A hard check (DC 25).", 1),
        ("The lock is DC 30 (nearly impossible).", 0),
        ("The lock is DC 15 (nearly impossible).", 1),
        ("The road is hard. A DC 10 Wisdom (Survival) check finds water.", 0),
        ("He takes it easy, and the guards make a DC 14 Perception check.", 0),
        ("A DC 4 Strength check moves it.", 1),
        ("A DC 30 Strength check moves it.", 0),
        ("A DC 31 Strength (Athletics) check moves it.", 1),
        ("A DC 3 Dexterity saving throw halves it.", 0),
    ],
)
def test_labels(text: str, count: int) -> None:
    assert len(faults("DC1", text=text)) == count


def test_a_dc_outside_the_table_is_unusual_only() -> None:
    (finding,) = faults("DC1", text="A DC 40 Arcana check reads it.")
    assert finding.severity is Severity.WARNING
    assert finding.span
    assert finding.span.text == "DC 40 Arcana"


@pytest.mark.parametrize(
    ("document", "text", "count"),
    [
        ("", "DC 37 holds.", 0),
        ("", "DC 38 holds.", 1),
        ("wizard_5", "DC 31 holds.", 0),
        ("wizard_5", "DC 32 holds.", 1),
        ("three_wolves", "DC 30 holds.", 1),
    ],
)
def test_reach(document: str, text: str, count: int) -> None:
    changes = {"/party": [1, 1]} if document == "three_wolves" else {}
    assert len(faults("DC2", document, changes, text=text)) == count


@pytest.mark.parametrize(
    ("document", "edition", "dice", "count"),
    [
        ("fighter_3", "5.2", "2d10", 0),
        ("fighter_3", "5.2", "3d10", 1),
        ("fighter_3", "5.1", "4d10", 0),
        ("fighter_3", "5.1", "10d10", 1),
        ("paladin_6", "5.2", "4d10", 0),
        ("paladin_6", "5.2", "10d10", 1),
    ],
)
def test_hazards_by_tier(document: str, edition: Edition, dice: str, count: int) -> None:
    text = f"The pit trap deals {dice} piercing damage. Her maul deals 12d12 damage."
    assert len(faults("DC3", document, text=text, edition=edition)) == count


def test_a_hazard_without_a_level_cannot_be_judged() -> None:
    assert said("DC3", text="The pit trap deals 10d10 damage.") is Skip.NOT_CHECKABLE
    assert said("DC3", "fighter_3", text="He fell into a pit once.") is Skip.NOT_APPLICABLE
    assert said("DC1", text="Nothing of numbers here.") is Skip.NOT_APPLICABLE
