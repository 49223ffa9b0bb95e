"""Finding any of many words and phrases in a text, in any inflection."""

from collections.abc import Iterator, Set
from functools import lru_cache
from typing import NamedTuple

from dnd.prose.passage import Passage
from dnd.prose.stems import same_word


class Hit(NamedTuple):
    """One place where a term stands."""

    term: str
    start: int
    """First character in the text."""
    end: int
    word: int
    """Number of its first word."""


class _Term(NamedTuple):
    """A word or phrase with its place in the list."""

    order: int
    text: str
    words: list[str]
    stems: list[str]


class Terms:
    """Words and phrases, indexed by the longest of their stems, which is seldom a common one."""

    def __init__(self, terms: tuple[str, ...]) -> None:
        self._by_stem: dict[str, list[_Term]] = {}
        for order, text in enumerate(terms):
            passage = Passage(text)
            if passage.words:
                term = _Term(order, text, passage.words, passage.stems)
                self._by_stem.setdefault(max(passage.stems, key=len), []).append(term)
        self._stems = frozenset(self._by_stem)

    def possible_in(self, vocabulary: Set[str]) -> bool:
        """Whether some term may stand in texts with these words and stems: a quick way to say no."""
        return not self._stems.isdisjoint(vocabulary)

    def find(self, passage: Passage, *, kin: bool = False) -> Iterator[Hit]:
        """Every place of every term, in the order of the text.

        Args:
            passage: the text.
            kin: also count other words of the same stem (`ghostly` for `ghost`), not only inflections.
        """
        if not self.possible_in(passage.vocabulary):
            return
        places = [(number, root) for number, root in enumerate(passage.stems) if root in self._stems]
        found = {
            (number - term.stems.index(root), term.order): term
            for number, root in places
            for term in self._by_stem[root]
        }
        for first, order in sorted(found):
            term = found[first, order]
            end = first + len(term.stems)
            if first < 0 or passage.stems[first:end] != term.stems:
                continue
            if kin or all(map(same_word, passage.words[first:end], term.words)):
                yield Hit(term.text, passage.spans[first][0], passage.spans[end - 1][1], first)


@lru_cache(maxsize=256)
def terms_of(terms: tuple[str, ...]) -> Terms:
    """The index of some terms, made once."""
    return Terms(terms)
