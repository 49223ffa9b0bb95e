"""SK2-SK4, SK6: trained skills and expertise come from class, background, species or feat."""

from collections.abc import Iterable
from operator import itemgetter

from dnd.rules.building import Mark, pointer
from dnd.rules.dossier import Dossier, Example
from dnd.rules.finding import Finding, Severity
from dnd.rules.mechanics import sheet_rule
from dnd.rules.reckoning import Reckoning, reckon
from dnd.rules.rule import Skip
from dnd.rules.skill_values import (
    class_allowance,
    class_choices,
    expertise_allowance,
    proficient_skills,
    total_allowance,
)
from dnd.sheets.sheet import CharacterSheet
from dnd.srd.abilities import skill_named

CLASS_SOURCE = "SRD 5.1 Classes (Proficiencies), Multiclassing; SRD 5.2 Classes (Core Traits), Multiclassing"


def _class_count(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Iterable[Finding] | Skip:
    reckoning = reckon(sheet, dossier)
    if not any(skill.source for skill in sheet.skills.values()):
        return Skip.NOT_APPLICABLE
    if not reckoning.complete:
        return Skip.NOT_CHECKABLE
    chosen = [name for name, skill in proficient_skills(reckoning).items() if skill.source == "class"]
    allowed, most = class_allowance(reckoning)
    settled = all(skill.source for skill in proficient_skills(reckoning).values())
    if len(chosen) > most or (settled and len(chosen) < allowed):
        return (
            mark(
                "/skills",
                f"{len(chosen)} skills are said to come from the class; {_classes(reckoning)} gives {allowed}.",
                expected=str(allowed),
                found=f"{len(chosen)}: {', '.join(chosen)}",
                severity=Severity.WARNING if reckoning.unknown or len(chosen) < allowed else None,
            ),
        )
    return ()


def _classes(reckoning: Reckoning) -> str:
    return " / ".join(f"{held.table.name} {held.level}" for held in reckoning.classes)


def _class_list(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Iterable[Finding] | Skip:
    reckoning = reckon(sheet, dossier)
    chosen = {name: skill for name, skill in sorted(sheet.skills.items(), key=itemgetter(0)) if skill.source == "class"}
    if not chosen:
        return Skip.NOT_APPLICABLE
    choices = class_choices(reckoning) if reckoning.complete else None
    if choices is None:
        return Skip.NOT_CHECKABLE if not reckoning.complete else ()
    return [
        mark(
            pointer("skills", name, "source"),
            f"{right} is not on the skill list of {_classes(reckoning)}.",
            expected=", ".join(sorted(choices)),
            found=right,
        )
        for name in chosen
        if (right := skill_named(name)) is not None and right not in choices
    ]


def _total(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Iterable[Finding] | Skip:
    reckoning = reckon(sheet, dossier)
    if not reckoning.complete:
        return Skip.NOT_CHECKABLE
    count = len(proficient_skills(reckoning))
    least, most = total_allowance(reckoning)
    if count > most:
        return (
            mark(
                "/skills",
                f"{count} skills are proficient; class, background, species and feats give at most {most}.",
                expected=f"at most {most}",
                found=str(count),
                severity=Severity.WARNING if reckoning.unknown else None,
            ),
        )
    if count < least:
        message = f"{count} skills are proficient; class and background alone give {least}."
        wanted = f"at least {least}"
        return (mark("/skills", message, expected=wanted, found=str(count), severity=Severity.WARNING),)
    return ()


def _expertise(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Iterable[Finding] | Skip:
    reckoning = reckon(sheet, dossier)
    expert = {
        key: skill_named(key) or key
        for key, skill in sorted(sheet.skills.items(), key=itemgetter(0))
        if skill.expertise
    }
    if not expert:
        return Skip.NOT_APPLICABLE
    if not reckoning.complete:
        return Skip.NOT_CHECKABLE
    weight = Severity.WARNING if reckoning.unknown else None
    allowed, unfit = expertise_allowance(reckoning, tuple(expert.values()))
    found = [
        mark(
            pointer("skills", key, "expertise"),
            f"{name} has expertise without proficiency.",
            expected="proficiency too",
            found="expertise alone",
        )
        for key, name in expert.items()
        if sheet.skills[key].proficient is False
    ]
    if unfit:
        names = ", ".join(unfit)
        found.append(
            mark(
                "/skills",
                f"{len(expert)} skills have expertise; {_classes(reckoning)} gives it in {allowed}"
                + (", and not in these." if len(expert) <= allowed else "."),
                expected=str(allowed),
                found=f"{len(expert)}, of which too many: {names}",
                severity=weight,
            )
        )
    return found


RULES = (
    sheet_rule(
        _class_count,
        id="SK2",
        title="Number of class skills",
        severity=Severity.ERROR,
        source=CLASS_SOURCE,
        prompt="Choose as many class skills as the class gives: two; three for bards and rangers; four for rogues.",
        about=("skills",),
        needs=("classes",),
        passing=(Example("fighter_3"), Example("fighter_3_rogue_2"), Example("ranger_5_2014")),
        failing=(
            Example(
                "wizard_5",
                {
                    "/skills/Medicine": {"bonus": 4, "proficient": True, "source": "class"},
                    "/skills/Nature": {"bonus": 7, "proficient": True, "source": "class"},
                },
            ),
        ),
    ),
    sheet_rule(
        _class_list,
        id="SK3",
        title="Class skills from the class list",
        severity=Severity.WARNING,
        source=CLASS_SOURCE,
        prompt="Choose class skills from the list of the class.",
        about=("skills",),
        needs=("classes",),
        passing=(Example("wizard_5"), Example("bard_5"), Example("fighter_3_rogue_2")),
        failing=(Example("barbarian_5", {"/skills/Arcana": {"bonus": 3, "proficient": True, "source": "class"}}),),
    ),
    sheet_rule(
        _total,
        id="SK4",
        title="Number of proficient skills",
        severity=Severity.ERROR,
        source="SRD 5.1 Classes, Backgrounds, Races; SRD 5.2 Classes, Character Origins",
        prompt="Mark as proficient only the skills that class, background, species and feats give.",
        about=("skills",),
        needs=("classes",),
        passing=(Example("wizard_5"), Example("bard_5"), Example("cleric_5_2014")),
        failing=(
            Example(
                "cleric_5_2014",
                {
                    "/skills/Stealth": {"bonus": 3, "proficient": True},
                    "/skills/Arcana": {"bonus": 3, "proficient": True},
                },
            ),
        ),
    ),
    sheet_rule(
        _expertise,
        id="SK6",
        title="Expertise by feature only",
        severity=Severity.ERROR,
        source="SRD 5.1 Classes (Expertise); SRD 5.2 Classes (Expertise, Deft Explorer, Scholar)",
        prompt="Give expertise only where a class feature of that level gives it, in as many skills as it says.",
        about=("skills",),
        needs=("classes",),
        passing=(Example("wizard_5"), Example("rogue_5"), Example("bard_5")),
        failing=(
            Example("wizard_5", {"/classes/0/level": 1, "/level": 1}),
            Example("cleric_5_2014", {"/skills/Insight/expertise": True}),
            Example("wizard_5", {"/skills/Insight/expertise": True}),
        ),
    ),
)
