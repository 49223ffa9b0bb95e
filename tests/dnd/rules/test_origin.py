"""ID1-ID11: species, lineage, size, age, alignment, languages, background skills, height, traits, increases."""

from typing import Any

import pytest

from dnd.rules.finding import Severity
from dnd.rules.rule import Skip
from dnd.srd.classes import classes
from dnd.srd.edition import BOTH, Edition
from dnd.srd.species import Species, species
from tests.dnd.rules.saying import findings, says

_SPECIES = [(edition, row) for edition in BOTH for row in species(edition).values()]


@pytest.mark.parametrize(("edition", "row"), _SPECIES, ids=lambda value: getattr(value, "id", value))
def test_every_species_is_legal_with_its_own_lineages_sizes_and_traits(edition: Edition, row: Species) -> None:
    for lineage in (None, *row.lineages):
        for size in row.sizes:
            sheet: dict[str, Any] = {
                "species": row.name,
                "size": size,
                "traits": [*row.traits, *(lineage.traits if lineage else ())],
                "age": row.adult_age or 30,
            }
            if lineage is not None:
                sheet["lineage"] = lineage.name
                assert findings("ID2", sheet, edition) == []
            for rule in ("ID1", "ID3", "ID4", "ID10"):
                assert findings(rule, sheet, edition) == [], (rule, sheet)


@pytest.mark.parametrize(
    ("name", "edition", "weight"),
    [
        ("Half-Elf", "5.1", None),
        ("Half-Elf", "5.2", Severity.INFO),
        ("Goliath", "5.1", Severity.INFO),
        ("Orc", "5.2", None),
        ("Aasimar", "5.2", Severity.INFO),
        ("Moonkin", "5.2", Severity.WARNING),
        ("high elf", "5.1", None),
        ("Drow", "5.2", None),
        ("Elf (Wood)", "5.2", None),
    ],
)
def test_species_by_edition(name: str, edition: Edition, weight: Severity | None) -> None:
    found = findings("ID1", {"species": name}, edition)
    assert [entry.severity for entry in found] == ([] if weight is None else [weight])


@pytest.mark.parametrize(
    ("sheet", "edition", "weights"),
    [
        ({"species": "Hill Elf"}, "5.1", ["warning"]),
        ({"species": "Mountain Dwarf"}, "5.1", ["info"]),
        ({"species": "Dwarf", "lineage": "Mountain"}, "5.1", ["info"]),
        ({"species": "Elf", "lineage": "High"}, "5.2", []),
        ({"species": "Tiefling", "lineage": "Infernal legacy"}, "5.2", []),
        ({"species": "Goliath", "lineage": "Stone Giant"}, "5.2", []),
        ({"species": "Dwarf", "lineage": "High Elf"}, "5.2", ["warning"]),
        ({"species": "Gnome", "lineage": "Wood Elf"}, "5.2", ["warning"]),
    ],
)
def test_lineages(sheet: dict[str, Any], edition: Edition, weights: list[str]) -> None:
    assert [entry.severity.value for entry in findings("ID2", sheet, edition)] == weights


def test_what_is_not_stated_is_not_wrong() -> None:
    assert says("ID2", {"species": "Elf"}) is Skip.NOT_APPLICABLE
    assert says("ID2", {"species": "Moonkin", "lineage": "Pale"}) is Skip.NOT_CHECKABLE
    assert says("ID3", {"size": "Small"}) is Skip.NOT_CHECKABLE
    assert says("ID4", {"species": "Moonkin", "age": 4000}) is Skip.NOT_CHECKABLE
    assert says("ID10", {"traits": ["Breath Weapon"]}) is Skip.NOT_CHECKABLE


@pytest.mark.parametrize(
    ("name", "size", "edition", "fix"),
    [
        ("Halfling", "Medium", "5.1", "Small"),
        ("Gnome", "Medium", "5.2", "Small"),
        ("Human", "Small", "5.1", "Medium"),
        ("Human", "Large", "5.2", None),
        ("Goliath", "Large", "5.2", "Medium"),
    ],
)
def test_sizes(name: str, size: str, edition: Edition, fix: str | None) -> None:
    (finding,) = findings("ID3", {"species": name, "size": size}, edition)
    assert finding.severity is Severity.ERROR
    assert (finding.fix.value if finding.fix else None) == fix


@pytest.mark.parametrize(
    ("name", "age", "edition", "weights"),
    [
        ("Human", 100, "5.1", []),
        ("Human", 101, "5.1", ["warning"]),
        ("Human", 100, "5.2", []),
        ("Human", 240, "5.2", ["warning"]),
        ("Elf", 750, "5.2", []),
        ("Elf", 751, "5.1", ["warning"]),
        ("Elf", 60, "5.1", ["info"]),
        ("Half-Orc", 76, "5.1", ["warning"]),
        ("Human", 0, "5.2", ["warning"]),
    ],
)
def test_ages(name: str, age: int, edition: Edition, weights: list[str]) -> None:
    found = findings("ID4", {"species": name, "age": age}, edition)
    assert [entry.severity.value for entry in found] == weights


def test_a_druid_of_high_level_ages_slowly() -> None:
    assert findings("ID4", {"species": "Human", "age": 400, "class": "Druid 18"}, "5.1") == []


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        ("Lawful Good", "legal"),
        ("CN", "legal"),
        ("True Neutral", "legal"),
        ("Neutral Neutral", "legal"),
        ("neutral (leaning good)", "legal"),
        ("Chaotic Lawful", None),
        ("unaligned", None),
        ("Evil Chaotic", "chaotic evil"),
        ("lawfull good", "lawful good"),
    ],
)
def test_alignments(text: str, fix: str | None) -> None:
    found = findings("ID5", {"alignment": text})
    if fix == "legal":
        assert found == []
    else:
        assert [entry.fix.value if entry.fix else None for entry in found] == [fix]


def _speaker(edition: Edition, *tongues: str, **more: object) -> dict[str, Any]:
    origin = {"species": "Human", "background": "Acolyte" if edition == "5.1" else "Soldier"}
    return {"class": "Fighter 1", **origin, "languages": list(tongues), **more}


@pytest.mark.parametrize(
    ("sheet", "edition", "weights"),
    [
        (_speaker("5.2", "Common", "Elvish", "Orc"), "5.2", []),
        (_speaker("5.2", "Common", "Elvish"), "5.2", ["info"]),
        (_speaker("5.2", "Common", "Elvish", "Orc", "Giant"), "5.2", ["warning"]),
        (_speaker("5.2", "Goblin", "Elvish", "Orc"), "5.2", ["warning"]),
        (_speaker("5.2", "Common", "Elvish", "Klingon"), "5.2", ["warning"]),
        (_speaker("5.2", "Common", "Elvish", "Elvsh"), "5.2", ["warning"]),
        (_speaker("5.1", "Common", "Elvish", "Orc", "Giant"), "5.1", []),
        (_speaker("5.1", "Common", "Elvish", "Orc", "Giant", "Auran"), "5.1", ["warning"]),
        (_speaker("5.1", "Common", "Dwarvish", "Orc", "Giant", species="Dwarf"), "5.1", []),
        (_speaker("5.1", "Common", "Elvish", "Orc", "Giant", species="Dwarf"), "5.1", ["warning"]),
        (_speaker("5.1", "Common", "Elvish", "Orc", "Giant", "Gnomish", background="Sailor"), "5.1", []),
    ],
)
def test_languages(sheet: dict[str, Any], edition: Edition, weights: list[str]) -> None:
    assert sorted(entry.severity.value for entry in findings("ID6", sheet, edition)) == weights


def test_an_unknown_language_is_doubted_whatever_the_policy() -> None:
    (finding,) = findings("ID6", _speaker("5.2", "Common", "Elvish", "Klingon"), names="official")
    assert finding.severity is Severity.WARNING


@pytest.mark.parametrize("edition", BOTH)
def test_secret_languages_by_class(edition: Edition) -> None:
    for name in classes(edition):
        sheet = {"class": f"{name} 3", "languages": ["Common", "Druidic", "Thieves' Cant"]}
        wrong = {finding.path for finding in findings("ID7", sheet, edition)}
        assert wrong == {"/languages/1", "/languages/2"} - {
            {"druid": "/languages/1", "rogue": "/languages/2"}.get(name)
        }


def test_secret_languages_of_an_unknown_class_cannot_be_checked() -> None:
    assert says("ID7", {"class": "Spellblade 3", "languages": ["Druidic"]}) is Skip.NOT_CHECKABLE


@pytest.mark.parametrize(
    ("skills", "paths"),
    [
        ({"Insight": {"proficient": True}, "Religion": {"proficient": True}}, []),
        ({"Insight": {"expertise": True}, "Religion": {"proficient": True, "source": "background"}}, []),
        ({"Insight": {"proficient": True}}, ["/skills"]),
        ({"Stealth": {"proficient": True, "source": "background"}}, ["/skills/Stealth/source"]),
    ],
)
def test_background_skills(skills: dict[str, Any], paths: list[str]) -> None:
    found = findings("ID8", {"background": "Acolyte", "skills": skills}, "5.1")
    assert [entry.path for entry in found] == paths


def test_background_skills_that_cannot_be_checked() -> None:
    trained = {"Stealth": {"proficient": True}}
    assert says("ID8", {"background": "Folk Hero", "skills": trained}) is Skip.NOT_CHECKABLE
    assert says("ID8", {"background": "Acolyte", "skills": {"Stealth": {"bonus": 2}}}) is Skip.NOT_CHECKABLE


@pytest.mark.parametrize(
    ("name", "size", "height", "edition", "found"),
    [
        ("Halfling", "Small", 36, "5.2", False),
        ("Halfling", "Small", 84, "5.2", True),
        ("Halfling", "Small", 84, "5.1", True),
        ("Human", "Medium", 84, "5.2", False),
        ("Human", "Small", 70, "5.2", True),
        ("Goliath", "Medium", 60, "5.2", True),
        ("Dwarf", "Medium", 52, "5.1", False),
    ],
)
def test_heights(name: str, size: str, height: int, edition: Edition, *, found: bool) -> None:
    sheet = {"species": name, "size": size, "height": height}
    assert bool(findings("ID9", sheet, edition)) == found


@pytest.mark.parametrize(
    ("sheet", "edition", "weights"),
    [
        ({"species": "Tiefling", "traits": ["Breath Weapon"]}, "5.2", ["error"]),
        ({"species": "Human", "traits": ["Brave", "Lucky", "Quick to laugh"]}, "5.2", []),
        ({"species": "Human", "features": ["Fey Ancestry"]}, "5.1", ["error"]),
        ({"species": "Dwarf", "traits": ["Dwarven Combat Training"]}, "5.2", ["warning"]),
        ({"species": "Human", "traits": ["Dwarven Combat Training"]}, "5.2", ["error"]),
        ({"species": "Goliath", "lineage": "Fire Giant", "traits": ["Storm's Thunder"]}, "5.2", ["error"]),
        ({"species": "Goliath", "traits": ["Storm's Thunder"]}, "5.2", []),
    ],
)
def test_traits(sheet: dict[str, Any], edition: Edition, weights: list[str]) -> None:
    assert [entry.severity.value for entry in findings("ID10", sheet, edition)] == weights


@pytest.mark.parametrize(
    ("source", "found"), [("species", True), ("Race", True), ("Elf", True), ("background", False), ("ASI", False)]
)
def test_increases_come_from_the_background(source: str, *, found: bool) -> None:
    sheet = {"species": "Elf", "increases": [{"source": source, "ability": "dex", "amount": 2}]}
    assert bool(findings("ID11", sheet)) == found
