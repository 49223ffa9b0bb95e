"""Reports: scores, coverage, order."""

import pytest

from dnd.rules import DRAFT_RULES, validate
from dnd.rules.finding import Severity
from tests.dnd.rules.drafts import draft_of


def test_a_broken_structure_is_told_and_the_rest_is_not_checkable() -> None:
    report = validate(draft_of("npc", raw={"name": 7}))
    assert report.outcomes["ST1"] == "failed"
    unread = [rule.id for rule in DRAFT_RULES if rule.id not in {"ST1", "ME1"}]
    assert {report.outcomes[name] for name in unread} == {"not_checkable"}
    assert report.scores == {"ST": 0.0}
    assert report.coverage == round(1 / (len(unread) + 1), 4)
    assert {finding.path for finding in report.findings} > {"/name", "/voice"}


@pytest.mark.parametrize("raw", [["name"], "text", 3, True])
def test_what_is_no_object_is_told_as_missing_fields(raw: object) -> None:
    assert {finding.path for finding in validate(draft_of("item", raw=raw)).findings} > {"/name"}


def test_findings_are_sorted_by_path_and_rule() -> None:
    report = validate(draft_of("npc", {"/wants": "**The the** [NAME]", "/name": "Elara", "/knows": []}))
    places = [(finding.path, finding.rule) for finding in report.findings]
    assert places == sorted(places)
    assert len(places) >= 5


def test_information_is_counted_nowhere() -> None:
    report = validate(draft_of("npc", {"/wants": "To leave a testament to his patience, a testament to order."}))
    told = [finding for finding in report.findings if finding.rule == "QU13"]
    assert [finding.severity for finding in told] == [Severity.INFO, Severity.INFO]
    assert report.outcomes["QU13"] == "passed"
    assert report.scores["QU"] == 1.0
    assert not report.errors
    assert not report.warnings


def test_a_family_is_scored_by_its_rules() -> None:
    report = validate(draft_of("npc", {"/voice": "**Soft**"}))
    family = [rule.id for rule in DRAFT_RULES if rule.family == "QU"]
    passed = sum(report.outcomes[name] == "passed" for name in family)
    failed = sum(report.outcomes[name] == "failed" for name in family)
    assert failed == 1
    assert report.scores["QU"] == round(passed / (passed + failed), 4)
    assert report.coverage == 1.0


def test_a_worn_main_name_is_an_error_and_another_a_warning() -> None:
    main = validate(draft_of("npc", {"/name": "Elara Penhallow"}))
    other = validate(draft_of("npc", {"/voice": "Soft, like Elara at the bakery."}))
    assert {finding.severity for finding in main.findings if finding.rule == "QU12"} == {Severity.ERROR}
    assert {finding.severity for finding in other.findings if finding.rule == "QU12"} == {Severity.WARNING}
