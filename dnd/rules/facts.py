"""FA: what the caller said must be so stands in the text.

A fact counts when the players' text expresses it. The dungeon master's text does not count, since players would never
learn it, unless the caller marks the fact as secret (`Secret: ...` or `DM only: ...`): then it must stand in the
dungeon master's text, and the `SE` rules keep it out of the players'.
"""

from collections.abc import Iterable, Iterator

from dnd.content.fields import Kind
from dnd.rules.building import CONTRACT, Mark, build_rule, span_of
from dnd.rules.finding import FactReport, Finding, Severity
from dnd.rules.locating import FactMatch
from dnd.rules.rule import Case, Draft, Skip


def fact_reports(draft: Draft) -> list[FactReport]:
    """Each required fact with where it is expressed, or comes nearest to it."""
    return [_report(entry) for entry in draft.fact_matches]


def _report(entry: FactMatch) -> FactReport:
    match, source = entry.match, entry.match.source
    return FactReport(
        fact=entry.fact,
        expressed=match.expressed,
        score=min(1.0, match.score),
        path=source.label if source else None,
        span=span_of(source.reading.passage.text, match.start, match.end) if source else None,
        missing=list(match.missing),
    )


def _expressed(mark: Mark, draft: Draft) -> Iterable[Finding] | Skip:
    return _missing(mark, draft) if draft.facts else Skip.NOT_APPLICABLE


def _missing(mark: Mark, draft: Draft) -> Iterator[Finding]:
    for entry in draft.fact_matches:
        match = entry.match
        if match.expressed:
            continue
        why = match.contradiction or ("not found: " + ", ".join(match.missing) if match.missing else None)
        path = _place(draft, entry)
        here = match.source is not None and match.source.label == path
        yield mark(
            path,
            f"The fact “{entry.fact}” is not expressed" + (f" ({why})." if why else "."),
            span=_report(entry).span if here else None,
            expected=f"a sentence that says: {entry.fact}",
            found=match.contradiction,
        )


def _place(draft: Draft, entry: FactMatch) -> str:
    """Where to mend it: the sentence that contradicts it, or the prose that nearly says it; else the main field."""
    kinds = {leaf.path: leaf.kind for leaf in draft.leaves}
    source = entry.match.source
    if source and (entry.match.contradiction or kinds[source.label] is Kind.PROSE):
        return source.label
    if not entry.secret:
        return draft.type.main
    prose = [leaf.path for leaf in draft.secrets if leaf.kind is Kind.PROSE]
    return prose[0] if prose else next((leaf.path for leaf in draft.secrets), draft.type.main)


RULES = (
    build_rule(
        id="FA1",
        title="Each required fact is expressed",
        severity=Severity.ERROR,
        source=CONTRACT + "Content (`facts`)",
        prompt=(
            "State each numbered fact in the text for players, its names and numbers unchanged, as something that is "
            "so: not denied, dreamed or supposed. A fact that begins with “Secret:” goes into {secrets} only."
        ),
        check=_expressed,
        passing=(
            Case("backstory"),
            Case("backstory", facts=("Her teacher Aldous Wren disappeared in the fens nine years ago.",)),
            Case("npc", facts=("Secret: He cut out the true entry for the Marigold.",)),
        ),
        failing=(
            Case("backstory", facts=("Her mentor Aldous Wren vanished in the marsh ten winters ago.",)),
            Case("backstory", facts=("Her mentor Aldous Crane vanished in the marsh nine winters ago.",)),
            Case("backstory", facts=("Pim once killed a dragon with a borrowed spoon.",)),
            Case("npc", facts=("His sister was listed among the passengers of the Marigold.",)),
        ),
    ),
)
