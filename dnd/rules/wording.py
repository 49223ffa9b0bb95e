"""QU12-QU13: no worn-out names, no worn-out phrases."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import cast

from dnd.content.fields import Kind
from dnd.prose.passage import Passage
from dnd.prose.terms import Terms
from dnd.rules.building import CONTRACT, Mark, build_rule, span_of
from dnd.rules.finding import Finding, Severity
from dnd.rules.rule import Case, Draft
from dnd.rules.tables import table

_SOURCE = CONTRACT + "Content (worth reading)"


@cache
def _worn_names() -> frozenset[str]:
    rows = cast("dict[str, list[str]]", table("names"))
    return frozenset(name.lower() for row in rows.values() for name in row if " " not in name)


@cache
def _worn_phrases(file: str, row: str) -> Terms:
    rows = cast("dict[str, list[str]]", table(file))
    return Terms(tuple(entry for entry in rows[row] if " " in entry))


def _names(mark: Mark, draft: Draft) -> Iterator[Finding]:
    """A worn name is an error when it is the piece's own main name, which everything else will repeat."""
    if _worn_names().isdisjoint(draft.vocabulary):
        return
    worn = _worn_names() - frozenset(Passage(draft.given).words)
    title = " ".join(
        leaf.text.lower() for leaf in draft.public if leaf.kind is Kind.NAME and leaf.path in {"/name", "/giver"}
    )
    main = frozenset(Passage(title).words)
    for leaf in draft.leaves:
        passage = draft.passages[leaf.path]
        if worn.isdisjoint(passage.vocabulary):
            continue
        for number, word in enumerate(passage.words):
            start, end = passage.spans[number]
            if word not in worn or not leaf.text[start].isupper():
                continue
            yield mark(
                leaf.path,
                f"The name “{leaf.text[start:end]}” has been given to half of all characters.",
                span=span_of(leaf.text, start, end),
                expected="a name of its own, the same wherever it stands",
                found=leaf.text[start:end],
                severity=Severity.ERROR if word in main else None,
            )


def _phrases(mark: Mark, draft: Draft) -> Iterable[Finding]:
    stock, places = _worn_phrases("phrases", "stock"), _worn_phrases("names", "family")
    possible = [terms for terms in (stock, places) if terms.possible_in(draft.vocabulary)]
    for leaf in draft.leaves:
        for terms in possible:
            for hit in terms.find(draft.passages[leaf.path]):
                if not any(given.term == hit.term for given in terms.find(Passage(draft.given))):
                    yield mark(
                        leaf.path,
                        f"“{leaf.text[hit.start : hit.end]}” is a worn phrase.",
                        span=span_of(leaf.text, hit.start, hit.end),
                        expected="something a reader can see",
                        found=leaf.text[hit.start : hit.end],
                    )


RULES = (
    build_rule(
        id="QU12",
        title="No worn-out names",
        severity=Severity.WARNING,
        source=_SOURCE,
        prompt=(
            "Names that you make up are unusual and easy to say; none of Elara, Lyra, Kael, Thorne, Seraphina, Eldrin, "
            "Aldric, Blackwood, Ravenwood, Whisperwind, Shadowmere, Ironforge, Nightshade and their like."
        ),
        check=_names,
        passing=(
            Case("npc"),
            Case("backstory", {"/hooks/0": "Elara knows the forger."}, facts=("Elara is her aunt.",)),
        ),
        failing=(
            Case("npc", {"/name": "Elara Penhallow"}),
            Case("backstory", {"/hooks/0": "The lord of Shadowmere collects what the dead have written."}),
        ),
    ),
    build_rule(
        id="QU13",
        title="No worn-out phrases",
        severity=Severity.INFO,
        source=_SOURCE,
        prompt="No stock phrases such as “a testament to”, “sent shivers down”, “shrouded in mystery”.",
        check=_phrases,
        passing=(Case("npc"),),
        failing=(Case("npc", {"/wants": "To leave a book that is a testament to his patience."}),),
    ),
)
