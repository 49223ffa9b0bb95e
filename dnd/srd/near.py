"""Names made comparable, and the names nearest to a misspelt one."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

_QUOTES = re.compile("['\u2018\u2019\u02bc`\u00b4\"\u201c\u201d]")
_BREAKS = re.compile(r"[^a-z0-9+]+")
_BRITISH: Mapping[str, str] = {
    "armour": "armor",
    "armours": "armors",
    "armoured": "armored",
    "colour": "color",
    "colours": "colors",
    "defence": "defense",
    "defences": "defenses",
    "favour": "favor",
    "favoured": "favored",
    "grey": "gray",
    "jeweller": "jeweler",
    "jewellers": "jewelers",
    "marvellous": "marvelous",
    "travellers": "travelers",
    "unarmoured": "unarmored",
}
_SHORT = 6
"""Letters below which two edits would turn one real name into another."""
_MOST = 3
"""Near names that one answer carries: more would be a list to choose from and no longer a suggestion."""


@lru_cache(maxsize=16_384)
def fold(name: str) -> str:
    """`name` as look-ups compare it: lower case, no accents, quotes or leading "the", one space between words.

    Hyphens, slashes, commas and brackets are spaces; British spellings become the American ones that both SRDs print.
    """
    plain = unicodedata.normalize("NFKD", _QUOTES.sub("", name)).encode("ascii", "ignore").decode().lower()
    words = _BREAKS.sub(" ", plain.replace("&", " and ")).split()
    if len(words) > 1 and words[0] == "the":
        del words[0]
    return " ".join(_BRITISH.get(word, word) for word in words)


def singular(folded: str) -> str | None:
    """The folded name without the plural of its last word ("wolves", "harpies", "axes"); None where it has none."""
    for ending, single in (("wolves", "wolf"), ("thieves", "thief"), ("ies", "y")):
        if folded.endswith(ending):
            return folded.removesuffix(ending) + single
    if folded.endswith(("ches", "shes", "sses", "xes")):
        return folded[:-2]
    return folded[:-1] if folded.endswith("s") and not folded.endswith("ss") else None


def edits(left: str, right: str, most: int) -> int:
    """The Damerau-Levenshtein distance (insert, delete, replace, swap neighbours); `most + 1` stands for any above."""
    if abs(len(left) - len(right)) > most:
        return most + 1
    before: list[int] = []
    above = list(range(len(right) + 1))
    for row, letter in enumerate(left, 1):
        line = [row]
        for column, other in enumerate(right, 1):
            step = min(above[column] + 1, line[column - 1] + 1, above[column - 1] + (letter != other))
            if row > 1 and column > 1 and letter == right[column - 2] and left[row - 2] == other:
                step = min(step, before[column - 2] + 1)
            line.append(step)
        if min(line) > most and min(above) > most:
            return most + 1
        before, above = above, line
    return min(above[-1], most + 1)


def letters(folded: str) -> int:
    """The set of characters in a folded name, one bit each: names within n edits differ in at most 2n bits."""
    bag = 0
    for character in set(folded):
        bag |= 1 << (ord(character) & 63)
    return bag


def nearest(folded: str, bags: Iterable[tuple[str, int]]) -> tuple[str, ...]:
    """The folded names of `bags` (name, `letters`) within two edits of `folded`, best first; one edit for short names.

    At most three. Length and letters are compared first, so that few names reach the full comparison.
    """
    most = 1 if len(folded) < _SHORT else 2
    bag = letters(folded)
    found: list[tuple[int, str]] = []
    for name, other in bags:
        if abs(len(name) - len(folded)) > most or (bag ^ other).bit_count() > 2 * most:
            continue
        distance = edits(folded, name, most)
        if distance <= most:
            found.append((distance, name))
    return tuple(name for _, name in sorted(found)[:_MOST])
