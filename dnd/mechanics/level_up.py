"""What the next level gives, and what it lets a player choose."""

from collections.abc import Sequence
from random import Random
from typing import Literal

from pydantic import Field

from dnd.errors import FieldError, InvalidParametersError
from dnd.mechanics.career import Career, careers, counted, features_at, new_spell_level
from dnd.mechanics.computed import Computed
from dnd.sheets.sheet import CharacterSheet
from dnd.srd.abilities import ABILITY_NAMES
from dnd.srd.advancement import EPIC_BOON_LEVEL, HIGHEST_LEVEL, XP_BY_LEVEL, asi_levels, proficiency_bonus
from dnd.srd.catalogue import spells
from dnd.srd.classes import ClassTable, class_named
from dnd.srd.edition import Edition
from dnd.srd.feats import feats
from dnd.srd.spellcasting import (
    cantrips,
    max_spell_level,
    pact_slots,
    prepared_limit,
    slots,
    spells_known,
)

SPELLBOOK = {"wizard": 2}
"""Spells that a level adds to a spellbook. Wizard, both SRDs."""
SUGGESTIONS = 3
"""Options named for each choice."""


class Rise(Computed):
    """A number that grows."""

    name: str
    before: int | None = Field(default=None, description="None: there was none.")
    after: int


class Choice(Computed):
    """Something to choose, with legal options."""

    choice: str
    count: int = 1
    options: tuple[str, ...]


class LevelGain(Computed):
    """What one level brings."""

    class_name: str
    class_level: int
    character_level: int
    experience: int = Field(description="Points that the level needs.")
    hit_die: str
    hit_points: int | None = Field(default=None, description="Gained by the fixed value; None: rolled, or no score.")
    hit_points_range: tuple[int, int] | None = Field(default=None, description="Least and most when rolled.")
    proficiency_bonus: int
    features: tuple[str, ...] = ()
    resources: tuple[Rise, ...] = ()
    spell_slots: tuple[int, ...] = Field(default=(), description="Of spell level 1 and up, after the level.")
    pact_slots: tuple[int, int] | None = Field(default=None, description="Number and level, after the level.")
    choices: tuple[Choice, ...] = ()
    gained: tuple[str, ...] = Field(description="Everything that wants a moment of its own.")


def next_level(
    sheet: CharacterSheet,
    edition: Edition,
    rng: Random,
    *,
    takes: str | None = None,
    method: Literal["fixed", "rolled"] = "fixed",
) -> LevelGain:
    """The level after that of `sheet`, in its first class or in `takes`.

    Raises:
        InvalidParametersError: class or level are missing, the SRD has no such class, or there is no further level.
    """
    path = careers(sheet, edition)
    total = sum(entry.level for entry in path)
    if total >= HIGHEST_LEVEL:
        raise _fault("/subject/level", f"level {HIGHEST_LEVEL} is the last")
    career = _chosen(path, takes, edition)
    table, level = career.table, career.level + 1
    gained = features_at(table.id, level, edition, subclass=career.subclass is not None)
    slot_level = new_spell_level(table.id, level, edition)
    wants = [*gained, *([f"Spells of Level {slot_level}"] if slot_level else [])]
    if proficiency_bonus(total + 1) > proficiency_bonus(total):
        wants.append("Proficiency Bonus")
    fixed, ranged = _hit_points(sheet, table, method)
    pact = table.caster == "pact"
    return LevelGain(
        class_name=table.name,
        class_level=level,
        character_level=total + 1,
        experience=XP_BY_LEVEL[total],
        hit_die=f"d{table.hit_die}",
        hit_points=fixed,
        hit_points_range=ranged,
        proficiency_bonus=proficiency_bonus(total + 1),
        features=gained,
        resources=_rises(table.id, level, edition),
        spell_slots=() if pact else tuple(number for number in slots(table.id, level, edition) if number),
        pact_slots=pact_slots(level) if pact else None,
        choices=tuple(_choices(sheet, career, level, edition, rng)),
        gained=tuple(dict.fromkeys(wants))[:6] or ("Hit Points",),
    )


def _fault(path: str, message: str) -> InvalidParametersError:
    return InvalidParametersError(message, [FieldError(path, message)])


def _chosen(path: Sequence[Career], takes: str | None, edition: Edition) -> Career:
    if takes is None:
        return path[0]
    table = class_named(takes, edition)
    if table is None:
        raise _fault("/subject/takes", f"the SRD of {edition} has no class {takes[:60]!r}")
    return next((entry for entry in path if entry.table.id == table.id), Career(table, 0))


def _hit_points(
    sheet: CharacterSheet, table: ClassTable, method: Literal["fixed", "rolled"]
) -> tuple[int | None, tuple[int, int] | None]:
    con = sheet.modifier("con")
    if con is None:
        return None, None
    if method == "rolled":
        return None, (max(1, 1 + con), max(1, table.hit_die + con))
    return max(1, table.hit_die // 2 + 1 + con), None


def _rises(class_id: str, level: int, edition: Edition) -> tuple[Rise, ...]:
    before = counted(class_id, level - 1, edition)
    found: list[Rise] = []
    for name, (_, after) in counted(class_id, level, edition).items():
        earlier = before[name][1] if name in before else None
        if after is not None and after != earlier:
            found.append(Rise(name=name, before=earlier, after=after))
    return tuple(found)


def _choices(sheet: CharacterSheet, career: Career, level: int, edition: Edition, rng: Random) -> list[Choice]:
    table, found = career.table, list[Choice]()
    if level == table.subclass_level and career.subclass is None:
        found.append(Choice(choice="Subclass", options=tuple(entry.name for entry in table.subclasses)))
    if level in asi_levels(table.id, edition):
        found.append(_improvement(table, level, edition))
    more = cantrips(table.id, level, edition) - (cantrips(table.id, level - 1, edition) if level > 1 else 0)
    if more > 0:
        found.append(Choice(choice="Cantrips", count=more, options=_spells(sheet, table.id, (0, 0), edition, rng)))
    if table.id in SPELLBOOK:
        levels = (1, max_spell_level(table.id, level, edition))
        found.append(
            Choice(
                choice="Spellbook", count=SPELLBOOK[table.id], options=_spells(sheet, table.id, levels, edition, rng)
            )
        )
    new, top = _new_spells(sheet, table, level, edition), max_spell_level(table.id, level, edition)
    if new > 0 and top:
        options = _spells(sheet, table.id, (1 if top < 3 else top - 1, top), edition, rng)
        found.append(Choice(choice="Spells", count=new, options=options))
    return [choice for choice in found if choice.options]


def _improvement(table: ClassTable, level: int, edition: Edition) -> Choice:
    abilities = tuple(dict.fromkeys(ABILITY_NAMES[name] for group in table.primary for name in group))
    if edition == "5.2" and level >= EPIC_BOON_LEVEL:
        boons = tuple(row.name for row in feats("5.2").values() if row.category == "epic boon")
        return Choice(choice="Epic Boon", options=boons[:SUGGESTIONS])
    return Choice(choice="Ability Score Improvement", options=(*abilities, "Constitution")[:SUGGESTIONS])


def _new_spells(sheet: CharacterSheet, table: ClassTable, level: int, edition: Edition) -> int:
    """How many spells more the level lets the character have."""
    ability = table.casting_ability
    modifier = sheet.modifier(ability) if ability else None

    def limit(at: int) -> int:
        if at < 1:
            return 0
        known = spells_known(table.id, at) if edition == "5.1" else None
        return known if known is not None else prepared_limit(table.id, at, modifier, edition) or 0

    return limit(level) - limit(level - 1)


def _spells(
    sheet: CharacterSheet, class_id: str, levels: tuple[int, int], edition: Edition, rng: Random
) -> tuple[str, ...]:
    """Spells of the class list within the levels that the character does not have, chosen by the generator."""
    low, high = levels
    have = {spell.name.casefold() for casting in sheet.spellcasting for _, spell in casting.spells}
    fitting = sorted(
        row.name
        for row in spells(edition).values()
        if class_id in row.classes and low <= row.level <= high and row.name.casefold() not in have
    )
    return tuple(sorted(rng.sample(fitting, min(SUGGESTIONS, len(fitting)))))


def describe(gain: LevelGain) -> list[str]:
    """What a writer must know of the level, one statement a line."""
    lines = [f"becomes a {gain.class_name} of class level {gain.class_level}, character level {gain.character_level}"]
    lines += [f"wants words, feature `{name}`: gained now" for name in gain.gained]
    for choice in gain.choices:
        options = ", ".join(choice.options)
        lines.append(f"wants words, choice `{choice.choice}`: {choice.count} to choose, for instance {options}")
    if gain.resources:
        lines.append("grows: " + ", ".join(rise.name for rise in gain.resources))
    return lines
