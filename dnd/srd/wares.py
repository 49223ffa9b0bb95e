"""Reading what people call their weapons and armour: "+1 Longswords", "crossbow, light", "Shield +2"."""

import re
from collections.abc import Iterator, Mapping
from typing import TypeVar

_WORD = re.compile(r"[a-z]+")
_APOSTROPHE = re.compile("['\u2019]")
_BONUS = re.compile(r"(?<!\w)\+([1-3])(?!\d)")
_LONGEST_NAME = 3
"""Words in the longest name ("studded leather armor", "half plate mail")."""

Ware = TypeVar("Ware")


def magic_bonus(text: str) -> int:
    """The bonus (1-3) that a name such as "+1 longsword" or "Plate Armor, +2" states; 0 for none."""
    found = _BONUS.search(text)
    return int(found[1]) if found else 0


def words_of(text: str) -> list[str]:
    """The words of a name in lower case, without numbers and punctuation."""
    return _WORD.findall(_APOSTROPHE.sub("", text.lower()))


def key_of(text: str) -> str:
    """The letters of a name in a row, so that "Long sword", "long-sword" and "longsword" are one."""
    return "".join(words_of(text))


def spans(words: list[str]) -> Iterator[str]:
    """The keys of all runs of up to three words, the longest first, from the left."""
    for size in range(min(_LONGEST_NAME, len(words)), 0, -1):
        for start in range(len(words) - size + 1):
            yield "".join(words[start : start + size])


def found_in(text: str, wares: Mapping[str, Ware]) -> Ware | None:
    """The ware whose key is the longest run of words in the text."""
    return next((wares[key] for key in spans(words_of(text)) if key in wares), None)
