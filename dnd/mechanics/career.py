"""The classes of a character as the tables know them, and what each level brings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from dnd.errors import FieldError, InvalidParametersError
from dnd.sheets.sheet import CharacterSheet
from dnd.srd.advancement import EPIC_BOON_LEVEL, HIGHEST_LEVEL, asi_levels, proficiency_bonus, tier
from dnd.srd.catalogue import features
from dnd.srd.classes import ClassTable, class_named
from dnd.srd.edition import Edition
from dnd.srd.resources import Resource, resources
from dnd.srd.spellcasting import max_spell_level

_PLACEHOLDERS = ("subclass", "ability score improvement", "epic boon")
"""Rows of the class tables that are a choice and no feature; the choices are listed apart."""
_SMALL = frozenset({"of", "the", "and", "on", "in", "or", "with"})
_GENERIC = (" feature", " improvement", " subclass")


@dataclass(frozen=True, slots=True)
class Career:
    """Levels in one class."""

    table: ClassTable
    level: int
    subclass: str | None = None


def careers(sheet: CharacterSheet, edition: Edition) -> tuple[Career, ...]:
    """The classes of `sheet`, as the tables of the edition know them.

    Raises:
        InvalidParametersError: class or level are missing, or the SRD has no such class.
    """
    if not sheet.classes:
        raise _fault("/subject/class", "the class is needed here")
    found: list[Career] = []
    for entry in sheet.classes:
        table = class_named(entry.name, edition)
        if table is None:
            raise _fault("/subject/class", f"the SRD of {edition} has no class {entry.name[:60]!r}")
        alone = len(sheet.classes) == 1
        level = entry.level or (sheet.level if alone else None)
        if level is None:
            raise _fault("/subject/level", "the level is needed here, of each class when there are several")
        if not 1 <= level <= HIGHEST_LEVEL:
            raise _fault("/subject/level", "levels are 1 to 20")
        found.append(Career(table, level, entry.subclass))
    return tuple(found)


def _fault(path: str, message: str) -> InvalidParametersError:
    return InvalidParametersError(message, [FieldError(path, message)])


@cache
def features_at(class_id: str, level: int, edition: Edition, *, subclass: bool = False) -> tuple[str, ...]:
    """Names of the features that a class level brings; with `subclass`, those of the SRD's subclass too."""
    names = [
        row.name
        for row in features(edition)
        if row.class_name == class_id
        and row.level == level
        and row.parent is None
        and (row.subclass is None or subclass)
        and not row.name.lower().startswith(_PLACEHOLDERS)
        and not row.name.lower().endswith(_GENERIC)
    ]
    return tuple(dict.fromkeys(names))


def new_spell_level(class_id: str, level: int, edition: Edition) -> int | None:
    """The spell level that opens at a class level; None when none does."""
    now, before = (max_spell_level(class_id, at, edition) for at in (level, level - 1))
    return now if now > before else None


def counted(class_id: str, level: int, edition: Edition) -> Mapping[str, tuple[Resource, int | None]]:
    """What a class can spend or roll at a level, by name: the row and its number (None: by an ability, or no limit)."""
    found: dict[str, tuple[Resource, int | None]] = {}
    for row in resources():
        if row.class_id == class_id and edition in row.editions and row.unit in {"uses", "points", "dice", "die"}:
            number = row.at(level)
            begun = number is not None or (row.ability is not None and level >= row.first_level)
            if begun or (row.unlimited_from is not None and level >= row.unlimited_from):
                found[titled(row.name)] = (row, number)
    return found


def titled(name: str) -> str:
    """A lower-case name as a heading: small words stay small."""
    first, *rest = name.split() or [""]
    return " ".join([_capital(first), *(word if word in _SMALL else _capital(word) for word in rest)])


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


@dataclass(frozen=True, slots=True)
class Milestone:
    """A level ahead and the weightiest thing that it brings."""

    level: int
    brings: str
    weight: int
    """The higher, the more it deserves a scene."""


def milestones(path: Sequence[Career], edition: Edition, *, until: int) -> list[Milestone]:
    """The character levels ahead, if every one of them goes to the first class."""
    career, total = path[0], sum(entry.level for entry in path)
    found: list[Milestone] = []
    for gained in range(1, until - total + 1):
        level, class_level = total + gained, career.level + gained
        if class_level > HIGHEST_LEVEL:
            break
        found.append(_milestone(career, class_level, level, edition))
    return found


def _milestone(career: Career, class_level: int, level: int, edition: Edition) -> Milestone:
    table = career.table
    named = features_at(table.id, class_level, edition)
    spell = new_spell_level(table.id, class_level, edition)
    boon = edition == "5.2" and class_level >= EPIC_BOON_LEVEL
    candidates: tuple[tuple[bool, str], ...] = (
        (class_level == table.subclass_level and career.subclass is None, "a subclass"),
        (tier(level) > tier(level - 1), f"tier {tier(level)}"),
        (bool(named), named[0] if named else ""),
        (spell is not None, f"spells of level {spell}"),
        (class_level in asi_levels(table.id, edition), "an epic boon" if boon else "a better score"),
        (proficiency_bonus(level) > proficiency_bonus(level - 1), "a better proficiency"),
        (True, "more hit points"),
    )
    weight, brings = next((len(candidates) - place, what) for place, (holds, what) in enumerate(candidates) if holds)
    return Milestone(level, brings, weight)
