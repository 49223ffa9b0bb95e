"""Every rule passes its passing cases and fails its failing ones, at the right place."""

from typing import Any

import pytest

from dnd.rules import DRAFT_RULES
from dnd.rules.finding import Finding
from dnd.rules.rule import Case, Draft, DraftRule, Skip
from tests.dnd.rules.drafts import draft_of_case

_BLAMED_ELSEWHERE = {"FA1", "TH1", "ST2", "ME2"}
"""Rules whose finding lies where it is to be mended, which need not be where the case changed the sample."""


def _cases(kind: str) -> list[Any]:
    return [
        pytest.param(rule, case, id=f"{rule.id}-{number}")
        for rule in DRAFT_RULES
        for number, case in enumerate(getattr(rule, kind))
    ]


def _findings(rule: DraftRule, draft: Draft) -> list[Finding]:
    said = rule.check(draft)
    return [] if isinstance(said, Skip) else list(said)


@pytest.mark.parametrize(("rule", "case"), _cases("passing"))
def test_passing_case_has_no_finding(rule: DraftRule, case: Case) -> None:
    assert _findings(rule, draft_of_case(case)) == []


@pytest.mark.parametrize(("rule", "case"), _cases("failing"))
def test_failing_case_is_found_where_it_is(rule: DraftRule, case: Case) -> None:
    draft = draft_of_case(case)
    findings = _findings(rule, draft)
    assert findings
    assert {finding.rule for finding in findings} == {rule.id}
    if case.set and rule.id not in _BLAMED_ELSEWHERE:
        changed = tuple(case.set)
        assert any(f.path.startswith(changed) or f.path == draft.type.main for f in findings)


@pytest.mark.parametrize(("rule", "case"), _cases("failing"))
def test_spans_quote_the_text_they_point_at(rule: DraftRule, case: Case) -> None:
    draft = draft_of_case(case)
    texts = {leaf.path: leaf.text for leaf in draft.leaves}
    for finding in _findings(rule, draft):
        if finding.span is not None:
            span = finding.span
            assert span.text
            assert texts[finding.path][span.start : span.end] == span.text
