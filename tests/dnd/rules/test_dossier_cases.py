"""Every mechanical rule passes its passing examples and fails its failing ones."""

from typing import Any

import pytest

from dnd.rules import DOSSIER_RULES
from dnd.rules.dossier import DossierRule, Example
from dnd.rules.finding import Finding, Severity
from dnd.rules.rule import Skip
from tests.dnd.rules.dossiers import dossier_of_example


def _examples(kind: str) -> list[Any]:
    return [
        pytest.param(rule, example, id=f"{rule.id}-{number}")
        for rule in DOSSIER_RULES
        for number, example in enumerate(getattr(rule, kind))
    ]


def _findings(rule: DossierRule, example: Example) -> list[Finding]:
    said = rule.check(dossier_of_example(example))
    assert not isinstance(said, Skip), f"{rule.id} gave no verdict: {said}"
    return list(said)


@pytest.mark.parametrize(("rule", "example"), _examples("passing"))
def test_passing_example_has_no_finding(rule: DossierRule, example: Example) -> None:
    assert _findings(rule, example) == []


@pytest.mark.parametrize(("rule", "example"), _examples("failing"))
def test_failing_example_is_found_where_it_is(rule: DossierRule, example: Example) -> None:
    findings = _findings(rule, example)
    assert findings
    assert {finding.rule for finding in findings} == {rule.id}
    texts = {leaf.path: leaf.text for leaf in dossier_of_example(example).leaves}
    for finding in findings:
        assert finding.message.endswith((".", "?", "!"))
        if finding.span is not None:
            assert texts[finding.path][finding.span.start : finding.span.end] == finding.span.text


@pytest.mark.parametrize("rule", DOSSIER_RULES, ids=lambda rule: rule.id)
def test_a_mechanical_rule_says_what_it_is(rule: DossierRule) -> None:
    assert rule.passing
    assert rule.failing
    assert rule.prompt.endswith(".")
    assert rule.source.startswith(("SRD", "Service contract", "DMG", "Derived"))
    editions = {example.edition for example in (*rule.passing, *rule.failing) if example.edition}
    assert editions <= set(rule.editions)


@pytest.mark.parametrize("rule", DOSSIER_RULES, ids=lambda rule: rule.id)
def test_a_rule_that_is_an_error_fails_with_one(rule: DossierRule) -> None:
    worst = {finding.severity for example in rule.failing for finding in _findings(rule, example)}
    assert worst & {rule.severity, Severity.ERROR}
