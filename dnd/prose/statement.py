"""A statement taken apart: what a text must hold to say the same."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from dnd.prose.grammar import looks_like_verb
from dnd.prose.lexicon import keys_of, phrase_at, phrase_starts, weight_of, word_class
from dnd.prose.numbers import Number, find_numbers
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
    units: tuple[Unit, ...]
    words: tuple[Unit, ...]
    """The units that are no names."""
    total: float
    """Weight of all units."""
    names: frozenset[str]
    """All words of its names and of the subject's name."""

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
    subject_words = frozenset(Passage(subject).words) - word_class("titles") - word_class("function")
    clauses = _clauses(reading.passage)
    units = tuple(_merge(_units(reading, subject_words, clauses)))
    return Statement(
        reading=reading,
        units=units,
        words=tuple(unit for unit in units if unit.indexed),
        total=sum(unit.weight for unit in units),
        names=subject_words.union(*(unit.keys for unit in units if unit.kind is UnitKind.NAME)),
    )


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


def _units(reading: Reading, subject: frozenset[str], clauses: Sequence[int]) -> Iterator[Unit]:
    passage = reading.passage
    names = {name.start: name for name in reading.names}
    numbers = {number.start: number for number in find_numbers(passage.words)}
    position = 0
    while position < len(passage.words):
        found = list(_units_at(reading, position, subject, names, numbers))
        for unit in found:
            yield unit._replace(
                clause=clauses[position],
                negated=any(word in reading.negated for word in range(unit.start, unit.end)),
                verb=unit.kind is UnitKind.WORD and looks_like_verb(passage, unit.start),
            )
        position = max((unit.end for unit in found), default=position + 1)


def _units_at(
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
    if passage.stems[position] in phrase_starts() and (phrase := phrase_at(passage, position)):
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
