"""The ability scores of a pasted stat block, in any of the tables that people make of them."""

import re

from dnd.srd.abilities import ABILITIES, ABILITY_NAMES

_ABILITY = "|".join((*(name.lower() for name in ABILITY_NAMES.values()), *ABILITIES))
_STARTS = re.compile(rf"^(?:{_ABILITY})\b", re.IGNORECASE)
_WITH_LABEL = re.compile(
    rf"\b(?P<ability>{_ABILITY})\b\.?\s*:?\s*(?P<score>\d{{1,2}})\b"
    r"(?:\s*\(?\s*(?P<mod>[+-]\s?\d{1,2})(?:\s*\))?)?(?:\s+(?P<save>[+-]\s?\d{1,2})(?!\s*\)))?",
    re.IGNORECASE,
)
_LABELS = re.compile(rf"^(?:(?:{_ABILITY})\b[\s,.:;/]*){{1,6}}$", re.IGNORECASE)
_LABEL = re.compile(rf"\b(?:{_ABILITY})\b", re.IGNORECASE)
_SCORES = re.compile(r"(\d{1,2})\s*(?:\(\s*([+-]\s?\d{1,2})\s*\))?")
_NUMBERS = re.compile(r"^(?:scores?\b)?[\s:]*\d{1,2}\b[\d\s()+\-,;/]*$", re.IGNORECASE)
_BONUSES = re.compile(
    r"^(?P<label>mods?|modifiers?|saves?)?[\s:]*(?P<values>[+-]\s?\d{1,2}\b(?:[\s,;/]+[+-]\s?\d{1,2}\b)*)$",
    re.IGNORECASE,
)
_HEADINGS = re.compile(r"^(?:(?:mod|save|score|ability)s?\b[\s.:]*)+$", re.IGNORECASE)


class ScoreReader:
    """Takes lines, and keeps those that belong to the table of abilities."""

    def __init__(self) -> None:
        self.scores: dict[str, int] = {}
        self.mods: dict[str, str] = {}
        self.saves: dict[str, str] = {}
        """Only those that are not the modifier: the layout of 2024 prints all six."""
        self._labels: list[str] = []
        self._open = False

    def take(self, line: str) -> bool:
        """Whether the line belongs to the table."""
        if _LABELS.match(line):
            self._labels = [_short(label) for label in _LABEL.findall(line)]
            self._open = True
            return True
        if _HEADINGS.match(line):
            return True
        if self._labels and (self._row(line) or self._bonuses(line)):
            return True
        matches = list(_WITH_LABEL.finditer(line)) if _STARTS.match(line) else []
        for match in matches:
            self._score(_short(match["ability"]), match["score"], match["mod"] or "", match["save"] or "")
        return bool(matches)

    def _row(self, line: str) -> bool:
        if not self._open or not _NUMBERS.match(line):
            return False
        found = _SCORES.findall(line)
        if len(found) != len(self._labels):
            return False
        for ability, (score, mod) in zip(self._labels, found, strict=True):
            self._score(ability, score, mod, "")
        self._open = False
        return True

    def _bonuses(self, line: str) -> bool:
        """Below the scores, a row (or with one ability to a line, a line) of modifiers and then one of saves."""
        match = _BONUSES.match(line)
        if match is None:
            return False
        values = re.findall(r"[+-]\s?\d{1,2}", match["values"])
        if len(values) != len(self._labels):
            return False
        first = self._labels[0]
        as_saves = (match["label"] or "").lower().startswith("save") or first in self.mods
        for ability, value in zip(self._labels, values, strict=True):
            if as_saves:
                self._save(ability, value)
            else:
                self.mods[ability] = value.replace(" ", "")
        return True

    def _score(self, ability: str, score: str, mod: str, save: str) -> None:
        self.scores[ability] = int(score)
        if mod:
            self.mods[ability] = mod.replace(" ", "")
        if save:
            self._save(ability, save)

    def _save(self, ability: str, value: str) -> None:
        if value.replace(" ", "") != self.mods.get(ability):
            self.saves[ability] = value.replace(" ", "")


def _short(label: str) -> str:
    return label[:3].lower()
