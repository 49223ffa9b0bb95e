"""Which spells a character can cast, by what a sheet states: lenient where the sheet is silent."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from dnd.sheets.sheet import CharacterSheet
from dnd.srd.catalogue import Spell
from dnd.srd.classes import ClassTable, class_named
from dnd.srd.edition import Edition
from dnd.srd.near import fold
from dnd.srd.species import species
from dnd.srd.spellcasting import max_spell_level

HIGHEST_LEVEL = 20
THIRD_CASTERS = frozenset({"fighter", "rogue"})
"""Classes with a published subclass that casts a third as well as a wizard."""
SECRETS_LEVEL = 10
"""Bard level of Magical Secrets, which opens other lists; College of Lore has them at 6 in 5.1."""
LORE_LEVEL = 6
FEAT_LEVEL = 2
"""Spell level up to which a feat may explain a spell (Magic Initiate; published feats go to 2)."""


@dataclass(frozen=True, slots=True)
class Reach:
    """What a character can cast, as far as it is stated."""

    levels: Mapping[str, int]
    """Class id -> level; the highest possible where it is not stated."""
    tables: tuple[ClassTable, ...]
    listed: frozenset[str]
    """Folded names of the spells and features on the sheet."""
    innate: frozenset[str]
    """Folded names of the spells that the species brings."""
    feats: bool
    """Whether a feat may bring a spell."""
    exact: bool
    """Whether all levels are stated."""
    edition: Edition

    @property
    def said(self) -> str:
        """Class and level in words: "a level 3 wizard"."""
        parts = [
            f"level {self.levels[row.id]} {row.name.lower()}" if self.exact else row.name.lower() for row in self.tables
        ]
        return "a " + " and ".join(parts)

    def judge(self, spell: Spell) -> tuple[str, bool] | None:
        """Why the spell is out of reach, and whether nothing unstated could bring it within; None when it is within."""
        name = fold(spell.name)
        if name in self.listed or name in self.innate or any(self._has(row, spell, name) for row in self.tables):
            return None
        if self.feats and spell.level <= FEAT_LEVEL - 1:
            return None
        highest = max(self._highest(row) for row in self.tables)
        if spell.level > max(highest, *(self._by_subclass(row) for row in self.tables)):
            if not highest:
                return f"{self.said} casts no spells of level {spell.level}", spell.level > FEAT_LEVEL
            return f"it is a level {spell.level} spell, and {self.said} casts up to level {highest}", True
        if not highest:
            return f"{self.said} casts no spells", False
        return f"it is not on the list of {self.said}", False

    def _highest(self, row: ClassTable) -> int:
        return max_spell_level(row.id, min(self.levels[row.id], HIGHEST_LEVEL), self.edition)

    def _by_subclass(self, row: ClassTable) -> int:
        """The highest spell level that some subclass of a class without spells may bring."""
        level = self.levels[row.id]
        if row.caster != "none" or level < row.subclass_level:
            return 0
        if row.id in THIRD_CASTERS:
            return (level - 1) // 6 + 1
        return 5 if row.id == "monk" else 2

    def _has(self, row: ClassTable, spell: Spell, name: str) -> bool:
        level = self.levels[row.id]
        if spell.level > self._highest(row) or row.caster == "none":
            return False
        if row.id in spell.classes or name in _subclass_spells(row, level):
            return True
        secrets = LORE_LEVEL if self.edition == "5.1" else SECRETS_LEVEL
        return row.id == "bard" and level >= secrets


def _subclass_spells(row: ClassTable, level: int) -> frozenset[str]:
    return frozenset(fold(name) for table in row.subclasses for name in table.spells(level))


@cache
def _innate(name: str, level: int, edition: Edition) -> frozenset[str]:
    """The spells that some lineage of a species has at a level, as folded names."""
    wanted = frozenset(fold(name).split())
    found: set[str] = set()
    for row in species(edition).values():
        if not wanted & frozenset(fold(row.name).split()):
            continue
        for table in (row.spells, *(lineage.spells for lineage in row.lineages)):
            found.update(fold(spell) for at, spells in table.items() if at <= level for spell in spells)
    return frozenset(found)


def reach_of(sheet: CharacterSheet, edition: Edition) -> Reach | None:
    """What the character can cast; None when a class is not stated or not one of the SRD's."""
    tables = [class_named(entry.name, edition) for entry in sheet.classes]
    known = tuple(row for row in tables if row is not None)
    if not known or len(known) < len(tables):
        return None
    total = sheet.total_level
    levels = {
        row.id: entry.level if entry.level is not None else total if total is not None else HIGHEST_LEVEL
        for row, entry in zip(known, sheet.classes, strict=True)
    }
    exact = all(entry.level is not None for entry in sheet.classes) or (len(known) == 1 and total is not None)
    written = (
        *(mention.name for entry in sheet.spellcasting for _, mention in entry.spells),
        *(feature.name for feature in sheet.features),
        *sheet.traits,
    )
    return Reach(
        levels=levels,
        tables=known,
        listed=frozenset(map(fold, written)),
        innate=_innate(sheet.species or "", total or HIGHEST_LEVEL, edition),
        feats=bool(sheet.feats) or (edition == "5.2" and sheet.background is None),
        exact=exact,
        edition=edition,
    )
