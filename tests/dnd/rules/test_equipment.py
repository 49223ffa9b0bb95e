"""EQ1-EQ9, EQ16, EQ17: things, prices, weapons, armor, hands, wealth, weight, coins."""

from typing import Any

import pytest

from dnd.rules.finding import Severity
from dnd.rules.rule import Skip
from dnd.srd.armor import ARMOR
from dnd.srd.catalogue import gear
from dnd.srd.classes import ClassTable, Package, classes
from dnd.srd.edition import BOTH, Edition
from dnd.srd.weapons import weapons
from tests.dnd.rules.saying import findings, says


def _with(*things: Any, **more: object) -> dict[str, Any]:  # noqa: ANN401 -- a name or an object
    return {"class": "Fighter 5", "equipment": list(things), **more}


@pytest.mark.parametrize("edition", BOTH)
def test_everything_of_the_lists_exists_and_has_its_price_and_weight(edition: Edition) -> None:
    things = [
        {"name": row.name, "quantity": row.bundle, "price": f"{row.cost_cp} cp"}
        for row in gear(edition).values()
        if row.cost_cp
    ]
    assert findings("EQ1", _with(*things), edition) == []
    assert findings("EQ2", _with(*things), edition) == []
    armor = [{"name": row.name, "weight": row.weight_lb} for row in ARMOR]
    assert findings("EQ4", _with(*armor), edition) == []


@pytest.mark.parametrize(
    ("thing", "weights"),
    [
        ("a letter from my mother", []),
        ("coat", []),
        ("20 arrows", []),
        ("Rope, hempen (50 feet)", []),
        ("2x Torches", []),
        ("Silvered dagger", []),
        ("Longsword of my father", []),
        ("+1 Longsword", []),
        ({"name": "Bag of Holding", "rarity": "uncommon"}, []),
        ({"name": "Sword of Infinite Edges", "rarity": "rare"}, ["warning"]),
        ("Potion of Heeling", ["warning"]),
        ("Explorers Pack", []),
    ],
)
def test_things_that_exist_or_do_not(thing: object, weights: list[str]) -> None:
    assert [entry.severity.value for entry in findings("EQ1", _with(thing), "5.1")] == weights


def test_things_of_no_list_are_worth_a_word_where_only_official_names_are_wanted() -> None:
    (finding,) = findings("EQ1", _with("a letter from my mother"), names="official")
    assert finding.severity is Severity.INFO
    assert finding.fix is None


def test_a_misspelt_item_is_mended() -> None:
    (finding,) = findings("EQ1", _with("Potion of Heeling"))
    assert finding.fix is not None
    assert finding.fix.value == "Potion of Healing"


@pytest.mark.parametrize(
    ("thing", "found"),
    [
        ({"name": "Plate armour", "price": "1,500 gp"}, False),
        ({"name": "Plate armour", "price": "750 gp"}, False),
        ({"name": "Plate armour", "price": "3,000 gp"}, False),
        ({"name": "Plate armour", "price": "150 gp"}, True),
        ({"name": "Arrows", "quantity": 40, "price": "2 gp"}, False),
        ({"name": "Arrow", "quantity": 1, "price": "5 cp"}, False),
        ({"name": "My grandfather's hat", "price": "90,000 gp"}, False),
    ],
)
def test_prices(thing: dict[str, Any], *, found: bool) -> None:
    assert bool(findings("EQ2", _with(thing))) == found


@pytest.mark.parametrize("edition", BOTH)
def test_every_weapon_of_the_table_passes_and_another_die_fails(edition: Edition) -> None:
    for name, row in weapons(edition).items():
        if row.dice is None or "d" not in row.dice:
            continue
        right = {"name": name, "damage": f"{row.dice}+3 {row.damage_type}"}
        assert findings("EQ3", {"class": "Fighter 5", "weapons": [right]}, edition) == []
        wrong = {"name": name, "damage": f"3d6+3 {row.damage_type}"}
        (finding,) = findings("EQ3", {"class": "Fighter 5", "weapons": [wrong]}, edition)
        assert finding.fix is not None
        assert finding.fix.value == f"{row.dice}+3"


@pytest.mark.parametrize(
    ("sheet", "edition", "weights"),
    [
        ({"class": "Fighter 1", "weapons": [{"name": "Longsword", "damage": "1d10+3"}]}, "5.1", []),
        (
            {"class": "Fighter 1", "weapons": [{"name": "Longsword", "damage": "1d10", "two_handed": False}]},
            "5.1",
            ["error"],
        ),
        ({"class": "Monk 5", "weapons": [{"name": "Dagger", "damage": "1d6+3"}]}, "5.1", []),
        ({"class": "Monk 5", "weapons": [{"name": "Dagger", "damage": "1d8+3"}]}, "5.2", []),
        ({"class": "Monk 4", "weapons": [{"name": "Dagger", "damage": "1d8+3"}]}, "5.2", ["error"]),
        ({"class": "Fighter 1", "weapons": [{"name": "Moonfang Dagger", "damage": "2d8"}]}, "5.2", ["warning"]),
        ({"class": "Fighter 1", "weapons": [{"name": "Greatsword", "damage": "2d6 fire"}]}, "5.2", ["error"]),
        ({"class": "Fighter 1", "weapons": [{"name": "Blowgun", "damage": "1"}]}, "5.2", []),
    ],
)
def test_weapons(sheet: dict[str, Any], edition: Edition, weights: list[str]) -> None:
    assert [entry.severity.value for entry in findings("EQ3", sheet, edition)] == weights


def test_weapons_of_no_table_cannot_be_checked() -> None:
    assert says("EQ3", {"weapons": [{"name": "Claws", "damage": "1d6"}]}) is Skip.NOT_CHECKABLE
    assert says("EQ16", {"weapons": [{"name": "Claws"}], "shield": True}) is Skip.NOT_CHECKABLE


@pytest.mark.parametrize(
    ("armor", "dexterity", "found"),
    [
        ("Chain mail (AC 16)", 10, False),
        ("Chain mail (AC 15)", 10, True),
        ("Chain mail +1 (AC 17)", 10, False),
        ("Studded leather, AC 15", 16, False),
        ("Studded leather, AC 17 with shield", 16, False),
        ("Studded leather, AC 16", 16, True),
        ("Chain mail", 10, False),
    ],
)
def test_armor_class_beside_a_name(armor: str, dexterity: int, *, found: bool) -> None:
    sheet = {"armor": armor, "ability_scores": {"dex": dexterity}}
    assert bool(findings("EQ4", sheet)) == found


def test_armor_weight_is_mended() -> None:
    (finding,) = findings("EQ4", _with({"name": "Half plate", "weight": "80 lb."}))
    assert finding.fix is not None
    assert finding.fix.value == 40


@pytest.mark.parametrize(
    ("weapons_held", "shield", "equipment", "count"),
    [
        (["Greatsword"], True, [], 1),
        (["Greatsword", "Longsword"], True, [], 0),
        (["Longsword", "Longbow"], True, ["Arrows"], 0),
        (["Greatsword"], False, [], 0),
        (["Longbow"], False, ["Longbow"], 1),
        (["Longbow"], False, ["Longbow", "Quiver"], 0),
        (["Light Crossbow"], False, ["20 bolts"], 0),
        (["Sling"], False, ["Sling"], 0),
        ([{"name": "Longsword", "damage": "1d10+3"}], True, [], 1),
        ([{"name": "Longsword", "damage": "1d8+3"}], True, [], 0),
    ],
)
def test_hands(weapons_held: list[Any], equipment: list[str], count: int, *, shield: bool) -> None:
    sheet = _with(*equipment, weapons=weapons_held, shield=shield)
    assert len(findings("EQ16", sheet)) == count


_CLASSES = [(edition, row) for edition in BOTH for row in classes(edition).values()]


@pytest.mark.parametrize(("edition", "row"), _CLASSES, ids=lambda value: getattr(value, "id", value))
def test_starting_packages_are_starting_equipment(edition: Edition, row: ClassTable) -> None:
    things = [
        {"name": name, "quantity": count}
        for group in row.starting_packages
        for name, count in Package.parse(group[0]).items.items()
        if not name.startswith("any ")
    ]
    sheet = {"classes": [{"name": row.name, "level": 1}], "equipment": things}
    assert findings("EQ5", sheet, edition) == []


def test_equipment_of_higher_levels_is_not_starting_equipment() -> None:
    assert says("EQ5", _with("Plate Armor")) is Skip.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("sheet", "edition", "found"),
    [
        ({"class": "Fighter 1", "background": "Soldier", "coins": {"gp": 205}}, "5.2", False),
        ({"class": "Fighter 1", "background": "Soldier", "coins": {"gp": 206}}, "5.2", True),
        ({"class": "Fighter 1", "coins": {"gp": 5000}}, "5.1", True),
        ({"class": "Fighter 1", "wealth": "5,000 gp"}, "5.1", True),
        ({"class": "Wizard 1", "background": "Acolyte", "coins": {"gp": 15}}, "5.1", False),
    ],
)
def test_wealth_at_first_level(sheet: dict[str, Any], edition: Edition, *, found: bool) -> None:
    assert bool(findings("EQ6", sheet, edition)) == found


@pytest.mark.parametrize(
    ("level", "gold", "found"),
    [(2, 800, False), (3, 5_000, True), (5, 3_000, False), (5, 9_000, True), (11, 30_000, False), (17, 200_000, True)],
)
def test_wealth_at_higher_levels(level: int, gold: int, *, found: bool) -> None:
    sheet = {"classes": [{"name": "Fighter", "level": level}], "coins": {"gp": gold}}
    assert bool(findings("EQ7", sheet)) == found


@pytest.mark.parametrize(
    ("sheet", "found"),
    [
        ({"ability_scores": {"str": 8}, "carried_weight": 120}, False),
        ({"ability_scores": {"str": 8}, "carried_weight": "121 lb."}, True),
        ({"ability_scores": {"str": 8}, "size": "Tiny", "carried_weight": 61}, True),
        ({"ability_scores": {"str": 8}, "species": "Goliath", "carried_weight": 200}, False),
        ({"ability_scores": {"str": 8}, "equipment": [{"name": "Plate", "quantity": 2}]}, True),
        ({"ability_scores": {"str": 8}, "equipment": [{"name": "Anvil", "weight": 130}]}, True),
        ({"ability_scores": {"str": 8}, "equipment": ["Cart", "Warhorse"]}, None),
        ({"ability_scores": {"str": 8}, "equipment": [{"name": "Plate", "quantity": 9}, "Bag of Holding"]}, None),
        ({"ability_scores": {"str": 8}, "equipment": ["Club"], "coins": {"gp": 7000}}, True),
    ],
)
def test_weight(sheet: dict[str, Any], found: bool | None) -> None:
    said = says("EQ8", sheet)
    assert (None if isinstance(said, Skip) else bool(said)) == found


def test_weight_of_one_whose_strength_an_item_sets_cannot_be_checked() -> None:
    sheet = {"ability_scores": {"str": 8}, "carried_weight": 200, "equipment": ["Gauntlets of Ogre Power"]}
    assert says("EQ8", sheet) is Skip.NOT_CHECKABLE


@pytest.mark.parametrize(("weight", "expected"), [(50, None), (51, "at most 50 lb."), (101, "at most 100 lb.")])
def test_encumbrance_variant(weight: int, expected: str | None) -> None:
    found = findings("EQ9", {"ability_scores": {"str": 10}, "carried_weight": weight}, "5.1")
    assert [entry.expected for entry in found] == ([] if expected is None else [expected])
    assert all(entry.severity is Severity.INFO for entry in found)


@pytest.mark.parametrize(
    ("coins", "wealth", "fix"),
    [
        ({"gp": 10, "sp": 10}, "11 gp", None),
        ({"pp": 1, "ep": 2}, "11 gp", None),
        ({"gp": 10, "sp": 10}, "12 gp", "11 gp"),
        ({"cp": 25}, "3 sp", "25 cp"),
        ({"gp": 12_345}, "1 gp", "12,345 gp"),
    ],
)
def test_coins_add_up(coins: dict[str, int], wealth: str, fix: str | None) -> None:
    found = findings("EQ17", {"coins": coins, "wealth": wealth})
    assert [entry.fix.value if entry.fix else None for entry in found] == ([] if fix is None else [fix])
