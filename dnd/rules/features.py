"""CL4, CL5: a character has the features of the levels reached, and no others."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache

from dnd.rules.building import Mark
from dnd.rules.dossier import Dossier, Example
from dnd.rules.finding import Finding, Severity
from dnd.rules.mechanics import Said, sheet_rule
from dnd.rules.reckoning import Held, Reckoning, reckon
from dnd.rules.rule import Skip
from dnd.rules.telling import levels_of
from dnd.sheets.sheet import CharacterSheet
from dnd.srd.catalogue import Feature, features
from dnd.srd.classes import classes
from dnd.srd.edition import Edition
from dnd.srd.near import fold

_BRACKETS = re.compile(r"\s*\([^)]*\)")
_UNLISTED = frozenset(
    {
        *("ability score improvement", "epic boon", "primal path", "bard college", "divine domain", "domain spells"),
        *("druid circle", "circle of the land", "circle spells", "martial archetype", "monastic tradition"),
        *("sacred oath", "oath spells", "ranger archetype", "roguish archetype", "sorcerous origin"),
        *("otherworldly patron", "arcane tradition", "dragon ancestor", "flexible casting", "flurry of blows"),
        *("patient defense", "step of the wind", "expanded spell list", "aura improvements", "martial archetypes"),
        "divine intervention improvement",
    }
)
"""Features that sheets show by what was chosen, or within another feature: nobody lists them for themselves."""
_BARE_WORDS = frozenset({"Circle of the Land", "Dragon Ancestor"})
"""Features whose options are words such as "forest" and "red", which are no names of features by themselves."""
_SHOWN_BY: Mapping[str, Callable[[CharacterSheet], object]] = {
    "spellcasting": lambda sheet: sheet.spellcasting,
    "pact magic": lambda sheet: sheet.spellcasting,
    "weapon mastery": lambda sheet: sheet.weapon_masteries,
    "eldritch invocations": lambda sheet: sheet.invocations,
    "metamagic": lambda sheet: sheet.metamagic,
    "fighting style": lambda sheet: sheet.fighting_styles,
    "additional fighting style": lambda sheet: len(sheet.fighting_styles) > 1,
    "expertise": lambda sheet: any(skill.expertise for skill in sheet.skills.values()),
    "extra attack": lambda sheet: (sheet.attacks_per_action or 1) > 1,
    "two extra attacks": lambda sheet: (sheet.attacks_per_action or 1) > 2,
    "three extra attacks": lambda sheet: (sheet.attacks_per_action or 1) > 3,
    "mystic arcanum": lambda sheet: any(entry.arcanum for entry in sheet.spellcasting),
    "druidic": lambda sheet: "druidic" in map(fold, sheet.languages),
    "thieves cant": lambda sheet: "thieves cant" in map(fold, sheet.languages),
    "pact boon": lambda sheet: any(name.startswith("Pact of") for name in _all_names(sheet)),
}
"""Features that another part of the sheet shows."""
_LATER: Mapping[str, frozenset[str]] = {
    "extra attack": frozenset({"two extra attacks", "three extra attacks"}),
    "two extra attacks": frozenset({"three extra attacks"}),
    "cunning strike": frozenset({"improved cunning strike"}),
    "brutal strike": frozenset({"improved brutal strike"}),
    "blessed strikes": frozenset({"improved blessed strikes"}),
    "elemental fury": frozenset({"improved elemental fury"}),
}
"""Features that a later one of another name includes."""


def _all_names(sheet: CharacterSheet) -> Iterator[str]:
    yield from (feature.name for feature in sheet.features)
    yield from sheet.invocations


@lru_cache(maxsize=4096)
def variants(name: str) -> tuple[str, ...]:
    """A feature's folded names, the fullest first: whole, without brackets, what stands before and after a colon."""
    bare = _BRACKETS.sub("", name)
    return tuple(dict.fromkeys(fold(part) for part in (name, bare, *bare.partition(":")[::2]) if part.strip()))


@cache
def _by_name(edition: Edition) -> Mapping[str, tuple[Feature, ...]]:
    found: dict[str, list[Feature]] = {}
    for row in features(edition):
        if row.parent not in _BARE_WORDS:
            found.setdefault(fold(row.name), []).append(row)
    return {name: tuple(rows) for name, rows in found.items()}


@lru_cache(maxsize=4096)
def rows_named(name: str, edition: Edition) -> tuple[Feature, ...]:
    """The class features that a name on a sheet speaks of; empty for one of no class."""
    known = _by_name(edition)
    return next((known[variant] for variant in variants(name) if variant in known), ())


def _fits(row: Feature, held: Held) -> bool:
    """Whether a feature is one of these levels' class, and of its subclass as far as that is stated."""
    if row.class_name != held.table.id or row.subclass is None or held.subclass is None:
        return row.class_name == held.table.id
    return _same_subclass(row.class_name, row.subclass, held.subclass)


@lru_cache(maxsize=1024)
def _same_subclass(class_id: str, name: str, other: str) -> bool:
    """Whether two names are the SRD's subclass of a class, in either edition's wording."""
    row = classes("5.2")[class_id]
    return row.subclass_named(name) is not None and row.subclass_named(name) == row.subclass_named(other)


def _too_early(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Said:
    person = reckon(sheet, dossier)
    if not sheet.features and not sheet.invocations:
        return Skip.NOT_APPLICABLE
    if not person.complete:
        return Skip.NOT_CHECKABLE
    named = (_judge(mark, person, f"/features/{at}/name", entry.name) for at, entry in enumerate(sheet.features))
    chosen = (_judge(mark, person, f"/invocations/{at}", name) for at, name in enumerate(sheet.invocations))
    return [finding for finding in (*named, *chosen) if finding is not None]


def _judge(mark: Mark, person: Reckoning, path: str, name: str) -> Finding | None:
    edition = person.edition
    rows = rows_named(name, edition)
    own = [(row, held) for held in person.classes for row in rows if _fits(row, held)]
    if not rows or any(held.level >= row.level for row, held in own):
        return None
    if own:
        row, held = min(own, key=lambda pair: pair[0].level)
        message = (
            f"A {held.table.name.lower()} gains {name} at level {row.level}, and this one is of level {held.level}."
        )
        return mark(path, message, expected=f"level {row.level}", found=f"level {held.level}")
    return _foreign(mark, person, path, name, rows)


def _foreign(mark: Mark, person: Reckoning, path: str, name: str, rows: tuple[Feature, ...]) -> Finding:
    all_classes = classes(person.edition)
    owners = " or ".join(dict.fromkeys(_owner(row, all_classes[row.class_name].name) for row in rows))
    here = levels_of(person)
    weight = Severity.WARNING if person.unknown else mark.severity
    message = f"{name} is a feature of the {owners}; this character is a {here}."
    return mark(path, message, expected=f"a feature of a {here}", found=name, severity=weight)


def _owner(row: Feature, class_name: str) -> str:
    return f"{class_name.lower()} ({row.subclass})" if row.subclass else class_name.lower()


def _missing(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Said:
    person = reckon(sheet, dossier)
    if not person.classes:
        return Skip.NOT_CHECKABLE
    there = {variant for feature in sheet.features for variant in variants(feature.name)}
    findings: list[Finding] = []
    for held in person.classes:
        own = held.table.subclass_named(held.subclass) if held.subclass else None
        subclass = own.name if own else None
        lacking = [
            name
            for key, name, level in _required(held.id, subclass, dossier.edition)
            if level <= held.level and not _has(key, there, sheet)
        ]
        if lacking:
            listed = ", ".join(dict.fromkeys(lacking))
            message = f"The features of a level {held.level} {held.table.name.lower()} also include {listed}."
            findings.append(
                mark("/features", message, expected=listed, found=f"{held.table.name} {held.level} without")
            )
    return findings


def _has(key: str, there: set[str], sheet: CharacterSheet) -> bool:
    if key in there or not _LATER.get(key, frozenset()).isdisjoint(there):
        return True
    shown = _SHOWN_BY.get(key)
    if shown is not None and shown(sheet):
        return True
    return key.endswith(" spells") and any(entry.always_prepared for entry in sheet.spellcasting)


@cache
def _required(class_id: str, subclass: str | None, edition: Edition) -> tuple[tuple[str, str, int], ...]:
    """What a sheet of the class lists: key to look for, name as printed, level."""
    least: dict[str, tuple[str, int]] = {}
    table = classes(edition)[class_id]
    for row in features(edition):
        if row.class_name != class_id or row.parent is not None:
            continue
        if row.subclass is not None and (
            subclass is None or table.subclass_named(row.subclass) != table.subclass_named(subclass)
        ):
            continue
        name = _BRACKETS.sub("", row.name).partition(":")[0].strip()
        key = fold(name)
        if key in _UNLISTED or key.endswith(" subclass"):
            continue
        least[key] = min(least.get(key, (name, row.level)), (name, row.level), key=lambda pair: pair[1])
    return tuple((key, name, level) for key, (name, level) in least.items())


_FIGHTER = Example("fighter_3")
_ROGUE = Example("rogue_5")
_WIZARD = Example("wizard_5_2014")
_RANGER = Example("ranger_5_2014")

RULES = (
    sheet_rule(
        _too_early,
        id="CL4",
        title="No feature comes before its level",
        severity=Severity.ERROR,
        source="SRD 5.1 the class tables; SRD 5.2 Classes, the class tables",
        prompt="Give only features of the character's own classes, each from the level at which the class gains it.",
        needs=("classes",),
        passing=(_FIGHTER, _ROGUE, _WIZARD, _RANGER, Example("fighter_3_rogue_2"), Example("warlock_5")),
        failing=(
            Example("fighter_3", {"/features/-": {"name": "Extra Attack"}}),
            Example("rogue_5", {"/features/-": "Evasion"}),
            Example("wizard_5_2014", {"/features/-": {"name": "Sneak Attack (3d6)"}}),
            Example("ranger_5_2014", {"/features/-": {"name": "Hide in Plain Sight"}}),
        ),
    ),
    sheet_rule(
        _missing,
        id="CL5",
        title="The features of the levels reached are there",
        severity=Severity.WARNING,
        source="SRD 5.1 the class tables; SRD 5.2 Classes, the class tables",
        prompt="List every feature that the class and the subclass give up to the character's level.",
        about=("features",),
        needs=("classes",),
        passing=(_FIGHTER, _ROGUE, _WIZARD, _RANGER, Example("fighter_3_rogue_2"), Example("warlock_5")),
        failing=(
            Example("rogue_5", {"/features": [{"name": "Sneak Attack", "value": "3d6"}, {"name": "Cunning Action"}]}),
            Example("wizard_5_2014", {"/features": [{"name": "Spellcasting: Wizard"}]}),
        ),
    ),
)
