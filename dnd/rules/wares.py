"""Finding the things of a sheet in the catalogues, whatever their owner calls them."""

import re
from functools import lru_cache

from dnd.srd.armor import Armor, armor_named
from dnd.srd.catalogue import Gear, MagicItem
from dnd.srd.edition import Edition
from dnd.srd.names import find_gear, find_magic_item
from dnd.srd.wares import key_of, words_of
from dnd.srd.weapons import Weapon, weapon_named

_COUNT = re.compile(r"^\s*\d{1,4}\s*[x×]?\s+|\s*[x×]\s*\d{1,4}\s*$")
_BRACKETS = re.compile(r"\s*[(\[][^)\]]*[)\]]")
_COINS = (("gp", 100), ("sp", 10), ("cp", 1))


@lru_cache(maxsize=4096)
def plain_name(text: str) -> str:
    """A thing's name without its number and what stands in brackets: "20 Arrows (silvered)" is Arrows."""
    return _COUNT.sub("", _BRACKETS.sub("", text)).strip() or text


@lru_cache(maxsize=4096)
def gear_of(text: str, edition: Edition) -> Gear | None:
    """The row of the equipment lists that a name speaks of; None for anything else, magic items too."""
    return find_gear(text, edition) or find_gear(plain_name(text), edition)


@lru_cache(maxsize=4096)
def item_of(text: str, edition: Edition) -> MagicItem | None:
    """The SRD's magic item that a name speaks of."""
    return find_magic_item(text, edition) or find_magic_item(plain_name(text), edition)


@lru_cache(maxsize=4096)
def armor_of(text: str) -> Armor | None:
    """The row of the armor table that a name speaks of."""
    return armor_named(text)


@lru_cache(maxsize=4096)
def weapon_of(text: str, edition: Edition) -> Weapon | None:
    """The row of the weapon table that a name speaks of."""
    return weapon_named(text, edition)


@lru_cache(maxsize=4096)
def known_thing(text: str, edition: Edition) -> bool:
    """Whether the name is one of the equipment lists, or begins with a weapon or armour of the tables."""
    return bool(gear_of(text, edition) or armor_of(text) or weapon_of(text, edition))


@lru_cache(maxsize=4096)
def is_plain(text: str, name: str) -> bool:
    """Whether `text` says no more than the row's name, its plural, another order of its words, or a bonus."""
    said, meant = plain_name(text), name
    return _one(said) == _one(meant) or sorted(_words(said)) == sorted(_words(meant))


def _one(text: str) -> str:
    return key_of(" ".join(_words(text)))


def _words(text: str) -> list[str]:
    words = words_of(text.lower().replace("armour", "armor"))
    return [word.removesuffix("s") for word in words if word != "armor"]


def price_text(copper: int | float) -> str:
    """A price in the largest coin that gives a whole number: 1500 is "15 gp", 25 "25 cp"."""
    whole = round(copper)
    coin, worth = next((pair for pair in _COINS if whole % pair[1] == 0), _COINS[-1])
    return f"{whole // worth:,} {coin}"
