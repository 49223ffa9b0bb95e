"""Building a stat block that is legal to the last number, from a challenge rating and a few wishes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from dnd.mechanics.monster_actions import Offence, action_lines, actions_of
from dnd.mechanics.monster_kinds import Kind, kind_of
from dnd.sheets.block import StatBlock
from dnd.sheets.values import Dice
from dnd.srd.abilities import ABILITIES, ABILITY_NAMES, SKILLS, Ability, modifier
from dnd.srd.edition import Edition
from dnd.srd.monsters import ENVELOPES, HIT_DIE_BY_SIZE, XP_BY_CR, Size, cr_value, proficiency_by_cr

ROLES = ("brute", "skirmisher", "artillery", "controller", "leader", "ambusher", "defender")
MAX_SCORE = 30
_BIG = frozenset({"large", "huge", "gargantuan"})
_LOW: Mapping[str, tuple[int, int, int]] = {"0": (4, 11, 1), "1/8": (8, 12, 3), "1/4": (13, 12, 5), "1/2": (21, 13, 7)}
"""Hit points, armour class and damage a round below CR 1: near the middle of the SRD's monsters."""


@dataclass(frozen=True, slots=True)
class Role:
    """How a role leans: factors on hit points and damage, a step of armour class, and its best abilities."""

    hit_points: float
    armor_class: int
    damage: float
    best: Ability
    second: Ability
    skills: tuple[str, ...]


_ROLES: Mapping[str, Role] = {
    "brute": Role(1.2, -1, 1.1, "str", "con", ("Athletics",)),
    "skirmisher": Role(0.95, 0, 1.0, "dex", "str", ("Acrobatics", "Stealth")),
    "artillery": Role(0.85, 0, 1.1, "dex", "wis", ("Perception",)),
    "controller": Role(0.9, 0, 0.85, "str", "wis", ("Perception", "Insight")),
    "leader": Role(1.0, 1, 0.9, "str", "cha", ("Intimidation", "Persuasion")),
    "ambusher": Role(0.85, 0, 1.15, "dex", "wis", ("Stealth", "Perception")),
    "defender": Role(1.1, 2, 0.8, "str", "con", ("Athletics", "Perception")),
}


@dataclass(frozen=True, slots=True)
class MonsterWish:
    """What is asked of a monster; empty texts and None leave the choice to code."""

    name: str = ""
    challenge_rating: str = "1"
    role: str = "brute"
    size: Size | None = None
    type: str = "monstrosity"
    tags: tuple[str, ...] = ()
    alignment: str = ""
    flies: bool = False
    damage_type: str = ""
    legendary: bool = False


def build_monster(wish: MonsterWish, edition: Edition, rng: Random) -> StatBlock:
    """A stat block for `wish`; its actions are named after their slots (`Melee Attack`), for the words to rename.

    Hit points, armour class, attack, save DC and damage lie within the envelopes of the SRD's own monsters
    (`dnd.srd.monsters`); everything else follows from ability scores, size and challenge rating.
    """
    rating = cr_value(wish.challenge_rating) or 0.0
    bonus = proficiency_by_cr(rating)
    role, kind = _ROLES[wish.role], kind_of(wish.type)
    size: Size = wish.size or kind.size
    scores = _scores(role, kind, rating, bonus, rng)
    hits = _hit_dice(size, modifier(scores["con"]), _hit_points(wish.challenge_rating, rating, role, edition))
    armor, note = _armor(wish.challenge_rating, rating, role, modifier(scores["dex"]), edition)
    saves = _saves(scores, rating, bonus, role)
    skills = {name: modifier(scores[SKILLS[name]]) + bonus for name in role.skills}
    offence = _offence(wish, kind, role, size, scores, edition)
    values: dict[str, Any] = {
        **_identity(wish, kind, size),
        "armor_class": armor,
        "armor_note": note,
        "hit_points": hits.average,
        "hit_dice": str(hits),
        "ability_scores": dict(scores),
        "modifiers": {name: modifier(score) for name, score in scores.items()},
        "saving_throws": saves,
        "skills": skills,
        "passive_perception": 10 + skills.get("Perception", modifier(scores["wis"])),
        "experience": XP_BY_CR[wish.challenge_rating],
        "proficiency_bonus": bonus,
        "layout": "2014" if edition == "5.1" else "2024",
        **actions_of(offence),
    }
    if edition == "5.2":
        values |= {"initiative": modifier(scores["dex"]), "initiative_score": 10 + modifier(scores["dex"])}
    return StatBlock.model_validate(values)


def _identity(wish: MonsterWish, kind: Kind, size: Size) -> dict[str, Any]:
    """What follows from the wish and the creature type alone."""
    walk = 40 if size in _BIG else 30
    return {
        "name": wish.name or "The Monster",
        "sizes": [size],
        "type": wish.type,
        "tags": list(wish.tags),
        "alignment": wish.alignment or kind.alignment,
        "speeds": {"walk": walk, **({"fly": walk + 20} if wish.flies else {})},
        "damage_immunities": list(kind.damage_immunities),
        "condition_immunities": list(kind.condition_immunities),
        "senses": {"darkvision": 60} if kind.darkvision else {},
        "languages": list(kind.languages),
        "challenge_rating": wish.challenge_rating,
    }


def _offence(  # noqa: PLR0917 -- everything an attack follows from
    wish: MonsterWish, kind: Kind, role: Role, size: Size, scores: Mapping[Ability, int], edition: Edition
) -> Offence:
    rating = cr_value(wish.challenge_rating) or 0.0
    bonus = proficiency_by_cr(rating)
    best = modifier(scores[role.best])
    return Offence(
        edition=edition,
        ability_bonus=best,
        attack=best + bonus,
        dc=8 + bonus + modifier(scores["con"]),
        damage=_damage(wish.challenge_rating, rating, role, edition),
        rating=rating,
        ranged=wish.role in {"artillery", "skirmisher", "ambusher"},
        effect=wish.role in {"controller", "leader", "artillery"} and rating >= 1,
        reach=10 if size in _BIG else 5,
        damage_type=wish.damage_type or kind.damage_type,
        weapon_type=kind.weapon_type,
        legendary=wish.legendary,
    )


def _clamped(value: float, low: float, high: float) -> int:
    """The whole number nearest to `value` within the bounds."""
    number = round(value)
    while number > high:
        number -= 1
    while number < low:
        number += 1
    return number


def _score(step: int) -> int:
    """An ability score with that modifier."""
    return max(1, min(MAX_SCORE, 10 + 2 * step))


def _scores(role: Role, kind: Kind, rating: float, bonus: int, rng: Random) -> dict[Ability, int]:
    """Scores such that attack (best ability) and save DC (Constitution) follow the lines over CR."""
    line = rating if rating >= 1 else 0.0
    steps: dict[Ability, int] = {name: rng.choice((-1, 0, 0, 1)) for name in ABILITIES}
    steps["int"] = kind.intellect + rng.choice((0, 1))
    steps["cha"] = max(steps["cha"], kind.presence)
    steps[role.second] = max(steps[role.second], 1 + int(line // 6))
    steps["con"] = max(_clamped(11 + line / 2 - 8 - bonus, 0, 10), 1)
    steps[role.best] = max(_clamped(4 + line / 2 - bonus, 1, 10), 1)
    scores: dict[Ability, int] = {name: _score(step) for name, step in steps.items()}
    # Odd scores where they change nothing: real monsters are not all even.
    for name, score in scores.items():
        if score < MAX_SCORE and rng.random() < 0.5:
            scores[name] = score + 1
    return scores


def _hit_points(text: str, rating: float, role: Role, edition: Edition) -> float:
    """The hit points to aim for."""
    if text in _LOW:
        return _LOW[text][0] * min(role.hit_points, 1.1)
    envelope = ENVELOPES[edition]["hit_points"]
    low, high = envelope.bounds(rating)
    middle = envelope.base + envelope.slope * rating
    return min(max(middle * role.hit_points, low * 1.1), high * 0.93)


def _hit_dice(size: Size, con: int, aim: float) -> Dice:
    """Dice of the size whose average comes nearest to the aim."""
    sides = HIT_DIE_BY_SIZE[size]
    count = max(1, round(aim / ((sides + 1) / 2 + con)))
    return Dice(count=count, sides=sides, bonus=count * con)


def _armor(text: str, rating: float, role: Role, dex: int, edition: Edition) -> tuple[int, str | None]:
    if text in _LOW:
        wanted = max(_LOW[text][1] + min(role.armor_class, 1), 10 + dex)
    else:
        envelope = ENVELOPES[edition]["armor_class"]
        line = envelope.base + envelope.slope * rating
        wanted = max(_clamped(line + role.armor_class, *envelope.bounds(rating)), 10 + dex)
    return wanted, "natural armor" if edition == "5.1" and wanted != 10 + dex else None


def _saves(scores: Mapping[Ability, int], rating: float, bonus: int, role: Role) -> dict[str, int]:
    """Proficiency in no save below CR 3, one of the strong ones from there, and Wisdom too from CR 8."""
    chosen: list[Ability] = []
    if rating >= 3:
        chosen.append("con" if role.best == "str" else "dex")
    if rating >= 8:
        chosen.append("wis")
    return {name: modifier(scores[name]) + bonus for name in ABILITIES if name in chosen}


def _damage(text: str, rating: float, role: Role, edition: Edition) -> float:
    """Damage in a round without anything that recharges."""
    if text in _LOW:
        return _LOW[text][2] * min(role.damage, 1.1)
    envelope = ENVELOPES[edition]["damage"]
    low, high = envelope.bounds(rating)
    middle = envelope.base + envelope.slope * rating
    return min(max(middle * role.damage * 0.9, low * 1.15), high * 0.9)


def describe(block: StatBlock) -> list[str]:
    """What a writer must know of the block, one statement a line."""
    scores = block.ability_scores
    lines = [
        f"{' or '.join(block.sizes)} {block.type}, {block.alignment}; challenge rating {block.challenge_rating}",
        f"armour class {block.armor_class}; hit points {block.hit_points} ({block.hit_dice})",
        "speed: " + ", ".join(f"{mode} {feet} ft." for mode, feet in block.speeds.items()),
    ]
    if scores is not None:
        lines.append("abilities: " + ", ".join(f"{ABILITY_NAMES[name]} {scores.of(name)}" for name in ABILITIES))
    lists: Sequence[tuple[str, Sequence[str]]] = (
        ("skills", list(block.skills)),
        ("immune to", [*block.damage_immunities, *block.condition_immunities]),
        ("senses", [f"{sense} {feet} ft." for sense, feet in block.senses.items()]),
        ("languages", block.languages),
    )
    lines += [f"{label}: {', '.join(entries)}" for label, entries in lists if entries]
    return [*lines, *action_lines(block)]
