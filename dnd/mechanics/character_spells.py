"""The spellcasting of a character: slots, and legal spells from the list of each class."""

from collections.abc import Iterable, Iterator, Mapping
from random import Random

from dnd.mechanics.career import Career
from dnd.mechanics.character_plan import Plan
from dnd.mechanics.character_scores import Growth
from dnd.srd.abilities import Ability
from dnd.srd.catalogue import Spell, spells
from dnd.srd.classes import SpellsByLevel
from dnd.srd.spellcasting import (
    MYSTIC_ARCANUM,
    cantrips,
    max_spell_level,
    multiclass_slots,
    pact_slots,
    prepared_limit,
    spells_known,
)

_FIRST_SPELLS = 6
_SPELLS_PER_LEVEL = 2
"""What a wizard's book holds at level 1, and more of at each level after. Wizard, both SRDs."""
_HIGHEST_PACT_LEVEL = 5
_MENTAL: tuple[Ability, ...] = ("int", "wis", "cha")


def spells_json(plan: Plan, growth: Growth) -> dict[str, object]:
    """The field of a sheet that speaks of spells: an entry for each class that casts, and one for other sources."""
    entries = [
        _entry(plan, growth, career)
        for career in plan.careers
        if career.table.casting_ability and max_spell_level(career.table.id, career.level, plan.edition)
    ]
    return {"spellcasting": [*entries, *_elsewhere(plan, growth)]}


def _entry(plan: Plan, growth: Growth, career: Career) -> dict[str, object]:
    table, level, edition = career.table, career.level, plan.edition
    power = growth.modifier(table.casting_ability or "int")
    kept = tuple(_always(plan, career))
    dice = plan.dice(f"spells of a {table.id}")
    entry: dict[str, object] = {
        "class_name": table.name,
        "ability": table.casting_ability,
        "save_dc": 8 + plan.bonus + power,
        "attack_bonus": plan.bonus + power,
        "cantrips": _cantrips(plan, career, kept, dice),
        "always_prepared": kept,
    }
    if table.caster == "pact":
        count, at = pact_slots(level)
        entry["pact_slots"] = {"count": count, "level": at}
        levels = [spell for spell, needed in MYSTIC_ARCANUM.items() if level >= needed]
        entry["arcanum"] = [name for spell in levels for name in dice.sample(_names(plan, table.id, spell, kept), 1)]
    else:
        entry["slots"] = multiclass_slots(plan.levels, edition)
    known = spells_known(table.id, level) if edition == "5.1" else None
    limit = prepared_limit(table.id, level, power, edition)
    highest = max_spell_level(table.id, level, edition)
    by_level = {
        spell: _names(plan, table.id, spell, kept)
        for spell in range(1, min(highest, _HIGHEST_PACT_LEVEL if table.caster == "pact" else 9) + 1)
    }
    if table.id == "wizard":
        book = _spread(by_level, _FIRST_SPELLS + _SPELLS_PER_LEVEL * (level - 1), dice)
        entry["spellbook"] = book
        by_level = {spell: [name for name in names if name in book] for spell, names in by_level.items()}
    if known is not None:
        more = tuple(_secrets(plan, career, by_level, dice)) if table.id == "bard" else ()
        entry["known"] = [*_spread(by_level, known, dice), *more]
    elif limit is not None:
        entry["prepared"] = _spread(by_level, limit, dice)
    return entry


def _always(plan: Plan, career: Career) -> Iterator[str]:
    """Spells that class, subclass and the choice of a land keep prepared."""
    tables: list[SpellsByLevel] = [career.table.always_prepared]
    row = career.table.subclass_named(career.subclass) if career.subclass else None
    if row is not None:
        tables.append(row.always_prepared)
        if row.by_choice:
            tables.append(row.by_choice[plan.dice("land").choice(sorted(row.by_choice))])
    for table in tables:
        yield from (name for at, names in table.items() if at <= career.level for name in names)


def _cantrips(plan: Plan, career: Career, kept: tuple[str, ...], dice: Random) -> list[str]:
    count = cantrips(career.table.id, career.level, plan.edition)
    names = _names(plan, career.table.id, 0, kept)
    dice.shuffle(names)
    if "Eldritch Blast" in names:  # what several invocations build on
        names.insert(0, names.pop(names.index("Eldritch Blast")))
    return names[:count]


def _names(plan: Plan, class_id: str, level: int, without: Iterable[str]) -> list[str]:
    taken = set(without)
    return sorted(row.name for row in _of_level(plan, level) if class_id in row.classes and row.name not in taken)


def _of_level(plan: Plan, level: int) -> Iterator[Spell]:
    return (row for row in spells(plan.edition).values() if row.level == level)


def _spread(by_level: Mapping[int, list[str]], count: int, dice: Random) -> list[str]:
    """`count` spells, of every level in turn while there are any."""
    piles = {level: dice.sample(names, len(names)) for level, names in by_level.items()}
    found: list[str] = []
    while len(found) < count and any(piles.values()):
        for level in sorted(piles, reverse=True):
            if piles[level] and len(found) < count:
                found.append(piles[level].pop())
    return found


def _secrets(plan: Plan, career: Career, by_level: Mapping[int, list[str]], dice: Random) -> Iterator[str]:
    """A 5.1 bard of lore learns two spells of any list (Additional Magical Secrets)."""
    for row in plan.met("spells"):
        if row.class_id == career.table.id and row.source == "Additional Magical Secrets":
            own = {name for names in by_level.values() for name in names}
            yield from dice.sample(
                sorted(spell.name for spell in _of_level(plan, 1) if spell.name not in own), row.amount
            )


def _elsewhere(plan: Plan, growth: Growth) -> Iterator[dict[str, object]]:
    """Spells of the species, and of Magic Initiate."""
    ability = max(_MENTAL, key=growth.modifier)
    numbers = {
        "ability": ability,
        "save_dc": 8 + plan.bonus + growth.modifier(ability),
        "attack_bonus": plan.bonus + growth.modifier(ability),
    }
    born = (plan.kin.spells, *((plan.lineage.spells,) if plan.lineage else ()))
    names = [name for table in born for at, row in table.items() if at <= plan.total for name in row]
    dice = plan.dice("spells of the origin")
    if plan.edition == "5.1" and plan.lineage and plan.lineage.cantrip_of:
        names.append(dice.choice(_names(plan, plan.lineage.cantrip_of, 0, ())))
    if names:
        zero = {row.name for row in _of_level(plan, 0)}
        yield {
            "class_name": plan.lineage.name if plan.lineage else plan.kin.name,
            **_numbers_of(plan, growth, numbers),
            "cantrips": [name for name in names if name in zero],
            "always_prepared": [name for name in names if name not in zero],
        }
    if plan.background.feat_list and plan.background.feat == "Magic Initiate":
        yield {
            "class_name": "Magic Initiate",
            **numbers,
            "cantrips": dice.sample(_names(plan, plan.background.feat_list, 0, ()), 2),
            "always_prepared": dice.sample(_names(plan, plan.background.feat_list, 1, ()), 1),
        }


def _numbers_of(plan: Plan, growth: Growth, numbers: Mapping[str, object]) -> Mapping[str, object]:
    """5.1 fixes the ability of a species' spells: Charisma for a tiefling, Intelligence for a high elf."""
    fixed: Mapping[str, Ability] = {"tiefling": "cha", "elf": "int"}
    ability = fixed.get(plan.kin.id) if plan.edition == "5.1" else None
    if ability is None:
        return numbers
    power = plan.bonus + growth.modifier(ability)
    return {"ability": ability, "save_dc": 8 + power, "attack_bonus": power}
