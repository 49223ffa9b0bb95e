"""AB1-AB3, AB11: ability scores are there, within their limits, with their modifiers, and fit the class."""

from collections.abc import Iterator

from dnd.rules.bearing import met, worn
from dnd.rules.building import Mark
from dnd.rules.dossier import Dossier, Example
from dnd.rules.finding import Finding, Severity
from dnd.rules.mechanics import Said, sheet_rule
from dnd.rules.reckoning import Reckoning, reckon
from dnd.rules.rule import Skip
from dnd.sheets.abilities import AbilityScores
from dnd.sheets.sheet import CharacterSheet
from dnd.srd.abilities import (
    ABILITIES,
    ABILITY_NAMES,
    HIGHEST_ADVENTURER_SCORE,
    HIGHEST_SCORE,
    LOWEST_SCORE,
    Ability,
    modifier,
)
from dnd.srd.advancement import EPIC_BOON_LEVEL
from dnd.srd.near import fold

SCORES = "SRD 5.1 Using Ability Scores; SRD 5.2 Playing the Game (The Six Abilities)"
_PRIME = 13
"""Least score of a primary ability that nobody asks about, whatever the others are."""


def stated_scores(scores: AbilityScores | None) -> dict[Ability, int]:
    """The stated scores by ability."""
    return dict(listed(scores))


def listed(scores: AbilityScores | None) -> list[tuple[Ability, int]]:
    """The stated scores by ability, in the order of the sheet."""
    if scores is None:
        return []
    return [(ability, score) for ability in ABILITIES if (score := scores.of(ability)) is not None]


def _whole(mark: Mark, sheet: CharacterSheet, _: Dossier) -> Said:
    stated = dict(listed(sheet.ability_scores))
    return list(_partial(mark, stated)) if stated else Skip.NOT_APPLICABLE


def _partial(mark: Mark, stated: dict[Ability, int]) -> Iterator[Finding]:
    wanted = f"{LOWEST_SCORE} to {HIGHEST_SCORE}"
    for ability, name in ABILITY_NAMES.items():
        path, score = f"/ability_scores/{ability}", stated.get(ability)
        if score is None:
            message = f"{name} is missing: a character has a score in each of the six abilities."
            yield mark(path, message, expected=wanted, found="nothing")
        elif not LOWEST_SCORE <= score <= HIGHEST_SCORE:
            yield mark(
                path, f"{name} {score} is no ability score: they go from {wanted}.", expected=wanted, found=str(score)
            )


def _limit(person: Reckoning, ability: Ability) -> int:
    """The highest score that the character can have without a thing that sets it."""
    boons = sum(fold(feat).startswith("boon of") for feat in person.sheet.feats)
    late = sum(person.levels.values()) >= EPIC_BOON_LEVEL and person.edition == "5.2"
    free = max(boons, 1) if late else 0
    # The boon of level 19 comes before the features of level 20, which have limits of their own.
    own = (each for each in met(person, "score_cap") if ability in each.row.abilities and each.row.class_id)
    limit = max(HIGHEST_ADVENTURER_SCORE + free, *(each.amount + max(free - 1, 0) for each in own), 0)
    effects = [each.effect for each in worn(person)]
    tomes = sum(row.amount for row in effects if row.raises == ability and row.cap == HIGHEST_SCORE)
    sets = (row.score for row in effects if row.sets == ability)
    granted = (person.amount(row) for row in person.granted("score") if ability in row.of)
    return min(max((limit + tomes, *sets, *granted)), HIGHEST_SCORE)


def _ceiling(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Said:
    person = reckon(sheet, dossier)
    findings: list[Finding] = []
    for ability, score in listed(sheet.ability_scores):
        if not HIGHEST_ADVENTURER_SCORE < score <= HIGHEST_SCORE or score <= (limit := _limit(person, ability)):
            continue
        name = ABILITY_NAMES[ability]
        message = f"{name} {score} is above {limit}, the most that this character can have without a magic item."
        explained = person.unknown or bool(sheet.attuned) or not sheet.classes
        weight = Severity.WARNING if explained else None
        path = f"/ability_scores/{ability}"
        findings.append(mark(path, message, expected=f"at most {limit}", found=str(score), severity=weight))
    return findings


def _modifiers(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Said:
    person, stated = reckon(sheet, dossier), dict(listed(sheet.modifiers))
    scores = dict(listed(sheet.ability_scores))
    if not stated.keys() & scores.keys():
        return Skip.NOT_CHECKABLE
    findings: list[Finding] = []
    for ability, value in stated.items():
        legal = person.modifiers(ability)
        if not legal or value in legal or value == _raised(person, ability):
            continue
        name, right = ABILITY_NAMES[ability], modifier(scores[ability])
        message = f"{name} {scores[ability]} has the modifier {right:+d}, not {value:+d}."
        path = f"/modifiers/{ability}"
        if len(legal) == 1:
            findings.append(mark(path, message, expected=f"{right:+d}", found=f"{value:+d}", correct=right))
        else:
            findings.append(mark(path, message, expected=f"{right:+d}", found=f"{value:+d}"))
    return findings


def _raised(person: Reckoning, ability: Ability) -> int | None:
    """The modifier with an item that raises the score, where the stated score leaves it out."""
    score = dict(listed(person.sheet.ability_scores)).get(ability)
    more = max((each.effect.amount for each in worn(person) if each.effect.raises == ability), default=0)
    return modifier(score + more) if score is not None and more else None


def _prime(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Said:
    person, scores = reckon(sheet, dossier), dict(listed(sheet.ability_scores))
    if not person.classes or len(scores) < len(ABILITIES):
        return Skip.NOT_CHECKABLE
    findings: list[Finding] = []
    for held in person.classes:
        for group in held.table.primary:
            ability = max(group, key=lambda each: scores[each])
            score = scores[ability]
            higher = sum(other > score for other in scores.values())
            if score >= _PRIME or higher < len(ABILITIES) - 2:
                continue
            names = " or ".join(ABILITY_NAMES[each] for each in group)
            message = f"A {held.table.name.lower()} lives by {names}, which at {score} is among the two lowest scores."
            path = f"/ability_scores/{ability}"
            findings.append(mark(path, message, expected=f"one of the higher scores in {names}", found=str(score)))
    return findings


_WIZARD = Example("wizard_5")

RULES = (
    sheet_rule(
        _whole,
        id="AB1",
        title="Six scores from 1 to 30",
        severity=Severity.ERROR,
        source=SCORES,
        prompt="Give all six ability scores, each a whole number from 1 to 30.",
        about=("ability_scores",),
        passing=(_WIZARD, Example("wizard_5_2014"), Example("wizard_5", {"/ability_scores/str": 1})),
        failing=(
            Example("wizard_5", {"/ability_scores/str": 0}),
            Example("wizard_5_2014", {"/ability_scores/wis": None}),
            Example("wizard_5", {"/ability_scores/int": 31}),
        ),
    ),
    sheet_rule(
        _ceiling,
        id="AB2",
        title="No score above 20 without something that allows it",
        severity=Severity.ERROR,
        source="SRD 5.1 Beyond 1st Level and class entries; SRD 5.2 Character Creation, Classes and Feats",
        prompt="Keep every score at 20 or below, unless a feature, a boon or a magic item on the sheet raises it.",
        about=("ability_scores",),
        passing=(
            _WIZARD,
            Example("wizard_5", {"/ability_scores/int": 20}),
            Example("barbarian_5", {"/classes/0/level": 20, "/level": 20, "/ability_scores/str": 25}),
            Example("fighter_3", {"/attuned/-": "Belt of Hill Giant Strength", "/ability_scores/str": 21}),
        ),
        failing=(
            Example("fighter_3", {"/ability_scores/str": 22}),
            Example("wizard_5_2014", {"/ability_scores/int": 21}),
            Example("barbarian_5", {"/classes/0/level": 20, "/level": 20, "/ability_scores/str": 26}),
        ),
    ),
    sheet_rule(
        _modifiers,
        id="AB3",
        title="Modifiers follow from the scores",
        severity=Severity.ERROR,
        source=SCORES,
        prompt="A modifier is half of what the score has above 10, rounded down.",
        about=("modifiers",),
        needs=("ability_scores",),
        passing=(_WIZARD, Example("wizard_5_2014"), Example("barbarian_5")),
        failing=(
            Example("wizard_5", {"/ability_scores/dex": 15, "/modifiers/dex": 3}),
            Example("wizard_5_2014", {"/modifiers/str": 0}),
        ),
    ),
    sheet_rule(
        _prime,
        id="AB11",
        title="The primary ability is not among the lowest",
        severity=Severity.INFO,
        source="SRD 5.2 Character Creation (Class Overview); SRD 5.1 the class entries (Quick Build)",
        prompt="Put the class's primary ability among the higher scores.",
        about=("ability_scores",),
        needs=("classes",),
        passing=(_WIZARD, Example("barbarian_5"), Example("wizard_5_2014")),
        failing=(Example("wizard_5", {"/ability_scores/int": 8}), Example("barbarian_5", {"/ability_scores/str": 8})),
    ),
)
