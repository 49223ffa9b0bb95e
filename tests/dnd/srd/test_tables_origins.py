"""Species, backgrounds, feats and vocabularies against the two data wheels."""

import re
from collections.abc import Mapping
from typing import Any

import pytest

from dnd.srd.abilities import ABILITIES, SKILLS, ability_named
from dnd.srd.backgrounds import background_named, backgrounds
from dnd.srd.classes import Package
from dnd.srd.edition import BOTH, Edition
from dnd.srd.feats import feat_named, feats
from dnd.srd.monsters import CREATURE_TYPES, SIZES
from dnd.srd.species import read_species, species, species_named
from dnd.srd.vocabulary import (
    ALIGNMENTS,
    CONDITIONS,
    CREATURE_ALIGNMENTS,
    DAMAGE_TYPES,
    MASTERIES,
    RARE_LANGUAGES,
    RARITIES,
    SCHOOLS,
    SECRET_LANGUAGES,
    STANDARD_LANGUAGES,
    Coin,
    coin_total_cp,
    languages,
)
from dnd.srd.weapons import weapon_named, weapons
from tests.dnd.srd.wheels import assert_equal_but, entries_51, rows_52


def _increases(rows: list[Mapping[str, Any]]) -> dict[str, int]:
    return {row["ability_score"]["index"]: row["bonus"] for row in rows}


def _skills_and_weapons(rows: list[Mapping[str, str]]) -> tuple[set[str], set[str]]:
    skills = {row["name"].removeprefix("Skill: ") for row in rows if row["name"].startswith("Skill: ")}
    named = (weapon_named(row["name"], "5.1") for row in rows)
    return skills, {weapon.name for weapon in named if weapon}


@pytest.mark.parametrize("name", sorted(species("5.1")))
def test_species_51_equals_the_wheel(name: str) -> None:
    ours, theirs = species("5.1")[name], entries_51("Races")[name]
    assert (ours.name, ours.speed, ours.sizes) == (theirs["name"], theirs["speed"], (theirs["size"].lower(),))
    assert dict(ours.increases) == _increases(theirs["ability_bonuses"])
    assert ours.free_increases == theirs.get("ability_bonus_options", {}).get("choose", 0)
    assert list(ours.languages) == [row["name"] for row in theirs["languages"]]
    assert ours.chosen_languages == theirs.get("language_options", {}).get("choose", 0)
    assert set(ours.traits) == {row["name"] for row in theirs["traits"]}
    assert bool(ours.darkvision) == ("Darkvision" in ours.traits)
    skills, weapons_51 = _skills_and_weapons(theirs["starting_proficiencies"])
    assert set(ours.skills) == skills
    assert {weapon.name for weapon in map(lambda text: weapon_named(text, "5.1"), ours.weapons) if weapon} == weapons_51  # noqa: C417 -- named once
    stated = [int(number) for number in re.findall(r"\d+", theirs["age"])]
    for years in (ours.adult_age, ours.lifespan):
        assert years in stated or name in {"human", "tiefling", "halfling"}, (name, years)


def test_subraces_51_equal_the_wheel() -> None:
    theirs = entries_51("Subraces")
    printed = {"Lightfoot": "Lightfoot Halfling"}
    ours = {printed.get(row.name, row.name): row for entry in species("5.1").values() for row in entry.lineages}
    ours = {name: row for name, row in ours.items() if not row.resistances}
    assert set(ours) == {entry["name"] for entry in theirs.values()}
    for entry in theirs.values():
        row = ours[entry["name"]]
        assert dict(row.increases) == _increases(entry["ability_bonuses"])
        assert {
            name.replace("High Elf Cantrip", "Cantrip") for name in (t["name"] for t in entry["racial_traits"])
        } == set(row.traits)
        assert row.languages == entry.get("language_options", {}).get("choose", 0)
        named = (weapon_named(text, "5.1") for text in row.weapons)
        assert {weapon.name for weapon in named if weapon} == _skills_and_weapons(entry["starting_proficiencies"])[1]


def test_species_52_equal_the_wheel() -> None:
    ours: dict[tuple[str, str], object] = {}
    theirs: dict[tuple[str, str], object] = {}
    for row in rows_52("species"):
        name = row["name"]
        theirs |= {
            (name, "size"): row["size"].lower(),
            (name, "speed"): row["speed"],
            (name, "darkvision"): row.get("senses", {}).get("darkvision", 0),
            (name, "traits"): {trait["name"] for trait in row["traits"]},
        }
        mine = species_named(name, "5.2")
        assert mine, name
        ours |= {
            (name, "size"): " or ".join(mine.sizes),
            (name, "speed"): mine.speed,
            (name, "darkvision"): mine.darkvision,
            (name, "traits"): set(mine.traits),
        }
    cut = "the SRD 5.2 lets the player choose Small; the wheel keeps Medium only"
    known = {
        ("Human", "size"): cut,
        ("Tiefling", "size"): cut,
        ("Dragonborn", "traits"): "the wheel lacks Draconic Flight",
    }
    assert len(species("5.2")) == 9
    assert_equal_but(ours, theirs, known)


@pytest.mark.parametrize("edition", BOTH)
def test_spells_of_species_are_spells(edition: Edition) -> None:
    known = (
        {entry["name"] for entry in entries_51("Spells").values()}
        if edition == "5.1"
        else {row["name"] for row in rows_52("spells")}
    )
    for row in species(edition).values():
        for table in (row.spells, *(lineage.spells for lineage in row.lineages)):
            assert {name for names in table.values() for name in names} <= known
        assert set(row.skills) | set(row.skill_choices) <= set(SKILLS)
        assert set(row.height_in) <= set(row.sizes)


@pytest.mark.parametrize(
    ("text", "edition", "name", "lineage"),
    [
        ("Elf", "5.1", "Elf", None),
        ("Elf (High)", "5.1", "Elf", "High Elf"),
        ("high elf", "5.2", "Elf", "High Elf"),
        ("hill dwarf", "5.1", "Dwarf", "Hill Dwarf"),
        ("Drow", "5.2", "Elf", "Drow"),
        ("lightfoot", "5.1", "Halfling", "Lightfoot"),
        ("HALF-ELF", "5.1", "Half-Elf", None),
        ("Red Dragonborn", "5.2", "Dragonborn", "Red"),
        ("Tiefling (Infernal legacy)", "5.2", "Tiefling", "Infernal"),
        ("Goliath (Cloud Giant)", "5.2", "Goliath", "Cloud Giant"),
    ],
)
def test_species_are_read_with_their_lineage(text: str, edition: Edition, name: str, lineage: str | None) -> None:
    found = read_species(text, edition)
    assert found
    assert (found[0].name, found[1].name if found[1] else None) == (name, lineage)


@pytest.mark.parametrize(
    ("text", "edition"), [("Half-Elf", "5.2"), ("Goliath", "5.1"), ("Aasimar", "5.2"), ("", "5.1")]
)
def test_species_outside_the_edition_are_unknown(text: str, edition: Edition) -> None:
    assert read_species(text, edition) is None
    assert species_named(text, edition) is None


def test_lineages_are_found_within_their_species() -> None:
    elf = species("5.2")["elf"]
    asked = ("wood", "Wood Elf", "Elven lineage: drow", "hill")
    found = [elf.lineage_named(text) for text in asked]
    assert [row.name if row else None for row in found] == ["Wood Elf", "Wood Elf", "Drow", None]


def test_backgrounds_52_equal_the_wheel() -> None:
    for row in rows_52("backgrounds"):
        ours = background_named(row["name"].upper(), "5.2")
        assert ours
        assert list(ours.abilities) == [ability_named(name) for name in row["ability_scores"]]
        feat = f"{ours.feat} ({ours.feat_list.title()})" if ours.feat_list else ours.feat
        assert feat == row["feat"]
        assert list(ours.skills) == row["skill_proficiencies"]
        (tool,) = ours.tools
        assert tool.removeprefix("any ") in row["tool_proficiency"].lower().replace("’", "'")
        gold = [int(number) for number in re.findall(r"(\d+) GP", row["equipment"])]
        assert [Package.parse(ours.package).gold, ours.gold] == gold
        assert ours.feat
        assert feat_named(ours.feat, "5.2")
    assert len(backgrounds("5.2")) == len(rows_52("backgrounds"))


def test_the_background_51_equals_the_wheel() -> None:
    theirs = entries_51("Backgrounds")["acolyte"]
    ours = backgrounds("5.1")["Acolyte"]
    assert [f"Skill: {name}" for name in ours.skills] == [row["name"] for row in theirs["starting_proficiencies"]]
    assert (ours.languages, ours.feature) == (theirs["language_options"]["choose"], theirs["feature"]["name"])
    assert background_named("Folk Hero", "5.1") is None


def test_feats_equal_the_wheels() -> None:
    ours: dict[str, object] = {
        row.name: (row.category, row.min_level, bool(row.min_scores), row.feature, row.repeatable)
        for row in feats("5.2").values()
    }
    theirs: dict[str, object] = {}
    for row in rows_52("feats"):
        asked = row["prerequisite"] or ""
        level = re.search(r"Level (\d+)\+", asked)
        feature = re.search(r"(Fighting Style|Spellcasting) Feature", asked)
        theirs[row["name"]] = (
            row["category"].lower(),
            int(level[1]) if level else 1,
            "13+" in asked,
            feature[1] if feature else None,
            row["repeatable"],
        )
    assert_equal_but(ours, theirs, {"Two-Weapon Fighting": "the wheel prints it within Great Weapon Fighting"})
    assert len(ours) == 17
    (grappler,) = entries_51("Feats").values()
    needed = {row["ability_score"]["index"]: row["minimum_score"] for row in grappler["prerequisites"]}
    assert {row.name: row.min_scores for row in feats("5.1").values()} == {grappler["name"]: needed}


def test_boons_raise_what_the_wheel_says() -> None:
    for row in rows_52("feats"):
        said = re.search(
            r"Increase (one ability score of your choice|your .*? score) by 1, to a maximum of (\d+)",
            row["description"],
        )
        ours = feats("5.2")[row["name"]]
        if said:
            named = {ability for word in re.findall(r"[A-Z]\w+", said[1]) if (ability := ability_named(word))}
            assert set(ours.raises) == (named or set(ABILITIES))
            assert (ours.points, ours.cap) == (1, int(said[2]))


def test_vocabularies_equal_the_wheel() -> None:
    def names(module: str) -> set[str]:
        return {entry["name"].lower() for entry in entries_51(module).values()}

    assert set(CONDITIONS) == names("Conditions") == {row["name"].lower() for row in rows_52("conditions")}
    assert set(DAMAGE_TYPES) == names("DamageTypes")
    assert set(SCHOOLS) == names("MagicSchools") == {row["school"].lower() for row in rows_52("spells")}
    assert set(ALIGNMENTS) == names("Alignments")
    assert set(MASTERIES) == {row.mastery for row in weapons("5.2").values()}
    assert set(RARITIES) >= {row["rarity"].replace("_", " ") for row in rows_52("magic_items")}
    assert {name.lower() for name in (*STANDARD_LANGUAGES["5.1"], *RARE_LANGUAGES["5.1"])} == names("Languages")
    assert (len(CONDITIONS), len(DAMAGE_TYPES), len(SCHOOLS), len(ALIGNMENTS), len(RARITIES)) == (15, 13, 8, 9, 6)
    assert [len(STANDARD_LANGUAGES[edition] + RARE_LANGUAGES[edition]) for edition in BOTH] == [16, 19]
    for edition in BOTH:
        assert set(SECRET_LANGUAGES) <= set(languages(edition))
        assert len(languages(edition)) == len(set(languages(edition)))


def test_every_monster_keeps_to_the_vocabularies() -> None:
    for entry in entries_51("Monsters").values():
        assert entry["size"].lower() in SIZES
        kind = entry["type"].removeprefix("swarm of Tiny ").rstrip("s")
        assert kind in CREATURE_TYPES
        stated = re.sub(r" \(\d+%\)", "", entry["alignment"])
        assert set(stated.removesuffix("s").split(" or ")) <= CREATURE_ALIGNMENTS, entry["name"]
    for row in rows_52("creatures"):
        assert row["creature_type"].lower() in CREATURE_TYPES
        assert row["alignment"].lower() in CREATURE_ALIGNMENTS, row["name"]


def test_a_purse_is_counted_in_copper() -> None:
    purse: dict[Coin, int] = {"cp": 5, "sp": 4, "ep": 3, "gp": 2, "pp": 1}
    assert coin_total_cp(purse) == 5 + 40 + 150 + 200 + 1_000
