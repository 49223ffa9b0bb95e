"""OPTIONAL, OUTSIDE BOTH SRDS: slots of fighters and rogues whose subclass casts spells.

Neither SRD prints these subclasses. The numbers are facts of the published game, kept in this one module so that an
SRD-only build can leave it out. Rules that use them say that the source is not the SRD.
"""

from dnd.srd.advancement import HIGHEST_LEVEL
from dnd.srd.spellcasting import NO_SLOTS, Slots, full_slots

THIRD_CASTERS = {"Eldritch Knight": "fighter", "Arcane Trickster": "rogue"}
"""Subclass -> class id. Both cast wizard spells by Intelligence from class level 3."""

_KNOWN = (3, 4, 4, 4, 5, 6, 6, 7, 8, 8, 9, 10, 10, 11, 11, 11, 12, 13)
"""Spells of level 1 and higher at class levels 3-20, as known (2014) or prepared (2024)."""


def third_slots(level: int) -> Slots:
    """Nine slots at this class level; none before level 3."""
    return full_slots((min(level, HIGHEST_LEVEL) + 2) // 3) if level >= 3 else NO_SLOTS


def third_spells(level: int) -> int:
    """Spells of level 1 and higher, known or prepared, at this class level."""
    return _KNOWN[min(level, HIGHEST_LEVEL) - 3] if level >= 3 else 0


def third_cantrips(level: int, subclass: str) -> int:
    """Cantrips at this class level; an Arcane Trickster has Mage Hand beside the two (later three) of choice."""
    if level < 3:
        return 0
    return (3 if level >= 10 else 2) + (subclass == "Arcane Trickster")
