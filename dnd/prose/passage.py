"""One text, read once: its words, stems and sentences, worked out when first asked for."""

import re
from functools import cached_property

from dnd.prose.sentences import Sentence, split_sentences
from dnd.prose.stems import stem

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
POSSESSIVE = ("'s", "’s")
"""Endings of a word that owns something."""
_COUNTED = re.compile(r"[^\W_]+(?:['’\-‑][^\W_]+)*")


def count_words(text: str) -> int:
    """Words as a reader counts them: `half-elf` and `don't` are one each, a lone dash is none."""
    return sum(1 for _ in _COUNTED.finditer(text))


class Passage:
    """A text with its words by number; every list below is indexed by that number."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """First character and one past the last of each word. A hyphen parts words, an apostrophe does not."""
        return [match.span() for match in _WORD.finditer(self.text)]

    @cached_property
    def words(self) -> list[str]:
        """The words in lower case with straight apostrophes, possessive `'s` removed."""
        return [match.lower().replace("’", "'").removesuffix("'s") for match in _WORD.findall(self.text)]

    @cached_property
    def stems(self) -> list[str]:
        """The words' stems."""
        return [stem(word) for word in self.words]

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The words and their stems, without order."""
        return frozenset((*self.words, *self.stems))

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences, by characters."""
        return split_sentences(self.text)

    @cached_property
    def sentence_words(self) -> list[tuple[int, int]]:
        """The sentences by words: number of the first, and one past the last."""
        found: list[tuple[int, int]] = []
        number, total, spans = 0, len(self.spans), self.spans
        for sentence in self.sentences:
            first = number
            while number < total and spans[number][0] < sentence.end:
                number += 1
            found.append((first, number))
        return found

    def possessive(self, number: int) -> bool:
        """Whether a word has `'s`."""
        start, end = self.spans[number]
        return self.text[start:end].endswith(POSSESSIVE)
