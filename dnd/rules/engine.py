"""Running the rules over a draft."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, cast

from pydantic import ValidationError

from dnd.content.base import ContentType, Length
from dnd.content.fields import Content
from dnd.content.request import Policy
from dnd.content.subject import Subject
from dnd.rules.finding import FactReport, Finding, Report, Severity
from dnd.rules.rule import Draft, Edition, Rule, Skip
from dnd.themes.contract import ThemeContract

Outcome = Literal["passed", "failed", "not_applicable", "not_checkable"]


def parse_draft(
    type: ContentType,  # noqa: A002 -- the field's name in the contract
    raw: object,
    *,
    subject: Subject,
    contract: ThemeContract,
    facts: Sequence[str] = (),
    length: Length = Length.FULL,
    edition: Edition = "5.2",
    policy: Policy | None = None,
) -> Draft:
    """The draft that `raw`, any JSON value, makes; its `content` is None when `raw` does not fit the type's model."""
    values: Mapping[str, Any] = cast("Mapping[str, Any]", raw) if isinstance(raw, Mapping) else {}
    return Draft(
        type=type,
        raw=values,
        content=_content(type, values),
        subject=subject,
        contract=contract,
        facts=tuple(facts),
        length=length,
        edition=edition,
        policy=policy or Policy(),
    )


def _content(type: ContentType, values: Mapping[str, Any]) -> Content | None:  # noqa: A002 -- as above
    try:
        return type.model.model_validate(values, strict=True)
    except ValidationError:
        return None


def run_rules(rules: Iterable[Rule], draft: Draft, facts: Sequence[FactReport]) -> Report:
    """The report of all rules of the draft's edition.

    A rule has failed when it has an error or a warning: information is told and counted nowhere. A family's score is
    passed / (passed + failed); coverage is the share of applicable rules that could be checked.
    """
    findings: list[Finding] = []
    outcomes: dict[str, Outcome] = {}
    verdicts: dict[str, list[Outcome]] = {}
    for rule in rules:
        if draft.edition not in rule.editions:
            continue
        said = rule.check(draft)
        own = [] if isinstance(said, Skip) else list(said)
        findings.extend(own)
        outcome = said.value if isinstance(said, Skip) else _outcome(own)
        outcomes[rule.id] = outcome
        verdicts.setdefault(rule.family, []).append(outcome)
    counts = Counter(outcomes.values())
    checked = counts["passed"] + counts["failed"]
    applicable = checked + counts["not_checkable"]
    return Report(
        findings=sorted(findings, key=_place),
        facts=list(facts),
        scores={
            family: round(own.count("passed") / total, 4)
            for family, own in verdicts.items()
            if (total := own.count("passed") + own.count("failed"))
        },
        coverage=round(checked / applicable, 4) if applicable else 0.0,
        outcomes=outcomes,
    )


def _outcome(findings: Iterable[Finding]) -> Outcome:
    weighty = any(finding.severity is not Severity.INFO for finding in findings)
    return "failed" if weighty else "passed"


def _place(finding: Finding) -> tuple[str, str, int, str]:
    return (finding.path, finding.rule, finding.span.start if finding.span else -1, finding.message)
