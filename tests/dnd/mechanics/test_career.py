"""What levels bring, what a pack holds, what a fighter can spend: for every class, at every level, in both editions."""

from random import Random

import pytest

from dnd.errors import InvalidParametersError
from dnd.mechanics import arc, combat, equipment
from dnd.mechanics.level_up import describe, next_level
from dnd.sheets.sheet import CharacterSheet
from dnd.srd.classes import classes
from dnd.srd.edition import BOTH, Edition
from dnd.srd.spellcasting import full_slots

EDITIONS = pytest.mark.parametrize("edition", BOTH)
CLASSES = pytest.mark.parametrize("name", list(classes("5.2")))


def sheet(name: str, level: int, **more: object) -> CharacterSheet:
    return CharacterSheet.model_validate({"class": name, "level": level, **more})


@EDITIONS
@CLASSES
def test_every_level_brings_something_with_a_name(name: str, edition: Edition) -> None:
    for level in range(1, 20):
        gain = next_level(sheet(name, level), edition, Random(level))
        assert (gain.class_level, gain.character_level) == (level + 1, level + 1)
        assert gain.gained
        assert all(0 < len(thing.split()) <= 8 for thing in gain.gained)
        assert all(choice.options for choice in gain.choices)
        assert len({choice.choice for choice in gain.choices}) == len(gain.choices)
        assert describe(gain)


@EDITIONS
@CLASSES
def test_every_class_has_a_kit_a_pack_and_a_road(name: str, edition: Edition) -> None:
    for level in (1, 5, 11, 17):
        kit = combat.combat_kit(sheet(name, level), edition)
        assert kit.resources
        assert kit.proficiency_bonus == 2 + (level - 1) // 4
        assert equipment.pack_of(sheet(name, level), edition).pieces
        road = arc.road_ahead(sheet(name, level), edition)
        assert 1 <= len(road.milestones) <= arc.STATIONS
        levels = [station.level for station in road.milestones]
        assert levels == sorted(set(levels))
        assert levels[0] > level


def test_hit_points_follow_the_class_and_constitution() -> None:
    scores = {"str": 8, "dex": 14, "con": 14, "int": 16, "wis": 12, "cha": 10}
    wizard = sheet("wizard", 4, ability_scores=scores)
    assert next_level(wizard, "5.2", Random(1)).hit_points == 6
    rolled = next_level(wizard, "5.2", Random(1), method="rolled")
    assert (rolled.hit_points, rolled.hit_points_range) == (None, (3, 8))


@pytest.mark.parametrize(
    ("name", "level", "edition", "choice", "count"),
    [
        ("wizard", 3, "5.2", "Cantrips", 1),
        ("wizard", 3, "5.2", "Spellbook", 2),
        ("sorcerer", 1, "5.1", "Spells", 1),
        ("cleric", 2, "5.2", "Subclass", 1),
        ("fighter", 5, "5.2", "Ability Score Improvement", 1),
        ("fighter", 18, "5.2", "Epic Boon", 1),
        ("fighter", 18, "5.1", "Ability Score Improvement", 1),
    ],
)
def test_the_choices_of_a_level(name: str, level: int, edition: Edition, choice: str, count: int) -> None:
    gain = next_level(sheet(name, level), edition, Random(1))
    assert {entry.choice: entry.count for entry in gain.choices}[choice] == count


def test_spells_suggested_are_of_the_class_and_not_known_already() -> None:
    known = sheet("sorcerer", 4, spellcasting=[{"class": "sorcerer", "known": ["Mirror Image"]}])
    for seed in range(20):
        gain = next_level(known, "5.2", Random(seed))
        options = next(choice.options for choice in gain.choices if choice.choice == "Spells")
        assert "Mirror Image" not in options
        assert len(set(options)) == 3


def test_a_level_may_be_taken_in_another_class() -> None:
    gain = next_level(sheet("fighter", 3), "5.2", Random(1), takes="Wizard")
    assert (gain.class_name, gain.class_level, gain.character_level, gain.hit_die) == ("Wizard", 1, 4, "d6")


def test_slots_of_several_classes_are_those_of_the_multiclass_table() -> None:
    both = CharacterSheet.model_validate({"class": "Ranger 4 / Sorcerer 3"})
    kit = combat.combat_kit(both, "5.2")
    assert kit.spell_slots == tuple(number for number in full_slots(5) if number)


def test_possessions_given_are_kept_by_name_and_known_ones_have_figures() -> None:
    pack = equipment.pack_of(sheet("rogue", 2, equipment=["Rapier", "A blue button", "Cloak of Protection"]), "5.2")
    assert [piece.name for piece in pack.pieces] == ["Rapier", "A blue button", "Cloak of Protection"]
    assert pack.pieces[0].figures == "1d8 piercing; finesse"
    assert (pack.pieces[1].figures, pack.pieces[2].rarity) == (None, "uncommon")


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ({}, "/subject/class"),
        ({"class": "Spellblade", "level": 3}, "/subject/class"),
        ({"class": "wizard"}, "/subject/level"),
        ({"class": "wizard", "level": 20}, "/subject/level"),
        ({"class": "wizard", "level": 77}, "/subject/level"),
    ],
)
def test_what_is_missing_is_named(given: dict[str, object], path: str) -> None:
    with pytest.raises(InvalidParametersError) as caught:
        next_level(CharacterSheet.model_validate(given), "5.2", Random(1))
    assert [error.path for error in caught.value.errors] == [path]
