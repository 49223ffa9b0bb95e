"""CR1-CR7: hit points, armour, attacks, DCs and damage are such as the SRD's monsters of the rating have."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import ceil, floor

from dnd.rules.building import Mark
from dnd.rules.dossier import Dossier, DossierRule, Example
from dnd.rules.finding import Finding, Severity
from dnd.rules.mechanics import Said, block_rule
from dnd.rules.monster_numbers import rating_of
from dnd.rules.monster_power import best_attack, best_dc, damage_per_round
from dnd.rules.rule import Skip
from dnd.sheets.block import StatBlock
from dnd.srd.monsters import ENVELOPES, Envelope, Measure

_FAR = 3.0
"""Times the middle of its rating beyond which hit points are no matter of taste; less than a third does occur."""
_NEAR_STEPS = 3
"""Steps that the estimate of CR6 may stray: 88 % of the SRD's monsters lie within."""
_LOW_HIT_POINTS: Mapping[str, tuple[int, int]] = {"0": (1, 22), "1/8": (2, 27), "1/4": (5, 26), "1/2": (9, 36)}
"""Fewest and most hit points below challenge rating 1 in either SRD, with a margin of a tenth."""
_DERIVED = "Derived from the monsters of SRD 5.1 and SRD 5.2"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a block that the SRD's monsters show to follow the challenge rating."""

    measure: Measure
    path: str
    usual: str
    """What the monsters of a rating have, with a place for the numbers."""
    value: Callable[[StatBlock], int | None]


_FIGURES: Mapping[str, Figure] = {
    "CR1": Figure("hit_points", "/hit_points", "{} hit points", lambda block: block.hit_points),
    "CR2": Figure("armor_class", "/armor_class", "Armor Class {}", lambda block: block.armor_class),
    "CR3": Figure("attack", "/actions", "a best attack bonus of {}", best_attack),
    "CR4": Figure("save_dc", "/actions", "a highest save DC of {}", best_dc),
    "CR5": Figure("damage", "/actions", "{} damage in a round", damage_per_round),
}


def _checker(figure: Figure) -> Callable[[Mark, StatBlock, Dossier], Said]:
    def check(mark: Mark, block: StatBlock, dossier: Dossier) -> Said:
        rating, value = rating_of(block), figure.value(block)
        if rating is None:
            return Skip.NOT_CHECKABLE
        if value is None or rating < 1:
            return Skip.NOT_APPLICABLE
        return _compared(mark, figure, rating, value, ENVELOPES[dossier.edition][figure.measure])

    return check


def _compared(mark: Mark, figure: Figure, rating: float, value: int, envelope: Envelope) -> Iterable[Finding]:
    low, high = envelope.bounds(rating)
    if low <= value <= high:
        return ()
    far = figure.measure == "hit_points" and value > _FAR * _middle(envelope, rating)
    usual = f"{ceil(low)} to {floor(high)}"
    message = f"Monsters of challenge rating {rating:g} have {figure.usual.format(usual)}, not {value}."
    severity = Severity.ERROR if far else Severity.WARNING
    return (mark(figure.path, message, expected=usual, found=str(value), severity=severity),)


def _middle(envelope: Envelope, rating: float) -> float:
    return envelope.base + envelope.slope * rating


def _rating_at(envelope: Envelope, value: float) -> float:
    """The challenge rating at which the middle of the envelope has `value`; 0 below the line's beginning."""
    return max(0.0, (value - envelope.base) / envelope.slope)


def _estimate(mark: Mark, block: StatBlock, dossier: Dossier) -> Said:
    rating, hits, armor = rating_of(block), block.hit_points, block.armor_class
    damage, attack = damage_per_round(block), best_attack(block)
    if rating is None or hits is None or armor is None or damage is None or attack is None:
        return Skip.NOT_CHECKABLE
    lines = ENVELOPES[dossier.edition]
    bears, harms = _rating_at(lines["hit_points"], hits), _rating_at(lines["damage"], damage)
    # Two points of Armor Class or of attack bonus beside the line weigh as one step.
    bears += (armor - _middle(lines["armor_class"], bears)) / 2
    harms += (attack - _middle(lines["attack"], harms)) / 2
    estimate = max(0.0, (bears + harms) / 2)
    if abs(estimate - rating) <= _NEAR_STEPS:
        return ()
    found = block.challenge_rating
    right = f"about {round(estimate)}"
    message = f"By hit points, armor, damage and attack this is a monster of challenge rating {right}, not {found}."
    return (mark("/challenge_rating", message, expected=right, found=found),)


def _low(mark: Mark, block: StatBlock, dossier: Dossier) -> Said:  # noqa: ARG001 -- the shape of a check
    bounds, hits = _LOW_HIT_POINTS.get(block.challenge_rating or ""), block.hit_points
    if hits is None:
        return Skip.NOT_CHECKABLE
    if bounds is None:
        return Skip.NOT_APPLICABLE
    if bounds[0] <= hits <= bounds[1]:
        return ()
    usual = f"{bounds[0]} to {bounds[1]}"
    message = f"Monsters of challenge rating {block.challenge_rating} have {usual} hit points, not {hits}."
    return (mark("/hit_points", message, expected=usual, found=str(hits)),)


_STRONG = {
    "name": "Fist",
    "attack": {"bonus": 6, "damages": [{"dice": "10d10+4", "average": 59, "type": "bludgeoning"}]},
}
_SURE = {"name": "Fist", "attack": {"bonus": 13, "damages": [{"dice": "1d8+4", "average": 8, "type": "bludgeoning"}]}}
_GAZE = {"name": "Gaze", "save": {"ability": "wis", "dc": 19}}
_FAIR_GAZE = {"name": "Gaze", "save": {"ability": "wis", "dc": 13}}


def _rule(number: str, title: str, prompt: str, failing: tuple[Example, ...], about: str = "actions") -> DossierRule:
    passing = tuple(Example(name, {"/actions/-": _FAIR_GAZE, "/hit_points": 60}) for name in ("ogre_2014", "ogre_2024"))
    return block_rule(
        _checker(_FIGURES[number]),
        id=number,
        title=title,
        severity=Severity.WARNING,
        source=_DERIVED,
        prompt=prompt,
        about=(about,),
        needs=("challenge_rating",),
        passing=passing,
        failing=failing,
    )


RULES = (
    _rule(
        "CR1",
        "Hit points suit the challenge rating",
        "A monster has about 15 hit points for each challenge rating, and 15 more.",
        (Example("ogre_2014", {"/hit_points": 100}), Example("ogre_2024", {"/hit_points": 400})),
        "hit_points",
    ),
    _rule(
        "CR2",
        "Armor Class suits the challenge rating",
        "Armor Class is about 13, and one more with every three challenge ratings.",
        (Example("ogre_2014", {"/armor_class": 22}), Example("ogre_2024", {"/armor_class": 18})),
        "armor_class",
    ),
    _rule(
        "CR3",
        "The best attack suits the challenge rating",
        "The best attack bonus is about 4, and one more with every two challenge ratings.",
        (Example("ogre_2014", {"/actions/-": _SURE}), Example("ogre_2024", {"/actions/-": _SURE})),
    ),
    _rule(
        "CR4",
        "The highest DC suits the challenge rating",
        "The highest save DC is about 11, and one more with every two challenge ratings.",
        (Example("ogre_2014", {"/actions/-": _GAZE}), Example("ogre_2024", {"/actions/-": _GAZE})),
    ),
    _rule(
        "CR5",
        "Damage suits the challenge rating",
        "The attacks of one round deal about 5 damage for each challenge rating, and 5 more.",
        (Example("ogre_2014", {"/actions/-": _STRONG}), Example("ogre_2024", {"/actions/-": _STRONG})),
    ),
    block_rule(
        _estimate,
        id="CR6",
        title="The figures together point to the challenge rating",
        severity=Severity.INFO,
        source="Derived from the monsters of SRD 5.1",
        prompt="Hit points, armor, damage and attack bonus together should be those of the challenge rating.",
        editions=("5.1",),
        about=("challenge_rating", "actions"),
        needs=("hit_points", "armor_class"),
        passing=(Example("ogre_2014"),),
        failing=(Example("ogre_2014", {"/challenge_rating": "9"}),),
    ),
    block_rule(
        _low,
        id="CR7",
        title="Hit points suit a challenge rating below 1",
        severity=Severity.WARNING,
        source=_DERIVED,
        prompt="Below challenge rating 1 a monster has few hit points: under 28 at 1/8 and 1/4, under 37 at 1/2.",
        about=("hit_points",),
        needs=("challenge_rating",),
        passing=(Example("ogre_2014", {"/challenge_rating": "1/2", "/hit_points": 22}),),
        failing=(
            Example("ogre_2014", {"/challenge_rating": "1/4", "/hit_points": 80}),
            Example("ogre_2024", {"/challenge_rating": "1/2", "/hit_points": 3}),
        ),
    ),
)
