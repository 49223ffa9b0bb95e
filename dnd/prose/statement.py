"""A statement taken apart: what a text must hold to say the same."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from dnd.prose.lexicon import contrast_classes, directed_stems, keys_of, phrase_at, weight_of, word_class
from dnd.prose.numbers import Number, find_numbers
from dnd.prose.passage import POSSESSIVE, Passage
from dnd.prose.reading import Name, Reading, is_refusal
from dnd.prose.stems import is_irregular_past

NAME_WEIGHT = 2.0
"""Weight of names and numbers: without them a statement is about something else."""
SUBJECT_WEIGHT = 0.5
_SOFT_NUMBERS = frozenset(("only", "single", "sole", "lone", "both", "pair", "couple", "twin", "twins", "first"))
_CLAUSE = re.compile(r"[,;:—]")
_JOINTS = frozenset(
    "and but because when while after before since who which that where until though although then so if".split()
)
"""Words that begin a new clause."""


class UnitKind(Enum):
    """What a unit is, and so how it may be met."""

    WORD = "word"
    NAME = "name"
    NUMBER = "number"
    SUBJECT = "subject"
    """The subject's own name, for which a pronoun may stand."""


class Unit(NamedTuple):
    """One part of a statement."""

    surface: str
    kind: UnitKind
    keys: frozenset[str]
    """For a name its words, otherwise keys as in `dnd.prose.lexicon`."""
    weight: float
    start: int
    """Number of its first word in the statement."""
    end: int
    clause: int
    negated: bool
    verb: bool = False
    """Whether it says what is done: then something of it must be in the text, or only the topic is."""


class Attachment(NamedTuple):
    """A word of a contrast class together with the unit it is said of."""

    family: str
    """The contrast class, or `number`."""
    keys: frozenset[str]
    word: str
    head: int
    """Number of the unit."""


class Deed(NamedTuple):
    """Who does something to whom."""

    unit: int
    """Number of the verb's unit."""
    agent: int | None
    patient: int | None
    agent_is_pronoun: bool


@dataclass(frozen=True, slots=True)
class Statement:
    """A fact, or a sentence that must not be given away, ready to be looked for."""

    text: str
    units: tuple[Unit, ...]
    total: float
    attachments: tuple[Attachment, ...]
    deeds: tuple[Deed, ...]
    owners: Mapping[int, int | None]
    """By number of a thing's unit: number of its owner's unit, None for a pronoun."""
    cues: frozenset[str]
    """Doubts (`cues.yaml`) that the statement itself holds."""
    names: frozenset[str]
    """All words of its names and of the subject's name."""


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
        text=text,
        units=units,
        total=sum(unit.weight for unit in units),
        attachments=tuple(_attachments(reading, units)),
        deeds=tuple(_deeds(reading.passage, units)),
        owners=_owners(reading, units),
        cues=frozenset(doubt.cue for doubt in reading.doubts),
        names=subject_words.union(*(unit.keys for unit in units if unit.kind is UnitKind.NAME)),
    )


def _clauses(passage: Passage) -> list[int]:
    """The clause of each word."""
    found: list[int] = []
    clause = 0
    for number, word in enumerate(passage.words):
        if number:
            gap = passage.text[passage.spans[number - 1][1] : passage.spans[number][0]]
            if word in _JOINTS or _CLAUSE.search(gap) or "." in gap:
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
    if number and word not in _SOFT_NUMBERS:
        yield unit(UnitKind.NUMBER, frozenset((number.key,)), NAME_WEIGHT, number.end)
        if number.noun:
            yield unit(UnitKind.WORD, keys_of(number.noun), weight_of(number.noun), number.end)
        return
    if phrase := phrase_at(passage, position):
        yield unit(UnitKind.WORD, frozenset((phrase[0],)), 1.0, phrase[1])
        return
    if word in word_class("function") or (
        passage.words[position + 1 : position + 2] == ["to"] and is_refusal(passage, position)
    ):
        return
    keys = keys_of(word) | ({number.key} if number else frozenset[str]())
    yield unit(UnitKind.WORD, keys, weight_of(word), position + 1)


_BEFORE_VERB = frozenset(
    "he she they it i we who was were is are been be has have had will would did does do can could cannot to not never "
    "always once still secretly".split()
)
_AFTER_VERB = frozenset("the a an his her their its my him them in on at to with for from into by".split())
_BEFORE_NOUN = frozenset("the a an his her their its my our your of".split())


def looks_like_verb(passage: Passage, number: int) -> bool:
    """Whether a word says what is done, by its form and its neighbours: right for most plain sentences."""
    words = passage.words
    word = words[number]
    before = words[number - 1] if number else ""
    after = words[number + 1] if number + 1 < len(words) else ""
    if before in _BEFORE_NOUN:
        return False
    if before in _BEFORE_VERB or is_irregular_past(word):
        return True
    if word.endswith("ed") or passage.stems[number] in directed_stems():
        return True
    return word.endswith("s") and not word.endswith("ss") and after in _AFTER_VERB


def _merge(units: Iterator[Unit]) -> Iterator[Unit]:
    """Units without repeats: a name given twice is one name."""
    seen: set[tuple[UnitKind, frozenset[str]]] = set()
    for unit in units:
        if (unit.kind, unit.keys) not in seen:
            seen.add((unit.kind, unit.keys))
            yield unit


def _unit_at(units: Sequence[Unit], word: int) -> int | None:
    return next((number for number, unit in enumerate(units) if unit.start <= word < unit.end), None)


def _attachments(reading: Reading, units: Sequence[Unit]) -> Iterator[Attachment]:
    """Numbers, and words of the classes `beside`, with the unit that follows within three words."""
    words = reading.passage.words
    numbers = {number.start: number for number in find_numbers(words)}
    for position, word in enumerate(words):
        families = contrast_classes("beside", word)
        number = numbers.get(position)
        if number and word not in _SOFT_NUMBERS:
            head = _head_after(reading, units, number.end)
            if head is not None:
                yield Attachment("number", frozenset((number.key,)), word, head)
        if word == "one" and words[position - 1 : position] not in _NOT_COUNTING:
            head = _unit_at(units, position + 1)
            if head is not None and words[position + 1] not in _SOME_DAY:
                yield Attachment("number", frozenset(("#1",)), word, head)
        for family in families:
            if word in word_class("function") and not _before_noun(reading, position):
                continue
            head = _head_after(reading, units, position + 1)
            if head is not None:
                yield Attachment(family, keys_of(word), word, head)


_NOT_COUNTING = [[word] for word in "no any every each which this that the only".split()]
_SOME_DAY = frozenset("day night morning evening afternoon winter summer spring autumn year time hour".split())
"""Before these, `one` says when and not how many."""


def _head_after(reading: Reading, units: Sequence[Unit], position: int) -> int | None:
    for word in range(position, min(position + 3, len(reading.passage.words))):
        if (unit := _unit_at(units, word)) is not None and units[unit].kind is not UnitKind.NUMBER:
            return unit
    return None


_DETERMINERS = frozenset("the a an her his their its my our this that".split())


def _before_noun(reading: Reading, position: int) -> bool:
    """Whether a preposition is followed by a noun: a determiner or a name."""
    words = reading.passage.words
    if position + 1 >= len(words):
        return False
    return words[position + 1] in _DETERMINERS or any(name.start == position + 1 for name in reading.names)


_BE = frozenset("was were is are been be being got gets get".split())
_NOMINATIVE = frozenset("he she they i we who".split())
_AUXILIARY_REACH = 4
"""Words before a participle among which `was` stands."""
REACH_OF_DEED = 7
"""Words before and after a verb among which its people stand."""
_PEOPLE = frozenset(("kin", "role", "realm", "species"))


def is_person(word: str) -> bool:
    """Whether a word in lower case names somebody by kinship, role, rank or species."""
    return bool((contrast_classes("beside", word) | contrast_classes("anywhere", word)) & _PEOPLE)


def is_passive(passage: Passage, verb: int) -> bool:
    """Whether the verb at word `verb` is done to what stands before it."""
    words = passage.words
    if words[verb + 1 : verb + 2] == ["by"]:
        return True
    for word in reversed(words[max(0, verb - _AUXILIARY_REACH) : verb]):
        if word in _BE:
            return True
        if word in _JOINTS or word in _NOMINATIVE:
            return False
    return False


def _deeds(passage: Passage, units: Sequence[Unit]) -> Iterator[Deed]:
    for number, unit in enumerate(units):
        if unit.kind is not UnitKind.WORD or unit.end - unit.start > 1:
            continue
        listed = passage.stems[unit.start] in directed_stems()
        if not listed and not passage.words[unit.start].endswith("ed"):
            continue
        before, pronoun = _person_before(passage, units, unit.start)
        after = _person_after(passage, units, unit.end)
        if not listed and (before is None or after is None):
            continue
        if is_passive(passage, unit.start):
            agent = after if "by" in passage.words[unit.end : unit.end + 3] else None
            yield Deed(number, agent, before, agent_is_pronoun=False)
        else:
            yield Deed(number, before, after, agent_is_pronoun=pronoun)


def _person_before(passage: Passage, units: Sequence[Unit], verb: int) -> tuple[int | None, bool]:
    for word in range(verb - 1, max(-1, verb - 1 - REACH_OF_DEED), -1):
        if passage.words[word] in _NOMINATIVE - {"who"}:
            return None, True
        if (unit := _unit_at(units, word)) is not None and _is_person_unit(passage, units[unit], word):
            return unit, False
    return None, False


def _person_after(passage: Passage, units: Sequence[Unit], position: int) -> int | None:
    for word in range(position, min(position + REACH_OF_DEED, len(passage.words))):
        if passage.words[word] in _JOINTS:
            return None
        if (unit := _unit_at(units, word)) is not None and _is_person_unit(passage, units[unit], word):
            return unit
    return None


def _is_person_unit(passage: Passage, unit: Unit, word: int) -> bool:
    start, end = passage.spans[word]
    if passage.text[start:end].endswith(POSSESSIVE):
        return False
    return unit.kind in {UnitKind.NAME, UnitKind.SUBJECT} or is_person(passage.words[word])


_OWNERS = frozenset("her his their my its our your".split())


def _owners(reading: Reading, units: Sequence[Unit]) -> Mapping[int, int | None]:
    """Owners of kin, roles and things: `Mira's brother`, `her brother`."""
    found: dict[int, int | None] = {}
    words = reading.passage.words
    for position in range(len(words) - 1):
        owned = next((u for w in (position + 1, position + 2) if (u := _unit_at(units, w)) is not None), None)
        if owned is None:
            continue
        owner = _unit_at(units, position)
        if owner is not None and owner != owned and reading.possessive(position):
            found[owned] = owner
        elif words[position] in _OWNERS and units[owned].kind is UnitKind.WORD:
            found[owned] = None
    return found
