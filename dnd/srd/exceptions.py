"""Legal exceptions: what loosens a general rule, and what a character must have for it.

SRD 5.1 and SRD 5.2, the entries named in each row: class and subclass features, species traits, feats. Items that set
or raise numbers are in `items`; spells always prepared by a class or subclass are in `classes`. Rows of the published
game outside the SRDs are marked in the table.

A row is *met* by what is known of a character. A rule that meets no row may still warn instead of err where the input
does not say enough.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from dnd.srd.abilities import Ability
from dnd.srd.edition import BOTH, Edition
from dnd.srd.tables import rows
from dnd.srd.wares import key_of

ExceptionKind = Literal[
    "score_cap",  # a score may reach `amount`
    "save",  # proficiency in saving throws with `abilities` (all of them, or one of choice with `choice`)
    "save_bonus",  # `ability_bonus` is added to every saving throw
    "hit_points",  # `amount` once and `per_level` for each level counted by `counts`
    "armor_class",  # without armour: `amount` plus the modifiers of `abilities`
    "armor_bonus",  # `amount` more Armor Class
    "speed",  # `steps` more feet on foot
    "darkvision",  # `amount` feet
    "attunement",  # `amount` items in all
    "initiative",  # proficiency or `amount` is added, or another ability
    "skill_checks",  # proficiency in part (`amount` percent) where there is none
    "skills",  # `amount` further skill proficiencies of choice
    "expertise",  # `amount` skills or tools doubled
    "languages",  # `amount` further languages, or those named in `names`
    "spells",  # spells of `spell_lists` (any class) or named in `names`, `amount` of them
    "cantrips",  # as spells, for cantrips
    "spell_level",  # spells cast above the class's own slots
    "rituals",  # rituals by a class that has none
    "fighting_style",  # `amount` further styles
    "attacks",  # `amount` attacks per action
    "armor_training",  # `names` are armour categories
    "weapon_training",  # `names` are trainings
    "carrying",  # counts as one size larger
    "attack_bonus",  # `amount` on attacks of the kind named in `names`
    "weapon_ability",  # `abilities` may be used for attack and damage with the weapons in `names`
]
"""What is loosened; the comments say how the other fields of a row are read."""


@dataclass(frozen=True, slots=True)
class Traits:
    """What is known of a character, for the meeting of exceptions. Names are compared by their letters alone."""

    levels: Mapping[str, int]
    """Class id -> level."""
    subclasses: Collection[str] = ()
    """Subclass ids, as `classes.SubclassTable.id`."""
    species: str | None = None
    """Species id."""
    lineage: str | None = None
    feats: Collection[str] = ()
    features: Collection[str] = ()
    """Features, invocations, fighting styles and other choices that are named."""

    @property
    def total_level(self) -> int:
        """The character level."""
        return sum(self.levels.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalException:
    """One row: under `editions`, a character with all that is required has the effect."""

    id: str
    kind: ExceptionKind
    source: str
    """The feature, trait or feat as printed."""
    editions: tuple[Edition, ...] = BOTH
    class_id: str | None = None
    level: int = 1
    """Class level, or character level without a class."""
    subclass: str | None = None
    species: str | None = None
    lineage: str | None = None
    feat: str | None = None
    choice: bool = False
    """The feature is one of several to choose from, so that the character must name it."""
    abilities: tuple[Ability, ...] = ()
    amount: int = 0
    per_level: int = 0
    counts: Literal["class", "character"] = "character"
    """Which levels `per_level` and `steps` count."""
    steps: Mapping[int, int] | None = None
    """Level from which a number holds, in place of `amount`."""
    spell_lists: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    without: tuple[Literal["armor", "heavy armor", "shield"], ...] = ()
    """What must not be worn."""

    def level_counted(self, traits: Traits) -> int:
        """The level that the row's numbers grow with."""
        if self.counts == "class" and self.class_id is not None:
            return traits.levels.get(self.class_id, 0)
        return traits.total_level

    def amount_for(self, traits: Traits) -> int:
        """The number that the row gives this character."""
        level = self.level_counted(traits)
        if self.steps is not None:
            return max((value for start, value in self.steps.items() if level >= start), default=0)
        return self.amount + self.per_level * level

    def met_by(self, traits: Traits) -> bool:
        """Whether the character has all that the row requires."""
        reached = traits.levels.get(self.class_id, 0) if self.class_id else traits.total_level
        return (
            reached >= self.level
            and (self.subclass is None or self.subclass in traits.subclasses)
            and (self.species is None or self.species == traits.species)
            and (self.lineage is None or key_of(self.lineage) == key_of(traits.lineage or ""))
            and (self.feat is None or _among(self.feat, traits.feats))
            and (not self.choice or _among(self.source, (*traits.features, *traits.feats)))
        )


def _among(name: str, named: Collection[str]) -> bool:
    wanted = key_of(name)
    return any(key_of(entry.partition("(")[0]) == wanted or key_of(entry) == wanted for entry in named)


@cache
def _all_rows() -> tuple[LegalException, ...]:
    return rows("exceptions", LegalException)


@cache
def exceptions(kind: ExceptionKind, edition: Edition) -> tuple[LegalException, ...]:
    """The rows of one kind in one edition, in the order of the table."""
    return tuple(row for row in _all_rows() if row.kind == kind and edition in row.editions)


def exceptions_met(kind: ExceptionKind, edition: Edition, traits: Traits) -> tuple[LegalException, ...]:
    """The rows of one kind that a character meets."""
    return tuple(row for row in exceptions(kind, edition) if row.met_by(traits))


def exception_ids(edition: Edition) -> tuple[str, ...]:
    """The ids of all rows of an edition."""
    return tuple(row.id for row in _all_rows() if edition in row.editions)
