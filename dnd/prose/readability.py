"""School grades by the Flesch-Kincaid formula (Kincaid et al. 1975)."""

import re
from collections.abc import Iterable
from functools import lru_cache

from dnd.prose.passage import Passage

_VOWELS = re.compile(r"[aeiouy]+")
_SILENT_E = re.compile(r"[^aeiouyl]e$|[aeiouy]le$|[^aeiouydt]ed$|[aeiou][rl]?[dt]?[^aeiouy]?es$")
_SPLIT = re.compile(r"ia|io(?!us|n)|(?<=[rvdn])iou|iu|eo(?!n|us)|ua(?!r|n)|[aeiou]ing|ie[rt]$|uou|ya|yi")
_SIBILANT_ES = re.compile(r"(?:s|x|z|sh|ch|c|g)es$")
_EXCEPTIONS = {
    "every": 2, "evening": 2, "business": 2, "people": 2, "area": 3, "being": 2, "idea": 3, "quiet": 2, "poem": 2,
    "lion": 2, "create": 2, "friend": 1, "once": 1, "eye": 1, "eyes": 1, "hour": 1, "fire": 1, "iron": 2,
    "something": 2, "sometimes": 2, "someone": 2, "somewhere": 2, "forest": 2, "island": 2, "whole": 1, "world": 1,
    "science": 2, "heaven": 2, "beautiful": 3, "colonel": 2, "queue": 1, "league": 1, "tongue": 1, "rogue": 1,
    "naked": 2, "wicked": 2, "sacred": 2, "wretched": 2, "crooked": 2, "learned": 2, "ragged": 2, "hundred": 2,
}  # fmt: skip
"""Words that the rules below count wrongly."""


@lru_cache(maxsize=16_384)
def syllables(word: str) -> int:
    """Syllables of one English word in lower case, by rule with exceptions: right for about nine words in ten."""
    if word in _EXCEPTIONS:
        return _EXCEPTIONS[word]
    letters = word.partition("'")[0]
    count = len(_VOWELS.findall(letters)) + len(_SPLIT.findall(letters))
    if (letters.endswith("es") and not _SIBILANT_ES.search(letters) and _SILENT_E.search(letters)) or (
        not letters.endswith("es") and _SILENT_E.search(letters)
    ):
        count -= 1
    return max(1, count)


def grade(passages: Iterable[Passage]) -> float | None:
    """The grade of some texts taken together; None when they hold no words.

    0.39 x words per sentence + 11.8 x syllables per word - 15.59.
    """
    words = sentences = total = 0
    for passage in passages:
        words += len(passage.words)
        sentences += len(passage.sentences)
        total += sum(map(syllables, passage.words))
    if not words or not sentences:
        return None
    return round(0.39 * words / sentences + 11.8 * total / words - 15.59, 1)
