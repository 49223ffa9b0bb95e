"""MO10: the save DCs of a stat block's actions follow from its abilities and its proficiency bonus."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dnd.rules.building import Mark, span_of
from dnd.rules.dossier import Dossier, Example
from dnd.rules.finding import Finding, Severity
from dnd.rules.mechanics import Said, block_rule
from dnd.rules.monster_numbers import casting_ability, modifiers, name_of, proficiency
from dnd.rules.rule import Skip
from dnd.sheets.block import Action, StatBlock
from dnd.srd.abilities import Ability

_SAVE_DC = re.compile(
    r"\bDC (?P<dc>\d{1,3}) (?P<ability>Str|Dex|Con|Int|Wis|Cha)\w* sav"
    r"|\b(?P<ability2>Str|Dex|Con|Int|Wis|Cha)\w* Saving Throw: ?DC (?P<dc2>\d{1,3})",
    re.IGNORECASE,
)
_ESCAPE_DC = re.compile(r"\bescape DC (?P<dc>\d{1,3})", re.IGNORECASE)
_SOURCES: Mapping[Ability, tuple[Ability, ...]] = {
    "str": ("str", "dex", "con"),
    "dex": ("str", "con", "cha"),
    "con": ("str", "con", "wis", "cha"),
    "int": ("int", "wis", "cha"),
    "wis": ("con", "wis", "cha"),
    "cha": ("con", "int", "wis", "cha"),
}
"""Save that is asked for → abilities of the monster that such effects spring from (its casting ability apart).

Derived from the monsters of both SRDs: these explain all DCs but three that any of the six abilities would explain.
"""
_GRIPPING: tuple[Ability, ...] = ("str", "dex")


def _difficulties(mark: Mark, block: StatBlock, dossier: Dossier) -> Said:  # noqa: ARG001 -- the shape of a check
    bonus, known = proficiency(block), modifiers(block)
    if bonus is None:
        return Skip.NOT_CHECKABLE
    base = 8 + bonus
    saves: dict[Ability, int] = {ability: base + modifier for ability, modifier in known.items()}
    # A monster's grip is also given as 10 and its check, with or without the proficiency bonus.
    grips = {base + known[a] for a in _GRIPPING if a in known} | {
        10 + known["str"] + part for part in (0, bonus) if "str" in known
    }
    found = [entry for path, action in block.all_actions for entry in _stated(path, action)]
    if not found:
        return Skip.NOT_APPLICABLE
    casting = casting_ability(block)
    allowed: dict[str, set[int]] = {"": grips}
    for asked, sources in _SOURCES.items():
        allowed[asked] = {saves[ability] for ability in (*sources, casting) if ability in saves}
    return [fault for entry in found if (fault := _dc_fault(mark, entry, allowed)) is not None]


@dataclass(frozen=True, slots=True)
class _Difficulty:
    """A DC that an action states."""

    path: str
    action: Action
    dc: int
    asked: str
    """The ability of the saving throw; empty for escaping a grip."""
    match: re.Match[str] | None = None
    """Where it stands in the action's text."""


def _stated(path: str, action: Action) -> Iterator[_Difficulty]:
    text = action.text
    if "DC" in text:
        for match in _SAVE_DC.finditer(text):
            asked = (match["ability"] or match["ability2"]).lower()
            yield _Difficulty(f"{path}/text", action, int(match["dc"] or match["dc2"]), asked, match)
        for match in _ESCAPE_DC.finditer(text):
            yield _Difficulty(f"{path}/text", action, int(match["dc"]), "", match)
    elif action.save is not None and action.save.dc is not None:
        yield _Difficulty(f"{path}/save/dc", action, action.save.dc, action.save.ability)


def _dc_fault(mark: Mark, stated: _Difficulty, allowed: Mapping[str, set[int]]) -> Finding | None:
    right = allowed.get(stated.asked, set[int]())
    if not right or stated.dc in right:
        return None
    nearest = sorted(right, key=lambda value: (abs(value - stated.dc), value))[:3]
    expected = " or ".join(str(value) for value in sorted(nearest))
    what = "to save" if stated.asked else "to escape"
    message = (
        f"{name_of(stated.action)} has the DC {stated.dc} {what}; 8, the proficiency bonus and a fitting modifier make "
        f"{expected}."
    )
    span = span_of(stated.action.text, stated.match.start(), stated.match.end()) if stated.match else None
    return mark(stated.path, message, expected=expected, found=str(stated.dc), span=span)


_SHOCK = {"name": "Shock", "text": "Each creature within 10 feet must make a DC 13 Constitution saving throw."}
_GRIP = {"name": "Grip", "text": "The target has the Grappled condition (escape DC {dc})."}

RULES = (
    block_rule(
        _difficulties,
        id="MO10",
        title="Save DCs follow from an ability and the proficiency bonus",
        severity=Severity.WARNING,
        source="SRD 5.1 Monsters, Actions; SRD 5.2 Monsters, Saving Throw Effects",
        prompt="A save DC is 8 plus the proficiency bonus plus the modifier of the ability behind the effect.",
        needs=("ability_scores",),
        passing=(
            Example("ogre_2014", {"/actions/-": _SHOCK}),
            Example("ogre_2024", {"/actions/-": {**_GRIP, "text": _GRIP["text"].format(dc=14)}}),
        ),
        failing=(
            Example("ogre_2014", {"/actions/-": {**_SHOCK, "text": _SHOCK["text"].replace("13", "20")}}),
            Example("ogre_2024", {"/actions/-": {**_GRIP, "text": _GRIP["text"].format(dc=17)}}),
            Example("ogre_2024", {"/actions/-": {"name": "Gaze", "save": {"ability": "con", "dc": 20}}}),
        ),
    ),
)
