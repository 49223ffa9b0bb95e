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


class Terms:
    """Words and phrases, indexed by the stem of their first word."""

    def __init__(self, terms: tuple[str, ...]) -> None:
        self._by_stem: dict[str, list[tuple[str, tuple[str, ...], tuple[str, ...]]]] = {}
        for term in terms:
            passage = Passage(term)
            if passage.words:
                entry = (term, tuple(passage.words), tuple(passage.stems))
                self._by_stem.setdefault(passage.stems[0], []).append(entry)

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
        by_stem, stems, words = self._by_stem, passage.stems, passage.words
        if not self.possible_in(passage.vocabulary):
            return
        for number, root in enumerate(stems):
            for term, term_words, term_stems in by_stem.get(root, ()):
                end = number + len(term_stems)
                if tuple(stems[number:end]) != term_stems:
                    continue
                if kin or all(same_word(one, other) for one, other in zip(words[number:end], term_words, strict=True)):
                    yield Hit(term, passage.spans[number][0], passage.spans[end - 1][1], number)


@lru_cache(maxsize=256)
def terms_of(terms: tuple[str, ...]) -> Terms:
    """The index of some terms, made once."""
    return Terms(terms)
