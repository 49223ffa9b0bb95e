"""HP2-HP4, HP6, HP7: hit points follow from classes, levels and Constitution."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import sqrt
from typing import Any

from dnd.rules.bearing import met, modifiers
from dnd.rules.building import Mark
from dnd.rules.dossier import Dossier, Example
from dnd.rules.finding import Finding, Fix, Severity
from dnd.rules.hit_dice import MULTICLASSING, said_levels
from dnd.rules.mechanics import Said, sheet_rule
from dnd.rules.reckoning import Extra, Held, Reckoning, Sums, mend, reckon
from dnd.rules.rule import Skip
from dnd.sheets.sheet import CharacterSheet

HIT_POINTS = "SRD 5.1 Beyond 1st Level and the class entries (Hit Points); SRD 5.2 Character Creation (Hit Points)"
UNLIKELY_SIGMA = 2.5
"""Standard deviations of a sum of rolled hit dice beyond which it is told: about one character in eighty."""
_BERSERKER_AXE = "berserker axe"
"""Its owner's maximum grows by 1 for each level (both SRDs, Magic Items A-Z)."""


@dataclass(frozen=True, slots=True)
class Gains:
    """What every level gives, for one Constitution modifier: the first level and the later ones."""

    classes: Sequence[Held]
    con: int

    def fixed(self, first: int = 0, maxed: Iterable[int] = ()) -> int:
        """By the fixed values: `first` is the class of level 1, `maxed` those wrongly begun at their maximum too."""
        starts = {first, *maxed}
        total = 0
        for number, held in enumerate(self.classes):
            die = held.table.hit_die
            total += max(1, die // 2 + 1 + self.con) * (held.level - (number in starts))
            total += max(1, die + self.con) if number in starts else 0
        return total

    @property
    def least(self) -> int:
        """With a 1 on every die rolled."""
        return self._start + max(1, 1 + self.con) * (self._count - 1)

    @property
    def most(self) -> int:
        """With the highest number on every die rolled."""
        return sum(max(1, held.table.hit_die + self.con) * held.level for held in self.classes)

    @property
    def mean(self) -> float:
        """The expected sum, as long as no roll falls below 1 hit point."""
        return self._start + sum(((held.table.hit_die + 1) / 2 + self.con) * levels for held, levels in self._rolled())

    @property
    def deviation(self) -> float:
        """The standard deviation of the sum of the dice rolled."""
        return sqrt(sum((held.table.hit_die**2 - 1) / 12 * levels for held, levels in self._rolled()))

    @property
    def _start(self) -> int:
        return max(1, self.classes[0].table.hit_die + self.con)

    @property
    def _count(self) -> int:
        return sum(held.level for held in self.classes)

    def _rolled(self) -> Iterator[tuple[Held, int]]:
        return ((held, held.level - (number == 0)) for number, held in enumerate(self.classes))


def _extras(person: Reckoning) -> tuple[Extra, ...]:
    """What features, feats and items add to the maximum."""
    axe = (Extra(sum(person.levels.values()), ""),) if _BERSERKER_AXE in person.names else ()
    return (*(each.extra for each in met(person, "hit_points") if each.amount), *axe)


def _gains(person: Reckoning) -> tuple[Gains, ...]:
    return tuple(Gains(person.classes, con) for con in modifiers(person, "con"))


@lru_cache(maxsize=8)
def fixed_hit_points(person: Reckoning) -> Sums | None:
    """The legal maxima by the fixed values; None where classes, levels or Constitution are not known."""
    gains = _gains(person) if person.complete else ()
    return person.sums((each.fixed() for each in gains), _extras(person)) if gains else None


def _numbers(values: Iterable[int]) -> str:
    return " or ".join(str(value) for value in sorted(values))


def _judged(mark: Mark, person: Reckoning, legal: Sums, how: str, severity: Severity | None = None) -> list[Finding]:
    """The finding on a maximum that is none of the legal ones."""
    stated = person.sheet.hit_points.max if person.sheet.hit_points else None
    if stated is None or stated in legal:
        return []
    explained = person.unknown and stated > max(legal.values)
    score = person.sheet.ability_scores.con if person.sheet.ability_scores else None
    wanted = _numbers(legal.values)
    message = f"A {said_levels(person)} with Constitution {score} has {wanted} hit points{how}, not {stated}."
    weight = Severity.WARNING if explained and severity is None else severity
    fix = None if explained or severity is not None else _mended(mark, person.sheet, legal.right)
    return [mark("/hit_points/max", message, expected=wanted, found=str(stated), severity=weight, fix=fix)]


def _mended(mark: Mark, sheet: CharacterSheet, right: int | None) -> Fix | None:
    """The maximum set right; with it the current hit points, where they would be left above it."""
    stated = sheet.hit_points
    if right is None or stated is None or stated.current is None or stated.current <= right:
        return mend(mark, "/hit_points/max", right)
    whole: Mapping[str, Any] = stated.model_dump(mode="json", exclude_none=True)
    return mend(mark, "/hit_points", {**whole, "max": right, "current": right})


def _first_level(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Said:
    if sheet.total_level != 1:
        return Skip.NOT_APPLICABLE
    person = reckon(sheet, dossier)
    legal = fixed_hit_points(person)
    return Skip.NOT_CHECKABLE if legal is None else _judged(mark, person, legal, " at level 1")


def _fixed(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Said:
    """Where the sheet does not say how its hit points came about, other values than the fixed ones may be rolled."""
    person, points = reckon(sheet, dossier), sheet.hit_points
    if points is None or points.method == "rolled" or sheet.total_level == 1:
        return Skip.NOT_APPLICABLE
    legal = fixed_hit_points(person)
    if legal is None or points.max is None:
        return Skip.NOT_CHECKABLE
    if points.method == "fixed":
        return () if _twice_begun(person) else _judged(mark, person, legal, " by the fixed values")
    low, high = _range(person)
    told = low <= points.max <= high and not _twice_begun(person)
    return _judged(mark, person, legal, " by the fixed values", Severity.INFO) if told else ()


def _range(person: Reckoning) -> tuple[int, int]:
    """The least and the most that rolling can give, with everything added."""
    extras, gains = _extras(person), _gains(person)
    low = min(each.least for each in gains) + sum(extra.amount for extra in extras if extra.sure)
    return low, max(each.most for each in gains) + sum(extra.amount for extra in extras)


def _rolled(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Said:
    person, points = reckon(sheet, dossier), sheet.hit_points
    if points is None or points.method == "fixed" or sheet.total_level == 1:
        return Skip.NOT_APPLICABLE
    legal = fixed_hit_points(person)
    if legal is None or points.max is None:
        return Skip.NOT_CHECKABLE
    stated = points.max
    if stated in legal or (points.method is None and _twice_begun(person)):
        return ()
    low, high = _range(person)
    wanted = f"{low} to {high}"
    if not low <= stated <= high:
        weight = Severity.WARNING if person.unknown and stated > high else None
        message = f"The hit points of a {said_levels(person)} can be {wanted} by rolling; {stated} cannot be."
        fix = _mended(mark, sheet, legal.right) if points.method is None and weight is None else None
        return (mark("/hit_points/max", message, expected=wanted, found=str(stated), severity=weight, fix=fix),)
    if all(_unlikely(each, stated, _extras(person)) for each in _gains(person)):
        message = f"{stated} hit points are possible for a {said_levels(person)}, but far from what dice give."
        return (mark("/hit_points/max", message, expected=wanted, found=str(stated), severity=Severity.WARNING),)
    return ()


def _unlikely(gains: Gains, stated: int, extras: tuple[Extra, ...]) -> bool:
    low = gains.mean + sum(extra.amount for extra in extras if extra.sure)
    high = gains.mean + sum(extra.amount for extra in extras)
    bound = UNLIKELY_SIGMA * gains.deviation
    return stated < low - bound or stated > high + bound


def _twice_begun(person: Reckoning) -> bool:
    """Whether the stated maximum is what comes out when later classes begin at their maximum too."""
    points, legal = person.sheet.hit_points, fixed_hit_points(person)
    if points is None or points.max is None or legal is None or points.max in legal or len(person.classes) < 2:
        return False
    later = range(1, len(person.classes))
    starts = ((number,) for number in later)
    bases = {each.fixed(maxed=maxed) for each in _gains(person) for maxed in (tuple(later), *starts)}
    return points.max in person.sums(bases, _extras(person))


def _first_class_only(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Said:
    person, points = reckon(sheet, dossier), sheet.hit_points
    if points is None or len(sheet.classes) < 2 or points.method == "rolled":
        return Skip.NOT_APPLICABLE
    legal = fixed_hit_points(person)
    if legal is None:
        return Skip.NOT_CHECKABLE
    if not _twice_begun(person):
        return ()
    first, wanted = person.classes[0].table.name.lower(), _numbers(legal.values)
    message = (
        f"Only the first class, {first}, begins with the maximum of its hit die: a {said_levels(person)} has {wanted} "
        f"hit points, not {points.max}."
    )
    fix = _mended(mark, sheet, legal.right)
    return (mark("/hit_points/max", message, expected=wanted, found=str(points.max), fix=fix),)


def _current(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Said:
    """Measured against the greater of the stated and the right maximum: a wrong maximum is told elsewhere."""
    points = sheet.hit_points
    if points is None or points.current is None:
        return Skip.NOT_APPLICABLE
    legal = fixed_hit_points(reckon(sheet, dossier)) if points.method == "fixed" else None
    highest = max(points.max or 0, max(legal.values) if legal else 0) + (points.temporary or 0)
    if points.current < 0:
        message = f"Hit points do not fall below 0; the sheet has {points.current}."
        return (mark("/hit_points/current", message, expected="at least 0", found=str(points.current)),)
    if highest > 0 and points.current > highest:
        message = f"The current hit points, {points.current}, are more than the maximum of {highest}."
        return (mark("/hit_points/current", message, expected=f"at most {highest}", found=str(points.current)),)
    return ()


_WIZARD = Example("wizard_5")
_PAIR = Example("fighter_3_rogue_2")
_ROLLED = {"/hit_points/method": "rolled"}
_FIRST = {"/level": 1, "/classes/0/level": 1, "/classes/0/subclass": None}
_NEEDS = ("classes", "ability_scores.con")

RULES = (
    sheet_rule(
        _first_level,
        id="HP2",
        title="Hit points at level 1 are the maximum of the hit die plus Constitution",
        severity=Severity.ERROR,
        source=HIT_POINTS,
        prompt="At level 1 the hit points are the highest number of the hit die plus the Constitution modifier.",
        about=("hit_points.max",),
        needs=_NEEDS,
        passing=(
            Example("wizard_5", {**_FIRST, "/hit_points/max": 8}),
            Example("wizard_5_2014", {**_FIRST, "/hit_points/max": 8}),
        ),
        failing=(
            Example("fighter_3", {**_FIRST, "/ability_scores/con": 14, "/hit_points/max": 10}),
            Example("wizard_5_2014", {**_FIRST, "/hit_points/max": 7}),
        ),
    ),
    sheet_rule(
        _fixed,
        id="HP3",
        title="Hit points follow from the fixed values",
        severity=Severity.ERROR,
        source=HIT_POINTS,
        prompt=(
            "Hit points by the fixed values: the maximum of the first hit die, then half the die plus 1 for each "
            "further level, plus the Constitution modifier for every level."
        ),
        about=("hit_points.max",),
        needs=_NEEDS,
        passing=(
            _WIZARD,
            _PAIR,
            Example("barbarian_5"),
            Example("cleric_5_2014"),
            Example("wizard_5", {"/species": "Dwarf", "/lineage": None, "/hit_points/max": 37}),
            Example("wizard_5", {"/feats/-": "Tough", "/hit_points/max": 42}),
        ),
        failing=(
            Example("wizard_5", {"/hit_points/max": 40}),
            Example("wizard_5", {"/species": "Dwarf", "/lineage": None}),
            Example("cleric_5_2014", {"/hit_points/max": 20}),
        ),
    ),
    sheet_rule(
        _rolled,
        id="HP4",
        title="Rolled hit points are within what dice can give",
        severity=Severity.ERROR,
        source=HIT_POINTS,
        prompt="Rolled hit points lie between 1 and the highest number of the hit die for each level after the first.",
        about=("hit_points.max",),
        needs=_NEEDS,
        passing=(
            Example("wizard_5", {**_ROLLED, "/hit_points/max": 30}),
            Example("barbarian_5", {"/hit_points/method": None}),
        ),
        failing=(
            Example("barbarian_5", {**_ROLLED, "/hit_points/max": 90}),
            Example("wizard_5", {**_ROLLED, "/hit_points/max": 19}),
            Example("wizard_5", {**_ROLLED, "/hit_points/max": 40}),
            Example("wizard_5_2014", {"/hit_points/method": None, "/hit_points/max": 60}),
        ),
    ),
    sheet_rule(
        _first_class_only,
        id="HP6",
        title="Only the first class begins at the maximum of its hit die",
        severity=Severity.ERROR,
        source=MULTICLASSING,
        prompt=("Only level 1 gives the maximum of its hit die; a class taken later begins with its fixed value."),
        about=("hit_points.max",),
        needs=_NEEDS,
        passing=(_PAIR, Example("fighter_3_rogue_2", {"/hit_points/max": 41})),
        failing=(Example("fighter_3_rogue_2", {"/hit_points/max": 45}),),
    ),
    sheet_rule(
        _current,
        id="HP7",
        title="Current hit points lie between 0 and the maximum",
        severity=Severity.WARNING,
        source="SRD 5.1 Damage and Healing; SRD 5.2 Playing the Game (Damage and Healing)",
        prompt="Keep current hit points between 0 and the maximum.",
        about=("hit_points.current", "hit_points.max"),
        passing=(
            _WIZARD,
            Example("wizard_5", {"/hit_points/current": 0}),
            Example("wizard_5", {"/hit_points/current": 37, "/hit_points/temporary": 5}),
        ),
        failing=(
            Example("wizard_5", {"/hit_points/current": 40}),
            Example("wizard_5_2014", {"/hit_points/current": -3}),
        ),
    ),
)
