"""What the trait or action "Spellcasting" of a stat block says, in the phrases of both layouts."""

import re
from typing import Any

NAMES = frozenset({"spellcasting", "innate spellcasting", "psionics", "pact magic"})
"""Names of such entries, without what stands in brackets."""
_LEVEL = re.compile(
    r"^(?:(?P<cantrips>cantrips)|(?P<level>\d)(?:st|nd|rd|th)?[ -]level|level (?P<level2>\d))\s*(?:spells?\s*)?"
    r"(?:\((?P<marks>[^)]*)\))?\s*:?\s*(?P<spells>.*)$",
    re.IGNORECASE,
)
_PACT = re.compile(
    r"^1st[ -](?P<level>\d)(?:st|nd|rd|th)[ -]level\s*\((?P<marks>[^)]*)\)\s*:?\s*(?P<spells>.*)$", re.IGNORECASE
)
_DAILY = re.compile(
    r"^(?:(?P<will>at will)|(?P<times>\d)/day(?: each)?)\s*(?:\([^)]*\))?\s*:\s*(?P<spells>.*)$", re.IGNORECASE
)
_BREAK = re.compile(
    r"\s+(?=(?:cantrips \(|\d(?:st|nd|rd|th)[ -]level \(|1st-\d(?:st|nd|rd|th)[ -]level \("
    r"|at will(?: \([^)]*\))?:|\d/day(?: each)?(?: \([^)]*\))?:))",
    re.IGNORECASE,
)
_NUMBERS = {
    "dc": re.compile(r"save DC\s*(\d{1,2})", re.IGNORECASE),
    "attack_bonus": re.compile(r"([+-]\s?\d{1,2}) to hit with spell attacks", re.IGNORECASE),
    "caster_level": re.compile(r"(\d{1,2})(?:st|nd|rd|th)[ -]level spellcaster", re.IGNORECASE),
    "ability": re.compile(
        r"(?:spell\s?casting ability is|using|with)\s+(Intelligence|Wisdom|Charisma|Constitution)", re.IGNORECASE
    ),
    "class_name": re.compile(
        r"\b(bard|cleric|druid|paladin|ranger|sorcerer|warlock|wizard)(?:'s)? spells?\b", re.IGNORECASE
    ),
}
_NOTES = re.compile(r"\s*\([^)]*\)")


def starts_list(line: str) -> bool:
    """Whether a line begins the spells of one level, or those of one number of uses."""
    return _LEVEL.match(line) is not None or _DAILY.match(line) is not None or _PACT.match(line) is not None


def is_spellcasting(name: str) -> bool:
    """Whether an entry of this name tells the spellcasting."""
    return name.lower().split(" (")[0].strip(" .") in NAMES


def read_spellcasting(text: str) -> dict[str, Any]:
    """The spellcasting that an entry's text tells: numbers, slots and spells; empty when it tells none."""
    casting: dict[str, Any] = {}
    for name, pattern in _NUMBERS.items():
        if match := pattern.search(text):
            casting[name] = match[1].replace(" ", "").lower() if name == "class_name" else match[1]
    slots, spells, daily = dict[str, str](), dict[str, list[str]](), list[dict[str, Any]]()
    for line in _BREAK.sub("\n", text.translate(_DASHES)).split("\n"):
        _read_line(line.strip(" -•*"), slots, spells, daily)
    found = (("slots", slots), ("spells", spells), ("daily", daily))
    return casting | {name: value for name, value in found if value}


_DASHES = str.maketrans({"–": "-", "−": "-", "—": "-"})


def _read_line(line: str, slots: dict[str, str], spells: dict[str, list[str]], daily: list[dict[str, Any]]) -> None:
    if match := _PACT.match(line):
        spells[match["level"]] = _names(match["spells"])
    elif match := _LEVEL.match(line):
        if match["spells"]:
            spells["0" if match["cantrips"] else match["level"] or match["level2"]] = _names(match["spells"])
    elif match := _DAILY.match(line):
        daily.append({"times": match["times"], "spells": _names(match["spells"])})
        return
    if match and (count := re.search(r"(\d+)\s*(?:\w+-level\s*)?slots?", match["marks"] or "")):
        slots[match["level"] or match["level2"]] = count[1]


def _names(text: str) -> list[str]:
    plain = _NOTES.sub("", text)
    return [part.strip(" .*") for part in plain.split(",") if part.strip(" .*")]
