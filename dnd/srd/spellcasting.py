"""Spell slots, and how many spells a class has.

SRD 5.1, the class tables and "Beyond 1st Level" (Multiclassing, Spellcasting); SRD 5.2, the class tables and
"Character Creation" (Multiclassing, Spellcasting). A level outside 1 to 20 has nothing.
"""

from collections.abc import Mapping
from functools import lru_cache

from dnd.srd.classes import classes
from dnd.srd.edition import Edition

Slots = tuple[int, ...]
"""Slots of spell level 1 to 9."""
NO_SLOTS: Slots = (0,) * 9

_FULL = (
    *((2,), (3,), (4, 2), (4, 3), (4, 3, 2), (4, 3, 3), (4, 3, 3, 1), (4, 3, 3, 2), (4, 3, 3, 3, 1), (4, 3, 3, 3, 2)),
    *((4, 3, 3, 3, 2, 1), (4, 3, 3, 3, 2, 1), (4, 3, 3, 3, 2, 1, 1), (4, 3, 3, 3, 2, 1, 1), (4, 3, 3, 3, 2, 1, 1, 1)),
    *((4, 3, 3, 3, 2, 1, 1, 1), (4, 3, 3, 3, 2, 1, 1, 1, 1), (4, 3, 3, 3, 3, 1, 1, 1, 1), (4, 3, 3, 3, 3, 2, 1, 1, 1)),
    (4, 3, 3, 3, 3, 2, 2, 1, 1),
)
"""Slots of a full caster by level. Class tables of both SRDs."""
_PACT_COUNT = (1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 4, 4, 4, 4)
_CANTRIPS: Mapping[str, tuple[int, int, int]] = {
    "bard": (2, 3, 4), "druid": (2, 3, 4), "warlock": (2, 3, 4),
    "cleric": (3, 4, 5), "wizard": (3, 4, 5), "sorcerer": (4, 5, 6),
}  # fmt: skip
"""At class levels 1, 4 and 10. Class tables of both SRDs."""
_KNOWN: Mapping[str, tuple[int, ...]] = {
    "bard": (4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 15, 15, 16, 18, 19, 19, 20, 22, 22, 22),
    "ranger": (0, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11),
    "sorcerer": (2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 12, 13, 13, 14, 14, 15, 15, 15, 15),
    "warlock": (2, 3, 4, 5, 6, 7, 8, 9, 10, 10, 11, 11, 12, 12, 13, 13, 14, 14, 15, 15),
}
"""Spells Known. SRD 5.1 class tables."""
_SHARED = (4, 5, 6, 7, 9, 10, 11, 12, 14, 15, 16, 16, 17, 17, 18, 18, 19, 20, 21, 22)
_HALF = (2, 3, 4, 5, 6, 6, 7, 7, 9, 9, 10, 10, 11, 11, 12, 12, 14, 14, 15, 15)
_PREPARED: Mapping[str, tuple[int, ...]] = {
    "bard": _SHARED,
    "cleric": _SHARED,
    "druid": _SHARED,
    "sorcerer": (2, 4, 6, 7, 9, 10, 11, 12, 14, 15, 16, 16, 17, 17, 18, 18, 19, 20, 21, 22),
    "wizard": (4, 5, 6, 7, 9, 10, 11, 12, 14, 15, 16, 16, 17, 18, 19, 21, 22, 23, 24, 25),
    "warlock": (2, 3, 4, 5, 6, 7, 8, 9, 10, 10, 11, 11, 12, 12, 13, 13, 14, 14, 15, 15),
    "paladin": _HALF,
    "ranger": _HALF,
}
"""Prepared Spells. SRD 5.2 class tables."""
_BY_MODIFIER = frozenset({"cleric", "druid", "wizard", "paladin"})
MYSTIC_ARCANUM: Mapping[int, int] = {6: 11, 7: 13, 8: 15, 9: 17}
"""Spell level → the warlock level that gives one spell of it. Warlock, both SRDs."""
_RITUALS: Mapping[Edition, frozenset[str]] = {
    "5.1": frozenset({"bard", "cleric", "druid", "wizard"}),
    "5.2": frozenset({"bard", "cleric", "druid", "paladin", "ranger", "sorcerer", "warlock", "wizard"}),
}
"""SRD 5.1: classes with Ritual Casting; SRD 5.2 "Spells": anybody with the spell prepared."""


def _nine(row: tuple[int, ...]) -> Slots:
    return row + (0,) * (9 - len(row))


def full_slots(level: int) -> Slots:
    """Slots of spell level 1 to 9 of a full caster; all 0 outside level 1 to 20."""
    return _nine(_FULL[level - 1]) if 1 <= level <= len(_FULL) else NO_SLOTS


def half_slots(level: int, edition: Edition) -> Slots:
    """The same of a paladin or ranger. SRD 5.1: none at level 1; SRD 5.2: two."""
    if level < 1 or (edition == "5.1" and level == 1):
        return NO_SLOTS
    return full_slots((level + 1) // 2)


def pact_slots(level: int) -> tuple[int, int]:
    """Number and level of a warlock's slots. Warlock, both SRDs."""
    if not 1 <= level <= len(_PACT_COUNT):
        return (0, 0)
    return _PACT_COUNT[level - 1], min(5, (level + 1) // 2)


def slots(class_id: str, level: int, edition: Edition) -> Slots:
    """Slots of spell level 1 to 9 of one class alone. A warlock's stand at the one spell level that they have."""
    table = classes(edition).get(class_id)
    caster = "none" if table is None else table.caster
    if caster == "full":
        return full_slots(level)
    if caster == "half":
        return half_slots(level, edition)
    if caster == "pact":
        count, at = pact_slots(level)
        return tuple(count if number == at else 0 for number in range(1, 10))
    return NO_SLOTS


def caster_level(levels: Mapping[str, int], edition: Edition, *, third_levels: int = 0) -> int:
    """Level for the multiclass table, of class id -> class level. Halves are rounded down in 5.1 and up in 5.2.

    `third_levels`: levels in a class whose subclass casts as a third (see `thirds`), rounded down in both editions.
    """
    total = third_levels // 3
    for class_id, level in levels.items():
        caster = classes(edition)[class_id].caster if class_id in classes(edition) else "none"
        if caster == "full":
            total += level
        elif caster == "half":
            total += level // 2 if edition == "5.1" else (level + 1) // 2
    return total


def multiclass_slots(levels: Mapping[str, int], edition: Edition, *, third_levels: int = 0) -> Slots:
    """Slots of spell level 1 to 9 of a character, pact magic apart. One casting class alone uses its own table.

    A 5.1 paladin or ranger of level 1 does not cast yet.
    """
    pact = {name for name, table in classes(edition).items() if table.caster == "pact"}
    casting = [name for name, level in levels.items() if name not in pact and any(slots(name, level, edition))]
    if len(casting) == 1 and third_levels < 3:
        return slots(casting[0], levels[casting[0]], edition)
    return full_slots(min(caster_level(levels, edition, third_levels=third_levels), len(_FULL)))


def cantrips(class_id: str, level: int, edition: Edition) -> int:  # noqa: ARG001 -- both editions agree
    """Cantrips of a class; 0 for one without."""
    row = _CANTRIPS.get(class_id)
    return 0 if row is None or level < 1 else row[(level >= 4) + (level >= 10)]


def spells_known(class_id: str, level: int) -> int | None:
    """Spells known under SRD 5.1; None for a class that prepares or has none."""
    row = _KNOWN.get(class_id)
    return None if row is None or not 1 <= level <= len(row) else row[level - 1]


def prepared_limit(class_id: str, level: int, modifier: int | None, edition: Edition) -> int | None:
    """Spells of level 1 and higher prepared at most, those always prepared apart.

    None for a class that does not prepare, and without the modifier of the casting ability that 5.1 needs.
    """
    if edition == "5.2":
        row = _PREPARED.get(class_id)
        return None if row is None or not 1 <= level <= len(row) else row[level - 1]
    if class_id not in _BY_MODIFIER or modifier is None:
        return None
    if class_id == "paladin":
        return max(1, modifier + level // 2) if level > 1 else 0
    return max(1, modifier + level)


@lru_cache(maxsize=1024)
def max_spell_level(class_id: str, level: int, edition: Edition) -> int:
    """The highest spell level that so many levels of a class can cast; 0 without any. Mystic Arcanum counts."""
    if class_id == "warlock":
        arcanum = max((spell for spell, needed in MYSTIC_ARCANUM.items() if level >= needed), default=0)
        return max(pact_slots(level)[1], arcanum)
    have = slots(class_id, level, edition)
    return max((number + 1 for number in range(9) if have[number]), default=0)


def ritual_casters(edition: Edition) -> frozenset[str]:
    """Classes that may cast a spell with the ritual tag as a ritual."""
    return _RITUALS[edition]
