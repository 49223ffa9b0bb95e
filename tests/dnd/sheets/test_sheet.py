"""Character sheets in the shapes that people and programs give them."""

from typing import Any

import pytest

from dnd.sheets.documents import read_document
from dnd.sheets.samples import sample_document, sample_documents
from dnd.sheets.sheet import CharacterSheet


def read(values: dict[str, Any]) -> CharacterSheet:
    found = read_document(values, "character_sheet")
    assert isinstance(found.document, CharacterSheet)
    return found.document


def said(values: dict[str, Any]) -> dict[str, Any]:
    """What the sheet says, without all that is not stated."""
    return read(values).model_dump(mode="json", exclude_defaults=True)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"class": "Wizard 5"}, [{"name": "Wizard", "level": 5}]),
        ({"class": "Wizard", "level": "5th"}, [{"name": "Wizard", "level": 5}]),
        ({"class": "Wizard", "subclass": "Evoker", "level": 5}, [{"name": "Wizard", "level": 5, "subclass": "Evoker"}]),
        ({"Class": "wizard (Evoker) 5"}, [{"name": "wizard", "level": 5, "subclass": "Evoker"}]),
        ({"class": "Cleric", "domain": "Life"}, [{"name": "Cleric", "subclass": "Life"}]),
        ({"class": "Fighter 3 / Rogue 2"}, [{"name": "Fighter", "level": 3}, {"name": "Rogue", "level": 2}]),
        ({"classes": {"Fighter": 3, "Rogue": 2}}, [{"name": "Fighter", "level": 3}, {"name": "Rogue", "level": 2}]),
        ({"classes": ["Fighter 3", "Rogue 2"]}, [{"name": "Fighter", "level": 3}, {"name": "Rogue", "level": 2}]),
        ({"class": {"name": "Wizard", "hitDie": "d6"}, "level": 1}, [{"name": "Wizard", "level": 1, "hit_die": 6}]),
        ({"classes": [{"class": "Bard", "levels": "2"}]}, [{"name": "Bard", "level": 2}]),
    ],
)
def test_classes(values: dict[str, Any], expected: list[dict[str, Any]]) -> None:
    assert said(values)["classes"] == expected


@pytest.mark.parametrize(
    "values",
    [
        {"ability_scores": {"str": 15, "dex": 14, "con": 13, "int": 12, "wis": 10, "cha": 8}},
        {"abilityScores": {"STR": "15", "Dexterity": 14, "con.": "13", "Int": 12.0, "wisdom": "10", "CHA": "8"}},
        {"abilities": [15, 14, 13, 12, 10, 8]},
        {"stats": "Str 15, Dex 14 (+2), Con 13, Int 12, Wis 10, Cha 8"},
        {"strength": 15, "dex": 14, "Constitution": 13, "INT": 12, "wis": 10, "charisma": 8},
        {
            "attributes": {
                "str": {"score": 15, "mod": 2},
                "dex": {"value": 14},
                "con": 13,
                "int": 12,
                "wis": 10,
                "cha": 8,
            }
        },
    ],
)
def test_ability_scores(values: dict[str, Any]) -> None:
    sheet = read(values)
    assert sheet.ability_scores is not None
    assert sheet.ability_scores.complete
    assert sheet.ability_scores.model_dump() == {"str": 15, "dex": 14, "con": 13, "int": 12, "wis": 10, "cha": 8}
    assert (sheet.modifier("str"), sheet.modifier("cha")) == (2, -1)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"AC": "15 (chain shirt, shield)"}, {"armor_class": 15, "armor_note": "chain shirt, shield"}),
        ({"armourClass": {"value": 15}}, {"armor_class": 15}),
        ({"hp": "27/32"}, {"hit_points": {"max": 32, "current": 27}}),
        ({"max_hp": 32, "currentHP": "27", "tempHp": 5}, {"hit_points": {"max": 32, "current": 27, "temporary": 5}}),
        ({"hit_points": {"maximum": 32, "method": "average"}}, {"hit_points": {"max": 32, "method": "fixed"}}),
        ({"hitDice": "3d10 + 2d8"}, {"hit_dice": ["3d10", "2d8"]}),
        ({"hit_dice": {"d10": 3, "d8": 2}}, {"hit_dice": ["3d10", "2d8"]}),
        ({"hit_dice": 5}, {}),
        ({"speed": "30 ft., fly 60 ft."}, {"speed": 30, "speeds": {"walk": 30, "fly": 60}}),
        ({"speed": {"walk": 30, "swim": "30 ft."}}, {"speed": 30, "speeds": {"walk": 30, "swim": 30}}),
        ({"speed": 25}, {"speed": 25}),
        ({"XP": "6,500 XP", "PB": "+3", "init": "+2"}, {"experience": 6500, "proficiency_bonus": 3, "initiative": 2}),
        ({"age": "61 years", "height": "5'7\""}, {"age": 61, "height_in": 67}),
        ({"senses": "darkvision 60 ft., passive Perception 13"}, {"darkvision": 60, "passive_perception": 13}),
        ({"race": "Elf", "subrace": "High Elf"}, {"species": "Elf", "lineage": "High Elf"}),
        ({"alignment": "CG"}, {"alignment": "chaotic good"}),
        ({"score_method": "Point Buy"}, {"score_method": "point_buy"}),
        ({"gold": 12, "sp": "5"}, {"coins": {"gp": 12, "sp": 5}}),
        ({"money": "12 gp, 5 sp"}, {"coins": {"gp": 12, "sp": 5}}),
        ({"currency": {"Gold": "1,200"}}, {"coins": {"gp": 1200}}),
        ({"armor": {"name": "Chain Mail"}, "shield": "+1 shield"}, {"armor": "Chain Mail", "shield": True}),
        ({"languages": None, "weapons": None, "spellcasting": None, "hit_points": None}, {}),
    ],
)
def test_fields(values: dict[str, Any], expected: dict[str, Any]) -> None:
    assert said(values) == expected


@pytest.mark.parametrize(
    ("skills", "expected"),
    [
        ({"Arcana": "+6"}, {"Arcana": {"bonus": 6}}),
        ({"Arcana": 6, "Stealth": None}, {"Arcana": {"bonus": 6}, "Stealth": {}}),
        ({"Arcana": True}, {"Arcana": {"proficient": True}}),
        ({"Arcana": "+7 (expertise)"}, {"Arcana": {"bonus": 7, "proficient": True, "expertise": True}}),
        ({"Arcana": "proficient"}, {"Arcana": {"proficient": True}}),
        (["Arcana", "Stealth +2"], {"Arcana": {"proficient": True}, "Stealth": {"bonus": 2, "proficient": True}}),
        ("Sleight of Hand +4; Stealth +2", {"Sleight of Hand": {"bonus": 4, "proficient": True},
                                            "Stealth": {"bonus": 2, "proficient": True}}),
        ([{"name": "Arcana", "modifier": "+6", "proficient": "yes", "source": "race"}],
         {"Arcana": {"bonus": 6, "proficient": True, "source": "species"}}),
    ],
)  # fmt: skip
def test_skills(skills: object, expected: dict[str, Any]) -> None:
    assert said({"skills": skills}) == {"skills": expected}


def test_a_list_of_all_saves_says_nothing_of_proficiency() -> None:
    sheet = read({"saves": "Str +0, Dex +2, Con +1, Int +6, Wis +4, Cha -1"})
    assert {name: save.bonus for name, save in sheet.saving_throws.items()} == {
        "str": 0, "dex": 2, "con": 1, "int": 6, "wis": 4, "cha": -1,
    }  # fmt: skip
    assert all(save.proficient is None for save in sheet.saving_throws.values())


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("Dagger", {"name": "Dagger"}),
        ("2 Daggers", {"name": "Daggers", "quantity": 2}),
        ("3x Torch", {"name": "Torch", "quantity": 3}),
        ("Arrows (20)", {"name": "Arrows", "quantity": 20}),
        ("Torch x3", {"name": "Torch", "quantity": 3}),
        ("50 feet of rope", {"name": "50 feet of rope"}),
        ("10-foot pole", {"name": "10-foot pole"}),
        ("+1 longsword", {"name": "+1 longsword"}),
        ("Spell Scroll (3rd level)", {"name": "Spell Scroll (3rd level)"}),
        (
            {"name": "Rope", "weight": "10 lb.", "cost": "1 gp", "count": "2"},
            {"name": "Rope", "weight": 10, "price": "1 gp", "quantity": 2},
        ),
    ],
)
def test_equipment(stated: object, expected: dict[str, Any]) -> None:
    assert said({"equipment": [stated]}) == {"equipment": [expected]}


def test_equipment_by_name() -> None:
    values = {"equipment": {"Dagger": 2, "Rope": {"weight": 10}}}
    assert said(values)["equipment"] == [{"name": "Dagger", "quantity": 2}, {"name": "Rope", "weight": 10}]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"spells": ["Light", "Web (C)"]}, {"prepared": [{"name": "Light"}, {"name": "Web", "concentration": True}]}),
        ({"spells": {"cantrips": "Light, Mage Hand", "1": ["Shield"], "2nd level": "Web"}},
         {"cantrips": [{"name": "Light"}, {"name": "Mage Hand"}],
          "prepared": [{"name": "Shield", "level": 1}, {"name": "Web", "level": 2}]}),
        ({"spellSlots": {"1st": 4, "2": 3}}, {"slots": [4, 3, 0, 0, 0, 0, 0, 0, 0]}),
        ({"spell_slots": "4/3/2"}, {"slots": [4, 3, 2, 0, 0, 0, 0, 0, 0]}),
        ({"spellcasting": {"class": "Wizard", "ability": "Intelligence", "spellSaveDC": "15"}},
         {"class_name": "Wizard", "ability": "int", "save_dc": 15}),
        ({"spellcasting_ability": "INT", "cantrips": ["Light"]}, {"ability": "int", "cantrips": [{"name": "Light"}]}),
        ({"spellcasting": [{"pactSlots": {"count": "2", "level": "3rd"}}]}, {"pact_slots": {"count": 2, "level": 3}}),
    ],
)  # fmt: skip
def test_spellcasting(values: dict[str, Any], expected: dict[str, Any]) -> None:
    assert said(values) == {"spellcasting": [expected]}


def test_the_order_of_keys_decides_nothing() -> None:
    values = {"strength": 8, "Strength": 9, "STR": 10, "race": "Elf", "ancestry": "Orc", "hp": 5, "max_hp": 7}
    assert said(values) == said(dict(reversed(values.items())))


def test_a_field_wins_over_its_other_names() -> None:
    assert said({"race": "Elf", "species": "Orc"}) == {"species": "Orc"}


@pytest.mark.parametrize("name", sample_documents())
def test_canonical_json_is_read_as_itself(name: str) -> None:
    raw = sample_document(name)
    raw.pop("edition")
    document = read_document(raw).document
    again = type(document).model_validate(document.model_dump(mode="json"))
    assert again == document


def test_questions_to_a_sheet() -> None:
    sheet = read(sample_document("fighter_3_rogue_2"))
    assert sheet.total_level == 5
    assert (sheet.class_level("rogue"), sheet.class_level("Wizard")) == (2, 0)
    assert sheet.has_feature("second wind")
    assert not sheet.has_feature("Rage")
    assert read({"level": 3}).total_level == 3
    assert read({"name": "Nobody"}).total_level is None
