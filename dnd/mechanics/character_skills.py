"""Saves, skills, languages and tools of a character."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from dnd.mechanics.career import Career, titled
from dnd.mechanics.character_plan import Plan
from dnd.mechanics.character_scores import Growth
from dnd.srd.abilities import ABILITIES, SKILLS, Ability
from dnd.srd.resources import resource
from dnd.srd.vocabulary import CHOSEN_LANGUAGES_52, STANDARD_LANGUAGES

SCHOLARS = ("Arcana", "History", "Investigation", "Medicine", "Nature", "Religion")
"""Skills of which a 5.2 wizard (Scholar) doubles one."""
TOOLS: Mapping[str, tuple[str, ...]] = {
    "any musical instrument": ("Lute", "Flute", "Drum", "Lyre"),
    "any artisan's tools or musical instrument": ("Smith's Tools",),
    "any gaming set": ("Dice Set",),
}
"""A choice that a table leaves open → what is chosen, as far as it is needed."""


@dataclass
class Training:
    """Skills with their sources, and the doubled ones."""

    sources: dict[str, str | None] = field(default_factory=dict[str, str | None])
    """Skill → class, background, species or feat; None for another feature."""
    doubled: set[str] = field(default_factory=set[str])

    def choose(self, skills: Iterable[str], count: int, source: str | None) -> None:
        """Add `count` of `skills` that are not trained yet."""
        free = [name for name in skills if name not in self.sources]
        self.sources |= dict.fromkeys(free[:count], source)


def train(plan: Plan, growth: Growth) -> Training:
    """The skills of the plan's character."""
    training = Training()
    training.choose(plan.background.skills, 2, "background")
    training.choose(plan.kin.skills, len(plan.kin.skills), "species")
    for place, career in enumerate(plan.careers):
        count = career.table.multiclass_skills if place else career.table.skill_count
        training.choose(_liked(plan, growth, career.table.skill_choices), count, "class")
    training.choose(_liked(plan, growth, plan.kin.skill_choices), plan.kin.chosen_skills, "species")
    if "Skilled" in growth.feats:
        training.choose(_liked(plan, growth, None), 3, "feat")
    for row in plan.met("skills"):
        if row.class_id is not None:  # Bonus Proficiencies; Primal Knowledge
            pool = _list_of(plan, "barbarian") if row.source == "Primal Knowledge" else None
            training.choose(_liked(plan, growth, pool), row.amount, None)
    for career in plan.careers:
        _double(plan, growth, training, career)
    return training


def _list_of(plan: Plan, class_id: str) -> tuple[str, ...] | None:
    return next(career.table.skill_choices for career in plan.careers if career.table.id == class_id)


def _liked(plan: Plan, growth: Growth, pool: tuple[str, ...] | None) -> list[str]:
    """The skills of a list, those of good abilities first; equal ones in the dice's order."""
    names = sorted(pool or SKILLS)
    plan.dice("skills").shuffle(names)
    return sorted(names, key=lambda name: -growth.modifier(SKILLS[name]))


def _double(plan: Plan, growth: Growth, training: Training, career: Career) -> None:
    count = resource("expertise", career.table.id, career.level, plan.edition) or 0
    pool = SCHOLARS if career.table.id == "wizard" else tuple(SKILLS)
    free = [name for name in _liked(plan, growth, pool) if name in training.sources and name not in training.doubled]
    training.doubled |= set(free[:count])


def part_of_bonus(plan: Plan, ability: Ability) -> int:
    """What an untrained check of a skill adds of the proficiency bonus (Jack of All Trades, Remarkable Athlete)."""
    found = [0]
    for row in plan.met("skill_checks"):
        if not row.abilities or ability in row.abilities:
            up = 1 if row.source == "Remarkable Athlete" else 0
            found.append((plan.bonus + up) // 2)
    return max(found)


def skills_json(plan: Plan, growth: Growth) -> dict[str, object]:
    """The fields of a sheet that speak of saves and skills."""
    training = train(plan, growth)
    skills = {name: _skill(plan, growth, training, name, ability) for name, ability in SKILLS.items()}
    own = {
        *plan.careers[0].table.saves,
        *(ability for row in plan.met("save") if not row.feat for ability in row.abilities),
    }
    added = sum(max(1, growth.modifier(ability)) for row in plan.met("save_bonus") for ability in row.abilities)
    return {
        "saving_throws": {
            ability: {
                "bonus": growth.modifier(ability) + added + (plan.bonus if ability in own else 0),
                "proficient": ability in own,
            }
            for ability in ABILITIES
        },
        "skills": skills,
        "passive_perception": 10 + int(skills["Perception"]["bonus"]),
        "initiative": _initiative(plan, growth),
        "languages": _languages(plan),
        "tools": _tools(plan),
    }


def _skill(plan: Plan, growth: Growth, training: Training, name: str, ability: Ability) -> dict[str, int | bool | str]:
    trained, doubled = name in training.sources, name in training.doubled
    more = plan.bonus * (2 if doubled else 1) if trained else part_of_bonus(plan, ability)
    entry: dict[str, int | bool | str] = {"bonus": growth.modifier(ability) + more, "proficient": trained}
    if doubled:
        entry["expertise"] = True
    if source := training.sources.get(name):
        entry["source"] = source
    return entry


def _initiative(plan: Plan, growth: Growth) -> int:
    alert = plan.edition == "5.2" and "Alert" in growth.feats
    part = part_of_bonus(plan, "dex") if plan.edition == "5.1" else 0
    return growth.modifier("dex") + (plan.bonus if alert else part)


def _languages(plan: Plan) -> list[str]:
    """Those that origin and classes give, and standard ones where there is a choice."""
    known = ["Common"] if plan.edition == "5.2" else list(plan.kin.languages)
    free = CHOSEN_LANGUAGES_52 if plan.edition == "5.2" else plan.kin.chosen_languages + plan.background.languages
    free += plan.lineage.languages if plan.lineage and plan.edition == "5.1" else 0
    for row in plan.met("languages"):
        if row.species is not None or row.source == "Tongue of the Sun and Moon":
            continue  # counted above; understood, not learned
        known += [name for name in row.names if name not in known]
        free += row.amount_for(plan.traits()) - len(row.names)
    pool = [name for name in STANDARD_LANGUAGES[plan.edition] if name not in known]
    plan.dice("languages").shuffle(pool)
    return [*known, *pool[: max(free, 0)]]


def _tools(plan: Plan) -> list[str]:
    classes = [
        name
        for place, career in enumerate(plan.careers)
        for name in (career.table.multiclass_tools if place else career.table.tools)
    ]
    lineage = plan.lineage.tools if plan.lineage else ()
    found: list[str] = []
    for text in (*classes, *plan.background.tools, *plan.kin.tools, *lineage):
        count, _, name = text.partition(" ") if text[0].isdigit() else ("1", "", text)
        choices = TOOLS.get(name, (titled(name.partition(" or ")[0]),))
        found += [tool for tool in choices if tool not in found][: int(count)]
    return found
