"""Pasted character sheets."""

from typing import Any

import pytest

from dnd.sheets.documents import read_document

WIZARD = """Name: Pim Fiddlewick
Class: Wizard 5
Subclass: Evoker
Race: Forest Gnome
Background: Sage
Alignment: NG
STR 8 (-1)  DEX 14 (+2)  CON 14 (+2)
INT 18 (+4)  WIS 13 (+1)  CHA 10 (+0)
HP 27/32
AC: 12
Speed: 30 ft.
Initiative: +2
Proficiency Bonus: +3
Hit Dice: 5d6
Saving Throws: Int +7, Wis +4
Skills: Arcana +7, History +10 (expertise)
Passive Perception: 11
Languages: Common, Gnomish, and Elvish
Spell save DC: 15
Spell attack: +7
Cantrips: Fire Bolt, Light, Mage Hand
Spell slots: 4/3/2
Prepared: Shield, Magic Missile, Web, Fireball
Equipment: Quarterstaff, Spellbook, 2 Daggers
Gold: 12 gp, 5 sp
"""
FIGHTER = """**Borin Stonefist**
Level 3 Dwarf Fighter (Champion)
AC 18 (chain mail, shield) | Max HP 31 | Speed 25 ft.
STR: 16, DEX: 12, CON: 16, INT: 10, WIS: 11, CHA: 8
Attacks:
- Longsword: +5 to hit, 1d8+3 slashing
- Handaxe +5, 1d6 + 3 slashing
Feats: Alert
Features: Second Wind, Action Surge
He never speaks of the mine.
"""
PAIR = """Character Name: Vex
Fighter 3 / Rogue 2
Strength 10
Dexterity 18
Constitution 14
Intelligence 12
Wisdom 13
Charisma 8
Armor Class 16 (studded leather)
Hit Points 40
XP: 6,500
Tools: Thieves' Tools
Weapons: Rapier +7 1d8+4 piercing; Shortbow +7 1d6+4 piercing
"""
WARLOCK = """CHARACTER SHEET
Name\tIsra
Class & Level\tWarlock 5
Species: Tiefling; Patron: The Fiend; Age: 24 years
Pact slots: 2 at level 3
Spells known: Hex, Eldritch Blast
Ability Scores: Str 8, Dex 14, Con 14, Int 10, Wis 12, Cha 18
Darkvision 60 ft.
Height: 5'7"
"""
TABLE = """# Sorrel
*4th-level wood elf druid*

| STR | DEX | CON | INT | WIS | CHA |
|-----|-----|-----|-----|-----|-----|
| 8 (-1) | 15 (+2) | 14 (+2) | 10 (+0) | 18 (+4) | 9 (-1) |

- **Armor Class:** 14 (leather armor)
- **Hit Points:** 31/31
- **Senses:** darkvision 60 ft., passive Perception 16
"""


def said(text: str) -> tuple[dict[str, Any], tuple[str, ...]]:
    found = read_document(text)
    assert found.kind == "character_sheet"
    return found.document.model_dump(mode="json", exclude_defaults=True), found.ignored


@pytest.mark.parametrize(
    ("text", "expected", "ignored"),
    [
        (
            WIZARD,
            {
                "name": "Pim Fiddlewick", "species": "Forest Gnome", "background": "Sage",
                "classes": [{"name": "Wizard", "level": 5, "subclass": "Evoker"}], "alignment": "neutral good",
                "ability_scores": {"str": 8, "dex": 14, "con": 14, "int": 18, "wis": 13, "cha": 10},
                "modifiers": {"str": -1, "dex": 2, "con": 2, "int": 4, "wis": 1, "cha": 0},
                "hit_points": {"max": 32, "current": 27}, "armor_class": 12, "speed": 30, "speeds": {"walk": 30},
                "initiative": 2, "proficiency_bonus": 3, "hit_dice": ["5d6"], "passive_perception": 11,
                "saving_throws": {"int": {"bonus": 7, "proficient": True}, "wis": {"bonus": 4, "proficient": True}},
                "skills": {
                    "Arcana": {"bonus": 7, "proficient": True},
                    "History": {"bonus": 10, "proficient": True, "expertise": True},
                },
                "languages": ["Common", "Gnomish", "Elvish"],
                "spellcasting": [{
                    "save_dc": 15, "attack_bonus": 7, "slots": [4, 3, 2, 0, 0, 0, 0, 0, 0],
                    "cantrips": [{"name": "Fire Bolt"}, {"name": "Light"}, {"name": "Mage Hand"}],
                    "prepared": [{"name": "Shield"}, {"name": "Magic Missile"}, {"name": "Web"}, {"name": "Fireball"}],
                }],
                "equipment": [{"name": "Quarterstaff"}, {"name": "Spellbook"}, {"name": "Daggers", "quantity": 2}],
                "coins": {"gp": 12, "sp": 5},
            },
            (),
        ),
        (
            FIGHTER,
            {
                "name": "Borin Stonefist", "species": "Dwarf",
                "classes": [{"name": "Fighter", "level": 3, "subclass": "Champion"}],
                "armor_class": 18, "armor_note": "chain mail, shield", "hit_points": {"max": 31},
                "speed": 25, "speeds": {"walk": 25},
                "ability_scores": {"str": 16, "dex": 12, "con": 16, "int": 10, "wis": 11, "cha": 8},
                "weapons": [
                    {"name": "Longsword", "attack_bonus": 5, "damage": {"dice": "1d8+3", "type": "slashing"}},
                    {"name": "Handaxe", "attack_bonus": 5, "damage": {"dice": "1d6+3", "type": "slashing"}},
                ],
                "feats": ["Alert"], "features": [{"name": "Second Wind"}, {"name": "Action Surge"}],
            },
            ("He never speaks of the mine.",),
        ),
        (
            PAIR,
            {
                "name": "Vex", "classes": [{"name": "Fighter", "level": 3}, {"name": "Rogue", "level": 2}],
                "ability_scores": {"str": 10, "dex": 18, "con": 14, "int": 12, "wis": 13, "cha": 8},
                "armor_class": 16, "armor_note": "studded leather", "hit_points": {"max": 40}, "experience": 6500,
                "tools": ["Thieves' Tools"],
                "weapons": [
                    {"name": "Rapier", "attack_bonus": 7, "damage": {"dice": "1d8+4", "type": "piercing"}},
                    {"name": "Shortbow", "attack_bonus": 7, "damage": {"dice": "1d6+4", "type": "piercing"}},
                ],
            },
            (),
        ),
        (
            WARLOCK,
            {
                "name": "Isra", "species": "Tiefling", "age": 24, "height_in": 67, "darkvision": 60,
                "classes": [{"name": "Warlock", "level": 5, "subclass": "The Fiend"}],
                "ability_scores": {"str": 8, "dex": 14, "con": 14, "int": 10, "wis": 12, "cha": 18},
                "spellcasting": [
                    {"pact_slots": {"count": 2, "level": 3}, "known": [{"name": "Hex"}, {"name": "Eldritch Blast"}]}
                ],
            },
            (),
        ),
        (
            TABLE,
            {
                "name": "Sorrel", "species": "wood elf", "classes": [{"name": "druid", "level": 4}],
                "ability_scores": {"str": 8, "dex": 15, "con": 14, "int": 10, "wis": 18, "cha": 9},
                "modifiers": {"str": -1, "dex": 2, "con": 2, "int": 0, "wis": 4, "cha": -1},
                "armor_class": 14, "armor_note": "leather armor", "hit_points": {"max": 31, "current": 31},
                "darkvision": 60, "passive_perception": 16,
            },
            (),
        ),
        (
            "5th-level wizard\nAC 12\nHP 32",
            {"classes": [{"name": "wizard", "level": 5}], "armor_class": 12, "hit_points": {"max": 32}},
            (),
        ),
        (
            "Agent 47\nLevel: 3\nAC 12; HP 20; Speed 30 ft.",
            {"name": "Agent 47", "level": 3, "armor_class": 12, "hit_points": {"max": 20}, "speed": 30,
             "speeds": {"walk": 30}},
            (),
        ),
    ],
    ids=["wizard", "fighter", "pair", "warlock", "table", "three lines", "a name with a number"],
)  # fmt: skip
def test_pasted_sheets(text: str, expected: dict[str, Any], ignored: tuple[str, ...]) -> None:
    assert said(text) == (expected, ignored)
