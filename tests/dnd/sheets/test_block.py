"""Stat blocks as objects, in the shapes of several sources."""

from typing import Any

import pytest

from dnd.sheets.block import Action, StatBlock
from dnd.sheets.documents import read_document


def read(values: dict[str, Any]) -> StatBlock:
    found = read_document(values, "stat_block")
    assert isinstance(found.document, StatBlock)
    return found.document


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"size": "Large giant, chaotic evil"}, {"sizes": ["large"], "type": "giant", "alignment": "chaotic evil"}),
        ({"size": "Medium or Small"}, {"sizes": ["medium", "small"]}),
        ({"type": "Humanoid (elf, any)"}, {"type": "humanoid", "tags": ["elf", "any"]}),
        ({"ac": "15 (leather armor, shield)"}, {"armor_class": 15, "armor_note": "leather armor, shield"}),
        ({"armor_class": [{"type": "natural", "value": 17}]}, {"armor_class": 17, "armor_note": "natural armor"}),
        ({"armor_class": [{"type": "dex", "value": 12}, {"type": "spell", "value": 15}]}, {"armor_class": 12}),
        ({"hp": "45 (6d10 + 12)"}, {"hit_points": 45, "hit_dice": "6d10+12"}),
        ({"hit_points": {"average": 45, "formula": "6d10+12"}}, {"hit_points": 45, "hit_dice": "6d10+12"}),
        ({"initiative": "+2 (12)"}, {"initiative": 2, "initiative_score": 12}),
        ({"speed": "30 ft., fly 60 ft. (hover)"}, {"speeds": {"walk": 30, "fly": 60}}),
        ({"speed": {"walk": "30 ft.", "fly": 60, "hover": True}}, {"speeds": {"walk": 30, "fly": 60}}),
        ({"speed": 30}, {"speeds": {"walk": 30}}),
        ({"saves": "Dex +5, Con +7"}, {"saving_throws": {"dex": 5, "con": 7}}),
        ({"dexterity_save": 5, "strength": 10}, {"saving_throws": {"dex": 5}, "ability_scores": {"str": 10}}),
        ({"skills": "Perception +5, Sleight of Hand +3"}, {"skills": {"Perception": 5, "Sleight of Hand": 3}}),
        ({"senses": "darkvision 60 ft., passive Perception 12"},
         {"senses": {"darkvision": 60}, "passive_perception": 12}),
        ({"senses": {"darkvision": "60 ft.", "passive_perception": 12}},
         {"senses": {"darkvision": 60}, "passive_perception": 12}),
        ({"cr": "3 (700 XP)"}, {"challenge_rating": "3", "experience": 700}),
        ({"cr": "5 (XP 1,800; PB +3)"}, {"challenge_rating": "5", "experience": 1800, "proficiency_bonus": 3}),
        ({"challengeRating": 0.25}, {"challenge_rating": "1/4"}),
        ({"condition_immunities": [{"name": "Poisoned"}]}, {"condition_immunities": ["Poisoned"]}),
        ({"traits": "None", "senses": None, "languages": "—", "cr": 1}, {"challenge_rating": "1"}),
    ],
)  # fmt: skip
def test_fields(values: dict[str, Any], expected: dict[str, Any]) -> None:
    assert read(values).model_dump(mode="json", exclude_defaults=True) == expected


BITE = "Melee Weapon Attack: +5 to hit, reach 5 ft., one target. Hit: 7 (1d8 + 3) piercing damage."


@pytest.mark.parametrize(
    "actions",
    [
        [{"name": "Bite", "text": BITE}],
        [{"name": "Bite", "desc": BITE, "attack_bonus": 5}],
        {"Bite": BITE},
        {"Bite": {"description": BITE}},
        [f"Bite. {BITE}"],
    ],
)
def test_an_attack_is_read_from_its_text(actions: object) -> None:
    (bite,) = read({"actions": actions}).actions
    assert (bite.name, bite.text) == ("Bite", BITE)
    assert bite.attack is not None
    assert bite.attack.model_dump(mode="json", exclude_none=True) == {
        "kind": "melee", "source": "weapon", "bonus": 5, "reach": 5,
        "damages": [{"dice": "1d8+3", "average": 7, "type": "piercing"}],
    }  # fmt: skip


@pytest.mark.parametrize(
    "values",
    [
        {"name": "Bite", "attack_bonus": "+5", "damage": "1d8+3 piercing"},
        {"name": "Bite", "to_hit": 5, "damages": [{"damage_dice": "1d8+3", "damage_type": {"name": "Piercing"}}]},
        {"name": "Bite", "attack": {"type": "Melee Weapon Attack", "toHit": 5, "damage": "1d8 + 3 piercing damage"}},
    ],
)
def test_an_attack_given_as_fields(values: dict[str, Any]) -> None:
    attack = Action.model_validate(values).attack
    assert attack is not None
    assert (attack.kind, attack.bonus) == ("melee", 5)
    assert [(str(part.dice), part.type) for part in attack.damages] == [("1d8+3", "piercing")]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("Breath (Recharge 5-6)", "DC 15 Dexterity saving throw, 28 (8d6) fire damage.",
         {"name": "Breath", "usage": "Recharge 5-6", "save": {"ability": "dex", "dc": 15},
          "damages": [{"dice": "8d6", "average": 28, "type": "fire"}]}),
        ("Gaze", "Wisdom Saving Throw: DC 13. Failure: it is Frightened.",
         {"name": "Gaze", "save": {"ability": "wis", "dc": 13}}),
        ("Multiattack", "It makes two Rend attacks and one Tail attack.",
         {"name": "Multiattack", "parts": [{"name": "Rend", "count": 2}, {"name": "Tail", "count": 1}]}),
        ("Change Shape (Costs 2 Actions)", "It changes.", {"name": "Change Shape", "usage": "Costs 2 Actions"}),
        ("Sting (Bite in Beast Form)", "It stings.", {"name": "Sting (Bite in Beast Form)"}),
    ],
)  # fmt: skip
def test_what_a_text_says(name: str, text: str, expected: dict[str, Any]) -> None:
    found = Action.model_validate({"name": name, "text": text}).model_dump(mode="json", exclude_defaults=True)
    assert found == {**expected, "text": text}


def test_fields_win_over_the_text() -> None:
    stated = {"attack": {"bonus": 9}, "save": {"dc": 12, "ability": "Con"}}
    action = Action.model_validate({"name": "Bite", "text": BITE, **stated})
    assert action.attack is not None
    assert action.save is not None
    assert (action.attack.bonus, action.save.ability, action.save.dc) == (9, "con", 12)


PRIEST = (
    "It is a 5th-level spellcaster. Its spellcasting ability is Wisdom "
    "(spell save DC 13, +5 to hit with spell attacks). These cleric spells are prepared:\n\n"
    "- Cantrips (at will): light, mending\n- 1st level (4 slots): bless\n"
    "- 2nd level (3 slots): aid\n- 3rd level (2 slots): spirit guardians*\n* It casts this before a fight."
)


def test_spellcasting_is_read_from_a_trait() -> None:
    casting = read({"traits": [{"name": "Spellcasting", "text": PRIEST}]}).spellcasting
    assert casting is not None
    assert (casting.ability, casting.dc, casting.attack_bonus, casting.caster_level) == ("wis", 13, 5, 5)
    assert casting.class_name == "cleric"
    assert casting.slots == {"1": 4, "2": 3, "3": 2}
    assert {level: [spell.name for spell in spells] for level, spells in casting.spells.items()} == {
        "0": ["light", "mending"], "1": ["bless"], "2": ["aid"], "3": ["spirit guardians"],
    }  # fmt: skip


def test_stated_spellcasting_wins_over_the_trait() -> None:
    trait = {"name": "Spellcasting", "text": PRIEST}
    block = read({"traits": [trait], "spellcasting": {"dc": 11, "slots": {"1st": "2"}}})
    assert block.spellcasting is not None
    assert (block.spellcasting.dc, block.spellcasting.slots, block.spellcasting.ability) == (11, {"1": 2}, None)


def test_every_action_with_its_pointer() -> None:
    block = read({"traits": ["A. One."], "actions": ["B. Two.", "C. Three."], "reactions": ["D. Four."]})
    assert [(path, action.name) for path, action in block.all_actions] == [
        ("/traits/0", "A"), ("/actions/0", "B"), ("/actions/1", "C"), ("/reactions/0", "D"),
    ]  # fmt: skip
