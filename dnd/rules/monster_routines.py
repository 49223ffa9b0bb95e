"""MO17: what a Multiattack says is among the monster's own actions."""

import re
from collections.abc import Iterator
from functools import lru_cache

from dnd.rules.building import Mark, span_of
from dnd.rules.dossier import Dossier, Example
from dnd.rules.finding import Finding, Severity
from dnd.rules.mechanics import Said, block_rule
from dnd.rules.rule import Skip
from dnd.sheets.block import StatBlock
from dnd.srd.near import fold, letters, nearest

_NAME = r"[A-Z][\w'’-]*(?: (?:of |the |with |and (?=[A-Z]))*[A-Z][\w'’-]*)*"
"""A name with capitals, as the 2024 layout writes them: `Magic of the Spider Queen`."""
_COUNT = r"one|two|three|four|five|six|seven|eight|an?|\d{1,2}(?:d\d{1,2})?|as many"
_OWNER = r"(?:its|his|her|their|the|an?)"
_MENTIONS = (
    re.compile(
        rf"\b(?:{_COUNT}) (?P<names>(?:(?!(?:attacks?|with|of|which|used?|makes?|can|{_COUNT})\b)[\w'’-]+ ){{1,7}}?)"
        r"attacks?\b"
    ),
    re.compile(
        rf"\bwith {_OWNER} (?!use of)(?P<names>(?:[\w'’ ]|-(?!-))+?)"
        rf"(?: attacks?)?(?=[,.;:()]|--|—| and | in | if | or (?:{_COUNT}) |$)"
    ),
    re.compile(
        rf"\b(?:uses?|using) (?:either |{_OWNER} )*(?P<names>{_NAME}(?:,? (?:or|and) (?:its )?{_NAME}|, {_NAME})*)"
    ),
    re.compile(rf"\buses? {_OWNER} (?P<names>[a-z'’ -]+?)(?= in place| instead| once| twice|[,.;:]|$)"),
    re.compile(r"\bone to (?P<names>[a-z -]+?)(?=[,.;:]| and |$)"),
    re.compile(rf"\buses? of (?:\(A\) )?(?P<names>{_NAME}(?:,? (?:or|and) (?:\([A-D]\) )?{_NAME})*)"),
)
"""The ways in which both layouts name what a Multiattack consists of."""
_AMONG = re.compile(r",? (?:or|and) |, ")
_LETTER = re.compile(r"\([A-D]\) ")
_BRACKETS = re.compile(r"\s*\([^)]*\)")
_SENTENCE = re.compile(r"[^.;]+")
_LEADING = re.compile(r"^(?:either|its|his|her|their|the|an?|one|two|three|four|other|another|any|more|of|use) ")
_GENERAL = frozenset(
    {"melee", "ranged", "weapon", "spell", "unarmed", "other", "another", "different weapon", "melee weapon", "any", ""}
    | {
        "ranged weapon",
        "melee spell",
        "ranged spell",
        "weapon or spell",
        "special",
        "additional",
        "extra",
        "same",
        "natural",
    }
    | {
        "spellcasting",
        "reaction",
        "bonus action",
        "action",
        "turn",
        "such",
        "each",
        "different",
        "both",
        "single",
        "attack",
    }
)
"""Words for attacks of a sort, which name no single action."""


def _routine(mark: Mark, block: StatBlock, dossier: Dossier) -> Said:  # noqa: ARG001 -- the shape of a check
    texts = [
        (f"{path}/text", action.text)
        for path, action in block.all_actions
        if action.text and action.name.casefold().startswith("multiattack")
    ]
    if not texts:
        return Skip.NOT_APPLICABLE
    names = tuple(_BRACKETS.sub("", action.name) for _, action in block.all_actions if action.name)
    own = {known for name in names for known in _forms(name)}
    findings: list[Finding] = []
    for path, text in texts:
        for start, name in _mentioned(text):
            if not _is_known(name, own):
                findings.append(_unknown(mark, path, text, (start, name), names))
    return findings


def _mentioned(text: str) -> Iterator[tuple[int, str]]:
    """Each name once, with where it begins. What belongs to one of several forms stands in that form's block."""
    seen = set[str]()
    for sentence in _SENTENCE.finditer(text):
        if " form" in sentence[0]:
            continue
        for pattern in _MENTIONS:
            for match in pattern.finditer(sentence[0]):
                for start, name in _separate(match["names"], match.start("names")):
                    if name.casefold() not in seen:
                        seen.add(name.casefold())
                        yield sentence.start() + start, name


def _separate(names: str, start: int) -> Iterator[tuple[int, str]]:
    """The names of a list such as `claws or harpoon`, without the small words before them."""
    at = 0
    for gap in (*_AMONG.finditer(names), None):
        part = names[at : gap.start() if gap else len(names)]
        trimmed = _LETTER.sub("", part)
        while match := _LEADING.match(trimmed):
            trimmed = trimmed[match.end() :]
        name = trimmed.strip()
        if name:
            yield start + at + part.index(name), name
        at = gap.end() if gap else at


@lru_cache(maxsize=2048)
def _forms(name: str) -> frozenset[str]:
    """A name as others may write it: in lower case, singular."""
    folded = name.casefold().replace("’", "'").strip()
    return frozenset({folded, folded.removesuffix("s"), folded.removesuffix("es")})


def _is_known(name: str, own: set[str]) -> bool:
    forms = _forms(name)
    if forms & own or forms & _GENERAL:
        return True
    return any(known.endswith(" " + form) for form in forms for known in own)


def _unknown(mark: Mark, path: str, text: str, mention: tuple[int, str], names: tuple[str, ...]) -> Finding:
    start, name = mention
    choices = [known for known in dict.fromkeys(names) if not known.casefold().startswith("multiattack")]
    folded = {fold(known): known for known in choices}
    close = [folded[found] for found in nearest(fold(name), ((known, letters(known)) for known in folded))]
    message = f"The Multiattack names “{name}”, and the monster has no such action."
    expected = "one of: " + ", ".join(choices) if choices else "an action of this monster"
    span = span_of(text, start, start + len(name))
    if len(close) == 1:
        right = text[:start] + close[0] + text[start + len(name) :]
        return mark(path, message, span=span, expected=close[0], found=name, correct=right)
    return mark(path, message, span=span, expected=expected, found=name)


_OWN = {"name": "Multiattack", "text": "The ogre makes two Greatclub attacks."}
_OLD = {"name": "Multiattack", "text": "The ogre makes two attacks: one with its greatclub and one with its javelin."}

RULES = (
    block_rule(
        _routine,
        id="MO17",
        title="Multiattack names the monster's own actions",
        severity=Severity.ERROR,
        source="SRD 5.1 Monsters, Multiattack; SRD 5.2 Monsters, Multiattack",
        prompt="A Multiattack consists of actions that stand in the same stat block, under the same names.",
        about=("actions",),
        passing=(
            Example("ogre_2024", {"/actions/-": _OWN}),
            Example("ogre_2014", {"/actions/-": _OLD}),
            Example("ogre_2014", {"/actions/-": {**_OLD, "text": "The ogre makes two melee attacks."}}),
        ),
        failing=(
            Example("ogre_2024", {"/actions/-": {**_OWN, "text": "The ogre makes two Gore attacks."}}),
            Example("ogre_2024", {"/actions/-": {**_OWN, "text": "The ogre makes two Greatclubb attacks."}}),
            Example("ogre_2014", {"/actions/-": {**_OLD, "text": "The ogre makes two attacks, one with its horns."}}),
        ),
    ),
)
