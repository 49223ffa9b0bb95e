"""One text, read once: its words, stems and sentences."""

import re
from collections.abc import Iterator
from functools import cached_property

from dnd.prose.sentences import split_sentences
from dnd.prose.stems import stem

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
POSSESSIVE = ("'s", "’s")
"""Endings of a word that owns something."""
_HYPHEN = re.compile(r"[\-‑](?<=[^\W_].)(?=[^\W_])")


def count_words(text: str) -> int:
    """Words as a reader counts them: `half-elf` and `don't` are one each, a lone dash is none."""
    return len(_WORD.findall(text)) - len(_HYPHEN.findall(text))


class Passage:
    """A text with its words by number; every list below is indexed by that number."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.sentences = split_sentences(text)
        """The sentences, by characters."""
        self.sentence_words: list[tuple[int, int]] = []
        """The sentences by words: number of the first, and one past the last."""
        written: list[str] = []
        for start, end in self.sentences:
            first = len(written)
            written += _WORD.findall(text, start, end)
            self.sentence_words.append((first, len(written)))
        self.words = _plain(written)
        """The words in lower case with straight apostrophes, possessive `'s` removed."""
        self.stems = list(map(stem, self.words))
        """The words' stems."""
        self.vocabulary = frozenset(self.words).union(self.stems)
        """The words and their stems, without order."""

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """First character and one past the last of each word. A hyphen parts words, an apostrophe does not."""
        return [match.span() for match in _WORD.finditer(self.text)]

    @property
    def count(self) -> int:
        """Words as a reader counts them (`count_words`)."""
        return len(self.words) - len(_HYPHEN.findall(self.text))

    def runs(self, length: int) -> Iterator[tuple[str, ...]]:
        """Every stretch of so many words, over the ends of sentences too."""
        return zip(*(self.words[shift:] for shift in range(length)), strict=False)

    def possessive(self, number: int) -> bool:
        """Whether a word has `'s`."""
        start, end = self.spans[number]
        return self.text[start:end].endswith(POSSESSIVE)


def _plain(written: list[str]) -> list[str]:
    """All words at once: no word holds a line break, so that they can be changed as one text."""
    if not written:
        return []
    lines = "\n".join((*written, "")).lower().replace("’", "'").replace("'s\n", "\n")
    return lines.split("\n")[:-1]
