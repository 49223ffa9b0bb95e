"""Skills: names, where they come from, bonuses, expertise, passive Perception."""

from typing import Any

import pytest

from dnd.rules.finding import Severity
from dnd.rules.fixing import apply_fixes
from dnd.rules.rule import Skip
from dnd.sheets.sheet import CharacterSheet
from dnd.srd.edition import BOTH, Edition
from tests.dnd.rules.characters import character, corrections, faults, said


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("Lockpicking", None),
        ("Percepton", "Perception"),
        ("Athletcs", "Athletics"),
        ("sleight_of_hand", "known"),
        ("animal handling", "known"),
        ("Dexterity (Stealth)", "known"),
        ("Use Rope", None),
    ],
)
def test_names_other_than_the_eighteen_are_found(name: str, meant: str | None) -> None:
    document = character("5.2", ("fighter", 3), skills={name: {"bonus": 4, "proficient": True}})
    found = faults("SK1", document, "5.2")
    if meant == "known":
        assert found == []
        return
    assert [finding.expected for finding in found] == [meant or "one of the eighteen skills"]
    assert bool(found[0].fix) == bool(meant)


def test_the_fix_of_a_name_keeps_all_other_skills() -> None:
    document = character("5.2", ("fighter", 3), skills={"Percepton": {"bonus": 4}, "Stelth": 2, "Arcana": 2})
    canonical = CharacterSheet.model_validate(document).model_dump(mode="json")
    mended, fixed = apply_fixes(canonical, faults("SK1", document, "5.2"))
    assert set(mended["skills"]) == {"Perception", "Stealth", "Arcana"}
    assert mended["skills"]["Perception"]["bonus"] == 4
    assert len(fixed) == 2
    assert faults("SK1", mended, "5.2") == []


@pytest.mark.parametrize(
    ("edition", "levels", "count", "legal"),
    [
        ("5.1", (("fighter", 1),), 2, True),
        ("5.1", (("fighter", 1),), 4, False),
        ("5.2", (("rogue", 1),), 4, True),
        ("5.2", (("rogue", 1),), 5, False),
        ("5.2", (("bard", 1),), 3, True),
        ("5.1", (("ranger", 1),), 3, True),
        ("5.1", (("ranger", 1),), 4, False),
        ("5.2", (("fighter", 3), ("rogue", 2)), 3, True),
        ("5.2", (("fighter", 3), ("rogue", 2)), 4, False),
        ("5.2", (("barbarian", 2),), 3, False),
        ("5.2", (("barbarian", 3),), 3, True),
    ],
)
def test_the_class_gives_so_many_skills(
    edition: Edition, levels: tuple[tuple[str, int], ...], count: int, legal: bool
) -> None:
    names = ("Acrobatics", "Athletics", "Perception", "Survival", "Insight")[:count]
    skills = {name: {"proficient": True, "source": "class"} for name in names}
    found = faults("SK2", character(edition, *levels, skills=skills), edition)
    assert bool(found) != legal
    assert all(finding.severity is Severity.ERROR for finding in found)


def test_too_few_class_skills_are_a_warning() -> None:
    document = character("5.2", ("rogue", 1), skills={"Stealth": {"proficient": True, "source": "class"}})
    assert [finding.severity for finding in faults("SK2", document, "5.2")] == [Severity.WARNING]


@pytest.mark.parametrize(
    ("levels", "skill", "legal"),
    [
        ((("barbarian", 1),), "Arcana", False),
        ((("barbarian", 1),), "Survival", True),
        ((("bard", 1),), "Arcana", True),
        ((("barbarian", 1), ("bard", 1)), "Arcana", True),
        ((("barbarian", 1), ("rogue", 1)), "Stealth", True),
        ((("barbarian", 1), ("wizard", 1)), "Arcana", False),
    ],
)
@pytest.mark.parametrize("edition", BOTH)
def test_class_skills_come_from_the_list(
    edition: Edition, levels: tuple[tuple[str, int], ...], skill: str, legal: bool
) -> None:
    document = character(edition, *levels, skills={skill: {"proficient": True, "source": "class"}})
    assert bool(faults("SK3", document, edition)) != legal


@pytest.mark.parametrize(
    ("changes", "most"),
    [
        ({"species": "Goliath"}, 4),
        ({"species": "Elf"}, 5),
        ({"species": "Human", "feats": ["Alert"]}, 5),
        ({"species": "Goliath", "feats": ["Skilled"]}, 7),
        ({"species": "Goliath", "feats": ["Skilled", "Skilled"]}, 7),
    ],
)
def test_all_skills_together_are_counted(changes: dict[str, Any], most: int) -> None:
    names = ("Acrobatics", "Athletics", "Perception", "Survival", "Insight", "Arcana", "History", "Nature", "Stealth")
    for count in range(4, most + 3):
        skills = {name: {"proficient": True} for name in names[:count]}
        found = faults("SK4", character("5.2", ("fighter", 1), skills=skills, **changes), "5.2")
        assert bool(found) == (count > most), (count, found)


def test_fewer_skills_than_the_class_gives_are_a_warning() -> None:
    document = character("5.2", ("rogue", 1), skills={"Stealth": {"proficient": True}})
    assert [finding.severity for finding in faults("SK4", document, "5.2")] == [Severity.WARNING]


@pytest.mark.parametrize(
    ("skill", "right"),
    [
        ({"proficient": True}, 5),
        ({"proficient": True, "expertise": True}, 8),
        ({"proficient": False}, 2),
    ],
)
@pytest.mark.parametrize("edition", BOTH)
def test_the_bonus_follows_from_the_marks(edition: Edition, skill: dict[str, Any], right: int) -> None:
    marked = {"History": {"bonus": 2, "proficient": False, "expertise": False}}
    document = character(edition, ("fighter", 5), skills={"Stealth": {**skill, "bonus": right}, **marked})
    assert faults("SK5", document, edition) == []
    for wrong in (right - 1, right + 1, right + 3):
        document["skills"]["Stealth"]["bonus"] = wrong
        assert corrections(faults("SK5", document, edition)) == {"/skills/Stealth/bonus": right}


@pytest.mark.parametrize(
    ("edition", "levels", "skill", "bonus"),
    [
        ("5.1", (("bard", 1),), "Arcana", 2),
        ("5.1", (("bard", 2),), "Arcana", 3),
        ("5.2", (("bard", 9),), "Arcana", 4),
        ("5.1", (("fighter", 7),), "Athletics", 4),
        ("5.1", (("fighter", 6),), "Athletics", 2),
        ("5.2", (("fighter", 7),), "Athletics", 2),
    ],
)
def test_half_the_proficiency_bonus(
    edition: Edition, levels: tuple[tuple[str, int], ...], skill: str, bonus: int
) -> None:
    document = character(edition, *levels)
    document["skills"] = {skill: {"proficient": False, "bonus": bonus}}
    assert faults("SK5", document, edition) == []
    document["skills"][skill]["bonus"] = bonus + 1
    assert corrections(faults("SK5", document, edition)) == {f"/skills/{skill}/bonus": bonus}


@pytest.mark.parametrize(
    ("feature", "bonus", "legal"),
    [
        ({"name": "Divine Order", "value": "Thaumaturge"}, 4, True),
        ({"name": "Divine Order: Protector"}, 4, False),
        ({"name": "Divine Order: Protector"}, 2, True),
    ],
)
def test_a_thaumaturge_adds_wisdom_to_arcana(feature: dict[str, str], bonus: int, legal: bool) -> None:
    document = character("5.2", ("cleric", 1), features=[feature])
    document["skills"] = {"Arcana": {"proficient": False, "bonus": bonus}}
    assert bool(faults("SK5", document, "5.2")) != legal


@pytest.mark.parametrize(
    ("edition", "levels", "count"),
    [
        ("5.1", (("rogue", 1),), 2),
        ("5.2", (("rogue", 6),), 4),
        ("5.1", (("bard", 2),), 0),
        ("5.1", (("bard", 3),), 2),
        ("5.2", (("bard", 2),), 2),
        ("5.2", (("bard", 9),), 4),
        ("5.2", (("ranger", 2),), 1),
        ("5.1", (("ranger", 9),), 0),
        ("5.2", (("ranger", 9),), 3),
        ("5.2", (("wizard", 1),), 0),
        ("5.2", (("wizard", 2),), 1),
        ("5.1", (("wizard", 20),), 0),
        ("5.2", (("rogue", 1), ("wizard", 2)), 3),
    ],
)
def test_expertise_comes_with_features(edition: Edition, levels: tuple[tuple[str, int], ...], count: int) -> None:
    names = ("Arcana", "History", "Nature", "Religion", "Medicine")
    for marked in range(1, len(names) + 1):
        skills = {name: {"proficient": True, "expertise": True} for name in names[:marked]}
        found = faults("SK6", character(edition, *levels, skills=skills), edition)
        assert bool(found) == (marked > count)


def test_a_scholars_expertise_is_in_a_scholarly_skill() -> None:
    skills = {"Stealth": {"proficient": True, "expertise": True}}
    assert faults("SK6", character("5.2", ("wizard", 2), skills=skills), "5.2")


def test_expertise_needs_proficiency() -> None:
    skills = {"Stealth": {"proficient": False, "expertise": True}}
    found = faults("SK6", character("5.2", ("rogue", 1), skills=skills), "5.2")
    assert [finding.path for finding in found] == ["/skills/Stealth/expertise"]


@pytest.mark.parametrize(
    ("perception", "changes", "stated", "legal"),
    [
        ({"bonus": 5, "proficient": True}, {}, 15, True),
        ({"bonus": 5, "proficient": True}, {}, 12, False),
        ({"bonus": 9, "proficient": True}, {}, 15, True),
        ({"bonus": 9, "proficient": True}, {}, 19, False),
        ({"bonus": 5, "proficient": True}, {"feats": ["Observant"]}, 20, True),
        ({"bonus": 2, "proficient": False}, {"attuned": ["Robe of Eyes"]}, 17, True),
    ],
)
def test_passive_perception_follows_the_skill(
    perception: dict[str, Any], changes: dict[str, Any], stated: int, legal: bool
) -> None:
    document = character("5.1", ("fighter", 5), passive_perception=stated, **changes)
    document["skills"] = {"Perception": perception, "Arcana": {"bonus": 2, "proficient": False}}
    assert bool(faults("SK7", document, "5.1")) != legal


@pytest.mark.parametrize(("stated", "legal"), [(12, True), (15, False)])
def test_a_list_of_proficient_skills_without_perception(stated: int, legal: bool) -> None:
    skills = {"Arcana": {"bonus": 5, "proficient": True}}
    document = character("5.2", ("fighter", 5), skills=skills, passive_perception=stated)
    assert bool(faults("SK7", document, "5.2")) != legal


def test_what_is_not_stated_is_not_judged() -> None:
    bare = character("5.2", ("fighter", 5), skills={"Arcana": {"proficient": True}})
    assert said("SK2", bare, "5.2") is Skip.NOT_APPLICABLE
    assert said("SK5", bare, "5.2") is Skip.NOT_APPLICABLE
    stranger = character("5.2", ("fighter", 5), classes=[{"name": "Spellblade", "level": 5}])
    for rule in ("SK2", "SK3", "SK4"):
        assert said(rule, stranger, "5.2") is Skip.NOT_CHECKABLE
