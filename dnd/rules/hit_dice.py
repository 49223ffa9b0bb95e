"""HP1, HP5: hit dice are those of the classes, one for each level."""

from collections import Counter
from collections.abc import Iterator, Mapping

from dnd.rules.building import Mark, pointer
from dnd.rules.dossier import Dossier, Example
from dnd.rules.finding import Finding, Fix, Severity
from dnd.rules.mechanics import Said, sheet_rule
from dnd.rules.reckoning import Reckoning, mend, reckon
from dnd.rules.rule import Skip
from dnd.sheets.sheet import CharacterSheet
from dnd.srd.classes import class_named

MULTICLASSING = "SRD 5.1 Multiclassing (Hit Points and Hit Dice); SRD 5.2 Multiclassing (Hit Points and Hit Dice)"


def said_levels(person: Reckoning) -> str:
    """The classes in words: "level 3 fighter / level 2 rogue"."""
    return " / ".join(f"level {held.level} {held.table.name.lower()}" for held in person.classes)


def _dice(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Said:
    """Sides only: how many dice there are is the matter of HP5."""
    tables = [class_named(entry.name, dossier.edition) for entry in sheet.classes]
    if not sheet.hit_dice and all(entry.hit_die is None for entry in sheet.classes):
        return Skip.NOT_APPLICABLE
    if not any(tables):
        return Skip.NOT_CHECKABLE
    findings: list[Finding] = []
    for index, (entry, table) in enumerate(zip(sheet.classes, tables, strict=True)):
        if table is not None and entry.hit_die is not None and entry.hit_die != table.hit_die:
            message = f"The hit die of a {table.name.lower()} is a d{table.hit_die}, not a d{entry.hit_die}."
            path, right = pointer("classes", index, "hit_die"), f"d{table.hit_die}"
            findings.append(mark(path, message, expected=right, found=f"d{entry.hit_die}", correct=table.hit_die))
    if all(tables):
        findings.extend(_foreign_dice(mark, reckon(sheet, dossier), {table.hit_die for table in tables if table}))
    return findings


def _foreign_dice(mark: Mark, person: Reckoning, own: set[int]) -> Iterator[Finding]:
    wrong = sorted({dice.sides for dice in person.sheet.hit_dice if dice.sides} - own)
    if wrong:
        names = " and ".join(dict.fromkeys(entry.name.lower() for entry in person.sheet.classes))
        right, found = " or ".join(f"d{die}" for die in sorted(own)), " and ".join(f"d{die}" for die in wrong)
        message = f"The hit dice of {names} are {right}; no class of the sheet has {found}."
        yield mark("/hit_dice", message, expected=right, found=found, fix=_pool_fix(mark, person))


def _pool(person: Reckoning) -> Counter[int]:
    """Hit dice by their sides, as the classes give them."""
    pool: Counter[int] = Counter()
    for held in person.classes:
        pool[held.table.hit_die] += held.level
    return pool


def _pool_fix(mark: Mark, person: Reckoning) -> Fix | None:
    return mend(mark, "/hit_dice", _written(_pool(person)).split(" + ") if person.complete else None)


def _written(pool: Mapping[int, int]) -> str:
    return " + ".join(f"{count}d{die}" for die, count in sorted(pool.items(), reverse=True))


def _count(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Said:
    person = reckon(sheet, dossier)
    if not person.complete:
        return Skip.NOT_CHECKABLE
    right, stated = _pool(person), Counter[int]()
    for dice in sheet.hit_dice:
        stated[dice.sides] += dice.count
    # Dice that no class has are HP1's; here only their number counts.
    same = stated.total() == right.total() if stated.keys() - right.keys() else stated == right
    if same:
        return ()
    wanted, found = _written(right), _written(stated)
    message = f"A {said_levels(person)} has the hit dice {wanted}, one for each level, not {found}."
    return (mark("/hit_dice", message, expected=wanted, found=found, fix=_pool_fix(mark, person)),)


_WIZARD = Example("wizard_5")
_PAIR = Example("fighter_3_rogue_2")

RULES = (
    sheet_rule(
        _dice,
        id="HP1",
        title="The hit die is that of the class",
        severity=Severity.ERROR,
        source="SRD 5.1 the class entries (Hit Points); SRD 5.2 Classes (Core Traits)",
        prompt=(
            "Use the hit die of each class: d6 for sorcerer and wizard, d10 for fighter, paladin and ranger, d12 for "
            "barbarian, d8 for the others."
        ),
        needs=("classes",),
        passing=(_WIZARD, _PAIR, Example("cleric_5_2014")),
        failing=(
            Example("wizard_5", {"/classes/0/hit_die": 8}),
            Example("barbarian_5", {"/hit_dice": "5d10"}),
            Example("wizard_5_2014", {"/hit_dice": "5d8"}),
        ),
    ),
    sheet_rule(
        _count,
        id="HP5",
        title="There is one hit die for each level",
        severity=Severity.ERROR,
        source=MULTICLASSING,
        prompt="Give one hit die for each level, of the class of that level.",
        about=("hit_dice",),
        needs=("classes",),
        passing=(_WIZARD, _PAIR, Example("ranger_5_2014")),
        failing=(
            Example("wizard_5", {"/hit_dice": "4d6"}),
            Example("fighter_3_rogue_2", {"/hit_dice": "2d10 + 3d8"}),
            Example("cleric_5_2014", {"/hit_dice": "10d8"}),
        ),
    ),
)
