"""QU14: the answer holds content, not what stands around it: placeholders, the brief, the model's own voice."""

import re
from collections.abc import Iterable, Sequence, Set
from functools import cache
from typing import Any, NamedTuple, cast

from dnd.content.base import ContentType
from dnd.prose.passage import Passage
from dnd.rules.building import CONTRACT, Mark, build_rule, span_of
from dnd.rules.finding import Finding, Severity
from dnd.rules.prompting import render_lines
from dnd.rules.rule import RUN_WORDS, Case, Draft, DraftRule, Rule
from dnd.rules.tables import table

ECHO_WORDS = 7
"""Words in a row of a rule line that are no accident."""


class Echo(NamedTuple):
    """One row of `echoes.yaml`."""

    words: frozenset[str]
    signs: tuple[str, ...]
    pattern: re.Pattern[str]

    def possible_in(self, vocabulary: Set[str], text: str) -> bool:
        """Whether a text with these words may hold it."""
        return not self.words.isdisjoint(vocabulary) or any(sign in text for sign in self.signs)


class _Lines(NamedTuple):
    """The rule lines of a type, in stretches."""

    runs: frozenset[tuple[str, ...]]
    """Of `ECHO_WORDS` words."""
    beginnings: frozenset[tuple[str, ...]]
    """The first `RUN_WORDS` words of each."""


@cache
def _rows() -> tuple[Echo, ...]:
    return tuple(
        Echo(
            words=frozenset(need for need in row["needs"] if need.isalpha()),
            signs=tuple(need for need in row["needs"] if not need.isalpha()),
            pattern=re.compile(row["pattern"]),
        )
        for row in cast("list[dict[str, Any]]", table("echoes"))
    )


def _echoes(mark: Mark, draft: Draft) -> Iterable[Finding]:
    rows = [row for row in _rows() if row.possible_in(draft.vocabulary, draft.text)]
    for leaf in draft.leaves if rows else ():
        vocabulary = draft.passages[leaf.path].vocabulary
        for row in rows:
            if not row.possible_in(vocabulary, leaf.text):
                continue
            for match in row.pattern.finditer(leaf.text):
                if match[0].strip().lower() not in draft.given.lower():
                    yield mark(
                        leaf.path,
                        f"“{match[0].strip()}” is no content.",
                        span=span_of(leaf.text, *match.span()),
                        expected="what belongs in its place",
                        found=match[0],
                    )


def build(rules: Sequence[Rule]) -> tuple[DraftRule, ...]:
    """The rule, which knows the lines of all others: a model that repeats its instructions has written nothing."""
    by_type: dict[str, _Lines] = {}

    def lines_of(type: ContentType) -> _Lines:  # noqa: A002 -- the field's name in the contract
        if type.name not in by_type:
            runs = [run for line in render_lines(rules, type) for run in Passage(line).runs(ECHO_WORDS)]
            by_type[type.name] = _Lines(frozenset(runs), frozenset(run[:RUN_WORDS] for run in runs))
        return by_type[type.name]

    def check(mark: Mark, draft: Draft) -> Iterable[Finding]:
        yield from _echoes(mark, draft)
        lines, beginnings = lines_of(draft.type)
        for leaf in () if beginnings.isdisjoint(draft.runs) else draft.leaves:
            passage = draft.passages[leaf.path]
            first = next((number for number, run in enumerate(passage.runs(ECHO_WORDS)) if run in lines), None)
            if first is not None:
                start, end = passage.spans[first][0], passage.spans[first + ECHO_WORDS - 1][1]
                yield mark(
                    leaf.path,
                    "The text repeats its instructions.",
                    span=span_of(leaf.text, start, end),
                    expected="content",
                    found=leaf.text[start:end],
                )

    return (
        build_rule(
            id="QU14",
            title="No placeholders, no echo of the brief",
            severity=Severity.ERROR,
            source=CONTRACT + "Content (a failure is never content)",
            prompt="No placeholders, no brackets to fill, nothing about this brief, yourself or “your character”.",
            check=check,
            passing=(Case("npc"), Case("npc", {"/voice": "“I am sorry,” he says [softly], and means it."})),
            failing=(
                Case("npc", {"/name": "[NAME]"}),
                Case("npc", {"/voice": "Like {{tone}}, but slower."}),
                Case("npc", {"/secret": "As an AI, I cannot keep this ledger."}),
                Case("npc", {"/wants": "<theme>A mystery</theme> to keep."}),
                Case("npc", {"/wants": "TODO, then insert motive here."}),
                Case("npc", {"/wants": "To make sure that no sentence stands twice anywhere in the answer."}),
            ),
        ),
    )
