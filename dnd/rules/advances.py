"""AB9, AB10: scores grow by as many improvements as the levels give, and by nothing unexplained."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dnd.rules.abilities import stated_scores
from dnd.rules.bearing import met, worn
from dnd.rules.building import Mark
from dnd.rules.dossier import Dossier, Example
from dnd.rules.finding import Finding, Severity
from dnd.rules.mechanics import Said, sheet_rule
from dnd.rules.raising import raised_by
from dnd.rules.reckoning import Reckoning, reckon
from dnd.rules.rule import Skip
from dnd.sheets.sheet import CharacterSheet
from dnd.srd.abilities import ABILITIES, ABILITY_NAMES, HIGHEST_SCORE, Ability
from dnd.srd.advancement import asi_levels
from dnd.srd.feats import feat_named
from dnd.srd.near import fold

IMPROVEMENTS = "SRD 5.1 Classes (Ability Score Improvement) and Feats; SRD 5.2 Classes and Feats"
_POINTS = 2
"""Points of one Ability Score Improvement."""
_BACKGROUND_POINTS = 3
_IMPROVEMENT = "ability score improvement"
_LESSONS = "lessons of the first ones"
"""Invocation that gives an Origin feat; it may be taken again and again (5.2, Warlock)."""


def improvements(person: Reckoning) -> int:
    """How many Ability Score Improvements the class levels have given."""
    return sum(sum(level <= held.level for level in asi_levels(held.id, person.edition)) for held in person.classes)


@dataclass(frozen=True, slots=True)
class Spent:
    """What the sheet lists that improvements pay for."""

    feats: tuple[str, ...]
    """Feats taken in place of an improvement, as far as they are surely that."""
    unsure: tuple[str, ...]
    """Feats of which the SRD does not tell what they count as."""
    raises: int
    """Improvements used for raising scores."""

    @property
    def count(self) -> int:
        """All that surely cost one."""
        return len(self.feats) + self.raises


def _spent(person: Reckoning) -> Spent:
    sheet = person.sheet
    named = Counter(fold(feat.partition("(")[0]) for feat in sheet.feats)
    paid, unsure = _paid_feats(person)
    points = sum(raised_by(sheet, "level").values())
    if person.edition == "5.2":
        points = max(points - len(paid) - len(unsure), 0)  # a general feat may raise a score by 1
    rounded_up = -(-points // _POINTS)
    return Spent(tuple(paid), tuple(unsure), max(rounded_up, named[_IMPROVEMENT]))


def _paid_feats(person: Reckoning) -> tuple[list[str], list[str]]:
    paid: list[str] = []
    origin: list[str] = []
    unsure: list[str] = []
    for feat in person.sheet.feats:
        row = feat_named(feat, person.edition)
        if fold(feat.partition("(")[0]) == _IMPROVEMENT:
            continue
        if row is None:
            unsure.append(feat)
        elif row.category == "origin":
            origin.append(feat)
        elif row.category != "fighting style":
            paid.append(feat)
    free = _free_origin_feats(person)
    if person.edition == "5.1":
        # A human of the published variant has a feat at level 1.
        kin = person.species
        return (paid, unsure) if kin is None or kin.id != "human" else (paid[1:], [*paid[:1], *unsure])
    return [*paid, *(origin[free:] if free is not None else ())], unsure


def _free_origin_feats(person: Reckoning) -> int | None:
    """Origin feats that background, species and invocations give; None for no limit."""
    sheet, kin = person.sheet, person.species
    if kin is None or ("warlock" in person.levels and not sheet.invocations):
        return None
    lessons = sum(fold(name).startswith(_LESSONS) for name in sheet.invocations)
    return 1 + kin.origin_feats + lessons


def _count(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Said:
    if not sheet.feats and not raised_by(sheet, "level"):
        return Skip.NOT_APPLICABLE
    person = reckon(sheet, dossier)
    if not person.complete:
        return Skip.NOT_CHECKABLE
    given, spent = improvements(person), _spent(person)
    over = spent.count > given
    if not over and spent.count + len(spent.unsure) <= given + (1 if person.edition == "5.2" else 0):
        return ()
    classes = " / ".join(f"{held.table.name.lower()} {held.level}" for held in person.classes)
    uses = [*spent.feats, *spent.unsure, *([f"{spent.raises} for scores"] if spent.raises else [])]
    total = spent.count + (0 if over else len(spent.unsure))
    message = (
        f"The levels of a {classes} give {given or 'no'} Ability Score Improvement{'' if given == 1 else 's'}; "
        f"the sheet uses {total}: {', '.join(uses)}."
    )
    path = "/feats" if spent.feats or spent.unsure else "/increases"
    weight = None if over else Severity.WARNING
    return (mark(path, message, expected=f"at most {given}", found=str(total), severity=weight),)


def _sum(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Said:
    base, final = stated_scores(sheet.base_scores), stated_scores(sheet.ability_scores)
    grown = _grown(base, final)
    if not grown:
        return Skip.NOT_CHECKABLE
    person = reckon(sheet, dossier)
    if sheet.increases:
        return list(_unlisted(mark, person, grown, base))
    return list(_beyond(mark, person, grown)) if len(grown) == len(ABILITIES) else Skip.NOT_CHECKABLE


def _grown(base: Mapping[Ability, int], final: Mapping[Ability, int]) -> Mapping[Ability, int]:
    found: dict[Ability, int] = {}
    for ability in ABILITIES:
        if ability in base and ability in final:
            found[ability] = final[ability] - base[ability]
    return found


def _unlisted(
    mark: Mark, person: Reckoning, grown: Mapping[Ability, int], base: Mapping[Ability, int]
) -> Iterator[Finding]:
    """Scores that differ from base and listed increases by more than an item or a feature could explain."""
    sheet = person.sheet
    raised: Counter[str] = Counter()
    for entry in sheet.increases:
        raised[entry.ability] += entry.amount or 0
    for ability, more in grown.items():
        rest = more - raised[ability]
        score = base[ability] + more
        if rest == 0 or rest in _explained(person, ability, score):
            continue
        name, right = ABILITY_NAMES[ability], base[ability] + raised[ability]
        message = (
            f"{name} is {score}; its base score of {base[ability]} and the listed increases of {raised[ability]} make "
            f"{right}."
        )
        yield mark(f"/ability_scores/{ability}", message, expected=str(right), found=str(score))


def _explained(person: Reckoning, ability: Ability, score: int) -> set[int]:
    """What may be added to a score without a row in the list of increases."""
    found = {0}
    for each in worn(person):
        if each.effect.sets == ability and each.effect.score == score:
            return {score - other for other in range(HIGHEST_SCORE + 1)}
        if each.effect.raises == ability:
            found |= {value + each.effect.amount for value in found}
    caps = [each for each in met(person, "score_cap") if each.row.class_id and ability in each.row.abilities]
    if caps:  # these features raise by 4, or as far as their limit lets them
        found |= {value + more for value in found for more in range(1, 5)}
    return found


def _beyond(mark: Mark, person: Reckoning, grown: Mapping[Ability, int]) -> Iterator[Finding]:
    """Without a list, what all sources together can give: species or background, improvements, features and items."""
    if not person.complete or person.unknown:
        return
    for ability, more in grown.items():
        if more < 0:
            name = ABILITY_NAMES[ability]
            message = f"{name} is {-more} below its base score, and nothing lowers a score."
            yield mark(f"/ability_scores/{ability}", message, expected="the base score or more", found=f"{more:+d}")
    points = sum(more for more in grown.values() if more > 0)
    given = _origin_points(person) + _POINTS * improvements(person) + _other_points(person)
    if given < points < 6 * HIGHEST_SCORE:
        message = (
            f"The scores are {points} points above their base scores; species, background and levels give {given}."
        )
        yield mark("/ability_scores", message, expected=f"at most {given}", found=str(points))


def _origin_points(person: Reckoning) -> int:
    kin = person.species
    if person.edition == "5.2" or kin is None:
        return _BACKGROUND_POINTS
    lineages = [sum(row.increases.values()) for row in person.lineages]
    return sum(kin.increases.values()) + kin.free_increases + max(lineages, default=0)


def _other_points(person: Reckoning) -> int:
    features = sum(4 * 2 for each in met(person, "score_cap") if each.row.class_id)
    items = (
        max(each.effect.amount, each.effect.score) for each in worn(person) if each.effect.sets or each.effect.raises
    )
    return features + sum(items)


_WIZARD = Example("wizard_5")
_MORE = {"source": "level 4", "ability": "dex", "amount": 2}

RULES = (
    sheet_rule(
        _count,
        id="AB9",
        title="Improvements and feats are no more than the levels give",
        severity=Severity.ERROR,
        source=IMPROVEMENTS,
        prompt="Use one feat or two points of ability scores for each Ability Score Improvement that the levels give.",
        needs=("classes",),
        passing=(
            _WIZARD,
            Example("fighter_3"),
            Example("fighter_3", {"/classes/0/level": 4, "/level": 4, "/feats/-": "Grappler"}),
            Example("paladin_6"),
        ),
        failing=(
            Example("fighter_3", {"/feats/-": "Grappler"}),
            Example("wizard_5", {"/increases/-": _MORE}),
            Example("ranger_5_2014", {"/classes/0/level": 3, "/level": 3, "/feats": ["Grappler"]}),
        ),
    ),
    sheet_rule(
        _sum,
        id="AB10",
        title="Scores are base scores and increases",
        severity=Severity.WARNING,
        source="SRD 5.1 Races, Classes and Feats; SRD 5.2 Character Creation, Character Origins, Classes and Feats",
        prompt="Let every score be its base score plus the increases listed.",
        about=("base_scores", "ability_scores"),
        passing=(
            _WIZARD,
            Example("paladin_2_2014"),
            Example("wizard_5", {"/attuned/-": "Belt of Dwarvenkind", "/ability_scores/con": 16}),
            Example("wizard_5", {"/increases": []}),
        ),
        failing=(
            Example("wizard_5", {"/ability_scores/dex": 17}),
            Example("paladin_2_2014", {"/ability_scores/str": 19}),
            Example("wizard_5", {"/increases": [], "/ability_scores/dex": 17}),
        ),
    ),
)
