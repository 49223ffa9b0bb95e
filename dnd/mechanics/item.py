"""The numbers of an item: those of the SRD where it has it, those of its rarity where it has not."""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import cast

from dnd.errors import FieldError, InvalidParametersError
from dnd.sheets.item import MagicItem
from dnd.sheets.spell import SpellMention
from dnd.srd import catalogue
from dnd.srd.edition import Edition
from dnd.srd.items import RARITY_BY_BONUS, SCROLLS, BonusKind, item_value_gp
from dnd.srd.names import find_magic_item, find_spell
from dnd.srd.vocabulary import Rarity

MUNDANE = "mundane"
_USUAL = (MUNDANE, "common", "uncommon", "uncommon", "rare")
"""What an item is when nobody says: mostly small things."""
_ATTUNED = frozenset({"rare", "very rare", "legendary", "artifact"})
"""Rarities whose items usually ask for attunement."""
_BONUS_KINDS: Mapping[str, BonusKind] = {
    "armor": "armor",
    "armour": "armor",
    "mail": "armor",
    "plate": "armor",
    "breastplate": "armor",
    "shield": "shield",
    "arrow": "ammunition",
    "bolt": "ammunition",
    "bullet": "ammunition",
    "ammunition": "ammunition",
    "wand": "wand",
}
"""Words of a category → what a plain bonus is on; everything else is a weapon."""


@dataclass(frozen=True, slots=True)
class ItemWish:
    """What is asked of an item; empty texts and None leave the choice to code."""

    name: str = ""
    category: str = ""
    rarity: str = ""
    attunement: bool | None = None
    bonus: int | None = None
    spell: str = ""


def build_item(wish: ItemWish, edition: Edition, rng: Random) -> MagicItem | None:
    """The numbers of the item; None for one without magic.

    Raises:
        InvalidParametersError: no such spell, or a rarity that the SRD's item of the name or the bonus does not have.
    """
    if wish.spell:
        return _scroll(wish, edition)
    known = find_magic_item(wish.name, edition) if wish.name else None
    if known is not None and known.rarities:
        return _of_catalogue(known, wish, edition)
    rarity = wish.rarity or (_by_bonus(wish) if wish.bonus else rng.choice(_USUAL))
    if rarity == MUNDANE:
        return None
    if wish.bonus and rarity != _by_bonus(wish):
        raise _fault("/subject/rarity", f"an item that gives +{wish.bonus} of this kind is {_by_bonus(wish)}")
    attunement = wish.attunement if wish.attunement is not None else rarity in _ATTUNED and not wish.bonus
    return MagicItem.model_validate(
        {
            "name": wish.name or None,
            "category": wish.category or None,
            "rarity": rarity,
            "attunement": attunement,
            "bonus": wish.bonus,
            "price": _price(rarity, edition),
        }
    )


def _fault(path: str, message: str) -> InvalidParametersError:
    return InvalidParametersError(message, [FieldError(path, message)])


def _price(rarity: str, edition: Edition, *, consumable: bool = False) -> str | None:
    """With its coin; SRD 5.1 gives no values."""
    value = item_value_gp(cast("Rarity", rarity), consumable=consumable) if edition == "5.2" else None
    return None if value is None else f"{value:,} gp"


def _by_bonus(wish: ItemWish) -> str:
    words = wish.category.lower().split()
    kinds: list[BonusKind] = [*(_BONUS_KINDS[word] for word in words if word in _BONUS_KINDS), "weapon"]
    return RARITY_BY_BONUS[kinds[0]][wish.bonus or 1]


def _scroll(wish: ItemWish, edition: Edition) -> MagicItem:
    spell = find_spell(wish.spell, edition)
    if spell is None:
        raise _fault("/subject/spell", f"the SRD of {edition} has no spell {wish.spell[:60]!r}")
    row = SCROLLS[spell.level]
    if wish.rarity and wish.rarity != row.rarity:
        raise _fault("/subject/rarity", f"a scroll of a spell of level {spell.level} is {row.rarity}")
    return MagicItem.model_validate(
        {
            "name": wish.name or f"Spell Scroll of {spell.name}",
            "category": "scroll",
            "rarity": row.rarity,
            "attunement": False,
            "consumable": True,
            "price": f"{row.scribing_gp * 2:,} gp" if edition == "5.2" else None,
            "spell": SpellMention(name=spell.name, level=spell.level, school=spell.school),
            "spell_level": spell.level,
            "save_dc": row.save_dc,
            "attack_bonus": row.attack_bonus,
        }
    )


def _of_catalogue(known: catalogue.MagicItem, wish: ItemWish, edition: Edition) -> MagicItem:
    """The SRD's item: what the caller says must agree with it."""
    rarity = wish.rarity or known.rarities[0]
    if rarity not in known.rarities:
        raise _fault("/subject/rarity", f"{known.name} is {' or '.join(known.rarities)} in the SRD of {edition}")
    if wish.attunement is not None and wish.attunement is not known.attunement:
        says = "requires" if known.attunement else "requires no"
        raise _fault("/subject/requires_attunement", f"{known.name} {says} attunement in the SRD of {edition}")
    return MagicItem.model_validate(
        {
            "name": wish.name,
            "category": wish.category or known.category,
            "rarity": rarity,
            "attunement": known.attunement,
            "attunement_by": known.attunement_by,
            "bonus": known.bonus,
            "charges": known.charges,
            "consumable": known.consumable,
            "price": _price(rarity, edition, consumable=known.consumable),
        }
    )


def describe(item: MagicItem | None) -> list[str]:
    """What a writer must know of the item, one statement a line."""
    if item is None:
        return ["without magic; needs no attunement"]
    lines = [f"rarity {item.rarity}; " + ("needs attunement" if item.attunement else "needs no attunement")]
    if item.spell is not None:
        lines.append(f"a scroll that holds the spell {item.spell.name} and is gone once it has been read")
    if item.bonus:
        lines.append("better in use than any of its kind without magic, always")
    if item.charges:
        lines.append("its power is spent in charges and comes back")
    if item.consumable and item.spell is None:
        lines.append("used up when used")
    if item.attunement_by:
        lines.append("only for: " + ", ".join(item.attunement_by))
    return lines
