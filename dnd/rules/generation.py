"""AB4-AB6: base scores come from the way they are said to be generated."""

from functools import cache

from dnd.rules.abilities import listed
from dnd.rules.building import Mark
from dnd.rules.dossier import Dossier, Example
from dnd.rules.finding import Severity
from dnd.rules.mechanics import Said, sheet_rule
from dnd.rules.rule import Skip
from dnd.sheets.sheet import CharacterSheet
from dnd.srd.abilities import (
    ABILITIES,
    ABILITY_NAMES,
    POINT_BUDGET,
    POINT_COST,
    ROLLED_HIGHEST,
    ROLLED_LOWEST,
    STANDARD_ARRAY,
    Ability,
    point_cost,
)

GENERATION = "SRD 5.2 Character Creation (Step 3: Determine Ability Scores)"
UNLIKELY = 0.001
"""Chance below which six rolled scores are told: one character in a thousand has a sum so high, or so low."""


def _in_words(scores: list[tuple[Ability, int]]) -> str:
    return ", ".join(str(score) for score in sorted((score for _, score in scores), reverse=True))


def _array(mark: Mark, sheet: CharacterSheet, _: Dossier) -> Said:
    if sheet.score_method != "standard_array":
        return Skip.NOT_APPLICABLE
    base = listed(sheet.base_scores)
    if len(base) < len(ABILITIES):
        return Skip.NOT_CHECKABLE
    left, extra = list(STANDARD_ARRAY), list[tuple[Ability, int]]()
    for ability, score in base:
        if score in left:
            left.remove(score)
        else:
            extra.append((ability, score))
    if not extra:
        return ()
    wanted, found = ", ".join(map(str, STANDARD_ARRAY)), _in_words(base)
    message = f"The base scores {found} are not the standard array {wanted}."
    ability, score = extra[0]
    if len(extra) == 1 and [other for _, other in base].count(score) == 1:
        return (mark(f"/base_scores/{ability}", message, expected=str(left[0]), found=str(score), correct=left[0]),)
    return (mark("/base_scores", message, expected=wanted, found=found),)


def _points(mark: Mark, sheet: CharacterSheet, _: Dossier) -> Said:
    if sheet.score_method != "point_buy":
        return Skip.NOT_APPLICABLE
    base = listed(sheet.base_scores)
    if len(base) < len(ABILITIES):
        return Skip.NOT_CHECKABLE
    low, high = min(POINT_COST), max(POINT_COST)
    findings = [
        mark(
            f"/base_scores/{ability}",
            f"{ABILITY_NAMES[ability]} {score} cannot be bought: base scores go from {low} to {high}.",
            expected=f"{low} to {high}",
            found=str(score),
        )
        for ability, score in base
        if score not in POINT_COST
    ]
    cost = point_cost(tuple(score for _, score in base))
    if cost is None or cost == POINT_BUDGET:
        return findings
    message = f"The base scores {_in_words(base)} cost {cost} points; {POINT_BUDGET} are there to be spent."
    weight = Severity.WARNING if cost < POINT_BUDGET else None
    wanted = f"{POINT_BUDGET} points"
    return [mark("/base_scores", message, expected=wanted, found=f"{cost} points", severity=weight)]


@cache
def _sums() -> tuple[int, ...]:
    """How many of all the ways to roll six scores give each sum: 4d6 without the lowest, six times over."""
    single = [0] * (ROLLED_HIGHEST + 1)
    for number in range(6**4):
        dice = [number // 6**place % 6 + 1 for place in range(4)]
        single[sum(dice) - min(dice)] += 1
    total = [1]
    for _ in ABILITIES:
        longer = [0] * (len(total) + ROLLED_HIGHEST)
        for have, ways in enumerate(total):
            for score, more in enumerate(single):
                longer[have + score] += ways * more
        total = longer
    return tuple(total)


def chance(total: int) -> float:
    """How likely six rolled scores have a sum at least as far out as `total`, on its side of the middle."""
    ways = _sums()
    low, high = sum(ways[: total + 1]), sum(ways[max(total, 0) :])
    return min(low, high) / sum(ways)


def _rolls(mark: Mark, sheet: CharacterSheet, _: Dossier) -> Said:
    if sheet.score_method != "rolled":
        return Skip.NOT_APPLICABLE
    base = listed(sheet.base_scores)
    if not base:
        return Skip.NOT_CHECKABLE
    wanted = f"{ROLLED_LOWEST} to {ROLLED_HIGHEST}"
    findings = [
        mark(
            f"/base_scores/{ability}",
            f"{ABILITY_NAMES[ability]} {score} cannot be rolled: three dice give {wanted}.",
            expected=wanted,
            found=str(score),
        )
        for ability, score in base
        if not ROLLED_LOWEST <= score <= ROLLED_HIGHEST
    ]
    total = sum(score for _, score in base)
    if findings or len(base) < len(ABILITIES) or chance(total) >= UNLIKELY:
        return findings
    odds = f"one character in {round(1 / chance(total)):,}"
    message = f"The rolled scores {_in_words(base)} have the sum {total}: {odds} has one so far out."
    return [mark("/base_scores", message, expected="a likelier sum", found=str(total))]


_WIZARD = Example("wizard_5")
_POINT_BUY = {"/score_method": "point_buy"}
_ROLLED = {"/score_method": "rolled"}
_SIX_18 = dict.fromkeys(ABILITIES, 18)
_HEROIC = {"str": 15, "dex": 15, "con": 15, "int": 15, "wis": 8, "cha": 8}
_BOUGHT = {"str": 8, "dex": 15, "con": 15, "int": 15, "wis": 8, "cha": 8}

RULES = (
    sheet_rule(
        _array,
        id="AB4",
        title="Base scores are the standard array",
        severity=Severity.ERROR,
        source=GENERATION,
        prompt="With the standard array, the base scores are 15, 14, 13, 12, 10 and 8, each once.",
        about=("score_method",),
        passing=(_WIZARD,),
        failing=(
            Example("wizard_5", {"/base_scores/con": 15}),
            Example("wizard_5", {"/base_scores/int": 16}),
        ),
    ),
    sheet_rule(
        _points,
        id="AB5",
        title="Base scores are paid for with 27 points",
        severity=Severity.ERROR,
        source=GENERATION,
        prompt="With point buy, base scores go from 8 to 15 and cost 27 points together.",
        about=("score_method",),
        passing=(Example("wizard_5", _POINT_BUY), Example("wizard_5", {**_POINT_BUY, "/base_scores": _BOUGHT})),
        failing=(
            Example("wizard_5", {**_POINT_BUY, "/base_scores": _HEROIC}),
            Example("wizard_5", {**_POINT_BUY, "/base_scores/int": 16}),
            Example("wizard_5", {**_POINT_BUY, "/base_scores/int": 14}),
        ),
    ),
    sheet_rule(
        _rolls,
        id="AB6",
        title="Rolled scores are possible and likely",
        severity=Severity.WARNING,
        source="SRD 5.2 Character Creation (Step 3, Random Generation); Derived odds of 4d6 without the lowest",
        prompt="Rolled base scores go from 3 to 18 and are a likely result of 4d6 without the lowest.",
        about=("score_method",),
        passing=(Example("wizard_5", _ROLLED),),
        failing=(
            Example("wizard_5", {**_ROLLED, "/base_scores": _SIX_18}),
            Example("wizard_5", {**_ROLLED, "/base_scores/str": 2}),
        ),
    ),
)
