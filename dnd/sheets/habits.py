"""How people write the parts of a character sheet, brought into one form."""

import re
from collections.abc import Mapping
from typing import Any, cast

from dnd.sheets.abilities import to_ability
from dnd.sheets.document import entries
from dnd.sheets.sheet import read_classes
from dnd.sheets.values import to_number

_SPEED = re.compile(r"(?:(walk|fly|swim|climb|burrow)\s*)?(\d{1,4})\s*(?:ft\.?|feet)?", re.IGNORECASE)
_MARKED = re.compile(r"\s*([A-Za-z][A-Za-z' ]*?)\s*:?\s*([+\-−–]?\s?\d+)?\s*(\([^)]*\))?\s*$")
_SENSES = {
    "darkvision": re.compile(r"darkvision\D{0,10}(\d{1,4})", re.IGNORECASE),
    "passive_perception": re.compile(r"passive[ _](?:wisdom \()?perception\D{0,5}(\d{1,4})", re.IGNORECASE),
}
_DETAILS = {"weapons": "attack_bonus", "equipment": "quantity", "features": "value", "increases": "amount"}
"""Fields that hold lists, with what a bare detail beside a name says of the entry."""
_FEW_SAVES, _FEW_SKILLS = 5, 12
"""A list of so many names the proficient ones; a longer one names them all."""
_LEVELLED = re.compile(r"\s*(?:\d(?:st|nd|rd|th)?(?:[ _-]?level)?|level[ _]?\d)\s*", re.IGNORECASE)
_METHODS = {
    "standard": "standard_array",
    "array": "standard_array",
    "point": "point_buy",
    "buy": "point_buy",
    "roll": "rolled",
}


def settle(values: dict[str, Any]) -> dict[str, Any]:
    """The fields of a character sheet in canonical shape; what cannot be understood is left for the model to refuse."""
    _classes(values)
    _speeds(values)
    for name, fold in (("saving_throws", True), ("skills", False)):
        if values.get(name) is not None:
            values[name] = _named(values[name], fold=fold)
        else:
            values.pop(name, None)
    _armor(values)
    _senses(values)
    for name, detail in _DETAILS.items():
        if name in values:
            values[name] = _listed(values[name], detail)
    if "spellcasting" in values:
        values["spellcasting"] = _casting(values["spellcasting"])
    if isinstance(values.get("score_method"), str):
        words = values["score_method"].lower()
        values["score_method"] = next((method for word, method in _METHODS.items() if word in words), None)
    for name in ("languages", "tools"):
        if isinstance(values.get(name), Mapping):
            values[name] = tuple(cast("Mapping[str, Any]", values[name]))
    return values


def _armor(values: dict[str, Any]) -> None:
    """`15 (chain shirt, shield)` is a number and a note."""
    stated = values.get("armor_class")
    if isinstance(stated, Mapping):
        inner = cast("Mapping[str, Any]", stated)
        stated = values["armor_class"] = inner.get("value", inner.get("total", inner.get("ac")))
    if isinstance(stated, str) and (match := re.search(r"\(([^)]*)\)|(?<=\d)\s*[,;]?\s+([A-Za-z].*)$", stated)):
        values.setdefault("armor_note", (match[1] or match[2]).strip())


def _senses(values: dict[str, Any]) -> None:
    """`darkvision 60 ft., passive Perception 13` states two fields."""
    stated = values.pop("senses", None)
    if isinstance(stated, Mapping):
        stated = ", ".join(f"{name} {feet}" for name, feet in cast("Mapping[str, Any]", stated).items())
    elif isinstance(stated, tuple | list):
        stated = ", ".join(map(str, cast("list[Any]", stated)))
    if isinstance(stated, str):
        for name, pattern in _SENSES.items():
            if match := pattern.search(stated):
                values.setdefault(name, match[1])


def _classes(values: dict[str, Any]) -> None:
    stated = values.get("classes")
    if isinstance(stated, str):
        stated = read_classes(stated)
    elif isinstance(stated, Mapping):
        inner = cast("Mapping[str, Any]", stated)
        stated = (
            (inner,) if {"name", "level"} & set(inner) else tuple({"name": k, "level": v} for k, v in inner.items())
        )
    if not isinstance(stated, tuple):
        values.pop("classes", None)
        return
    parts = cast("tuple[Any, ...]", stated)
    if len(parts) == 1 and isinstance(parts[0], Mapping):
        only = dict(cast("Mapping[str, Any]", parts[0]))
        if only.get("level") is None and values.get("level") is not None:
            only["level"] = values["level"]
        if only.get("subclass") is None and values.get("subclass"):
            only["subclass"] = values["subclass"]
        parts = (only,)
    values["classes"] = parts


def _speeds(values: dict[str, Any]) -> None:
    """`30 ft., fly 60 ft.`, or a mapping by way of moving."""
    stated = values.get("speed")
    found: dict[str, Any] = dict(cast("Mapping[str, Any]", values.get("speeds") or {}))
    if isinstance(stated, str):
        found |= {(way or "walk").lower(): int(feet) for way, feet in _SPEED.findall(stated)}
    elif isinstance(stated, Mapping):
        found |= {str(way).lower(): feet for way, feet in cast("Mapping[str, Any]", stated).items()}
    if found:
        values["speeds"] = {way: to_number(feet) for way, feet in found.items()}
        values["speed"] = values["speeds"].get("walk", None if isinstance(stated, str | Mapping) else stated)


def _named(value: Any, *, fold: bool) -> Any:  # noqa: ANN401 -- whatever somebody wrote
    """Saves or skills: a mapping, a list of proficient ones, or a text such as `Arcana +6 (expertise), Stealth +2`."""
    if isinstance(value, str):
        value = tuple(part for part in re.split(r"[,;]", value) if part.strip())
    if isinstance(value, tuple | list):
        few = len(cast("list[Any]", value)) <= (_FEW_SAVES if fold else _FEW_SKILLS)
        value = dict(_entry(entry, proficient=few) for entry in cast("list[Any]", value))
    if not isinstance(value, Mapping):
        return value
    result: dict[str, Any] = {}
    for key, entry in cast("Mapping[Any, Any]", value).items():
        result[str(to_ability(str(key)) if fold else str(key).strip())] = {} if entry is None else entry
    return result


def _entry(entry: Any, *, proficient: bool) -> tuple[str, Any]:  # noqa: ANN401 -- whatever somebody wrote
    if isinstance(entry, Mapping):
        inner = dict(cast("Mapping[str, Any]", entry))
        return str(inner.get("name") or inner.get("ability") or inner.get("skill") or ""), inner
    match = _MARKED.match(str(entry))
    if match is None:
        return str(entry).strip(), {"proficient": True} if proficient else {}
    marks = (match[3] or "").lower()
    details: dict[str, Any] = {"proficient": True} if proficient or "prof" in marks or "expert" in marks else {}
    if match[2]:
        details["bonus"] = match[2]
    if "expert" in marks:
        details["expertise"] = True
    return match[1], details


def _listed(value: Any, detail: str) -> Any:  # noqa: ANN401 -- whatever somebody wrote
    if isinstance(value, str):
        parts = (part.strip(" .-–—") for part in re.split(r"[;,](?![^(]*\))", value))
        return tuple(part for part in parts if part and part.lower() != "none")
    return entries(value, "ability" if detail == "amount" else "name", detail)


def _casting(value: Any) -> Any:  # noqa: ANN401 -- whatever somebody wrote
    """One spellcasting object, several, spells by their level, or a bare list of spells."""
    if isinstance(value, Mapping):
        stated = dict(cast("Mapping[str, Any]", value))
        levels = {key: stated.pop(key) for key in tuple(stated) if _LEVELLED.fullmatch(str(key))}
        if levels and "prepared" not in stated:
            stated["prepared"] = levels
        return (stated,)
    if isinstance(value, str):
        return ({"prepared": value},)
    if isinstance(value, tuple):
        parts = cast("tuple[Any, ...]", value)
        plain = all(isinstance(entry, str) or (isinstance(entry, Mapping) and "name" in entry) for entry in parts)
        return ({"prepared": parts},) if parts and plain else parts
    return value
