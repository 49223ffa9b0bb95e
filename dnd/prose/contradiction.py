"""What keeps a text with all the words of a statement from saying it."""

from collections.abc import Iterator, Sequence

from dnd.prose.grammar import REACH_OF_DEED, is_passive, is_person
from dnd.prose.lexicon import contrast_classes, keys_of, rivals_of, word_class
from dnd.prose.numbers import find_numbers
from dnd.prose.reading import Reading
from dnd.prose.relations import Attachment
from dnd.prose.statement import Statement
from dnd.prose.unit import Unit, UnitKind

_BESIDE = 3
"""Words before a thing in which what is said of it is looked for."""


def contradicted(statement: Statement, reading: Reading, first: int, last: int, mask: int) -> str | None:
    """The first thing in sentences `first` to `last` that stands against the statement, or None.

    Args:
        statement: what is looked for.
        reading: the text.
        first: number of the first sentence.
        last: number of the last.
        mask: bits of the statement's units that are there.
    """
    view = _View(statement, reading, first, last, mask)
    for test in (_doubted, _denied, _replaced, _other_beside, _other_owner, _reversed):
        found = test(view)
        if found is not None:
            return found
    return None


class _View:
    """A stretch of a text, seen from a statement."""

    def __init__(self, statement: Statement, reading: Reading, first: int, last: int, mask: int) -> None:
        self.statement = statement
        self.reading = reading
        self.passage = reading.passage
        self.mask = mask
        self.first, self.last = first, last
        self.begin = self.passage.sentence_words[first][0]
        self.stop = self.passage.sentence_words[last][1]
        self.places = [self._places(unit) for unit in statement.units]

    def _places(self, unit: Unit) -> list[int]:
        """Words of the stretch at which a unit stands."""
        if unit.indexed:
            index = self.reading.index
            return sorted({n for key in unit.keys for n in index.get(key, ()) if self.begin <= n < self.stop})
        return [
            number
            for name in self.reading.names
            if self.begin <= name.start < self.stop and not unit.keys.isdisjoint(name.words)
            for number in range(name.start, name.end)
        ]

    def words_of_sentence(self, number: int) -> tuple[int, int]:
        """First word and one past the last of the sentence of a word."""
        return self.passage.sentence_words[self.reading.sentence_of[number]]


def _doubted(view: _View) -> str | None:
    """The text supposes, dreams, plans or asks what the statement states; or states what it only supposes."""
    doubts = view.reading.doubts(view.first, view.last)
    own = view.statement.cues
    if own and not own.intersection(doubt.cue for doubt in doubts) and not _cue_is_matched(view):
        return "the text states what the fact only supposes"
    strange = [doubt for doubt in doubts if doubt.cue not in own]
    for number, unit in enumerate(view.statement.units):
        places = view.places[number]
        if unit.kind is not UnitKind.WORD or not places:
            continue
        if all(any(d.start <= view.passage.spans[place][0] < d.end for d in strange) for place in places):
            return (
                f"the text does not state it ({view.passage.text[strange[0].start : strange[0].start + 24].strip()}…)"
            )
    return None


def _cue_is_matched(view: _View) -> bool:
    """Whether the word that makes the statement a wish or a claim is itself in the text."""
    return all(
        view.mask >> number & 1 for number, unit in enumerate(view.statement.units) if unit.kind is UnitKind.WORD
    )


def _denied(view: _View) -> str | None:
    negated = view.reading.negated
    for number, unit in enumerate(view.statement.units):
        places = view.places[number]
        if unit.kind is not UnitKind.WORD or not places or unit.end - unit.start > 1:
            continue
        if all((place in negated) != unit.negated for place in places):
            return f"{unit.surface!r} is {'not denied' if unit.negated else 'denied'}"
    return None


def _replaced(view: _View) -> str | None:
    """Another of a kind stands where the statement's own word is missing."""
    taken = {place for places in view.places for place in places}
    for number, unit in enumerate(view.statement.units):
        if view.mask >> number & 1 or unit.kind is not UnitKind.WORD:
            continue
        for key in rivals_of(unit.surface.lower()):
            for word in view.reading.index.get(key, ()):
                if view.begin <= word < view.stop and word not in taken:
                    return f"{view.passage.words[word]!r} stands for {unit.surface!r}"
    return None


def _other_beside(view: _View) -> str | None:
    for attachment in view.statement.attachments:
        wrong: str | None = None
        for place in view.places[attachment.head]:
            found = list(_beside(view, attachment, place))
            if any(keys & attachment.keys for _, keys in found):
                wrong = None
                break
            wrong = wrong or (found[0][0] if found else None)
        if wrong is not None:
            return f"{wrong!r} stands for {attachment.word!r}"
    return None


def _beside(view: _View, attachment: Attachment, place: int) -> Iterator[tuple[str, frozenset[str]]]:
    """Words of the attachment's class next to a place, with their keys; the nearest first."""
    first, last = view.words_of_sentence(place)
    words = view.passage.words
    before = range(place - 1, max(first - 1, place - 1 - _BESIDE), -1)
    head = view.statement.units[attachment.head]
    after = range(place + 1, min(last, place + 1 + _BESIDE)) if head.kind is UnitKind.NAME else range(0)
    if attachment.family == "number":
        numbers = {number.start: number.key for number in find_numbers(words[first:last])}
        for position in before:
            if (key := numbers.get(position - first)) is not None:
                yield words[position], frozenset((key,))
                return
        return
    for position in (*before, *(after if attachment.family in {"kin", "role"} else ())):
        if attachment.family in contrast_classes("beside", words[position]):
            yield words[position], keys_of(words[position])
            if attachment.family not in {"kin", "role"}:
                return


def _other_owner(view: _View) -> str | None:
    for owned, owner in view.statement.owners.items():
        wrong: str | None = None
        for place in view.places[owned]:
            found = _owner_of(view, place)
            if found is None or _fits_owner(view, found, owner):
                wrong = None
                break
            wrong = view.passage.words[found]
        if wrong is not None:
            return f"it is {wrong.title()}'s"
    return None


def _owner_of(view: _View, place: int) -> int | None:
    """The word before a place that has `'s`, within two words."""
    first, _ = view.words_of_sentence(place)
    return next((n for n in range(place - 1, max(first - 1, place - 3), -1) if view.passage.possessive(n)), None)


def _fits_owner(view: _View, found: int, owner: int | None) -> bool:
    word = view.passage.words[found]
    if not view.passage.text[view.passage.spans[found][0]].isupper():
        return True
    if owner is None:
        return word in view.statement.names
    return word in view.statement.units[owner].keys or view.statement.units[owner].kind is UnitKind.WORD


def _reversed(view: _View) -> str | None:
    """The one who does it and the one it is done to have changed places, or another does it."""
    for deed in view.statement.deeds:
        seen = [_people(view, place) for place in view.places[deed.unit]]
        if not seen:
            continue
        for number, role in ((deed.agent, 0), (deed.patient, 1)):
            if number is None:
                continue
            own = set(view.places[number])
            right = any(pair[role] in own for pair in seen)
            if not right and any(pair[1 - role] in own for pair in seen):
                return f"{view.statement.units[number].surface!r} stands in the other role"
        done = deed.agent is not None or deed.agent_is_pronoun
        if done and (other := _other_agent(view, [pair[0] for pair in seen])):
            return f"{other!r} does it"
    return None


def _other_agent(view: _View, agents: Sequence[int | None]) -> str | None:
    """A name that the statement does not hold, when it does the deed wherever the deed stands."""
    strangers: list[str] = []
    for agent in agents:
        word = "" if agent is None else view.passage.words[agent]
        named = agent is not None and view.passage.text[view.passage.spans[agent][0]].isupper()
        if not named or word in view.statement.names or word in word_class("titles"):
            return None
        strangers.append(view.passage.text[slice(*view.passage.spans[agent or 0])])
    return strangers[0] if strangers else None


def _people(view: _View, verb: int) -> tuple[int | None, int | None]:
    """Words of the agent and the patient of the verb at a place."""
    first, last = view.words_of_sentence(verb)
    before = _person(view, range(verb - 1, max(first - 1, verb - 1 - REACH_OF_DEED), -1))
    after = _person(view, range(verb + 1, min(last, verb + 1 + REACH_OF_DEED)))
    if is_passive(view.passage, verb):
        return (after if "by" in view.passage.words[verb + 1 : verb + 4] else None), before
    return before, after


def _person(view: _View, words: range) -> int | None:
    """The first word that names a person; a pronoun or a new clause ends the search."""
    named = view.reading.named
    for number in words:
        word = view.passage.words[number]
        if (number in named or is_person(word)) and not view.passage.possessive(number):
            return number
        if word in word_class("stops") or (word in word_class("nominative") and words.step < 0):
            return None
    return None
