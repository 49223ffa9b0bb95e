"""Difficulty classes of ability checks, and how hard a trap hits at a level.

SRD 5.1, "Using Ability Scores" (Ability Checks) and "Traps" (Damage Severity by Level); SRD 5.2, "Playing the Game"
(Typical Difficulty Classes) and "Gameplay Toolbox" (Traps). The SRD 5.2 prints no table of severities: its rows here
are what its own example traps do at each tier.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from dnd.srd.advancement import tier
from dnd.srd.edition import Edition

DC_BY_NAME: Mapping[str, int] = {
    "very easy": 5,
    "easy": 10,
    "medium": 15,
    "hard": 20,
    "very hard": 25,
    "nearly impossible": 30,
}
"""Both editions."""
LOWEST_DC = 5
HIGHEST_DC = 30

Severity = Literal["setback", "dangerous", "nuisance", "deadly"]
TRAP_DICE = 10
"""Sides of the dice that the tables count in."""


@dataclass(frozen=True, slots=True)
class Trap:
    """What is usual for a trap of one severity at one tier."""

    dice: int
    """Ten-sided dice of damage."""
    save_dc: tuple[int, int]
    """Lowest and highest usual difficulty of the saving throw."""
    attack_bonus: tuple[int, int] | None = None

    @property
    def damage(self) -> float:
        """Average damage."""
        return self.dice * (TRAP_DICE + 1) / 2


_DICE_51: Mapping[Severity, tuple[int, ...]] = {
    "setback": (1, 2, 4, 10),
    "dangerous": (2, 4, 10, 18),
    "deadly": (4, 10, 18, 24),
}
_DC_51: Mapping[Severity, tuple[tuple[int, int], tuple[int, int]]] = {
    "setback": ((10, 11), (3, 5)),
    "dangerous": ((12, 15), (6, 8)),
    "deadly": ((16, 20), (9, 12)),
}
_DICE_52: Mapping[Severity, tuple[int, ...]] = {"nuisance": (1, 2, 4, 10), "deadly": (2, 4, 10, 18)}
_DC_52: Mapping[Severity, tuple[tuple[int, int], ...]] = {
    "nuisance": ((10, 12), (12, 14), (14, 16), (16, 18)),
    "deadly": ((13, 15), (15, 17), (17, 19), (19, 21)),
}

SEVERITIES: Mapping[Edition, tuple[Severity, ...]] = {
    "5.1": ("setback", "dangerous", "deadly"),
    "5.2": ("nuisance", "deadly"),
}


def trap(severity: Severity, level: int, edition: Edition) -> Trap | None:
    """What is usual for a trap of this severity at a character level; None if the edition has no such severity."""
    at = tier(level) - 1
    if severity not in SEVERITIES[edition]:
        return None
    if edition == "5.1":
        save, attack = _DC_51[severity]
        return Trap(_DICE_51[severity][at], save, attack)
    return Trap(_DICE_52[severity][at], _DC_52[severity][at])


def deadliest(level: int, edition: Edition) -> Trap:
    """The hardest usual trap against characters of this level."""
    found = trap("deadly", level, edition)
    if found is None:
        raise AssertionError(edition)
    return found


def dc_name(difficulty: int) -> str:
    """The name of the nearest typical difficulty at or below a class ("hard" for 22), "very easy" at least."""
    return max(
        (name for name, dc in DC_BY_NAME.items() if dc <= max(difficulty, LOWEST_DC)), key=DC_BY_NAME.__getitem__
    )
