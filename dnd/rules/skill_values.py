"""What skills a sheet may have, and the bonuses that follow from its scores and levels."""

from collections.abc import Mapping
from functools import lru_cache
from operator import itemgetter

from dnd.rules.grants import Grant
from dnd.rules.reckoning import Reckoning, Sums
from dnd.sheets.sheet import Skill
from dnd.srd.abilities import SKILLS, skill_named

BACKGROUND_SKILLS = 2
"""Every background of both SRDs gives two."""
PASSIVE_BASE = 10


@lru_cache(maxsize=8)
def proficient_skills(reckoning: Reckoning) -> Mapping[str, Skill]:
    """The proficient skills by the sheet's keys: those marked so, and unmarked ones whose bonus says so."""
    found: dict[str, Skill] = {}
    for key, skill in sorted(reckoning.sheet.skills.items(), key=itemgetter(0)):
        name = skill_named(key)
        if name is not None and (skill.proficient or skill.expertise or _looks_proficient(reckoning, name, skill)):
            found[key] = skill
    return found


def _looks_proficient(reckoning: Reckoning, name: str, skill: Skill) -> bool:
    modifier, bonus = reckoning.sheet.modifier(SKILLS[name]), reckoning.proficiency
    if skill.proficient is not None or skill.bonus is None or modifier is None or bonus is None:
        return False
    return skill.bonus in {modifier + bonus, modifier + 2 * bonus}


def class_allowance(reckoning: Reckoning) -> tuple[int, int]:
    """Skills that the classes give (the first in full, later ones by multiclassing), and those with class features."""
    first, *later = reckoning.classes
    own = first.table.skill_count + sum(held.table.multiclass_skills for held in later)
    return own, own + sum(reckoning.amount(row) for row in reckoning.granted("skills") if row.class_id)


def class_choices(reckoning: Reckoning) -> frozenset[str] | None:
    """The skills that the classes let choose from; None for any."""
    giving = [held for place, held in enumerate(reckoning.classes) if not place or held.table.multiclass_skills]
    lists = [held.table.skill_choices for held in giving]
    wide = any(row.class_id and not row.of and row.subclass for row in reckoning.granted("skills"))
    if wide or any(choices is None for choices in lists):
        return None
    further = (skill for row in reckoning.granted("skills") if row.class_id for skill in row.of)
    return frozenset((*(skill for choices in lists for skill in choices or ()), *further))


def total_allowance(reckoning: Reckoning) -> tuple[int, int]:
    """Fewest and most proficient skills: the fewest are those of class and stated background."""
    own, _ = class_allowance(reckoning)
    background = BACKGROUND_SKILLS if reckoning.sheet.background else 0
    species = reckoning.species
    born = len(species.skills) + species.chosen_skills if species else 0
    return own + background, own + BACKGROUND_SKILLS + born + reckoning.total("skills")


def expertise_allowance(reckoning: Reckoning, expert: tuple[str, ...]) -> tuple[int, tuple[str, ...]]:
    """How many skills may have expertise, and which of `expert` no feature is left for."""
    rows = sorted(reckoning.granted("expertise"), key=lambda row: not row.of)
    left: list[tuple[Grant, int]] = [(row, reckoning.amount(row)) for row in rows]
    total = sum(amount for _, amount in left)
    unfit: list[str] = []
    for skill in expert:
        for place, (row, amount) in enumerate(left):
            if amount and (not row.of or skill in row.of):
                left[place] = (row, amount - 1)
                break
        else:
            unfit.append(skill)
    return total, tuple(unfit)


def skill_values(reckoning: Reckoning, name: str, skill: Skill | None) -> Sums | None:
    """The legal bonuses of a skill as marked; None when score or proficiency bonus is missing."""
    ability = SKILLS[name]
    modifiers, bonus = reckoning.modifiers(ability), reckoning.proficiency
    plain = skill is not None and skill.proficient is False and not skill.expertise
    half = _half(reckoning, ability)
    if not modifiers or (bonus is None and not plain):
        return None
    proficiency = bonus or 0
    if skill is not None and skill.expertise:
        steps = (2 * proficiency,)
    elif skill is not None and skill.proficient:
        # A sheet that marks no expertise at all may leave it to the bonus.
        steps = (proficiency, 2 * proficiency) if _hides_expertise(reckoning) else (proficiency,)
    elif plain:
        steps = (half,)
    else:
        steps = (half, proficiency, 2 * proficiency) if reckoning.granted("expertise") else (half, proficiency)
    extras = (*reckoning.extras("check_bonus"), *reckoning.extras("skill_bonus", name))
    return reckoning.sums((value + step for value in modifiers for step in steps), extras)


def _hides_expertise(reckoning: Reckoning) -> bool:
    unmarked = all(skill.expertise is None for skill in reckoning.sheet.skills.values())
    return unmarked and bool(reckoning.granted("expertise"))


def _half(reckoning: Reckoning, ability: str) -> int:
    """What Jack of All Trades or a champion's Remarkable Athlete adds to a check without proficiency."""
    bonus = reckoning.proficiency or 0
    if any(ability in row.of for row in reckoning.granted("half_rounded_up")):
        return (bonus + 1) // 2
    return bonus // 2 if reckoning.granted("half_skill") else 0


def initiative_values(reckoning: Reckoning) -> Sums | None:
    """The legal initiative bonuses; None without a Dexterity score."""
    modifiers = reckoning.modifiers("dex")
    if not modifiers:
        return None
    # In 5.2 Jack of All Trades is for checks that use a skill, and initiative uses none.
    half = _half(reckoning, "dex") if reckoning.edition == "5.1" else 0
    extras = (*reckoning.extras("initiative"), *reckoning.extras("check_bonus"))
    return reckoning.sums((value + half for value in modifiers), extras)


def passive_values(reckoning: Reckoning) -> Sums | None:
    """The legal values of passive Perception; None when score or proficiency bonus is missing."""
    skills = reckoning.sheet.skills
    listed = next(
        (skill for key, skill in sorted(skills.items(), key=itemgetter(0)) if skill_named(key) == "Perception"), None
    )
    if listed is None and skills and all(skill.proficient for skill in skills.values()):
        listed = Skill(proficient=False)  # a list of the proficient skills that Perception is not on
    if listed is not None and listed.proficient is None and not listed.expertise and listed.bonus is not None:
        own = skill_values(reckoning, "Perception", listed)
        if own is None or listed.bonus in own:
            return _passive(reckoning, Sums(frozenset({listed.bonus}), listed.bonus))
    values = skill_values(reckoning, "Perception", listed)
    return None if values is None else _passive(reckoning, values)


def _passive(reckoning: Reckoning, bonus: Sums) -> Sums:
    extras = reckoning.extras("passive_bonus")
    open_choice = bonus.right is None or bool(extras)
    sums = reckoning.sums((PASSIVE_BASE + value for value in bonus.values), extras)
    return Sums(sums.values, None if open_choice else PASSIVE_BASE + (bonus.right or 0))
