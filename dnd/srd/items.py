"""Magic items as numbers: value, rarity by level, scrolls, what they set and what they add.

SRD 5.1, "Magic Items"; SRD 5.2, "Magic Items" (Magic Item Rarity, Magic Items A-Z), "Equipment" (Scribing Spell
Scrolls) and "Character Creation" (Starting at Higher Levels). The items themselves are in the generated catalogue.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from dnd.srd.abilities import Ability
from dnd.srd.edition import BOTH, Edition
from dnd.srd.tables import rows
from dnd.srd.vocabulary import Rarity
from dnd.srd.wares import key_of

ATTUNEMENT_LIMIT = 3
"""Both editions, before features."""

VALUE_GP: Mapping[Rarity, int] = {
    "common": 100,
    "uncommon": 400,
    "rare": 4_000,
    "very rare": 40_000,
    "legendary": 200_000,
}
"""5.2. An artifact has no price; a consumable item but a scroll is worth half; mundane armour or weapon is added."""

LEVEL_BY_RARITY: Mapping[Rarity, int] = {
    "common": 1,
    "uncommon": 1,
    "rare": 5,
    "very rare": 11,
    "legendary": 17,
    "artifact": 17,
}
"""Character level from which a rarity is usual: a guideline drawn from the 5.2 starting table, not a rule."""

BonusKind = Literal["weapon", "ammunition", "armor", "shield", "wand"]
RARITY_BY_BONUS: Mapping[BonusKind, Mapping[int, Rarity]] = {
    "weapon": {1: "uncommon", 2: "rare", 3: "very rare"},
    "ammunition": {1: "uncommon", 2: "rare", 3: "very rare"},
    "armor": {1: "rare", 2: "very rare", 3: "legendary"},
    "shield": {1: "uncommon", 2: "rare", 3: "very rare"},
    "wand": {1: "uncommon", 2: "rare", 3: "very rare"},
}
"""Rarity of an item that is nothing but +1, +2 or +3 (the wand is that of the war mage); both editions."""


@dataclass(frozen=True, slots=True)
class HigherStart:
    """What a character that begins at these levels has beside the starting equipment (5.2)."""

    levels: tuple[int, int]
    gold: int
    """Gold pieces for certain."""
    gold_per_pip: int
    """Gold pieces more for each pip of one ten-sided die."""
    items: Mapping[Rarity, int]

    @property
    def most_gold(self) -> int:
        """Gold pieces with the highest roll."""
        return self.gold + 10 * self.gold_per_pip


HIGHER_STARTS: tuple[HigherStart, ...] = (
    HigherStart((2, 4), 0, 0, {"common": 1}),
    HigherStart((5, 10), 500, 25, {"common": 1, "uncommon": 1}),
    HigherStart((11, 16), 5_000, 250, {"common": 2, "uncommon": 3, "rare": 1}),
    HigherStart((17, 20), 20_000, 250, {"common": 2, "uncommon": 4, "rare": 3, "very rare": 1}),
)


def higher_start(level: int) -> HigherStart | None:
    """The row of a starting level; None for level 1 and for what is no level."""
    return next((row for row in HIGHER_STARTS if row.levels[0] <= level <= row.levels[1]), None)


@dataclass(frozen=True, slots=True)
class Scroll:
    """A spell scroll by the level of its spell; both editions."""

    rarity: Rarity
    save_dc: int
    attack_bonus: int
    scribing_gp: int
    """What scribing it costs (5.2); it is worth twice that."""


SCROLLS: tuple[Scroll, ...] = (
    Scroll("common", 13, 5, 15),
    Scroll("common", 13, 5, 25),
    Scroll("uncommon", 13, 5, 100),
    Scroll("uncommon", 15, 7, 150),
    Scroll("rare", 15, 7, 1_000),
    Scroll("rare", 17, 9, 1_500),
    Scroll("very rare", 17, 9, 10_000),
    Scroll("very rare", 18, 10, 12_500),
    Scroll("very rare", 18, 10, 15_000),
    Scroll("legendary", 19, 11, 50_000),
)
"""By spell level, 0 (cantrip) to 9."""


def item_value_gp(rarity: Rarity, *, consumable: bool = False, mundane_gp: int = 0) -> int | None:
    """Gold pieces that an item is worth in 5.2; None for an artifact.

    `mundane_gp` is the price of the armour or weapon that carries the magic.
    """
    value = VALUE_GP.get(rarity)
    return None if value is None else (value // 2 if consumable else value) + mundane_gp


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemEffect:
    """What wearing, holding or having used an item does to a sheet."""

    name: str
    sets: Ability | None = None
    """The score becomes `score` unless it is higher."""
    raises: Ability | None = None
    """The score grows by `amount`, up to `cap`. A 5.1 tome or manual raises the maximum of the score as much."""
    score: int = 0
    amount: int = 0
    cap: int | None = None
    armor_class: int = 0
    """Bonus to Armor Class, beyond that of a shield or suit of armour itself."""
    base_armor_class: int | None = None
    """Armor Class before Dexterity, without armour."""
    saves: int = 0
    spell_attacks: int = 0
    spell_saves: int = 0
    checks: int = 0
    proficiency: int = 0
    walking_speed: int | None = None
    """Feet that the speed becomes unless it is higher."""
    without_armor: bool = False
    """Only without armour (and, where it says so, without a shield)."""
    passing: bool = False
    """For a time only, as a potion."""
    editions: tuple[Edition, ...] = BOTH


@cache
def item_effects(edition: Edition) -> tuple[ItemEffect, ...]:
    """Every item of the SRD that changes a number of its owner's sheet for as long as it is worn, or for good."""
    return tuple(row for row in rows("item_effects", ItemEffect) if edition in row.editions)


@cache
def _by_key(edition: Edition) -> Mapping[str, ItemEffect]:
    return {key_of(row.name): row for row in item_effects(edition)}


def item_effect(name: str, edition: Edition) -> ItemEffect | None:
    """The effect of an item by its name in any case; None for an item that changes nothing on a sheet."""
    return _by_key(edition).get(key_of(name))


def score_setters(ability: Ability, edition: Edition) -> tuple[ItemEffect, ...]:
    """Items that set a score, the weakest first."""
    found = (row for row in item_effects(edition) if row.sets == ability)
    return tuple(sorted(found, key=lambda row: row.score))
