"""Magic items of both editions as rows of the catalogue."""

import re

from dnd.srd.catalogue import MagicItem
from scripts.catalogue.wheels import Record, srd_51, srd_52, text_of, texts

_RARITIES = ("very rare", "uncommon", "common", "rare", "legendary", "artifact")
"""Longest first, so that "very rare" is not read as "rare"."""
_RARITY = re.compile(r"\b(" + "|".join(_RARITIES) + r")\b")
_ORDER = ("common", "uncommon", "rare", "very rare", "legendary", "artifact")
_TYPE_LINE = re.compile(r"^(?P<category>[a-z ]+?)(?: \((?P<base>[^)]*)\))?,\s")
_ATTUNEMENT = re.compile(r"\(requires attunement(?: by an? (?P<by>[^)]*)| (?P<when>[^)]*))?\)")
_CLASSES = (
    *("artificer", "barbarian", "bard", "cleric", "druid", "fighter", "monk", "paladin", "ranger", "rogue"),
    *("sorcerer", "warlock", "wizard"),
)
_CASTERS = (*_CLASSES, "spellcaster")
_BONUS = re.compile(
    r"(?:gain|have|grants?|confers?)(?: you)? an? (?:magical )?\+(\d) bonus to "
    r"(?:the |both )?(?:AC|Armor Class|attack rolls? and damage|attack and damage|attack rolls)",
    re.IGNORECASE,
)
_NAMED_BONUS = re.compile(r", \+(\d)$")
_CHARGES = re.compile(r"\b(?:has|have|holds|of its) (\d+) charges\b", re.IGNORECASE)
_USED_UP = re.compile(
    r"^(Ammunition|Arrow of Slaying|Bead|Candle of Invocation|Dust|Marvelous Pigments|Restorative Ointment"
    r"|Sovereign Glue|Universal Solvent)\b|Elemental Gem|Feather Token"
)
"""Items that are gone once used, beside potions and scrolls."""
_CATEGORIES = {
    "wondrous items": "wondrous item",
    "wondous item": "wondrous item",
}


def _attunement(line: str) -> tuple[bool, tuple[str, ...], str]:
    """Whether a type line asks for attunement, by which classes, and what else it asks for."""
    found = _ATTUNEMENT.search(line)
    if not found:
        return False, (), ""
    by = found["by"] or ""
    classes = tuple(word for word in re.findall(r"[a-z]+", by) if word in _CASTERS)
    return True, classes, "" if classes else by or found["when"] or ""


def magic_item(name: str, line: str, text: str) -> MagicItem:
    """A row from an item's name, its type line ("Ring, rare (requires attunement)") and its description."""
    line = line.lower()
    kind = _TYPE_LINE.match(line)
    if not kind:
        raise ValueError(f"{name}: no category in {line!r}")
    category = _CATEGORIES.get(kind["category"], kind["category"])
    found = set(_RARITY.findall(line[kind.end() :]))
    attuned, by, note = _attunement(line)
    bonus = _NAMED_BONUS.search(name) or _BONUS.search(text)
    charges = _CHARGES.search(text)
    return MagicItem(
        name=name,
        category=category,
        base=kind["base"] or "",
        rarities=tuple(rarity for rarity in _ORDER if rarity in found),
        attunement=attuned,
        attunement_by=by,
        attunement_note=note,
        bonus=int(bonus[1]) if bonus and ", +1, +2" not in name else None,
        consumable=category in {"potion", "scroll"} or bool(_USED_UP.search(name)),
        charges=int(charges[1]) if charges else None,
    )


def _of_51(record: Record) -> MagicItem:
    line, *_ = texts(record, "desc")
    return magic_item(text_of(record, "name"), line, text_of(record, "desc"))


def _of_52(record: Record) -> MagicItem:
    return magic_item(text_of(record, "name"), text_of(record, "type_line"), text_of(record, "description"))


def magic_items_51() -> list[MagicItem]:
    """The magic items of SRD 5.1; of two entries with one name the variant with a rarity of its own stands."""
    rows: dict[str, MagicItem] = {}
    for record in srd_51("MagicItems"):
        row = _of_51(record)
        rows[row.name] = row
    return list(rows.values())


def magic_items_52() -> list[MagicItem]:
    """The magic items of SRD 5.2."""
    return [_of_52(record) for record in srd_52("magic_items")]
