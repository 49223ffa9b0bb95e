"""MC1-MC5: several classes: what they ask for, and what the later ones do not give again."""

from collections.abc import Iterable, Iterator

from dnd.rules.bearing import scores
from dnd.rules.building import Mark, pointer
from dnd.rules.dossier import Dossier, Example
from dnd.rules.finding import Finding, Fix, Severity
from dnd.rules.level import bonus_finding
from dnd.rules.mechanics import Said, sheet_rule
from dnd.rules.reckoning import Held, Reckoning, mend, reckon
from dnd.rules.rule import Skip
from dnd.rules.saves import granted_saves
from dnd.rules.trainings import armor_claims, said_classes, weapon_claims
from dnd.sheets.sheet import CharacterSheet
from dnd.srd.abilities import ABILITY_NAMES, Ability
from dnd.srd.classes import MULTICLASS_MINIMUM, ClassTable
from dnd.srd.edition import Edition
from dnd.srd.near import fold
from dnd.srd.resources import resource

SOURCE = "SRD 5.1 Multiclassing; SRD 5.2 Character Creation (Multiclassing)"


def _group(abilities: Iterable[Ability]) -> str:
    return " or ".join(ABILITY_NAMES[ability] for ability in abilities)


def _prerequisites(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Said:
    if len(sheet.classes) < 2:
        return Skip.NOT_APPLICABLE
    person = reckon(sheet, dossier)
    return list(_unmet(mark, person)) if person.classes else Skip.NOT_CHECKABLE


def _unmet(mark: Mark, person: Reckoning) -> Iterator[Finding]:
    for held in person.classes:
        for group in held.table.primary:
            best = [max(reached) for ability in group if (reached := scores(person, ability))]
            if len(best) < len(group) or max(best) >= MULTICLASS_MINIMUM:
                continue
            names, top = _group(group), max(best)
            message = (
                f"To have another class beside it, a {held.table.name.lower()} needs {names} {MULTICLASS_MINIMUM} or "
                f"higher; here it is {top}."
            )
            place = f"/ability_scores/{group[0]}" if len(group) == 1 else pointer("classes", held.index, "name")
            yield mark(place, message, expected=f"{names} {MULTICLASS_MINIMUM}+", found=str(top))


def _bonus(mark: Mark, sheet: CharacterSheet, _: Dossier) -> Said:
    if len(sheet.classes) < 2:
        return Skip.NOT_APPLICABLE
    return bonus_finding(mark, sheet, ": it follows from the total level, not from that of one class")


def _training(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Said:
    person = reckon(sheet, dossier)
    if len(sheet.classes) < 2 or not (sheet.armor_training or sheet.weapon_training):
        return Skip.NOT_APPLICABLE
    if not person.complete:
        return Skip.NOT_CHECKABLE
    why = _later(person)
    return [*armor_claims(mark, person, why), *weapon_claims(mark, person, why)]


def _later(person: Reckoning) -> str:
    later = " and ".join(held.table.name.lower() for held in person.classes[1:])
    return f": taken later, {later} gives only part of its trainings"


def _saves(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Said:
    person = reckon(sheet, dossier)
    if len(sheet.classes) < 2 or all(save.proficient is None for save in sheet.saving_throws.values()):
        return Skip.NOT_APPLICABLE
    granted = granted_saves(person)
    return Skip.NOT_CHECKABLE if granted is None else list(_borrowed(mark, person, granted))


def _borrowed(mark: Mark, person: Reckoning, granted: frozenset[str]) -> Iterator[Finding]:
    first, resilient = person.classes[0].table, bool(person.granted("save_choice"))
    for held in person.classes[1:]:
        for key in held.table.saves:
            save = person.sheet.saving_throws.get(key)
            if save is None or not save.proficient or key in granted or resilient:
                continue
            name, own = ABILITY_NAMES[key], " and ".join(ABILITY_NAMES[each] for each in first.saves)
            message = (
                f"The {name} save is proficient for a {held.table.name.lower()} only where it is the first class; this "
                f"character began as a {first.name.lower()}, with {own}."
            )
            path, found = f"/saving_throws/{key}/proficient", f"{name} proficient"
            fix = None if person.unknown else mend(mark, path, value=False)
            weight = Severity.WARNING if person.unknown else None
            yield mark(path, message, expected=own, found=found, fix=fix, severity=weight)


def _stacking(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Said:
    person = reckon(sheet, dossier)
    if len(sheet.classes) < 2:
        return Skip.NOT_APPLICABLE
    if not person.complete:
        return Skip.NOT_CHECKABLE
    first_only = _twice_unarmored(mark, person) if person.edition == "5.1" else ()
    shared = _twice_channelled(mark, person) if person.edition == "5.1" else ()
    return [*first_only, *shared, *_added_attacks(mark, person)]


def _twice_unarmored(mark: Mark, person: Reckoning) -> Iterator[Finding]:
    """5.1 does not give the feature a second time; in 5.2 a character has both and uses one."""
    entries = [
        (index, each) for index, each in enumerate(person.sheet.features) if "unarmored defense" in fold(each.name)
    ]
    for index, entry in entries[1:]:
        path = pointer("features", index)
        plain = fold(entry.name) == "unarmored defense" and not entry.value
        message = "Unarmored Defense is not gained a second time from another class."
        fix = Fix(path=mark.place.pointer(path), op="remove") if plain else None
        yield mark(path, message, expected="one Unarmored Defense", found=str(len(entries)), fix=fix)


def _channel(held: Held, edition: Edition) -> int:
    return resource("channel divinity", held.id, held.level, edition) or 0


def _twice_channelled(mark: Mark, person: Reckoning) -> Iterator[Finding]:
    """5.1 shares the uses between the classes: the class that gives more decides."""
    given = [uses for held in person.classes if (uses := _channel(held, person.edition))]
    if len(given) < 2:
        return
    right = max(given)
    for index, entry in enumerate(person.sheet.features):
        if fold(entry.name).startswith("channel divinity") and (entry.uses or 0) > right:
            path = pointer("features", index, "uses")
            classes = said_classes(person)
            message = f"Channel Divinity of two classes shares its uses: {classes} has {right}, not {entry.uses}."
            yield mark(path, message, expected=str(right), found=str(entry.uses), correct=right)


def _attacks(table: ClassTable, level: int, edition: Edition) -> int:
    return resource("attacks", table.id, level, edition) or 1


def _added_attacks(mark: Mark, person: Reckoning) -> Iterator[Finding]:
    """Only the sum that comes of adding: any other wrong number is CL7's."""
    given = [_attacks(held.table, held.level, person.edition) for held in person.classes]
    right, added = max(given), 1 + sum(attacks - 1 for attacks in given)
    if added > right and person.sheet.attacks_per_action == added and not person.unknown:
        classes = said_classes(person)
        message = f"Extra Attack of several classes does not add up: {classes} attacks {right} times, not {added}."
        yield mark("/attacks_per_action", message, expected=str(right), found=str(added), correct=right)


_PAIR = Example("fighter_3_rogue_2")
_TWO_2014 = {
    "/classes": [{"name": "Cleric", "level": 6, "subclass": "Life Domain"}, {"name": "Paladin", "level": 4}],
    "/level": 10,
}
_BARBARIAN_MONK = {"/classes": [{"name": "Barbarian", "level": 2}, {"name": "Monk", "level": 3}]}

RULES = (
    sheet_rule(
        _prerequisites,
        id="MC1",
        title="Every class's prerequisite is met",
        severity=Severity.ERROR,
        source=SOURCE,
        prompt="With two classes or more, give 13 or higher in what each of them asks for, the first class included.",
        about=("classes",),
        needs=("ability_scores",),
        passing=(
            _PAIR,
            Example("fighter_3_rogue_2", {"/ability_scores/dex": 13}),
            Example("cleric_5_2014", {**_TWO_2014, "/ability_scores/str": 13, "/ability_scores/cha": 13}),
        ),
        failing=(
            Example("fighter_3_rogue_2", {"/classes/1/name": "Wizard"}),
            Example("fighter_3_rogue_2", {"/ability_scores/dex": 12}),
            Example("cleric_5_2014", {**_TWO_2014, "/ability_scores/cha": 12}),
        ),
    ),
    sheet_rule(
        _bonus,
        id="MC2",
        title="The proficiency bonus follows from the total level",
        severity=Severity.ERROR,
        source=SOURCE,
        prompt="Take the proficiency bonus from the total of all class levels.",
        about=("proficiency_bonus", "classes"),
        needs=("total_level",),
        passing=(_PAIR, Example("cleric_5_2014", {**_TWO_2014, "/proficiency_bonus": 4})),
        failing=(
            Example("fighter_3_rogue_2", {"/proficiency_bonus": 2}),
            Example("cleric_5_2014", _TWO_2014),
        ),
    ),
    sheet_rule(
        _training,
        id="MC3",
        title="Later classes give only their multiclass trainings",
        severity=Severity.ERROR,
        source=SOURCE,
        prompt="From a class taken later, list only the trainings that multiclassing into it gives.",
        needs=("classes",),
        passing=(
            _PAIR,
            Example("cleric_5_2014", {**_TWO_2014, "/weapon_training": ["Simple weapons", "Martial weapons"]}),
        ),
        failing=(
            Example(
                "fighter_3_rogue_2",
                {"/classes/0": {"name": "Rogue", "level": 2}, "/classes/1": {"name": "Fighter", "level": 3}},
            ),
            Example("wizard_5", {"/classes/-": {"name": "Fighter", "level": 1}, "/armor_training": ["All armor"]}),
            Example("wizard_5_2014", {"/classes/-": {"name": "Rogue", "level": 1}, "/weapon_training/-": "Rapiers"}),
        ),
    ),
    sheet_rule(
        _saves,
        id="MC4",
        title="Saving throw proficiencies come from the first class",
        severity=Severity.ERROR,
        source=SOURCE,
        prompt="Take saving throw proficiencies from the first class only.",
        about=("saving_throws",),
        needs=("classes",),
        passing=(_PAIR, Example("fighter_3_rogue_2", {"/saving_throws/wis/proficient": True})),
        failing=(
            Example("fighter_3_rogue_2", {"/saving_throws/dex/proficient": True}),
            Example(
                "fighter_3_rogue_2", {"/saving_throws/dex/proficient": True, "/saving_throws/int/proficient": True}
            ),
        ),
    ),
    sheet_rule(
        _stacking,
        id="MC5",
        title="Unarmored Defense, Extra Attack and Channel Divinity do not add up",
        severity=Severity.ERROR,
        source=SOURCE,
        prompt=(
            "Do not add up Extra Attack of several classes; under 5.1 give one Unarmored Defense, and share the uses "
            "of Channel Divinity."
        ),
        needs=("classes",),
        passing=(
            _PAIR,
            Example("barbarian_5", {**_BARBARIAN_MONK, "/features/-": "Unarmored Defense"}),
            Example("cleric_5_2014", {**_TWO_2014, "/features": [{"name": "Channel Divinity", "uses": 2}]}),
        ),
        failing=(
            Example("barbarian_5", {**_BARBARIAN_MONK, "/features/-": "Unarmored Defense"}, edition="5.1"),
            Example("cleric_5_2014", {**_TWO_2014, "/features": [{"name": "Channel Divinity", "uses": 3}]}),
            Example(
                "barbarian_5",
                {
                    "/classes": [{"name": "Barbarian", "level": 5}, {"name": "Fighter", "level": 5}],
                    "/level": 10,
                    "/attacks_per_action": 3,
                },
            ),
        ),
    ),
)
