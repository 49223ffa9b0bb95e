"""Findings at a place in a text, and patterns of game terms looked for in all texts."""

import re
from collections.abc import Callable, Iterator, Set
from dataclasses import replace
from functools import cache
from typing import Any, NamedTuple, cast

from dnd.content.fields import Leaf
from dnd.prose.passage import Passage
from dnd.rules.building import Mark, span_of
from dnd.rules.dossier import Dossier, Place
from dnd.rules.finding import Finding, Fix, Severity
from dnd.rules.tables import table
from dnd.srd.edition import BOTH, Edition


class Spot(NamedTuple):
    """One stretch of one text."""

    leaf: Leaf
    start: int
    end: int

    @property
    def text(self) -> str:
        """What stands there."""
        return self.leaf.text[self.start : self.end]


def stated(dossier: Dossier, path: str) -> bool:
    """Whether a text belongs to a document that the caller stated."""
    placed = (dossier.sheet, dossier.block, dossier.item, dossier.encounter)
    return any(entry is not None and entry.place.given and path.startswith(entry.place.base) for entry in placed)


def passage_of(dossier: Dossier, leaf: Leaf) -> Passage:
    """A text as read. A stand-alone item's own text and the one beside it may share a path: then it is read anew."""
    passage = dossier.passages[leaf.path]
    return passage if passage.text == leaf.text else Passage(leaf.text)


def spot_finding(
    mark: Mark,
    dossier: Dossier,
    spot: Spot,
    message: str,
    *,
    expected: str | None = None,
    severity: Severity | None = None,
    corrected: str | None = None,
) -> Finding:
    """One finding at a stretch of text.

    Args:
        mark: of the rule.
        dossier: where the text is from.
        spot: the stretch.
        message: what is wrong, as a sentence.
        expected: what should be there.
        severity: where this fault weighs otherwise than the rule's others.
        corrected: the whole text put right, where there is one way to do so.
    """
    path = spot.leaf.path
    at_text = replace(mark, place=Place(given=stated(dossier, path)))
    return at_text(
        path,
        message,
        span=span_of(spot.leaf.text, spot.start, spot.end),
        expected=expected,
        found=spot.text,
        severity=severity,
        fix=None if corrected is None else Fix(path=path, value=corrected),
    )


def claimed(dossier: Dossier, words: str) -> bool:
    """Whether the caller wrote these words: then they are the caller's own claim."""
    return bool(dossier.given) and words.casefold() in dossier.given.casefold()


def find_spots(dossier: Dossier, pattern: re.Pattern[str], needs: Set[str]) -> Iterator[tuple[Spot, re.Match[str]]]:
    """Every match of a pattern in sentences that have one of the words in `needs`.

    The texts of the caller's own facts are no exception here: see `claimed`.
    """
    if needs.isdisjoint(dossier.vocabulary):
        return
    for leaf in dossier.leaves:
        passage = passage_of(dossier, leaf)
        if needs.isdisjoint(passage.vocabulary):
            continue
        for sentence, (first, last) in zip(passage.sentences, passage.sentence_words, strict=True):
            if not needs.isdisjoint(passage.words[first:last]):
                for match in pattern.finditer(leaf.text, *sentence):
                    yield Spot(leaf, match.start(), match.end()), match


class Term(NamedTuple):
    """One row of `game_terms.yaml`: a term that does not belong where it stands."""

    needs: frozenset[str]
    pattern: re.Pattern[str]
    instead: str
    """What belongs there."""
    editions: tuple[Edition, ...]
    unless: re.Pattern[str] | None
    """Standing in the same sentence, it makes the term a right one."""


@cache
def terms_of_rule(rule: str) -> tuple[Term, ...]:
    """The rows of one rule."""
    return tuple(
        Term(
            needs=frozenset(row["needs"]),
            pattern=re.compile(row["pattern"]),
            instead=row["instead"],
            editions=tuple(edition for edition in BOTH if edition in row.get("editions", BOTH)),
            unless=re.compile(row["unless"]) if "unless" in row else None,
        )
        for row in cast("dict[str, list[dict[str, Any]]]", table("game_terms"))[rule]
    )


@cache
def _needs_of_rule(rule: str) -> frozenset[str]:
    return frozenset[str]().union(*(term.needs for term in terms_of_rule(rule)))


def term_check(message: str) -> Callable[[Mark, Dossier], Iterator[Finding]]:
    """A check for the terms of the rule that runs it.

    Args:
        message: what is wrong; `{found}` and `{instead}` stand for the term and for what belongs there.
    """

    def check(mark: Mark, dossier: Dossier) -> Iterator[Finding]:
        if _needs_of_rule(mark.rule).isdisjoint(dossier.vocabulary):
            return
        for term in terms_of_rule(mark.rule):
            if dossier.edition not in term.editions:
                continue
            for spot, match in find_spots(dossier, term.pattern, term.needs):
                if _excused(term, spot) or claimed(dossier, match[0]):
                    continue
                words = message.format(found=match[0], instead=term.instead)
                yield spot_finding(mark, dossier, spot, words, expected=term.instead)

    return check


def sentence_around(spot: Spot) -> str:
    """The text from the full stop before a stretch to the one behind it."""
    text = spot.leaf.text
    start = max(text.rfind(sign, 0, spot.start) for sign in (". ", "\n", "! ", "? ")) + 1
    ends = [end for sign in (". ", "\n", "! ", "? ") if (end := text.find(sign, spot.end)) >= 0]
    return text[start : min(ends, default=len(text))]


def _excused(term: Term, spot: Spot) -> bool:
    return term.unless is not None and term.unless.search(sentence_around(spot)) is not None
