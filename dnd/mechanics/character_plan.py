"""What a character to be built is: classes, origin, and the order in which its abilities matter."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from random import Random

from dnd.mechanics.career import Career
from dnd.srd.abilities import Ability
from dnd.srd.advancement import proficiency_bonus
from dnd.srd.backgrounds import Background
from dnd.srd.edition import Edition
from dnd.srd.exceptions import ExceptionKind, LegalException, Traits, exceptions_met
from dnd.srd.resources import resource
from dnd.srd.species import Lineage, Species

PRIORITY: Mapping[str, tuple[Ability, ...]] = {
    "barbarian": ("str", "con", "dex", "wis", "cha", "int"),
    "bard": ("cha", "dex", "con", "wis", "int", "str"),
    "cleric": ("wis", "con", "str", "dex", "cha", "int"),
    "druid": ("wis", "con", "dex", "int", "cha", "str"),
    "fighter": ("str", "con", "dex", "wis", "cha", "int"),
    "monk": ("dex", "wis", "con", "str", "int", "cha"),
    "paladin": ("str", "cha", "con", "wis", "dex", "int"),
    "ranger": ("dex", "wis", "con", "str", "int", "cha"),
    "rogue": ("dex", "con", "wis", "cha", "int", "str"),
    "sorcerer": ("cha", "con", "dex", "wis", "int", "str"),
    "warlock": ("cha", "con", "dex", "wis", "int", "str"),
    "wizard": ("int", "con", "dex", "wis", "cha", "str"),
}
"""Class id → abilities, the most useful first. A sensible habit, not a rule."""


@dataclass(frozen=True)
class Plan:
    """The decisions from which everything else follows."""

    edition: Edition
    careers: tuple[Career, ...]
    """The class that the character began with comes first."""
    kin: Species
    lineage: Lineage | None
    background: Background
    seed: int

    @cached_property
    def levels(self) -> Mapping[str, int]:
        """Class id → class level."""
        return {career.table.id: career.level for career in self.careers}

    @cached_property
    def total(self) -> int:
        """Character level."""
        return sum(self.levels.values())

    @cached_property
    def bonus(self) -> int:
        """Proficiency bonus."""
        return proficiency_bonus(self.total)

    @cached_property
    def several(self) -> bool:
        """Whether there are levels in more than one class."""
        return len(self.careers) > 1

    def dice(self, topic: str) -> Random:
        """Dice for one topic: the same at every level, so that a character keeps its choices as it grows."""
        first = self.careers[0].table.id
        return Random(f"{self.seed} {topic} {self.edition} {first}")  # noqa: S311 -- choices, no secrets

    @cached_property
    def needed(self) -> tuple[Ability, ...]:
        """Abilities that multiclassing asks for; of alternatives the one that the class likes better."""
        if not self.several:
            return ()
        found: list[Ability] = []
        for career in self.careers:
            liked = PRIORITY[career.table.id]
            found.extend(min(group, key=liked.index) for group in career.table.primary)
        return tuple(dict.fromkeys(found))

    @cached_property
    def order(self) -> tuple[Ability, ...]:
        """All abilities, the most useful first; of many needed ones those last that the background raises."""
        liked = PRIORITY[self.careers[0].table.id]
        needed = self.needed
        if len(needed) > 3:  # the fourth best score of the standard array is 12, and 13 is asked for
            needed = tuple(sorted(needed, key=lambda ability: ability in self.background.abilities))
        return tuple(dict.fromkeys((*needed, *liked)))

    def traits(self, *, feats: tuple[str, ...] = (), features: tuple[str, ...] = ()) -> Traits:
        """What the table of exceptions asks about."""
        known = (career.table.subclass_named(career.subclass) for career in self.careers if career.subclass)
        return Traits(
            levels=self.levels,
            subclasses=tuple(row.id for row in known if row is not None),
            species=self.kin.id,
            lineage=self.lineage.name if self.lineage else None,
            feats=feats,
            features=features,
        )

    def met(self, kind: ExceptionKind, **named: tuple[str, ...]) -> tuple[LegalException, ...]:
        """The exceptions of a kind that the character meets."""
        return exceptions_met(kind, self.edition, self.traits(**named))

    def count(self, name: str) -> int:
        """The sum that all classes give of a resource of choices ("expertise", "metamagic")."""
        return sum(resource(name, class_id, level, self.edition) or 0 for class_id, level in self.levels.items())
