"""Small tools that every family of rules builds with."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from dnd.rules.dossier import Place
from dnd.rules.finding import Finding, Fix, Severity, Span
from dnd.rules.rule import Case, Draft, DraftRule, Skip

_WHOLE = Place()

CONTRACT = "Service contract, "
"""Beginning of the source of rules that our own contract page sets."""


_UNSET: Any = object()


@dataclass(frozen=True, slots=True)
class Mark:
    """Makes the findings of one rule, so that id, severity and source are written once."""

    rule: str
    severity: Severity
    source: str
    place: Place = _WHOLE

    def __call__(
        self,
        path: str,
        message: str,
        *,
        span: Span | None = None,
        expected: str | None = None,
        found: str | None = None,
        fix: Fix | None = None,
        correct: Any = _UNSET,  # noqa: ANN401 -- any JSON value
        severity: Severity | None = None,
    ) -> Finding:
        """One finding.

        Args:
            path: JSON pointer into what the rule reads.
            message: what is wrong, as a sentence.
            span: the stretch of text, where it is in a text.
            expected: what should be there.
            found: what is there.
            fix: the mend, where it is another than `correct`.
            correct: the one right value of `path`, where there is only one.
            severity: only where one fault of the rule weighs otherwise than the rest.
        """
        where = self.place.pointer(path)
        if correct is not _UNSET:
            fix = Fix(path=where, value=correct)
        weight = severity or self.severity
        if self.place.given:
            fix = None
            weight = Severity.WARNING if weight is Severity.ERROR else weight
        return Finding(
            rule=self.rule,
            severity=weight,
            path=where,
            span=span,
            message=message,
            expected=expected,
            found=found,
            source=self.source,
            fix=fix,
        )


Check = Callable[[Mark, Draft], Iterable[Finding] | Skip]


def build_rule(
    *,
    id: str,  # noqa: A002 -- the field's name in findings
    title: str,
    severity: Severity,
    source: str,
    check: Check,
    passing: tuple[Case, ...],
    failing: tuple[Case, ...],
    prompt: str = "",
    raw: bool = False,
) -> DraftRule:
    """A rule whose check is handed the means to make its findings.

    Args:
        id: stable id, family letters and a number.
        title: what it checks, in a few words.
        severity: of its findings.
        source: where it comes from.
        check: yields the findings.
        passing: drafts that it passes.
        failing: drafts that it fails.
        prompt: the line that the model is shown; may hold the fields of `dnd.rules.prompting`.
        raw: whether it can judge a draft whose structure is wrong; the others then say that they cannot.
    """
    mark = Mark(id, severity, source)

    def run(draft: Draft) -> Iterable[Finding] | Skip:
        if draft.content is None and not raw:
            return Skip.NOT_CHECKABLE
        return check(mark, draft)

    return DraftRule(
        id=id,
        title=title,
        severity=severity,
        source=source,
        prompt=prompt,
        check=run,
        passing=passing,
        failing=failing,
    )


def span_of(text: str, start: int, end: int) -> Span:
    """The stretch `text[start:end]`."""
    return Span(start=start, end=end, text=text[start:end])


def pointer(*parts: str | int) -> str:
    """A JSON pointer (RFC 6901) from its unescaped parts."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)


def shorten(value: object, limit: int = 120) -> str:
    """A value as text for a finding, cut to `limit` characters."""
    text = value if isinstance(value, str) else repr(value)
    return text if len(text) <= limit else text[: limit - 1] + "…"
