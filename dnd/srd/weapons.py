"""The weapon tables: 37 rows in SRD 5.1, "Equipment" (Weapons), and 38 in SRD 5.2, "Equipment" (Weapons).

The editions differ in the lance, the trident, the war pick and the warhammer; the net is only in 5.1, firearms are only
in 5.2, and so is mastery.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from dnd.srd.edition import BOTH, Edition
from dnd.srd.tables import rows
from dnd.srd.wares import found_in, key_of, words_of

Property = Literal[
    "ammunition", "finesse", "heavy", "light", "loading", "reach", "special", "thrown", "two-handed", "versatile"
]
Mastery = Literal["cleave", "graze", "nick", "push", "sap", "slow", "topple", "vex"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weapon:
    """One row of the table."""

    name: str
    """As the edition 5.2 prints it ("Light Crossbow")."""
    category: Literal["simple", "martial"]
    kind: Literal["melee", "ranged"]
    dice: str | None = None
    """Damage in one hand ("1d8"; "1" for a blowgun); None for a net."""
    damage_type: Literal["bludgeoning", "piercing", "slashing"] | None = None
    properties: frozenset[Property] = frozenset()
    range_ft: tuple[int, int] | None = None
    """Normal and long range, thrown or shot."""
    versatile: str | None = None
    """Damage in two hands, for the versatile."""
    mastery: Mastery | None = None
    """5.2 only."""
    ammunition: str | None = None
    weight_lb: float = 0.0
    cost_cp: int
    editions: tuple[Edition, ...] = BOTH

    @property
    def abilities(self) -> tuple[Literal["str", "dex"], ...]:
        """What may be added to attack and damage: the choice is the wielder's where there are two."""
        if "finesse" in self.properties:
            return ("str", "dex")
        return ("str",) if self.kind == "melee" else ("dex",)


_AMMUNITION = frozenset(
    {"arrow", "arrows", "bolt", "bolts", "bullet", "bullets", "needle", "needles", "case", "quiver"}
)


@cache
def weapons(edition: Edition) -> Mapping[str, Weapon]:
    """Rows of an edition by name as printed in 5.2."""
    return {row.name: row for row in rows("weapons", Weapon) if edition in row.editions}


@cache
def _by_key(edition: Edition) -> Mapping[str, Weapon]:
    keys: dict[str, Weapon] = {}
    for name, row in weapons(edition).items():
        turned = "".join(reversed(words_of(name)))
        for key in (key_of(name), turned):
            keys |= {key: row, f"{key}s": row}
    keys["quarterstaves"] = keys["quarterstaff"]
    keys["crossbowslight"] = keys["lightcrossbow"]
    keys["crossbowsheavy"] = keys["heavycrossbow"]
    keys["crossbowshand"] = keys["handcrossbow"]
    return keys


def weapon_named(text: str, edition: Edition) -> Weapon | None:
    """The row that a name speaks of: "+1 longsword", "Long swords", "crossbow, light", "silvered dagger".

    Ammunition ("sling bullets") is no weapon.
    """
    keys = _by_key(edition)
    if not _AMMUNITION.isdisjoint(words_of(text)):
        return None
    return keys.get(key_of(text)) or found_in(text, keys)


def trained_with(training: Collection[str], weapon: Weapon, edition: Edition) -> bool:
    """Whether a list of trainings covers a weapon.

    A training is a category ("simple"), a category limited by a property ("martial:light") or a weapon's name in any
    form that `weapon_named` reads.
    """
    for entry in training:
        category, _, limit = entry.lower().partition(":")
        category = category.removesuffix(" weapons").removesuffix(" weapon")
        if category == weapon.category and (not limit or limit in weapon.properties):
            return True
        if category not in {"simple", "martial"} and weapon_named(entry, edition) == weapon:
            return True
    return False
