"""QU2-QU4: nothing is said twice in the same words."""

from collections import Counter
from collections.abc import Iterator

from dnd.content.fields import Leaf
from dnd.prose.passage import Passage
from dnd.rules.building import CONTRACT, Mark, build_rule, span_of
from dnd.rules.finding import Finding, Severity
from dnd.rules.rule import RUN_WORDS, Case, Draft

GRAM = RUN_WORDS
"""Words of a repeated phrase."""
TIMES = 3
"""How often a phrase or an opening stands before it is a repetition."""
_SENTENCE_WORDS = 4
"""Fewest words of a sentence whose repetition counts."""
_OPENING = 3
_QUALITY = CONTRACT + "Content (a failure is never content)"


def _repeated_sentences(mark: Mark, draft: Draft) -> Iterator[Finding]:
    seen: dict[tuple[str, ...], str] = {}
    for leaf in draft.leaves:
        passage = draft.passages[leaf.path]
        for (first, last), sentence in zip(passage.sentence_words, passage.sentences, strict=True):
            if last - first < _SENTENCE_WORDS:
                continue
            words = tuple(passage.words[first:last])
            if words in seen:
                yield mark(
                    leaf.path,
                    f"This sentence stands in {seen[words]} already.",
                    span=span_of(leaf.text, sentence.start, sentence.end),
                    expected="each sentence once",
                    found=leaf.text[sentence.start : sentence.end],
                )
            seen.setdefault(words, leaf.path)


def _repeated_phrases(mark: Mark, draft: Draft) -> Iterator[Finding]:
    counts = draft.runs
    if max(counts.values(), default=0) < TIMES:
        return
    given = " ".join(Passage(draft.given).words)
    places: dict[tuple[str, ...], list[tuple[Leaf, int]]] = {}
    for leaf in draft.leaves:
        for number, gram in enumerate(draft.passages[leaf.path].runs(GRAM)):
            if counts[gram] >= TIMES:
                places.setdefault(gram, []).append((leaf, number))
    told: set[tuple[str, int]] = set()
    for gram, found in places.items():
        if " ".join(gram) in given:
            continue
        leaf, number = found[TIMES - 1]
        fresh = not any((leaf.path, near) in told for near in range(number - GRAM, number + 1))
        told.update((place.path, at) for place, at in found)
        if fresh:
            spans = draft.passages[leaf.path].spans
            yield mark(
                leaf.path,
                f"The phrase “{' '.join(gram)}” stands here for the {TIMES}rd time.",
                span=span_of(leaf.text, spans[number][0], spans[number + GRAM - 1][1]),
                expected=f"fewer than {TIMES} times",
                found=" ".join(gram),
            )


def _repeated_openings(mark: Mark, draft: Draft) -> Iterator[Finding]:
    """Sentences of one top-level field that begin with the same words."""
    counts: Counter[tuple[str, ...]] = Counter()
    for leaf in draft.leaves:
        passage = draft.passages[leaf.path]
        for first, last in passage.sentence_words:
            if last - first <= _OPENING:
                continue
            opening = (leaf.path.split("/")[1], *passage.words[first : first + _OPENING])
            counts[opening] += 1
            if counts[opening] == TIMES:
                yield mark(
                    leaf.path,
                    f"{TIMES} sentences of this field begin with “{' '.join(opening[1:])}”.",
                    span=span_of(leaf.text, passage.spans[first][0], passage.spans[first + _OPENING - 1][1]),
                    expected="sentences that begin in different ways",
                    found=" ".join(opening[1:]),
                )


_TWICE = "The lamp was warm in her hands that night. " * 2

RULES = (
    build_rule(
        id="QU2",
        title="No sentence stands twice",
        severity=Severity.ERROR,
        source=_QUALITY,
        prompt="No sentence stands twice anywhere in the answer.",
        check=_repeated_sentences,
        passing=(Case("npc"),),
        failing=(
            Case("npc", {"/secret": _TWICE}),
            Case("quest", {"/hook": "The bird resigned at last. The bird resigned at last."}),
        ),
    ),
    build_rule(
        id="QU3",
        title="No phrase stands three times",
        severity=Severity.WARNING,
        source=_QUALITY,
        prompt=f"No {GRAM} words in a row stand {TIMES} times.",
        check=_repeated_phrases,
        passing=(Case("plot"),),
        failing=(
            Case(
                "location",
                {
                    "/occupants": [
                        "Ravens on the edge of the broken rim, who count.",
                        "Goats at the edge of the broken rim, who do not.",
                        "Wind off the edge of the broken rim, which never rests.",
                        "One lamp by the edge of the broken rim, unlit.",
                    ]
                },
            ),
        ),
    ),
    build_rule(
        id="QU4",
        title="Sentences begin in different ways",
        severity=Severity.WARNING,
        source=_QUALITY,
        prompt=f"At most {TIMES - 1} sentences of a field begin with the same {_OPENING} words.",
        check=_repeated_openings,
        passing=(Case("personality"),),
        failing=(
            Case(
                "personality",
                {
                    "/traits": [
                        "He always polishes boots.",
                        "He always polishes silver while he thinks.",
                        "He always polishes his answer first.",
                    ]
                },
            ),
        ),
    ),
)
