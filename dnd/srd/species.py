"""Species (races) with their lineages (subraces).

SRD 5.1, "Races"; SRD 5.2, "Character Origins" (Species Descriptions). The SRD 5.2 prints no life spans but a general
rule of about 80 years, with exceptions that it does not print; for those the spans of 5.1 stand in.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from dnd.srd.abilities import Ability
from dnd.srd.edition import Edition
from dnd.srd.monsters import Size
from dnd.srd.tables import rows
from dnd.srd.wares import words_of

DEFAULT_LIFESPAN_52 = 80
"""Years that a 5.2 character lives, unless its species is said to live longer."""

SpellsByCharacterLevel = Mapping[int, tuple[str, ...]]


def _no_increases() -> Mapping[Ability, int]:
    return {}


def _no_spells() -> SpellsByCharacterLevel:
    return {}


def _no_heights() -> Mapping[Size, tuple[int, int]]:
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Lineage:
    """A subrace, lineage, legacy or ancestry; what it states is added to the species, or stands in place of it."""

    name: str
    increases: Mapping[Ability, int] = field(default_factory=_no_increases)
    traits: tuple[str, ...] = ()
    speed: int | None = None
    darkvision: int | None = None
    languages: int = 0
    """Languages of choice."""
    weapons: tuple[str, ...] = ()
    tools: tuple[str, ...] = ()
    spells: SpellsByCharacterLevel = field(default_factory=_no_spells)
    """Character level -> spells and cantrips gained."""
    cantrip_of: str | None = None
    """Class id of the list that one cantrip is chosen from."""
    resistances: tuple[str, ...] = ()
    hit_points_per_level: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Species:
    """One species in one edition."""

    id: str
    name: str
    sizes: tuple[Size, ...]
    speed: int
    """Feet on foot."""
    darkvision: int = 0
    """Feet; 0 for none."""
    languages: tuple[str, ...] = ()
    """Known by everyone of the species (5.1; in 5.2 languages do not come from the species)."""
    chosen_languages: int = 0
    increases: Mapping[Ability, int] = field(default_factory=_no_increases)
    """5.1 only."""
    free_increases: int = 0
    """Further abilities raised by 1, each another and none of `increases` (half-elf)."""
    traits: tuple[str, ...] = ()
    adult_age: int | None = None
    """Years, as 5.1 says it."""
    lifespan: int | None = None
    """Years that are seldom or never exceeded."""
    height_in: Mapping[Size, tuple[int, int]] = field(default_factory=_no_heights)
    """Size -> inches from and to, where the SRD gives them."""
    skills: tuple[str, ...] = ()
    skill_choices: tuple[str, ...] = ()
    """Skills that the chosen ones come from; empty for any."""
    chosen_skills: int = 0
    weapons: tuple[str, ...] = ()
    tools: tuple[str, ...] = ()
    """Lower-case names; a choice is one entry with "or"."""
    spells: SpellsByCharacterLevel = field(default_factory=_no_spells)
    """Character level -> spells and cantrips gained."""
    origin_feats: int = 0
    resistances: tuple[str, ...] = ()
    hit_points_per_level: int = 0
    carries_as_larger: bool = False
    lineages: tuple[Lineage, ...] = ()

    def lineage_named(self, text: str) -> Lineage | None:
        """The lineage of a name with or without that of the species: "High Elf", "Elf (High)", "high"."""
        own = frozenset(words_of(self.name))
        wanted = frozenset(words_of(text)) - own - _FILLERS
        return next((row for row in self.lineages if wanted and wanted == _key(row.name) - own), None)


_FILLERS = frozenset({"lineage", "legacy", "ancestry", "subrace", "fiendish", "elven", "gnomish", "of", "the"})


def _key(name: str) -> frozenset[str]:
    return frozenset(words_of(name)) - _FILLERS


@cache
def species(edition: Edition) -> Mapping[str, Species]:
    """Species of an edition by id ("half_elf")."""
    return {row.id: row for row in rows(f"species_{edition}", Species)}


@cache
def _by_words(edition: Edition) -> Mapping[frozenset[str], tuple[Species, Lineage | None]]:
    found: dict[frozenset[str], tuple[Species, Lineage | None]] = {}
    for row in species(edition).values():
        for lineage in row.lineages:
            found[_key(lineage.name) | _key(row.name)] = (row, lineage)
    return found | {_key(row.name): (row, None) for row in species(edition).values()}


_ALONE = frozenset({"drow", "lightfoot"})
"""Lineages whose own name says the species."""


def read_species(text: str, edition: Edition) -> tuple[Species, Lineage | None] | None:
    """The species, and the lineage if the text names one: "Elf (High)", "hill dwarf", "Drow"; None if unknown."""
    words = _key(text)
    found = _by_words(edition).get(words)
    if found is None and len(words) == 1 and words <= _ALONE:
        rows_with = ((row, row.lineage_named(text)) for row in species(edition).values())
        found = next((pair for pair in rows_with if pair[1] is not None), None)
    return found


def species_named(text: str, edition: Edition) -> Species | None:
    """The species that a text names, with or without a lineage."""
    found = read_species(text, edition)
    return found[0] if found else None
