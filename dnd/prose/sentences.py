"""Sentences with their places: knows abbreviations, initials, ellipses and closing quotes."""

import re
from typing import NamedTuple

_CLOSING = r"[\"'”’)\]»]*(?=\s|$)"
_END = re.compile(
    rf"[.!?…\n](?:(?<=[.!?])[.!?]*{_CLOSING}|(?<=…){_CLOSING}|(?<=\n)\s*\n|(?<=\n)(?=\s*[-*•]))",
)
"""A mark or a break. It begins with one class of characters, so that the engine skips all others quickly."""
_ABBREVIATIONS = frozenset(("mr", "mrs", "ms", "dr", "st", "sr", "jr", "lt", "capt", "col", "sgt", "no", "vs", "etc"))
"""Words whose period ends no sentence (`etc.` and `no.` only before a small letter or a digit)."""
_LONGEST = max(map(len, _ABBREVIATIONS))
_WORD_BEFORE = re.compile(r"[^\W\d_]+$")
_OPENS_LOWER = re.compile(r"\s*[\"'“‘(\[«]*[a-z\d]")


class Sentence(NamedTuple):
    """One sentence: `text[start:end]`, without the white space around it."""

    start: int
    end: int


def split_sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a text in order; a text without a mark at its end closes with an open one."""
    found: list[Sentence] = []
    start = 0
    for match in _END.finditer(text):
        if _goes_on(text, match):
            continue
        _append(found, text, start, match.end())
        start = match.end()
    _append(found, text, start, len(text))
    return tuple(found)


def _append(found: list[Sentence], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    stripped = piece.strip()
    if stripped:
        found.append(Sentence(start + left, start + left + len(stripped)))


def _goes_on(text: str, match: re.Match[str]) -> bool:
    """Whether the mark is inside a sentence: an abbreviation, an initial, or a pause before a small letter."""
    mark = match[0]
    if "\n" in mark:
        return False
    quoted = mark[-1] not in ".!?…"
    if mark[0] == "." and mark[:2] != ".." and not quoted:
        if text[max(0, match.start() - _LONGEST - 1) : match.start()].isalpha() and match.start() > _LONGEST:
            return False
        before = _WORD_BEFORE.search(text, max(0, match.start() - 24), match.start())
        word = before[0] if before else ""
        if len(word) == 1 and word.isupper() and word != "I":
            return True
        if word.lower() in _ABBREVIATIONS:
            return word[:1].isupper() or _opens_lower(text, match.end())
        return False
    # "Run!" he said; well… perhaps: a small letter carries the sentence on.
    return _opens_lower(text, match.end())


def _opens_lower(text: str, start: int) -> bool:
    """Whether what follows begins with a small letter or a digit."""
    return _OPENS_LOWER.match(text, start) is not None
