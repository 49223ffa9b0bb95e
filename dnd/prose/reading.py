"""One text, read for what it states: an index of its words by meaning, its names, negations and doubts."""

import re
from bisect import insort
from collections import defaultdict
from collections.abc import Iterator, Mapping, Set
from functools import cache, cached_property
from typing import Any, NamedTuple, cast

from dnd.prose.lexicon import find_phrases, keys_of, word_class
from dnd.prose.numbers import Number, find_numbers
from dnd.prose.passage import POSSESSIVE, Passage
from dnd.prose.sentences import Sentence
from dnd.prose.tables import table

_JOINED = re.compile(r"[ \-‑\u00a0]|\s+of(?: the)?\s+")
"""What may stand between two words of one name."""
_PARTS = re.compile(r"\w+|\?")
"""What the `needs` of a cue are looked for among."""
_REACH = 2
"""Content words that a negation reaches."""
_CLAUSE_END = re.compile(r"[;:—]|,\s+(?:but|and|yet|for|since|because)\b")


class Name(NamedTuple):
    """Capitalised words in a row, titles left out."""

    start: int
    """Number of its first word."""
    end: int
    """One past its last word."""
    words: frozenset[str]


class Doubt(NamedTuple):
    """A stretch in which a sentence does not state what it says."""

    cue: str
    """Name of the pattern in `cues.yaml`."""
    start: int
    """First character."""
    end: int


class Reading:
    """A passage with what it states; word numbers are those of `Passage`."""

    def __init__(self, passage: Passage) -> None:
        self.passage = passage
        self.phrases = find_phrases(passage)
        self.numbers = list(find_numbers(passage.words))
        content = frozenset(passage.words) - word_class("function")
        self.keys: Set[str] = frozenset(key for key, _ in self.phrases.values()).union(
            *map(keys_of, content), *map(_keys_of_number, self.numbers)
        )
        """The keys of the index."""
        self._doubts: dict[Sentence, tuple[Doubt, ...]] = {}

    @cached_property
    def index(self) -> Mapping[str, list[int]]:
        """Word numbers by key: stem, line of synonyms, or number. Function words are left out."""
        function = word_class("function")
        found: defaultdict[str, list[int]] = defaultdict(list)
        for number, word in enumerate(self.passage.words):
            if word not in function:
                for key in keys_of(word):
                    found[key].append(number)
        for number, (key, _) in self.phrases.items():
            insort(found[key], number)
        for entry in self.numbers:
            for key in _keys_of_number(entry):
                found[key].append(entry.start)
        return dict(found)

    @cached_property
    def sentence_of(self) -> list[int]:
        """The number of each word's sentence."""
        found: list[int] = []
        for number, (first, last) in enumerate(self.passage.sentence_words):
            found.extend([number] * (last - first))
        return found

    @cached_property
    def pronoun_sentences(self) -> frozenset[int]:
        """Numbers of the sentences with a pronoun that stands for somebody."""
        pronouns, words = word_class("pronouns"), self.passage.words
        if pronouns.isdisjoint(words):
            return frozenset()
        return frozenset(
            number
            for number, (first, last) in enumerate(self.passage.sentence_words)
            if not pronouns.isdisjoint(words[first:last])
        )

    @cached_property
    def firsts(self) -> frozenset[int]:
        """Numbers of the words that begin a sentence."""
        return frozenset(first for first, _ in self.passage.sentence_words)

    @cached_property
    def names(self) -> list[Name]:
        """The proper names, in order."""
        return list(_find_names(self.passage, self.firsts))

    @cached_property
    def named(self) -> frozenset[int]:
        """Numbers of the words that are part of a name."""
        return frozenset(number for name in self.names for number in range(name.start, name.end))

    @cached_property
    def negated(self) -> frozenset[int]:
        """Numbers of the words that a negation reaches."""
        return frozenset(_find_negated(self.passage))

    def doubts(self, first: int = 0, last: int | None = None) -> list[Doubt]:
        """The stretches in doubt in sentences `first` to `last`, by default all."""
        found: list[Doubt] = []
        for sentence in self.passage.sentences[first : None if last is None else last + 1]:
            if sentence not in self._doubts:
                self._doubts[sentence] = tuple(_find_doubts(self.passage.text, sentence.start, sentence.end))
            found.extend(self._doubts[sentence])
        return found


def _keys_of_number(number: Number) -> frozenset[str]:
    return frozenset({number.key, *(keys_of(number.noun) if number.noun else ())})


def _find_names(passage: Passage, firsts: frozenset[int]) -> Iterator[Name]:
    titles = word_class("titles")
    text, spans, words = passage.text, passage.spans, passage.words
    number, total = 0, len(spans)
    for start in [place for place, (begin, _) in enumerate(spans) if text[begin].isupper()]:
        if start < number or not _is_name_word(passage, start, first=start in firsts):
            continue
        number = start + 1
        while number < total and number not in firsts:
            previous = spans[number - 1][1]
            ahead = number
            if text[spans[ahead][0]].islower() and words[ahead] in {"of", "the"}:
                while ahead < total and words[ahead] in {"of", "the"} and text[spans[ahead][0]].islower():
                    ahead += 1
            if ahead >= total or ahead in firsts or not text[spans[ahead][0]].isupper():
                break
            if text[:previous].endswith(POSSESSIVE) or not _JOINED.fullmatch(text, previous, spans[ahead][0]):
                break
            number = ahead + 1
        own = frozenset(word for word in words[start:number] if word not in titles and word not in {"of", "the"})
        if own:
            yield Name(start, number, own)


def _is_name_word(passage: Passage, number: int, *, first: bool) -> bool:
    """Whether a capitalised word is, or begins, a name."""
    word = passage.words[number]
    if word in word_class("function"):
        return False
    return not first or not looks_common(word) or _name_follows(passage, number)


def _name_follows(passage: Passage, number: int) -> bool:
    """Whether the next word, joined by a space, is capitalised too: `Silver Hand` at a sentence's start."""
    if number + 1 >= len(passage.spans) or passage.words[number] in word_class("titles"):
        return False
    end, (start, _) = passage.spans[number][1], passage.spans[number + 1]
    return start == end + 1 and passage.text[start].isupper() and passage.words[number] not in word_class("light")


def looks_common(word: str) -> bool:
    """Whether a capitalised word at a sentence's start is an ordinary word rather than a name."""
    return (
        len(keys_of(word)) > 1
        or word in word_class("light")
        or word in word_class("titles")
        or (word.endswith(("ly", "ing", "ed", "s")) and not word.endswith(("ss", "is", "us", "os", "as")))
        or word.isdecimal()
        or next(find_numbers((word,)), None) is not None
    )


def _find_negated(passage: Passage) -> Iterator[int]:
    words, function, boundaries = passage.words, word_class("function"), word_class("boundaries")
    text, spans = passage.text, passage.spans
    deniers = word_class("negators") | _refusing(passage)
    deniers |= {word for word in passage.vocabulary if word.endswith("n't")}
    for first, last in passage.sentence_words:
        if deniers.isdisjoint(words[first:last]):
            continue
        for number in range(first, last):
            if words[number] not in deniers or not _negates(passage, number, last):
                continue
            noun, reached = (
                words[number] in word_class("noun_negators") and words[number + 1 : number + 2] != ["one"],
                0,
            )
            for target in range(number + 1, last):
                gap = text[spans[target - 1][1] : spans[target][0]]
                if words[target] in boundaries or (not gap.isspace() and gap not in {"-", "‑"}):
                    break
                if words[target] in function:
                    if noun and reached:
                        break
                    continue
                yield target
                reached += 0 if words[target].endswith("ly") else 1
                if reached == _REACH:
                    break


def _refusing(passage: Passage) -> frozenset[str]:
    """The words of a passage that refuse, in any inflection."""
    if _refusals().isdisjoint(passage.vocabulary):
        return frozenset()
    return frozenset(word for word, root in zip(passage.words, passage.stems, strict=True) if root in _refusals())


def _negates(passage: Passage, number: int, last: int) -> bool:
    words = passage.words
    word, following = words[number], words[number + 1] if number + 1 < last else ""
    if following in word_class("not_negated"):
        return False
    if word.endswith("n't") or word in word_class("negators"):
        return True
    return following == "to" and is_refusal(passage, number)


def is_refusal(passage: Passage, number: int) -> bool:
    """Whether a word denies what follows it after `to`: refused to, failed to."""
    return passage.stems[number] in _refusals()


@cache
def _refusals() -> frozenset[str]:
    return frozenset(Passage(" ".join(sorted(word_class("refusals")))).stems)


class Cue(NamedTuple):
    """One row of `cues.yaml`."""

    name: str
    needs: frozenset[str]
    pattern: re.Pattern[str]
    whole: bool
    """Whether it puts all of its sentence in doubt."""


@cache
def _cues() -> tuple[Cue, ...]:
    tables = cast("dict[str, dict[str, dict[str, Any]]]", table("cues"))
    return tuple(
        Cue(name, frozenset(row["needs"]), re.compile(row["pattern"], re.IGNORECASE), kind == "whole")
        for kind in ("before", "whole")
        for name, row in tables[kind].items()
    )


def _find_doubts(text: str, start: int, end: int) -> Iterator[Doubt]:
    parts = _PARTS.findall(text[start:end].casefold())
    for name, needs, pattern, whole in _cues():
        if needs.isdisjoint(parts):
            continue
        for match in pattern.finditer(text, start, end):
            close = None if whole else _CLAUSE_END.search(text, match.end(), end)
            yield Doubt(name, start if whole else match.start(), close.start() if close else end)
            if whole:
                break
