"""The loop's decisions, as pure functions of what has happened: what to do next, with what budget, and when to stop."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from dnd.content.base import ContentType
from dnd.content.fields import code_owned
from dnd.content.request import Policy
from dnd.content.result import Attempt, Status, StopReason, Usage
from dnd.errors import ModelOutputError
from dnd.rules import rule
from dnd.rules.finding import Finding, Report
from providers.text import TextModel

MIN_ANSWER_TOKENS = 600
"""Below this an answer with the fields of any type is cut before it ends (shortest golden sample: about 350)."""
RESTORES = "ME1"
"""The rule whose fix puts back what code computed."""
MAX_CODE_PASSES = 3
"""Fixes by code in a row for one answer; fixes reach a fixed point in two (property test of the rules)."""
CHARS_PER_TOKEN = 3.5
"""English prose has about 4 characters a token; 3.5 errs on the dear side, since it guards a cap."""


@dataclass(frozen=True, slots=True)
class RepairPlan:
    """What to ask the model for."""

    kind: Literal["repair", "regenerate"]
    fields: tuple[str, ...] | None
    """Top-level fields to rewrite, in the model's order; None for everything."""
    findings: tuple[Finding, ...]
    """What the model is told."""


def unusable(reason: str) -> Report:
    """The report on an answer that holds no content: the structure rule failed, nothing else could be checked."""
    structure = rule("ST1")
    finding = Finding(
        rule=structure.id,
        severity=structure.severity,
        path="",
        message=f"The answer could not be used: {reason}",
        source=structure.source,
    )
    return Report(findings=[finding], outcomes={structure.id: "failed"}, scores={structure.family: 0.0})


def stop_reason(trace: Sequence[Attempt], report: Report, policy: Policy) -> StopReason | None:
    """Why the loop ends now, or None when it goes on. `report` is that of the latest usable draft."""
    last = trace[-1]
    if last.failure is None and not report.errors:
        return StopReason.ACCEPTED
    if last.failure in {"refused", "filtered"}:
        return StopReason.REFUSED
    if _no_progress(trace):
        return StopReason.NO_PROGRESS
    if last.attempt >= policy.max_attempts:
        return StopReason.ATTEMPT_CAP
    return None


def _no_progress(trace: Sequence[Attempt]) -> bool:
    """True when the two latest answers failed in the same way: the same failure, or the same errors."""
    ends = {entry.attempt: entry for entry in trace}
    if len(ends) < 2:
        return False
    before, last = (ends[number] for number in sorted(ends)[-2:])
    if before.failure or last.failure:
        return before.failure == last.failure
    return _errors(before) == _errors(last)


def _errors(entry: Attempt) -> set[tuple[str, str, str | None]]:
    return {finding.identity() for finding in entry.findings if finding.severity == "error"}


def plan_repair(
    kind: ContentType, trace: Sequence[Attempt], draft: dict[str, Any] | None, report: Report
) -> RepairPlan:
    """A targeted repair of the failing fields; everything again when too much is wrong or a repair did not help."""
    if draft is None:
        return RepairPlan("regenerate", None, tuple(report.findings))
    names = {_field_of(finding, kind) for finding in report.errors}
    asked = [name for name in kind.model.model_fields if name not in code_owned(kind.model)]
    fields = tuple(name for name in asked if name in names)
    told = tuple(finding for finding in report.findings if _field_of(finding, kind) in names)
    repaired_before = any(entry.kind == "repair" for entry in trace)
    too_much = len(fields) * 2 > len(asked)
    if repaired_before or too_much or not fields:
        return RepairPlan("regenerate", None, told or tuple(report.findings))
    return RepairPlan("repair", fields, told)


def _field_of(finding: Finding, kind: ContentType) -> str:
    """The top-level field a finding is about; the main field when it is about the whole."""
    return (finding.path or kind.main).split("/")[1]


def answer_budget(model: TextModel, policy: Policy, usage: Usage, *, prompt_chars: int, max_tokens: int) -> int | None:
    """Tokens the next answer may take so that even a full one stays within `max_cost_usd`.

    Returns:
        `max_tokens` without a cap; less under one; None when no sensible answer fits any more.
    """
    if policy.max_cost_usd is None:
        return max_tokens
    token_price = model.price(input_tokens=0, output_tokens=1_000_000) / 1_000_000
    if token_price == 0:
        return max_tokens
    question = model.price(input_tokens=round(prompt_chars / CHARS_PER_TOKEN), output_tokens=0)
    affordable = int((policy.max_cost_usd - usage.cost_usd - question) / token_price)
    return None if affordable < MIN_ANSWER_TOKENS else min(max_tokens, affordable)


def failed(failure: ModelOutputError) -> dict[str, Any]:
    """The trace fields of an answer that could not be used."""
    return {"failure": failure.reason, "detail": failure.detail}


def settle(trace: Sequence[Attempt], reason: StopReason) -> list[Attempt]:
    """The trace as it is published: each finding says who fixed it, the last entry says why the loop ended."""
    settled: list[Attempt] = []
    for index, entry in enumerate(trace):
        after = next((later for later in trace[index + 1 :] if later.failure is None), None)
        if after is None:
            settled.append(entry)
            continue
        left = {finding.identity() for finding in after.findings}
        by = "code" if after.kind == "code_fix" else "model"
        findings = [
            finding if finding.identity() in left else finding.model_copy(update={"fixed_by": by})
            for finding in entry.findings
        ]
        settled.append(entry.model_copy(update={"findings": findings}))
    settled[-1] = settled[-1].model_copy(update={"ended": reason})
    return settled


def final_status(reason: StopReason, report: Report) -> Status:
    """What the result may call itself."""
    if reason is StopReason.REFUSED or any(finding.rule.startswith("PO") for finding in report.errors):
        return Status.REJECTED
    if reason is not StopReason.ACCEPTED:
        return Status.NEEDS_REVIEW
    return Status.ACCEPTED_WITH_WARNINGS if report.warnings else Status.ACCEPTED


def first_fixes(findings: Sequence[Finding]) -> list[Finding]:
    """What code mends first: a computed number that was changed before others that were judged by it."""
    restoring = [finding for finding in findings if finding.rule == RESTORES and finding.fix]
    return restoring or list(findings)


def code_can_fix(state: Mapping[str, Any]) -> bool:
    """Whether the draft has findings that code can mend, and mending them still changes something."""
    draft, trace = state["draft"], state["trace"]
    if draft is None or trace[-1].failure is not None or not any(f.fix for f in draft["report"].findings):
        return False
    passes = [entry for entry in trace if entry.attempt == trace[-1].attempt and entry.kind == "code_fix"]
    return len(passes) < MAX_CODE_PASSES and (not passes or bool(passes[-1].changed))
