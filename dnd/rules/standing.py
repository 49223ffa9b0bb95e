"""LV4: what prose claims of a character's standing fits the tier of its level."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple, cast

from dnd.rules.building import Mark
from dnd.rules.dossier import Dossier, Example
from dnd.rules.finding import Finding, Severity
from dnd.rules.level import lawful
from dnd.rules.mechanics import Said, sheet_story_rule
from dnd.rules.rule import Skip
from dnd.rules.spotting import claimed, find_spots, sentence_around, spot_finding
from dnd.rules.tables import table
from dnd.sheets.sheet import CharacterSheet
from dnd.srd.advancement import TIER_NAMES, tier

_FIRST = (1, 5, 11, 17)
"""First level of each tier."""
_ELSEWHERE = re.compile(
    r"\b(?:not|no|never|nor|hardly|if|until|once|like|as though|against|before|was|were|had been"
    r"|dreams?|dreamed|dreamt|hopes?|hoped|wants?|wanted|wish(?:es|ed)?|would|could|will|might|may"
    r"|tales?|stor(?:y|ies)|songs?|legends? of|fancies|pretends?|claims?|calls? (?:him|her|them)self"
    r"|served|studied|taught|trained)\b",
    re.IGNORECASE,
)
"""A sentence with one of these may tell of a wish, of the past, of somebody else, or deny it."""
_PERSONS = frozenset({"he", "she", "they", "i"})


class Claims(NamedTuple):
    """The table of words, made ready for search."""

    pattern: re.Pattern[str]
    needs: frozenset[str]
    tiers: dict[str, tuple[int, int]]
    """Words in lower case -> the lowest and the highest tier that they fit."""


@cache
def _claims() -> Claims:
    tiers: dict[str, tuple[int, int]] = {}
    for row in cast("list[dict[str, Any]]", table("tiers")):
        bounds = (int(row["least"]), int(row["most"]))
        tiers |= dict.fromkeys(cast("list[str]", row["words"]), bounds)
    phrases = sorted(tiers, key=len, reverse=True)
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, phrases))})\b", re.IGNORECASE)
    # One word of each phrase: without it, the phrase is nowhere in the text.
    needs = frozenset(max(re.findall(r"[a-z]+", phrase), key=len) for phrase in phrases)
    return Claims(pattern, needs, tiers)


def _standing(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Said:
    level = sheet.total_level
    return list(_beyond(mark, sheet, dossier, level)) if level is not None and lawful(level) else Skip.NOT_CHECKABLE


def _beyond(mark: Mark, sheet: CharacterSheet, dossier: Dossier, level: int) -> Iterator[Finding]:
    claims, own = _claims(), tier(level)
    name = (sheet.name or "").split(" ")[0].lower()
    for spot, match in find_spots(dossier, claims.pattern, claims.needs):
        least, most = claims.tiers[match[0].lower()]
        sentence = sentence_around(spot)
        words = frozenset(re.findall(r"[\w']+", sentence.lower()))
        told = (name and name in words) or not words.isdisjoint(_PERSONS)
        if least <= own <= most or not told or _ELSEWHERE.search(sentence) or claimed(dossier, match[0]):
            continue
        fits = TIER_NAMES[least - 1] if own < least else TIER_NAMES[most - 1]
        levels = f"level {_FIRST[least - 1]} and above" if own < least else f"levels below {_FIRST[most]}"
        message = (
            f"At level {level} a character is one of the {TIER_NAMES[own - 1]}; “{match[0]}” fits {fits}, {levels}."
        )
        yield spot_finding(mark, dossier, spot, message, expected=f"words for {TIER_NAMES[own - 1]}")


_TOLD = "Pim is a savior of worlds, and the inn knows her for it."

RULES = (
    sheet_story_rule(
        _standing,
        id="LV4",
        title="Words of standing fit the tier",
        severity=Severity.INFO,
        source="SRD 5.2 Character Creation (Tiers of Play); SRD 5.1 Beyond 1st Level",
        prompt="Speak of the character as its tier has it: a local hero at level 1, a master of the world at 17.",
        needs=("total_level",),
        passing=(
            Example("wizard_5", text="Pim is a careful gnome with ink on both sleeves."),
            Example("wizard_5", text="She dreams of being a savior of worlds."),
            Example("wizard_5", {"/level": 18, "/classes/0/level": 18}, text=_TOLD),
        ),
        failing=(
            Example("wizard_5", text=_TOLD),
            Example("wizard_5_2014", text="Tansy stands there, a living legend with a broken lamp."),
            Example("wizard_5", {"/level": 18, "/classes/0/level": 18}, text="She is a novice wizard with a new book."),
        ),
    ),
)
