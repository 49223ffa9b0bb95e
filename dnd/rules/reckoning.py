"""What follows from a sheet's scores, classes and levels: the values that the rules compare the stated ones with.

Nothing here is read from a stated derived number (proficiency bonus, modifier, bonus), so that one wrong number is
blamed once and everything that hangs on it is measured against the right value.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal, NamedTuple

from dnd.rules.building import Mark
from dnd.rules.dossier import Dossier
from dnd.rules.finding import Fix
from dnd.rules.grants import Grant, grants_by_name, grants_of_class
from dnd.sheets.sheet import CharacterSheet
from dnd.srd.abilities import Ability, as_ability, modifier
from dnd.srd.advancement import HIGHEST_LEVEL, proficiency_bonus
from dnd.srd.classes import ClassTable, class_named
from dnd.srd.edition import Edition
from dnd.srd.names import NameKind, NameState, look_up
from dnd.srd.near import fold
from dnd.srd.species import Lineage, Species, read_species

_PARTS = re.compile(r"[:;()\[\],/]")
_PLUS = re.compile(r"\+\s?([1-3])\b")
_TAIL = re.compile(r" (?:lineage|legacy|ancestry|subrace)$")


@dataclass(frozen=True, slots=True)
class Held:
    """Levels in one SRD class."""

    index: int
    """Place in the sheet's `classes`."""
    table: ClassTable
    level: int
    subclass: str | None

    @property
    def id(self) -> str:
        """The class id."""
        return self.table.id


@dataclass(frozen=True, slots=True)
class Sums:
    """The legal values of one number."""

    values: frozenset[int]
    right: int | None
    """The one right value; None where the sheet leaves more than one open."""

    def __contains__(self, value: int) -> bool:
        return value in self.values

    def __str__(self) -> str:
        return " or ".join(f"{value:+d}" for value in sorted(self.values))


class Extra(NamedTuple):
    """What a feature, feat or item adds to a number."""

    amount: int
    sure: Literal["", "usual", "always"]
    """As a row of the grants has it."""


class Reckoning:
    """A sheet in the light of the tables."""

    def __init__(self, sheet: CharacterSheet, edition: Edition) -> None:
        self.sheet = sheet
        self.edition: Edition = edition

    @cached_property
    def classes(self) -> tuple[Held, ...]:
        """The SRD classes with a level from 1 to 20, in the order taken; others are left out."""
        entries = self.sheet.classes
        found: list[Held] = []
        for index, entry in enumerate(entries):
            table = class_named(entry.name, self.edition)
            if table is not None and entry.level is not None and 1 <= entry.level <= HIGHEST_LEVEL:
                found.append(Held(index, table, entry.level, entry.subclass))
        return tuple(found)

    @cached_property
    def complete(self) -> bool:
        """Whether every class is an SRD class with a legal level, none twice, and all together are at most 20."""
        ids = {held.id for held in self.classes}
        return bool(ids) and len(ids) == len(self.sheet.classes) and sum(self.levels.values()) <= HIGHEST_LEVEL

    @cached_property
    def levels(self) -> Mapping[str, int]:
        """Class id → level."""
        return {held.id: held.level for held in self.classes}

    @cached_property
    def proficiency(self) -> int | None:
        """By the total level; by the stated bonus where no level is stated; None without either."""
        total = self.sheet.total_level
        if total is not None:
            return proficiency_bonus(total) if 1 <= total <= HIGHEST_LEVEL else None
        stated = self.sheet.proficiency_bonus
        return stated if stated is not None and 2 <= stated <= proficiency_bonus(HIGHEST_LEVEL) else None

    @cached_property
    def species(self) -> Species | None:
        """The SRD species; None for another or none."""
        found = read_species(self.sheet.species, self.edition) if self.sheet.species else None
        return found[0] if found else None

    @cached_property
    def lineages(self) -> tuple[Lineage, ...]:
        """The SRD lineage; all of the species where none is stated; none where another one is."""
        if self.species is None:
            return ()
        found = read_species(self.sheet.species or "", self.edition)
        named = found[1] if found else None
        if self.sheet.lineage:
            named = self.species.lineage_named(self.sheet.lineage)
            return (named,) if named else ()
        return (named,) if named else self.species.lineages

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Folded names of everything that the sheet says the character is or has → as written there."""
        return {folded: written for written in _written(self.sheet) for folded in _folded(written)} | dict(
            _kin(self.sheet)
        )

    @cached_property
    def _granted(self) -> Mapping[str, tuple[Grant, ...]]:
        """The rows that apply, by kind."""
        by_name = grants_by_name(self.edition)
        rows = {id(row): row for name in self.names if name in by_name for row in by_name[name]}
        found: dict[str, list[Grant]] = {}
        for row in rows.values():
            if row.fits(0, "", self.names, self.edition, stated=self._states(row.unstated)):
                found.setdefault(row.kind, []).append(row)
        for held in self.classes:
            own = held.table.subclass_named(held.subclass) if held.subclass else None
            subclass = own.id if own else ""
            for row in grants_of_class(held.id, self.edition):
                if row.fits(held.level, subclass, self.names, self.edition, stated=self._states(row.unstated)):
                    found.setdefault(row.kind, []).append(row)
        return {kind: tuple(granted) for kind, granted in found.items()}

    def _states(self, field: str) -> bool:
        if field == "lineage":  # "High Elf" says it in the species
            return bool(self.sheet.lineage) or " " in fold(self.sheet.species or "")
        return bool(field and getattr(self.sheet, field))

    def granted(self, kind: str) -> tuple[Grant, ...]:
        """The rows of a kind that apply to the sheet."""
        return self._granted.get(kind, ())

    def amount(self, row: Grant) -> int:
        """What a row adds."""
        text = row.amount
        if text == "pb":
            return self.proficiency or 0
        if text == "plus":
            written = next((self.names[name] for name in row.named if name in self.names), "")
            match = _PLUS.search(written)
            return int(match[1]) if match else 1
        if text.removeprefix("-").isdecimal():
            times = sum(fold(feat).startswith(tuple(row.named)) for feat in self.sheet.feats) if row.each else 1
            return int(text) * max(times, 1)
        value = self.sheet.modifier(as_ability(text))
        return max(value or 0, 1)

    def total(self, kind: str) -> int:
        """What all rows of a kind add together."""
        return sum(self.amount(row) for row in self.granted(kind))

    def modifiers(self, ability: Ability) -> tuple[int, ...]:
        """The modifier of the stated score, and of the scores that items may set; empty without a score."""
        stated = self.sheet.modifier(ability)
        if stated is None:
            return ()
        set_to = (modifier(self.amount(row)) for row in self.granted("score") if ability in row.of)
        return (stated, *(value for value in set_to if value > stated))

    def sums(self, bases: Iterable[int], extras: Iterable[Extra] = ()) -> Sums:
        """Every base with every legal choice of extras; right is the one base with all of them, if all are sure."""
        starts, added = frozenset(bases), tuple(extras)
        values = starts
        for extra in added:
            more = frozenset(value + extra.amount for value in values)
            values = more if extra.sure == "always" else values | more
        only = len(starts) == 1 and all(extra.sure for extra in added)
        return Sums(values, next(iter(starts)) + sum(extra.amount for extra in added) if only else None)

    def extras(self, kind: str, of: str = "") -> tuple[Extra, ...]:
        """What the rows of a kind add, those that concern `of`."""
        return tuple(Extra(self.amount(row), row.sure) for row in self.granted(kind) if not row.of or of in row.of)

    @cached_property
    def unknown(self) -> bool:
        """Whether something on the sheet is outside the SRD and could add what no row knows of."""
        sheet = self.sheet
        if (sheet.classes and not self.complete) or (sheet.species and self.species is None):
            return True
        edition = self.edition
        items = (item.name for item in sheet.equipment if item.attuned or item.rarity)
        named = (
            *((NameKind.FEAT, _PARTS.split(feat)[0].strip()) for feat in sheet.feats),
            *((NameKind.MAGIC_ITEM, item) for item in (*sheet.attuned, *items)),
            *((NameKind.SUBCLASS, held.subclass) for held in self.classes if held.subclass),
        )
        return any(look_up(kind, name, edition).state is not NameState.SRD for kind, name in named)


def _written(sheet: CharacterSheet) -> Iterator[str]:
    for feature in sheet.features:
        yield feature.name
        if feature.value:
            yield feature.value
    yield from sheet.feats
    yield from sheet.traits
    yield from sheet.fighting_styles
    yield from sheet.invocations
    yield from sheet.attuned
    yield from (item.name for item in sheet.equipment)
    yield from (weapon.name for weapon in sheet.weapons)
    yield from (spell.name for entry in sheet.spellcasting for spell in entry.cantrips)
    if sheet.background:
        yield sheet.background


@lru_cache(maxsize=4096)
def _folded(written: str) -> tuple[str, ...]:
    """The whole, its parts ("Magic Initiate (Wizard)", "Divine Order: Protector"), and both without a +N."""
    parts = (written, *_PARTS.split(written), _PLUS.sub("", written))
    return tuple(dict.fromkeys(folded for part in parts if (folded := fold(part))))


def _kin(sheet: CharacterSheet) -> Iterator[tuple[str, str]]:
    """Species and lineage in the ways that they are named: "elf" and "high" are a high elf too."""
    species = fold(sheet.species or "")
    if not species:
        return
    base = species if species.startswith("half ") else species.rpartition(" ")[2]
    lines = {_TAIL.sub("", part) for part in _folded(sheet.lineage or "")}
    for name in (species, base, *lines, *(f"{line} {base}" for line in lines)):
        yield name, name


class _Same:
    """A sheet as a key: by identity, since its mappings cannot be hashed."""

    __slots__ = ("sheet",)

    def __init__(self, sheet: CharacterSheet) -> None:
        self.sheet = sheet

    def __hash__(self) -> int:
        return id(self.sheet)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.sheet is other.sheet


@lru_cache(maxsize=8)
def _reckoned(same: _Same, edition: Edition) -> Reckoning:
    return Reckoning(same.sheet, edition)


def mend(mark: Mark, path: str, value: object) -> Fix | None:
    """The fix that puts `value` at `path`; none for None, where more than one value would be right."""
    return None if value is None else Fix(path=mark.place.pointer(path), value=value)


def reckon(sheet: CharacterSheet, dossier: Dossier) -> Reckoning:
    """The reckoning of a sheet, made once for all rules that read it."""
    return _reckoned(_Same(sheet), dossier.edition)
