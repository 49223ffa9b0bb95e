"""Locating statements in the texts of a draft."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from dnd.content.fields import Kind, Leaf
from dnd.prose.matching import Match, Shelf, Source, find_statement
from dnd.prose.passage import Passage
from dnd.prose.reading import Reading
from dnd.prose.statement import read_statement

_SECRET = re.compile(r"\s*(?:secret|dm[ -]only|for the dm)\s*[:–—-]\s*", re.IGNORECASE)
_CONTEXT_WORDS = 12
"""Longest field of a list's entry that is read together with its neighbours (a name, a relation)."""


class FactMatch(NamedTuple):
    """A required fact and the stretch that expresses it or comes nearest."""

    fact: str
    """As the caller gave it."""
    secret: bool
    """Marked by the caller as for the dungeon master alone."""
    match: Match


def secret_fact(fact: str) -> str | None:
    """The fact without its mark when the caller marked it as secret, otherwise None."""
    mark = _SECRET.match(fact)
    return fact[mark.end() :] if mark else None


def shelf_of(leaves: Sequence[Leaf], passages: Mapping[str, Passage]) -> Shelf:
    """Texts to look for statements in. The fields of one entry (name, relation, detail) are read together."""
    entries: dict[str, list[Leaf]] = {}
    for leaf in leaves:
        parent = leaf.path.rpartition("/")[0]
        if parent.rpartition("/")[2].isdecimal():
            entries.setdefault(parent, []).append(leaf)
    sources: list[Source] = []
    for leaf in leaves:
        siblings = [other.text for other in entries.get(leaf.path.rpartition("/")[0], ()) if other is not leaf]
        short = [text for text in siblings if len(text.split()) <= _CONTEXT_WORDS]
        context = Reading(Passage(". ".join(short))) if short and leaf.kind is not Kind.NAME else None
        sources.append(Source(leaf.path, Reading(passages[leaf.path]), context))
    return Shelf(sources)


def match_fact(fact: str, subject: str, public: Shelf, secret: Shelf) -> FactMatch:
    """Where a fact is expressed: in `public` texts, or in `secret` ones when it is marked so."""
    hidden = secret_fact(fact)
    match = find_statement(read_statement(hidden or fact, subject), public if hidden is None else secret)
    return FactMatch(fact, hidden is not None, match)
