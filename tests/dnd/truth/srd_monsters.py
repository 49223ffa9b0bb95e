"""Every monster of both SRDs as a stat block document, with actions, traits and spellcasting.

The two data packages are read as text and never executed.
"""

import ast
import importlib.util
import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, cast

import yaml

import dnd.srd
from dnd.srd.edition import Edition

Json = dict[str, Any]
_ABILITIES: Mapping[str, str] = {
    "str": "strength",
    "dex": "dexterity",
    "con": "constitution",
    "int": "intelligence",
    "wis": "wisdom",
    "cha": "charisma",
}
_RATINGS: Mapping[float, str] = {0.125: "1/8", 0.25: "1/4", 0.5: "1/2"}
_PARTS: Mapping[Edition, Mapping[str, str]] = {
    "5.1": {"special_abilities": "traits", **{name: name for name in ("actions", "reactions", "legendary_actions")}},
    "5.2": {name: name for name in ("traits", "actions", "bonus_actions", "reactions", "legendary_actions")},
}
_CORRECTED: Mapping[str, str] = {
    "sizes": "sizes",
    "xp": "experience",
    "hp": "hit_points",
    "hit_dice": "hit_dice",
    "initiative": "initiative",
}
"""Field of a correction → field of the document."""
_USAGE = re.compile(r"\s*\(((?:Recharge|Costs|\d+/|Recharges)[^)]*)\)\s*$", re.IGNORECASE)
_SPELL_LISTS = re.compile(r"(At Will|\d/Day(?: Each)?): (.*?)(?=(?: \d/Day(?: Each)?:)|$)", re.IGNORECASE)
_OUTSIDE_BRACKETS = re.compile(r", (?![^(]*\))")
_LEFTOVER = re.compile(r" (?:Mages|Guards|Red Dragons|\w+ Dragons)$")
"""Headings of the next page that the 5.2 package left at the end of a text."""


def _folder(package: str) -> Path:
    spec = importlib.util.find_spec(package)
    assert spec is not None, f"{package} is a development dependency"
    assert spec.submodule_search_locations
    return Path(next(iter(spec.submodule_search_locations)))


@cache
def monsters(edition: Edition) -> Mapping[str, Json]:
    """The documents by the packages' names; each is as `StatBlock` reads it, without an edition.

    The corrections of the catalogue are applied, but not its names: it keeps one form of a lycanthrope, we keep all.
    """
    rows = _read_old() if edition == "5.1" else _read_new()
    convert = _old if edition == "5.1" else _new
    documents = {str(row["name"]): convert(row) for row in rows}
    for name, field, value in _corrections(edition):
        documents[name][field] = value
    return documents


def _corrections(edition: Edition) -> Iterator[tuple[str, str, Any]]:
    """Name, field and value of each correction that concerns a number of a stat block."""
    raw: Any = yaml.safe_load((Path(dnd.srd.__file__).parent / "data" / "corrections.yaml").read_text("utf-8"))
    for entry in cast("list[Json]", raw["changes"][f"monsters-{edition}"]):
        named: Any = entry["name"]
        names = cast("list[str]", named) if isinstance(named, list) else [str(named)]
        for name in names:
            yield from (
                (name, _CORRECTED[field], value) for field, value in entry["set"].items() if field in _CORRECTED
            )


def _read_old() -> Iterator[Json]:
    """Each monster is one call with literal keyword arguments."""
    tree = ast.parse((_folder("tinys_srd") / "Monsters.py").read_text("utf-8"))
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
            yield {str(entry.arg): ast.literal_eval(entry.value) for entry in node.value.keywords}


def _read_new() -> list[Json]:
    text = (_folder("dndwright") / "content" / "creatures.json").read_text("utf-8")
    return cast("dict[str, list[Json]]", json.loads(text))["creatures"]


def _old(row: Json) -> Json:
    return {
        "name": row["name"],
        "sizes": [row["size"]],
        "type": row["type"],
        "tags": [row["subtype"]] if row.get("subtype") else [],
        "alignment": row["alignment"],
        **_old_armor(row["armor_class"]),
        "hit_points": row["hit_points"],
        "hit_dice": row["hit_points_roll"],
        "speeds": {way: _feet(far) for way, far in row["speed"].items() if way != "hover"},
        "ability_scores": {short: row[name] for short, name in _ABILITIES.items()},
        **_old_bonuses(row["proficiencies"]),
        "damage_vulnerabilities": row["damage_vulnerabilities"],
        "damage_resistances": row["damage_resistances"],
        "damage_immunities": row["damage_immunities"],
        "condition_immunities": [entry["name"] for entry in row["condition_immunities"]],
        "senses": {name: _feet(far) for name, far in row["senses"].items() if name != "passive_perception"},
        "passive_perception": row["senses"]["passive_perception"],
        "languages": _languages([row["languages"]]),
        "challenge_rating": _RATINGS.get(row["challenge_rating"], str(row["challenge_rating"])),
        "experience": row["xp"],
        "proficiency_bonus": row["proficiency_bonus"],
        **{part: [_old_action(entry) for entry in row.get(name, [])] for name, part in _PARTS["5.1"].items()},
        **_old_casting(row.get("special_abilities", [])),
        "layout": "2014",
    }


def _feet(text: str) -> int:
    """The first number of `60 ft. (blind beyond this radius)`."""
    return int(text.split(" ", 1)[0])


def _old_armor(entries: list[Json]) -> Json:
    """`15 (natural armor, shield)`; what a spell or a condition makes of it stands behind."""
    worn = [entry for entry in entries if entry["type"] not in {"spell", "condition"}]
    names = [name for entry in worn for name in _old_armor_names(entry)]
    spell = next((entry for entry in entries if entry["type"] == "spell"), None)
    if spell is not None:
        names.append(f"{spell['value']} with {spell['spell']['name'].lower()}")
    return {"armor_class": worn[-1]["value"], **({"armor_note": ", ".join(names)} if names else {})}


def _old_armor_names(entry: Json) -> list[str]:
    if entry["type"] == "natural":
        return ["natural armor"]
    return [piece["name"].lower() for piece in entry.get("armor", [])] or ([entry["desc"]] if "desc" in entry else [])


def _old_bonuses(entries: list[Json]) -> Json:
    saves, skills = Json(), Json()
    for entry in entries:
        kind, _, name = entry["proficiency"]["name"].partition(": ")
        (saves if kind == "Saving Throw" else skills)[name.lower() if kind == "Saving Throw" else name] = entry["value"]
    return {"saving_throws": saves, "skills": skills}


def _old_action(entry: Json) -> Json:
    return {**_named(entry["name"], _old_usage(entry.get("usage"))), "text": entry["desc"]}


def _old_usage(usage: Json | None) -> str | None:
    if usage is None:
        return None
    if usage["type"] == "per day":
        return f"{usage['times']}/Day"
    if usage["type"] == "recharge after rest":
        return "Recharges after a Short or Long Rest"
    return "Recharge 6" if usage["min_value"] == 6 else f"Recharge {usage['min_value']}-6"


def _named(name: str, usage: str | None) -> Json:
    """A name without its bracket, and what stands in the bracket."""
    match = _USAGE.search(name)
    if match:
        name, usage = name[: match.start()], usage or match[1]
    return {"name": name, **({"usage": usage} if usage else {})}


def _old_casting(traits: list[Json]) -> Json:
    """One block of spellcasting, from the trait that has levels where there are two."""
    casting = sorted(
        (entry for entry in traits if "spellcasting" in entry), key=lambda entry: "slots" not in entry["spellcasting"]
    )
    if not casting:
        return {}
    raw, text = casting[0]["spellcasting"], str(casting[0]["desc"])
    attack = re.search(r"([+-]\d+) to hit with spell attacks", text)
    spells, daily = dict[str, list[str]](), dict[int | None, list[str]]()
    for spell in raw["spells"]:
        if "usage" in spell:
            daily.setdefault(spell["usage"].get("times"), []).append(spell["name"])
        else:
            spells.setdefault(str(spell["level"]), []).append(spell["name"])
    found: Json = {
        "ability": raw["ability"]["index"],
        "dc": raw.get("dc"),
        "attack_bonus": attack[1] if attack else None,
        "caster_level": raw.get("level"),
        "class_name": raw.get("school"),
        "slots": {level: count for level, count in raw.get("slots", {}).items() if count},
        "spells": spells,
        "daily": [{"times": times, "spells": names} for times, names in daily.items()],
    }
    return {"spellcasting": {name: value for name, value in found.items() if value not in (None, {}, [])}}


def _new(row: Json) -> Json:
    senses = dict(row["senses"])
    return {
        "name": row["name"],
        "sizes": [row["size"]],
        "type": f"swarm of tiny {row['creature_type']}s" if row.get("swarm") else row["creature_type"],
        "tags": [row["creature_subtype"]] if row.get("creature_subtype") else [],
        "alignment": row["alignment"],
        "armor_class": row["ac"],
        "initiative": row["initiative"],
        "initiative_score": 10 + row["initiative"],
        "hit_points": row["hp"],
        "hit_dice": row["hp_formula"],
        "speeds": {way: feet for way, feet in row["speed"].items() if way != "hover"},
        "ability_scores": row["abilities"],
        "saving_throws": row.get("saving_throws", {}),
        "skills": row.get("skills", {}),
        **{name: row.get(name, []) for name in ("damage_vulnerabilities", "damage_resistances", "damage_immunities")},
        "condition_immunities": row.get("condition_immunities", []),
        "passive_perception": senses.pop("passive_perception"),
        "senses": senses,
        "languages": _languages(row["languages"]),
        "challenge_rating": row["cr"],
        "experience": row["xp"],
        "proficiency_bonus": row["proficiency_bonus"],
        "gear": row.get("gear", []),
        **{part: [_new_action(entry) for entry in row.get(name, [])] for name, part in _PARTS["5.2"].items()},
        **_new_casting(row),
        "layout": "2024",
    }


def _new_action(entry: Json) -> Json:
    usage = f"Recharge {entry['recharge']}" if entry.get("recharge") else entry.get("uses")
    return {**_named(entry["name"], usage), "text": entry["text"]}


def _new_casting(row: Json) -> Json:
    """The 2024 layout lists spells in one sentence: at will, and so many times a day."""
    text = next((str(entry["text"]) for entry in row.get("actions", []) if entry["name"] == "Spellcasting"), "")
    ability = re.search(r"using (\w+) as (?:the )?spellcasting ability", text)
    if not ability:
        return {}
    dc, attack = re.search(r"spell save DC (\d+)", text), re.search(r"([+-]\d+) to hit with spell attacks", text)
    found: Json = {
        "ability": ability[1],
        "dc": dc[1] if dc else None,
        "attack_bonus": attack[1] if attack else None,
        "daily": [
            {
                "times": None if group.lower() == "at will" else group[0],
                "spells": [
                    re.sub(r"\s*\(.*\)$", "", name) for name in _OUTSIDE_BRACKETS.split(_LEFTOVER.sub("", names))
                ],
            }
            for group, names in _SPELL_LISTS.findall(text)
        ],
    }
    return {"spellcasting": {name: value for name, value in found.items() if value not in (None, [])}}


def _languages(texts: list[str]) -> list[str]:
    """Split at commas outside brackets; a package that split inside them is put together first."""
    whole = ", ".join(text for text in texts if text)
    return [part for part in _OUTSIDE_BRACKETS.split(whole) if part]
