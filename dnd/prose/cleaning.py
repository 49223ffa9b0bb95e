"""Mending what has one right form: markup, broken encodings, stray characters, doubled words."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import NamedTuple

_MARKUP = (
    (re.compile(r"(?m)^[ \t]*(?:(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|(?:-[ \t]*){3,}|={3,}[ \t]*)$\n?"), ""),
    (re.compile(r"```[a-z]*\n?"), ""),
    (re.compile(r"(?m)^[ \t]*#{1,6}[ \t]+"), ""),
    (re.compile(r"(?m)^[ \t]*>[ \t]+"), ""),
    (re.compile(r"(?m)^[ \t]*(?:[-*+•‣▪][ \t]+|\d{1,2}[.)][ \t]+(?=[^\W\d_]))"), ""),
    (re.compile(r"\[([^\[\]\n]{1,200})\]\(https?://[^()\s]{1,400}\)"), r"\1"),
    (re.compile(r"\*{2,}"), ""),
    (re.compile(r"(?<![^\W_])__(?=\S)([^_\n]{1,400}?)(?<=\S)__(?![^\W_])"), r"\1"),
    (re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]{1,400}?)(?<=[^\s*])\*(?![\w*])"), r"\1"),
    (re.compile(r"(?<![\w_])_(?=[^\s_])([^_\n]{1,400}?)(?<=[^\s_])_(?![\w_])"), r"\1"),
    (re.compile(r"`+"), ""),
)
"""Markdown and what is left when it goes."""
_BROKEN = re.compile(r"[ÂÃâ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]{1,2}")
_INVISIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u2028\u2029\u2060\ufeff\ufffd]|\r")
_DOUBLED = re.compile(
    r"\b(a|an|the|of|to|in|on|at|by|for|with|from|and|or|but|is|was|were|are|be|it|he|she|they|his|her|their|its|as|"
    r"into|this|these|those|who|which|would|could|has|have|my|your|our)[ \t]+\1\b(?!['’])",
    re.IGNORECASE,
)


class Fault(NamedTuple):
    """One place to mend."""

    kind: str
    """`markup`, `encoding`, `character` or `doubled`."""
    start: int
    end: int


def clean(text: str) -> str:
    """`text` mended; mending it again changes nothing, and sound text comes back as it is."""
    while (mended := _once(text)) != text:
        text = mended
    return text


def _once(text: str) -> str:
    mended = _BROKEN.sub(lambda match: _decoded(match[0]) or match[0], text)
    mended = _INVISIBLE.sub(_visible, mended)
    for pattern, replacement in _MARKUP:
        mended = pattern.sub(replacement, mended)
    mended = _DOUBLED.sub(r"\1", mended)
    return mended if mended == text else mended.strip()


def _visible(match: re.Match[str]) -> str:
    return "\n" if match[0] in "\u2028\u2029" else ""


def _decoded(text: str) -> str | None:
    """UTF-8 that was read as Windows-1252, read rightly; None when it is none."""
    try:
        decoded = text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return None
    return decoded if unicodedata.category(decoded[0])[0] != "C" else None


_NEEDS = {
    "markup": re.compile(r"[*_#`>=\[\n](?:(?<!\n)|[ \t]*[-+•‣▪\d])"),
    "encoding": re.compile(r"[ÂÃâ]"),
    "character": _INVISIBLE,
}


def _markup(text: str) -> Iterator[re.Match[str]]:
    if not may_hold(text, "markup"):
        return
    for pattern, _ in _MARKUP:
        yield from pattern.finditer(text)


def _encoding(text: str) -> Iterator[re.Match[str]]:
    found = () if text.isascii() else _BROKEN.finditer(text)
    return (match for match in found if _decoded(match[0]))


_SEARCHES: dict[str, Callable[[str], Iterator[re.Match[str]]]] = {
    "markup": _markup,
    "encoding": _encoding,
    "character": _INVISIBLE.finditer,
    "doubled": _DOUBLED.finditer,
}


def may_hold(text: str, kind: str) -> bool:
    """Whether a text has any of the signs without which it holds no fault of a kind; quickly told."""
    return kind not in _NEEDS or _NEEDS[kind].search("\n" + text) is not None


def find_faults(text: str, kind: str) -> Iterator[Fault]:
    """The places of one kind that `clean` would mend."""
    for match in _SEARCHES[kind](text):
        if match.end() > match.start():
            yield Fault(kind, match.start(), match.end())
