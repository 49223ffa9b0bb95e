"""Features, traits and the choices among them that a character has at its levels."""

from collections.abc import Mapping

from dnd.mechanics.career import Career, features_at
from dnd.mechanics.character_gear import ORDERS
from dnd.mechanics.character_plan import Plan
from dnd.mechanics.character_scores import Growth
from dnd.srd.catalogue import features
from dnd.srd.edition import Edition
from dnd.srd.resources import Resource, resource, resource_row

_LISTED_APART = frozenset(
    {"Fighting Style", "Metamagic", "Eldritch Invocations", "Circle of the Land", "Dragon Ancestor"}
)
"""Features whose options are chosen in lists of their own, or are words and no names of features."""
_CHOSEN: Mapping[tuple[str, Edition], str] = {
    ("Divine Order", "5.2"): ORDERS[0],
    ("Primal Order", "5.2"): ORDERS[1],
    ("Pact Boon", "5.1"): "Pact of the Blade",
}
"""Feature → the option taken; of the others the dice take one."""
_LEFT_OUT = frozenset(
    {
        # They ask for another invocation, or for a pact that is not the one taken.
        *(
            "Voice of the Chain Master",
            "Book of Ancient Secrets",
            "Chains of Carceri",
            "Investment of the Chain Master",
        ),
        *("Thirsting Blade", "Devouring Blade", "Lifedrinker", "Eldritch Smite", "Gift of the Protectors"),
        *("Pact of the Blade", "Pact of the Chain", "Pact of the Tome"),
        # They change armor class, darkvision, skills or feats.
        *("Armor of Shadows", "Devil's Sight", "Beguiling Influence", "Lessons of the First Ones"),
    }
)
_FROM_LEVEL_5 = frozenset({"Draconic Flight", "Large Form"})
"""Traits of 5.2 species that begin at character level 5."""
_VALUES: Mapping[str, str] = {"rage": "rage damage", "bardic inspiration": "bardic inspiration die"}
"""A resource whose uses stand beside another number."""


def features_json(plan: Plan, growth: Growth) -> dict[str, object]:
    """The fields of a sheet that speak of features."""
    listed: dict[str, dict[str, object]] = {}
    for career in plan.careers:
        for name in _names(plan, career):
            entry = {"name": name, **_numbers(plan, growth, career, name)}
            if name not in listed or _uses(entry) > _uses(listed[name]):
                listed[name] = entry
    return {
        "features": list(listed.values()),
        "traits": _traits(plan),
        "invocations": _invocations(plan),
        "metamagic": _metamagic(plan),
    }


def _uses(entry: Mapping[str, object]) -> int:
    uses = entry.get("uses")
    return uses if isinstance(uses, int) else 0


def _names(plan: Plan, career: Career) -> list[str]:
    own = [
        name
        for level in range(1, career.level + 1)
        for name in features_at(career.table.id, level, plan.edition, subclass=career.subclass is not None)
    ]
    options: dict[str, list[str]] = {}
    for row in features(plan.edition):
        if row.class_name == career.table.id and row.parent in own and row.parent not in _LISTED_APART:
            options.setdefault(row.parent, []).append(row.name)
    chosen = [
        _CHOSEN.get((parent, plan.edition)) or plan.dice(parent).choice(sorted(names))
        for parent, names in options.items()
    ]
    return list(dict.fromkeys((*own, *chosen)))


def _numbers(plan: Plan, growth: Growth, career: Career, name: str) -> dict[str, object]:
    """Uses, value and recharge of a feature, as far as a table counts them."""
    row = resource_row(name, career.table.id, plan.edition)
    if row is None:
        return {}
    found: dict[str, object] = {}
    right = row.at(career.level)
    if row.ability is not None and career.level >= row.first_level:
        right = max(1, growth.modifier(row.ability))
    if row.unit in {"uses", "points"}:
        found = {"uses": right, "recharge": row.recharge_at(career.level)}
    beside = resource_row(_VALUES[row.name], career.table.id, plan.edition) if row.name in _VALUES else row
    value = _value(beside, career.level) if beside is not None else None
    return {**found, "value": value} if value else found


def _value(row: Resource, level: int) -> str | None:
    number = row.at(level)
    if number is None:
        return None
    texts = {"die": f"d{number}", "bonus": f"+{number}", "feet": f"{number} ft.", "spell levels": str(number)}
    return f"{number}d{row.die}" if row.unit == "dice" and row.die else texts.get(row.unit)


def _traits(plan: Plan) -> list[str]:
    own = (*plan.kin.traits, *(plan.lineage.traits if plan.lineage else ()))
    return [name for name in own if plan.total >= 5 or name not in _FROM_LEVEL_5]


def _invocations(plan: Plan) -> list[str]:
    level = plan.levels.get("warlock", 0)
    count = resource("invocations", "warlock", level, plan.edition) or 0
    rows = [row for row in features(plan.edition) if row.parent == "Eldritch Invocations" and row.level <= level]
    names = sorted(row.name for row in rows if row.name not in _LEFT_OUT)
    plan.dice("invocations").shuffle(names)
    return names[:count]


def _metamagic(plan: Plan) -> list[str]:
    names = sorted(row.name for row in features(plan.edition) if row.parent == "Metamagic")
    plan.dice("metamagic").shuffle(names)
    return names[: plan.count("metamagic")]
