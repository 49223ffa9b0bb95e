"""How the parts of a statement hang together: what is said of what, who does it to whom, whose it is."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from dnd.prose.grammar import REACH_OF_DEED, is_passive, is_person
from dnd.prose.lexicon import contrast_classes, directed_stems, keys_of, word_class
from dnd.prose.passage import Passage
from dnd.prose.reading import Reading
from dnd.prose.unit import Unit, UnitKind


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


def _unit_at(units: Sequence[Unit], word: int) -> int | None:
    return next((number for number, unit in enumerate(units) if unit.start <= word < unit.end), None)


def find_attachments(reading: Reading, units: Sequence[Unit]) -> Iterator[Attachment]:
    """Numbers, and words of the classes `beside`, with the unit that follows within three words."""
    words = reading.passage.words
    numbers = {number.start: number for number in reading.numbers}
    for position, word in enumerate(words):
        families = contrast_classes("beside", word)
        number = numbers.get(position)
        if number and word not in word_class("soft_numbers"):
            head = _head_after(reading, units, number.end)
            if head is not None:
                yield Attachment("number", frozenset((number.key,)), word, head)
        if word == "one" and word_class("not_counting").isdisjoint(words[max(0, position - 1) : position]):
            head = _unit_at(units, position + 1)
            if head is not None and words[position + 1] not in word_class("some_day"):
                yield Attachment("number", frozenset(("#1",)), word, head)
        for family in families:
            if word in word_class("function") and not _before_noun(reading, position):
                continue
            head = _head_after(reading, units, position + 1)
            if head is not None:
                yield Attachment(family, keys_of(word), word, head)


def _head_after(reading: Reading, units: Sequence[Unit], position: int) -> int | None:
    for word in range(position, min(position + 3, len(reading.passage.words))):
        if (unit := _unit_at(units, word)) is not None and units[unit].kind is not UnitKind.NUMBER:
            return unit
    return None


def _before_noun(reading: Reading, position: int) -> bool:
    """Whether a preposition is followed by a noun: a determiner or a name."""
    words = reading.passage.words
    if position + 1 >= len(words):
        return False
    return words[position + 1] in word_class("determiners") or any(name.start == position + 1 for name in reading.names)


def find_deeds(passage: Passage, units: Sequence[Unit]) -> Iterator[Deed]:
    """What somebody does to somebody: verbs of the list, and any `-ed` between two people."""
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
        if passage.words[word] in word_class("nominative") - {"who"}:
            return None, True
        if (unit := _unit_at(units, word)) is not None and _is_person_unit(passage, units[unit], word):
            return unit, False
    return None, False


def _person_after(passage: Passage, units: Sequence[Unit], position: int) -> int | None:
    for word in range(position, min(position + REACH_OF_DEED, len(passage.words))):
        if passage.words[word] in word_class("joints"):
            return None
        if (unit := _unit_at(units, word)) is not None and _is_person_unit(passage, units[unit], word):
            return unit
    return None


def _is_person_unit(passage: Passage, unit: Unit, word: int) -> bool:
    if passage.possessive(word):
        return False
    return unit.kind in {UnitKind.NAME, UnitKind.SUBJECT} or is_person(passage.words[word])


def find_owners(reading: Reading, units: Sequence[Unit]) -> Mapping[int, int | None]:
    """Owners of kin, roles and things: `Mira's brother`, `her brother`."""
    found: dict[int, int | None] = {}
    words = reading.passage.words
    for position in range(len(words) - 1):
        owned = next((u for w in (position + 1, position + 2) if (u := _unit_at(units, w)) is not None), None)
        if owned is None:
            continue
        owner = _unit_at(units, position)
        if owner is not None and owner != owned and reading.passage.possessive(position):
            found[owned] = owner
        elif words[position] in word_class("owners") and units[owned].kind is UnitKind.WORD:
            found[owned] = None
    return found
