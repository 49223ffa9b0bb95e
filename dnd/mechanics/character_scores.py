"""Ability scores of a character: the standard array, what origin and levels add, and the feats taken on the way."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from dnd.mechanics.career import Career
from dnd.mechanics.character_plan import Plan
from dnd.srd.abilities import ABILITIES, HIGHEST_ADVENTURER_SCORE, STANDARD_ARRAY, Ability, modifier
from dnd.srd.advancement import EPIC_BOON_LEVEL, asi_levels
from dnd.srd.classes import MULTICLASS_MINIMUM
from dnd.srd.feats import Feat, feats

GRAPPLERS = frozenset({"barbarian", "fighter"})
"""Classes of which every third character takes the feat Grappler at level 4."""
_GRAPPLER_LEVEL = 4


@dataclass
class Growth:
    """Scores on their way up, with a record of every step."""

    base: Mapping[Ability, int]
    scores: dict[Ability, int]
    steps: list[tuple[str, Ability, int]] = field(default_factory=list[tuple[str, Ability, int]])
    """Source, ability, amount."""
    feats: list[str] = field(default_factory=list[str])

    def modifier(self, ability: Ability) -> int:
        """The modifier of a score."""
        return modifier(self.scores[ability])

    def add(self, source: str, ability: Ability, amount: int) -> None:
        """Raise a score."""
        self.scores[ability] += amount
        self.steps.append((source, ability, amount))


def grow(plan: Plan) -> Growth:
    """The scores of the plan's character at its level, and its feats."""
    base: dict[Ability, int] = dict(zip(plan.order, STANDARD_ARRAY, strict=True))
    growth = Growth(base, dict(base))
    _origin(growth, plan)
    for career in plan.careers:
        for level in asi_levels(career.table.id, plan.edition):
            if level <= career.level:
                _improve(growth, plan, career, level)
    for row in plan.met("score_cap"):
        if row.class_id is not None:  # Primal Champion; Body and Mind
            for ability in row.abilities:
                growth.add(row.source, ability, min(4, row.amount - growth.scores[ability]))
    return growth


def _origin(growth: Growth, plan: Plan) -> None:
    if plan.edition == "5.2":
        growth.feats += _origin_feats(plan)
        for ability, amount in zip(_raised_by_background(growth, plan), (2, 1), strict=True):
            growth.add("background", ability, amount)
        return
    for ability, amount in plan.kin.increases.items():
        growth.add("species", ability, amount)
    free: list[Ability] = [ability for ability in plan.order if ability not in plan.kin.increases]
    for ability in free[: plan.kin.free_increases]:
        growth.add("species", ability, 1)
    if plan.lineage is not None:
        for ability, amount in plan.lineage.increases.items():
            growth.add("species", ability, amount)


def _raised_by_background(growth: Growth, plan: Plan) -> Sequence[Ability]:
    """The two abilities of the background that matter most; what a class asks for before what is only useful."""
    lacking = [ability for ability in plan.needed if growth.scores[ability] < MULTICLASS_MINIMUM]
    return sorted(plan.background.abilities, key=lambda a: (a not in lacking, plan.order.index(a)))[:2]


def _origin_feats(plan: Plan) -> Iterator[str]:
    own = plan.background.feat or ""
    yield f"{own} ({plan.background.feat_list.capitalize()})" if plan.background.feat_list else own
    others = [name for name in ("Alert", "Savage Attacker") if name != own]
    yield from others[: plan.kin.origin_feats]


def _improve(growth: Growth, plan: Plan, career: Career, level: int) -> None:
    source = f"{career.table.name} {level}" if plan.several else f"level {level}"
    if plan.edition == "5.2" and level >= EPIC_BOON_LEVEL:
        boon = feats("5.2")["Boon of Combat Prowess" if career.table.caster == "none" else "Boon of Spell Recall"]
        _take(growth, plan, boon)
        return
    grappler = feats(plan.edition)["Grappler"]
    wants = career.table.id in GRAPPLERS and level == _GRAPPLER_LEVEL and plan.seed % 3 == 1
    if wants and grappler.name not in growth.feats and _may_take(growth, grappler):
        _take(growth, plan, grappler)
        return
    left = 2
    for ability in plan.order:
        step = min(left, HIGHEST_ADVENTURER_SCORE - growth.scores[ability])
        if step > 0:
            growth.add(source, ability, step)
            left -= step
        if not left:
            return


def _may_take(growth: Growth, feat: Feat) -> bool:
    return any(growth.scores[ability] >= least for ability, least in (feat.min_scores or {}).items())


def _take(growth: Growth, plan: Plan, feat: Feat) -> None:
    growth.feats.append(feat.name)
    if feat.points:
        open_to: list[Ability] = [each for each in plan.order if each in feat.raises and growth.scores[each] < feat.cap]
        growth.add(feat.name, open_to[0], feat.points)


def scores_json(growth: Growth) -> dict[str, object]:
    """The fields of a sheet that speak of ability scores."""
    return {
        "ability_scores": growth.scores,
        "modifiers": {ability: growth.modifier(ability) for ability in ABILITIES},
        "base_scores": dict(growth.base),
        "score_method": "standard_array",
        "increases": [
            {"source": source, "ability": ability, "amount": amount}
            for source, ability, amount in growth.steps
            if amount
        ],
        "feats": growth.feats,
    }
