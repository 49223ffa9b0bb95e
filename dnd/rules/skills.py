"""SK1, SK5, SK7: skills exist and have the right bonuses; so has passive Perception."""

from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import Any

from dnd.rules.building import Mark, pointer, shorten
from dnd.rules.dossier import Dossier, Example
from dnd.rules.finding import Finding, Fix, Severity
from dnd.rules.mechanics import sheet_rule
from dnd.rules.reckoning import mend, reckon
from dnd.rules.rule import Skip
from dnd.rules.skill_values import passive_values, skill_values
from dnd.sheets.sheet import CharacterSheet
from dnd.srd.abilities import SKILLS, skill_named
from dnd.srd.near import fold, letters, nearest

CHECK_SOURCE = "SRD 5.1 Using Ability Scores; SRD 5.2 Playing the Game (Proficiency)"
PASSIVE_SOURCE = "SRD 5.1 Using Ability Scores (Passive Checks); SRD 5.2 Rules Glossary (Passive Perception)"
_BY_FOLDED = {fold(name): name for name in SKILLS}
_BAGS = tuple((folded, letters(folded)) for folded in _BY_FOLDED)


def _names(mark: Mark, sheet: CharacterSheet, _: Dossier) -> Iterator[Finding]:
    wrong = [name for name in sheet.skills if skill_named(name) is None]
    if not wrong:
        return
    meant = {name: _meant(name, sheet) for name in wrong}
    renames = {name: right for name, right in meant.items() if right is not None}
    # Keys cannot be replaced one by one, so every finding carries the whole list with all names set right.
    listed: dict[str, Any] = {
        renames.get(name, name): skill.model_dump(mode="json", exclude_none=True)
        for name, skill in sorted(sheet.skills.items(), key=itemgetter(0))
    }
    for name in wrong:
        hint = f" {renames[name]} is meant, it seems." if name in renames else ""
        yield mark(
            "/skills",
            f"{shorten(name, 60)!r} is none of the eighteen skills.{hint}",
            expected=renames.get(name, "one of the eighteen skills"),
            found=shorten(name, 60),
            fix=Fix(path=mark.place.pointer("/skills"), value=listed) if name in renames else None,
        )


def _meant(name: str, sheet: CharacterSheet) -> str | None:
    """The one skill whose name is nearly this one and that is not listed itself."""
    near = nearest(fold(name), _BAGS)
    if len(near) != 1:
        return None
    right = _BY_FOLDED[near[0]]
    return None if any(skill_named(other) == right for other in sheet.skills) else right


def _bonuses(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Iterable[Finding] | Skip:
    reckoning = reckon(sheet, dossier)
    listed = [(key, name) for key in sheet.skills if (name := skill_named(key)) and sheet.skills[key].bonus is not None]
    if not listed:
        return Skip.NOT_APPLICABLE
    legal = {key: skill_values(reckoning, name, sheet.skills[key]) for key, name in listed}
    if all(values is None for values in legal.values()):
        return Skip.NOT_CHECKABLE
    found: list[Finding] = []
    for key, name in listed:
        values, stated = legal[key], sheet.skills[key].bonus
        if values is None or stated is None or stated in values:
            continue
        explained = reckoning.unknown and stated > max(values.values)
        path = pointer("skills", key, "bonus")
        found.append(
            mark(
                path,
                f"{name} is {stated:+d}; by the ability score and a proficiency bonus of"
                f" {reckoning.proficiency or 0:+d} it is {values}.",
                expected=str(values),
                found=f"{stated:+d}",
                severity=Severity.WARNING if explained else None,
                fix=None if explained else mend(mark, path, values.right),
            )
        )
    return found


def _passive(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Iterable[Finding] | Skip:
    reckoning = reckon(sheet, dossier)
    values, stated = passive_values(reckoning), sheet.passive_perception
    if values is None or stated is None:
        return Skip.NOT_CHECKABLE
    if stated in values:
        return ()
    explained = reckoning.unknown and stated > max(values.values)
    wanted = " or ".join(str(value) for value in sorted(values.values))
    return (
        mark(
            "/passive_perception",
            f"Passive Perception is {stated}; ten plus the Perception bonus is {wanted}.",
            expected=wanted,
            found=str(stated),
            severity=Severity.WARNING if explained else None,
            fix=None if explained else mend(mark, "/passive_perception", values.right),
        ),
    )


RULES = (
    sheet_rule(
        _names,
        id="SK1",
        title="Skill names",
        severity=Severity.ERROR,
        source=CHECK_SOURCE,
        prompt="Name only the eighteen skills.",
        about=("skills",),
        passing=(Example("wizard_5"), Example("cleric_5_2014")),
        failing=(
            Example("rogue_5", {"/skills/Lockpicking": {"bonus": 7, "proficient": True}}),
            Example("wizard_5", {"/skills/Perception": None, "/skills/Percepton": 1}),
        ),
    ),
    sheet_rule(
        _bonuses,
        id="SK5",
        title="Skill bonuses",
        severity=Severity.ERROR,
        source=CHECK_SOURCE,
        prompt="A skill is the ability modifier, plus the proficiency bonus where proficient, doubled with expertise.",
        about=("skills",),
        needs=("ability_scores",),
        passing=(Example("wizard_5"), Example("bard_5"), Example("ranger_5_2014")),
        failing=(
            Example("rogue_5", {"/skills/Stealth/bonus": 13}),
            Example("bard_5", {"/skills/Athletics/bonus": -1}),
            Example("cleric_5_2014", {"/skills/Arcana": 5}),
        ),
    ),
    sheet_rule(
        _passive,
        id="SK7",
        title="Passive Perception",
        severity=Severity.ERROR,
        source=PASSIVE_SOURCE,
        prompt="Passive Perception is ten plus the bonus of the Perception skill.",
        about=("passive_perception",),
        needs=("ability_scores",),
        passing=(Example("wizard_5"), Example("rogue_5"), Example("bard_5")),
        failing=(Example("rogue_5", {"/passive_perception": 11}), Example("wizard_5", {"/passive_perception": 14})),
    ),
)
