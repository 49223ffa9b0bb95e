"""Monsters of both editions as rows of the catalogue."""

import re
from typing import cast

from dnd.srd.catalogue import Monster
from scripts.catalogue.wheels import Record, number_of, records, srd_51, srd_52, straight, text_of, texts

_ABILITIES = ("strength", "dexterity", "constitution", "intelligence", "wisdom", "charisma")
_SENSES = ("blindsight", "darkvision", "tremorsense", "truesight")
_MODES = ("walk", "burrow", "climb", "fly", "swim")
_FRACTIONS = {0.125: "1/8", 0.25: "1/4", 0.5: "1/2"}
_OF_SKILL = {"Sleight Of Hand": "Sleight of Hand"}

Scores = tuple[int, int, int, int, int, int]


def _feet(table: Record, keys: tuple[str, ...]) -> dict[str, int]:
    """The distances of a table ("30 ft." or 30) in feet, in the order of `keys`."""
    found = {key: re.match(r"\d+", str(table[key])) for key in keys if key in table}
    return {key: int(match[0]) for key, match in found.items() if match}


def _dice(formula: str) -> str:
    return straight(formula).replace(" ", "")


def _tags(text: str) -> tuple[str, ...]:
    return tuple(tag.strip().lower() for tag in text.split(",") if tag.strip())


def _proficiencies(record: Record, kind: str) -> dict[str, int]:
    """The bonuses of one kind ("Saving Throw" or "Skill") of a 5.1 record, by ability id or skill name."""
    found: dict[str, int] = {}
    for entry in records(record, "proficiencies"):
        group, _, name = str(cast("Record", entry["proficiency"])["name"]).partition(": ")
        if group == kind:
            found[name.lower() if kind == "Saving Throw" else name] = number_of(entry, "value")
    return found


def _of_51(record: Record) -> Monster:
    speeds = cast("Record", record["speed"])
    senses = cast("Record", record["senses"])
    size, swarm = text_of(record, "size").lower(), "swarm" in text_of(record, "type")
    return Monster(
        name=text_of(record, "name"),
        sizes=(size,),
        type="beast" if swarm else text_of(record, "type"),
        tags=_tags(text_of(record, "subtype")),
        swarm=swarm,
        alignment=text_of(record, "alignment"),
        cr=_FRACTIONS.get(cast("float", record["challenge_rating"]), str(record["challenge_rating"])),
        xp=number_of(record, "xp"),
        ac=number_of(records(record, "armor_class")[0], "value"),
        hp=number_of(record, "hit_points"),
        hit_dice=_dice(text_of(record, "hit_points_roll")),
        abilities=cast("Scores", tuple(number_of(record, name) for name in _ABILITIES)),
        speeds={"walk": 0} | _feet(speeds, _MODES),
        hover=bool(speeds.get("hover")),
        saves=_proficiencies(record, "Saving Throw"),
        skills=_proficiencies(record, "Skill"),
        senses=_feet(senses, _SENSES),
        passive_perception=number_of(senses, "passive_perception"),
        languages=text_of(record, "languages"),
        damage_vulnerabilities=tuple(texts(record, "damage_vulnerabilities")),
        damage_resistances=tuple(texts(record, "damage_resistances")),
        damage_immunities=tuple(texts(record, "damage_immunities")),
        condition_immunities=tuple(str(entry["name"]).lower() for entry in records(record, "condition_immunities")),
        proficiency_bonus=number_of(record, "proficiency_bonus"),
        initiative=None,
        legendary=bool(record.get("legendary_actions")),
    )


def _of_52(record: Record) -> Monster:
    speeds = cast("Record", record["speed"])
    senses = cast("Record", record["senses"])
    skills = cast("dict[str, int]", record.get("skills") or {})
    names = {key: key.replace("_", " ").title() for key in skills}
    scores = cast("dict[str, int]", record["abilities"])
    return Monster(
        name=text_of(record, "name"),
        sizes=(text_of(record, "size").lower(),),
        type=text_of(record, "creature_type"),
        tags=_tags(text_of(record, "creature_subtype")),
        swarm=bool(record.get("swarm")),
        alignment=text_of(record, "alignment").lower(),
        cr=text_of(record, "cr"),
        xp=number_of(record, "xp"),
        ac=number_of(record, "ac"),
        hp=number_of(record, "hp"),
        hit_dice=_dice(text_of(record, "hp_formula")),
        abilities=cast("Scores", tuple(scores[name[:3]] for name in _ABILITIES)),
        speeds=_feet(speeds, _MODES),
        hover=bool(speeds.get("hover")),
        saves=dict(cast("dict[str, int]", record.get("saving_throws") or {})),
        skills={_OF_SKILL.get(names[key], names[key]): bonus for key, bonus in skills.items()},
        senses=_feet(senses, _SENSES),
        passive_perception=number_of(senses, "passive_perception"),
        languages=", ".join(texts(record, "languages")),
        damage_vulnerabilities=tuple(text.lower() for text in texts(record, "damage_vulnerabilities")),
        damage_resistances=tuple(text.lower() for text in texts(record, "damage_resistances")),
        damage_immunities=tuple(text.lower() for text in texts(record, "damage_immunities")),
        condition_immunities=tuple(text.lower() for text in texts(record, "condition_immunities")),
        proficiency_bonus=number_of(record, "proficiency_bonus"),
        initiative=number_of(record, "initiative"),
        legendary=bool(record.get("legendary_actions")),
    )


def monsters_51() -> list[Monster]:
    """The monsters, animals and nonplayer characters of SRD 5.1."""
    return [_of_51(record) for record in srd_51("Monsters")]


def monsters_52() -> list[Monster]:
    """The monsters and animals of SRD 5.2."""
    return [_of_52(record) for record in srd_52("creatures")]
