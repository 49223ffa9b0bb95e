"""How people write the parts of a stat block, brought into one form."""

import re
from collections.abc import Mapping
from typing import Any, cast

from dnd.sheets.abilities import to_ability
from dnd.sheets.block import SECTIONS
from dnd.sheets.casting_text import is_spellcasting, read_spellcasting
from dnd.sheets.document import entries
from dnd.sheets.values import to_number, to_texts

_SIZES = r"tiny|small|medium|large|huge|gargantuan"
_HEADER = re.compile(
    rf"^\s*(?P<sizes>(?:{_SIZES})(?:\s+or\s+(?:{_SIZES}))?)\s+(?P<type>(?!or\b)[^,(]+?)\s*(?:\((?P<tags>[^)]*)\))?\s*(?:,\s*(?P<alignment>.+))?$",
    re.IGNORECASE,
)
_MODES = re.compile(r"(?:(walk|fly|swim|climb|burrow|hover)\s*)?(\d{1,4})\s*(?:ft\.?|feet)", re.IGNORECASE)
_SENSE = re.compile(r"(blindsight|darkvision|tremorsense|truesight)\s+(\d{1,4})", re.IGNORECASE)
_PASSIVE = re.compile(r"passive perception\s*:?\s*(\d{1,3})", re.IGNORECASE)
_BONUS = re.compile(r"([A-Za-z][A-Za-z ]*?)\s*:?\s*([+\-−–]\s?\d{1,3})")
_HIT_DICE = re.compile(r"\(?\s*(\d{1,4}\s*d\s*\d{1,3}[^)]*)\)?", re.IGNORECASE)
_XP = re.compile(r"(\d[\d,]*)\s*XP|XP\s*:?\s*(\d[\d,]*)", re.IGNORECASE)


def settle(values: dict[str, Any]) -> dict[str, Any]:
    """The fields of a stat block in canonical shape; what cannot be understood is left for the model to refuse."""
    for part in SECTIONS:
        if part in values:
            values[part] = entries(values[part], "name", "text")
    _header(values)
    _armor(values)
    _hits(values)
    _speeds(values)
    _bonuses(values)
    _senses(values)
    _challenge(values)
    if "spellcasting" not in values and (found := _casting(values)):
        values["spellcasting"] = found
    return values


def _casting(values: dict[str, Any]) -> dict[str, Any] | None:
    """What the trait or action of that name tells; of two the one with slots."""
    parts = (entry for section in ("traits", "actions") for entry in values.get(section, ()))
    found = [
        casting
        for entry in parts
        if isinstance(entry, Mapping) and (casting := _told(cast("Mapping[str, Any]", entry)))
    ]
    return next((casting for casting in found if "slots" in casting), found[0] if found else None)


def _told(entry: Mapping[str, Any]) -> dict[str, Any]:
    name, text = entry.get("name"), entry.get("text", entry.get("desc", entry.get("description")))
    return read_spellcasting(text) if isinstance(name, str) and isinstance(text, str) and is_spellcasting(name) else {}


def _header(values: dict[str, Any]) -> None:
    sizes = values.get("sizes")
    if isinstance(sizes, str):
        match = _HEADER.match(sizes)
        if match:
            for name in ("type", "tags", "alignment"):
                if match[name] and not values.get(name):
                    values[name] = match[name]
            sizes = match["sizes"]
        values["sizes"] = tuple(part.strip().lower() for part in re.split(r"\bor\b|,|/", sizes) if part.strip())
    elif sizes is not None:
        named = to_texts(sizes)
        lower = isinstance(named, tuple)
        values["sizes"] = tuple(str(name).lower() for name in cast("tuple[Any, ...]", named)) if lower else named
    kind = values.get("type")
    if isinstance(kind, str):
        match = re.match(r"\s*([^(]+?)\s*\(([^)]*)\)\s*$", kind)
        if match:
            values["type"] = match[1]
            values.setdefault("tags", match[2])
        values["type"] = str(values["type"]).strip().lower()


def _armor(values: dict[str, Any]) -> None:
    """`15 (leather, shield)`, an object, or a list of such objects of which the last is what is worn."""
    armor = values.get("armor_class")
    if isinstance(armor, tuple):
        parts = [part for part in cast("tuple[Any, ...]", armor) if not _conditional(part)]
        armor = values["armor_class"] = parts[-1] if parts else None
    if isinstance(armor, Mapping):
        inner = cast("Mapping[str, Any]", armor)
        values["armor_class"] = inner.get("value", inner.get("ac"))
        note = inner.get("note", inner.get("desc", inner.get("type")))
        if isinstance(note, str) and note not in {"dex", "armor"}:
            values.setdefault("armor_note", "natural armor" if note == "natural" else note)
    elif isinstance(armor, str) and (match := re.search(r"\(([^)]*)\)", armor)):
        values.setdefault("armor_note", match[1])
        values["armor_class"] = armor[: match.start()]


def _conditional(part: object) -> bool:
    """Whether an armour class is what a spell or a condition makes of it."""
    return isinstance(part, Mapping) and cast("Mapping[str, Any]", part).get("type") in {"spell", "condition"}


def _hits(values: dict[str, Any]) -> None:
    """`45 (6d10 + 12)` is a number and dice; `+2 (12)` a bonus and a score."""
    hits = values.get("hit_points")
    if isinstance(hits, Mapping):
        inner = cast("Mapping[str, Any]", hits)
        values.setdefault("hit_dice", inner.get("dice", inner.get("formula", inner.get("hit_dice"))))
        hits = values["hit_points"] = inner.get("average", inner.get("value", inner.get("max")))
    if isinstance(hits, str) and (match := _HIT_DICE.search(hits)):
        values.setdefault("hit_dice", match[1])
        values["hit_points"] = hits[: match.start()]
    start = values.get("initiative")
    if isinstance(start, str) and (match := re.search(r"\((\d{1,3})\)", start)):
        values.setdefault("initiative_score", match[1])
        values["initiative"] = start[: match.start()]


def _speeds(values: dict[str, Any]) -> None:
    stated = values.get("speeds")
    if isinstance(stated, str):
        found = {(mode or "walk").lower(): int(feet) for mode, feet in _MODES.findall(stated)}
        values["speeds"] = found or ({"walk": to_number(stated)} if to_number(stated) is not None else {})
    elif isinstance(stated, int):
        values["speeds"] = {"walk": stated}
    elif isinstance(stated, Mapping):
        pairs = cast("Mapping[Any, Any]", stated).items()
        values["speeds"] = {str(mode).lower(): feet for mode, feet in pairs if str(mode).lower() != "hover"}
    elif "speeds" in values:
        del values["speeds"]


def _bonuses(values: dict[str, Any]) -> None:
    for name in ("saving_throws", "skills"):
        stated = values.get(name)
        if isinstance(stated, str):
            stated = {found.strip(): bonus for found, bonus in _BONUS.findall(stated)}
        if not isinstance(stated, Mapping):
            values.pop(name, None)
            continue
        pairs = cast("Mapping[Any, Any]", stated).items()
        fold = name == "saving_throws"
        values[name] = {str(to_ability(str(key)) if fold else str(key).strip()): bonus for key, bonus in pairs}


def _senses(values: dict[str, Any]) -> None:
    stated = values.get("senses")
    if isinstance(stated, tuple):
        stated = ", ".join(str(entry) for entry in cast("tuple[Any, ...]", stated))
    if isinstance(stated, str):
        if match := _PASSIVE.search(stated):
            values.setdefault("passive_perception", match[1])
        values["senses"] = {name.lower(): int(feet) for name, feet in _SENSE.findall(stated)}
    elif isinstance(stated, Mapping):
        inner = {str(name).lower().replace("_", " "): feet for name, feet in cast("Mapping[Any, Any]", stated).items()}
        passive = inner.pop("passive perception", None)
        if passive is not None:
            values.setdefault("passive_perception", passive)
        values["senses"] = inner
    elif "senses" in values:
        del values["senses"]


def _challenge(values: dict[str, Any]) -> None:
    stated = values.get("challenge_rating")
    if isinstance(stated, str):
        if match := _XP.search(stated):
            values.setdefault("experience", match[1] or match[2])
        if match := re.search(r"(?:PB|proficiency bonus)\s*:?\s*([+\-]?\d)", stated):
            values.setdefault("proficiency_bonus", match[1])
        values["challenge_rating"] = stated.split("(")[0]
