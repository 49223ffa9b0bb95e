"""MC1-MC5: characters of two classes."""

from typing import Any

import pytest

from dnd.rules.rule import Skip
from dnd.srd.classes import classes
from dnd.srd.edition import BOTH, Edition
from tests.dnd.rules.saying import findings, says


def _sheet(*levels: tuple[str, int], **more: object) -> dict[str, Any]:
    return {"classes": [{"name": name, "level": level} for name, level in levels], **more}


@pytest.mark.parametrize("edition", BOTH)
@pytest.mark.parametrize("name", sorted(classes("5.2")))
def test_prerequisites_of_every_class(name: str, edition: Edition) -> None:
    other = "bard" if name != "bard" else "wizard"
    legal = dict.fromkeys(("str", "dex", "con", "int", "wis", "cha"), 13)
    assert findings("MC1", _sheet((name, 1), (other, 1), ability_scores=legal), edition) == []
    for group in classes(edition)[name].primary:
        low = _sheet((name, 1), (other, 1), ability_scores={**legal, **dict.fromkeys(group, 12)})
        assert findings("MC1", low, edition)


def test_a_fighter_needs_one_of_two() -> None:
    scores = {"str": 8, "dex": 13, "con": 10, "int": 13, "wis": 10, "cha": 10}
    assert findings("MC1", _sheet(("Fighter", 1), ("Wizard", 1), ability_scores=scores)) == []
    (finding,) = findings("MC1", _sheet(("Fighter", 1), ("Wizard", 1), ability_scores={**scores, "dex": 12}))
    assert "Strength or Dexterity" in finding.message


@pytest.mark.parametrize(("first", "second", "bonus"), [(3, 2, 3), (1, 1, 2), (2, 2, 2), (10, 9, 6)])
def test_the_bonus_of_the_total_level(first: int, second: int, bonus: int) -> None:
    levels = (("Fighter", first), ("Rogue", second))
    assert findings("MC2", _sheet(*levels, proficiency_bonus=bonus)) == []
    (wrong,) = findings("MC2", _sheet(*levels, proficiency_bonus=bonus + 1))
    assert wrong.fix is not None
    assert wrong.fix.value == bonus
    assert says("LV3", _sheet(*levels, proficiency_bonus=bonus + 1)) is Skip.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("edition", "levels", "trainings", "wrong"),
    [
        ("5.1", (("Wizard", 1), ("Fighter", 1)), ["Light", "Medium", "Shields"], []),
        ("5.1", (("Wizard", 1), ("Fighter", 1)), ["Light", "Heavy"], ["/armor_training/1"]),
        ("5.1", (("Fighter", 1), ("Wizard", 1)), ["All armor", "Shields"], []),
        ("5.2", (("Wizard", 1), ("Barbarian", 1)), ["Light"], ["/armor_training/0"]),
        ("5.2", (("Wizard", 1), ("Cleric", 1)), ["Light", "Medium", "Shield"], []),
        ("5.2", (("Wizard", 1), ("Cleric", 1)), ["Heavy"], []),
        ("5.1", (("Wizard", 1), ("Monk", 1)), ["Light armor"], ["/armor_training/0"]),
    ],
)
def test_armor_of_later_classes(edition: Edition, levels: Any, trainings: list[str], wrong: list[str]) -> None:  # noqa: ANN401 -- pairs
    found = findings("MC3", _sheet(*levels, armor_training=trainings), edition)
    assert [finding.path for finding in found] == wrong
    assert all(finding.fix is not None and finding.fix.op == "remove" for finding in found)


@pytest.mark.parametrize(
    ("edition", "levels", "trainings", "wrong"),
    [
        ("5.1", (("Wizard", 1), ("Rogue", 1)), ["Daggers", "Rapier"], ["/weapon_training/1"]),
        ("5.1", (("Rogue", 1), ("Wizard", 1)), ["Simple weapons", "Rapiers"], []),
        ("5.1", (("Wizard", 1), ("Fighter", 1)), ["Martial weapons"], []),
        ("5.2", (("Wizard", 1), ("Rogue", 1)), ["Simple weapons", "Martial weapons"], ["/weapon_training/1"]),
    ],
)
def test_weapons_of_later_classes(edition: Edition, levels: Any, trainings: list[str], wrong: list[str]) -> None:  # noqa: ANN401 -- pairs
    found = findings("MC3", _sheet(*levels, weapon_training=trainings), edition)
    assert [finding.path for finding in found] == wrong


def test_saves_of_the_second_class_are_told() -> None:
    saves = {name: {"proficient": name in {"str", "con", "dex"}} for name in ("str", "dex", "con", "int", "wis", "cha")}
    (finding,) = findings("MC4", _sheet(("Fighter", 3), ("Rogue", 2), saving_throws=saves))
    assert (finding.path, finding.fix and finding.fix.value) == ("/saving_throws/dex/proficient", False)
    assert findings("MC4", _sheet(("Fighter", 3), ("Rogue", 15), saving_throws={"wis": {"proficient": True}})) == []


@pytest.mark.parametrize(
    ("edition", "levels", "more", "path"),
    [
        ("5.1", (("Barbarian", 1), ("Monk", 1)), {"features": ["Unarmored Defense"]}, None),
        ("5.1", (("Barbarian", 1), ("Monk", 1)), {"features": ["Unarmored Defense"] * 2}, "/features/1"),
        ("5.2", (("Barbarian", 1), ("Monk", 1)), {"features": ["Unarmored Defense"] * 2}, None),
        ("5.1", (("Cleric", 6), ("Paladin", 4)), {"features": [{"name": "Channel Divinity", "uses": 2}]}, None),
        (
            "5.1",
            (("Cleric", 6), ("Paladin", 4)),
            {"features": [{"name": "Channel Divinity", "uses": 3}]},
            "/features/0/uses",
        ),
        ("5.2", (("Cleric", 6), ("Paladin", 4)), {"features": [{"name": "Channel Divinity", "uses": 5}]}, None),
        ("5.2", (("Fighter", 5), ("Ranger", 5)), {"attacks_per_action": 2}, None),
        ("5.2", (("Fighter", 5), ("Ranger", 5)), {"attacks_per_action": 3}, "/attacks_per_action"),
        ("5.2", (("Fighter", 11), ("Ranger", 5)), {"attacks_per_action": 3}, None),
    ],
)
def test_what_does_not_add_up(edition: Edition, levels: Any, more: dict[str, Any], path: str | None) -> None:  # noqa: ANN401 -- pairs
    found = findings("MC5", _sheet(*levels, **more), edition)
    assert [finding.path for finding in found] == ([path] if path else [])


@pytest.mark.parametrize("rule", ["MC1", "MC3", "MC4", "MC5"])
def test_one_class_is_not_their_matter(rule: str) -> None:
    sheet = _sheet(("Fighter", 5), ability_scores={"str": 8}, saving_throws={"dex": {"proficient": True}})
    assert says(rule, {**sheet, "armor_training": ["Heavy"]}) is Skip.NOT_APPLICABLE
