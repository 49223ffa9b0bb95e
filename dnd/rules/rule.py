"""A rule as data plus one small function, and the draft that it reads."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from itertools import chain
from typing import Any, cast

from dnd.content.base import ContentType, Length
from dnd.content.fields import Content, Leaf, leaves
from dnd.content.request import Policy
from dnd.content.skeleton import Slots
from dnd.content.subject import Subject
from dnd.prose.matching import Shelf
from dnd.prose.passage import Passage
from dnd.rules.finding import Finding, Severity
from dnd.rules.locating import FactMatch, match_fact, secret_fact, shelf_of
from dnd.srd.edition import BOTH, Edition
from dnd.themes.contract import ThemeContract

RUN_WORDS = 5
"""Words of the stretches that rules on repetition look for first."""


@dataclass(frozen=True)
class Draft:
    """One piece of content with everything it must agree with."""

    type: ContentType
    raw: Mapping[str, Any]
    """What the model wrote, as parsed JSON."""
    content: Content | None
    """`raw` as the type's model, or None when the structure is wrong: then only structure can be checked."""
    subject: Subject
    contract: ThemeContract
    facts: tuple[str, ...] = ()
    length: Length = Length.FULL
    edition: Edition = "5.2"
    policy: Policy = field(default_factory=Policy)
    owned: Mapping[str, Any] = field(default_factory=dict[str, Any])
    """Fields that code computed for this draft, as they must stand in it; empty when nobody computed any."""
    slots: Mapping[str, Slots] = field(default_factory=dict[str, Slots])
    """JSON pointer of a list → the given things that need one entry each."""

    @cached_property
    def leaves(self) -> tuple[Leaf, ...]:
        """All texts; empty when the structure is wrong."""
        return () if self.content is None else leaves(self.content)

    @cached_property
    def passages(self) -> Mapping[str, Passage]:
        """Every text by its path, read once for all rules."""
        return {leaf.path: Passage(leaf.text) for leaf in self.leaves}

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The words and stems of all texts."""
        return frozenset[str]().union(*(passage.vocabulary for passage in self.passages.values()))

    @cached_property
    def text(self) -> str:
        """All texts as one, a line or more each: what is not in it is in none of them."""
        return "\n".join(leaf.text for leaf in self.leaves)

    @cached_property
    def runs(self) -> Counter[tuple[str, ...]]:
        """How often every `RUN_WORDS` words in a row stand in all texts."""
        return Counter(chain.from_iterable(passage.runs(RUN_WORDS) for passage in self.passages.values()))

    @cached_property
    def given(self) -> str:
        """All that the caller wrote of the piece: the facts and the subject's own texts, a sheet's not among them."""
        values = self.subject.model_dump(exclude_none=True, exclude={"sheet"}).values()
        texts = (_joined(value) for value in values)
        return "\n".join((*self.facts, *texts))

    @cached_property
    def public(self) -> tuple[Leaf, ...]:
        """The texts that players see."""
        return tuple(leaf for leaf in self.leaves if not leaf.secret)

    @cached_property
    def secrets(self) -> tuple[Leaf, ...]:
        """The texts that only the dungeon master sees."""
        return tuple(leaf for leaf in self.leaves if leaf.secret)

    @cached_property
    def public_shelf(self) -> Shelf:
        """The players' texts to look for statements in."""
        return shelf_of(self.public, self.passages)

    @cached_property
    def fact_matches(self) -> tuple[FactMatch, ...]:
        """Where each required fact is expressed, or comes nearest to it; empty when the structure is wrong."""
        if self.content is None:
            return ()
        marked = any(secret_fact(fact) for fact in self.facts)
        secret = shelf_of(self.secrets if marked else (), self.passages)
        name = self.subject.name or ""
        return tuple(match_fact(fact, name, self.public_shelf, secret) for fact in self.facts)

    @cached_property
    def main(self) -> tuple[Leaf, ...]:
        """The texts of the type's main field, which `length` governs."""
        pointer = self.type.main
        return tuple(leaf for leaf in self.leaves if leaf.path == pointer or leaf.path.startswith(pointer + "/"))


def _joined(value: object) -> str:
    return " ".join(map(str, cast("list[object]", value))) if isinstance(value, list) else str(value)


class Skip(Enum):
    """Why a rule gave no verdict."""

    NOT_APPLICABLE = "not_applicable"
    """The draft has nothing the rule speaks of (no facts were required, no lines were drawn)."""
    NOT_CHECKABLE = "not_checkable"
    """It has, but the input needed is missing (the structure is broken)."""


@dataclass(frozen=True, slots=True)
class Case:
    """A draft for a rule to pass or to fail: a golden sample with some values replaced."""

    type: str
    """Content type whose golden sample (`dnd/content/samples/<type>.json`) is the base."""
    set: Mapping[str, Any] = field(default_factory=dict[str, Any])
    """JSON pointer → new value."""
    facts: tuple[str, ...] = ()
    """In place of the sample's own; empty: those."""
    theme: str = ""
    """In place of the sample's own theme; empty: that."""
    length: Length = Length.FULL
    lines: tuple[str, ...] = ()
    """`policy.lines` in place of the sample's own; empty: those."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What every rule says of itself."""

    id: str
    """Stable: it is the `rule` of findings, and clients store it."""
    title: str
    severity: Severity
    source: str
    """Where the rule comes from: an SRD section, or the page of the contract."""
    prompt: str
    """The line the model is shown, so that prompt and checker cannot disagree. Empty where code alone acts."""
    editions: tuple[Edition, ...] = BOTH

    @property
    def family(self) -> str:
        """The id's two letters, for instance `QU` of `QU3`."""
        return self.id[:2]


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftRule(Rule):
    """A check of a draft as text: `check` yields a finding per fault, or says why it cannot tell."""

    check: Callable[[Draft], Iterable[Finding] | Skip]
    passing: tuple[Case, ...]
    failing: tuple[Case, ...]
