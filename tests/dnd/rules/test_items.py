"""EQ10-EQ15: attunement, items of the SRD, rarity, prices and levels of items."""

from typing import Any

import pytest

from dnd.rules.finding import Severity
from dnd.rules.rule import Skip
from dnd.srd.catalogue import magic_items
from dnd.srd.edition import BOTH, Edition
from tests.dnd.rules.saying import findings, says

_THREE = ["Ring of Protection", "Cloak of Protection", "Amulet of Health"]


@pytest.mark.parametrize(
    ("sheet", "edition", "found"),
    [
        ({"attuned": _THREE}, "5.2", False),
        ({"attuned": [*_THREE, "Boots of Speed"]}, "5.2", True),
        ({"class": "Rogue (Thief) 13", "attuned": [*_THREE, "Boots of Speed"]}, "5.2", False),
        ({"class": "Rogue (Thief) 12", "attuned": [*_THREE, "Boots of Speed"]}, "5.2", True),
        ({"class": "Rogue (Thief) 13", "attuned": [*_THREE, "Boots of Speed"]}, "5.1", True),
        ({"class": "Artificer 10", "attuned": [*_THREE, "Boots of Speed"]}, "5.2", False),
        ({"attuned": _THREE, "equipment": [{"name": name, "attuned": True} for name in _THREE]}, "5.2", False),
        ({"attuned": _THREE, "equipment": [{"name": "Boots of Speed", "attuned": True}]}, "5.2", True),
    ],
)
def test_the_limit_of_attunement(sheet: dict[str, Any], edition: Edition, *, found: bool) -> None:
    assert bool(findings("EQ10", sheet, edition)) == found


def test_a_second_attunement_to_the_same_item_is_removed() -> None:
    (finding,) = findings("EQ10", {"attuned": ["Ring of Protection", "Ring of Protection"]})
    assert finding.fix is not None
    assert (finding.fix.op, finding.fix.path) == ("remove", "/attuned/1")


def test_without_attunement_there_is_no_limit() -> None:
    assert says("EQ10", {"class": "Rogue 5"}) is Skip.NOT_APPLICABLE
    assert says("EQ11", {"class": "Rogue 5", "attuned": _THREE}) is Skip.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("sheet", "edition", "found"),
    [
        ({"class": "Wizard 17", "attuned": ["Staff of the Magi"]}, "5.1", False),
        ({"class": "Fighter 17", "attuned": ["Staff of the Magi"]}, "5.1", True),
        ({"class": "Fighter 3 / Wizard 1", "attuned": ["Staff of the Magi"]}, "5.2", False),
        ({"class": "Ranger 5", "attuned": ["Pearl of Power"]}, "5.2", False),
        ({"class": "Rogue 5", "attuned": ["Pearl of Power"]}, "5.2", True),
        ({"class": "Rogue (Arcane Trickster) 5", "attuned": ["Pearl of Power"]}, "5.2", False),
        ({"class": "Rogue (Thief) 13", "features": ["Use Magic Device"], "attuned": ["Holy Avenger"]}, "5.1", False),
        ({"class": "Rogue (Thief) 13", "features": ["Use Magic Device"], "attuned": ["Holy Avenger"]}, "5.2", True),
        ({"class": "Fighter 9", "species": "Human", "attuned": ["Dwarven Thrower"]}, "5.1", True),
        ({"class": "Fighter 9", "species": "Hill Dwarf", "attuned": ["Dwarven Thrower"]}, "5.1", False),
    ],
)
def test_conditions_of_attunement(sheet: dict[str, Any], edition: Edition, *, found: bool) -> None:
    assert bool(findings("EQ11", sheet, edition)) == found


def test_an_unknown_class_may_attune_to_anything() -> None:
    assert says("EQ11", {"class": "Artificer 14", "attuned": ["Staff of the Magi"]}) is Skip.NOT_CHECKABLE


@pytest.mark.parametrize("edition", BOTH)
def test_every_item_of_the_srd_is_as_printed(edition: Edition) -> None:
    for row in magic_items(edition).values():
        item = {
            "name": row.name,
            "category": row.category,
            "rarity": row.rarities[0],
            "attunement": row.attunement,
            **({"bonus": row.bonus} if row.bonus is not None else {}),
            **({"charges": row.charges} if row.charges is not None else {}),
        }
        assert findings("EQ12", item, edition, kind="magic_item") == [], row.name
        assert findings("EQ13", item, edition, kind="magic_item") == [], row.name
        turned = {**item, "attunement": not row.attunement}
        (finding,) = findings("EQ12", turned, edition, kind="magic_item")
        assert finding.fix is not None
        assert finding.fix.value is row.attunement


@pytest.mark.parametrize(
    ("item", "edition", "paths"),
    [
        ({"name": "Cloak of Protection", "rarity": "common"}, "5.2", ["/rarity"]),
        ({"name": "Cloak of Protection", "rarity": "Uncommon", "attunement": "requires attunement"}, "5.2", []),
        ({"name": "Longsword", "bonus": 1, "rarity": "legendary"}, "5.2", ["/rarity"]),
        ({"name": "+2 Longsword", "bonus": 1}, "5.2", ["/bonus"]),
        ({"name": "Wand of Fireballs", "charges": 10}, "5.1", ["/charges"]),
        ({"name": "Spell Scroll of Fireball", "rarity": "rare"}, "5.2", ["/rarity"]),
    ],
)
def test_items_of_the_srd(item: dict[str, Any], edition: Edition, paths: list[str]) -> None:
    assert [entry.path for entry in findings("EQ12", item, edition, kind="magic_item")] == paths


def test_own_items_are_not_compared_with_the_srd() -> None:
    assert says("EQ12", {"name": "The Gull's Eye", "rarity": "rare"}, kind="magic_item") is Skip.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("item", "fixes"),
    [
        ({"name": "Gull's Eye", "rarity": "very rare"}, []),
        ({"name": "Gull's Eye", "rarity": "Very-Rare"}, []),
        ({"name": "Gull's Eye", "rarity": "rarity varies"}, []),
        ({"name": "Gull's Eye", "rarity": "uncommon (+1), rare (+2), or very rare (+3)"}, []),
        ({"name": "Gull's Eye", "rarity": "epic"}, [None]),
        ({"name": "Gull's Eye", "rarity": "legendry"}, ["legendary"]),
        ({"name": "Grimtooth", "category": "weapon", "bonus": 3, "rarity": "uncommon"}, ["very rare"]),
        ({"name": "Grimtooth", "category": "weapon (longsword)", "bonus": 1, "rarity": "legendary"}, []),
        ({"name": "+3 sword", "rarity": "uncommon"}, ["very rare"]),
        ({"name": "Plate +1", "rarity": "uncommon"}, ["rare"]),
        ({"name": "Shield +1", "rarity": "uncommon"}, []),
        ({"name": "Shield +2", "rarity": "uncommon"}, ["rare"]),
    ],
)
def test_rarity_and_bonus(item: dict[str, Any], fixes: list[str | None]) -> None:
    found = findings("EQ13", item, kind="magic_item")
    assert [entry.fix.value if entry.fix else None for entry in found] == fixes


def test_possessions_may_say_that_they_are_not_magical() -> None:
    assert findings("EQ13", {"equipment": [{"name": "Rope", "rarity": "mundane"}]}) == []


@pytest.mark.parametrize(
    ("item", "found"),
    [
        ({"name": "Ring", "rarity": "rare", "price": "4,000 gp"}, False),
        ({"name": "Ring", "rarity": "rare", "price": "2,000 gp"}, False),
        ({"name": "Ring", "rarity": "rare", "price": "200 gp"}, True),
        ({"name": "Plate Armor +1", "rarity": "rare", "price": "5,500 gp"}, False),
        ({"name": "Potion of Healing", "rarity": "common", "price": "50 gp"}, False),
        ({"name": "Potion of Healing", "rarity": "common", "price": "500 gp"}, True),
        ({"name": "Spell Scroll of Fireball", "spell_level": 3, "rarity": "uncommon", "price": "300 gp"}, False),
        ({"name": "Spell Scroll of Wish", "spell_level": 9, "rarity": "legendary", "price": "100 gp"}, True),
    ],
)
def test_prices_of_magic(item: dict[str, Any], *, found: bool) -> None:
    assert bool(findings("EQ14", item, kind="magic_item")) == found


def test_prices_that_cannot_be_judged() -> None:
    assert says("EQ14", {"name": "Ring", "price": 10}, kind="magic_item") is Skip.NOT_CHECKABLE
    assert says("EQ14", {"name": "Orb", "rarity": "artifact", "price": 10}, kind="magic_item") is Skip.NOT_APPLICABLE
    assert says("EQ14", {"equipment": [{"name": "Rope", "price": "1 gp"}]}) is Skip.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("level", "rarity", "found"),
    [
        (1, "uncommon", False),
        (4, "rare", True),
        (5, "rare", False),
        (10, "very rare", True),
        (11, "very rare", False),
        (16, "legendary", True),
        (17, "legendary", False),
        (4, "legendary", True),
    ],
)
def test_rarity_by_level(level: int, rarity: str, *, found: bool) -> None:
    sheet = {"classes": [{"name": "Fighter", "level": level}], "equipment": [{"name": "Gull's Eye", "rarity": rarity}]}
    assert [entry.severity for entry in findings("EQ15", sheet)] == ([Severity.WARNING] if found else [])
