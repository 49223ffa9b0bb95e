"""Armour, weapons and items against the two data wheels."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

import pytest

from dnd.srd.armor import ARMOR, METAL, Armor, armor_named
from dnd.srd.edition import BOTH, Edition
from dnd.srd.items import (
    LEVEL_BY_RARITY,
    RARITY_BY_BONUS,
    SCROLLS,
    BonusKind,
    higher_start,
    item_effect,
    item_effects,
    item_value_gp,
    score_setters,
)
from dnd.srd.wares import magic_bonus
from dnd.srd.weapons import trained_with, weapon_named, weapons
from tests.dnd.srd.wheels import assert_equal_but, constants_52, entries_51, rows_52

_CP = {"cp": 1, "sp": 10, "gp": 100}
_COST = re.compile(r"([\d,]+) ([CSG]P)")
_RANGE = re.compile(r"(\d+)/(\d+)")


def _cost_51(entry: Mapping[str, Any]) -> int:
    return int(entry["cost"]["quantity"]) * _CP[entry["cost"]["unit"]]


def _cost_52(text: str) -> int:
    found = _COST.fullmatch(text)
    assert found
    return int(found[1].replace(",", "")) * _CP[found[2].lower()]


def _armor_51() -> dict[str, Armor]:
    return {
        entry["name"]: Armor(
            entry["name"],
            entry["armor_category"].lower(),
            entry["armor_class"]["base"],
            entry["str_minimum"] or None,
            entry["stealth_disadvantage"],
            entry["weight"],
            _cost_51(entry),
        )
        for entry in entries_51("Equipment").values()
        if "armor_category" in entry
    }


def _armor_52() -> dict[str, Armor]:
    return {
        row["name"]: Armor(
            row["name"],
            row["category"].lower(),
            row["base_ac"] if row["base_ac"] is not None else row["ac_bonus"],
            row["strength_requirement"],
            row["stealth_disadvantage"],
            int(row["weight"].split()[0]),
            _cost_52(row["cost"]),
        )
        for row in rows_52("armor")
    }


def test_armour_equals_both_wheels() -> None:
    ours = {row.name: row for row in ARMOR}
    assert_equal_but(ours, _armor_51(), {})
    assert_equal_but(ours, _armor_52(), {})
    assert set(ours) >= METAL


def _weapon_51(entry: Mapping[str, Any]) -> dict[str, object]:
    damage, two_handed = entry.get("damage"), entry.get("two_handed_damage")
    shot = entry.get("throw_range") or (entry["range"] if entry["range"].get("long") else None)
    return {
        "category": entry["weapon_category"].lower(),
        "kind": entry["weapon_range"].lower(),
        "dice": damage["damage_dice"] if damage else None,
        "damage_type": damage["damage_type"]["name"].lower() if damage else None,
        "properties": {p["name"].lower() for p in entry["properties"] if p["name"] != "Monk"},
        "range_ft": (shot["normal"], shot["long"]) if shot else None,
        "versatile": two_handed["damage_dice"] if two_handed else None,
        "weight_lb": entry["weight"],
        "cost_cp": _cost_51(entry),
    }


def _weapon_52(row: Mapping[str, Any]) -> dict[str, object]:
    text = ", ".join(row["properties"])
    shot, versatile, shots = _RANGE.search(text), re.search(r"Versatile \((.+?)\)", text), re.search(r"; (\w+)", text)
    weight = row["weight"].removesuffix(" lb.").replace("1/4", "0.25").replace("—", "0")
    return {
        "category": row["category"].lower(),
        "kind": row["kind"].lower(),
        "dice": row["damage_dice"],
        "damage_type": row["damage_type"].lower(),
        "properties": {entry.split(" (")[0].lower() for entry in row["properties"]},
        "range_ft": (int(shot[1]), int(shot[2])) if shot else None,
        "versatile": versatile[1] if versatile else None,
        "weight_lb": float(weight),
        "cost_cp": _cost_52(row["cost"]),
        "mastery": row["mastery"].lower(),
        "ammunition": shots[1].lower() if shots else None,
    }


def _cells(edition: Edition, columns: Iterable[str]) -> dict[tuple[str, str], object]:
    return {(name, column): getattr(row, column) for name, row in weapons(edition).items() for column in columns}


def test_weapons_51_equal_the_wheel() -> None:
    theirs: dict[tuple[str, str], object] = {}
    for entry in entries_51("Equipment").values():
        if "weapon_category" in entry:
            found = weapon_named(entry["name"], "5.1")
            assert found, entry["name"]
            theirs |= {(found.name, column): value for column, value in _weapon_51(entry).items()}
    assert len(weapons("5.1")) == 37
    known = {("Trident", "damage_type"): "the SRD 5.1 says piercing, the wheel slashing"}
    assert_equal_but(_cells("5.1", {column for _, column in theirs}), theirs, known)


def test_weapons_52_equal_the_wheel() -> None:
    theirs = {(row["name"], column): value for row in rows_52("weapons") for column, value in _weapon_52(row).items()}
    assert len(weapons("5.2")) == 38
    assert_equal_but(_cells("5.2", {column for _, column in theirs}), theirs, {})
    masteries = {name.lower(): row.mastery for name, row in weapons("5.2").items()}
    assert masteries == {name: mastery.lower() for name, mastery in constants_52()["WEAPON_MASTERY_MAP"].items()}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("+1 longsword", "Longsword"),
        ("Longsword +2", "Longsword"),
        ("Long swords", "Longsword"),
        ("crossbow, light", "Light Crossbow"),
        ("Crossbow (heavy)", "Heavy Crossbow"),
        ("silvered dagger", "Dagger"),
        ("Dagger of Venom", "Dagger"),
        ("hand-axe", "Handaxe"),
        ("Quarterstaves", "Quarterstaff"),
        ("light hammer", "Light Hammer"),
        ("great axe", "Greataxe"),
        ("sling bullets (20)", None),
        ("20 light crossbow bolts", None),
        ("staff", None),
        ("clubfoot", None),
        ("", None),
    ],
)
def test_weapons_are_found_by_what_people_call_them(text: str, name: str | None) -> None:
    for edition in BOTH:
        found = weapon_named(text, edition)
        assert (found.name if found else None) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("plate", "Plate Armor"),
        ("Full plate", "Plate Armor"),
        ("+1 Chain mail", "Chain Mail"),
        ("studded leather armour", "Studded Leather Armor"),
        ("Leather", "Leather Armor"),
        ("adamantine plate", "Plate Armor"),
        ("mithral half plate", "Half Plate Armor"),
        ("Shield +2", "Shield"),
        ("Shield of Missile Attraction", "Shield"),
        ("leather boots", None),
        ("silver plate", None),
        ("Elven Chain", None),
        ("", None),
    ],
)
def test_armour_is_found_by_what_people_call_it(text: str, name: str | None) -> None:
    found = armor_named(text)
    assert (found.name if found else None) == name


@pytest.mark.parametrize(
    ("name", "dexterity", "armor_class"),
    [("studded leather", 3, 15), ("chain shirt", 4, 15), ("scale mail", -1, 13), ("plate", 5, 18), ("plate", -2, 18)],
)
def test_armour_class_counts_dexterity_as_the_armour_lets_it(name: str, dexterity: int, armor_class: int) -> None:
    found = armor_named(name)
    assert found
    assert found.armor_class(dexterity) == armor_class


@pytest.mark.parametrize(("text", "bonus"), [("+1 longsword", 1), ("Plate, +3", 3), ("longsword", 0), ("+10 sword", 0)])
def test_a_magic_bonus_is_read(text: str, bonus: int) -> None:
    assert magic_bonus(text) == bonus


@pytest.mark.parametrize(
    ("training", "weapon", "edition", "trained"),
    [
        (("simple", "martial:finesse", "martial:light"), "rapier", "5.2", True),
        (("simple", "martial:finesse", "martial:light"), "longsword", "5.2", False),
        (("simple", "martial:light"), "scimitar", "5.2", True),
        (("simple", "martial:light"), "rapier", "5.2", False),
        (("simple", "shortsword"), "shortsword", "5.1", True),
        (("Simple Weapons",), "mace", "5.1", True),
        (("daggers", "crossbows, light"), "light crossbow", "5.1", True),
        (("daggers",), "greatsword", "5.1", False),
    ],
)
def test_training_covers_categories_properties_and_names(
    training: tuple[str, ...], weapon: str, edition: Edition, trained: bool
) -> None:
    found = weapon_named(weapon, edition)
    assert found
    assert trained_with(training, found, edition) is trained


def test_scrolls_equal_the_table_of_the_srd() -> None:
    text = " ".join(entries_51("MagicItems")["spell_scroll"]["desc"])
    rows = re.findall(r"\| (?:Cantrip|\dth|\dst|\dnd|\drd) \| ([\w ]+?) \| (\d+) \| \+(\d+) \|", text)
    assert [(row.rarity, row.save_dc, row.attack_bonus) for row in SCROLLS] == [
        (rarity.lower(), int(dc), int(attack)) for rarity, dc, attack in rows
    ]


def test_the_worked_examples_of_item_values() -> None:
    assert item_value_gp("rare", mundane_gp=1_500) == 5_500  # +1 plate
    assert item_value_gp("uncommon", consumable=True) == 200
    assert item_value_gp("artifact") is None


def test_rarities_by_level_equal_the_wheel() -> None:
    theirs = {
        name.replace("_", " "): row["min_level"] for name, row in constants_52()["RARITY_UNLOCK_REQUIREMENTS"].items()
    }
    assert dict(LEVEL_BY_RARITY) == theirs


def test_higher_starts_cover_the_levels_from_two() -> None:
    assert higher_start(1) is None
    starts = [higher_start(level) for level in range(2, 21)]
    assert [start.most_gold if start else None for start in starts] == [0] * 3 + [750] * 6 + [7_500] * 6 + [22_500] * 4


def test_rarities_by_bonus_equal_the_names_of_the_51_wheel() -> None:
    rarities = {entry["name"]: entry["rarity"]["name"].lower() for entry in entries_51("MagicItems").values()}
    prefixes: Mapping[BonusKind, str] = {
        "wand": "Wand of the War Mage",
        "weapon": "Weapon",
        "armor": "Armor",
        "ammunition": "Ammunition",
    }
    for kind, prefix in prefixes.items():
        assert {bonus: rarities[f"{prefix}, +{bonus}"] for bonus in (1, 2, 3)} == dict(RARITY_BY_BONUS[kind])


def test_rarities_of_shields_equal_the_52_wheel() -> None:
    """The wheel cuts "Uncommon (+1), Rare (+2), or Very Rare (+3)" into its field and the start of the text."""
    row = next(row for row in rows_52("magic_items") if row["name"] == "Shield, +1, +2, or +3")
    steps = RARITY_BY_BONUS["shield"]
    assert row["rarity"] == steps[1]
    assert f"very {row['description'].split(' (+3)')[0].lower()}" == steps[3]


_FAMILIES = (
    "Belt of ",
    "Potion of ",
    "Glamoured Studded Leather",
    "Ioun Stone of ",
    "Wand of the War Mage",
    "Stone of Good Luck",
    "Luckstone",
)
_MERGED_52: Mapping[Edition, set[str]] = {"5.1": set(), "5.2": set()}
"""Items that the wheel prints only within the text of another."""


@pytest.mark.parametrize("edition", BOTH)
def test_every_item_with_an_effect_is_an_item_of_the_srd(edition: Edition) -> None:
    names = (
        {entry["name"] for entry in entries_51("MagicItems").values()}
        if edition == "5.1"
        else {row["name"] for row in rows_52("magic_items")}
    )
    missing = {row.name for row in item_effects(edition)} - names
    families = {name for name in missing if name.startswith(_FAMILIES)}
    assert missing - families == _MERGED_52[edition]


def test_setters_set_the_scores_that_the_items_say() -> None:
    assert [row.score for row in score_setters("str", "5.1") if not row.passing] == [19, 21, 23, 23, 25, 27, 29, 29]
    for edition in BOTH:
        headband = item_effect("headband of intellect", edition)
        assert headband
        assert (headband.sets, headband.score) == ("int", 19)
    for entry in entries_51("MagicItems").values():
        text = " ".join(entry["desc"])
        said = re.search(r"(?:score is|score changes to(?: a)?) (\d\d)", text)
        row = item_effect(entry["name"], "5.1")
        if said:
            assert row, entry["name"]
            assert row.score == int(said[1])
