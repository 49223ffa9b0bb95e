"""SV1-SV2: saving throws have the right proficiencies and the right bonuses."""

from collections.abc import Iterable, Iterator

from dnd.rules.building import Mark
from dnd.rules.dossier import Dossier, Example
from dnd.rules.finding import Finding, Severity
from dnd.rules.mechanics import sheet_rule
from dnd.rules.reckoning import Reckoning, Sums, mend, reckon
from dnd.rules.rule import Skip
from dnd.sheets.sheet import CharacterSheet
from dnd.srd.abilities import ABILITIES, ABILITY_NAMES, Ability, as_ability

SAVE_SOURCE = "SRD 5.1 Classes (Proficiencies), Multiclassing; SRD 5.2 Classes (Core Traits), Multiclassing"
BONUS_SOURCE = "SRD 5.1 Using Ability Scores (Saving Throws); SRD 5.2 Playing the Game (Saving Throws)"


def granted_saves(reckoning: Reckoning) -> frozenset[str] | None:
    """Abilities whose saves the first class and later features make proficient; None when the class is not known."""
    if not reckoning.complete:
        return None
    later = (ability for row in reckoning.granted("save_proficiency") for ability in row.of)
    return frozenset((*reckoning.classes[0].table.saves, *later))


def _chosen(reckoning: Reckoning, ability: Ability) -> bool:
    """Whether a feat may have made the save proficient: "Resilient (Constitution)" names its own."""
    if not reckoning.granted("save_choice"):
        return False
    feats = [feat.lower() for feat in reckoning.sheet.feats if feat.lower().startswith("resilient")]
    return any("(" not in feat or ABILITY_NAMES[ability].lower() in feat or f"({ability})" in feat for feat in feats)


def _proficient(reckoning: Reckoning, ability: Ability, granted: frozenset[str] | None) -> bool | None:
    """Whether the save ought to be proficient; as stated where the class does not tell; None when nothing does."""
    stated = reckoning.sheet.saving_throws[ability].proficient
    if granted is None:
        return stated
    if ability in granted:
        return True
    return bool(stated) if _chosen(reckoning, ability) else False


def save_values(reckoning: Reckoning, ability: Ability) -> Sums | None:
    """The legal bonuses of a save that the sheet lists; None when score or proficiency bonus is missing."""
    modifiers, bonus = reckoning.modifiers(ability), reckoning.proficiency
    proficient = _proficient(reckoning, ability, granted_saves(reckoning))
    if not modifiers or (bonus is None and proficient is not False):
        return None
    steps = {False: (0,), True: (bonus or 0,), None: (0, bonus or 0)}[proficient]
    bases = (value + step for value in modifiers for step in steps)
    return reckoning.sums(bases, reckoning.extras("save_bonus"))


def _proficiencies(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Iterable[Finding] | Skip:
    reckoning = reckon(sheet, dossier)
    granted = granted_saves(reckoning)
    if granted is None:
        return Skip.NOT_CHECKABLE
    if all(save.proficient is None for save in sheet.saving_throws.values()):
        return Skip.NOT_APPLICABLE
    return _wrong_proficiencies(mark, reckoning, granted)


def _wrong_proficiencies(mark: Mark, reckoning: Reckoning, granted: frozenset[str]) -> Iterator[Finding]:
    saves, first = reckoning.sheet.saving_throws, reckoning.classes[0].table.name
    names = " and ".join(ABILITY_NAMES[ability] for ability in ABILITIES if ability in granted)
    for ability in ABILITIES:
        stated = saves[ability].proficient if ability in saves else None
        if stated is None or stated == (ability in granted):
            continue
        if stated and _chosen(reckoning, ability):
            continue
        name = ABILITY_NAMES[ability]
        message = (
            f"The {name} save is marked as proficient; a character who began as a {first} has {names}."
            if stated
            else f"The {name} save is not marked as proficient; a character who began as a {first} has {names}."
        )
        yield mark(
            f"/saving_throws/{ability}/proficient",
            message,
            expected=names,
            found=f"{name} {'proficient' if stated else 'not proficient'}",
            correct=not stated,
            severity=Severity.WARNING if stated and reckoning.unknown else None,
        )


def _bonuses(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Iterable[Finding] | Skip:
    reckoning = reckon(sheet, dossier)
    listed: list[tuple[Ability, int]] = [
        (as_ability(key), save.bonus)
        for key, save in sheet.saving_throws.items()
        if key in ABILITY_NAMES and save.bonus is not None
    ]
    if not listed:
        return Skip.NOT_APPLICABLE
    legal: dict[Ability, Sums | None] = {ability: save_values(reckoning, ability) for ability, _ in listed}
    if all(values is None for values in legal.values()):
        return Skip.NOT_CHECKABLE
    return _wrong_bonuses(mark, reckoning, listed, legal)


def _wrong_bonuses(
    mark: Mark, reckoning: Reckoning, listed: list[tuple[Ability, int]], legal: dict[Ability, Sums | None]
) -> Iterator[Finding]:
    for ability, stated in listed:
        values = legal[ability]
        if values is None or stated in values:
            continue
        path, name, modifier = (
            f"/saving_throws/{ability}/bonus",
            ABILITY_NAMES[ability],
            reckoning.sheet.modifier(ability),
        )
        explained = reckoning.unknown and stated > max(values.values)
        message = (
            f"The {name} save is {stated:+d}; with a modifier of {modifier:+d}"
            f" and a proficiency bonus of {reckoning.proficiency or 0:+d} it is {values}."
        )
        yield mark(
            path,
            message,
            expected=str(values),
            found=f"{stated:+d}",
            severity=Severity.WARNING if explained else None,
            fix=None if explained else mend(mark, path, values.right),
        )


RULES = (
    sheet_rule(
        _proficiencies,
        id="SV1",
        title="Save proficiencies of the class",
        severity=Severity.ERROR,
        source=SAVE_SOURCE,
        prompt="Mark exactly the two saving throws of the first class as proficient, and those that a feature adds.",
        about=("saving_throws",),
        needs=("classes",),
        passing=(Example("wizard_5"), Example("rogue_5"), Example("wizard_5_2014")),
        failing=(
            Example("rogue_5", {"/saving_throws/con": {"bonus": 5, "proficient": True}}),
            Example("wizard_5", {"/saving_throws/int/proficient": False}),
        ),
    ),
    sheet_rule(
        _bonuses,
        id="SV2",
        title="Saving throw bonuses",
        severity=Severity.ERROR,
        source=BONUS_SOURCE,
        prompt="A saving throw is the ability modifier, plus the proficiency bonus where proficient.",
        about=("saving_throws",),
        needs=("ability_scores",),
        passing=(Example("wizard_5"), Example("paladin_6"), Example("cleric_5_2014")),
        failing=(
            Example("wizard_5", {"/saving_throws/wis/bonus": 9}),
            Example("cleric_5_2014", {"/saving_throws/str": -4}),
        ),
    ),
)
