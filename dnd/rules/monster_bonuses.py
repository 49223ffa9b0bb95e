"""MO6-MO8, MO12: saves, skills, passive Perception and initiative follow from the scores and the proficiency bonus."""

from collections.abc import Iterator

from dnd.rules.building import Mark, pointer
from dnd.rules.dossier import Dossier, Example
from dnd.rules.finding import Finding, Severity
from dnd.rules.mechanics import Said, block_rule
from dnd.rules.monster_numbers import modifiers, options, proficiency, signed
from dnd.rules.rule import Skip
from dnd.sheets.block import StatBlock
from dnd.srd.abilities import ABILITIES, ABILITY_NAMES, SKILLS, skill_named


def _saves(mark: Mark, block: StatBlock, dossier: Dossier) -> Said:  # noqa: ARG001 -- the shape of a check
    bonus = proficiency(block)
    if bonus is None:
        return Skip.NOT_CHECKABLE
    return list(_save_findings(mark, block, bonus))


def _save_findings(mark: Mark, block: StatBlock, bonus: int) -> Iterator[Finding]:
    """A list of all six, as in the 2024 layout, has bare modifiers among them; a shorter one only proficient saves."""
    every = len(block.saving_throws) >= len(ABILITIES)
    known = modifiers(block)
    for ability, modifier in known.items():
        stated = block.saving_throws.get(ability)
        allowed = [modifier + bonus, *([modifier] if every else [])]
        if stated is None or stated in allowed:
            continue
        name = ABILITY_NAMES[ability]
        message = (
            f"The {name} saving throw with the modifier {signed(modifier)} and the proficiency bonus {signed(bonus)} "
            f"is {options(allowed)}, not {signed(stated)}."
        )
        path = pointer("saving_throws", ability)
        right = options(allowed)
        if every:
            yield mark(path, message, expected=right, found=signed(stated))
        else:
            yield mark(path, message, expected=right, found=signed(stated), correct=allowed[0])


def _skills(mark: Mark, block: StatBlock, dossier: Dossier) -> Said:  # noqa: ARG001 -- as above
    bonus, known = proficiency(block), modifiers(block)
    if bonus is None:
        return Skip.NOT_CHECKABLE
    findings: list[Finding] = []
    for written, stated in block.skills.items():
        name = skill_named(written)
        modifier = known.get(SKILLS[name]) if name else None
        if stated is None or modifier is None or stated in {modifier + bonus, modifier + 2 * bonus}:
            continue
        allowed = [modifier + bonus, modifier + 2 * bonus]
        message = (
            f"{name} with the modifier {signed(modifier)} and the proficiency bonus {signed(bonus)} is "
            f"{options(allowed)}, not {signed(stated)}."
        )
        path, passive = pointer("skills", written), block.passive_perception
        if name == "Perception" and passive is not None and passive - 10 in allowed:
            # The score that follows from the skill shows which of the two was meant.
            right = passive - 10
            findings.append(mark(path, message, expected=signed(right), found=signed(stated), correct=right))
            continue
        findings.append(mark(path, message, expected=options(allowed), found=signed(stated)))
    return findings


def _passive(mark: Mark, block: StatBlock, dossier: Dossier) -> Said:  # noqa: ARG001 -- as above
    wisdom, stated = block.modifier("wis"), block.passive_perception
    if wisdom is None or stated is None:
        return Skip.NOT_CHECKABLE
    skill = next((value for name, value in sorted(block.skills.items()) if skill_named(name) == "Perception"), None)
    bonus = proficiency(block)
    earned = set[int]() if bonus is None else {wisdom + bonus, wisdom + 2 * bonus}
    # A skill that proficiency does not explain is MO7's to tell, if the score here shows which value was meant.
    if skill is not None and skill not in earned and stated - 10 in earned:
        return ()
    right = 10 + (wisdom if skill is None else skill)
    if stated == right:
        return ()
    source = f"Wisdom {signed(wisdom)}" if skill is None else f"Perception {signed(skill)}"
    message = f"Passive Perception with {source} is {right}, not {stated}."
    return (mark("/passive_perception", message, expected=str(right), found=str(stated), correct=right),)


def _initiative(mark: Mark, block: StatBlock, dossier: Dossier) -> Said:  # noqa: ARG001 -- as above
    dexterity, bonus, stated = block.modifier("dex"), proficiency(block), block.initiative
    if dexterity is None or bonus is None or stated is None:
        return Skip.NOT_CHECKABLE
    findings: list[Finding] = []
    allowed = [dexterity + times * bonus for times in range(3)]
    if stated not in allowed:
        message = (
            f"Initiative is the Dexterity modifier {signed(dexterity)}, with the proficiency bonus {signed(bonus)} "
            f"once or twice where the monster is quick: {options(allowed)}, not {signed(stated)}."
        )
        findings.append(mark("/initiative", message, expected=options(allowed), found=signed(stated)))
    score = block.initiative_score
    if score is not None and score - 10 not in {stated, *([] if stated in allowed else allowed)}:
        message = f"The initiative score with {signed(stated)} is {10 + stated}, not {score}."
        found = str(score)
        findings.append(mark("/initiative_score", message, expected=str(10 + stated), found=found, correct=10 + stated))
    return findings


_OGRE = Example("ogre_2014")
_OGRE_24 = Example("ogre_2024")

RULES = (
    block_rule(
        _saves,
        id="MO6",
        title="Saving throws are modifier and proficiency bonus",
        severity=Severity.ERROR,
        source="SRD 5.1 Monsters, Saving Throws; SRD 5.2 Monsters, Saving Throws",
        prompt="A saving throw that a monster is proficient in is its ability modifier plus its proficiency bonus.",
        about=("saving_throws",),
        needs=("ability_scores",),
        passing=(
            Example("mage_2014"),
            Example("ogre_2024", {"/saving_throws": {"str": 6, "con": 5}}),
            Example("ogre_2024", {"/saving_throws": {"str": 4, "dex": -1, "con": 5, "int": -3, "wis": -2, "cha": -2}}),
        ),
        failing=(
            Example("mage_2014", {"/saving_throws/int": 7}),
            Example("ogre_2024", {"/saving_throws": {"str": 4}}),
            Example("ogre_2024", {"/saving_throws": {"str": 5, "dex": -1, "con": 5, "int": -3, "wis": -2, "cha": -2}}),
        ),
    ),
    block_rule(
        _skills,
        id="MO7",
        title="Skills are modifier and proficiency bonus, once or twice",
        severity=Severity.WARNING,
        source="SRD 5.1 Monsters, Skills; SRD 5.2 Monsters, Skills",
        prompt="A listed skill is the ability modifier plus the proficiency bonus, or plus twice that with expertise.",
        about=("skills",),
        needs=("ability_scores",),
        passing=(Example("mage_2014"), Example("ogre_2024", {"/skills": {"Athletics": 8}})),
        failing=(
            Example("mage_2014", {"/skills/Arcana": 5}),
            Example("ogre_2024", {"/skills": {"Athletics": 7}}),
        ),
    ),
    block_rule(
        _passive,
        id="MO8",
        title="Passive Perception is 10 and Perception",
        severity=Severity.ERROR,
        source="SRD 5.1 Monsters, Senses; SRD 5.2 Monsters, Senses",
        prompt="Passive Perception is 10 plus the listed Perception bonus, or plus the Wisdom modifier without one.",
        about=("passive_perception",),
        needs=("ability_scores.wis",),
        passing=(
            _OGRE,
            Example("ogre_2024", {"/skills": {"Perception": 0}, "/passive_perception": 10}),
            Example("ogre_2024", {"/skills": {"Perception": 1}, "/passive_perception": 10}),
        ),
        failing=(
            Example("ogre_2014", {"/passive_perception": 10}),
            Example("ogre_2024", {"/skills": {"Perception": 0}, "/passive_perception": 8}),
        ),
    ),
    block_rule(
        _initiative,
        id="MO12",
        title="Initiative follows from Dexterity",
        severity=Severity.WARNING,
        source="SRD 5.2 Monsters, Initiative",
        prompt="Initiative is the Dexterity modifier, plus the proficiency bonus once or twice; its score is 10 more.",
        editions=("5.2",),
        about=("initiative",),
        needs=("ability_scores.dex",),
        passing=(_OGRE_24, Example("ogre_2024", {"/initiative": 3, "/initiative_score": 13})),
        failing=(
            Example("ogre_2024", {"/initiative": 2, "/initiative_score": 12}),
            Example("ogre_2024", {"/initiative_score": 12}),
        ),
    ),
)
