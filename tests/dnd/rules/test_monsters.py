"""MO1-MO8, MO12-MO15, MO19-MO21: boundaries, exceptions, and what cannot be told."""

from typing import Any

import pytest

from dnd.rules.finding import Severity
from dnd.rules.rule import Skip
from dnd.srd.edition import BOTH, Edition
from tests.dnd.rules.blocks import faults, said

OGRES: dict[Edition, str] = {"5.1": "ogre_2014", "5.2": "ogre_2024"}


@pytest.mark.parametrize("edition", BOTH)
@pytest.mark.parametrize(
    ("rating", "experience", "right"),
    [
        ("0", 0, True),
        ("0", 10, True),
        ("0", 25, False),
        ("1/8", 25, True),
        ("1/2", 50, False),
        ("5", 1_800, True),
        ("30", 155_000, True),
        ("30", 135_000, False),
    ],
)
def test_experience_by_challenge_rating(rating: str, experience: int, right: bool, edition: Edition) -> None:
    found = faults("MO1", OGRES[edition], {"/challenge_rating": rating, "/experience": experience})
    assert (found == []) is right
    assert all(finding.path == "/experience" and finding.fix for finding in found)


@pytest.mark.parametrize("rating", ["1/3", "31", "unknown"])
def test_an_unknown_challenge_rating_is_the_only_finding(rating: str) -> None:
    (finding,) = faults("MO1", "ogre_2014", {"/challenge_rating": rating})
    assert finding.path == "/challenge_rating"
    assert finding.fix is None
    assert said("MO2", "ogre_2014", {"/challenge_rating": rating, "/proficiency_bonus": 2}) is Skip.NOT_CHECKABLE


@pytest.mark.parametrize(
    ("rating", "bonus"), [("0", 2), ("1/4", 2), ("4", 2), ("5", 3), ("8", 3), ("9", 4), ("16", 5), ("17", 6), ("30", 9)]
)
def test_proficiency_bonus_by_challenge_rating(rating: str, bonus: int) -> None:
    assert faults("MO2", "ogre_2024", {"/challenge_rating": rating, "/proficiency_bonus": bonus}) == []
    (finding,) = faults("MO2", "ogre_2024", {"/challenge_rating": rating, "/proficiency_bonus": bonus + 1})
    assert finding.fix
    assert finding.fix.value == bonus


def test_wrong_hit_dice_are_mended_together_with_the_hit_points() -> None:
    changes = {"/hit_dice": "7d10+14", "/hit_points": 52}
    assert [finding.fix and finding.fix.value for finding in faults("MO5", "ogre_2014", changes)] == ["7d10+21"]
    assert [finding.fix and finding.fix.value for finding in faults("MO3", "ogre_2014", changes)] == [59]


@pytest.mark.parametrize(("dice", "hits"), [("1d4-5", 1), ("1d4-1", 1), ("1d4", 2), ("2d6", 7)])
def test_hit_points_are_rounded_down_and_at_least_one(dice: str, hits: int) -> None:
    constitution = {"1d4-5": 1, "1d4-1": 9}.get(dice, 10)
    changes = {"/hit_dice": dice, "/hit_points": hits, "/ability_scores/con": constitution}
    assert faults("MO3", "ogre_2014", changes) == []
    assert faults("MO5", "ogre_2014", changes) == []


@pytest.mark.parametrize("rule", ["MO3", "MO5"])
def test_a_flat_number_is_no_hit_dice(rule: str) -> None:
    assert said(rule, "ogre_2014", {"/hit_dice": "59"}) is Skip.NOT_CHECKABLE


@pytest.mark.parametrize(
    ("rule", "changes", "skip"),
    [
        ("MO1", {"/challenge_rating": None}, Skip.NOT_APPLICABLE),
        ("MO2", {"/proficiency_bonus": 2, "/challenge_rating": None}, Skip.NOT_CHECKABLE),
        ("MO3", {"/hit_dice": None}, Skip.NOT_CHECKABLE),
        ("MO4", {"/sizes": None}, Skip.NOT_CHECKABLE),
        ("MO5", {"/ability_scores": None}, Skip.NOT_CHECKABLE),
        ("MO6", {"/saving_throws": None}, Skip.NOT_APPLICABLE),
        ("MO8", {"/passive_perception": None, "/senses/passive_perception": None}, Skip.NOT_APPLICABLE),
        ("MO13", {"/armor_note": "patchwork armor"}, Skip.NOT_CHECKABLE),
        ("MO19", {}, Skip.NOT_APPLICABLE),
    ],
)
def test_what_is_not_stated_is_not_wrong(rule: str, changes: dict[str, Any], skip: Skip) -> None:
    assert said(rule, "ogre_2014", changes) is skip


def test_a_wrong_proficiency_bonus_is_not_blamed_on_the_saves() -> None:
    changes = {"/saving_throws": {"str": 6}, "/proficiency_bonus": 4}
    assert faults("MO6", "ogre_2024", changes) == []
    assert faults("MO2", "ogre_2024", changes) != []


def test_a_wrong_perception_is_not_blamed_on_the_passive_score() -> None:
    changes = {"/skills": {"Perception": 5}, "/passive_perception": 12}
    assert faults("MO8", "ogre_2024", changes) == []
    (finding,) = faults("MO7", "ogre_2024", changes)
    assert finding.fix
    assert finding.fix.value == 2


@pytest.mark.parametrize("times", [0, 1, 2])
def test_initiative_may_add_the_proficiency_bonus_twice(times: int) -> None:
    bonus = -1 + 2 * times
    assert faults("MO12", "ogre_2024", {"/initiative": bonus, "/initiative_score": 10 + bonus}) == []


@pytest.mark.parametrize(
    ("note", "dexterity", "armor_class"),
    [
        ("leather armor", 18, 15),
        ("studded leather armor, shield", 16, 17),
        ("chain shirt", 18, 15),
        ("breastplate", 8, 13),
        ("plate", 20, 18),
        ("plate, shield", 8, 20),
        ("shield", 12, 13),
        ("+1 chain mail", 10, 17),
        ("natural armor, shield", 10, 22),
        ("15 with mage armor", 14, 12),
    ],
)
def test_armor_class_by_armor(note: str, dexterity: int, armor_class: int) -> None:
    changes = {"/armor_note": note, "/ability_scores/dex": dexterity, "/armor_class": armor_class}
    assert faults("MO13", "ogre_2014", changes) == []
    natural = "natural" in note
    assert (faults("MO13", "ogre_2014", {**changes, "/armor_class": armor_class + 2}) == []) is natural


def test_armor_that_is_not_named_is_only_asked_for() -> None:
    (finding,) = faults("MO13", "ogre_2014", {"/armor_note": None, "/armor_class": 15})
    assert finding.severity is Severity.WARNING
    assert finding.fix is None


@pytest.mark.parametrize(
    ("changes", "right"),
    [
        ({"/type": "giantt"}, "giant"),
        ({"/sizes": ["larg"]}, "large"),
        ({"/alignment": "lawful evl"}, "lawful evil"),
        ({"/condition_immunities": ["Poisonned"]}, "Poisoned"),
        ({"/damage_immunities": ["necrotik"]}, "necrotic"),
        ({"/languages": ["Gaint"]}, "Giant"),
    ],
)
def test_a_near_miss_is_mended(changes: dict[str, Any], right: str) -> None:
    (finding,) = faults("MO14", "ogre_2014", changes)
    assert finding.fix
    assert finding.fix.value == right


@pytest.mark.parametrize(
    "changes",
    [
        {"/type": "swarm of tiny beasts"},
        {"/type": "swarm of medium undead"},
        {"/alignment": "neutral good (50%) or neutral evil (50%)"},
        {"/alignment": "typically chaotic evil"},
        {"/alignment": "any chaotic alignment"},
        {"/condition_immunities": ["charmed", "Charmed (with Mind Blank)"]},
        {"/damage_resistances": ["damage from spells", "bludgeoning and piercing from nonmagical attacks"]},
        {
            "/languages": [
                "understands Common and Giant but can't speak",
                "telepathy 120 ft.",
                "any two languages",
                "Gnoll",
            ]
        },
        {"/languages": ["Primordial (Ignan)", "Common plus one other language", "—"]},
    ],
)
def test_wider_forms_are_words_of_the_game(changes: dict[str, Any]) -> None:
    assert faults("MO14", "ogre_2014", changes) == []


def test_an_invented_language_weighs_by_policy() -> None:
    changes = {"/languages": ["Quorlish"]}
    assert [finding.severity for finding in faults("MO14", "ogre_2024", changes)] == [Severity.WARNING]
    assert [finding.severity for finding in faults("MO14", "ogre_2024", changes, names="official")] == [Severity.ERROR]


def test_what_is_listed_twice_is_taken_out_once() -> None:
    (finding,) = faults("MO15", "ogre_2014", {"/damage_resistances": ["cold", "fire", "Cold"]})
    assert finding.fix
    assert (finding.fix.op, finding.fix.path) == ("remove", "/damage_resistances/2")


def test_a_resistance_with_a_condition_does_not_clash() -> None:
    changes = {
        "/damage_immunities": ["piercing from nonmagical weapons"],
        "/damage_vulnerabilities": ["piercing from magic weapons wielded by good creatures"],
    }
    assert faults("MO15", "ogre_2014", changes) == []


def test_an_official_monster_has_official_numbers() -> None:
    changes = {"/armor_class": 13, "/hit_points": 70, "/ability_scores/str": 20}
    found = faults("MO19", "ogre_2014", changes, names="official")
    assert {finding.path for finding in found} == {"/armor_class", "/hit_points", "/ability_scores/str"}
    assert said("MO19", "ogre_2014", {**changes, "/name": "Hollow Ogre"}, names="official") is Skip.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("speeds", "count"), [({"walk": 30, "fly": 60}, 0), ({"walk": 32}, 1), ({"teleport": 30}, 1), ({"walk": -5}, 1)]
)
def test_distances(speeds: dict[str, int], count: int) -> None:
    assert len(faults("MO20", "ogre_2024", {"/speeds": speeds, "/senses": {}})) == count
