"""Legal character sheets of any class and level, built from the tables alone."""

from typing import Any

from dnd.rules import DOSSIER_RULES
from dnd.rules.dossier import Dossier
from dnd.rules.filing import document_dossier
from dnd.rules.finding import Finding
from dnd.rules.rule import Skip
from dnd.sheets.sheet import CharacterSheet
from dnd.srd.abilities import ABILITIES, SKILLS, modifier
from dnd.srd.advancement import proficiency_bonus
from dnd.srd.catalogue import spells
from dnd.srd.classes import ClassTable, classes
from dnd.srd.edition import Edition
from dnd.srd.spellcasting import (
    MYSTIC_ARCANUM,
    cantrips,
    max_spell_level,
    multiclass_slots,
    pact_slots,
    prepared_limit,
    spells_known,
)

SCORES = {"str": 14, "dex": 14, "con": 14, "int": 14, "wis": 14, "cha": 14}
BACKGROUND = {"5.1": ("Acolyte", ("Insight", "Religion")), "5.2": ("Criminal", ("Sleight of Hand", "Stealth"))}
_MORE_SAVES = {
    ("rogue", "5.1"): (15, ("wis",)),
    ("rogue", "5.2"): (15, ("wis", "cha")),
    ("monk", "5.1"): (14, ABILITIES),
    ("monk", "5.2"): (14, ABILITIES),
}
_AURA_LEVEL = 6
_HALF_LEVEL = 2
HIGHEST_PACT = 5


def character(edition: Edition, *levels: tuple[str, int], **changes: Any) -> dict[str, Any]:  # noqa: ANN401 -- any field
    """The canonical JSON of a legal character: class ids with their levels, the first class first."""
    tables, by_id = classes(edition), dict(levels)
    total = sum(by_id.values())
    bonus, first = proficiency_bonus(total), tables[levels[0][0]]
    background, own = BACKGROUND[edition]
    saves = {*first.saves, *_later_saves(edition, by_id)}
    aura = max(modifier(SCORES["cha"]), 1) if by_id.get("paladin", 0) >= _AURA_LEVEL else 0
    skills = {*own, *_class_skills(edition, levels, own)}
    half = bonus // 2 if by_id.get("bard", 0) >= _HALF_LEVEL else 0
    wisdom = modifier(SCORES["wis"])
    perception = wisdom + (bonus if "Perception" in skills else half)
    return {
        "name": "Somebody",
        "species": "Human" if edition == "5.1" else "Goliath",
        "background": background,
        "classes": [
            {"name": tables[name].name, "level": level, **_subclass(tables[name], level)} for name, level in levels
        ],
        "level": total,
        "ability_scores": SCORES,
        "proficiency_bonus": bonus,
        "feats": [] if edition == "5.1" else ["Alert"],
        "initiative": modifier(SCORES["dex"])
        + (bonus if edition == "5.2" else max(half, _athlete(edition, by_id, bonus))),
        "saving_throws": {
            name: {
                "bonus": modifier(SCORES[name]) + (bonus if name in saves else 0) + aura,
                "proficient": name in saves,
            }
            for name in ABILITIES
        },
        "skills": {
            name: {
                "bonus": modifier(SCORES[ability])
                + (bonus if name in skills else _part(edition, by_id, ability, bonus)),
                "proficient": name in skills,
                **_source(name, own, skills),
            }
            for name, ability in SKILLS.items()
        },
        "passive_perception": 10 + perception,
        "tools": [],
        "coins": {"gp": 9000},
        "spellcasting": _spellcasting(edition, levels, bonus),
        **changes,
    }


def _part(edition: Edition, levels: dict[str, int], ability: str, bonus: int) -> int:
    """What an untrained check gets of the proficiency bonus."""
    half = bonus // 2 if levels.get("bard", 0) >= _HALF_LEVEL else 0
    return max(half, _athlete(edition, levels, bonus) if ability in {"str", "dex", "con"} else 0)


def _athlete(edition: Edition, levels: dict[str, int], bonus: int) -> int:
    return (bonus + 1) // 2 if edition == "5.1" and levels.get("fighter", 0) >= 7 else 0


def _later_saves(edition: Edition, levels: dict[str, int]) -> set[str]:
    rows = ((levels.get(name, 0), row) for (name, of), row in _MORE_SAVES.items() if of == edition)
    return {ability for level, (at, abilities) in rows if level >= at for ability in abilities}


def _subclass(table: ClassTable, level: int) -> dict[str, str]:
    return {"subclass": table.subclasses[0].name} if level >= table.subclass_level else {}


def _class_skills(edition: Edition, levels: tuple[tuple[str, int], ...], taken: tuple[str, ...]) -> list[str]:
    chosen: list[str] = []
    for place, (name, _) in enumerate(levels):
        table = classes(edition)[name]
        count = table.multiclass_skills if place else table.skill_count
        free = [skill for skill in table.skill_choices or SKILLS if skill not in {*chosen, *taken}]
        chosen += free[:count]
    return chosen


def _source(name: str, own: tuple[str, ...], skills: set[str]) -> dict[str, str]:
    return {} if name not in skills else {"source": "background" if name in own else "class"}


def _spellcasting(edition: Edition, levels: tuple[tuple[str, int], ...], bonus: int) -> list[dict[str, Any]]:
    by_id = dict(levels)
    return [
        entry
        for name, level in levels
        if (table := classes(edition)[name]).casting_ability
        and (entry := _entry(edition, table, level, bonus, list(multiclass_slots(by_id, edition))))
    ]


def _entry(edition: Edition, table: ClassTable, level: int, bonus: int, slots: list[int]) -> dict[str, Any]:
    if not max_spell_level(table.id, level, edition) or table.casting_ability is None:
        return {}
    power = modifier(SCORES[table.casting_ability])
    entry: dict[str, Any] = {
        "class_name": table.name,
        "ability": table.casting_ability,
        "save_dc": 8 + bonus + power,
        "attack_bonus": bonus + power,
        "cantrips": _of_list(edition, table, level, 0)[: cantrips(table.id, level, edition)],
    }
    if table.caster == "pact":
        count, at = pact_slots(level)
        entry["pact_slots"] = {"count": count, "level": at}
        entry["arcanum"] = [
            _of_list(edition, table, level, spell)[0] for spell, needed in MYSTIC_ARCANUM.items() if level >= needed
        ]
    else:
        entry["slots"] = slots
    known = spells_known(table.id, level) if edition == "5.1" else None
    limit = prepared_limit(table.id, level, power, edition)
    if known is not None:
        entry["known"] = _castable(edition, table, level)[:known]
    elif limit is not None:
        entry["prepared"] = _castable(edition, table, level)[:limit]
    if table.id == "wizard":
        entry["spellbook"] = _castable(edition, table, level)[: 6 + 2 * (level - 1)]
    return entry


def _of_list(edition: Edition, table: ClassTable, level: int, spell_level: int) -> list[str]:
    always = {
        name.lower()
        for source in (table.always_prepared, *(tab.always_prepared for tab in table.subclasses), *_lands(table))
        for at, names in source.items()
        if at <= level
        for name in names
    }
    rows = (row for row in spells(edition).values() if row.level == spell_level and table.id in row.classes)
    return [row.name for row in rows if row.name.lower() not in always]


def _lands(table: ClassTable) -> list[Any]:
    return [land for tab in table.subclasses for land in tab.by_choice.values()]


def _castable(edition: Edition, table: ClassTable, level: int) -> list[str]:
    """Spells within reach, the highest first."""
    highest = min(max_spell_level(table.id, level, edition), HIGHEST_PACT if table.caster == "pact" else 9)
    return [name for spell in range(highest, 0, -1) for name in _of_list(edition, table, level, spell)]


def dossier(document: dict[str, Any], edition: Edition) -> Dossier:
    """The dossier of a sheet in canonical JSON."""
    return document_dossier(CharacterSheet.model_validate(document), edition)


def said(rule_id: str, document: dict[str, Any], edition: Edition) -> list[Finding] | Skip:
    """What one mechanical rule says of a sheet."""
    rule = next(rule for rule in DOSSIER_RULES if rule.id == rule_id)
    answer = rule.check(dossier(document, edition))
    return answer if isinstance(answer, Skip) else list(answer)


def faults(rule_id: str, document: dict[str, Any], edition: Edition) -> list[Finding]:
    """The findings of one mechanical rule on a sheet that it gives a verdict on."""
    answer = said(rule_id, document, edition)
    assert not isinstance(answer, Skip), f"{rule_id} gave no verdict: {answer}"
    return answer


def corrections(found: list[Finding]) -> dict[str, Any]:
    """Path → the value that code would put there."""
    return {finding.fix.path: finding.fix.value for finding in found if finding.fix is not None}
