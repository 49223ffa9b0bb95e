"""Names of game things in prose: one pass over a text's words, and the signs that a word is meant as a name."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from dnd.prose.passage import Passage
from dnd.srd.edition import Edition
from dnd.srd.names import NameKind, gazetteer, product_identity

_MARKS = frozenset("*_“”\"‘’'`")
"""Emphasis and quotation marks."""
_BRITISH: Mapping[str, str] = {"armor": "armour", "color": "colour", "gray": "grey", "defense": "defence"}
_SMALL = frozenset({"of", "the", "and", "from", "to", "in", "or", "a", "with", "on"})
"""Words that stand in small letters inside a title."""
_SPELL_WORDS = frozenset({"spell", "spells", "cantrip", "cantrips"})


class Mention(NamedTuple):
    """One name in a text, by word numbers."""

    kind: NameKind
    name: str
    """As the SRD prints it."""
    start: int
    end: int

    @property
    def single(self) -> bool:
        """Whether it is one word, which may be a plain word of English."""
        return self.end == self.start + 1


class _Entry(NamedTuple):
    """One spelling."""

    words: tuple[str, ...]
    kind: NameKind
    name: str


class _Index(NamedTuple):
    """Spellings by their first word, longest first."""

    by_first: Mapping[str, tuple[_Entry, ...]]
    firsts: frozenset[str]


def _spellings(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """A folded name as the words of a text may have it: without a possessive's s, in British spelling."""
    yield words
    if any(word in _BRITISH for word in words):
        yield tuple(_BRITISH.get(word, word) for word in words)
    if len(words) > 1:
        bare = tuple(
            word[:-1] if number + 1 < len(words) and word.endswith("s") and len(word) > 3 else word
            for number, word in enumerate(words)
        )
        if bare != words:
            yield bare


@cache
def _index(kinds: tuple[NameKind, ...], edition: Edition) -> _Index:
    found: dict[str, dict[tuple[str, ...], _Entry]] = {}
    for words, (kind, name) in gazetteer(kinds, edition).items():
        for spelling in _spellings(words):
            found.setdefault(spelling[0], {}).setdefault(spelling, _Entry(spelling, kind, name))
    ordered = {
        first: tuple(sorted(entries.values(), key=lambda entry: -len(entry.words))) for first, entries in found.items()
    }
    return _Index(ordered, frozenset(ordered))


def find_mentions(passage: Passage, kinds: tuple[NameKind, ...], edition: Edition) -> Iterator[Mention]:
    """The names of some kinds in a text, in order; where names begin alike, the longest."""
    index = _index(kinds, edition)
    if index.firsts.isdisjoint(passage.vocabulary):
        return
    words, end = passage.words, 0
    for number, word in enumerate(words):
        if number < end or word not in index.firsts:
            continue
        for entry in index.by_first[word]:
            stop = number + len(entry.words)
            if tuple(words[number:stop]) == entry.words:
                yield Mention(entry.kind, entry.name, number, stop)
                end = stop
                break


@cache
def _identity_firsts() -> Mapping[str, tuple[tuple[str, ...], ...]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for words in product_identity():
        for spelling in (*_spellings(words), (*words[:-1], words[-1] + "s")):
            found.setdefault(spelling[0], []).append(spelling)
    return {first: tuple(sorted(rows, key=len, reverse=True)) for first, rows in found.items()}


def find_product_identity(passage: Passage) -> Iterator[tuple[int, int]]:
    """Word numbers of the names that no SRD licences."""
    firsts, words, end = _identity_firsts(), passage.words, 0
    if passage.vocabulary.isdisjoint(firsts):
        return
    for number, word in enumerate(words):
        for spelling in firsts.get(word, ()) if number >= end else ():
            if tuple(words[number : number + len(spelling)]) == spelling:
                end = number + len(spelling)
                yield number, end
                break


def characters(passage: Passage, start: int, end: int) -> tuple[int, int]:
    """The stretch of text that words `start` to `end` (one past the last) fill, a possessive's s left out."""
    first, last = passage.spans[start][0], passage.spans[end - 1][1]
    if passage.possessive(end - 1):
        last -= 2
    return first, last


def emphasised(passage: Passage, mention: Mention) -> bool:
    """Whether it stands between marks: `*shield*`, “shield”."""
    first, last = characters(passage, mention.start, mention.end)
    text = passage.text
    return text[first - 1 : first] in _MARKS and text[last : last + 1] in _MARKS and first > 0


def titled(passage: Passage, mention: Mention) -> bool:
    """Whether it is written as a title inside a sentence: each word of weight with a capital."""
    firsts = {first for first, _ in passage.sentence_words}
    spans, text = passage.spans, passage.text
    capitals = [
        text[spans[number][0]].isupper()
        for number in range(mention.start, mention.end)
        if passage.words[number] not in _SMALL
    ]
    return bool(capitals) and all(capitals) and (mention.start not in firsts or len(capitals) > 1)


def beside_spell(passage: Passage, mention: Mention) -> bool:
    """Whether the word spell or cantrip stands right before or behind it."""
    words = passage.words
    return not _SPELL_WORDS.isdisjoint(
        (*words[max(mention.start - 1, 0) : mention.start], *words[mention.end : mention.end + 1])
    )
