"""Whether a text needs a term: whole words, in any inflection, read as the rules read them."""

from collections.abc import Iterable
from functools import lru_cache
from itertools import chain

from dnd.prose.lexicon import keys_of, word_class
from dnd.prose.passage import Passage

_LONGEST = 8
"""Words of the longest term that is looked for."""
_VAGUE = frozenset({"harm", "mention", "scene", "topic", "subject", "graphic"})
"""Words of a boundary that say nothing of its subject, besides the grammar's own."""

Stems = tuple[str, ...]


@lru_cache(maxsize=4096)
def stems(text: str) -> Stems:
    """Stems of the words of a text, in order."""
    return tuple(Passage(text).stems)


@lru_cache(maxsize=1024)
def phrases(text: str) -> frozenset[Stems]:
    """Every run of 1 to 8 stems of a text: a term stands in the text when `stems(term)` is among them."""
    words = stems(text)
    runs = (zip(*(words[start:] for start in range(length)), strict=False) for length in range(1, _LONGEST + 1))
    return frozenset(chain.from_iterable(runs))


def all_phrases(texts: Iterable[str]) -> frozenset[Stems]:
    """The phrases of several texts; none spans two of them."""
    found: set[Stems] = set()
    for text in texts:
        found |= phrases(text)
    return frozenset(found)


def subject_keys(boundaries: Iterable[str]) -> frozenset[str]:
    """What the words that carry the subject of some boundaries may be matched by: stems and synonyms."""
    vague = _VAGUE | word_class("function")
    return _keys(word for line in boundaries for word in Passage(line).words if word not in vague)


@lru_cache(maxsize=1024)
def term_keys(term: str) -> frozenset[str]:
    """The same of a term's words."""
    return _keys(Passage(term).words)


def _keys(words: Iterable[str]) -> frozenset[str]:
    found: set[str] = set()
    for word in words:
        found |= keys_of(word)
    return frozenset(found)
