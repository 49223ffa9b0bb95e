"""Stat blocks with one thing changed.

A kind is of the class `error` where the catalogue calls the fault an error and the block states what decides it. The
others are `warning`: the SRD itself strays there, or another value of the field may be as right as the one printed.
"""

import copy
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any, Literal, cast

from dnd.srd.edition import Edition
from dnd.srd.monsters import HIT_DIE_BY_SIZE, XP_BY_CR
from tests.dnd.truth.srd_monsters import Json

Weight = Literal["error", "warning"]
Change = Callable[[Json, Random], Json | None]
"""A changed copy of a document; None where it has nothing to change."""

PARTS = ("traits", "actions", "bonus_actions", "reactions", "legendary_actions")
_DICE = re.compile(r"(?P<average>\d+) \((?P<count>\d+)d(?P<sides>\d+)(?P<rest>[^)]*)\)")
_ATTACK = re.compile(r"(?P<before>Attack(?: Roll)?: )\+(?P<bonus>\d+)")
_DC = re.compile(
    r"(?P<before>(?<!save )DC )(?P<dc>\d+)(?=,| (?:Strength|Dexterity|Constitution|Wisdom|Charisma|Intelligence) sav)"
)
_ESCAPE = re.compile(r"(?P<before>escape DC )(?P<dc>\d+)")


def step(rng: Random, low: int = 1, high: int = 5) -> int:
    """A difference that is not 0."""
    return rng.choice((-1, 1)) * rng.randint(low, high)


def _number(name: str) -> Change:
    def change(document: Json, rng: Random) -> Json | None:
        value = document.get(name)
        return None if value is None else {**document, name: int(value) + step(rng)}

    return change


def _in_mapping(name: str, most: int = 5) -> Change:
    def change(document: Json, rng: Random) -> Json | None:
        stated: Json = document.get(name) or {}
        if not stated:
            return None
        key = rng.choice(sorted(stated))
        return {**document, name: {**stated, key: int(stated[key]) + step(rng, 1, most)}}

    return change


def _word(name: str, words: tuple[str, ...]) -> Change:
    def change(document: Json, rng: Random) -> Json | None:
        stated: Any = document.get(name)
        if not stated:
            return None
        if not isinstance(stated, list):
            return {**document, name: rng.choice(words)}
        entries = list(cast("list[str]", stated))
        entries[rng.randrange(len(entries))] = rng.choice(words)
        return {**document, name: entries}

    return change


def _in_text(pattern: re.Pattern[str], replace: Callable[[re.Match[str], Random], str], *, named: str = "") -> Change:
    """One match of `pattern` in the texts of actions (of those with `named` in their names) is written anew."""

    def change(document: Json, rng: Random) -> Json | None:
        places = [
            (part, number, match)
            for part in PARTS
            for number, action in enumerate(document.get(part, []))
            if named in action["name"]
            for match in pattern.finditer(action["text"])
        ]
        if not places:
            return None
        part, number, match = rng.choice(places)
        result = copy.copy(document)
        result[part] = [dict(action) for action in document[part]]
        text: str = result[part][number]["text"]
        result[part][number]["text"] = text[: match.start()] + replace(match, rng) + text[match.end() :]
        return result

    return change


def _hit_dice(document: Json, rng: Random) -> Json | None:
    match = re.match(r"(\d+)d(\d+)(?: ?([+-]) ?(\d+))?", document["hit_dice"].replace("−", "-"))
    assert match is not None
    count, sides, bonus = int(match[1]), int(match[2]), int((match[3] or "+") + (match[4] or "0"))
    choice = rng.randrange(3)
    if choice == 0:
        count += rng.choice((1, 2, 3))
    elif choice == 1:
        sides = rng.choice([die for die in HIT_DIE_BY_SIZE.values() if die != sides])
    else:
        bonus += step(rng)
    return {**document, "hit_dice": f"{count}d{sides}{bonus:+d}"}


def _rating(document: Json, rng: Random) -> Json:
    ratings = list(XP_BY_CR)
    place = ratings.index(document["challenge_rating"])
    near = [ratings[other] for other in range(max(0, place - 3), min(len(ratings), place + 4)) if other != place]
    return {**document, "challenge_rating": rng.choice(near)}


def _experience(document: Json, rng: Random) -> Json:
    stated = int(document["experience"])
    return {**document, "experience": rng.choice([stated + 50, stated * 2 + 5, stated // 2 + 1])}


def _size(document: Json, rng: Random) -> Json:
    stated = {size.lower() for size in document["sizes"]}
    return {**document, "sizes": [rng.choice([size for size in HIT_DIE_BY_SIZE if size not in stated])]}


def _armor_class(*, stated: bool) -> Change:
    """With `stated`, of blocks that name armor; else of those that name none or natural armor."""

    def change(document: Json, rng: Random) -> Json | None:
        note = str(document.get("armor_note", ""))
        named = bool(note) and "natural" not in note and "scraps" not in note and "patchwork" not in note
        return {**document, "armor_class": int(document["armor_class"]) + step(rng)} if named is stated else None

    return change


def _usage(document: Json, rng: Random) -> Json | None:
    places = [(part, n) for part in PARTS for n, action in enumerate(document.get(part, [])) if action.get("usage")]
    if not places:
        return None
    part, number = rng.choice(places)
    actions = [dict(action) for action in document[part]]
    actions[number]["usage"] = rng.choice(["Recharge 7", "Recharge 1-6", "Recharge 5-7", "0/Day", "Costs 4 Actions"])
    return {**document, part: actions}


def _routine(document: Json, rng: Random) -> Json | None:
    """One action that the Multiattack names is called otherwise there."""
    for number, action in enumerate(document.get("actions", [])):
        if not action["name"].startswith("Multiattack"):
            continue
        text = str(action["text"])
        names = [str(other["name"]) for other in document["actions"] if other is not action]
        found = [match for name in names for match in re.finditer(rf"\b{re.escape(name)}s?\b", text, re.IGNORECASE)]
        found = [match for match in found if " form" not in text]
        if not found:
            return None
        match, new = rng.choice(found), rng.choice(["Ripsaw", "Gnash", "Steel Lash"])
        new = new if match[0][0].isupper() else new.lower()
        actions = [dict(entry) for entry in document["actions"]]
        actions[number]["text"] = text[: match.start()] + new + text[match.end() :]
        return {**document, "actions": actions}
    return None


def _casting(name: str) -> Change:
    def change(document: Json, rng: Random) -> Json | None:
        stated: Json = document.get("spellcasting", {})
        if stated.get(name) is None:
            return None
        return {**document, "spellcasting": {**stated, name: int(stated[name]) + step(rng)}}

    return change


def _slots(document: Json, rng: Random) -> Json | None:
    stated: Json = document.get("spellcasting", {}).get("slots", {})
    if not stated:
        return None
    key = rng.choice(sorted(stated))
    slots = {**stated, key: int(stated[key]) + rng.choice((1, 2))}
    return {**document, "spellcasting": {**document["spellcasting"], "slots": slots}}


def _average(match: re.Match[str], rng: Random) -> str:
    stated = int(match["average"])
    other = stated + (step(rng) if stated > 5 else rng.randint(1, 5))
    return f"{other} ({match['count']}d{match['sides']}{match['rest']})"


def _damage_dice(match: re.Match[str], rng: Random) -> str:
    count, sides, rest = int(match["count"]), int(match["sides"]), match["rest"]
    choice = rng.randrange(3)
    if choice == 0:
        count += rng.choice((1, 2))
    elif choice == 1:
        sides = rng.choice([die for die in (4, 6, 8, 10, 12) if die != sides])
    else:
        rest = f" + {rng.randint(11, 15)}"
    return f"{match['average']} ({count}d{sides}{rest})"


def _attack_bonus(match: re.Match[str], rng: Random) -> str:
    return f"{match['before']}+{max(0, int(match['bonus']) + step(rng))}"


def _difficulty(match: re.Match[str], rng: Random) -> str:
    return f"{match['before']}{max(1, int(match['dc']) + step(rng))}"


@dataclass(frozen=True, slots=True)
class Kind:
    """A sort of mutant."""

    weight: Weight
    change: Change
    editions: tuple[Edition, ...] = ("5.1", "5.2")


_ODD_CONDITIONS = ("Bleeding", "Dazed", "Slowed", "Poisonned")
KINDS: Mapping[str, Kind] = {
    "hit points": Kind("error", _number("hit_points")),
    "hit dice": Kind("error", _hit_dice),
    "challenge rating": Kind("error", _rating),
    "experience": Kind("error", _experience),
    "proficiency bonus": Kind("error", _number("proficiency_bonus")),
    "armor class with armor": Kind("error", _armor_class(stated=True), ("5.1",)),
    "saving throw": Kind("error", _in_mapping("saving_throws")),
    "passive perception": Kind("error", _number("passive_perception")),
    "damage average": Kind("error", _in_text(_DICE, _average)),
    "damage dice": Kind("error", _in_text(_DICE, _damage_dice)),
    "size word": Kind("error", _word("sizes", ("gigantic", "enormous", "mediun"))),
    "creature type": Kind("error", _word("type", ("dragonkin", "outsider", "gaint", "magical beast"))),
    "alignment": Kind("error", _word("alignment", ("chaotic lawful", "good evil", "lawfull good"))),
    "condition": Kind("error", _word("condition_immunities", _ODD_CONDITIONS)),
    "damage immunity": Kind("error", _word("damage_immunities", ("holy", "shadow", "sonic", "negative energy"))),
    "damage resistance": Kind("error", _word("damage_resistances", ("holy", "shadow", "sonic", "negative energy"))),
    "multiattack name": Kind("error", _routine),
    "limited use": Kind("error", _usage),
    "spell save dc": Kind("error", _casting("dc")),
    "spell attack": Kind("error", _casting("attack_bonus")),
    "spell slots": Kind("error", _slots, ("5.1",)),
    "skill": Kind("warning", _in_mapping("skills")),
    "attack bonus": Kind("warning", _in_text(_ATTACK, _attack_bonus)),
    "save dc": Kind("warning", _in_text(_DC, _difficulty)),
    "escape dc": Kind("warning", _in_text(_ESCAPE, _difficulty)),
    "size": Kind("warning", _size),
    "armor class": Kind("warning", _armor_class(stated=False)),
    "initiative": Kind("warning", _number("initiative"), ("5.2",)),
    "initiative score": Kind("warning", _number("initiative_score"), ("5.2",)),
    "speed": Kind("warning", _in_mapping("speeds", 4)),
}
"""Every kind; each monster gives at most one mutant of each."""
