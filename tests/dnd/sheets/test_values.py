"""Scalars as people write them."""

from typing import Any

import pytest
from pydantic import TypeAdapter

from dnd.sheets.spell import MaybeBool, SpellMention
from dnd.sheets.values import (
    Alignment,
    ChallengeRating,
    Damage,
    DamageTexts,
    Dice,
    MaybeDamage,
    MaybeDice,
    MaybeNumber,
    MaybeText,
    Money,
    Texts,
    Weight,
    parse_dice,
)


def read(kind: Any, value: object) -> Any:  # noqa: ANN401 -- annotated types, and whatever they give
    return TypeAdapter[Any](kind).validate_python(value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (3, 3),
        (3.0, 3),
        ("3", 3),
        ("+3", 3),
        ("-2", -2),
        ("−2", -2),
        ("– 2", -2),
        ("3rd", 3),
        ("5th level", 5),
        ("1,800 XP", 1800),
        ("60 ft.", 60),
        (" 7 ", 7),
        ("", None),
        ("none", None),
        ("—", None),
        (None, None),
        (True, None),
        (3.5, None),
        (float("inf"), None),
        (float("nan"), None),
        (10**40, None),
        ("9" * 40, None),
    ],
)
def test_numbers(value: object, expected: int | None) -> None:
    assert read(MaybeNumber, value) == expected


@pytest.mark.parametrize(
    ("value", "written", "low", "average", "high"),
    [
        ("7d8 + 14", "7d8+14", 21, 45, 70),
        ("7d8+14", "7d8+14", 21, 45, 70),
        ("2d6", "2d6", 2, 7, 12),
        ("d20", "1d20", 1, 10, 20),
        ("1d4-1", "1d4-1", 0, 1, 3),
        ("1d4 − 1", "1d4-1", 0, 1, 3),
        ("3D10", "3d10", 3, 16, 30),
        ("(2d8 + 4)", "2d8+4", 6, 13, 20),
        ("5", "5", 5, 5, 5),
        (5, "5", 5, 5, 5),
        ({"count": 2, "sides": 6}, "2d6", 2, 7, 12),
    ],
)
def test_dice(value: object, written: str, low: int, average: int, high: int) -> None:
    dice = Dice.model_validate(value)
    assert (str(dice), dice.minimum, dice.average, dice.maximum) == (written, low, average, high)
    assert Dice.model_validate(dice.model_dump()) == dice


@pytest.mark.parametrize("value", ["", "special", "-", None])
def test_no_dice_are_none(value: object) -> None:
    assert read(MaybeDice, value) is None
    assert read(MaybeDamage, value) is None


def test_dice_in_a_text() -> None:
    assert parse_dice("deals 2d6 + 3 damage") == Dice(count=2, sides=6, bonus=3)
    assert parse_dice("deals damage") is None


@pytest.mark.parametrize(
    ("value", "dice", "average", "kind"),
    [
        ("7 (2d6) fire damage", "2d6", 7, "fire"),
        ("2d6 + 3 slashing", "2d6+3", None, "slashing"),
        ("1d8", "1d8", None, None),
        ("5 bludgeoning damage", "5", None, "bludgeoning"),
        ({"dice": "2d6", "type": "Fire"}, "2d6", None, "fire"),
        ({"damage_dice": "2d6+3", "damage_type": {"name": "Slashing"}}, "2d6+3", None, "slashing"),
        (["1d8 piercing", "2d6 poison"], "1d8", None, "piercing"),
    ],
)
def test_damage(value: object, dice: str, average: int | None, kind: str | None) -> None:
    found = read(MaybeDamage, value)
    assert isinstance(found, Damage)
    assert (str(found.dice), found.average, found.type) == (dice, average, kind)


@pytest.mark.parametrize(
    ("value", "copper"),
    [
        ("1,500 gp", 150_000),
        ("2 sp", 20),
        ("1 gp, 5 sp", 150),
        ("0.5 gp", 50),
        (15, 1500),
        ("15", 1500),
        (0.01, 1),
        ({"quantity": 3, "unit": "pp"}, 3000),
        ("3 ep", 150),
        ("priceless", None),
        (None, None),
        (True, None),
    ],
)
def test_money_is_copper(value: object, copper: int | None) -> None:
    assert read(Money, value) == copper


@pytest.mark.parametrize(
    ("value", "pounds"), [("10 lb.", 10), ("1/2 lb.", 0.5), ("½ lb", 0.5), (2, 2), ("3.5 pounds", 3.5), ("—", None)]
)
def test_weights(value: object, pounds: float | None) -> None:
    assert read(Weight, value) == pounds


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Chaotic good", "chaotic good"),
        (" Lawful  Evil. ", "lawful evil"),
        ("LG", "lawful good"),
        ("n g", "neutral good"),
        ("True Neutral", "neutral"),
        ("NN", "neutral"),
        ("any non-lawful alignment", "any non-lawful alignment"),
        ("Grumpy", "grumpy"),
    ],
)
def test_alignments(value: str, expected: str) -> None:
    assert read(Alignment, value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0.25, "1/4"),
        (0.125, "1/8"),
        ("0.5", "1/2"),
        ("½", "1/2"),
        ("1 / 4", "1/4"),
        (5, "5"),
        (5.0, "5"),
        ("CR 17", "17"),
        ("3 (700 XP)", "3"),
        ("varies", "varies"),
        (True, None),
        (10**400, None),
    ],
)
def test_challenge_ratings(value: object, expected: str | None) -> None:
    assert read(ChallengeRating, value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Common, Elvish, and Dwarvish", ("Common", "Elvish", "Dwarvish")),
        ("Common and Elvish.", ("Common", "Elvish")),
        ("Deep Speech, telepathy 120 ft.", ("Deep Speech", "telepathy 120 ft.")),
        ("understands Common and Giant but can't speak", ("understands Common and Giant but can't speak",)),
        ("any one language (usually Common, or Dwarvish)", ("any one language (usually Common, or Dwarvish)",)),
        ("—", ()),
        ("none", ()),
        (None, ()),
        ([{"name": "Alert"}, "Tough", ""], ("Alert", "Tough")),
        ({"Common": True, "Elvish": False}, ("Common",)),
    ],
)
def test_lists_of_names(value: object, expected: tuple[str, ...]) -> None:
    assert read(Texts, value) == expected


def test_damage_under_a_condition_stays_whole() -> None:
    found = read(DamageTexts, "cold, fire; bludgeoning, piercing, and slashing from nonmagical attacks")
    assert found == ("cold", "fire", "bludgeoning, piercing, and slashing from nonmagical attacks")


@pytest.mark.parametrize(
    ("value", "expected"),
    [(True, True), (0, False), ("yes", True), ("x", True), ("Shield", True), ("no", False), ("not really", False),
     ("", None), (None, None), ("None", False)],
)  # fmt: skip
def test_yes_and_no(value: object, expected: bool | None) -> None:
    assert read(MaybeBool, value) is expected


@pytest.mark.parametrize(("value", "expected"), [(" a  b ", "a b"), ("", None), (5, "5"), ({"name": "Elf"}, "Elf")])
def test_texts(value: object, expected: str | None) -> None:
    assert read(MaybeText, value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Fireball", {"name": "Fireball"}),
        ("Detect Magic (ritual)", {"name": "Detect Magic", "ritual": True}),
        ("Web (C)", {"name": "Web", "concentration": True}),
        ("*Light*", {"name": "Light"}),
        ({"spell": "Light", "level": "cantrip"}, {"name": "Light", "level": 0}),
        ({"name": "Fireball", "level": "3rd", "damage": "8d6"}, {"name": "Fireball", "level": 3, "damage": "8d6"}),
        ({"name": "Wish", "damage": "none"}, {"name": "Wish"}),
    ],
)
def test_spells(value: object, expected: dict[str, object]) -> None:
    assert SpellMention.model_validate(value).model_dump(exclude_none=True) == expected
