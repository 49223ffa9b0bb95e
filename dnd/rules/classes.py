"""CL1-CL3, CL7: classes and subclasses exist and fit each other, and attacks follow from the class levels."""

from collections.abc import Iterator, Mapping
from functools import cache

from dnd.rules.building import Mark, pointer
from dnd.rules.dossier import Dossier, Example
from dnd.rules.finding import Finding, Severity
from dnd.rules.mechanics import Said, sheet_rule
from dnd.rules.named import name_finding
from dnd.rules.reckoning import Reckoning, reckon
from dnd.rules.rule import Skip
from dnd.rules.telling import levels_of, times
from dnd.sheets.sheet import CharacterSheet, ClassLevel
from dnd.srd.classes import ClassTable, SubclassTable, class_named, classes
from dnd.srd.edition import BOTH, Edition
from dnd.srd.names import NameKind
from dnd.srd.near import fold
from dnd.srd.resources import attacks_per_action

_BLADES: Mapping[Edition, tuple[tuple[str, int, int], ...]] = {
    "5.1": (("thirsting blade", 5, 2),),
    "5.2": (("thirsting blade", 5, 2), ("devouring blade", 12, 3)),
}
"""Invocations that give attacks: name, warlock level, attacks. Warlock, both SRDs."""


def _exists(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Iterator[Finding]:
    for index, entry in enumerate(sheet.classes):
        finding = name_finding(mark, dossier, NameKind.CLASS_NAME, entry.name, pointer("classes", index, "name"))
        if finding is not None:
            yield finding


def _with_subclass(sheet: CharacterSheet) -> list[tuple[int, ClassLevel, str]]:
    return [(index, entry, entry.subclass) for index, entry in enumerate(sheet.classes) if entry.subclass]


def _level_of(entry: ClassLevel, sheet: CharacterSheet) -> int | None:
    return sheet.level if entry.level is None and len(sheet.classes) == 1 else entry.level


def _subclass_level(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Said:
    stated = _with_subclass(sheet)
    if not stated:
        return Skip.NOT_APPLICABLE
    findings: list[Finding] = []
    checked = False
    for index, entry, subclass in stated:
        row, level = class_named(entry.name, dossier.edition), _level_of(entry, sheet)
        if row is None or level is None:
            continue
        checked = True
        if level >= row.subclass_level:
            continue
        message = (
            f"A {row.name.lower()} chooses a subclass at level {row.subclass_level} (SRD {dossier.edition}); at level "
            f"{level} there is no {subclass} yet."
        )
        path = pointer("classes", index, "subclass")
        findings.append(mark(path, message, expected=f"level {row.subclass_level}", found=f"level {level}"))
    return findings if checked else Skip.NOT_CHECKABLE


@cache
def _owners(name: str, edition: Edition) -> tuple[tuple[ClassTable, SubclassTable], ...]:
    """The classes that have a subclass of this name; those of the other edition where this one has none."""
    editions = (edition, *(other for other in BOTH if other != edition))
    for each in editions:
        found = tuple((row, own) for row in classes(each).values() if (own := row.subclass_named(name)) is not None)
        if found:
            return found
    return ()


def _subclass_owner(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Said:
    stated = _with_subclass(sheet)
    if not stated:
        return Skip.NOT_APPLICABLE
    if all(class_named(entry.name, dossier.edition) is None for _, entry, _ in stated):
        return Skip.NOT_CHECKABLE
    findings: list[Finding] = []
    for index, entry, subclass in stated:
        path = pointer("classes", index, "subclass")
        row, owners = class_named(entry.name, dossier.edition), _owners(fold(subclass), dossier.edition)
        if row is None:
            continue
        if not owners:
            finding = name_finding(mark, dossier, NameKind.SUBCLASS, subclass, path)
            findings.extend([finding] if finding else [])
        elif row.id not in {owner.id for owner, _ in owners}:
            right = " or ".join(owner.name.lower() for owner, _ in owners)
            own = " or ".join(each.name for each in row.subclasses)
            message = f"{subclass} is a subclass of the {right}, not of the {row.name.lower()}."
            findings.append(
                mark(path, message, expected=f"a subclass of the {row.name.lower()}: {own}", found=subclass)
            )
    return findings


def _attacks(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Said:
    person, stated = reckon(sheet, dossier), sheet.attacks_per_action
    if stated is None or not person.complete:
        return Skip.NOT_CHECKABLE
    right = attacks_of(person)
    if stated == right:
        return ()
    several = "; Extra Attack from several classes does not add up" if len(person.classes) > 1 else ""
    message = f"A {levels_of(person)} attacks {times(right)} with the Attack action, not {times(stated)}{several}."
    if person.unknown:
        weight = Severity.WARNING if stated > right else Severity.INFO
        return (mark("/attacks_per_action", message, expected=str(right), found=str(stated), severity=weight),)
    return (mark("/attacks_per_action", message, expected=str(right), found=str(stated), correct=right),)


def attacks_of(person: Reckoning) -> int:
    """Attacks with one Attack action: the most that one class or invocation gives."""
    warlock = person.levels.get("warlock", 0)
    blades = (attacks for name, level, attacks in _BLADES[person.edition] if warlock >= level and name in person.names)
    return max((attacks_per_action(person.levels, person.edition), *blades))


_FIGHTER = Example("fighter_3")
_WIZARD = Example("wizard_5_2014")

RULES = (
    sheet_rule(
        _exists,
        id="CL1",
        title="The class exists",
        severity=Severity.WARNING,
        source="SRD 5.1 the class entries; SRD 5.2 Classes",
        prompt="Use the twelve classes of the SRD unless the request names another.",
        about=("classes",),
        passing=(_FIGHTER, _WIZARD, Example("fighter_3", {"/classes/0/name": "fighter"})),
        failing=(
            Example("fighter_3", {"/classes/0/name": "Spellblade"}),
            Example("fighter_3", {"/classes/0/name": "Figther"}),
            Example("fighter_3", {"/classes/0/name": "Spellblade"}, names="strict_srd"),
        ),
    ),
    sheet_rule(
        _subclass_level,
        id="CL2",
        title="The subclass comes at its level",
        severity=Severity.ERROR,
        source="SRD 5.1 the class tables; SRD 5.2 Classes, the class tables",
        prompt=(
            "Give a subclass only from the level at which the class chooses it: in 5.2 level 3; in 5.1 level 1 for "
            "cleric, sorcerer and warlock, level 2 for druid and wizard, level 3 for the others."
        ),
        about=("classes",),
        passing=(
            _FIGHTER,
            _WIZARD,
            Example("wizard_5_2014", {"/classes/0/level": 2}),
            Example("cleric_5_2014", {"/classes/0/level": 1}),
        ),
        failing=(
            Example("cleric_5", {"/classes/0/level": 1}),
            Example("fighter_3", {"/classes/0/level": 2}),
            Example("wizard_5_2014", {"/classes/0/level": 1}),
        ),
    ),
    sheet_rule(
        _subclass_owner,
        id="CL3",
        title="The subclass belongs to the class",
        severity=Severity.ERROR,
        source="SRD 5.1 the class entries; SRD 5.2 Classes",
        prompt="A subclass belongs to one class: choose one of the character's own class.",
        about=("classes",),
        passing=(_FIGHTER, _WIZARD, Example("fighter_3", {"/classes/0/subclass": "champion"})),
        failing=(
            Example("wizard_5", {"/classes/0/subclass": "Champion"}),
            Example("fighter_3", {"/classes/0/subclass": "Life Domain"}),
            Example("fighter_3", {"/classes/0/subclass": "Order of the Soup"}),
        ),
    ),
    sheet_rule(
        _attacks,
        id="CL7",
        title="Attacks per Attack action follow from the class levels",
        severity=Severity.ERROR,
        source="SRD 5.1 the class entries, Extra Attack; SRD 5.2 Classes, Extra Attack; both Multiclassing",
        prompt=(
            "Extra Attack gives two attacks at level 5 of barbarian, fighter, monk, paladin or ranger, a fighter three "
            "at 11 and four at 20; levels of several classes do not add up."
        ),
        about=("attacks_per_action",),
        needs=("classes",),
        passing=(
            _FIGHTER,
            Example("barbarian_5"),
            Example("ranger_5_2014"),
            Example("fighter_3", {"/classes/0/level": 20, "/attacks_per_action": 4}),
            Example("warlock_5", {"/invocations/0": "Thirsting Blade", "/attacks_per_action": 2}),
        ),
        failing=(
            Example("fighter_3", {"/attacks_per_action": 2}),
            Example("barbarian_5", {"/attacks_per_action": 1}),
            Example(
                "fighter_3",
                {
                    "/classes": [{"name": "Fighter", "level": 5}, {"name": "Ranger", "level": 5}],
                    "/attacks_per_action": 3,
                },
            ),
        ),
    ),
)
