"""The loop's decisions one by one, without a model."""

from dataclasses import dataclass
from typing import Literal

import pytest

from dnd.content import content_type
from dnd.content.request import Policy
from dnd.content.result import Attempt, Status, StopReason, Usage
from dnd.rules.finding import Finding, Report, Severity
from graphs.loop import answer_budget, final_status, plan_repair, settle, stop_reason, unusable
from providers.text import TextAnswer, TextCall

BACKSTORY = content_type("backstory")
POLICY = Policy()


def finding(
    rule: str = "QU1", path: str = "/story", severity: Severity = Severity.ERROR, found: str | None = None
) -> Finding:
    return Finding(rule=rule, severity=severity, path=path, message="wrong", source="test", found=found)


Kind = Literal["generate", "repair", "regenerate", "code_fix"]


def attempt(number: int, kind: Kind = "generate", *findings: Finding, failure: str | None = None) -> Attempt:
    return Attempt.model_validate({"attempt": number, "kind": kind, "findings": list(findings), "failure": failure})


@dataclass
class Priced:
    """A model that is only asked for its price: 1 USD per million tokens in, 10 out."""

    async def answer(self, call: TextCall) -> TextAnswer:
        raise AssertionError(f"nothing may be asked here: {call.schema_name}")

    def price(self, *, input_tokens: int, output_tokens: int) -> float:
        return (input_tokens + 10 * output_tokens) / 1_000_000


def test_content_without_errors_is_accepted() -> None:
    assert stop_reason([attempt(1)], Report(), POLICY) is StopReason.ACCEPTED


def test_warnings_do_not_keep_the_loop_going() -> None:
    report = Report(findings=[finding(severity=Severity.WARNING)])
    assert stop_reason([attempt(1)], report, POLICY) is StopReason.ACCEPTED
    assert final_status(StopReason.ACCEPTED, report) is Status.ACCEPTED_WITH_WARNINGS


def test_errors_below_the_cap_let_the_loop_go_on() -> None:
    report = Report(findings=[finding()])
    assert stop_reason([attempt(1, "generate", finding())], report, POLICY) is None


@pytest.mark.parametrize("cap", [1, 2, 3, 5])
def test_the_attempt_cap_ends_the_loop(cap: int) -> None:
    trace = [attempt(number, "repair", finding(found=str(number))) for number in range(1, cap + 1)]
    report = Report(findings=[finding()])
    assert stop_reason(trace, report, Policy(max_attempts=cap)) is StopReason.ATTEMPT_CAP
    assert stop_reason(trace[:-1] or [attempt(1, "generate", finding())], report, Policy(max_attempts=5)) is None


def test_the_same_errors_twice_are_no_progress() -> None:
    trace = [attempt(1, "generate", finding()), attempt(2, "repair", finding())]
    assert stop_reason(trace, Report(findings=[finding()]), POLICY) is StopReason.NO_PROGRESS


def test_other_errors_are_progress() -> None:
    trace = [attempt(1, "generate", finding()), attempt(2, "repair", finding("TH2"))]
    assert stop_reason(trace, Report(findings=[finding("TH2")]), POLICY) is None


def test_no_progress_compares_the_ends_of_attempts_not_passes_of_code() -> None:
    trace = [
        attempt(1, "generate", finding(), finding("QU4")),
        attempt(1, "code_fix", finding()),
        attempt(2, "repair", finding()),
    ]
    assert stop_reason(trace, Report(findings=[finding()]), POLICY) is StopReason.NO_PROGRESS


def test_the_same_failure_twice_is_no_progress() -> None:
    trace = [attempt(1, failure="unusable"), attempt(2, "regenerate", failure="unusable")]
    assert stop_reason(trace, unusable("no JSON"), POLICY) is StopReason.NO_PROGRESS


@pytest.mark.parametrize("failure", ["refused", "filtered"])
def test_a_refusal_is_final_and_rejected(failure: str) -> None:
    assert stop_reason([attempt(1, failure=failure)], unusable("declined"), POLICY) is StopReason.REFUSED
    assert final_status(StopReason.REFUSED, unusable("declined")) is Status.REJECTED


def test_a_crossed_boundary_is_rejected_and_never_merely_reviewed() -> None:
    report = Report(findings=[finding("PO1")])
    assert final_status(StopReason.ATTEMPT_CAP, report) is Status.REJECTED


@pytest.mark.parametrize("reason", [r for r in StopReason if r not in {StopReason.ACCEPTED, StopReason.REFUSED}])
def test_no_other_end_is_ever_called_accepted(reason: StopReason) -> None:
    assert final_status(reason, Report()) is Status.NEEDS_REVIEW


def test_a_repair_asks_only_for_the_failing_fields_in_the_models_order() -> None:
    report = Report(
        findings=[finding(path="/hooks/0"), finding(path="/summary"), finding("QU9", "/title", Severity.INFO)]
    )
    plan = plan_repair(BACKSTORY, [attempt(1)], {"story": "x"}, report)
    assert (plan.kind, plan.fields) == ("repair", ("summary", "hooks"))
    assert {told.path for told in plan.findings} == {"/hooks/0", "/summary"}


def test_a_finding_about_the_whole_is_repaired_in_the_main_field() -> None:
    plan = plan_repair(BACKSTORY, [attempt(1)], {"story": "x"}, Report(findings=[finding("FA1", "")]))
    assert plan.fields == ("story",)


def test_warnings_about_a_field_under_repair_are_told_too() -> None:
    report = Report(findings=[finding(), finding("QU6", "/story", Severity.WARNING)])
    plan = plan_repair(BACKSTORY, [attempt(1)], {"story": "x"}, report)
    assert [told.rule for told in plan.findings] == ["QU1", "QU6"]


def test_everything_is_asked_for_again_when_most_fields_fail() -> None:
    report = Report(findings=[finding(path=f"/{name}") for name in BACKSTORY.model.model_fields])
    assert plan_repair(BACKSTORY, [attempt(1)], {"story": "x"}, report).kind == "regenerate"


def test_full_regeneration_comes_last() -> None:
    report = Report(findings=[finding()])
    trace = [attempt(1), attempt(2, "repair")]
    assert plan_repair(BACKSTORY, trace, {"story": "x"}, report).kind == "regenerate"


def test_without_a_usable_draft_everything_is_asked_for_again() -> None:
    plan = plan_repair(BACKSTORY, [attempt(1, failure="unusable")], None, unusable("no JSON"))
    assert (plan.kind, plan.fields) == ("regenerate", None)
    assert "no JSON" in plan.findings[0].message


def test_a_cost_cap_bounds_even_a_full_answer() -> None:
    policy = Policy(max_cost_usd=0.02)
    budget = answer_budget(Priced(), policy, Usage(), prompt_chars=7000, max_tokens=8000)
    assert budget is not None
    assert Priced().price(input_tokens=2000, output_tokens=budget) <= 0.02
    assert budget < 8000


def test_money_spent_counts_against_the_cap() -> None:
    policy = Policy(max_cost_usd=0.02)
    assert answer_budget(Priced(), policy, Usage(cost_usd=0.015), prompt_chars=7000, max_tokens=8000) is None


def test_without_a_cap_the_budget_is_whole() -> None:
    assert answer_budget(Priced(), POLICY, Usage(cost_usd=5.0), prompt_chars=10**6, max_tokens=8000) == 8000


def test_the_settled_trace_says_who_fixed_what_and_why_it_ended() -> None:
    kept, by_code, by_model = finding("QU1"), finding("QU4"), finding("FA1")
    trace = [
        attempt(1, "generate", kept, by_code, by_model),
        attempt(1, "code_fix", kept, by_model),
        attempt(2, "repair", failure="truncated"),
        attempt(3, "regenerate", kept),
    ]
    settled = settle(trace, StopReason.ATTEMPT_CAP)
    assert {f.rule: f.fixed_by for f in settled[0].findings} == {"QU1": None, "QU4": "code", "FA1": None}
    assert {f.rule: f.fixed_by for f in settled[1].findings} == {"QU1": None, "FA1": "model"}
    assert [entry.ended for entry in settled] == [None, None, None, StopReason.ATTEMPT_CAP]
