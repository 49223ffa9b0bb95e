"""The experience budget of an encounter. SRD 5.2, "Gameplay Toolbox" (Combat Encounters).

The SRD 5.1 has no such table; see `encounters_2014` for what the 2014 rules use.
"""

from collections.abc import Iterable, Mapping
from typing import Literal

from dnd.srd.advancement import HIGHEST_LEVEL

Difficulty = Literal["low", "moderate", "high"]
DIFFICULTIES: tuple[Difficulty, ...] = ("low", "moderate", "high")

_BUDGET: tuple[tuple[int, int, int], ...] = (
    (50, 75, 100),
    (100, 150, 200),
    (150, 225, 400),
    (250, 375, 500),
    (500, 750, 1_100),
    (600, 1_000, 1_400),
    (750, 1_300, 1_700),
    (1_000, 1_700, 2_100),
    (1_300, 2_000, 2_600),
    (1_600, 2_300, 3_100),
    (1_900, 2_900, 4_100),
    (2_200, 3_700, 4_700),
    (2_600, 4_200, 5_400),
    (2_900, 4_900, 6_200),
    (3_300, 5_400, 7_800),
    (3_800, 6_100, 9_800),
    (4_500, 7_200, 11_700),
    (5_000, 8_700, 14_200),
    (5_500, 10_700, 17_200),
    (6_400, 13_200, 22_000),
)

XP_BUDGET: Mapping[int, Mapping[Difficulty, int]] = {
    level: dict(zip(DIFFICULTIES, row, strict=True)) for level, row in enumerate(_BUDGET, start=1)
}
"""Experience points for each character, by level and difficulty."""

MOST_CREATURES_PER_CHARACTER = 2
"""More than this, and the SRD advises to count again."""


def budget(levels: Iterable[int], difficulty: Difficulty) -> int:
    """Experience points that a party of these levels has for an encounter of this difficulty."""
    return sum(XP_BUDGET[min(max(level, 1), HIGHEST_LEVEL)][difficulty] for level in levels)


def difficulty_of(levels: Iterable[int], xp: int) -> Difficulty | None:
    """The lowest difficulty whose budget holds `xp`; None if it exceeds even the highest."""
    party = tuple(levels)
    return next((name for name in DIFFICULTIES if xp <= budget(party, name)), None)
