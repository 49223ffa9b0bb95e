"""DC1-DC3: DCs that texts state fit their words and the party, and hazards fit the level."""

import re
from collections.abc import Iterator, Mapping

from dnd.content.fields import Leaf
from dnd.rules.building import Mark, span_of
from dnd.rules.dossier import Dossier, Example
from dnd.rules.finding import Finding, Severity
from dnd.rules.mechanics import Said, text_rule
from dnd.rules.rule import Skip
from dnd.sheets.values import Dice, parse_dice
from dnd.srd.abilities import ABILITY_NAMES, SKILLS
from dnd.srd.advancement import HIGHEST_LEVEL, proficiency_bonus, tier
from dnd.srd.edition import Edition

LABELS: Mapping[str, int] = {
    "very easy": 5,
    "nearly impossible": 30,
    "almost impossible": 30,
    "very hard": 25,
    "easy": 10,
    "medium": 15,
    "moderate": 15,
    "hard": 20,
}
"""Typical DCs (SRD 5.1 "Using Ability Scores"; SRD 5.2 "Playing the Game")."""
_LOW, _HIGH = 5, 30
"""The least and the greatest of the typical DCs."""
_STEP = 5
"""Distance between two typical DCs: a number nearer to its own word than to the next fits it."""
_WORD = r"very easy|nearly impossible|almost impossible|very hard|(?<!very )easy|medium|moderate|(?<!very )hard"
_DC = re.compile(r"\bDC ?:?(?P<dc>\d{1,3})\b")
_LABELLED = re.compile(
    rf"\b(?P<before>{_WORD})\b[ ,:]{{0,2}}(?:(?:(?:ability )?check|task) ?,? ?)?\(?DC ?(?P<dc>\d{{1,3}})\b"
    rf"|\bDC ?(?P<dc2>\d{{1,3}}) ?(?:\(|, ?|: ?|– ?|— ?)(?P<after>{_WORD})\b",
    re.IGNORECASE,
)
_CHECK = re.compile(
    rf"\bDC ?(?P<dc>\d{{1,3}}) (?:(?:{'|'.join(ABILITY_NAMES.values())})\b(?: \([A-Z][\w ]+\))? check|"
    rf"(?:{'|'.join(SKILLS)})\b|(?:ability )?check)"
)
_ABILITY_AT_MOST = 5
"""The modifier of an ability score of 20, the most that levels alone give."""
_DIE = 20
_HAZARD = re.compile(
    r"\b(?:traps?|trapped|poison(?:ed|ous)? (?:gas|needles?|air)|hazards?|pit|tripwire|snare|deadfall|darts?|scything"
    r"|pressure plate|collaps\w+|spikes?|glyph|acid|falling)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?]|$)")
_DICE = re.compile(r"\b\d{1,3}d\d{1,3}(?: ?[+−-] ?\d{1,3})?")
_DEADLY: Mapping[Edition, tuple[str, str, str, str]] = {
    "5.1": ("4d10", "10d10", "18d10", "24d10"),
    "5.2": ("2d10", "4d10", "10d10", "18d10"),
}
"""Damage of the severest traps for characters of tiers 1 to 4 (SRD 5.1 "Traps", Damage Severity by Level; SRD 5.2
"Gameplay Toolbox", Traps)."""


def _labels(mark: Mark, dossier: Dossier) -> Said:
    texts = [leaf for leaf in dossier.leaves if "DC" in leaf.text]
    if not texts:
        return Skip.NOT_APPLICABLE
    return [finding for leaf in texts for finding in (*_contradicted(mark, leaf), *_outside(mark, leaf))]


def _contradicted(mark: Mark, leaf: Leaf) -> Iterator[Finding]:
    for match in _LABELLED.finditer(leaf.text):
        label, dc = (match["before"] or match["after"]).lower(), int(match["dc"] or match["dc2"])
        typical = LABELS[label]
        if abs(dc - typical) < _STEP:
            continue
        message = f"DC {dc} is not {label}: the typical DC of that difficulty is {typical}."
        span = span_of(leaf.text, match.start(), match.end())
        yield mark(leaf.path, message, span=span, expected=f"DC {typical}", found=match[0])


def _outside(mark: Mark, leaf: Leaf) -> Iterator[Finding]:
    for match in _CHECK.finditer(leaf.text):
        dc = int(match["dc"])
        if not _LOW <= dc <= _HIGH:
            message = (
                f"The DCs of ability checks run from {_LOW} (very easy) to {_HIGH} (nearly impossible), not to {dc}."
            )
            span = span_of(leaf.text, match.start(), match.end())
            right = f"DC {_LOW} to {_HIGH}"
            yield mark(leaf.path, message, span=span, expected=right, found=match[0], severity=Severity.WARNING)


def _reach(mark: Mark, dossier: Dossier) -> Said:
    texts = [leaf for leaf in dossier.leaves if "DC" in leaf.text]
    if not texts:
        return Skip.NOT_APPLICABLE
    level = _level(dossier)
    # Expertise in the skill: the proficiency bonus counts twice.
    most = _DIE + _ABILITY_AT_MOST + 2 * proficiency_bonus(HIGHEST_LEVEL if level is None else level)
    who = "anybody" if level is None else f"a character of level {level}"
    findings: list[Finding] = []
    for leaf in texts:
        for match in _DC.finditer(leaf.text):
            if int(match["dc"]) > most:
                message = f"DC {match['dc']} is out of reach: the best that {who} can roll is {most}."
                span = span_of(leaf.text, match.start(), match.end())
                findings.append(mark(leaf.path, message, span=span, expected=f"at most {most}", found=match[0]))
    return findings


def _level(dossier: Dossier) -> int | None:
    """The highest level that the dossier speaks of, within 1 to 20; None without any."""
    stated = [] if dossier.encounter is None else list(dossier.encounter.document.party)
    if dossier.sheet is not None and (level := dossier.sheet.document.total_level) is not None:
        stated.append(level)
    return min(max(*stated, 1), HIGHEST_LEVEL) if stated else None


def _hazards(mark: Mark, dossier: Dossier) -> Said:
    level = _level(dossier)
    texts = [leaf for leaf in dossier.story if _DICE.search(leaf.text) and _HAZARD.search(leaf.text)]
    if not texts:
        return Skip.NOT_APPLICABLE
    if level is None:
        return Skip.NOT_CHECKABLE
    worst = _DEADLY[dossier.edition][tier(level) - 1]
    most = Dice.model_validate(worst).average
    return [finding for leaf in texts for finding in _too_deadly(mark, leaf, level, worst, most)]


def _too_deadly(mark: Mark, leaf: Leaf, level: int, worst: str, most: int) -> Iterator[Finding]:
    for sentence in _SENTENCE.finditer(leaf.text):
        if not _HAZARD.search(sentence[0]):
            continue
        for match in _DICE.finditer(sentence[0]):
            dice = parse_dice(match[0])
            if dice is None or dice.average <= most:
                continue
            start = sentence.start() + match.start()
            message = f"{match[0]} damage is more than the deadliest trap for level {level} deals, which is {worst}."
            span = span_of(leaf.text, start, start + len(match[0]))
            yield mark(leaf.path, message, span=span, expected=f"at most {worst}", found=match[0])


_EASY = "Climbing the wall is an easy task (DC {dc}). A DC 15 Strength (Athletics) check clears the rubble."
_TRAP = "A tripwire at the stair drops a pit of spikes that deals {dice} piercing damage."

RULES = (
    text_rule(
        _labels,
        id="DC1",
        title="DCs fit the words beside them",
        severity=Severity.ERROR,
        source="SRD 5.1 Using Ability Scores, Difficulty Class; SRD 5.2 Playing the Game, Difficulty Class",
        prompt=(
            "Ability checks have DC 5 (very easy), 10 (easy), 15 (medium), 20 (hard), 25 (very hard) or 30 (nearly "
            "impossible)."
        ),
        passing=(
            Example(text=_EASY.format(dc=10)),
            Example(text="A very hard DC 25 check finds the seam, and a hard DC 20 one the hinge."),
        ),
        failing=(
            Example(text=_EASY.format(dc=22)),
            Example(text="The lock is DC 12 (very hard) to pick."),
            Example(text="A DC 40 Dexterity check opens it."),
        ),
    ),
    text_rule(
        _reach,
        id="DC2",
        title="DCs can be reached",
        severity=Severity.WARNING,
        source="Derived: d20 with the best ability, expertise and proficiency bonus of the level",
        prompt="Set no DC that nobody of the party's level can roll.",
        passing=(Example(text=_EASY.format(dc=10)), Example("wizard_5", text="The vault needs DC 30.")),
        failing=(
            Example(text="The gate yields to a DC 40 Strength check."),
            Example("wizard_5", text="The vault asks for a DC 32 Arcana check."),
        ),
    ),
    text_rule(
        _hazards,
        id="DC3",
        title="Traps and hazards suit the level",
        severity=Severity.WARNING,
        source="SRD 5.1 Traps, Damage Severity by Level; SRD 5.2 Gameplay Toolbox, Traps",
        prompt="A trap deals no more than the deadliest of the party's tier.",
        passing=(Example("fighter_3", text=_TRAP.format(dice="2d10")),),
        failing=(
            Example("fighter_3", text=_TRAP.format(dice="10d10")),
            Example("three_wolves", text=_TRAP.format(dice="12d10")),
        ),
    ),
)
