"""The six abilities, ability modifiers, ways to generate scores, and the eighteen skills.

SRD 5.1, "Using Ability Scores"; SRD 5.2, "Playing the Game" (The Six Abilities, Proficiency) and "Character Creation",
Step 3. The SRD 5.1 does not print the standard array and the point costs; the published 2014 rules use the same.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import Literal, cast, get_args

Ability = Literal["str", "dex", "con", "int", "wis", "cha"]
"""An ability by its short name."""
ABILITIES: tuple[Ability, ...] = get_args(Ability)
"""In the order of every sheet and stat block."""
ABILITY_NAMES: Mapping[Ability, str] = {
    "str": "Strength",
    "dex": "Dexterity",
    "con": "Constitution",
    "int": "Intelligence",
    "wis": "Wisdom",
    "cha": "Charisma",
}

LOWEST_SCORE = 1
HIGHEST_SCORE = 30
"""No creature's score exceeds this."""
HIGHEST_ADVENTURER_SCORE = 20
"""An adventurer's score, before items, boons and the few features that say otherwise."""

STANDARD_ARRAY: tuple[int, ...] = (15, 14, 13, 12, 10, 8)
POINT_COST: Mapping[int, int] = {8: 0, 9: 1, 10: 2, 11: 3, 12: 4, 13: 5, 14: 7, 15: 9}
"""Points that a base score costs; no other base score can be bought."""
POINT_BUDGET = 27
ROLLED_LOWEST = 3
ROLLED_HIGHEST = 18
"""What the sum of the best three of four six-sided dice can be."""

SKILLS: Mapping[str, Ability] = {
    "Acrobatics": "dex",
    "Animal Handling": "wis",
    "Arcana": "int",
    "Athletics": "str",
    "Deception": "cha",
    "History": "int",
    "Insight": "wis",
    "Intimidation": "cha",
    "Investigation": "int",
    "Medicine": "wis",
    "Nature": "int",
    "Perception": "wis",
    "Performance": "cha",
    "Persuasion": "cha",
    "Religion": "int",
    "Sleight of Hand": "dex",
    "Stealth": "dex",
    "Survival": "wis",
}
"""Each skill, as printed, with the ability it usually goes with."""

_NOT_LETTERS = re.compile(r"[^a-z]+")
_ABILITY_BEFORE = re.compile(r"^\s*[a-z]+\s*\(([^()]+)\)\s*$", flags=re.IGNORECASE)


def modifier(score: int) -> int:
    """The modifier of an ability score: half of what it has above ten, rounded down."""
    return (score - 10) // 2


def point_cost(scores: tuple[int, ...]) -> int | None:
    """What the base scores cost together; None if one of them cannot be bought."""
    if any(score not in POINT_COST for score in scores):
        return None
    return sum(POINT_COST[score] for score in scores)


@cache
def _skills_by_letters() -> Mapping[str, str]:
    return {_NOT_LETTERS.sub("", name.lower()): name for name in SKILLS}


@cache
def _abilities_by_letters() -> Mapping[str, Ability]:
    names: dict[str, Ability] = {name.lower(): ability for ability, name in ABILITY_NAMES.items()}
    short: dict[str, Ability] = {ability: ability for ability in ABILITIES}
    return names | short


def skill_named(text: str) -> str | None:
    """The skill as printed, for "sleight_of_hand", "SleightOfHand" or "Dexterity (Stealth)"; None if there is none."""
    within = _ABILITY_BEFORE.match(text)
    letters = _NOT_LETTERS.sub("", (within[1] if within else text).lower())
    return _skills_by_letters().get(letters)


def ability_named(text: str) -> Ability | None:
    """The ability for "STR", "Str." or "strength"; None if there is none."""
    return _abilities_by_letters().get(_NOT_LETTERS.sub("", text.lower()))


def as_ability(text: str) -> Ability:
    """`text`, known to be a short name, as its type.

    Raises:
        KeyError: it is no ability.
    """
    if text not in ABILITY_NAMES:
        raise KeyError(text)
    return cast("Ability", text)
