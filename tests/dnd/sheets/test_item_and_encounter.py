"""Magic items and encounters in several shapes."""

from typing import Any

import pytest

from dnd.sheets.documents import read_document
from dnd.sheets.encounter import EncounterPlan
from dnd.sheets.item import MagicItem


def said(document: MagicItem | EncounterPlan) -> dict[str, Any]:
    return document.model_dump(mode="json", exclude_defaults=True)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"rarity": "Very Rare"}, {"rarity": "very rare"}),
        ({"rarity": "very_rare", "bonus": "+2"}, {"rarity": "very rare", "bonus": 2}),
        ({"attunement": True}, {"attunement": True}),
        ({"requires_attunement": "no"}, {"attunement": False}),
        ({"attunement": "requires attunement"}, {"attunement": True}),
        ({"attunement": "requires attunement by a cleric, druid, or wizard"},
         {"attunement": True, "attunement_by": ["cleric", "druid", "wizard"]}),
        ({"type": "Weapon (longsword), rare (requires attunement by a paladin)"},
         {"category": "Weapon (longsword)", "rarity": "rare", "attunement": True, "attunement_by": ["paladin"]}),
        ({"type": "Armor (light, medium, or heavy), uncommon"},
         {"category": "Armor (light, medium, or heavy)", "rarity": "uncommon"}),
        ({"rarity": "uncommon (requires attunement)"}, {"rarity": "uncommon", "attunement": True}),
        ({"price": "4,000 gp", "charges": "7 charges"}, {"price": "4,000 gp", "charges": 7}),
        ({"spell": "Fireball", "spellLevel": "3rd", "dc": 15},
         {"spell": {"name": "Fireball"}, "spell_level": 3, "save_dc": 15}),
        ({"damage": "2d6 fire", "desc": "It burns."},
         {"damage": {"dice": "2d6", "type": "fire"}, "text": "It burns."}),
    ],
)  # fmt: skip
def test_items(values: dict[str, Any], expected: dict[str, Any]) -> None:
    document = read_document(values, "magic_item").document
    assert isinstance(document, MagicItem)
    assert said(document) == expected


WOLVES = [{"name": "wolves", "count": 3}, {"name": "dire wolf", "count": 1}]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"party": [3, "4th", {"name": "Pim", "level": 5}]}, {"party": [3, 4, 5]}),
        ({"party": {"size": 4, "level": "3rd"}}, {"party": [3, 3, 3, 3]}),
        ({"party": "four 3rd-level characters"}, {"party": [3, 3, 3, 3]}),
        ({"party": "5 characters of level 2"}, {"party": [2, 2, 2, 2, 2]}),
        ({"party": 4, "level": 3}, {"party": [3, 3, 3, 3]}),
        ({"party_size": 2, "partyLevel": 7}, {"party": [7, 7]}),
        ({"party": {"size": 10**6, "level": 3}}, {}),
        ({"monsters": {"wolf": 3}}, {"monsters": [{"name": "wolf", "count": 3}]}),
        ({"monsters": ["3 wolves", "a dire wolf"]}, {"monsters": WOLVES}),
        ({"monsters": "3 wolves and a dire wolf"}, {"monsters": WOLVES}),
        ({"creatures": [{"name": "wolf", "number": "3", "cr": 0.25, "xp": "50 XP"}]},
         {"monsters": [{"name": "wolf", "count": 3, "challenge_rating": "1/4", "experience": 50}]}),
        ({"difficulty": " Moderate ", "total_xp": "1,125"}, {"difficulty": "moderate", "experience": 1125}),
        ({"treasure": {"gp": 30, "items": ["Potion of Healing"]}},
         {"coins": {"gp": 30}, "items": ["Potion of Healing"]}),
        ({"treasure": "30 gp, 5 sp"}, {"coins": {"gp": 30, "sp": 5}}),
    ],
)  # fmt: skip
def test_encounters(values: dict[str, Any], expected: dict[str, Any]) -> None:
    document = read_document(values, "encounter_plan").document
    assert isinstance(document, EncounterPlan)
    assert said(document) == expected
