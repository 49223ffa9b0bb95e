"""What the builder promises: complete sheets, the same for the same arguments, and refusals of what does not exist."""

from itertools import pairwise

import pytest

from dnd.errors import InvalidParametersError
from dnd.mechanics.character import build_character, build_multiclass
from dnd.sheets.sheet import CharacterSheet
from dnd.srd.abilities import ABILITIES, SKILLS, STANDARD_ARRAY, modifier
from dnd.srd.advancement import XP_BY_LEVEL
from dnd.srd.classes import classes
from dnd.srd.edition import BOTH, Edition
from dnd.srd.species import species

_COMPLETE = (
    *(
        "name",
        "species",
        "classes",
        "level",
        "background",
        "alignment",
        "pronouns",
        "size",
        "age",
        "height_in",
        "speed",
    ),
    *("ability_scores", "modifiers", "base_scores", "increases", "proficiency_bonus", "armor_class", "hit_points"),
    *("hit_dice", "saving_throws", "skills", "passive_perception", "languages", "tools", "weapon_training", "weapons"),
    *("attacks_per_action", "equipment", "coins", "features"),
)


@pytest.mark.parametrize("edition", BOTH)
@pytest.mark.parametrize("class_id", sorted(classes("5.2")))
def test_a_sheet_is_complete_and_the_same_every_time(class_id: str, edition: Edition) -> None:
    sheet = build_character(class_id, 6, edition, seed=2)
    lacking = [name for name in _COMPLETE if not getattr(sheet, name) and not (name == "tools" and edition == "5.1")]
    assert lacking == []
    assert set(sheet.saving_throws) == set(ABILITIES)
    assert set(sheet.skills) == set(SKILLS)
    assert sheet == build_character(class_id.upper(), 6, edition, seed=2)
    assert CharacterSheet.model_validate(sheet.model_dump(mode="json")) == sheet


@pytest.mark.parametrize("edition", BOTH)
def test_a_character_keeps_its_choices_as_it_grows(edition: Edition) -> None:
    life = [build_character("wizard", level, edition, seed=3) for level in range(1, 21)]
    assert {(sheet.name, sheet.species, sheet.background) for sheet in life} == {
        (life[0].name, life[0].species, life[0].background)
    }
    for before, after in pairwise(life):
        assert {entry.name for entry in before.features} <= {entry.name for entry in after.features}
        assert set(before.languages) == set(after.languages)
        assert (after.experience or 0) > (before.experience or 0)
    assert [sheet.experience for sheet in life] == list(XP_BY_LEVEL)


@pytest.mark.parametrize(
    ("class_id", "level", "hit_points", "armor_class"),
    [
        # A human of 5.1 has 1 more in all: Constitution 14 + 1; chain mail, shield and the style Defense.
        ("fighter", 5, 10 + 4 * 6 + 5 * 2, 16 + 2 + 1),
        # Constitution 15, Dexterity 16: leather armor.
        ("rogue", 1, 8 + 2, 11 + 3),
        # Constitution 15, Dexterity 14: no armor.
        ("wizard", 3, 6 + 2 * 4 + 3 * 2, 10 + 2),
    ],
)
def test_numbers_by_hand(class_id: str, level: int, hit_points: int, armor_class: int) -> None:
    sheet = build_character(class_id, level, "5.1", species="Human")
    assert sheet.hit_points is not None
    assert (sheet.hit_points.max, sheet.armor_class) == (hit_points, armor_class)
    assert sheet.base_scores is not None
    assert sorted(sheet.base_scores.model_dump().values(), reverse=True) == list(STANDARD_ARRAY)


def test_an_unarmored_barbarian_by_hand() -> None:
    sheet = build_character("barbarian", 20, "5.2", species="Orc", background="Soldier")
    scores = sheet.ability_scores
    assert scores is not None
    assert scores.str is not None
    assert scores.str > 20, "Primal Champion"
    assert scores.dex is not None
    assert scores.con is not None
    assert sheet.armor is None
    assert sheet.armor_class == 10 + modifier(scores.dex) + modifier(scores.con)
    assert (sheet.speed, sheet.darkvision) == (40, 120)


def test_a_multiclass_character_by_hand() -> None:
    sheet = build_multiclass([("Paladin", 5), ("Sorcerer", 3)], "5.2")
    assert (sheet.level, sheet.proficiency_bonus) == (8, 3)
    assert {entry.class_name: entry.slots for entry in sheet.spellcasting if entry.slots} == {
        "Paladin": (4, 3, 3, 0, 0, 0, 0, 0, 0),
        "Sorcerer": (4, 3, 3, 0, 0, 0, 0, 0, 0),
    }
    assert [str(dice) for dice in sheet.hit_dice] == ["5d10", "3d6"]
    assert {name for name, save in sheet.saving_throws.items() if save.proficient} == {"wis", "cha"}


@pytest.mark.parametrize("edition", BOTH)
def test_species_and_background_are_those_asked_for(edition: Edition) -> None:
    for row in species(edition).values():
        sheet = build_character("rogue", 3, edition, species=row.name, background="acolyte", seed=1)
        assert (sheet.species, sheet.background) == (row.name, "Acolyte")
        assert (sheet.lineage is not None) is bool(row.lineages)
    assert build_character("rogue", 3, "5.2", species="Wood Elf").speed == 35


@pytest.mark.parametrize(
    ("levels", "edition", "species_name", "background"),
    [
        ([("spellblade", 3)], "5.2", None, None),
        ([("wizard", 0)], "5.2", None, None),
        ([("wizard", 21)], "5.1", None, None),
        ([("wizard", 12), ("rogue", 9)], "5.1", None, None),
        ([("wizard", 2), ("Wizard", 2)], "5.1", None, None),
        ([("wizard", 2)], "5.2", "Half-Elf", None),
        ([("wizard", 2)], "5.1", None, "Soldier"),
    ],
)
def test_what_does_not_exist_is_refused(
    levels: list[tuple[str, int]], edition: Edition, species_name: str | None, background: str | None
) -> None:
    with pytest.raises(InvalidParametersError):
        build_multiclass(levels, edition, species=species_name, background=background)
