"""A character sheet as plain text: one statement to a line, or several with semicolons or bars."""

import re
from collections.abc import Iterator
from typing import Any

from dnd.sheets.document import key_of
from dnd.sheets.lines import clean_lines
from dnd.sheets.pasted_scores import ScoreReader
from dnd.sheets.sheet import CharacterSheet, read_classes

_SCORES_BELOW = re.compile(r"^(?:ability scores|abilities|stats|attributes)\s*:?\s*(?=\S)", re.IGNORECASE)
_PAIR = re.compile(r"^(?P<key>[A-Za-z][A-Za-z /'&_]{0,40}?)\s*[:=]\s*(?P<value>\S.*)$")
_BARE = re.compile(
    r"^(?P<key>ac|armou?r class|hp|max hp|hit points|hit dice|speed|initiative|proficiency bonus|passive perception"
    r"|level|xp|age|darkvision|spell save dc|spell attack(?: bonus)?)\s+(?P<value>[+-]?\d.*)$",
    re.IGNORECASE,
)
_WORDED = re.compile(
    r"^(?P<key>(?:character )?name|class (?:&|and) level|class|subclass|race|species|background|alignment|pronouns|size"
    r"|languages|senses|saving throws|skills|feats)\s+(?P<value>[A-Za-z].*)$",
    re.IGNORECASE,
)
_NEXT = re.compile(
    r"(?<!max)(?<!current)(?<!temp)\s*[;,]?\s+"
    r"(?=(?:ac|armou?r class|(?:max |current |temp )?hp|hit points|hit dice|speed|initiative|passive perception)"
    r"\b\s*:?\s*[+-]?\d)"
    r"|\s*[;,]\s*(?=[A-Z][A-Za-z &]{0,24}:\s)",
    re.IGNORECASE,
)
"""Where the next statement of a line begins."""
_LEVELLED = re.compile(
    r"^(?:level\s+(?P<level>\d{1,2})|(?P<ordinal>\d{1,2})(?:st|nd|rd|th)[- ]level),?\s+(?P<words>[A-Za-z' -]+?)"
    r"(?:\s*\((?P<subclass>[^)]+)\))?$",
    re.IGNORECASE,
)
_ATTACK = re.compile(
    r"^(?P<name>[A-Za-z+\d][A-Za-z+\d', ()]*?)\s*:?\s*(?P<bonus>[+-]\d{1,2})(?:\s+to hit)?\s*[,;(]?\s*"
    r"(?P<damage>\d{1,2}d\d{1,3}(?:\s*[+-]\s*\d{1,2})?(?:\s+[A-Za-z]+)?)?",
    re.IGNORECASE,
)
_TITLES = frozenset({"character_sheet", "character", "sheet", "stats", "ability_scores", "abilities", "spells"})
_NAMES = {"class_&_level": "class", "class_and_level": "class", "classes_and_levels": "class"}
_CASTING = {
    "spell_slots": "slots", "slots": "slots", "cantrips": "cantrips", "spells_known": "known", "prepared": "prepared",
    "spells_prepared": "prepared", "prepared_spells": "prepared", "spells": "prepared", "spellbook": "spellbook",
    "spell_save_dc": "save_dc", "spell_dc": "save_dc", "save_dc": "save_dc", "spell_attack": "attack_bonus",
    "spell_attack_bonus": "attack_bonus", "spellcasting_ability": "ability", "always_prepared": "always_prepared",
    "pact_slots": "pact_slots", "concentration": "concentrating_on", "known": "known",
}  # fmt: skip
_SOME_STATEMENTS = 3
"""So many different statements of a character sheet make one."""


def looks_like_sheet(text: str) -> bool:
    """Whether it says a class or a level, or at least three things that sheets say."""
    reader = _Reader()
    for line in clean_lines(text, "; "):
        reader.take(line)
    keys = set(reader.values) - {"name"}
    told = isinstance(reader.values.get("classes"), list) or "level" in keys
    return told or len(keys) + bool(reader.casting) + bool(reader.table.scores) >= _SOME_STATEMENTS


def read_sheet(text: str) -> tuple[dict[str, Any], list[str]]:
    """The values of a character sheet and the lines that mean nothing in one. Never raises."""
    reader = _Reader()
    for line in clean_lines(text, "; "):
        reader.take(line)
    return reader.finish(), reader.ignored


class _Reader:
    """Takes line by line."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}
        self.casting: dict[str, Any] = {}
        self.ignored: list[str] = []
        self.table = ScoreReader()
        self.attacks = False

    def take(self, line: str) -> None:
        """One more line; what it says beside what is understood goes to `ignored`."""
        if self.table.take(_SCORES_BELOW.sub("", line)):
            return
        for statement in _statements(line):
            pair = _pair(statement)
            if not (pair is not None and self._statement(*pair)) and not self._other(statement):
                self.ignored.append(statement)

    def _statement(self, key: str, text: str) -> bool:
        name = key_of(key)
        casting = _CASTING.get(name)
        if casting is not None:
            self.casting[casting] = _cast_value(casting, text)
            return True
        known = _known(_NAMES.get(name, name))
        if known is not None:
            _take(self.values, known, text)
        return known is not None

    def _other(self, line: str) -> bool:
        title = key_of(line.strip(" :."))
        if title in {"attacks", "weapons"}:
            self.attacks = True
        elif (match := _ATTACK.match(line)) and (self.attacks or match["damage"]):
            self.values.setdefault("weapons", []).append(_weapon(match))
        elif title in _TITLES:
            return True
        elif found := self._identity(line):
            self.values |= found
        elif not self.values and not self.ignored and not self.table.scores:
            self.values["name"] = line
        else:
            return False
        return True

    def _identity(self, line: str) -> dict[str, Any] | None:
        """What a line says of class and level; a name of two words is none, and a first line rather a name."""
        if "classes" in self.values:
            return None
        return _levelled(line) or (_classes(line) if self.values else None)

    def finish(self) -> dict[str, Any]:
        """What was read, in the shape of a sheet."""
        stated = {"ability_scores": self.table.scores, "modifiers": self.table.mods}
        self.values |= {name: found for name, found in stated.items() if found}
        if self.table.saves:
            self.values.setdefault("saving_throws", self.table.saves)
        if self.casting:
            self.values["spellcasting"] = [self.casting]
        return self.values


def _statements(line: str) -> Iterator[str]:
    """The statements of a line: one, unless others with a name and a value follow."""
    start = 0
    for match in _NEXT.finditer(line):
        if match.start() > start and line.count("(", start, match.start()) == line.count(")", start, match.start()):
            yield line[start : match.start()]
            start = match.end()
    yield line[start:]


def _pair(line: str) -> tuple[str, str] | None:
    if _LEVELLED.match(line):
        return None
    match = _PAIR.match(line) or _BARE.match(line) or _WORDED.match(line)
    return (match["key"], match["value"]) if match else None


def _known(name: str) -> str | None:
    """The field of a key, or the key where a sheet sorts it in itself."""
    if name in CharacterSheet.loose:
        return name
    name = CharacterSheet.aliases.get(name, name)
    return name if name in CharacterSheet.model_fields else None


def _take(values: dict[str, Any], name: str, text: str) -> None:
    if name == "weapons":
        attacks = [match for part in re.split(r";|,(?=\s*[A-Z])", text) if (match := _ATTACK.match(part.strip()))]
        values[name] = [_weapon(match) for match in attacks] or text
    elif name == "classes" and (found := _levelled(text) or _classes(text)):
        values |= found
    else:
        values.setdefault(name, text)


def _levelled(line: str) -> dict[str, Any] | None:
    """`Level 5 gnome wizard (Evoker)`; the words before the class are the species."""
    match = _LEVELLED.match(line)
    if match is None:
        return None
    *species, name = match["words"].split()
    entry = {"name": name, "level": match["level"] or match["ordinal"], "subclass": match["subclass"]}
    found: dict[str, Any] = {"classes": [{key: value for key, value in entry.items() if value}]}
    return found | ({"species": " ".join(species)} if species else {})


def _classes(line: str) -> dict[str, Any] | None:
    """`Wizard 5`, `Fighter 3 / Rogue 2`; None when the line is neither."""
    parts = read_classes(line)
    return {"classes": list(parts)} if parts and all("level" in part for part in parts) else None


def _weapon(match: re.Match[str]) -> dict[str, Any]:
    return {"name": match["name"].strip(" ,"), "attack_bonus": match["bonus"], "damage": match["damage"]}


def _cast_value(name: str, text: str) -> Any:  # noqa: ANN401 -- a text, or slots of pact magic
    if name != "pact_slots":
        return text
    numbers = re.findall(r"\d{1,2}", text)
    return {"count": numbers[0], "level": numbers[1]} if len(numbers) >= 2 else None
