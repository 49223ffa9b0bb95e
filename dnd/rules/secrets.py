"""SE: what only the dungeon master may know stays out of the players' text."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from dnd.content.fields import Leaf
from dnd.prose.lexicon import word_class
from dnd.prose.matching import THRESHOLD, Shelf, find_statement, read_sources
from dnd.prose.passage import Passage
from dnd.prose.statement import Statement, read_statement
from dnd.rules.building import CONTRACT, Mark, build_rule, span_of
from dnd.rules.finding import Finding, Severity
from dnd.rules.locating import secret_fact
from dnd.rules.rule import RUN_WORDS, Case, Draft

MIN_UNITS = 4
"""Words with content that a sentence must have to be a secret that can be told: fewer are anybody's."""
MIN_UNITS_MARKED = 2
"""The same for a fact that the caller marked as secret."""
MANY_UNITS = 6
"""From so many words on, or with a name, a secret may be told over two sentences."""
FEW_SHARE = 0.8
"""Least weighted share of a secret of fewer words in what tells it: more than a fact needs, since the two sides of one
piece speak of the same things."""
RUN = 6
"""Words in a row that the two sides may not share."""
_RUN_CONTENT = 3
POSSIBLE_SHARE = 0.6
"""Least weighted share of a secret's words anywhere on the other side for it to be looked for at all."""
_SPACE = re.compile(r"\s+")


def _told(mark: Mark, draft: Draft) -> Iterator[Finding]:
    """Secret sentences that the players' text says, in the same words or in others."""
    shelf = draft.public_shelf
    facts: Shelf | None = None
    for path, sentence, least in _secret_sentences(draft):
        statement = read_statement(sentence, draft.subject.name or "")
        if len(statement.parts) < least or not _possible(statement, shelf):
            continue
        match = find_statement(statement, shelf, threshold=_threshold(statement), window=_window(statement))
        if not match.expressed or match.source is None:
            continue
        facts = facts or read_sources([("", Passage(fact)) for fact in draft.facts if secret_fact(fact) is None])
        if not find_statement(statement, facts).expressed:
            yield mark(
                match.source.label,
                f"This tells players what {path} keeps for the dungeon master.",
                span=span_of(match.source.reading.passage.text, match.start, match.end),
                expected=f"nothing of: {sentence}",
                found=match.source.reading.passage.text[match.start : match.end],
            )


def _window(statement: Statement) -> int:
    """Sentences over which the secret may be spread: few common words, far apart, are no telling."""
    named = any(not unit.indexed for unit in statement.parts)
    return 2 if named or len(statement.parts) >= MANY_UNITS else 1


def _threshold(statement: Statement) -> float:
    return THRESHOLD if len(statement.parts) >= MANY_UNITS else FEW_SHARE


def _possible(statement: Statement, shelf: Shelf) -> bool:
    """Whether enough of the statement's words stand anywhere in the players' text: saves looking further."""
    words = [unit for unit in statement.parts if unit.indexed]
    total = sum(unit.weight for unit in words)
    there = sum(unit.weight for unit in words if shelf.holds(unit))
    return total > 0 and there >= POSSIBLE_SHARE * total


def _secret_sentences(draft: Draft) -> Iterator[tuple[str, str, int]]:
    """Path, text, and the fewest units that make it worth looking for."""
    for leaf in draft.secrets:
        for start, end in draft.passages[leaf.path].sentences:
            yield leaf.path, leaf.text[start:end], MIN_UNITS
    for fact in draft.facts:
        if (hidden := secret_fact(fact)) is not None:
            yield "the facts", hidden, MIN_UNITS_MARKED


def _copied(mark: Mark, draft: Draft) -> Iterator[Finding]:
    """Six words in a row that stand on both sides."""
    repeated = {run for run, times in draft.runs.items() if times > 1}
    if all(repeated.isdisjoint(draft.passages[leaf.path].runs(RUN_WORDS)) for leaf in draft.secrets):
        return
    runs: dict[tuple[str, ...], str] = {}
    for leaf in draft.secrets:
        for run, _ in _runs(draft.passages[leaf.path]):
            runs.setdefault(run, leaf.path)
    if not runs:
        return
    given = _SPACE.sub(" ", " ".join(Passage(draft.given).words))
    for leaf in draft.public:
        yield from _copies(mark, draft, leaf, runs, given)


def _copies(mark: Mark, draft: Draft, leaf: Leaf, runs: dict[tuple[str, ...], str], given: str) -> Iterator[Finding]:
    passage = draft.passages[leaf.path]
    hits = [(number, runs[run]) for run, number in _runs(passage) if run in runs and " ".join(run) not in given]
    for first, last in _joined([number for number, _ in hits]):
        start, end = passage.spans[first][0], passage.spans[last + RUN - 1][1]
        yield mark(
            leaf.path,
            f"These words stand in {dict(hits)[first]} too, which is for the dungeon master alone.",
            span=span_of(leaf.text, start, end),
            expected="other words, or nothing of it",
            found=leaf.text[start:end],
        )


def _joined(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last of each stretch of neighbouring numbers."""
    if not numbers:
        return
    first = numbers[0]
    for one, following in pairwise(numbers):
        if following > one + 1:
            yield first, one
            first = following
    yield first, numbers[-1]


def _runs(passage: Passage) -> Iterator[tuple[tuple[str, ...], int]]:
    words, function = passage.words, word_class("function")
    content = [word not in function for word in words]
    for number in range(len(words) - RUN + 1):
        if sum(content[number : number + RUN]) >= _RUN_CONTENT:
            yield tuple(words[number : number + RUN]), number


_LEAK = "It was Pim who moved two of the marker stones, as a prank, a week before the fog."

RULES = (
    build_rule(
        id="SE1",
        title="No secret is told to the players",
        severity=Severity.ERROR,
        source=CONTRACT + "Content (`player_view`: no secrets)",
        prompt="Players never see {secrets}. Nothing said there may be said or plainly hinted at in any other field.",
        check=_told,
        passing=(Case("backstory"), Case("npc")),
        failing=(
            Case("backstory", {"/hooks/0": _LEAK}),
            Case("item", {"/history": "When it sounds ten nights running, its owner forgets the name of a home."}),
        ),
    ),
    build_rule(
        id="SE2",
        title="No words of a secret stand in the players' text",
        severity=Severity.ERROR,
        source=CONTRACT + "Content (`player_view`: no secrets)",
        prompt="Use other words in {secrets} than in the fields for players: no six words in a row alike.",
        check=_copied,
        passing=(Case("location"),),
        failing=(Case("quest", {"/hook": "They say he was ruled out of order nine times."}),),
    ),
)
