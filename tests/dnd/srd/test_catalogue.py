"""The generated catalogues: how many rows, the corrected figures, and arithmetic that every SRD row keeps."""

import json
import re
from dataclasses import fields

import pytest

from dnd.srd import catalogue
from dnd.srd.catalogue import FOLDER, Feature, Gear, MagicItem, Monster, Spell
from dnd.srd.edition import BOTH, Edition
from dnd.srd.near import fold

COUNTS = {
    "5.1": {"spells": 319, "monsters": 334, "magic_items": 361, "gear": 245, "features": 369},
    "5.2": {"spells": 339, "monsters": 330, "magic_items": 331, "gear": 215, "features": 282},
}
KINDS = {"spells": Spell, "monsters": Monster, "magic_items": MagicItem, "gear": Gear, "features": Feature}
ABILITIES = {"str", "dex", "con", "int", "wis", "cha"}
SCHOOLS = {
    *("abjuration", "conjuration", "divination", "enchantment"),
    *("evocation", "illusion", "necromancy", "transmutation"),
}
CASTERS = {"bard", "cleric", "druid", "paladin", "ranger", "sorcerer", "warlock", "wizard"}
RARITIES = {"common", "uncommon", "rare", "very rare", "legendary", "artifact"}
HIT_DIE = {"tiny": 4, "small": 6, "medium": 8, "large": 10, "huge": 12, "gargantuan": 20}
TYPES = {
    *("aberration", "beast", "celestial", "construct", "dragon", "elemental", "fey", "fiend"),
    *("giant", "humanoid", "monstrosity", "ooze", "plant", "undead"),
}
DICE = re.compile(r"^(\d+)d(\d+)([+-]\d+)?$")
XP_BELOW_ONE = {"0": {0, 10}, "1/8": {25}, "1/4": {50}, "1/2": {100}}
XP_FROM_ONE = (
    *(200, 450, 700, 1100, 1800, 2300, 2900, 3900, 5000, 5900, 7200, 8400, 10000, 11500, 13000, 15000, 18000, 20000),
    *(22000, 25000, 33000, 41000, 50000, 62000, 75000, 90000, 105000, 120000, 135000, 155000),
)
PRINTED_PASSIVE = {"Black Bear", "Blink Dog", "Half-Red Dragon Veteran", "Spider", "Swarm of Ravens"}
"""Blocks of 5.1 whose printed passive Perception is not 10 plus their bonus."""


@pytest.mark.parametrize("edition", BOTH)
def test_the_catalogues_hold_what_the_packages_hold_and_the_additions(edition: Edition) -> None:
    found = {
        "spells": len(catalogue.spells(edition)),
        "monsters": len(catalogue.monsters(edition)),
        "magic_items": len(catalogue.magic_items(edition)),
        "gear": len(catalogue.gear(edition)),
        "features": len(catalogue.features(edition)),
    }
    assert found == COUNTS[edition]


@pytest.mark.parametrize("edition", BOTH)
@pytest.mark.parametrize("name", KINDS)
def test_a_file_says_its_fields_in_the_order_of_the_rows(name: str, edition: Edition) -> None:
    document = json.loads((FOLDER / f"{name}-{edition}.json").read_text("utf-8"))
    assert document["fields"] == [field.name for field in fields(KINDS[name])]
    assert len(document["rows"]) == COUNTS[edition][name]


@pytest.mark.parametrize("edition", BOTH)
def test_every_spell_is_well_formed(edition: Edition) -> None:
    for spell in catalogue.spells(edition).values():
        assert 0 <= spell.level <= 9, spell
        assert spell.school in SCHOOLS, spell
        assert spell.classes, spell
        assert set(spell.classes) <= CASTERS, spell
        assert set(spell.components) <= {"V", "S", "M"}, spell
        assert ("M" in spell.components) == bool(spell.material), spell
        assert spell.save is None or spell.save in ABILITIES, spell
        assert all(DICE.match(dice) for dice, _ in spell.damage), spell


def test_spell_lists_of_51_have_as_many_entries_as_the_srd() -> None:
    assert sum(len(spell.classes) for spell in catalogue.spells("5.1").values()) == 778


@pytest.mark.parametrize("edition", BOTH)
def test_every_monster_keeps_the_arithmetic_of_its_block(edition: Edition) -> None:
    for monster in catalogue.monsters(edition).values():
        dice = DICE.match(monster.hit_dice)
        assert dice is not None, monster
        count, die, bonus = int(dice[1]), int(dice[2]), int(dice[3] or 0)
        assert monster.hp == max(1, count * (die + 1) // 2 + bonus), monster
        assert bonus == count * ((monster.abilities[2] - 10) // 2), monster
        assert die in {HIT_DIE[size] for size in monster.sizes}, monster
        assert monster.type in TYPES, monster
        assert monster.xp in (XP_BELOW_ONE.get(monster.cr) or {XP_FROM_ONE[int(monster.cr) - 1]}), monster
        rank = 0 if "/" in monster.cr else int(monster.cr)
        assert monster.proficiency_bonus == max(2, 2 + (rank - 1) // 4), monster


@pytest.mark.parametrize("edition", BOTH)
def test_passive_perception_is_ten_and_the_bonus_but_where_the_srd_prints_otherwise(edition: Edition) -> None:
    wrong = {
        monster.name
        for monster in catalogue.monsters(edition).values()
        if monster.passive_perception != 10 + monster.skills.get("Perception", (monster.abilities[4] - 10) // 2)
    }
    assert wrong == (PRINTED_PASSIVE if edition == "5.1" else set())


def test_initiative_of_52_is_dexterity_with_none_one_or_two_proficiency_bonuses() -> None:
    wrong = {
        monster.name
        for monster in catalogue.monsters("5.2").values()
        if (monster.initiative or 0) - (monster.abilities[1] - 10) // 2
        not in {0, monster.proficiency_bonus, 2 * monster.proficiency_bonus}
    }
    assert wrong == {"Archmage"}


@pytest.mark.parametrize("edition", BOTH)
def test_every_magic_item_has_a_rarity_and_attunement_that_agree(edition: Edition) -> None:
    for item in catalogue.magic_items(edition).values():
        assert item.rarities, item
        assert set(item.rarities) <= RARITIES, item
        assert item.attunement or not (item.attunement_by or item.attunement_note), item
        assert item.bonus in {None, 1, 2, 3}, item


@pytest.mark.parametrize("edition", BOTH)
@pytest.mark.parametrize("family", ["Weapon", "Armor", "Ammunition"])
def test_a_plus_is_an_item_of_its_own(family: str, edition: Edition) -> None:
    items = catalogue.magic_items(edition)
    found = [items[fold(f"{family}, +{bonus}")] for bonus in (1, 2, 3)]
    assert [item.bonus for item in found] == [1, 2, 3]
    assert tuple(item.rarities[0] for item in found) == items[fold(f"{family}, +1, +2, or +3")].rarities


@pytest.mark.parametrize("edition", BOTH)
def test_features_belong_to_twelve_classes_at_levels_one_to_twenty(edition: Edition) -> None:
    rows = catalogue.features(edition)
    assert len({row.class_name for row in rows}) == 12
    assert {row.level for row in rows} <= set(range(1, 21))
    named = {(row.class_name, row.name) for row in rows}
    orphans = {row.name for row in rows if row.parent and (row.class_name, row.parent) not in named}
    assert orphans == set()


@pytest.mark.parametrize("edition", BOTH)
def test_each_class_has_one_subclass(edition: Edition) -> None:
    subclasses = {(row.class_name, row.subclass) for row in catalogue.features(edition) if row.subclass}
    assert len(subclasses) == 12


def test_fireball_is_known_in_full() -> None:
    for edition in BOTH:
        spell = catalogue.spells(edition)["fireball"]
        assert (spell.level, spell.school, spell.classes) == (3, "evocation", ("sorcerer", "wizard"))
        assert (spell.save, spell.attack, spell.damage, spell.damage_per_slot) == (
            "dex",
            None,
            (("8d6", "fire"),),
            "1d6",
        )
        assert (spell.casting_time, spell.range, spell.concentration, spell.ritual) == (
            "action",
            "150 feet",
            False,
            False,
        )


def test_a_costly_component_has_its_price() -> None:
    revivify = catalogue.spells("5.2")["revivify"]
    assert (revivify.cost_gp, revivify.consumed) == (300, True)
    assert catalogue.spells("5.1")["identify"].cost_gp == 100
    assert catalogue.spells("5.1")["identify"].consumed is False


def test_the_corrected_spell_lists_are_the_srds() -> None:
    spells = catalogue.spells("5.1")
    assert {name: spells[name].classes for name in ("faerie fire", "divination", "arcane eye", "meld into stone")} == {
        "faerie fire": ("bard", "druid"),
        "divination": ("cleric",),
        "arcane eye": ("wizard",),
        "meld into stone": ("cleric", "druid"),
    }


def test_the_corrected_monsters_are_the_srds() -> None:
    old, new = catalogue.monsters("5.1"), catalogue.monsters("5.2")
    assert (old["cult fanatic"].hp, old["cult fanatic"].hit_dice) == (33, "6d8+6")
    assert [old[name].xp for name in ("ankheg", "dretch", "riding horse", "brass dragon wyrmling")] == [
        450,
        50,
        50,
        200,
    ]
    assert (new["archmage"].xp, new["archmage"].sizes) == (8400, ("medium", "small"))
    assert (new["swarm of bats"].sizes, new["swarm of bats"].swarm) == (("large",), True)


def test_an_ogre_has_its_figures_in_both_editions() -> None:
    ogre = catalogue.monsters("5.1")["ogre"]
    assert (ogre.sizes, ogre.type, ogre.cr, ogre.xp, ogre.hp, ogre.hit_dice) == (
        ("large",),
        "giant",
        "2",
        450,
        59,
        "7d10+21",
    )
    assert (ogre.ac, ogre.abilities, dict(ogre.speeds)) == (11, (19, 8, 16, 5, 7, 7), {"walk": 40})
    assert catalogue.monsters("5.2")["ogre"].hp == 68


def test_magic_items_say_who_may_attune() -> None:
    for edition in BOTH:
        items = catalogue.magic_items(edition)
        assert items["staff of the magi"].attunement_by == ("sorcerer", "warlock", "wizard")
        assert items["pearl of power"].attunement_by == ("spellcaster",)
        assert items["dwarven thrower"].attunement_note.startswith("dwarf")
        assert (items["cloak of protection"].rarities, items["cloak of protection"].bonus) == (("uncommon",), 1)
        assert items["potion of healing"].consumable
        assert items["wand of fireballs"].charges == 7


def test_prices_are_in_copper_and_ammunition_comes_in_bundles() -> None:
    for edition in BOTH:
        rows = catalogue.gear(edition)
        assert (rows["plate armor"].cost_cp, rows["plate armor"].weight_lb) == (150_000, 65)
        assert (rows["longsword"].cost_cp, rows["longsword"].weight_lb) == (1_500, 3)
    assert catalogue.gear("5.1")["arrow"].bundle == 20
    assert (catalogue.gear("5.2")["arrows"].cost_cp, catalogue.gear("5.2")["arrows"].bundle) == (100, 20)


def test_rows_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        catalogue.monsters("5.1")["ogre"].speeds["fly"] = 60  # pyright: ignore[reportIndexIssue] -- the point of the test
