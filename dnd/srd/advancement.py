"""Levels: experience, proficiency, tiers, ability score improvements.

SRD 5.1, "Beyond 1st Level" and the class tables; SRD 5.2, "Character Creation" (Level Advancement, Tiers of Play) and
the class tables.
"""

from bisect import bisect_right
from collections.abc import Mapping

from dnd.srd.edition import Edition

HIGHEST_LEVEL = 20
"""Both SRDs."""
XP_BY_LEVEL = (
    *(0, 300, 900, 2_700, 6_500, 14_000, 23_000, 34_000, 48_000, 64_000),
    *(85_000, 100_000, 120_000, 140_000, 165_000, 195_000, 225_000, 265_000, 305_000, 355_000),
)
"""Experience points needed for level 1 to 20: that of a level stands at the level less one. Both SRDs."""
TIER_NAMES = ("local heroes", "heroes of the realm", "masters of the realm", "masters of the world")
"""What adventurers of tiers 1 to 4 are: that of a tier stands at the tier less one. The SRD itself prints no names."""
_ASI = (4, 8, 12, 16, 19)
_ASI_MORE: Mapping[str, tuple[int, ...]] = {"fighter": (6, 14), "rogue": (10,)}
EPIC_BOON_LEVEL = 19
"""SRD 5.2 class tables: the feature of level 19 is an Epic Boon."""


def level_for_xp(experience: int) -> int:
    """The level that so many experience points give, 1 to 20."""
    return max(1, bisect_right(XP_BY_LEVEL, experience))


def proficiency_bonus(level: int) -> int:
    """+2 at level 1, one more every four levels; a level below 1 is read as 1. Both SRDs."""
    return 2 + (max(level, 1) - 1) // 4


def asi_levels(class_id: str, edition: Edition) -> tuple[int, ...]:  # noqa: ARG001 -- both editions agree
    """The class levels that give an Ability Score Improvement (in 5.2 the last gives an Epic Boon). Class tables."""
    return tuple(sorted((*_ASI, *_ASI_MORE.get(class_id, ()))))


def tier(level: int) -> int:
    """The tier of play, 1 to 4: levels 1-4, 5-10, 11-16, 17-20."""
    return bisect_right((1, 5, 11, 17), max(1, level))
