"""TX1, TX2, TX10: dice are written as dice, their averages are right, and advantage is no number."""

import re
from collections.abc import Iterator

from dnd.rules.building import Mark
from dnd.rules.dossier import Dossier, Example
from dnd.rules.finding import Finding, Severity
from dnd.rules.mechanics import text_rule
from dnd.rules.spotting import Spot, claimed, spot_finding, term_check

DICE_SIDES = frozenset({4, 6, 8, 10, 12, 20, 100})
"""The dice of the game (SRD 5.1 and 5.2, "Game Dice")."""
MOST_DICE = 100
"""More in one roll are a slip of the pen."""
_SOME_DICE = re.compile(r"[dD]\d")
_DICE = re.compile(
    r"(?<![\w'’/.-])(?P<count>\d{0,4})\s?(?P<d>[dD]{1,3})(?P<sides>\d{1,4})(?![\w'’])(?P<sign>\s?[+\-−–]\s?[+\-−–]\s?\d)?"
)
_AVERAGE = re.compile(
    r"(?<![\w.,])(?P<stated>\d{1,4}) ?\( ?(?P<count>\d{1,3})d(?P<sides>\d{1,3})"
    r"(?: ?(?P<sign>[+\-−–]) ?(?P<bonus>\d{1,3}))? ?\)"
)


def _dice(mark: Mark, dossier: Dossier) -> Iterator[Finding]:
    for leaf in dossier.leaves:
        if not _SOME_DICE.search(leaf.text):
            continue
        for match in _DICE.finditer(leaf.text):
            fault = _dice_fault(match)
            if fault and not claimed(dossier, match[0].strip()):
                message, severity = fault
                yield spot_finding(
                    mark,
                    dossier,
                    Spot(leaf, match.start(), match.end()),
                    f"“{match[0].strip()}”: {message}",
                    expected="dice such as 2d6 or 2d6+3, of d4, d6, d8, d10, d12, d20 or d100",
                    severity=severity,
                )


def _dice_fault(match: re.Match[str]) -> tuple[str, Severity | None] | None:
    """What is wrong with one expression, and how much it weighs if not as the rule says."""
    count, sides = match["count"], int(match["sides"])
    if len(match["d"]) > 1 or match["sign"]:
        return "dice are written as a number, one d, the sides, and one plus or minus.", None
    if count and not 1 <= int(count) <= MOST_DICE:
        return f"a roll has 1 to {MOST_DICE} dice.", None
    if sides < 2:
        return "a die has at least two sides.", None
    if sides not in DICE_SIDES:
        return f"there is no d{sides} among the game's dice.", Severity.WARNING
    return None


def average_of(match: re.Match[str]) -> int:
    """The average that dice in brackets have, rounded down."""
    bonus = int(match["bonus"] or 0) * (1 if match["sign"] in {None, "+"} else -1)
    return int(match["count"]) * (int(match["sides"]) + 1) // 2 + bonus


def _with_averages(text: str) -> str:
    """The text with every average put right."""
    return _AVERAGE.sub(lambda match: str(max(average_of(match), 0)) + match[0][len(match["stated"]) :], text)


def _averages(mark: Mark, dossier: Dossier) -> Iterator[Finding]:
    beside = {leaf.path for leaf in dossier.story}
    for leaf in dossier.leaves:
        if "d" not in leaf.text or "(" not in leaf.text or (dossier.block and leaf.path not in beside):
            continue  # a block's own actions are judged, and mended, as numbers of the block
        for match in _AVERAGE.finditer(leaf.text):
            right = average_of(match)
            if int(match["stated"]) == max(right, 0) or claimed(dossier, match[0]):
                continue
            dice = match[0].partition("(")[2].rstrip(") ")
            yield spot_finding(
                mark,
                dossier,
                Spot(leaf, match.start(), match.end()),
                f"The average of {dice}, rounded down, is {right}, not {match['stated']}.",
                expected=str(right),
                corrected=_with_averages(leaf.text),
            )


RULES = (
    text_rule(
        _dice,
        id="TX1",
        title="Dice notation",
        severity=Severity.ERROR,
        source="SRD 5.1 Introduction, Game Dice; SRD 5.2 Playing the Game, Dice",
        prompt="Write dice as NdM, with M one of 4, 6, 8, 10, 12, 20 and 100, and at most one bonus or penalty.",
        passing=(
            Example(text="It deals 2d6+3 slashing damage, or 1d10 - 1 on a miss; roll a d20."),
            Example(text="The R2D2 chapel has 3 doors."),
        ),
        failing=(
            Example(text="It deals 2d7 fire damage."),
            Example(text="Roll 3dd6 for the fall."),
            Example(text="A d0 decides."),
            Example(text="The blast deals 0d6 cold damage."),
        ),
    ),
    text_rule(
        _averages,
        id="TX2",
        title="Averages of dice",
        severity=Severity.ERROR,
        source="SRD 5.1 Monsters, Actions (Hit); SRD 5.2 Monsters, Damage Notation",
        prompt="A number before dice in brackets is their average with the bonus, rounded down.",
        passing=(Example(text="The fall deals 10 (3d6) bludgeoning damage, the spikes 4 (1d4 + 2) more."),),
        failing=(Example(text="The blast deals 10 (3d8) fire damage."),),
    ),
    text_rule(
        term_check("“{found}”: write {instead}."),
        id="TX10",
        title="Advantage is no number",
        severity=Severity.WARNING,
        source="SRD 5.1 Using Ability Scores (Advantage and Disadvantage); SRD 5.2 Playing the Game (D20 Tests)",
        prompt="Advantage and disadvantage have no number: a second d20 is rolled.",
        passing=(
            Example(text="She has advantage on the check, and the town has the advantage of 2 rivers."),
            Example(text="With advantage her passive Perception is 18 (advantage +5)."),
        ),
        failing=(
            Example(text="You have +2 advantage on the check."),
            Example(text="The mist gives disadvantage (-4) on attack rolls."),
        ),
    ),
)
