"""What a sheet says is worn: armour and shield, as far as it says so."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from dnd.rules.bearing import worn
from dnd.rules.reckoning import Reckoning
from dnd.sheets.sheet import CharacterSheet
from dnd.srd.armor import ARMOR, METAL, SHIELD, Armor, armor_named
from dnd.srd.near import fold
from dnd.srd.wares import magic_bonus

_BARE = frozenset(
    {"", "none", "no armor", "unarmored", "unarmored defense", "mage armor", "draconic resilience", "n a"}
)
_APART = re.compile(r"[,;/+]|\band\b|\bwith\b")
_PLUS = re.compile(r"[,\s]*\+\s?\d")
_NOT_WORN = re.compile(
    r"\b(?:scrolls?|spells?|potions?|wands?|rings?(?! mail)|staffs?|rods?|brooch|sheaths?|polish|barding)\b",
    re.IGNORECASE,
)
_SUITS: Mapping[str, tuple[str, ...]] = {
    "elven chain": ("Chain Shirt", "Chain Mail"),
    "efreeti chain": ("Chain Mail",),
    "demon armor": ("Plate Armor",),
    "armor of invulnerability": ("Plate Armor",),
    "armor of vulnerability": ("Plate Armor",),
    "armor of etherealness": ("Plate Armor",),
    "dwarven plate": ("Plate Armor", "Half Plate Armor"),
}
"""Magic suits whose name does not say the row, or whose row is the wearer's choice (SRD, Magic Items A-Z)."""


@dataclass(frozen=True, slots=True)
class Suit:
    """A suit of armour as named on the sheet."""

    armor: Armor
    name: str

    @property
    def metal(self) -> bool:
        """Whether the name leaves it the metal that such armour is made of."""
        return self.armor.name in METAL and _OTHER_STUFF.search(self.name) is None


_OTHER_STUFF = re.compile(
    r"\b(?:bone|wood(?:en)?|ironwood|chitin|shell|dragon|bark|leather|hide|coral|stone)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Outfit:
    """The suits that may be worn (None: no armour), and the bonuses that a shield may give (0: no shield)."""

    suits: tuple[Suit | None, ...]
    shields: tuple[int, ...]

    @property
    def suit(self) -> Suit | None:
        """The suit surely worn."""
        return self.suits[0] if len({each.armor for each in self.suits if each}) == len(self.suits) == 1 else None

    @property
    def bare(self) -> bool:
        """Whether surely no armour is worn."""
        return self.suits == (None,)

    @property
    def shield(self) -> bool | None:
        """Whether a shield is carried; None where the sheet leaves it open."""
        return None if min(self.shields) == 0 < max(self.shields) else min(self.shields) > 0


@lru_cache(maxsize=1024)
def suits_named(text: str) -> tuple[Suit, ...]:
    """The body armour that a name speaks of; several where the name leaves the choice; none for anything else."""
    folded = fold(_PLUS.sub("", text))
    rows = next((names for name, names in _SUITS.items() if name in folded), None)
    if rows is not None:
        return tuple(Suit(row, text) for row in ARMOR if row.name in rows)
    row = armor_named(text)
    if row is None or row.category == "shield" or _NOT_WORN.search(text):
        return ()
    return (Suit(row, text),)


@lru_cache(maxsize=1024)
def shield_named(text: str) -> int | None:
    """The bonus of the shield that a name speaks of: 3 for a "+1 Shield"; None for anything else."""
    if _NOT_WORN.search(text) or "shield" not in text.lower():
        return None
    row = armor_named(text)
    return SHIELD.base + magic_bonus(text) if row is SHIELD else None


@lru_cache(maxsize=8)
def outfit_of(person: Reckoning) -> Outfit | None:
    """The outfit; None where armour is named that the tables do not have."""
    suits = _suits(person.sheet)
    return None if suits is None else Outfit(suits, _shields(person.sheet))


def _suits(sheet: CharacterSheet) -> tuple[Suit | None, ...] | None:
    for text in (sheet.armor, sheet.armor_note):
        if text is None:
            continue
        named = _named_in(text)
        if named:
            return named
        if fold(text) in _BARE:
            return (None,)
        if text is sheet.armor and shield_named(text) is None:
            return None
    return _owned(sheet)


def _named_in(text: str) -> tuple[Suit, ...]:
    """The suit that a text names, alone or beside other things: "chain shirt, shield"."""
    whole = suits_named(text)
    if whole:
        return whole
    parts = (suits_named(part) for part in _APART.split(text))
    return next((named for named in parts if named), ())


def _owned(sheet: CharacterSheet) -> tuple[Suit | None, ...]:
    """The armour of the equipment: that marked as worn; else any of it, or none."""
    found = [(suit, item.equipped) for item in sheet.equipment for suit in suits_named(item.name)]
    marked = tuple(suit for suit, equipped in found if equipped)
    if marked:
        return marked
    return (*(suit for suit, equipped in found if equipped is None), None)


def _shields(sheet: CharacterSheet) -> tuple[int, ...]:
    named = tuple(_shield_names(sheet))
    bonuses = tuple(sorted({bonus for bonus, _ in named}))
    if sheet.shield is not None:
        return (bonuses or (SHIELD.base,)) if sheet.shield else (0,)
    marked = tuple(sorted({bonus for bonus, equipped in named if equipped}))
    if marked:
        return marked
    return (0, *sorted({bonus for bonus, equipped in named if equipped is None}))


def _shield_names(sheet: CharacterSheet) -> Iterator[tuple[int, bool | None]]:
    for text in (sheet.armor, sheet.armor_note):
        for part in _APART.split(text) if text else ():
            if (bonus := shield_named(part)) is not None:
                yield max(bonus, shield_named(text or "") or 0), True
    for item in sheet.equipment:
        if (bonus := shield_named(item.name)) is not None:
            yield bonus, item.equipped
    for weapon in sheet.weapons:
        if (bonus := shield_named(weapon.name)) is not None:
            yield bonus, True


def suit_bonus(suit: Suit, person: Reckoning) -> int:
    """The magic bonus of a suit: the +N of its name, or what the named item gives."""
    plus = magic_bonus(suit.name)
    named = fold(suit.name)
    own = (each.effect.armor_class for each in worn(person) if fold(each.effect.name) in named)
    return plus or max(own, default=0)
