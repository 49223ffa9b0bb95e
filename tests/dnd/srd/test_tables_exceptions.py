"""The exceptions: well formed, true to the wheels, and met by whom they should be met."""

import re

import pytest

from dnd.srd.classes import classes
from dnd.srd.edition import BOTH, Edition
from dnd.srd.exceptions import ExceptionKind, LegalException, Traits, exception_ids, exceptions, exceptions_met
from dnd.srd.feats import feats
from dnd.srd.species import species
from dnd.srd.wares import key_of
from dnd.srd.weapons import weapon_named
from tests.dnd.srd.wheels import entries_51, rows_52

KINDS: tuple[ExceptionKind, ...] = (
    *("score_cap", "save", "save_bonus", "hit_points", "armor_class", "armor_bonus", "speed", "darkvision"),
    *("attunement", "initiative", "skill_checks", "skills", "expertise", "languages", "spells", "cantrips"),
    *("spell_level", "rituals", "fighting_style", "attacks", "armor_training", "weapon_training", "carrying"),
    *("attack_bonus", "weapon_ability"),
)


def _rows(edition: Edition) -> list[LegalException]:
    return [row for kind in KINDS for row in exceptions(kind, edition)]


@pytest.mark.parametrize("edition", BOTH)
def test_every_row_is_well_formed(edition: Edition) -> None:
    rows = _rows(edition)
    assert sorted(row.id for row in rows) == sorted(set(exception_ids(edition)))
    for row in rows:
        assert row.class_id is None or row.class_id in classes(edition), row.id
        if row.subclass:
            assert row.class_id, row.id
            assert row.subclass in {entry.id for entry in classes(edition)[row.class_id].subclasses}, row.id
        assert row.species is None or row.species in species(edition), row.id
        if row.lineage:
            assert row.species, row.id
            assert species(edition)[row.species].lineage_named(row.lineage), row.id
        assert set(row.spell_lists) <= {*classes(edition), "any"}, row.id
        required = row.class_id or row.species or row.feat or row.choice or row.level > 1
        assert required, f"{row.id} would be met by everyone"


def _feature_levels(edition: Edition) -> dict[tuple[str, str], int]:
    """(class, feature) -> the level that first grants it."""
    found: dict[tuple[str, str], int] = {}
    if edition == "5.1":
        for entry in entries_51("Features").values():
            key = (entry["class_"]["index"], key_of(entry["name"].partition("(")[0]))
            found[key] = min(found.get(key, 20), entry["level"])
        return found
    for row in rows_52("classes"):
        for feature in (*row["features"], *row["subclass_features"]):
            key = (row["name"].lower(), key_of(feature["name"]))
            found[key] = min(found.get(key, 20), feature["level"])
    return found


@pytest.mark.parametrize("edition", BOTH)
def test_features_come_at_the_level_of_the_wheel(edition: Edition) -> None:
    levels = _feature_levels(edition)
    checked = 0
    for row in _rows(edition):
        if row.class_id and not row.choice:
            at = levels.get((row.class_id, key_of(row.source)))
            assert at is not None, row.id
            assert row.level == at or row.steps is not None, (row.id, row.level, at)
            checked += 1
    assert checked >= 20


@pytest.mark.parametrize("edition", BOTH)
def test_spells_of_exceptions_are_spells(edition: Edition) -> None:
    known = (
        {entry["name"] for entry in entries_51("Spells").values()}
        if edition == "5.1"
        else {row["name"] for row in rows_52("spells")}
    )
    for row in (*exceptions("spells", edition), *exceptions("cantrips", edition)):
        assert set(row.names) <= known, row.id
    for row in (*exceptions("weapon_training", edition), *exceptions("weapon_ability", edition)):
        named = set(row.names) - {"simple", "martial", "any"}
        assert all(weapon_named(name, edition) for name in named), row.id


def test_spells_of_species_are_the_same_in_both_tables() -> None:
    for row in (*exceptions("spells", "5.2"), *exceptions("cantrips", "5.2")):
        if row.species and row.lineage:
            lineage = species("5.2")[row.species].lineage_named(row.lineage)
            assert lineage
            assert set(row.names) <= set(lineage.spells[row.level]), row.id


def test_feats_of_the_srd_are_named_rightly() -> None:
    published = {
        "Resilient",
        "Tough",
        "Mobile",
        "Speedy",
        "Boon of Speed",
        "Fey Touched",
        "Fey-Touched",
        "Shadow Touched",
    }
    published |= {"Lightly Armored", "Moderately Armored", "Heavily Armored", "Weapon Master", "Ritual Caster"}
    for edition in BOTH:
        named = {row.feat for row in _rows(edition) if row.feat}
        outside = {name for name in named if name not in feats(edition)}
        assert outside - published <= ({"Alert", "Magic Initiate", "Skilled"} if edition == "5.1" else set())


THIEF = Traits({"rogue": 13}, subclasses=("thief",))
MONK = Traits({"monk": 14})
DWARF = Traits({"wizard": 5}, species="dwarf", lineage="Hill Dwarf")


@pytest.mark.parametrize(
    ("kind", "edition", "traits", "ids"),
    [
        ("attunement", "5.2", THIEF, ["use_magic_device"]),
        ("attunement", "5.1", THIEF, []),
        ("attunement", "5.2", Traits({"rogue": 12}, subclasses=("thief",)), []),
        ("save", "5.1", MONK, ["diamond_soul"]),
        ("save", "5.2", MONK, ["disciplined_survivor"]),
        ("save", "5.1", Traits({"fighter": 4}, feats=("resilient",)), ["resilient"]),
        ("hit_points", "5.1", DWARF, ["dwarven_toughness_2014"]),
        ("hit_points", "5.1", Traits({"wizard": 5}, species="dwarf"), []),
        ("hit_points", "5.2", Traits({"wizard": 5}, species="dwarf"), ["dwarven_toughness"]),
        ("score_cap", "5.2", Traits({"barbarian": 20}), ["primal_champion", "epic_boon"]),
        ("score_cap", "5.1", Traits({"barbarian": 19, "fighter": 1}), []),
        (
            "armor_class",
            "5.1",
            Traits({"barbarian": 1, "monk": 1}),
            ["unarmored_defense_barbarian", "unarmored_defense_monk"],
        ),
        ("armor_class", "5.2", Traits({"sorcerer": 3}, subclasses=("draconic",)), ["draconic_resilience_ac_2024"]),
        (
            "cantrips",
            "5.2",
            Traits({"cleric": 1}, features=("Divine Order (Thaumaturge)", "Thaumaturge")),
            ["thaumaturge"],
        ),
        ("cantrips", "5.2", Traits({"fighter": 1}, feats=("Magic Initiate (Wizard)",)), ["magic_initiate_cantrips"]),
    ],
)
def test_exceptions_are_met(kind: str, edition: Edition, traits: Traits, ids: list[str]) -> None:
    found = [row.id for known in KINDS if known == kind for row in exceptions_met(known, edition, traits)]
    assert found == ids


def test_amounts_grow_with_the_right_level() -> None:
    (movement,) = exceptions_met("speed", "5.2", Traits({"monk": 6, "wizard": 5}))
    assert movement.amount_for(Traits({"monk": 6, "wizard": 5})) == 15
    (toughness,) = exceptions_met("hit_points", "5.1", DWARF)
    assert toughness.amount_for(DWARF) == 5
    dragon = Traits({"sorcerer": 4, "warlock": 2}, subclasses=("draconic",))
    (scales,) = exceptions_met("hit_points", "5.2", dragon)
    assert scales.amount_for(dragon) == 4
    secrets = next(row for row in exceptions("spells", "5.1") if row.id == "magical_secrets_2014")
    assert [secrets.amount_for(Traits({"bard": level})) for level in (9, 10, 14, 20)] == [0, 2, 4, 6]


def test_speeds_equal_the_texts_of_the_wheel() -> None:
    for row in rows_52("classes"):
        for feature in row["features"]:
            said = re.search(r"[Yy]our [Ss]peed increases by (\d+) feet", feature["description"])
            if said:
                found = [entry for entry in exceptions("speed", "5.2") if entry.source == feature["name"]]
                assert [entry.amount_for(Traits({row["name"].lower(): feature["level"]})) for entry in found] == [
                    int(said[1])
                ]
