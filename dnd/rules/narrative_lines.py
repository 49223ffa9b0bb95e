"""The sentences of texts, and what of them is denied, doubted or somebody's speech."""

import re
from collections.abc import Iterator, Set
from functools import lru_cache
from typing import NamedTuple

from dnd.content.fields import Leaf
from dnd.prose.passage import Passage
from dnd.prose.reading import Name, Reading
from dnd.rules.dossier import Dossier
from dnd.rules.spotting import Spot, passage_of

_UNREAL = re.compile(
    r"\b(?:dream(?:s|ed|t)? (?:of|about)|imagin(?:es|ed) |pretend(?:s|ed)? |"
    r"(?:would|will) (?:one|some) ?day|wish(?:es|ed)? (?:she|he|they) could)\b"
)
"""Beginnings of what is told as not real, besides those that all texts are read for."""
_HEARSAY = re.compile(
    r"\b(?:people|folk|they|some|men|many|elders|\w+(?:ers|ors|men|folk)) "
    r"(?:say|said|swear|swore|claim|claimed|tell|told|believed?|whisper|whispered|insist)\b"
)
"""What others say is no statement of the text's own."""


class Line(NamedTuple):
    """One sentence of one text."""

    leaf: Leaf
    passage: Passage
    number: int
    first: int
    """Number of its first word."""
    last: int
    """One past its last word."""

    @property
    def words(self) -> list[str]:
        """Its words."""
        return self.passage.words[self.first : self.last]

    @property
    def text(self) -> str:
        """As written."""
        start, end = self.passage.sentences[self.number]
        return self.passage.text[start:end]


def lines_of(dossier: Dossier) -> Iterator[Line]:
    """Every sentence of the texts beside the documents."""
    for leaf in dossier.story:
        passage = passage_of(dossier, leaf)
        for number, (first, last) in enumerate(passage.sentence_words):
            yield Line(leaf, passage, number, first, last)


def lines_with(dossier: Dossier, wanted: Set[str]) -> Iterator[Line]:
    """The sentences of the texts beside the documents that have one of these words."""
    for leaf in dossier.story:
        passage = passage_of(dossier, leaf)
        if wanted.isdisjoint(passage.vocabulary):
            continue
        words = passage.words
        for number, (first, last) in enumerate(passage.sentence_words):
            if not wanted.isdisjoint(words[first:last]):
                yield Line(leaf, passage, number, first, last)


def line_at(leaf: Leaf, passage: Passage, word: int) -> Line:
    """The sentence that a word is in."""
    number = next(place for place, (_, last) in enumerate(passage.sentence_words) if word < last)
    first, last = passage.sentence_words[number]
    return Line(leaf, passage, number, first, last)


@lru_cache(maxsize=512)
def _reading(sentence: str) -> Reading:
    return Reading(Passage(sentence))


def doubtful(line: Line, word: int) -> bool:
    """Whether the sentence denies or doubts what stands at a word: not, if, dreams, hopes, is said to."""
    start = line.passage.sentences[line.number][0]
    reading = _reading(line.text)
    place = line.passage.spans[word][0] - start
    if _HEARSAY.search(line.text) or any(match.end() <= place for match in _UNREAL.finditer(line.text)):
        return True
    return word - line.first in reading.negated or any(doubt.start <= place < doubt.end for doubt in reading.doubts())


def in_quotes(line: Line, word: int) -> bool:
    """Whether a word stands in somebody's speech."""
    place = line.passage.spans[word][0]
    before = line.passage.text[line.passage.text.rfind("\n", 0, place) + 1 : place]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1


def capital(passage: Passage, number: int) -> bool:
    """Whether a word begins with a capital."""
    return passage.text[passage.spans[number][0]].isupper()


def names_in(line: Line) -> list[Name]:
    """The proper names in a sentence, by word numbers of the whole text."""
    return [Name(name.start + line.first, name.end + line.first, name.words) for name in _reading(line.text).names]


def word_at(line: Line, character: int) -> int:
    """The number of the first word that ends behind a character of the whole text."""
    return next(number for number in range(line.first, line.last) if line.passage.spans[number][1] > character)


def span_in(line: Line, match: re.Match[str]) -> Spot:
    """Where a match in the sentence's own text stands in the whole."""
    begin = line.passage.sentences[line.number][0]
    return Spot(line.leaf, begin + match.start(), begin + match.end())


def stretch(line: Line, start: int, end: int) -> Spot:
    """The text of words `start` to `end` (one past the last)."""
    return Spot(line.leaf, line.passage.spans[start][0], line.passage.spans[end - 1][1])
