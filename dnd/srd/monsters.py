"""Numbers of stat blocks: challenge rating, experience, proficiency, hit dice, and what is usual at a rating.

SRD 5.1, "Monsters" (Size, Hit Points, Challenge, Proficiency Bonus) and "Using Each Ability" (Lifting and Carrying);
SRD 5.2, "Monsters" (Parts of a Stat Block) and "Playing the Game" (Carrying Objects).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from dnd.srd.edition import Edition

Size = Literal["tiny", "small", "medium", "large", "huge", "gargantuan"]
SIZES: tuple[Size, ...] = ("tiny", "small", "medium", "large", "huge", "gargantuan")

CREATURE_TYPES: tuple[str, ...] = (
    *("aberration", "beast", "celestial", "construct", "dragon", "elemental", "fey"),
    *("fiend", "giant", "humanoid", "monstrosity", "ooze", "plant", "undead"),
)

HIT_DIE_BY_SIZE: Mapping[Size, int] = {"tiny": 4, "small": 6, "medium": 8, "large": 10, "huge": 12, "gargantuan": 20}

_XP_FROM_1 = (
    *(200, 450, 700, 1_100, 1_800, 2_300, 2_900, 3_900, 5_000, 5_900),
    *(7_200, 8_400, 10_000, 11_500, 13_000, 15_000, 18_000, 20_000, 22_000, 25_000),
    *(33_000, 41_000, 50_000, 62_000, 75_000, 90_000, 105_000, 120_000, 135_000, 155_000),
)
XP_BY_CR: Mapping[str, int] = {
    "0": 10,
    "1/8": 25,
    "1/4": 50,
    "1/2": 100,
    **{str(cr): xp for cr, xp in enumerate(_XP_FROM_1, start=1)},
}
"""Experience by challenge rating; both editions."""
HARMLESS_XP = 0
"""What a creature of challenge 0 is worth that poses no threat."""

_FRACTIONS: Mapping[str, float] = {"1/8": 0.125, "1/4": 0.25, "1/2": 0.5, "⅛": 0.125, "¼": 0.25, "½": 0.5}
_LABEL = re.compile(r"^(?:challenge)?\s*(?:rating|cr)?[\s:]*")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_BELOW_1: Mapping[float, str] = {0.0: "0", 0.125: "1/8", 0.25: "1/4", 0.5: "1/2"}

CARRYING_LB_PER_STRENGTH: Mapping[Size, float] = {
    "tiny": 7.5,
    "small": 15,
    "medium": 15,
    "large": 30,
    "huge": 60,
    "gargantuan": 120,
}
"""Pounds carried for each point of Strength; both editions."""
ENCUMBERED_LB_PER_STRENGTH = 5
HEAVILY_ENCUMBERED_LB_PER_STRENGTH = 10
"""The 5.1 variant rule, for a Small or Medium creature."""


def cr_value(text: str) -> float | None:
    """The rating as a number, for "1/4", "0.25", "¼", "17" or "CR 3"; None for what is no rating of the table."""
    plain = _LABEL.sub("", text.strip().lower())
    if plain in _FRACTIONS:
        return _FRACTIONS[plain]
    if not _NUMBER.fullmatch(plain):
        return None
    value = float(plain)
    return value if value in _BELOW_1 or (value.is_integer() and value <= 30) else None


def cr_text(value: float) -> str | None:
    """The rating as printed ("1/4", "17"), for a number of the table; None for any other."""
    if value in _BELOW_1:
        return _BELOW_1[value]
    return str(int(value)) if value == int(value) and 1 <= value <= 30 else None


def proficiency_by_cr(cr: float) -> int:
    """The proficiency bonus (2-9) at a challenge rating."""
    return 2 + (max(int(cr), 1) - 1) // 4


def carrying_capacity(strength: int, size: Size) -> float:
    """Pounds that a creature of this Strength score and size carries."""
    return strength * CARRYING_LB_PER_STRENGTH[size]


Measure = Literal["hit_points", "armor_class", "attack", "save_dc", "damage"]


@dataclass(frozen=True, slots=True)
class Envelope:
    """What 5 % to 95 % of the SRD's creatures of challenge 1 and higher have, as a line over the challenge rating.

    `base + slope * CR` is the middle line. With `relative` the bounds multiply it; otherwise they are added to it.
    """

    base: float
    slope: float
    low: float
    high: float
    relative: bool

    def bounds(self, cr: float) -> tuple[float, float]:
        """The lowest and the highest usual value at a challenge rating of at least 1."""
        middle = self.base + self.slope * cr
        if self.relative:
            return middle * self.low, middle * self.high
        return middle + self.low, middle + self.high


ENVELOPES: Mapping[Edition, Mapping[Measure, Envelope]] = {
    "5.1": {
        "hit_points": Envelope(15, 15, 0.56, 1.50, relative=True),
        "armor_class": Envelope(13, 1 / 3, -3.3, 3.3, relative=False),
        "attack": Envelope(4, 1 / 2, -2.5, 2.0, relative=False),
        "save_dc": Envelope(11, 1 / 2, -2.5, 1.5, relative=False),
        "damage": Envelope(5, 5, 0.27, 1.33, relative=True),
    },
    "5.2": {
        "hit_points": Envelope(15, 15, 0.73, 1.46, relative=True),
        "armor_class": Envelope(13, 1 / 3, -2.7, 3.3, relative=False),
        "attack": Envelope(4, 1 / 2, -1.5, 1.5, relative=False),
        "save_dc": Envelope(11, 1 / 2, -1.5, 1.5, relative=False),
        "damage": Envelope(5, 5, 0.43, 1.53, relative=True),
    },
}
"""Measured on the SRD's own creatures. `damage` is that of one round at will: no recharging actions and no spells."""


@dataclass(frozen=True, slots=True)
class LowRange:
    """Lowest and highest value of the SRD's creatures of one rating below 1; None where too few have one."""

    hit_points: tuple[int, int]
    armor_class: tuple[int, int]
    attack: tuple[int, int]
    save_dc: tuple[int, int] | None = None


BELOW_CR_1: Mapping[Edition, Mapping[str, LowRange]] = {
    "5.1": {
        "0": LowRange((1, 13), (5, 13), (0, 5)),
        "1/8": LowRange((2, 15), (9, 16), (2, 6)),
        "1/4": LowRange((2, 24), (5, 17), (2, 6), (10, 12)),
        "1/2": LowRange((9, 32), (8, 18), (3, 6), (10, 11)),
    },
    "5.2": {
        "0": LowRange((1, 13), (5, 13), (1, 5)),
        "1/8": LowRange((5, 17), (10, 16), (2, 5)),
        "1/4": LowRange((9, 22), (5, 17), (2, 6), (10, 12)),
        "1/2": LowRange((11, 33), (9, 18), (3, 6), (10, 12)),
    },
}
"""Measured on the SRD's own creatures; 19 to 33 of each rating and edition."""
