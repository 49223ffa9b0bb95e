"""The parts of a statement."""

from enum import Enum
from typing import NamedTuple


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

    @property
    def indexed(self) -> bool:
        """Whether its keys are those of a reading's index: names are looked for by their words instead."""
        return self.kind is UnitKind.WORD or self.kind is UnitKind.NUMBER
