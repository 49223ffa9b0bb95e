"""A stat block as plain text, in the layout of 2014 or of 2024, however it was wrapped and marked up."""

import re
from typing import Any

from dnd.sheets.casting_text import starts_list
from dnd.sheets.lines import Line, marked_lines
from dnd.sheets.pasted_scores import ScoreReader

_SIZES = r"(?:tiny|small|medium|large|huge|gargantuan)"
_FIELDS: tuple[tuple[str, str], ...] = (
    ("armor_class", r"armou?r class|ac"),
    ("hit_points", r"hit points|hp"),
    ("speeds", r"speed"),
    ("saving_throws", r"saving throws|saves"),
    ("skills", r"skills"),
    ("damage_vulnerabilities", r"damage vulnerabilities|vulnerabilities"),
    ("damage_resistances", r"damage resistances|resistances"),
    ("damage_immunities", r"damage immunities|immunities"),
    ("condition_immunities", r"condition immunities"),
    ("senses", r"senses"),
    ("languages", r"languages"),
    ("challenge_rating", r"challenge rating|challenge|cr"),
    ("proficiency_bonus", r"proficiency bonus|pb"),
    ("initiative", r"initiative"),
    ("gear", r"gear|equipment"),
)
_FIELD = re.compile(
    "^(?:" + "|".join(f"(?P<{name}>{pattern})" for name, pattern in _FIELDS) + r")\b\s*[:.]?\s*(?P<rest>\S.*)$",
    re.IGNORECASE,
)
_INLINE = re.compile(
    r"[\s,;]+(?=(?:initiative|hit points|hp|speed|proficiency bonus|passive perception)\b\s*:?\s*[+-]?\d)",
    re.IGNORECASE,
)
"""Where the next statement begins on a line that holds several."""
_BREAKING = frozenset({"armor_class", "hit_points", "initiative", "speeds", "challenge_rating"})
_NUMBERED = frozenset({"armor_class", "hit_points", "speeds", "challenge_rating", "proficiency_bonus", "initiative"})
"""Fields that a digit belongs to: `Speed of Thought` is none of them."""
_LISTS = frozenset(
    {"skills", "saving_throws", "senses", "languages", "gear"}
    | {
        f"{what}_{kind}"
        for what in ("damage", "condition")
        for kind in ("immunities", "resistances", "vulnerabilities")
    }
)
"""Fields that run on over the next line."""
_HEADERS = {
    "traits": "traits",
    "actions": "actions",
    "bonus actions": "bonus_actions",
    "reactions": "reactions",
    "legendary actions": "legendary_actions",
    "lair actions": "lair_actions",
}
_OTHER_HEADERS = frozenset({"regional effects", "mythic actions", "habitat", "treasure", "variant"})
_KIND = re.compile(rf"^{_SIZES}\b.*", re.IGNORECASE)
_ENTRY = re.compile(r"^(?P<name>[A-Z][^.:!?()]{0,70}?(?:\([^)]*\))?)\s*[.:]\s+(?P<text>\S.*)$")
_INNER = re.compile(
    r"^(?:hit|miss|failure|success|failure or success|(?:first|second|third) failure|trigger|response|requirements?"
    r"|(?:melee|ranged)\b.*attack(?: roll)?|\w+ saving throw|at will|legendary action uses|legendary resistance uses"
    r"|hit or miss)\s*[.:]",
    re.IGNORECASE,
)
"""Words before a colon that stand inside the text of an action."""
_SMALL = frozenset({"of", "the", "and", "in", "to", "a", "an", "with", "from", "or", "for", "on", "by"})
_FINISHED = (".", "!", "?", ")", ":", '"', "*")
_CHALLENGE = {
    "2024": re.compile(r"^\W*CR\W+[\d/]+\W*\(\W*XP\b", re.IGNORECASE | re.MULTILINE),
    "2014": re.compile(r"^\W*Challenge\b\D{0,12}\d", re.IGNORECASE | re.MULTILINE),
}
_2014 = re.compile(
    r"(?:Melee|Ranged)\s+(?:or Ranged\s+)?(?:Weapon|Spell)\s+Attack|\bHit Points\b|\bChallenge\s+\d", re.IGNORECASE
)
_2024 = re.compile(r"Attack Roll\s*:|Saving Throw\s*:\s*DC|\bCR\s+\d.*XP|\bInitiative\s*:?\s*[+-]\d", re.IGNORECASE)
CONDITION = re.compile(
    r"blinded|charmed|deafened|exhaustion|frightened|grappled|incapacitated|invisible|paralyzed|petrified|poisoned"
    r"|prone|restrained|stunned|unconscious",
    re.IGNORECASE,
)
"""The name of a condition somewhere in a text."""
_SOME_FIELDS = 3
"""So many different lines of a stat block make one."""


def looks_like_block(text: str) -> bool:
    """Whether enough of a stat block's lines are there."""
    lines = [line.text for line in marked_lines(text)]
    found = {match.lastgroup and _name_of(match) for line in lines if (match := _FIELD.match(line))}
    if "challenge_rating" in found:
        return True
    return len(found) >= _SOME_FIELDS and any(map(_KIND.match, lines))


def _name_of(match: re.Match[str]) -> str:
    return next(name for name, _ in _FIELDS if match[name])


def read_block(text: str) -> tuple[dict[str, Any], list[str]]:
    """The values of a stat block and the lines that mean nothing in one. Never raises."""
    lines = marked_lines(text)
    reader = _Reader(marked=any(line.titled and _ENTRY.match(line.text) for line in lines))
    for line in lines:
        reader.take(line)
    return reader.finish(text), reader.ignored


class _Reader:
    """Takes line by line."""

    def __init__(self, *, marked: bool) -> None:
        self.values: dict[str, Any] = {}
        self.ignored: list[str] = []
        self.table = ScoreReader()
        self.marked = marked
        """Whether the text sets off the names of its entries: then nothing else begins one."""
        self.section = ""
        self.last = ""

    def take(self, line: Line) -> None:
        """One more line."""
        header = line.text.strip(" :.").lower()
        if header in _HEADERS:
            self.section = _HEADERS[header]
            self.values.setdefault(self.section, [])
        elif header in _OTHER_HEADERS:
            self.section = header
        elif self.section:
            self._entry(line)
        elif not self.table.take(line.text) and not self._stat(line.text):
            self._other(line)

    def _stat(self, line: str) -> bool:
        """A line of the upper part; True when it was understood."""
        match = _FIELD.match(line)
        if match is None:
            return False
        name, rest = _name_of(match), match["rest"]
        if name in self.values or (name in _NUMBERED and not re.search(r"\d", rest)):
            return False
        if name in _BREAKING and (more := _INLINE.search(rest)):
            following = rest[more.end() :]
            rest = rest[: more.start()]
            self.values[name] = rest
            self._stat(following)
        self.last = name
        self.values[name] = rest
        return True

    def _other(self, line: Line) -> None:
        text = line.text
        before = self.values.get(self.last, "")
        if "name" not in self.values and "sizes" not in self.values:
            if _KIND.match(text) and "," in text:
                self.values["sizes"] = text
            else:
                self.values["name"] = " ".join(map(str.capitalize, text.split())) if text.isupper() else text
        elif "sizes" not in self.values and _KIND.match(text):
            self.values["sizes"] = text
        elif self.last and (before.endswith((",", ";")) or before.count("(") > before.count(")") or text[0].islower()):
            self.values[self.last] = f"{before} {text}"
        elif _ENTRY.match(text) and len(self.values) > _SOME_FIELDS:
            self.section = "traits"
            self.values.setdefault("traits", [])
            self._entry(line)
        elif self.last in _LISTS and not text.endswith((".", ":")):
            self.values[self.last] = f"{before} {text}"
        else:
            self.ignored.append(text)

    def _entry(self, line: Line) -> None:
        text = line.text
        if self.section not in self.values:
            self.ignored.append(text)
            return
        entries = self.values[self.section]
        if match := self._titled(line, entries):
            entries.append({"name": match["name"].strip(), "text": match["text"]})
        elif entries:
            end = entries[-1]["text"].rpartition("\n")[2]
            after_list = starts_list(end) and text.endswith(".") and not end.endswith(",")
            entries[-1]["text"] += ("\n" if starts_list(text) or after_list else " ") + text
        elif self.section != "legendary_actions":
            self.ignored.append(text)

    def _titled(self, line: Line, entries: list[dict[str, str]]) -> re.Match[str] | None:
        """The line as the beginning of an entry, where it is one."""
        match = _ENTRY.match(line.text)
        if match is None or _INNER.match(line.text) or starts_list(line.text):
            return None
        if line.titled:
            return match
        end = entries[-1]["text"].rpartition("\n")[2] if entries else "."
        broken = not end.endswith(_FINISHED) and not starts_list(end)
        return match if not self.marked and not broken and _is_title(match["name"]) else None

    def finish(self, text: str) -> dict[str, Any]:
        """What was read, in the shape of a stat block."""
        values = self.values
        stated = {"ability_scores": self.table.scores, "modifiers": self.table.mods}
        values |= {name: found for name, found in stated.items() if found}
        if self.table.saves and "saving_throws" not in values:
            values["saving_throws"] = self.table.saves
        values["layout"] = _layout(text)
        _immunities(values)
        return values


def _layout(text: str) -> str | None:
    """By the line of the challenge rating, which the layouts write most differently, or else by the phrases."""
    for layout, line in _CHALLENGE.items():
        if line.search(text):
            return layout
    new, old = len(_2024.findall(text)), len(_2014.findall(text))
    return "2024" if new > old else "2014" if old else None


def _is_title(name: str) -> bool:
    """Whether words look like an entry's name: capitals, but for small words, and not many."""
    words = name.split("(", maxsplit=1)[0].split()
    return len(words) <= 7 and all(word[0].isupper() or word in _SMALL or not word[0].isalpha() for word in words)


def _immunities(values: dict[str, Any]) -> None:
    """The layout of 2024 has damage and conditions on one line, divided by a semicolon, or conditions alone."""
    stated = values.get("damage_immunities")
    if not isinstance(stated, str) or "condition_immunities" in values or "nonmagical" in stated:
        return
    parts = [part.strip() for part in re.split(r"[;,]", stated) if part.strip()]
    if found := [part for part in parts if CONDITION.search(part)]:
        values["condition_immunities"] = ", ".join(found)
        values["damage_immunities"] = ", ".join(part for part in parts if part not in found)
