"""AB7, AB8: increases by species (5.1) and background (5.2) are those that it gives."""

from collections import Counter
from collections.abc import Iterator, Mapping

from dnd.rules.abilities import listed, stated_scores
from dnd.rules.advances import improvements
from dnd.rules.bearing import lineage_of, worn
from dnd.rules.building import Mark, pointer
from dnd.rules.dossier import Dossier, Example
from dnd.rules.finding import Finding, Fix, Severity
from dnd.rules.mechanics import Said, sheet_rule
from dnd.rules.raising import Kind, kind_of, raised_by
from dnd.rules.reckoning import Reckoning, reckon
from dnd.rules.rule import Skip
from dnd.sheets.sheet import CharacterSheet
from dnd.srd.abilities import ABILITIES, ABILITY_NAMES, POINT_COST, ROLLED_LOWEST, Ability
from dnd.srd.backgrounds import INCREASES, background_named
from dnd.srd.species import Species

_LOWEST_BASE: Mapping[str, int] = {
    "standard_array": min(POINT_COST),
    "point_buy": min(POINT_COST),
    "rolled": ROLLED_LOWEST,
}
"""The lowest base score of each way to generate them."""


def _due(person: Reckoning, kin: Species) -> tuple[Counter[str], bool]:
    """What the species raises, and whether that is all of it: an unnamed or unknown lineage may raise more."""
    lineage = lineage_of(person)
    due = Counter[str](dict(kin.increases))
    if lineage is not None:
        due.update(dict(lineage.increases))
    open_lineage = lineage is None and (bool(person.sheet.lineage) or any(row.increases for row in kin.lineages))
    return due, not open_lineage


def _by_species(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Said:
    person = reckon(sheet, dossier)
    kin = person.species
    if kin is None:
        return Skip.NOT_CHECKABLE
    due, whole = _due(person, kin)
    stated = raised_by(sheet, "species")
    if stated:
        return list(_listed_wrong(mark, person, stated, due, whole=whole))
    base = stated_scores(sheet.base_scores)
    lowest = _LOWEST_BASE.get(sheet.score_method or "")
    if not sheet.ability_scores or (not base and lowest is None):
        return Skip.NOT_CHECKABLE
    findings: list[Finding] = []
    for ability, score in listed(sheet.ability_scores):
        least = base.get(ability, lowest)
        if not due[ability] or least is None or score >= least + due[ability]:
            continue
        name, wanted = ABILITY_NAMES[ability], f"at least {least + due[ability]}"
        above = f"its base score of {least}" if ability in base else f"the lowest base score of {least}"
        message = f"A {kin.name.lower()} has {name} raised by {due[ability]} above {above}; here it is {score}."
        weight = None if ability in base else Severity.WARNING
        findings.append(mark(f"/ability_scores/{ability}", message, expected=wanted, found=str(score), severity=weight))
    return findings


def _listed_wrong(
    mark: Mark, person: Reckoning, stated: Counter[str], due: Counter[str], *, whole: bool
) -> Iterator[Finding]:
    sheet, kin = person.sheet, person.species
    if kin is None:
        return
    more: dict[Ability, int] = {}
    for ability in ABILITIES:
        more[ability] = stated[ability] - due[ability]
    free: list[Ability] = [ability for ability in ABILITIES if more[ability] == 1 and not due[ability]]
    if kin.free_increases and len(free) == kin.free_increases:
        for ability in free:
            more[ability] = 0
    weight = None if sheet.base_scores is not None else Severity.WARNING
    # The variant human of the published rules raises two scores and has a feat in place of the other four.
    if kin.id == "human" and sorted(stated.values()) == [1, 1]:
        weight = Severity.WARNING
    for ability, rest in more.items():
        if rest == 0 or (rest > 0 and not whole):
            continue
        yield _one_wrong(mark, person, ability, (stated[ability], due[ability]), weight)


def _one_wrong(
    mark: Mark, person: Reckoning, ability: Ability, amounts: tuple[int, int], weight: Severity | None
) -> Finding:
    stated, right = amounts
    sheet = person.sheet
    entries = [
        index
        for index, entry in enumerate(sheet.increases)
        if entry.ability == ability and kind_of(entry.source, sheet) == "species"
    ]
    path, fix = "/increases", None
    if len(entries) == 1:
        path = pointer("increases", entries[0])
        path, fix = (
            (f"{path}/amount", Fix(path=mark.place.pointer(f"{path}/amount"), value=right))
            if right
            else (path, Fix(path=mark.place.pointer(path), op="remove"))
        )
    kin = sheet.lineage or sheet.species
    message = f"{kin} raises {ABILITY_NAMES[ability]} by {right}, not by {stated}."
    if person.species is not None and person.species.free_increases:
        fix = None  # which abilities are raised is the player's choice
        count = person.species.free_increases
        message = (
            f"{kin} raises Charisma by 2 and {count} other scores by 1; {ABILITY_NAMES[ability]} is raised by {stated}."
        )
    return mark(path, message, expected=f"+{right}", found=f"{stated:+d}", fix=fix, severity=weight)


def _by_background(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Said:
    person = reckon(sheet, dossier)
    stated = raised_by(sheet, "background")
    if stated:
        return list(_spread(mark, person, stated, by_list=True))
    base, final = stated_scores(sheet.base_scores), stated_scores(sheet.ability_scores)
    unclear = sheet.increases or not person.complete or improvements(person)
    raising = any(each.effect.raises or each.effect.sets for each in worn(person))
    if unclear or raising or len(base) < len(ABILITIES) or len(final) < len(ABILITIES):
        return Skip.NOT_CHECKABLE
    grown = Counter[str](
        {ability: final[ability] - base[ability] for ability in ABILITIES if final[ability] != base[ability]}
    )
    return list(_spread(mark, person, grown, by_list=False))


def _spread(mark: Mark, person: Reckoning, raised: Counter[str], *, by_list: bool) -> Iterator[Finding]:
    """One finding for each score that the background cannot raise; else one on how the points are spread."""
    sheet = person.sheet
    row = background_named(sheet.background or "", person.edition)
    name = sheet.background or "The background"
    allowed: tuple[Ability, ...] = row.abilities if row is not None else ABILITIES
    names = ", ".join(ABILITY_NAMES[ability] for ability in allowed)
    strange: list[Ability] = [ability for ability in ABILITIES if raised[ability] and ability not in allowed]
    for ability in strange:
        path = _place(sheet, ability) if by_list else f"/ability_scores/{ability}"
        message = f"{name} raises {names}; it does not raise {ABILITY_NAMES[ability]}."
        yield mark(path, message, expected=names, found=f"{ABILITY_NAMES[ability]} {raised[ability]:+d}")
    amounts = tuple(sorted((amount for amount in raised.values() if amount), reverse=True))
    if not strange and amounts not in INCREASES:
        found = ", ".join(f"{amount:+d}" for amount in amounts) or "nothing"
        message = f"A background raises one score by 2 and another by 1, or three by 1; here it raises: {found}."
        path = "/increases" if by_list else "/ability_scores"
        yield mark(path, message, expected="+2, +1 or +1, +1, +1", found=found)


def _place(sheet: CharacterSheet, ability: Ability) -> str:
    wanted: Kind = "background"
    places = (
        pointer("increases", index, "ability")
        for index, entry in enumerate(sheet.increases)
        if entry.ability == ability and kind_of(entry.source, sheet) == wanted
    )
    return next(places, "/increases")


_HUMAN = Example("paladin_2_2014")
_NO_LIST: Mapping[str, list[str]] = {"/increases": []}

RULES = (
    sheet_rule(
        _by_species,
        id="AB7",
        title="The race's increases are applied",
        severity=Severity.ERROR,
        source="SRD 5.1 Races (Ability Score Increase)",
        prompt="Raise the ability scores as the race and subrace say.",
        editions=("5.1",),
        about=("species",),
        passing=(
            _HUMAN,
            Example("paladin_2_2014", _NO_LIST),
            Example("paladin_2_2014", {"/increases": [], "/species": "Half-Orc", "/ability_scores/str": 17}),
        ),
        failing=(
            Example("paladin_2_2014", {"/species": "Dwarf", "/increases": [], "/ability_scores/con": 14}),
            Example("paladin_2_2014", {"/increases/0/amount": 2}),
            Example("cleric_5_2014", {"/score_method": "point_buy", "/ability_scores/con": 9}),
        ),
    ),
    sheet_rule(
        _by_background,
        id="AB8",
        title="The background's increases are its own",
        severity=Severity.ERROR,
        source="SRD 5.2 Character Origins (Backgrounds, Ability Scores)",
        prompt="Raise one of the background's three abilities by 2 and another by 1, or all three by 1, to 20 at most.",
        editions=("5.2",),
        about=("background",),
        passing=(
            Example("wizard_5"),
            Example("fighter_3", _NO_LIST),
        ),
        failing=(
            Example("wizard_5", {"/increases/1/ability": "str"}),
            Example("wizard_5", {"/increases/0/amount": 3}),
            Example("fighter_3", {"/increases": [], "/ability_scores/cha": 12}),
        ),
    ),
)
