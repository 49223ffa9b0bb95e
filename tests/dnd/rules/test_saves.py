"""Saving throws: whose proficiencies, which bonuses, and what items and features change."""

from typing import Any

import pytest

from dnd.rules.finding import Severity
from dnd.rules.rule import Skip
from dnd.srd.edition import Edition
from tests.dnd.rules.characters import character, corrections, faults, said


@pytest.mark.parametrize(
    ("edition", "levels", "proficient"),
    [
        ("5.1", (("rogue", 14),), "dex int"),
        ("5.1", (("rogue", 15),), "dex int wis"),
        ("5.2", (("rogue", 15),), "dex int wis cha"),
        ("5.2", (("monk", 13),), "str dex"),
        ("5.1", (("monk", 14),), "str dex con int wis cha"),
        ("5.2", (("fighter", 3), ("rogue", 2)), "str con"),
        ("5.1", (("wizard", 1), ("rogue", 15)), "int wis"),
    ],
)
def test_exactly_the_granted_saves_are_proficient(
    edition: Edition, levels: tuple[tuple[str, int], ...], proficient: str
) -> None:
    wanted = set(proficient.split())
    document = character(edition, *levels)
    for name, save in document["saving_throws"].items():
        save["proficient"] = name in wanted
    assert faults("SV1", document, edition) == []
    for name, save in document["saving_throws"].items():
        save["proficient"] = name not in wanted
        fault = f"/saving_throws/{name}/proficient"
        assert corrections(faults("SV1", document, edition)) == {fault: name in wanted}
        save["proficient"] = name in wanted


def test_the_saves_of_a_second_class_are_not_gained() -> None:
    document = character("5.2", ("fighter", 3), ("rogue", 2))
    document["saving_throws"]["dex"] = {"bonus": 5, "proficient": True}
    assert corrections(faults("SV1", document, "5.2")) == {"/saving_throws/dex/proficient": False}
    assert corrections(faults("SV2", document, "5.2")) == {"/saving_throws/dex/bonus": 2}


@pytest.mark.parametrize(
    ("feat", "ability", "legal"),
    [
        ("Resilient (Constitution)", "con", True),
        ("Resilient (Con)", "con", True),
        ("Resilient", "wis", True),
        ("Resilient (Constitution)", "wis", False),
        ("Tough", "con", False),
    ],
)
def test_resilient_explains_one_more_save(feat: str, ability: str, legal: bool) -> None:
    document = character("5.1", ("rogue", 5), feats=[feat])
    document["saving_throws"][ability] = {"bonus": 5, "proficient": True}
    assert bool(faults("SV1", document, "5.1")) != legal
    assert bool(faults("SV2", document, "5.1")) != legal


@pytest.mark.parametrize(
    ("changes", "bonus", "legal"),
    [
        ({}, 4, False),
        ({"attuned": ["Cloak of Protection"]}, 3, True),
        ({"equipment": [{"name": "Ring of Protection", "attuned": True}]}, 3, True),
        ({"attuned": ["Ring of Protection", "Cloak of Protection"]}, 4, True),
        ({"attuned": ["Ring of Protection"]}, 4, False),
    ],
)
def test_items_may_add_to_saves(changes: dict[str, Any], bonus: int, legal: bool) -> None:
    document = character("5.2", ("wizard", 5), **changes)
    document["saving_throws"]["str"]["bonus"] = bonus
    assert bool(faults("SV2", document, "5.2")) != legal


@pytest.mark.parametrize(("level", "bonus", "legal"), [(5, 4, False), (6, 4, True), (6, 2, True), (6, 5, False)])
def test_a_paladins_aura_counts_from_level_six(level: int, bonus: int, legal: bool) -> None:
    document = character("5.1", ("paladin", level))
    document["saving_throws"]["str"]["bonus"] = bonus
    found = faults("SV2", document, "5.1")
    assert bool(found) != legal
    if not legal:
        assert corrections(found) == {"/saving_throws/str/bonus": 2 if level == 5 else 4}


@pytest.mark.parametrize(("level", "bonus"), [(4, 4), (5, 5), (16, 7), (17, 8)])
def test_the_proficiency_bonus_is_that_of_the_level_not_the_stated_one(level: int, bonus: int) -> None:
    document = character("5.2", ("wizard", level), proficiency_bonus=6)
    assert faults("SV2", document, "5.2") == []
    document["saving_throws"]["wis"]["bonus"] = 9
    assert corrections(faults("SV2", document, "5.2")) == {"/saving_throws/wis/bonus": bonus}


def test_an_unknown_item_turns_a_high_save_into_a_warning() -> None:
    document = character("5.2", ("wizard", 5), attuned=["Crown of the Quiet Star"])
    document["saving_throws"]["str"]["bonus"] = 4
    (found,) = faults("SV2", document, "5.2")
    assert found.severity is Severity.WARNING
    assert found.fix is None
    document["saving_throws"]["str"]["bonus"] = 1
    (found,) = faults("SV2", document, "5.2")
    assert found.severity is Severity.ERROR


def test_bonuses_without_marks_are_measured_by_the_class() -> None:
    document = character("5.2", ("wizard", 5), saving_throws={"str": 2, "int": 5, "wis": 5, "con": 5})
    assert said("SV1", document, "5.2") is Skip.NOT_APPLICABLE
    assert corrections(faults("SV2", document, "5.2")) == {"/saving_throws/con/bonus": 2}


def test_what_is_not_stated_is_not_judged() -> None:
    assert said("SV1", character("5.2", ("wizard", 5), saving_throws={}), "5.2") is Skip.NOT_APPLICABLE
    assert said("SV2", character("5.2", ("wizard", 5), ability_scores=None), "5.2") is Skip.NOT_CHECKABLE
    stranger = character("5.2", ("wizard", 5), classes=[{"name": "Spellblade", "level": 5}])
    assert said("SV1", stranger, "5.2") is Skip.NOT_CHECKABLE
    assert faults("SV2", stranger, "5.2") == []


def test_a_score_set_by_an_item_may_count() -> None:
    document = character("5.2", ("wizard", 5), attuned=["Headband of Intellect"])
    document["saving_throws"]["int"]["bonus"] = 7
    assert faults("SV2", document, "5.2") == []
