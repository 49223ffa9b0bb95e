"""What grows with the level of a class: uses, dice, bonuses and choices.

SRD 5.1 and SRD 5.2, the class tables and feature descriptions. A fighter's superiority dice and other numbers of
subclasses outside the SRDs are left out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from dnd.srd.abilities import Ability
from dnd.srd.edition import BOTH, Edition
from dnd.srd.tables import rows
from dnd.srd.wares import key_of

Unit = Literal["uses", "points", "dice", "die", "bonus", "feet", "choices", "attacks", "spell levels", "spells"]
Rest = Literal["short rest", "long rest"]


def _no_steps() -> Mapping[int, int]:
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """One number of one class."""

    name: str
    """Lower case, as `resource` is asked for it; both editions share the name where the thing is the same."""
    class_id: str
    unit: Unit
    """A `die` is given by its sides, `dice` by their number."""
    steps: Mapping[int, int] = field(default_factory=_no_steps)
    """Class level from which a number holds -> the number."""
    unlimited_from: int | None = None
    """Class level from which there is no limit."""
    per_level: int = 0
    """In place of steps: this much for each class level, from `first_level`."""
    first_level: int = 1
    """Class level from which `per_level` or `ability` holds."""
    ability: Ability | None = None
    """In place of steps: as many as the modifier of this ability, at least one."""
    die: int | None = None
    """Sides of the dice counted, where the unit is `dice`."""
    recharge: Rest | None = None
    """The rest after which all of it is back. What is back after a short rest is so after a long one, too."""
    one_back: Rest | None = None
    """The rest after which one use is back."""
    short_rest_from: int | None = None
    """Class level from which a short rest brings all of it back."""
    editions: tuple[Edition, ...] = BOTH
    aliases: tuple[str, ...] = ()

    def at(self, level: int) -> int | None:
        """The number at a class level; None before it begins, without a limit, and where an ability decides it."""
        if self.unlimited_from is not None and level >= self.unlimited_from:
            return None
        if self.per_level:
            return self.per_level * level if level >= self.first_level else None
        return max((value for start, value in self.steps.items() if level >= start), default=None)

    def recharge_at(self, level: int) -> Rest | None:
        """The rest that brings all of it back at this class level."""
        if self.short_rest_from is not None and level >= self.short_rest_from:
            return "short rest"
        return self.recharge


@cache
def resources() -> tuple[Resource, ...]:
    """All rows of both editions."""
    return rows("resources", Resource)


@cache
def _rows(edition: Edition) -> Mapping[tuple[str, str], Resource]:
    return {
        (key_of(name), row.class_id): row
        for row in resources()
        if edition in row.editions
        for name in (row.name, *row.aliases)
    }


def resource_row(name: str, class_id: str, edition: Edition) -> Resource | None:
    """The row of a name in any case ("Sneak Attack", "ki points"), of one class."""
    return _rows(edition).get((key_of(name), class_id))


def resource(name: str, class_id: str, level: int, edition: Edition) -> int | None:
    """The number at a class level.

    None if the class has no such thing or not yet, if it is unlimited, and if an ability modifier decides it.
    """
    row = resource_row(name, class_id, edition)
    return None if row is None else row.at(level)


def attacks_per_action(levels: Mapping[str, int], edition: Edition) -> int:
    """Attacks of one Attack action, of class id -> class level: the most that one class gives; they never add up."""
    return max((resource("attacks", name, level, edition) or 1 for name, level in levels.items()), default=1)
