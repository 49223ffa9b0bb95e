"""OPTIONAL, OUTSIDE BOTH SRDS: encounter thresholds and multipliers of the 2014 rules.

The SRD 5.1 prints neither. The numbers are facts of the published 2014 game, kept in this one module so that an
SRD-only build can leave it out. Rules that use them say that the source is not the SRD.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from typing import Literal

from dnd.srd.advancement import HIGHEST_LEVEL

Difficulty2014 = Literal["easy", "medium", "hard", "deadly"]
DIFFICULTIES_2014: tuple[Difficulty2014, ...] = ("easy", "medium", "hard", "deadly")

_THRESHOLDS: tuple[tuple[int, int, int, int], ...] = (
    (25, 50, 75, 100),
    (50, 100, 150, 200),
    (75, 150, 225, 400),
    (125, 250, 375, 500),
    (250, 500, 750, 1_100),
    (300, 600, 900, 1_400),
    (350, 750, 1_100, 1_700),
    (450, 900, 1_400, 2_100),
    (550, 1_100, 1_600, 2_400),
    (600, 1_200, 1_900, 2_800),
    (800, 1_600, 2_400, 3_600),
    (1_000, 2_000, 3_000, 4_500),
    (1_100, 2_200, 3_400, 5_100),
    (1_250, 2_500, 3_800, 5_700),
    (1_400, 2_800, 4_300, 6_400),
    (1_600, 3_200, 4_800, 7_200),
    (2_000, 3_900, 5_900, 8_800),
    (2_100, 4_200, 6_300, 9_500),
    (2_400, 4_900, 7_300, 10_900),
    (2_800, 5_700, 8_500, 12_700),
)
THRESHOLDS: Mapping[int, Mapping[Difficulty2014, int]] = {
    level: dict(zip(DIFFICULTIES_2014, row, strict=True)) for level, row in enumerate(_THRESHOLDS, start=1)
}
"""Experience points for each character, by level, from which an encounter has the difficulty."""

_STEPS: tuple[float, ...] = (0.5, 1, 1.5, 2, 2.5, 3, 4, 5)
_COUNTS: tuple[int, ...] = (1, 2, 3, 7, 11, 15)
"""Numbers of monsters from which the next multiplier holds: one, a pair, 3-6, 7-10, 11-14, 15 and more."""


def multiplier(monsters: int, party_size: int) -> float:
    """What the monsters' experience is multiplied by; a party below three or above five shifts it by one step."""
    step = bisect_right(_COUNTS, max(monsters, 1))
    return _STEPS[step + (party_size < 3) - (party_size > 5)]


def threshold(levels: Iterable[int], difficulty: Difficulty2014) -> int:
    """The adjusted experience from which an encounter has this difficulty for a party of these levels."""
    return sum(THRESHOLDS[min(max(level, 1), HIGHEST_LEVEL)][difficulty] for level in levels)


def adjusted_xp(xp: int, monsters: int, party_size: int) -> int:
    """The experience that is compared with the thresholds, of monsters worth `xp` together."""
    return int(xp * multiplier(monsters, party_size))


def difficulty_2014(levels: Iterable[int], adjusted: int) -> Difficulty2014 | None:
    """The highest difficulty whose threshold is reached; None below easy."""
    party = tuple(levels)
    return next((name for name in reversed(DIFFICULTIES_2014) if adjusted >= threshold(party, name)), None)
