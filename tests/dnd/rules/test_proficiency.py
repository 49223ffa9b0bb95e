"""Weapons in hand, tools, initiative and darkvision."""

from typing import Any

import pytest

from dnd.rules.finding import Severity
from dnd.rules.rule import Skip
from dnd.srd.edition import BOTH, Edition
from tests.dnd.rules.characters import character, corrections, faults, said


@pytest.mark.parametrize(
    ("edition", "levels", "weapon", "changes", "legal"),
    [
        ("5.1", (("wizard", 5),), "Greatsword", {}, False),
        ("5.1", (("wizard", 5),), "Dagger", {}, True),
        ("5.2", (("rogue", 1),), "Rapier", {}, True),
        ("5.2", (("rogue", 1),), "Longsword", {}, False),
        ("5.1", (("rogue", 1),), "Longsword", {}, True),
        ("5.1", (("cleric", 1),), "Warhammer", {}, False),
        ("5.1", (("cleric", 1),), "Warhammer", {"species": "Dwarf", "lineage": "Hill Dwarf"}, True),
        ("5.2", (("cleric", 1),), "Warhammer", {"features": ["Divine Order: Thaumaturge"]}, False),
        ("5.2", (("cleric", 1),), "Warhammer", {"features": ["Divine Order: Protector"]}, True),
        ("5.1", (("wizard", 1), ("fighter", 1)), "Greatsword", {}, True),
        ("5.1", (("wizard", 1), ("rogue", 1)), "Rapier", {}, False),
        ("5.1", (("wizard", 1),), "Longbow", {"species": "High Elf"}, True),
        ("5.2", (("monk", 1),), "Scimitar", {}, True),
        ("5.2", (("warlock", 1),), "Greatsword", {"invocations": ["Pact of the Blade"]}, True),
        ("5.2", (("warlock", 1),), "Greatsword", {"invocations": ["Pact of the Tome"]}, False),
    ],
)
def test_training_comes_from_class_species_or_feature(
    edition: Edition, levels: tuple[tuple[str, int], ...], weapon: str, changes: dict[str, Any], legal: bool
) -> None:
    document = character(edition, *levels, weapons=[{"name": weapon, "proficient": True}], **changes)
    found = faults("PR1", document, edition)
    assert bool(found) != legal
    assert all(finding.severity is Severity.WARNING for finding in found)
    document["weapons"][0]["proficient"] = False
    assert faults("PR1", document, edition) == []


@pytest.mark.parametrize(
    ("weapon", "changes", "right"),
    [
        ({"name": "Longsword"}, {}, 6),
        ({"name": "+1 longsword"}, {}, 7),
        ({"name": "Longsword", "magic_bonus": 2}, {}, 8),
        ({"name": "Longbow"}, {}, 4),
        ({"name": "Longbow"}, {"fighting_styles": ["Archery"]}, 6),
        ({"name": "Handaxe"}, {"fighting_styles": ["Archery"]}, 6),
        ({"name": "Rapier"}, {}, 6),
        ({"name": "Rapier", "ability": "dex"}, {}, 4),
        ({"name": "Longsword", "proficient": False}, {}, 3),
    ],
)
@pytest.mark.parametrize("edition", BOTH)
def test_the_attack_bonus_has_one_right_value(
    edition: Edition, weapon: dict[str, Any], changes: dict[str, Any], right: int
) -> None:
    scores = {"str": 16, "dex": 13, "con": 14, "int": 8, "wis": 12, "cha": 10}
    styles = {"fighting_styles": ["Defense"], "ability_scores": scores} | changes
    document = character(
        edition, ("fighter", 5), weapons=[{"proficient": True} | weapon | {"attack_bonus": right}], **styles
    )
    assert faults("PR2", document, edition) == []
    document["weapons"][0]["attack_bonus"] = right + 3
    assert corrections(faults("PR2", document, edition)) == {"/weapons/0/attack_bonus": right}


@pytest.mark.parametrize(
    ("edition", "levels", "weapon", "ability", "legal"),
    [
        ("5.2", (("fighter", 1),), "Longsword", "dex", False),
        ("5.2", (("fighter", 1),), "Longbow", "str", False),
        ("5.2", (("monk", 1),), "Quarterstaff", "dex", True),
        ("5.2", (("fighter", 1),), "Quarterstaff", "dex", False),
        ("5.1", (("monk", 1),), "Shortsword", "dex", True),
        ("5.2", (("warlock", 1),), "Longsword", "cha", True),
        ("5.1", (("warlock", 1),), "Longsword", "cha", False),
    ],
)
def test_the_ability_fits_the_weapon(
    edition: Edition, levels: tuple[tuple[str, int], ...], weapon: str, ability: str, legal: bool
) -> None:
    document = character(edition, *levels, weapons=[{"name": weapon, "ability": ability}])
    assert bool(faults("PR2", document, edition)) != legal


@pytest.mark.parametrize(
    ("levels", "weapon", "damage", "right"),
    [
        ((("fighter", 5),), {"name": "Rapier"}, "1d8+2", None),
        ((("fighter", 5),), {"name": "Rapier"}, "1d10+2", "1d8+2"),
        ((("fighter", 5),), {"name": "Longsword"}, "1d10+2", None),
        ((("fighter", 5),), {"name": "Longsword", "two_handed": False}, "1d10+2", "1d8+2"),
        ((("fighter", 5),), {"name": "Longsword +2"}, "1d8+4", None),
        ((("fighter", 5),), {"name": "Longsword +2"}, "1d8+2", "1d8+4"),
        ((("fighter", 5),), {"name": "Shortsword"}, "1d6", None),
        ((("fighter", 5),), {"name": "Greataxe"}, "2d6+2", "1d12+2"),
        ((("fighter", 5),), {"name": "Greataxe"}, "1d12", "1d12+2"),
        ((("monk", 5),), {"name": "Dagger"}, "1d8+2", None),
        ((("monk", 4),), {"name": "Dagger"}, "1d8+2", "1d4+2"),
    ],
)
def test_the_damage_is_the_weapons_die_and_the_modifier(
    levels: tuple[tuple[str, int], ...], weapon: dict[str, Any], damage: str, right: str | None
) -> None:
    document = character("5.2", *levels, weapons=[{**weapon, "damage": damage}], fighting_styles=["Defense"])
    assert corrections(faults("PR3", document, "5.2")) == ({} if right is None else {"/weapons/0/damage/dice": right})


def test_bare_dice_are_a_warning() -> None:
    document = character("5.2", ("fighter", 5), weapons=[{"name": "Greataxe", "damage": "1d12 slashing"}])
    assert [finding.severity for finding in faults("PR3", document, "5.2")] == [Severity.WARNING]


@pytest.mark.parametrize(
    ("levels", "count", "legal"),
    [
        ((("wizard", 20),), 1, False),
        ((("rogue", 1),), 2, True),
        ((("rogue", 20),), 3, False),
        ((("fighter", 1),), 3, True),
        ((("fighter", 3),), 4, False),
        ((("fighter", 4),), 4, True),
        ((("fighter", 3), ("rogue", 2)), 5, True),
    ],
)
def test_so_many_masteries(levels: tuple[tuple[str, int], ...], count: int, legal: bool) -> None:
    names = ["Rapier", "Dagger", "Shortbow", "Club", "Mace"][:count]
    assert bool(faults("PR4", character("5.2", *levels, weapon_masteries=names), "5.2")) != legal


def test_a_mastery_is_the_weapons_own() -> None:
    weapons = [{"name": "Rapier", "mastery": "vex"}, {"name": "Longbow", "mastery": "Push"}]
    document = character("5.2", ("fighter", 1), weapons=weapons, weapon_masteries=["Rapier (Vex)", "Longbow (Push)"])
    wanted = {"/weapons/1/mastery": "Slow", "/weapon_masteries/1": "Longbow (Slow)"}
    assert corrections(faults("PR4", document, "5.2")) == wanted


@pytest.mark.parametrize(
    ("edition", "levels", "changes", "stated", "legal"),
    [
        ("5.1", (("fighter", 5),), {}, 2, True),
        ("5.1", (("fighter", 5),), {"feats": ["Alert"]}, 7, True),
        ("5.2", (("fighter", 5),), {"feats": ["Alert"]}, 5, True),
        ("5.2", (("fighter", 5),), {"feats": ["Alert"]}, 7, False),
        ("5.1", (("bard", 5),), {}, 3, True),
        ("5.2", (("bard", 5),), {"feats": ["Savage Attacker"], "background": "Sage"}, 3, False),
    ],
)
def test_initiative(
    edition: Edition, levels: tuple[tuple[str, int], ...], changes: dict[str, Any], stated: int, legal: bool
) -> None:
    document = character(edition, *levels, **{"initiative": stated, **changes})
    assert bool(faults("PR6", document, edition)) != legal


@pytest.mark.parametrize(
    ("edition", "species", "lineage", "feet", "legal"),
    [
        ("5.1", "Human", None, 60, False),
        ("5.1", "Human", None, 0, True),
        ("5.1", "Dwarf", "Hill Dwarf", 60, True),
        ("5.2", "Dwarf", None, 60, False),
        ("5.2", "Dwarf", None, 120, True),
        ("5.2", "Orc", None, 120, True),
        ("5.2", "Elf", "Drow", 120, True),
        ("5.2", "Elf", "High Elf", 120, False),
        ("5.2", "Elf", None, 120, True),
        ("5.1", "Dragonborn", None, 60, False),
        ("5.2", "Dragonborn", None, 60, True),
    ],
)
def test_darkvision(edition: Edition, species: str, lineage: str | None, feet: int, legal: bool) -> None:
    document = character(edition, ("fighter", 1), species=species, lineage=lineage, darkvision=feet)
    assert bool(faults("PR7", document, edition)) != legal


def test_goggles_of_night_explain_darkvision() -> None:
    document = character("5.2", ("fighter", 1), species="Human", darkvision=60, equipment=["Goggles of Night"])
    assert faults("PR7", document, "5.2") == []


def test_tools_without_a_source_are_information() -> None:
    tools = ["Thieves' Tools", "Poisoner's Kit"]
    found = faults("PR5", character("5.2", ("rogue", 1), tools=tools), "5.2")
    assert [(finding.path, finding.severity) for finding in found] == [("/tools/1", Severity.INFO)]


def test_unknown_things_are_left_alone() -> None:
    weapons = [{"name": "Moonblade of the Drowned King", "attack_bonus": 14, "damage": "3d12+9"}]
    document = character("5.2", ("fighter", 5), weapons=weapons, species="Moonkin", darkvision=300)
    assert said("PR2", document, "5.2") is Skip.NOT_APPLICABLE
    assert said("PR7", document, "5.2") is Skip.NOT_CHECKABLE
