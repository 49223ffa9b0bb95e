"""Numbers in prose: digits, number words, and words that hold a number."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple, cast

from dnd.prose.tables import table

_SCALES = {"hundred": 100, "thousand": 1000}
_HOLDERS = {
    "dozen": (12, None),
    "decade": (10, "year"),
    "century": (100, "year"),
    "centuries": (100, "year"),
    "fortnight": (2, "week"),
    "twice": (2, None),
    "thrice": (3, None),
    "twin": (2, None),
    "twins": (2, None),
    "pair": (2, None),
    "couple": (2, None),
    "both": (2, None),
    "single": (1, None),
    "sole": (1, None),
    "lone": (1, None),
    "only": (1, None),
}
"""Words that say a number, and the noun that some of them say with it."""
_DIGITS = re.compile(r"(\d+)(st|nd|rd|th)?$")


class _Words(NamedTuple):
    """Number words with their values."""

    units: Mapping[str, int]
    tens: Mapping[str, int]
    ordinals: Mapping[str, int]
    all: frozenset[str]


@cache
def _words() -> _Words:
    rows = cast("dict[str, list[str]]", table("words"))
    units = {word: value for value, word in enumerate(rows["units"])}
    tens = {word: 10 * value for value, word in enumerate(rows["tens"], 2)}
    ordinals = {word: value for value, word in enumerate(rows["ordinals"], 1)}
    return _Words(units, tens, ordinals, frozenset((*units, *tens, *_SCALES, *ordinals, *_HOLDERS, "half", "several")))


class Number(NamedTuple):
    """A number in a list of words."""

    start: int
    """Number of its first word."""
    end: int
    """One past its last word."""
    key: str
    """`#9`, or `#9th` for the ninth."""
    noun: str | None = None
    """The noun that the word says with it (`decade`: `year`)."""


def find_numbers(words: Sequence[str]) -> Iterator[Number]:
    """The numbers among words in lower case; `twenty` `three` is one number, a lone `one` is none."""
    end, known = 0, _words().all
    for index in [place for place, word in enumerate(words) if word in known or word[0].isdigit()]:
        number = _number_at(words, index) if index >= end else None
        if number is not None:
            yield number
            end = number.end


def _number_at(words: Sequence[str], index: int) -> Number | None:
    word = words[index]
    if digits := _DIGITS.match(word):
        return Number(index, index + 1, f"#{int(digits[1][:18])}{'th' if digits[2] else ''}")
    if word in _words().ordinals:
        return Number(index, index + 1, f"#{_words().ordinals[word]}th")
    if word in _HOLDERS:
        value, noun = _HOLDERS[word]
        return Number(index, index + 1, f"#{value}", noun)
    if word in {"half", "several"}:
        return Number(index, index + 2, "#6") if words[index + 1 : index + 2] == ["dozen"] else None
    return _spelled(words, index)


def _spelled(words: Sequence[str], index: int) -> Number | None:
    total, current, position = 0, 0, index
    while position < len(words):
        word = words[position]
        if word in _words().units and current % 10 == 0 and (current % 100 == 0 or _words().units[word] < 10):
            current += _words().units[word]
        elif word in _words().tens and current % 100 == 0:
            current += _words().tens[word]
        elif word in _SCALES and (current or (position > index) or words[index - 1 : index] == ["a"]):
            total, current = _scaled(total, current, _SCALES[word])
        elif word == "dozen" and current:
            current *= 12
        elif word != "and" or not (current or total) or not _goes_on(words, position):
            break
        position += 1
    value = total + current
    if position == index or (value <= 1 and position == index + 1):
        return _tens_ordinal(words, index, position, value)
    return _tens_ordinal(words, index, position, value) or Number(index, position, f"#{value}")


def _tens_ordinal(words: Sequence[str], index: int, position: int, value: int) -> Number | None:
    """`twenty` `third` as one number."""
    if value >= 20 and value % 10 == 0 and position < len(words) and words[position] in _words().ordinals:
        return Number(index, position + 1, f"#{value + _words().ordinals[words[position]]}th")
    return None


def _scaled(total: int, current: int, scale: int) -> tuple[int, int]:
    if scale == 1000:
        return total + max(current, 1) * scale, 0
    return total, max(current, 1) * scale


def _goes_on(words: Sequence[str], position: int) -> bool:
    """Whether `and` joins two parts of one number: only after a hundred or a thousand."""
    following = words[position + 1] if position + 1 < len(words) else ""
    return words[position - 1] in _SCALES and (following in _words().units or following in _words().tens)
