"""QU14: the answer holds content, not what stands around it: placeholders, the brief, the model's own voice."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple, cast

from dnd.content.base import ContentType
from dnd.prose.passage import Passage
from dnd.rules.building import CONTRACT, Mark, build_rule, span_of
from dnd.rules.finding import Finding, Severity
from dnd.rules.prompting import render_lines
from dnd.rules.rule import Case, Draft, Rule
from dnd.rules.tables import table

ECHO_WORDS = 7
"""Words in a row of a rule line that are no accident."""


class Echo(NamedTuple):
    """One row of `echoes.yaml`."""

    words: frozenset[str]
    signs: tuple[str, ...]
    pattern: re.Pattern[str]


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
    given = draft.given.lower()
    for leaf in draft.leaves:
        vocabulary = draft.passages[leaf.path].vocabulary
        for row in _rows():
            if row.words.isdisjoint(vocabulary) and not any(sign in leaf.text for sign in row.signs):
                continue
            for match in row.pattern.finditer(leaf.text):
                if match[0].strip().lower() not in given:
                    yield mark(
                        leaf.path,
                        f"“{match[0].strip()}” is no content.",
                        span=span_of(leaf.text, *match.span()),
                        expected="what belongs in its place",
                        found=match[0],
                    )


def build(rules: Sequence[Rule]) -> tuple[Rule, ...]:
    """The rule, which knows the lines of all others: a model that repeats its instructions has written nothing."""
    by_type: dict[str, frozenset[tuple[str, ...]]] = {}

    def lines_of(type: ContentType) -> frozenset[tuple[str, ...]]:  # noqa: A002 -- the field's name in the contract
        if type.name not in by_type:
            lines = render_lines(rules, type)
            by_type[type.name] = frozenset(run for line in lines for run in _runs(Passage(line)))
        return by_type[type.name]

    def check(mark: Mark, draft: Draft) -> Iterable[Finding]:
        yield from _echoes(mark, draft)
        lines = lines_of(draft.type)
        for leaf in draft.leaves:
            passage = draft.passages[leaf.path]
            if not lines.isdisjoint(_runs(passage)):
                first = next(number for number, run in enumerate(_runs(passage)) if run in lines)
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


def _runs(passage: Passage) -> Iterator[tuple[str, ...]]:
    return zip(*(passage.words[shift:] for shift in range(ECHO_WORDS)), strict=False)
