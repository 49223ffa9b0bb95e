"""Kinds of mutants of sheets that make a number wrong."""

from collections.abc import Mapping
from random import Random

from dnd.srd.abilities import ABILITIES, SKILLS
from dnd.srd.advancement import XP_BY_LEVEL
from dnd.srd.edition import Edition
from dnd.srd.resources import resource
from dnd.srd.weapons import weapon_named
from tests.dnd.truth.character_changes import (
    SheetKind,
    at,
    bonus_of,
    entry_with,
    level_of,
    modifier_of,
    number,
    number_among,
    put,
)
from tests.dnd.truth.mutants import step
from tests.dnd.truth.srd_monsters import Json


def _over_cap(document: Json, rng: Random, _: Edition) -> Json:
    top = 31 if level_of(document) > 18 else 21
    return put(document, ("ability_scores", rng.choice(ABILITIES)), top + rng.randint(0, 3))


def _impossible_score(document: Json, rng: Random, _: Edition) -> Json:
    return put(document, ("ability_scores", rng.choice(ABILITIES)), rng.choice((0, -3, 31, 40)))


def _experience_below(document: Json, rng: Random, _: Edition) -> Json | None:
    level = level_of(document)
    if not 1 < level <= len(XP_BY_LEVEL):
        return None
    return put(document, ("experience",), rng.randrange(XP_BY_LEVEL[level - 1]))


def _experience_above(document: Json, rng: Random, _: Edition) -> Json | None:
    if level_of(document) >= len(XP_BY_LEVEL):
        return None
    return put(document, ("experience",), XP_BY_LEVEL[level_of(document)] + rng.randint(0, 900))


def _hit_dice(document: Json, rng: Random, _: Edition) -> Json:
    count, _d, sides = str(document["hit_dice"][0]).partition("d")
    if rng.random() < 0.5:
        return put(document, ("hit_dice", 0), f"{int(count) + rng.randint(1, 3)}d{sides}")
    other = rng.choice([die for die in (6, 8, 10, 12) if die != int(sides)])
    return put(document, ("hit_dice", 0), f"{count}d{other}")


def _hit_die(document: Json, rng: Random, _: Edition) -> Json:
    stated = document["classes"][0]["hit_die"]
    return put(document, ("classes", 0, "hit_die"), rng.choice([die for die in (4, 6, 8, 10, 12) if die != stated]))


def _rolled(document: Json, rng: Random, _: Edition) -> Json:
    """More than all dice can show, or less."""
    rolled = put(document, ("hit_points", "method"), "rolled")
    sides, level = int(document["classes"][0]["hit_die"]), level_of(document)
    most = int(document["hit_points"]["max"]) + (level - 1) * (sides // 2 - 1)
    least = int(document["hit_points"]["max"]) - (level - 1) * (sides // 2)
    value = most + rng.randint(1, 9) if rng.random() < 0.5 else least - rng.randint(1, 3)
    return put(put(rolled, ("hit_points", "max"), value), ("hit_points", "current"), 1)


def _hurt_beyond(document: Json, rng: Random, _: Edition) -> Json:
    return put(document, ("hit_points", "current"), int(document["hit_points"]["max"]) + rng.randint(1, 20))


def _first_save(document: Json, rng: Random, *, proficient: bool) -> str | None:
    names = [name for name, save in document["saving_throws"].items() if save["proficient"] is proficient]
    return rng.choice(sorted(names)) if names else None


def _save_trained(document: Json, rng: Random, _: Edition) -> Json | None:
    name = _first_save(document, rng, proficient=False)
    if name is None:
        return None
    bonus = int(document["saving_throws"][name]["bonus"]) + bonus_of(document)
    return put(document, ("saving_throws", name), {"bonus": bonus, "proficient": True})


def _save_untrained(document: Json, rng: Random, _: Edition) -> Json | None:
    name = _first_save(document, rng, proficient=True)
    if name is None:
        return None
    bonus = int(document["saving_throws"][name]["bonus"]) - bonus_of(document)
    return put(document, ("saving_throws", name), {"bonus": bonus, "proficient": False})


def _skills(document: Json, **wanted: object) -> list[str]:
    return [
        name
        for name, skill in sorted(document["skills"].items())
        if all((skill.get(field) or False) == value for field, value in wanted.items())
    ]


def _skill_added(document: Json, rng: Random, _: Edition) -> Json:
    name = rng.choice(_skills(document, proficient=False))
    bonus = modifier_of(document, SKILLS[name]) + bonus_of(document)
    return put(document, ("skills", name), {"bonus": bonus, "proficient": True, "source": "class"})


def _skill_dropped(document: Json, rng: Random, _: Edition) -> Json | None:
    names = [name for name in _skills(document, proficient=True, expertise=False) if name != "Perception"]
    if not names:
        return None
    name = rng.choice(names)
    bonus = int(document["skills"][name]["bonus"]) - bonus_of(document)
    return put(document, ("skills", name), {"bonus": bonus, "proficient": False})


def _expertise_added(document: Json, rng: Random, _: Edition) -> Json | None:
    names = [name for name in _skills(document, proficient=True, expertise=False) if name != "Perception"]
    if not names:
        return None
    name = rng.choice(names)
    bonus = int(document["skills"][name]["bonus"]) + bonus_of(document)
    return put(document, ("skills", name), {**document["skills"][name], "bonus": bonus, "expertise": True})


def _expertise_dropped(document: Json, rng: Random, _: Edition) -> Json | None:
    names = _skills(document, expertise=True)
    if not names:
        return None
    name = rng.choice(names)
    return put(document, ("skills", name, "bonus"), int(document["skills"][name]["bonus"]) - bonus_of(document))


def _other_dice(document: Json, name: str, edition: Edition) -> set[str]:
    """What a weapon may deal: in one hand or two, in a monk's hand, or by Shillelagh."""
    row = weapon_named(name, edition)
    assert row is not None
    monk = level_of(document) if document["classes"][0]["name"] == "Monk" else 0
    by_cantrip = {"1d8", "1d10", "1d12"} if row.name in {"Quarterstaff", "Club"} else set[str]()
    return {row.dice or "", row.versatile or "", f"1d{resource('martial arts', 'monk', monk, edition)}", *by_cantrip}


def _attack_dice(document: Json, rng: Random, edition: Edition) -> Json | None:
    way = entry_with(document, rng, "weapons", "damage")
    if way is None:
        return None
    count, _d, rest = str(at(document, (*way, "dice"))).partition("d")
    sides = rest.replace("+", " ").replace("-", " ").split()[0]
    tail = rest[len(sides) :]
    choice = rng.randrange(3)
    if choice == 0:
        text = f"{int(count) + rng.randint(1, 2)}d{sides}{tail}"
    elif choice == 1:
        legal = _other_dice(document, str(at(document, (*way[:-1], "name"))), edition)
        text = f"{count}d{rng.choice([die for die in (4, 6, 8, 10, 12) if f'1d{die}' not in legal])}{tail}"
    else:
        text = f"{count}d{sides}{int(tail or 0) + rng.choice((-7, 3, 7)):+d}"
    return put(document, (*way, "dice"), text)


def _damage_type(document: Json, rng: Random, _: Edition) -> Json | None:
    way = entry_with(document, rng, "weapons", "damage")
    if way is None:
        return None
    kinds = [kind for kind in ("bludgeoning", "piercing", "slashing") if kind != at(document, (*way, "type"))]
    return put(document, (*way, "type"), rng.choice(kinds))


def _attack_ability(document: Json, rng: Random, _: Edition) -> Json | None:
    way = entry_with(document, rng, "weapons", "ability")
    return None if way is None else put(document, way, rng.choice(("int", "con")))


def _slots(document: Json, rng: Random, _: Edition) -> Json | None:
    slots: list[int] | None = at(document, ("spellcasting", 0, "slots"))
    if not slots or not slots[0]:
        return None
    highest = max(place for place, count in enumerate(slots) if count)
    place = rng.randrange(min(highest + 2, 9))
    value = slots[place] + 1 if slots[place] < 2 or rng.random() < 0.5 else slots[place] - 1
    return put(document, ("spellcasting", 0, "slots", place), value)


def _ninth_slot(document: Json, _: Random, __: Edition) -> Json | None:
    slots: list[int] | None = at(document, ("spellcasting", 0, "slots"))
    return None if not slots or slots[8] or not slots[0] else put(document, ("spellcasting", 0, "slots", 8), 1)


def _casting_ability(document: Json, rng: Random, _: Edition) -> Json | None:
    stated = at(document, ("spellcasting", 0, "ability"))
    if stated is None or at(document, ("spellcasting", 0, "class_name")) != document["classes"][0]["name"]:
        return None
    others = [name for name in ("int", "wis", "cha") if name != stated]
    return put(document, ("spellcasting", 0, "ability"), rng.choice(others))


def _coin_sum(document: Json, rng: Random, _: Edition) -> Json:
    coins = document["coins"]
    right = int(coins["gp"]) + 10 * int(coins["pp"])
    return put(document, ("wealth",), f"{right + rng.randint(1, 50)} gp")


def _class_level(document: Json, rng: Random, _: Edition) -> Json:
    return put(document, ("classes", 0, "level"), int(document["classes"][0]["level"]) + rng.choice((1, 2)))


NUMBERS: Mapping[str, SheetKind] = {
    "score beyond the cap": SheetKind("error", _over_cap),
    "impossible score": SheetKind("error", _impossible_score),
    "score": SheetKind("error", number_among("ability_scores", high=6)),
    "modifier": SheetKind("error", number_among("modifiers")),
    "base score": SheetKind("error", number_among("base_scores", high=6)),
    "increase": SheetKind("error", number_among("increases", "amount", high=3)),
    "level": SheetKind("error", number("level", high=3)),
    "class level": SheetKind("error", _class_level),
    "experience below the level": SheetKind("error", _experience_below),
    "proficiency bonus": SheetKind("error", number("proficiency_bonus", high=2)),
    "hit points": SheetKind("error", number("hit_points", "max"), times=2),
    "rolled hit points": SheetKind("error", _rolled),
    "hit dice": SheetKind("error", _hit_dice),
    "hit die": SheetKind("error", _hit_die),
    "armor class": SheetKind("error", number("armor_class"), times=2),
    "speed": SheetKind("error", lambda document, rng, _: put(document, ("speed",), document["speed"] + 5 * step(rng))),
    "save": SheetKind("error", number_among("saving_throws", "bonus"), times=3),
    "save trained": SheetKind("error", _save_trained),
    "save untrained": SheetKind("error", _save_untrained),
    "skill": SheetKind("error", number_among("skills", "bonus", high=6), times=5),
    "skill added": SheetKind("error", _skill_added),
    "expertise added": SheetKind("error", _expertise_added),
    "expertise left out": SheetKind("error", _expertise_dropped),
    "passive perception": SheetKind("error", number("passive_perception")),
    "attack bonus": SheetKind("error", number_among("weapons", "attack_bonus"), times=2),
    "damage dice": SheetKind("error", _attack_dice, times=2),
    "damage type": SheetKind("error", _damage_type),
    "attack ability": SheetKind("error", _attack_ability),
    "attacks": SheetKind("error", number("attacks_per_action", high=2)),
    "spell slots": SheetKind("error", _slots, times=2),
    "ninth slot": SheetKind("error", _ninth_slot),
    "pact slots": SheetKind("error", number("spellcasting", 0, "pact_slots", "count", high=2)),
    "pact slot level": SheetKind("error", number("spellcasting", 0, "pact_slots", "level", high=2)),
    "spell save dc": SheetKind("error", number("spellcasting", 0, "save_dc")),
    "spell attack": SheetKind("error", number("spellcasting", 0, "attack_bonus")),
    "casting ability": SheetKind("error", _casting_ability),
    "uses": SheetKind("error", number_among("features", "uses", high=3)),
    "sum of coins": SheetKind("error", _coin_sum),
    "experience above the level": SheetKind("warning", _experience_above),
    "current hit points": SheetKind("warning", _hurt_beyond),
    "initiative": SheetKind("warning", number("initiative")),
    "skill left out": SheetKind("warning", _skill_dropped),
}
"""Kinds that make a number wrong."""
