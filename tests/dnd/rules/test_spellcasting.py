"""Spell slots, Pact Magic, counts of spells, save DCs and the spell levels within reach."""

from typing import Any

import pytest

from dnd.rules.finding import Severity
from dnd.rules.rule import Skip
from dnd.srd.edition import BOTH, Edition
from tests.dnd.rules.characters import character, corrections, faults, said


def _nine(text: str) -> list[int]:
    row = [int(count) for count in text.split("/")] if text else []
    return row + [0] * (9 - len(row))


@pytest.mark.parametrize(
    ("rule", "edition", "levels", "right"),
    [
        ("SP2", "5.1", (("wizard", 1),), "2"),
        ("SP2", "5.2", (("wizard", 3),), "4/2"),
        ("SP2", "5.2", (("bard", 4),), "4/3"),
        ("SP2", "5.1", (("cleric", 5),), "4/3/2"),
        ("SP2", "5.2", (("druid", 19),), "4/3/3/3/3/2/1/1/1"),
        ("SP2", "5.1", (("sorcerer", 20),), "4/3/3/3/3/2/2/1/1"),
        ("SP2", "5.2", (("wizard", 5), ("warlock", 5)), "4/3/2"),
        ("SP2", "5.2", (("wizard", 5), ("fighter", 5)), "4/3/2"),
        ("SP3", "5.1", (("paladin", 1),), ""),
        ("SP3", "5.2", (("paladin", 1),), "2"),
        ("SP3", "5.1", (("ranger", 5),), "4/2"),
        ("SP3", "5.2", (("ranger", 20),), "4/3/3/3/2"),
        ("SP6", "5.1", (("paladin", 5), ("wizard", 1)), "4/2"),
        ("SP6", "5.2", (("paladin", 5), ("wizard", 1)), "4/3"),
        ("SP6", "5.2", (("ranger", 4), ("sorcerer", 3)), "4/3/2"),
        ("SP6", "5.1", (("wizard", 3), ("cleric", 3)), "4/3/3"),
        ("SP6", "5.1", (("paladin", 1), ("wizard", 3)), "4/2"),
    ],
)
def test_slots_by_class_and_level(rule: str, edition: Edition, levels: tuple[tuple[str, int], ...], right: str) -> None:
    row = _nine(right)
    document = character(edition, *levels, spellcasting=[{"class_name": levels[0][0].title(), "slots": row}])
    assert faults(rule, document, edition) == []
    document["spellcasting"][0]["slots"] = [row[0] + 1, *row[1:]]
    assert corrections(faults(rule, document, edition)) == {"/spellcasting/0/slots": row}


@pytest.mark.parametrize("edition", BOTH)
@pytest.mark.parametrize(
    ("level", "count", "at"),
    [(1, 1, 1), (2, 2, 1), (4, 2, 2), (5, 2, 3), (10, 2, 5), (11, 3, 5), (17, 4, 5), (20, 4, 5)],
)
def test_pact_slots(edition: Edition, level: int, count: int, at: int) -> None:
    entry: dict[str, Any] = {"class_name": "Warlock", "pact_slots": {"count": count, "level": at}}
    document = character(edition, ("warlock", level), spellcasting=[entry])
    assert faults("SP4", document, edition) == []
    entry["pact_slots"] = {"count": count + 1, "level": at + 1}
    wanted = {"/spellcasting/0/pact_slots/count": count, "/spellcasting/0/pact_slots/level": at}
    assert corrections(faults("SP4", document, edition)) == wanted
    row = [0] * 9
    row[at - 1] = count
    document["spellcasting"] = [{"class_name": "Warlock", "slots": row}]
    assert faults("SP4", document, edition) == []
    document["spellcasting"] = [{"class_name": "Warlock", "slots": [4, 3, 3]}]
    assert corrections(faults("SP4", document, edition)) == {"/spellcasting/0/slots": row}


def test_pact_slots_are_no_wizards() -> None:
    entry = {"class_name": "Wizard", "pact_slots": {"count": 2, "level": 3}}
    assert corrections(faults("SP4", character("5.2", ("wizard", 5), spellcasting=[entry]), "5.2")) == {
        "/spellcasting/0/pact_slots": None
    }


def test_slots_without_a_casting_class() -> None:
    document = character("5.2", ("barbarian", 5), spellcasting=[{"slots": [2]}])
    assert corrections(faults("SP1", document, "5.2")) == {"/spellcasting/0/slots": None}
    document["spellcasting"] = [{"class_name": "Magic Initiate", "cantrips": ["Light"]}]
    assert faults("SP1", document, "5.2") == []


@pytest.mark.parametrize(
    ("levels", "subclass", "slots", "severity"),
    [
        ((("rogue", 5),), None, [3], Severity.WARNING),
        ((("rogue", 5),), "Thief", [3], Severity.ERROR),
        ((("rogue", 5),), "Arcane Trickster", [3], None),
        ((("fighter", 7),), "Eldritch Knight", [4, 2], None),
        ((("fighter", 7),), "Eldritch Knight", [4, 3], Severity.WARNING),
        ((("fighter", 7),), "Arcane Trickster", [4, 2], Severity.WARNING),
    ],
)
def test_fighters_and_rogues_cast_by_subclass(
    levels: tuple[tuple[str, int], ...], subclass: str | None, slots: list[int], severity: Severity | None
) -> None:
    document = character("5.1", *levels, spellcasting=[{"slots": slots}])
    document["classes"][0]["subclass"] = subclass
    assert [finding.severity for finding in faults("SP5", document, "5.1")] == ([severity] if severity else [])


@pytest.mark.parametrize(
    ("edition", "levels", "entry", "wanted"),
    [
        ("5.1", (("cleric", 5),), {"ability": "wis", "save_dc": 13, "attack_bonus": 5}, {}),
        ("5.1", (("cleric", 5),), {"ability": "int"}, {"ability": "wis"}),
        ("5.2", (("cleric", 4),), {"save_dc": 13}, {"save_dc": 12}),
        ("5.2", (("sorcerer", 20),), {"attack_bonus": 5}, {"attack_bonus": 8}),
        ("5.2", (("wizard", 3), ("fighter", 2)), {"save_dc": 12}, {"save_dc": 13}),
    ],
)
def test_dc_and_attack(
    edition: Edition, levels: tuple[tuple[str, int], ...], entry: dict[str, Any], wanted: dict[str, Any]
) -> None:
    document = character(edition, *levels, spellcasting=[entry])
    found = {f"/spellcasting/0/{field}": value for field, value in wanted.items()}
    assert corrections(faults("SP17", document, edition)) == found


@pytest.mark.parametrize(("bonus", "legal"), [(5, True), (7, True), (6, False), (8, False)])
def test_a_wand_may_raise_the_attack(bonus: int, legal: bool) -> None:
    entry = {"class_name": "Wizard", "attack_bonus": bonus}
    document = character("5.2", ("wizard", 5), spellcasting=[entry], attuned=["Wand of the War Mage, +2"])
    assert bool(faults("SP17", document, "5.2")) != legal


@pytest.mark.parametrize(
    ("level", "arcana", "wrong"),
    [
        (9, ["True Seeing"], 1),
        (11, ["True Seeing"], 0),
        (11, ["True Seeing", "Eyebite"], 1),
        (12, ["True Seeing", "Plane Shift"], 1),
        (13, ["True Seeing", "Plane Shift"], 0),
        (17, ["True Seeing", "Plane Shift", "Demiplane", "Foresight"], 0),
        (20, ["Fly"], 1),
    ],
)
@pytest.mark.parametrize("edition", BOTH)
@pytest.mark.parametrize("name", ["arcanum", "known"])
def test_mystic_arcanum(edition: Edition, name: str, level: int, arcana: list[str], wrong: int) -> None:
    document = character(edition, ("warlock", level), spellcasting=[{"class_name": "Warlock", name: arcana}])
    expected = 0 if name == "known" and arcana == ["Fly"] else wrong
    assert len(faults("SP18", document, edition)) == expected


@pytest.mark.parametrize(
    ("edition", "levels", "spell", "legal"),
    [
        ("5.1", (("wizard", 9),), "Disintegrate", False),
        ("5.1", (("wizard", 11),), "Disintegrate", True),
        ("5.2", (("wizard", 16),), "Wish", False),
        ("5.2", (("wizard", 17),), "Wish", True),
        ("5.1", (("paladin", 4),), "Aid", False),
        ("5.2", (("paladin", 5),), "Aid", True),
        ("5.2", (("wizard", 4),), "Firebolt", True),
        ("5.2", (("warlock", 4),), "Fly", False),
        ("5.2", (("warlock", 5),), "Fly", True),
    ],
)
def test_spell_levels_within_reach(
    edition: Edition, levels: tuple[tuple[str, int], ...], spell: str, legal: bool
) -> None:
    document = character(edition, *levels, spellcasting=[{"prepared": [spell]}])
    assert bool(faults("SP22", document, edition)) != legal


def test_slots_beyond_every_class() -> None:
    classes = [{"name": "Spellblade", "level": 9}]
    document = character("5.2", ("wizard", 9), classes=classes, spellcasting=[{"slots": [4, 3, 3, 3, 1, 1]}])
    assert faults("SP22", document, "5.2")
    document["spellcasting"] = [{"slots": [4, 3, 3, 3, 1]}]
    assert faults("SP22", document, "5.2") == []


@pytest.mark.parametrize("rule", ["SP1", "SP2", "SP4", "SP6", "SP7", "SP10", "SP12", "SP13", "SP17", "SP18", "SP22"])
def test_no_spellcasting_is_no_fault(rule: str) -> None:
    assert said(rule, character("5.2", ("fighter", 5), spellcasting=[]), "5.2") is Skip.NOT_APPLICABLE
