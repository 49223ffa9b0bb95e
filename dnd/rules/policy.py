"""PO: what the caller's table does not want to meet is nowhere, not even in the dungeon master's text."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import Any, NamedTuple, cast

from dnd.content.fields import Leaf
from dnd.prose.passage import Passage
from dnd.prose.stems import stem
from dnd.prose.terms import Hit, Terms
from dnd.rules.building import CONTRACT, Mark, build_rule, span_of
from dnd.rules.finding import Finding, Severity
from dnd.rules.rule import Case, Draft, Skip
from dnd.rules.tables import table

WINDOW = 8
"""Words within which all words of a boundary that no table knows must stand to bring it in."""
_PARTS = re.compile(r"[,;/&]|\b(?:and|or)\b", re.IGNORECASE)


class Topic(NamedTuple):
    """One subject of `lines.yaml`."""

    name: str
    asked: tuple[frozenset[str], ...]
    words: Terms
    pairs: tuple[Terms, Terms] | None


class Boundary(NamedTuple):
    """One part of a caller's boundary: a known topic, or words of its own."""

    topic: Topic | None
    own: frozenset[str]
    """Stems that must stand together."""


@cache
def _little() -> frozenset[str]:
    """Words of a boundary that say nothing of its subject."""
    return frozenset(cast("dict[str, list[str]]", table("words"))["little"])


@cache
def _topics() -> tuple[Topic, ...]:
    rows = cast("Mapping[str, Mapping[str, Any]]", table("lines"))
    return tuple(
        Topic(
            name=name,
            asked=tuple(_subject(entry) for entry in row["asked"]),
            words=Terms(tuple(row["words"])),
            pairs=(Terms(tuple(row["pairs"][0])), Terms(tuple(row["pairs"][1]))) if "pairs" in row else None,
        )
        for name, row in rows.items()
    )


def _subject(text: str) -> frozenset[str]:
    """Stems of the words of a boundary that carry its subject."""
    return frozenset(stem(word) for word in Passage(text).words if word not in _little())


@lru_cache(maxsize=1024)
def read_boundary(text: str) -> tuple[Boundary, ...]:
    """A boundary as the caller wrote it, taken apart at commas, `and` and `or`."""
    found: list[Boundary] = []
    for part in _PARTS.split(text):
        stems = _subject(part)
        topics = [topic for topic in _topics() if any(asked <= stems for asked in topic.asked)]
        found.extend(Boundary(topic, frozenset()) for topic in topics)
        if stems and not topics:
            found.append(Boundary(None, stems))
    return tuple(found)


def _crossed(mark: Mark, draft: Draft) -> Iterable[Finding] | Skip:
    return _crossings(mark, draft) if draft.policy.lines else Skip.NOT_APPLICABLE


def _crossings(mark: Mark, draft: Draft) -> Iterator[Finding]:
    for line in draft.policy.lines:
        for boundary in read_boundary(line):
            for leaf in draft.leaves if _possible(draft, boundary) else ():
                yield from _in_leaf(mark, draft, leaf, line, boundary)


def _possible(draft: Draft, boundary: Boundary) -> bool:
    topic = boundary.topic
    if topic is None:
        return boundary.own <= draft.vocabulary
    paired = topic.pairs is not None and all(terms.possible_in(draft.vocabulary) for terms in topic.pairs)
    return paired or topic.words.possible_in(draft.vocabulary)


def _in_leaf(mark: Mark, draft: Draft, leaf: Leaf, line: str, boundary: Boundary) -> Iterator[Finding]:
    passage = draft.passages[leaf.path]
    for start, end in sorted(set(_places(passage, boundary))):
        yield mark(
            leaf.path,
            f"“{leaf.text[start:end]}” touches the boundary “{line}”.",
            span=span_of(leaf.text, start, end),
            expected=f"nothing of: {line}",
            found=leaf.text[start:end],
        )


def _places(passage: Passage, boundary: Boundary) -> Iterator[tuple[int, int]]:
    topic = boundary.topic
    if topic is None:
        yield from _together(passage, boundary.own)
        return
    for hit in topic.words.find(passage):
        yield hit.start, hit.end
    if topic.pairs:
        first, second = (list(terms.find(passage)) for terms in topic.pairs)
        yield from _pairs(passage, first, second)


def _pairs(passage: Passage, first: list[Hit], second: list[Hit]) -> Iterator[tuple[int, int]]:
    """From a word of one list to the nearest of the other within a sentence."""
    if not first or not second:
        return
    for start, end in passage.sentences:
        here = [hit for hit in first if start <= hit.start < end]
        there = [hit for hit in second if start <= hit.start < end]
        if here and there:
            one, other = min(((a, b) for a in here for b in there), key=lambda pair: abs(pair[0].word - pair[1].word))
            yield min(one.start, other.start), max(one.end, other.end)


def _together(passage: Passage, wanted: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Stretches of a few words that hold all words of a boundary."""
    stems = passage.stems
    if not wanted.issubset(stems):
        return
    number = 0
    while number < len(stems):
        if stems[number] in wanted:
            reach = stems[number : number + WINDOW + len(wanted) - 1]
            if wanted.issubset(reach):
                last = number + max(reach.index(word) for word in wanted)
                yield passage.spans[number][0], passage.spans[last][1]
                number = last
        number += 1


RULES = (
    build_rule(
        id="PO1",
        title="Nothing touches the caller's boundaries",
        severity=Severity.ERROR,
        source=CONTRACT + "Content (`policy.lines`)",
        prompt="What the boundaries name appears nowhere, not even as a hint, in {secrets} or in a comparison.",
        check=_crossed,
        passing=(
            Case("backstory"),
            Case("backstory", {"/hooks/0": "The children of the Tor still sing her tide song."}),
            Case("npc", lines=("bright purple umbrellas",)),
        ),
        failing=(
            Case("backstory", {"/hooks/0": "A cobweb over the door hides the name of the forger."}),
            Case("backstory", {"/secret": "The boy was drowned in the marsh, and she held the lamp."}),
            Case("location", {"/danger": "The torturer's tools still hang in the cellar, oiled and sharp."}),
            Case("npc", {"/voice": "Bright as a purple silk umbrella in the rain."}, lines=("purple umbrellas",)),
        ),
    ),
)
