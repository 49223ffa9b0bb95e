"""Look-up of names: the SRD's, published ones, unknown ones with what is near."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dnd.srd.edition import BOTH, Edition
from dnd.srd.names import (
    NameKind,
    NameState,
    find_gear,
    find_magic_item,
    find_monster,
    find_spell,
    fold,
    gazetteer,
    look_up,
    names,
    owner,
    product_identity,
)
from dnd.srd.near import edits, letters, nearest, singular


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Hunter\u2019s Mark", "hunters mark"),
        ("The Fiend", "fiend"),
        ("Antipathy/Sympathy", "antipathy sympathy"),
        ("Will-o'-Wisp", "will o wisp"),
        ("  Colour   Spray ", "color spray"),
        ("Longsword, +1", "longsword +1"),
        ("Faer\u00fbn", "faerun"),
        ("The", "the"),
        ("", ""),
    ],
)
def test_fold_makes_spellings_equal(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(st.text(max_size=40))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)).removeprefix("the ") == fold(text).removeprefix("the ")


@pytest.mark.parametrize(
    ("plural", "single"),
    [("wolves", "wolf"), ("harpies", "harpy"), ("torches", "torch"), ("goblins", "goblin"), ("bless", None)],
)
def test_singular(plural: str, single: str | None) -> None:
    assert singular(plural) == single


@pytest.mark.parametrize(
    ("left", "right", "distance"),
    [("abc", "abc", 0), ("eldrich", "eldritch", 1), ("owlbaer", "owlbear", 1), ("abc", "xyz", 3), ("", "ab", 2)],
)
def test_edits(left: str, right: str, distance: int) -> None:
    assert edits(left, right, 2) == distance


@given(st.text("abcde ", max_size=9), st.text("abcde ", max_size=9))
def test_edits_are_symmetric_and_the_letters_never_hide_a_near_name(left: str, right: str) -> None:
    distance = edits(left, right, 2)
    assert distance == edits(right, left, 2)
    if distance <= (1 if len(left) < 6 else 2):
        assert nearest(left, [(right, letters(right))]) == (right,)


@pytest.mark.parametrize("edition", BOTH)
@pytest.mark.parametrize("kind", NameKind)
def test_every_name_of_the_srd_is_found_by_its_printed_form(kind: NameKind, edition: Edition) -> None:
    printed = names(kind, edition)
    assert printed
    missed = {
        name: look_up(kind, name, edition) for name in printed if fold(look_up(kind, name, edition).name) != fold(name)
    }
    assert missed == {}


SRD = [
    (NameKind.SPELL, "Tasha\u2019s Hideous Laughter", "5.1", "Hideous Laughter"),
    (NameKind.SPELL, "Bigby's Hand", "5.2", "Arcane Hand"),
    (NameKind.SPELL, "Fireball (3rd level)", "5.2", "Fireball"),
    (NameKind.SPELL, "colour spray", "5.1", "Color Spray"),
    (NameKind.MONSTER, "Wolves", "5.2", "Wolf"),
    (NameKind.MONSTER, "goblins", "5.1", "Goblin"),
    (NameKind.MONSTER, "Goblin", "5.2", "Goblin Warrior"),
    (NameKind.MONSTER, "Werewolf", "5.1", "Werewolf"),
    (NameKind.MAGIC_ITEM, "+1 Longsword", "5.1", "Weapon, +1"),
    (NameKind.MAGIC_ITEM, "Longsword +1", "5.2", "Weapon, +1"),
    (NameKind.MAGIC_ITEM, "Weapon, +2", "5.2", "Weapon, +2"),
    (NameKind.MAGIC_ITEM, "Crossbow, light, +3", "5.1", "Weapon, +3"),
    (NameKind.MAGIC_ITEM, "+2 studded leather", "5.1", "Armor, +2"),
    (NameKind.MAGIC_ITEM, "+1 Shield", "5.2", "Shield, +1"),
    (NameKind.MAGIC_ITEM, "+3 arrows", "5.2", "Ammunition, +3"),
    (NameKind.MAGIC_ITEM, "Wand of the War Mage +2", "5.1", "Wand of the War Mage, +2"),
    (NameKind.MAGIC_ITEM, "Vorpal Greatsword", "5.1", "Vorpal Sword"),
    (NameKind.MAGIC_ITEM, "Flame Tongue Rapier", "5.2", "Flame Tongue"),
    (NameKind.MAGIC_ITEM, "Longsword of Wounding", "5.2", "Sword of Wounding"),
    (NameKind.MAGIC_ITEM, "Mithral Chain Shirt", "5.1", "Mithral Armor"),
    (NameKind.MAGIC_ITEM, "Ring of Resistance (fire)", "5.2", "Ring of Resistance"),
    (NameKind.MAGIC_ITEM, "Red Dragon Scale Mail", "5.2", "Dragon Scale Mail"),
    (NameKind.MAGIC_ITEM, "Belt of Giant Strength (hill)", "5.2", "Belt of Hill Giant Strength"),
    (NameKind.MAGIC_ITEM, "Scroll of Fireball", "5.2", "Spell Scroll (Level 3)"),
    (NameKind.MAGIC_ITEM, "Spell Scroll (3rd level)", "5.1", "Spell Scroll (3rd)"),
    (NameKind.MAGIC_ITEM, "scroll of fire bolt", "5.1", "Spell Scroll (Cantrip)"),
    (NameKind.MAGIC_ITEM, "Deck of Many Things", "5.2", "Mysterious Deck"),
    (NameKind.MAGIC_ITEM, "Greater Healing Potion", "5.1", "Potion of Greater Healing"),
    (NameKind.GEAR, "light crossbow", "5.1", "Crossbow, light"),
    (NameKind.GEAR, "Crossbow, light", "5.2", "Light Crossbow"),
    (NameKind.GEAR, "2 flasks of oil", "5.2", "Oil"),
    (NameKind.GEAR, "Arrows (20)", "5.1", "Arrow"),
    (NameKind.GEAR, "50 feet of hempen rope", "5.1", "Rope, hempen (50 feet)"),
    (NameKind.GEAR, "thieves tools", "5.2", "Thieves' Tools"),
    (NameKind.FEATURE, "Rage (3/day)", "5.1", "Rage"),
    (NameKind.FEATURE, "Agonizing Blast", "5.2", "Agonizing Blast"),
    (NameKind.SUBCLASS, "Life", "5.2", "Life Domain"),
    (NameKind.SUBCLASS, "the fiend", "5.2", "Fiend Patron"),
    (NameKind.SPECIES, "half elf", "5.1", "Half-Elf"),
    (NameKind.FEAT, "Magic Initiate (Cleric)", "5.2", "Magic Initiate"),
    (NameKind.LANGUAGE, "Thieves Cant", "5.1", "Thieves' Cant"),
]


@pytest.mark.parametrize(("kind", "written", "edition", "name"), SRD)
def test_the_srd_is_found_under_aliases_plurals_and_kinds(
    kind: NameKind, written: str, edition: Edition, name: str
) -> None:
    found = look_up(kind, written, edition)
    assert (found.state, found.name) == (NameState.SRD, name)


PUBLISHED = [
    (NameKind.SPELL, "Feeblemind", "5.2", "Feeblemind"),
    (NameKind.SPELL, "Hex", "5.1", "Hex"),
    (NameKind.SPELL, "Silvery Barbs", "5.2", "Silvery Barbs"),
    (NameKind.MONSTER, "beholders", "5.1", "Beholder"),
    (NameKind.MAGIC_ITEM, "+1 shield", "5.1", "Shield, +1"),
    (NameKind.CLASS_NAME, "artificer", "5.2", "Artificer"),
    (NameKind.SUBCLASS, "Hexblade", "5.1", "The Hexblade"),
    (NameKind.SPECIES, "Half-Elf", "5.2", "Half-Elf"),
    (NameKind.SPECIES, "Goliath", "5.1", "Goliath"),
    (NameKind.SPECIES, "Aasimar", "5.1", "Aasimar"),
    (NameKind.BACKGROUND, "Folk Hero", "5.1", "Folk Hero"),
    (NameKind.FEAT, "Sharpshooter", "5.1", "Sharpshooter"),
]


@pytest.mark.parametrize(("kind", "written", "edition", "name"), PUBLISHED)
def test_published_names_and_the_other_editions_are_known_but_not_the_srds(
    kind: NameKind, written: str, edition: Edition, name: str
) -> None:
    found = look_up(kind, written, edition)
    assert (found.state, found.name, found.near) == (NameState.PUBLISHED, name, ())


UNKNOWN = [
    (NameKind.SPELL, "Eldrich Blast", "Eldritch Blast"),
    (NameKind.SPELL, "Fire ball", "Fireball"),
    (NameKind.SPELL, "Magic Missle", "Magic Missile"),
    (NameKind.SPELL, "Arcane Thunderlance", None),
    (NameKind.SPELL, "Wosh", "Wish"),
    (NameKind.MONSTER, "owlbaer", "Owlbear"),
    (NameKind.MAGIC_ITEM, "Sword of Infinite Edges", None),
    (NameKind.MAGIC_ITEM, "Longsword", None),
    (NameKind.MAGIC_ITEM, "Wand of Secret", "Wand of Secrets"),
    (NameKind.CLASS_NAME, "Spellblade", None),
    (NameKind.CLASS_NAME, "Wizzard", "Wizard"),
    (NameKind.FEATURE, "Sneak Atack", "Sneak Attack"),
    (NameKind.FEAT, "Grapler", "Grappler"),
    (NameKind.CONDITION, "Bleeding", None),
    (NameKind.LANGUAGE, "Klingon", None),
]


@pytest.mark.parametrize("edition", BOTH)
@pytest.mark.parametrize(("kind", "written", "meant"), UNKNOWN)
def test_unknown_names_say_what_was_probably_meant(
    kind: NameKind, written: str, meant: str | None, edition: Edition
) -> None:
    found = look_up(kind, written, edition)
    assert (found.state, found.name) == (NameState.UNKNOWN, written)
    assert (found.near[0] if found.near else None) == meant
    assert len(found.near) <= 3


@given(st.sampled_from(list(NameKind)), st.text(max_size=60), st.sampled_from(BOTH))
def test_no_text_breaks_a_look_up(kind: NameKind, text: str, edition: Edition) -> None:
    found = look_up(kind, text, edition)
    assert found.name == text if found.state is NameState.UNKNOWN else found.name


@pytest.mark.parametrize("edition", BOTH)
def test_the_rows_are_found_by_any_spelling(edition: Edition) -> None:
    spell, monster = find_spell("Melf's Acid Arrow", edition), find_monster("Owlbears", edition)
    item, thing = find_magic_item("+2 rapier", edition), find_gear("full plate", edition)
    assert (spell and spell.level, monster and monster.cr, item and item.bonus, thing and thing.cost_cp) == (
        2,
        "3",
        2,
        150_000,
    )
    assert find_spell("Silvery Barbs", edition) is None
    assert find_monster("Snorlax", edition) is None


def test_subclasses_and_lineages_have_owners() -> None:
    assert owner(NameKind.SUBCLASS, "evocation", "5.1") == "wizard"
    assert owner(NameKind.LINEAGE, "Rock Gnome", "5.2") == "gnome"
    assert owner(NameKind.SPECIES, "Elf", "5.2") is None


def test_the_first_kind_wins_a_shared_spelling_in_the_gazetteer() -> None:
    assert gazetteer((NameKind.SPELL, NameKind.GEAR), "5.2")[("shield",)] == (NameKind.SPELL, "Shield")
    assert gazetteer((NameKind.GEAR, NameKind.SPELL), "5.2")[("shield",)] == (NameKind.GEAR, "Shield")


def test_the_gazetteer_knows_aliases_and_plurals() -> None:
    words = gazetteer((NameKind.SPELL, NameKind.MONSTER), "5.1")
    assert words[("tashas", "hideous", "laughter")] == (NameKind.SPELL, "Hideous Laughter")
    assert words[("dire", "wolves")] == (NameKind.MONSTER, "Dire Wolf")
    assert words[("harpies",)] == (NameKind.MONSTER, "Harpy")


def test_product_identity_is_a_list_of_word_tuples() -> None:
    found = product_identity()
    assert {("beholder",), ("mind", "flayer"), ("baldurs", "gate")} <= found
    assert ("dragon",) not in found
