"""The twelve classes of each edition: what a class grants, needs and starts with.

SRD 5.1, the class entries and "Beyond 1st Level" (Multiclassing); SRD 5.2, "Classes" (Core Traits, Becoming a ...) and
"Character Creation" (Multiclassing). Features by level are in the generated catalogue; numbers that grow with the level
are in `resources`, slots and spells in `spellcasting`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from dnd.srd.abilities import Ability
from dnd.srd.armor import ArmorCategory
from dnd.srd.edition import Edition
from dnd.srd.tables import rows

Caster = Literal["full", "half", "pact", "none"]
SpellsByLevel = Mapping[int, tuple[str, ...]]
"""Class level -> names of the spells gained at it."""

MULTICLASS_MINIMUM = 13
"""Score that a prerequisite of multiclassing asks for; both editions."""

_NOT_LETTERS = re.compile(r"[^a-z]+")
_ITEM = re.compile(r"(?:(\d+) )?(.+)")
_GOLD = re.compile(r"(\d+) gp")


def _no_spells() -> SpellsByLevel:
    return {}


def _no_choices() -> Mapping[str, SpellsByLevel]:
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class SubclassTable:
    """The subclass that the SRD prints for a class."""

    id: str
    name: str
    armor: frozenset[ArmorCategory] = frozenset()
    """Training that the subclass adds."""
    always_prepared: SpellsByLevel = field(default_factory=_no_spells)
    """Spells prepared without counting against the limit, by class level."""
    by_choice: Mapping[str, SpellsByLevel] = field(default_factory=_no_choices)
    """The same for each choice of which the character has one (a druid's land)."""
    expanded: SpellsByLevel = field(default_factory=_no_spells)
    """Spells added to the class list, which must still be learned (a 5.1 warlock's patron)."""

    def spells(self, level: int) -> frozenset[str]:
        """All spells that the subclass brings within reach at this class level, whatever the choice."""
        tables = (self.always_prepared, self.expanded, *self.by_choice.values())
        return frozenset(name for table in tables for at, names in table.items() if at <= level for name in names)


@dataclass(frozen=True, slots=True)
class Package:
    """Equipment that is taken as a whole. Items "any ..." are left to the player."""

    items: Mapping[str, int]
    """Lower-case name -> how many."""
    gold: int = 0
    """Gold pieces that come with it."""

    @classmethod
    def parse(cls, text: str) -> "Package":
        """Read the notation of the tables: "greataxe | 4 handaxe | 15 gp"."""
        items: dict[str, int] = {}
        gold = 0
        for part in (part.strip() for part in text.split("|")):
            coins, item = _GOLD.fullmatch(part), _ITEM.fullmatch(part)
            if coins:
                gold = int(coins[1])
            elif item:
                items[item[2]] = int(item[1] or 1)
        return cls(items, gold)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassTable:
    """One class in one edition."""

    id: str
    name: str
    hit_die: int
    """Sides."""
    saves: tuple[Ability, Ability]
    skill_count: int
    """Class skills that a character starts with."""
    skill_choices: tuple[str, ...] | None = None
    """Skills to choose them from, as printed; None for any."""
    armor: frozenset[ArmorCategory] = frozenset()
    weapons: tuple[str, ...] = ()
    """Trainings as `weapons.trained_with` reads them."""
    tools: tuple[str, ...] = ()
    """Lower-case names; "any ..." leaves the tool to the player, and a number says how many."""
    caster: Caster = "none"
    casting_ability: Ability | None = None
    primary: tuple[tuple[Ability, ...], ...]
    """Abilities that multiclassing asks for: one of each group must reach `MULTICLASS_MINIMUM`."""
    subclass_level: int
    multiclass_armor: frozenset[ArmorCategory] = frozenset()
    multiclass_weapons: tuple[str, ...] = ()
    multiclass_skills: int = 0
    """Skills gained by taking the class later: any for a bard, of the class list for others."""
    multiclass_tools: tuple[str, ...] = ()
    starting_gold: int | None = None
    """Gold pieces taken instead of equipment (5.2; the SRD 5.1 has no such option)."""
    starting_packages: tuple[tuple[str, ...], ...] = ()
    """Groups of packages in the notation of `Package.parse`; one package of each group is taken."""
    always_prepared: SpellsByLevel = field(default_factory=_no_spells)
    """Spells that class features keep prepared without counting against the limit (5.2)."""
    subclasses: tuple[SubclassTable, ...]

    def packages(self) -> tuple[tuple[Package, ...], ...]:
        """`starting_packages`, read."""
        return tuple(tuple(Package.parse(package) for package in group) for group in self.starting_packages)

    def subclass_named(self, text: str) -> SubclassTable | None:
        """The SRD's subclass by its full name, its bare name ("Life") or the other edition's name for it."""
        wanted = _subclass_key(text)
        return next(
            (row for row in self.subclasses if wanted in (row.id.replace("_", ""), _subclass_key(row.name))), None
        )


_SUBCLASS_WORDS = re.compile(
    r"\b(?:path|college|domain|circle|way|warrior|oath|school|patron|sorcery|sorcerer|bloodline|origin|the|of)\b"
)
_SAME_SUBCLASS: Mapping[str, str] = {"evoker": "evocation"}


def _subclass_key(text: str) -> str:
    key = _NOT_LETTERS.sub("", _SUBCLASS_WORDS.sub("", text.lower()))
    return _SAME_SUBCLASS.get(key, key)


@cache
def classes(edition: Edition) -> Mapping[str, ClassTable]:
    """The classes of an edition by id ("wizard")."""
    return {row.id: row for row in rows(f"classes_{edition}", ClassTable)}


@cache
def _by_letters(edition: Edition) -> Mapping[str, ClassTable]:
    return {_NOT_LETTERS.sub("", row.name.lower()): row for row in classes(edition).values()}


def class_named(text: str, edition: Edition) -> ClassTable | None:
    """The class of a name, whatever its case; None for a name that is no class of the SRD."""
    return _by_letters(edition).get(_NOT_LETTERS.sub("", text.lower()))
