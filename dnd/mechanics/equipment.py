"""What a character carries, with the figures of the SRD."""

from pydantic import Field

from dnd.errors import FieldError, InvalidParametersError
from dnd.mechanics.career import titled
from dnd.mechanics.computed import Computed
from dnd.sheets.sheet import CharacterSheet
from dnd.srd.armor import SHIELD, armor_named
from dnd.srd.catalogue import gear, magic_items
from dnd.srd.classes import class_named
from dnd.srd.edition import Edition
from dnd.srd.near import fold
from dnd.srd.weapons import weapon_named

MOST_PIECES = 8
MOST_NAME_WORDS = 8


class Piece(Computed):
    """One possession."""

    name: str
    quantity: int = 1
    figures: str | None = Field(default=None, description="What the SRD says of it; None when it does not have it.")
    rarity: str | None = Field(default=None, description="Of a magic item of the SRD.")


class Pack(Computed):
    """What is carried, as far as it wants a story."""

    pieces: tuple[Piece, ...]


def pack_of(sheet: CharacterSheet, edition: Edition) -> Pack:
    """The possessions of `sheet`, the first eight; without any, what the class starts with.

    Raises:
        InvalidParametersError: there are no possessions and no class of the SRD either.
    """
    stated = {entry.name: max(entry.quantity or 1, 1) for entry in sheet.equipment if _usable(entry.name)}
    for name in sheet.attuned:
        stated.setdefault(name, 1)
    items = stated or _starting(sheet, edition)
    return Pack(pieces=tuple(_piece(name, number, edition) for name, number in list(items.items())[:MOST_PIECES]))


def _usable(name: str) -> bool:
    return bool(name.strip()) and len(name.split()) <= MOST_NAME_WORDS


def _starting(sheet: CharacterSheet, edition: Edition) -> dict[str, int]:
    table = class_named(sheet.classes[0].name, edition) if sheet.classes else None
    if table is None:
        message = "possessions are needed here, or a class of the SRD to start with"
        raise InvalidParametersError(message, [FieldError("/subject/equipment", message)])
    found: dict[str, int] = {}
    for group in table.packages():
        for name, number in group[0].items.items():
            if not name.startswith("any "):
                found[titled(name)] = number
    return found


def _piece(name: str, number: int, edition: Edition) -> Piece:
    magic = magic_items(edition).get(fold(name))
    rarity = magic.rarities[0] if magic is not None and magic.rarities else None
    return Piece(name=name, quantity=number, figures=_figures(name, edition), rarity=rarity)


def _figures(name: str, edition: Edition) -> str | None:
    """The line of the SRD's table for a name."""
    weapon = weapon_named(name, edition)
    if weapon is not None:
        harm = f"{weapon.dice} {weapon.damage_type}" if weapon.dice else "no damage"
        return f"{harm}; {', '.join(sorted(weapon.properties)) or 'no properties'}"
    armor = armor_named(name)
    if armor is not None:
        if armor is SHIELD:
            return f"AC +{armor.base}"
        return f"AC {armor.base}, {armor.category} armor"
    row = gear(edition).get(fold(name))
    if row is None or row.cost_cp is None:
        return None
    weight = f", {row.weight_lb:g} lb." if row.weight_lb is not None else ""
    return f"{row.cost_cp / 100:g} gp{weight}"


def describe(pack: Pack) -> list[str]:
    """What a writer must know of the pack, one statement a line."""
    lines: list[str] = []
    for piece in pack.pieces:
        many = f"{piece.quantity} of them" if piece.quantity > 1 else "one"
        magic = f", magic, {piece.rarity}" if piece.rarity else ""
        lines.append(f"wants words, item `{piece.name}`: {many}{magic}")
    return lines
