"""Whether a text says what a statement says, in the same words or in others, and where.

The method is deterministic and can be followed by hand. A statement is taken apart into names, numbers and content
words (`statement.py`). A stretch of one to three sentences says it when

1. its names and numbers are there, no other name or number standing in their place,
2. the weighted share of its content words there, inflected or by a synonym, reaches `THRESHOLD`, and every clause of
   the statement is there by half,
3. nothing there contradicts it (`contradiction.py`): denial, doubt, another of a kind, reversed roles.

It reads no meaning beyond that: a paraphrase that shares no words with the statement is not seen.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import NamedTuple

from dnd.prose.contradiction import contradicted
from dnd.prose.grammar import is_person
from dnd.prose.passage import Passage
from dnd.prose.reading import Name, Reading
from dnd.prose.statement import Statement
from dnd.prose.unit import Unit, UnitKind

THRESHOLD = 0.7
"""Least weighted share of a statement's words in the stretch that says it."""
CLAUSE_SHARE = 0.5
"""Least weighted share of each clause."""
WINDOW = 3
"""Most sentences of a stretch."""
NEAR = 0.4
"""Below this share a stretch is not worth naming as the best there is."""


@dataclass(frozen=True, slots=True)
class Source:
    """A text to look in."""

    label: str
    """Whatever tells the caller which text it is."""
    reading: Reading
    context: Reading | None = None
    """What the reader knows beside the text: the name and role in the same entry of a list."""


class Shelf:
    """Texts to look in, with an index of which of them hold what: most hold too little of a statement to be read."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self.sources = sources
        self._texts = _bits_by_key(source.reading for source in sources)
        self._contexts = _bits_by_key(source.context for source in sources)

    def holds(self, unit: Unit) -> bool:
        """Whether some text has a word or a number."""
        return not self._texts.keys().isdisjoint(unit.keys)

    def near(self, statement: Statement) -> Iterator[Source]:
        """The texts that hold enough of a statement's words, anywhere, to come near it."""
        found = [0.0] * len(self.sources)
        for unit in statement.units:
            bits = self._with(unit)
            while bits:
                last = bits.bit_length() - 1
                found[last] += unit.weight
                bits ^= 1 << last
        least = NEAR * statement.total
        return (source for source, weight in zip(self.sources, found, strict=True) if weight >= least)

    def _with(self, unit: Unit) -> int:
        """A bit for each text that may hold a unit; any may speak of the subject."""
        bits = 0
        if unit.kind is UnitKind.SUBJECT:
            bits = (1 << len(self.sources)) - 1
        elif unit.indexed:
            for key in unit.keys:
                bits |= self._texts.get(key, 0) | self._contexts.get(key, 0)
        else:
            for number, source in enumerate(self.sources):
                if source.context is not None or not source.reading.passage.vocabulary.isdisjoint(unit.keys):
                    bits |= 1 << number
        return bits


def _bits_by_key(readings: Iterable[Reading | None]) -> Mapping[str, int]:
    """For each key of some texts a bit for each text that has it."""
    found: dict[str, int] = {}
    for number, reading in enumerate(readings):
        for key in reading.keys if reading else ():
            found[key] = found.get(key, 0) | 1 << number
    return found


@dataclass(frozen=True, slots=True)
class Match:
    """The stretch that says a statement, or comes nearest to it."""

    expressed: bool
    score: float
    """Weighted share of the statement's words found, 0 to 1."""
    source: Source | None = None
    start: int = 0
    """First character of the stretch."""
    end: int = 0
    missing: tuple[str, ...] = ()
    """Parts of the statement that are not there."""
    contradiction: str | None = None
    """What stands against it, when the words are there."""


class _Stretch(NamedTuple):
    source: Source
    first: int
    last: int
    mask: int
    score: float


def find_statement(statement: Statement, shelf: Shelf, *, threshold: float = THRESHOLD, window: int = WINDOW) -> Match:
    """The best match on the shelf: the highest score among the stretches that say it, the tightest, the earliest.

    Args:
        statement: what is looked for.
        shelf: the texts.
        threshold: least weighted share of its words in the stretch.
        window: most sentences of the stretch.
    """
    if not statement.units:
        return Match(expressed=False, score=0.0)
    every = [stretch for source in shelf.near(statement) for stretch in _stretches(statement, source, window)]
    stretches = [stretch for stretch in every if stretch.score >= min(NEAR, threshold)]
    stretches.sort(key=lambda stretch: (-stretch.score, stretch.last - stretch.first))
    objection: tuple[_Stretch, str] | None = None
    for stretch in stretches:
        if stretch.score < threshold:
            break
        if not _complete(statement, stretch.mask):
            continue
        against = contradicted(statement, stretch.source.reading, stretch.first, stretch.last, stretch.mask)
        if against is None:
            return _match(statement, stretch, expressed=True)
        objection = objection or (stretch, against)
    if objection:
        return _match(statement, objection[0], expressed=False, against=objection[1])
    if stretches and stretches[0].score >= NEAR:
        return _match(statement, stretches[0], expressed=False)
    best = max((stretch.score for stretch in every), default=0.0)
    missing = tuple(unit.surface for unit in statement.units if unit.kind is not UnitKind.SUBJECT)
    return Match(expressed=False, score=round(best, 3), missing=missing)


def _match(statement: Statement, stretch: _Stretch, *, expressed: bool, against: str | None = None) -> Match:
    passage = stretch.source.reading.passage
    return Match(
        expressed=expressed,
        score=round(stretch.score, 3),
        source=stretch.source,
        start=passage.sentences[stretch.first].start,
        end=passage.sentences[stretch.last].end,
        missing=tuple(unit.surface for number, unit in enumerate(statement.units) if not stretch.mask >> number & 1),
        contradiction=against,
    )


def _complete(statement: Statement, mask: int) -> bool:
    """Names and numbers there; every clause by half, with something of what is done in it and of what is denied."""
    clauses: dict[int, list[tuple[Unit, bool]]] = {}
    for number, unit in enumerate(statement.units):
        there = bool(mask >> number & 1)
        if unit.kind in {UnitKind.NAME, UnitKind.NUMBER} and not there:
            return False
        clauses.setdefault(unit.clause, []).append((unit, there))
    return all(map(_clause_is_there, clauses.values()))


def _clause_is_there(clause: list[tuple[Unit, bool]]) -> bool:
    total = sum(unit.weight for unit, _ in clause)
    if total >= 1.0 and sum(unit.weight for unit, there in clause if there) < CLAUSE_SHARE * total:
        return False
    verbs = [there for unit, there in clause if unit.verb and unit.weight >= 1.0]
    denied = [there for unit, there in clause if unit.negated]
    return (any(verbs) or not verbs) and (any(denied) or not denied)


def _stretches(statement: Statement, source: Source, window: int) -> Iterator[_Stretch]:
    reading = source.reading
    masks = [0] * len(reading.passage.sentences)
    for number, unit in enumerate(statement.units):
        for sentence in _sentences_with(unit, reading):
            masks[sentence] |= 1 << number
    if not any(masks):
        return
    given = _given(statement, source.context)
    weights = [unit.weight for unit in statement.units]
    known: dict[int, float] = {}
    for first, mask in enumerate(masks):
        if not mask:
            continue
        together = given
        for last in range(first, min(first + window, len(masks))):
            added = masks[last] & ~together
            together |= masks[last]
            if last > first and not added:
                continue
            if together not in known:
                known[together] = sum(weight for bit, weight in enumerate(weights) if together >> bit & 1)
            yield _Stretch(source, first, last, together, known[together] / statement.total)


def _given(statement: Statement, context: Reading | None) -> int:
    """Names and people that the entry's other fields already name; what is done must stand in the text itself."""
    if context is None:
        return 0
    return sum(
        1 << number
        for number, unit in enumerate(statement.units)
        if (unit.kind is UnitKind.NAME or is_person(unit.surface.lower())) and _sentences_with(unit, context)
    )


def _sentences_with(unit: Unit, reading: Reading) -> Set[int]:
    sentence_of = reading.sentence_of
    if unit.indexed:
        index = reading.index
        return {sentence_of[word] for key in unit.keys if key in index for word in index[key]}
    found: Set[int] = frozenset()
    if not unit.keys.isdisjoint(reading.passage.vocabulary):
        found = {sentence_of[name.start] for name in reading.names if _same_name(unit, name)}
    return found | reading.pronoun_sentences if unit.kind is UnitKind.SUBJECT else found


def _same_name(unit: Unit, name: Name) -> bool:
    """Whether a name in the text can be the unit's: one is part of the other (`Wren`, `Aldous Wren`)."""
    if unit.keys.isdisjoint(name.words):
        return False
    return name.words <= unit.keys or unit.keys <= name.words


def read_sources(passages: Sequence[tuple[str, Passage]]) -> Shelf:
    """Texts with their labels, without context."""
    return Shelf([Source(label, Reading(passage)) for label, passage in passages])
