"""LV1-LV3: level, experience and proficiency bonus fit each other."""

from collections.abc import Iterator

from dnd.rules.building import Mark, pointer
from dnd.rules.dossier import Dossier, Example
from dnd.rules.finding import Finding, Severity
from dnd.rules.mechanics import Said, sheet_rule
from dnd.rules.rule import Skip
from dnd.sheets.sheet import CharacterSheet
from dnd.srd.advancement import HIGHEST_LEVEL, XP_BY_LEVEL, level_for_xp, proficiency_bonus

ADVANCEMENT = "SRD 5.1 Beyond 1st Level (Character Advancement); SRD 5.2 Character Creation (Level Advancement)"
_RANGE = f"1 to {HIGHEST_LEVEL}"


def lawful(level: int | None) -> bool:
    """Whether a level exists."""
    return level is not None and 1 <= level <= HIGHEST_LEVEL


def _level(mark: Mark, sheet: CharacterSheet, _: Dossier) -> Said:
    levels = [entry.level for entry in sheet.classes]
    if sheet.level is None and all(level is None for level in levels):
        return Skip.NOT_APPLICABLE
    findings = list(_beyond(mark, sheet))
    whole = [level for level in levels if level is not None]
    if findings or not whole or len(whole) < len(levels):
        return findings
    total = sum(whole)
    names = " and ".join(f"{entry.name} {entry.level}" for entry in sheet.classes)
    if total > HIGHEST_LEVEL:
        message = f"The class levels {names} make level {total}; the highest level is {HIGHEST_LEVEL}."
        return (mark("/classes", message, expected=f"at most {HIGHEST_LEVEL}", found=str(total)),)
    if sheet.level is None or sheet.level == total:
        return ()
    message = f"The class levels {names} make level {total}, not {sheet.level}."
    return (mark("/level", message, expected=str(total), found=str(sheet.level), correct=total),)


def _beyond(mark: Mark, sheet: CharacterSheet) -> Iterator[Finding]:
    """Levels that do not exist. A sheet of one class that states the level twice is told once."""
    entries = sheet.classes
    levels = [entry.level for entry in entries if entry.level is not None]
    if sheet.level is not None and not lawful(sheet.level):
        message = f"There is no level {sheet.level}: characters have levels {_RANGE}."
        total = sum(levels)
        if levels and len(levels) == len(entries) and all(map(lawful, levels)) and lawful(total):
            yield mark("/level", message, expected=str(total), found=str(sheet.level), correct=total)
        else:
            yield mark("/level", message, expected=_RANGE, found=str(sheet.level))
    for index, entry in enumerate(entries):
        level = entry.level
        if level is None or lawful(level) or (len(entries) == 1 and level == sheet.level):
            continue
        path = pointer("classes", index, "level")
        message = f"There is no level {level} of {entry.name}: classes have levels {_RANGE}."
        if len(entries) == 1 and sheet.level is not None and lawful(sheet.level):
            yield mark(path, message, expected=str(sheet.level), found=str(level), correct=sheet.level)
        else:
            yield mark(path, message, expected=_RANGE, found=str(level))


def _experience(mark: Mark, sheet: CharacterSheet, _: Dossier) -> Said:
    level, stated = sheet.total_level, sheet.experience
    if level is None or stated is None or not lawful(level):
        return Skip.NOT_CHECKABLE
    least = XP_BY_LEVEL[level - 1]
    most = XP_BY_LEVEL[level] - 1 if level < HIGHEST_LEVEL else None
    wanted = f"at least {least:,}" if most is None else f"{least:,} to {most:,}"
    if stated < least:
        # Tables that advance by milestones leave the number at 0.
        weight = Severity.WARNING if stated == 0 else None
        message = f"Level {level} needs {least:,} experience points; the sheet has {stated:,}."
        return (mark("/experience", message, expected=wanted, found=f"{stated:,}", severity=weight),)
    if most is not None and stated > most:
        message = (
            f"With {stated:,} experience points the character is of level {level_for_xp(stated)}, not {level}; level "
            f"{level + 1} begins at {most + 1:,}."
        )
        return (mark("/experience", message, expected=wanted, found=f"{stated:,}", severity=Severity.WARNING),)
    return ()


def bonus_finding(mark: Mark, sheet: CharacterSheet, why: str) -> Said:
    """What is wrong with the proficiency bonus, judged by the total level; `why` ends the message."""
    level, stated = sheet.total_level, sheet.proficiency_bonus
    if level is None or stated is None or not lawful(level):
        return Skip.NOT_CHECKABLE
    right = proficiency_bonus(level)
    if stated == right:
        return ()
    message = f"The proficiency bonus at level {level} is +{right}, not {stated:+d}{why}."
    return (mark("/proficiency_bonus", message, expected=f"+{right}", found=f"{stated:+d}", correct=right),)


def _proficiency(mark: Mark, sheet: CharacterSheet, _: Dossier) -> Said:
    """The multiclass sheet has its own rule (MC2)."""
    return Skip.NOT_APPLICABLE if len(sheet.classes) > 1 else bonus_finding(mark, sheet, "")


_WIZARD = Example("wizard_5")
_PAIR = Example("fighter_3_rogue_2")

RULES = (
    sheet_rule(
        _level,
        id="LV1",
        title="The level exists and is the sum of the class levels",
        severity=Severity.ERROR,
        source=ADVANCEMENT,
        prompt="Keep the level between 1 and 20, and equal to the sum of the class levels.",
        passing=(
            _WIZARD,
            _PAIR,
            Example("wizard_5_2014"),
            Example("wizard_5", {"/level": 20, "/classes/0/level": 20}),
            Example("wizard_5", {"/level": None}),
        ),
        failing=(
            Example("wizard_5", {"/level": 22, "/classes/0/level": 22}),
            Example("wizard_5", {"/level": 0}),
            Example("wizard_5", {"/level": 6}),
            Example("fighter_3_rogue_2", {"/level": 8}),
            Example("fighter_3_rogue_2", {"/classes/1/level": 18, "/level": 21}),
            Example("fighter_3_rogue_2", {"/classes/1/level": -2}),
        ),
    ),
    sheet_rule(
        _experience,
        id="LV2",
        title="Experience points fit the level",
        severity=Severity.ERROR,
        source=ADVANCEMENT,
        prompt="State experience points within the range of the character's level.",
        about=("experience",),
        needs=("total_level",),
        passing=(
            _WIZARD,
            Example("wizard_5", {"/experience": 6500}),
            Example("wizard_5_2014", {"/experience": 13999}),
            Example("wizard_5", {"/experience": 900000, "/level": 20, "/classes/0/level": 20}),
        ),
        failing=(
            Example("wizard_5", {"/experience": 2000}),
            Example("wizard_5", {"/experience": 6499}),
            Example("wizard_5_2014", {"/experience": 14000}),
            Example("wizard_5", {"/experience": 0}),
        ),
    ),
    sheet_rule(
        _proficiency,
        id="LV3",
        title="The proficiency bonus follows from the level",
        severity=Severity.ERROR,
        source=ADVANCEMENT,
        prompt="The proficiency bonus is +2 at level 1 and grows by 1 at levels 5, 9, 13 and 17.",
        about=("proficiency_bonus",),
        needs=("total_level",),
        passing=(_WIZARD, Example("wizard_5_2014"), Example("paladin_2_2014")),
        failing=(
            Example("wizard_5", {"/proficiency_bonus": 2}),
            Example("wizard_5_2014", {"/level": 9, "/classes/0/level": 9}),
        ),
    ),
)
