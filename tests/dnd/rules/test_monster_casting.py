"""MO18: numbers, slots and names of a monster's spells."""

from typing import Any

import pytest

from dnd.rules.finding import Severity
from dnd.rules.rule import Skip
from tests.dnd.rules.blocks import faults, said


def _slots(level: int, slots: dict[str, int], class_name: str = "wizard") -> dict[str, Any]:
    return {"/spellcasting": {"ability": "int", "caster_level": level, "slots": slots, "class_name": class_name}}


@pytest.mark.parametrize(
    ("level", "slots", "class_name", "paths"),
    [
        (1, {"1": 2}, "wizard", []),
        (9, {"1": 4, "2": 3, "3": 3, "4": 3, "5": 1}, "wizard", []),
        (10, {"1": 4, "2": 3, "3": 3, "4": 3, "5": 1}, "wizard", ["/spellcasting/slots/5"]),
        (20, {"1": 4, "2": 3, "3": 3, "4": 3, "5": 3, "6": 2, "7": 2, "8": 1, "9": 1}, "cleric", []),
        (3, {"1": 4}, "wizard", ["/spellcasting/slots"]),
        (4, {"1": 3}, "paladin", []),
        (4, {"1": 4, "2": 3}, "paladin", ["/spellcasting/slots/1", "/spellcasting/slots/2"]),
        (5, {"3": 2}, "warlock", []),
        (21, {"1": 4}, "wizard", ["/spellcasting/caster_level"]),
        (5, {"1": 4, "2": 3, "3": 2, "tenth": 1}, "wizard", ["/spellcasting/slots/tenth"]),
    ],
)
def test_slots_by_caster_level(level: int, slots: dict[str, int], class_name: str, paths: list[str]) -> None:
    assert [finding.path for finding in faults("MO18", "mage_2014", _slots(level, slots, class_name))] == paths


def test_the_ability_decides_dc_and_attack() -> None:
    found = faults("MO18", "mage_2014", {"/spellcasting": {"ability": "cha", "dc": 14, "attack_bonus": 6}})
    assert [(finding.path, finding.fix and finding.fix.value) for finding in found] == [
        ("/spellcasting/dc", 11),
        ("/spellcasting/attack_bonus", 3),
    ]


def test_numbers_in_the_text_are_mended_there() -> None:
    text = (
        "It casts a spell, using Charisma as the spellcasting ability (spell save DC 12, +0 to hit with spell attacks)."
    )
    found = faults("MO18", "ogre_2024", {"/actions/-": {"name": "Spellcasting", "text": text}})
    in_text = [finding for finding in found if finding.span]
    assert [(finding.found, finding.fix and finding.fix.value) for finding in in_text] == [
        ("12", text.replace("DC 12, +0", "DC 8, +0"))
    ]


@pytest.mark.parametrize(
    ("spells", "severity", "fix"),
    [
        ({"3": ["Fireball", "Counterspell"]}, None, None),
        ({"3": ["Firebal"]}, Severity.WARNING, "Fireball"),
        ({"3": ["Hollow Lament"]}, Severity.WARNING, None),
        ({"4": ["Fireball"]}, Severity.ERROR, None),
        ({"0": ["Light"]}, None, None),
    ],
)
def test_spells(spells: dict[str, list[str]], severity: Severity | None, fix: str | None) -> None:
    found = faults("MO18", "mage_2014", {"/spellcasting": {"ability": "int", "spells": spells}})
    assert [finding.severity for finding in found] == ([severity] if severity else [])
    assert [finding.fix.value for finding in found if finding.fix] == ([fix] if fix else [])


def test_a_monster_without_spells_is_not_judged() -> None:
    assert said("MO18", "ogre_2014") is Skip.NOT_APPLICABLE
    unnamed = {"/actions/-": {"name": "Spellcasting", "text": "It casts spells (spell save DC 12)."}}
    assert said("MO18", "ogre_2024", unnamed) is Skip.NOT_CHECKABLE


def test_two_wrong_numbers_of_one_text_have_one_mend() -> None:
    text = "It casts, using Charisma as the spellcasting ability (spell save DC 12, +4 to hit with spell attacks)."
    found = faults("MO18", "ogre_2024", {"/actions/-": {"name": "Spellcasting", "text": text}})
    fixes = {finding.fix.value for finding in found if finding.fix and finding.span}
    assert fixes == {text.replace("DC 12, +4", "DC 8, +0")}
