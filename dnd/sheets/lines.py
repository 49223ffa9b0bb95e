"""Pasted text as clean lines: no markdown, one kind of minus, wrapped lines left alone."""

import re
from typing import NamedTuple

_EMPHASIS = re.compile(r"\*{1,3}|_{2,3}|`|(?<!\w)_|_(?!\w)")
_LEAD = re.compile(r"^\s*(?:>\s*)*(?:#{1,6}\s*|[-•*]\s+(?=\S))?")
_RULE = re.compile(r"^[\s\-—_=~*|:+>]{3,}$")
_TITLE = re.compile(r"^(?:\*{1,3}|_{1,3}|\*{2}_|_\*{2})[A-Z][^*_]*[.:]?(?:\*{1,3}|_{1,3}|_\*{2}|\*{2}_)[.:]?\s*\S")
_SIGNS = str.maketrans({"−": "-", "–": "-", "‑": "-", "\u00a0": " ", "\t": " "})


class Line(NamedTuple):
    """One line without markup."""

    text: str
    titled: bool
    """Whether its first words were set off by bold or italic type."""


def marked_lines(text: str, between: str = " ") -> list[Line]:
    """The lines with something in them; the cells of tables are joined by `between`."""
    cleaned: list[Line] = []
    for raw in text.replace("\r", "\n").split("\n"):
        line = raw.translate(_SIGNS)
        if _RULE.match(line):
            continue
        line = _LEAD.sub("", line)
        titled = _TITLE.match(line) is not None
        line = _EMPHASIS.sub("", line)
        if "|" in line:
            line = between.join(cell.strip() for cell in line.split("|") if cell.strip(" -—:"))
        line = " ".join(line.split())
        if line:
            cleaned.append(Line(line, titled))
    return cleaned


def clean_lines(text: str, between: str = " ") -> list[str]:
    """The texts of the lines with something in them."""
    return [line.text for line in marked_lines(text, between)]
