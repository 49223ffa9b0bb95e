"""Slots, cantrips, known and prepared spells: the wheels and the SRD's worked examples."""

import re

import pytest

from dnd.srd.advancement import proficiency_bonus
from dnd.srd.edition import BOTH, Edition
from dnd.srd.spellcasting import (
    MYSTIC_ARCANUM,
    NO_SLOTS,
    cantrips,
    full_slots,
    max_spell_level,
    multiclass_slots,
    pact_slots,
    prepared_limit,
    slots,
    spells_known,
)
from dnd.srd.thirds import third_cantrips, third_slots, third_spells
from tests.dnd.srd.wheels import constants_52, rows_52

LEVELS = range(1, 21)


def test_pact_slots_equal_the_wheel() -> None:
    theirs = constants_52()["SPELL_SLOTS_WARLOCK"]
    assert {level: pact_slots(level) for level in LEVELS} == {
        level: (row["pact"], row["pact_level"]) for level, row in theirs.items()
    }
    assert pact_slots(0) == (0, 0)
    assert slots("warlock", 5, "5.1") == (0, 0, 2, 0, 0, 0, 0, 0, 0)
    assert multiclass_slots({"warlock": 5}, "5.2") == NO_SLOTS


def _row(*counts: int) -> tuple[int, ...]:
    return counts + (0,) * (9 - len(counts))


def test_the_worked_examples_of_multiclass_slots() -> None:
    assert multiclass_slots({"ranger": 4, "sorcerer": 3}, "5.2") == _row(4, 3, 2)
    assert multiclass_slots({"paladin": 5, "wizard": 1}, "5.2") == _row(4, 3)
    assert multiclass_slots({"paladin": 5, "wizard": 1}, "5.1") == _row(4, 2)
    assert multiclass_slots({"wizard": 3, "cleric": 3}, "5.1") == full_slots(6)
    assert multiclass_slots({"warlock": 5, "wizard": 2}, "5.2") == _row(3)
    assert proficiency_bonus(3 + 2) == 3  # Fighter 3/Rogue 2


def test_one_casting_class_keeps_its_own_table() -> None:
    assert multiclass_slots({"paladin": 5, "fighter": 3}, "5.1") == _row(4, 2)
    assert multiclass_slots({"ranger": 5, "paladin": 1}, "5.1") == slots("ranger", 5, "5.1")
    assert multiclass_slots({"ranger": 5, "paladin": 1}, "5.2") == full_slots(4)
    assert multiclass_slots({"fighter": 20}, "5.2") == NO_SLOTS
    assert multiclass_slots({}, "5.1") == NO_SLOTS
    assert multiclass_slots({"wizard": 4, "fighter": 7}, "5.1", third_levels=7) == full_slots(6)


def test_odd_levels_have_nothing_and_break_nothing() -> None:
    for level in (-5, 0):
        for edition in BOTH:
            assert slots("wizard", level, edition) == NO_SLOTS
            assert slots("paladin", level, edition) == NO_SLOTS
            assert cantrips("wizard", level, edition) == 0
            assert max_spell_level("warlock", level, edition) == 0
    assert prepared_limit("cleric", 0, 3, "5.2") is None
    assert multiclass_slots({"wizard": 19, "cleric": 19}, "5.1") == full_slots(20)
    assert multiclass_slots({"Spellblade": 3, "wizard": 1}, "5.2") == _row(2)


@pytest.mark.parametrize(
    ("class_id", "level", "edition", "highest"),
    [
        ("wizard", 5, "5.1", 3),
        ("wizard", 17, "5.2", 9),
        ("paladin", 1, "5.1", 0),
        ("paladin", 1, "5.2", 1),
        ("ranger", 20, "5.1", 5),
        ("warlock", 9, "5.2", 5),
        ("warlock", 11, "5.2", 6),
        ("warlock", 20, "5.1", 9),
        ("barbarian", 20, "5.2", 0),
    ],
)
def test_highest_spell_levels(class_id: str, level: int, edition: Edition, highest: int) -> None:
    assert max_spell_level(class_id, level, edition) == highest


def test_highest_spell_level_is_half_the_level_rounded_up() -> None:
    for edition in BOTH:
        for level in LEVELS:
            assert max_spell_level("sorcerer", level, edition) == min(9, (level + 1) // 2)
            first = 2 if edition == "5.1" else 1
            assert max_spell_level("paladin", level, edition) == ((level + 3) // 4 if level >= first else 0)
    assert sorted(MYSTIC_ARCANUM.items()) == [(6, 11), (7, 13), (8, 15), (9, 17)]


def test_prepared_and_known_spells() -> None:
    assert prepared_limit("wizard", 1, 3, "5.1") == 4
    assert prepared_limit("paladin", 5, 2, "5.1") == 4
    assert prepared_limit("cleric", 1, -3, "5.1") == 1
    assert prepared_limit("bard", 5, 4, "5.1") is None
    assert prepared_limit("wizard", 5, 4, "5.2") == 9
    assert prepared_limit("wizard", 20, 5, "5.2") == 25
    assert prepared_limit("paladin", 1, 3, "5.2") == 2
    assert prepared_limit("fighter", 5, 3, "5.2") is None
    assert (spells_known("sorcerer", 1), spells_known("ranger", 1), spells_known("wizard", 1)) == (2, 0, None)


def test_prepared_counts_52_equal_the_texts_of_the_wheel() -> None:
    """Each text says how many spells a class begins with."""
    words = {"two": 2, "four": 4}
    for row in rows_52("classes"):
        for feature in row["features"]:
            said = re.search(r"To start, choose (\w+) level 1", feature["description"])
            if said:
                assert prepared_limit(row["name"].lower(), 1, 0, "5.2") == words[said[1]]
            drawn = re.search(r"(?:You know|You know) (\w+) [\w ]*cantrips", feature["description"])
            if drawn and feature["name"] in {"Spellcasting", "Pact Magic"}:
                counts = {**words, "three": 3}
                assert cantrips(row["name"].lower(), 1, "5.2") == counts[drawn[1]]


def test_thirds() -> None:
    assert [third_slots(level) for level in (2, 3, 4, 7, 13, 19)] == [
        NO_SLOTS,
        _row(2),
        _row(3),
        _row(4, 2),
        _row(4, 3, 2),
        _row(4, 3, 3, 1),
    ]
    assert [third_spells(level) for level in (2, 3, 4, 20)] == [0, 3, 4, 13]
    assert [third_cantrips(3, name) for name in ("Eldritch Knight", "Arcane Trickster")] == [2, 3]
