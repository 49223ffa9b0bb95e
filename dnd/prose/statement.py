"""A statement taken apart: what a text must hold to say the same."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from dnd.prose.grammar import looks_like_verb
from dnd.prose.lexicon import keys_of, weight_of, word_class
from dnd.prose.numbers import Number
from dnd.prose.passage import Passage
from dnd.prose.reading import Name, Reading, is_refusal
from dnd.prose.relations import Attachment, Deed, find_attachments, find_deeds, find_owners
from dnd.prose.unit import Unit, UnitKind

NAME_WEIGHT = 2.0
"""Weight of names and numbers: without them a statement is about something else."""
SUBJECT_WEIGHT = 0.5
_CLAUSE = re.compile(r"[,;:—]")


@dataclass(frozen=True)
class Statement:
    """A fact, or a sentence that must not be given away, ready to be looked for."""

    reading: Reading
    parts: tuple[Unit, ...]
    """The units, without what only a closer look needs: clause, denial and verb."""
    total: float
    """Weight of all units."""
    names: frozenset[str]
    """All words of its names and of the subject's name."""

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """What a text must hold to say it."""
        passage, negated = self.reading.passage, self.reading.negated
        clauses = _clauses(passage)
        return tuple(
            unit._replace(
                clause=clauses[unit.start],
                negated=not negated.isdisjoint(range(unit.start, unit.end)),
                verb=unit.kind is UnitKind.WORD and looks_like_verb(passage, unit.start),
            )
            for unit in self.parts
        )

    @cached_property
    def attachments(self) -> tuple[Attachment, ...]:
        """What is said of what."""
        return tuple(find_attachments(self.reading, self.units))

    @cached_property
    def deeds(self) -> tuple[Deed, ...]:
        """Who does what to whom."""
        return tuple(find_deeds(self.reading.passage, self.units))

    @cached_property
    def owners(self) -> Mapping[int, int | None]:
        """By number of a thing's unit: number of its owner's unit, None for a pronoun."""
        return find_owners(self.reading, self.units)

    @cached_property
    def cues(self) -> frozenset[str]:
        """Doubts (`cues.yaml`) that the statement itself holds."""
        return frozenset(doubt.cue for doubt in self.reading.doubts())


@lru_cache(maxsize=2048)
def read_statement(text: str, subject: str = "") -> Statement:
    """`text` taken apart.

    Args:
        text: one statement, in one sentence or a few.
        subject: the name of the piece's own subject, for whom a pronoun may stand; empty when unknown.
    """
    reading = Reading(Passage(text))
    subject_words = _subject_words(subject)
    parts = tuple(_merge(_parts(reading, subject_words)))
    return Statement(
        reading=reading,
        parts=parts,
        total=sum(unit.weight for unit in parts),
        names=subject_words.union(*(unit.keys for unit in parts if unit.kind is UnitKind.NAME)),
    )


@lru_cache(maxsize=256)
def _subject_words(subject: str) -> frozenset[str]:
    return frozenset(Passage(subject).words) - word_class("titles") - word_class("function")


def _clauses(passage: Passage) -> list[int]:
    """The clause of each word."""
    found: list[int] = []
    clause = 0
    for number, word in enumerate(passage.words):
        if number:
            gap = passage.text[passage.spans[number - 1][1] : passage.spans[number][0]]
            if word in word_class("joints") or _CLAUSE.search(gap) or "." in gap:
                clause += 1
        found.append(clause)
    return found


def _parts(reading: Reading, subject: frozenset[str]) -> Iterator[Unit]:
    names = {name.start: name for name in reading.names}
    numbers = {number.start: number for number in reading.numbers}
    position = 0
    while position < len(reading.passage.words):
        end = position + 1
        for unit in _parts_at(reading, position, subject, names, numbers):
            yield unit
            end = unit.end
        position = end


def _parts_at(
    reading: Reading, position: int, subject: frozenset[str], names: Mapping[int, Name], numbers: Mapping[int, Number]
) -> Iterator[Unit]:
    passage = reading.passage
    word = passage.words[position]

    def unit(kind: UnitKind, keys: frozenset[str], weight: float, end: int) -> Unit:
        start, stop = passage.spans[position][0], passage.spans[end - 1][1]
        return Unit(passage.text[start:stop], kind, keys, weight, position, end, 0, negated=False)

    if name := names.get(position):
        if name.words <= subject:
            yield unit(UnitKind.SUBJECT, name.words, SUBJECT_WEIGHT, name.end)
        else:
            yield unit(UnitKind.NAME, name.words - subject, NAME_WEIGHT, name.end)
        return
    number = numbers.get(position)
    if number and word not in word_class("soft_numbers"):
        yield unit(UnitKind.NUMBER, frozenset((number.key,)), NAME_WEIGHT, number.end)
        if number.noun:
            yield unit(UnitKind.WORD, keys_of(number.noun), weight_of(number.noun), number.end)
        return
    if phrase := reading.phrases.get(position):
        yield unit(UnitKind.WORD, frozenset((phrase[0],)), 1.0, phrase[1])
        return
    if word in word_class("function") or (
        passage.words[position + 1 : position + 2] == ["to"] and is_refusal(passage, position)
    ):
        return
    keys = keys_of(word) | ({number.key} if number else frozenset[str]())
    yield unit(UnitKind.WORD, keys, weight_of(word), position + 1)


def _merge(units: Iterator[Unit]) -> Iterator[Unit]:
    """Units without repeats: a name given twice is one name."""
    seen: set[tuple[UnitKind, frozenset[str]]] = set()
    for unit in units:
        if (unit.kind, unit.keys) not in seen:
            seen.add((unit.kind, unit.keys))
            yield unit
