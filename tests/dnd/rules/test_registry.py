"""The registry is complete and says what it checks."""

import re

import pytest

from dnd.content import CONTENT_TYPES
from dnd.content.base import ContentType
from dnd.rules import DOSSIER_RULES, DRAFT_RULES, RULES, prompt_lines, rule, rules_hash, validate
from dnd.rules.dossier import DossierRule
from dnd.rules.rule import DraftRule
from dnd.rules.structure import LINE_WORDS, NAME_WORDS
from tests.dnd.rules.drafts import draft_of


def test_ids_are_unique_and_well_formed() -> None:
    ids = [entry.id for entry in RULES]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[A-Z]{2}[1-9]\d?", name) for name in ids)


def test_every_family_is_there() -> None:
    assert {entry.family for entry in RULES} >= {"ST", "QU", "TH", "FA", "SE", "PO"}


@pytest.mark.parametrize("entry", [*DRAFT_RULES, *DOSSIER_RULES], ids=lambda entry: entry.id)
def test_a_rule_has_both_kinds_of_cases_a_title_and_a_source(entry: DraftRule | DossierRule) -> None:
    assert entry.passing
    assert entry.failing
    assert entry.title
    assert entry.source


@pytest.mark.parametrize("kind", CONTENT_TYPES, ids=lambda kind: kind.name)
def test_every_rule_gives_a_verdict_on_every_type(kind: ContentType) -> None:
    draft = draft_of(kind.name)
    report = validate(draft)
    assert set(report.outcomes) == {entry.id for entry in RULES if draft.edition in entry.editions}
    assert "passed" in report.outcomes.values()


@pytest.mark.parametrize("kind", CONTENT_TYPES, ids=lambda kind: kind.name)
def test_every_bound_stands_in_the_prompt_lines(kind: ContentType) -> None:
    text = "\n".join(prompt_lines(kind))
    assert "{" not in text
    for low, high in (*kind.words.values(), *kind.entries.values()):
        assert f"{low}-{high}" in text
    assert f"{NAME_WORDS} words" in text
    assert f"{LINE_WORDS} words" in text


def test_prompt_lines_are_the_same_for_every_request_of_a_type() -> None:
    kind = CONTENT_TYPES[0]
    assert prompt_lines(kind) == prompt_lines(kind)
    assert len(prompt_lines(kind)) >= sum(bool(entry.prompt) for entry in DRAFT_RULES)


def test_the_model_is_told_the_rules_of_what_it_writes() -> None:
    lines = {kind.name: "\n".join(prompt_lines(kind)) for kind in CONTENT_TYPES}
    assert rule("NA1").prompt in lines["backstory"]
    assert rule("NA1").prompt not in lines["location"]
    assert rule("TX8").prompt in lines["location"]
    assert all(rule("MO3").prompt not in text for text in lines.values())


def test_a_rule_is_found_by_its_id() -> None:
    assert rule("ST1") is RULES[0]
    with pytest.raises(KeyError):
        rule("ZZ9")


def test_the_hash_is_tagged_and_stable() -> None:
    assert re.fullmatch(r"rules:[0-9a-f]{12}", rules_hash())
    assert rules_hash() == rules_hash()
