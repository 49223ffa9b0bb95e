"""Golden samples: shown as examples, and the base of every rule's cases."""

import pytest

from dnd.content import CONTENT_TYPES
from dnd.content.base import ContentType
from dnd.content.fields import leaves, player_view
from dnd.content.request import ContentRequest
from dnd.content.samples import sample
from dnd.rules import DRAFT_RULES, validate
from tests.dnd.rules.drafts import draft_of

EACH = pytest.mark.parametrize("kind", CONTENT_TYPES, ids=lambda kind: kind.name)


@EACH
def test_a_sample_passes_every_rule_with_nothing_to_say(kind: ContentType) -> None:
    report = validate(draft_of(kind.name))
    assert report.findings == []
    assert {report.outcomes[rule.id] for rule in DRAFT_RULES} <= {"passed", "not_applicable"}
    assert set(report.scores.values()) == {1.0}


@EACH
def test_a_sample_answers_a_request_with_facts_a_theme_and_boundaries(kind: ContentType) -> None:
    request_data, _ = sample(kind.name)
    request = ContentRequest.model_validate(request_data)
    assert request.type == kind.name
    assert len(request.facts) >= 2
    assert request.policy.lines
    assert kind.parse_subject(request.subject)


@EACH
def test_a_sample_has_secrets_that_players_do_not_see(kind: ContentType) -> None:
    _, raw = sample(kind.name)
    content = kind.model.model_validate(raw)
    visible = str(player_view(content))
    hidden = [leaf.text for leaf in leaves(content) if leaf.secret]
    assert hidden
    assert not any(text in visible for text in hidden)


def test_samples_are_in_different_themes() -> None:
    themes = {sample(kind.name)[0]["theme"] for kind in CONTENT_TYPES}
    assert len(themes) >= 6


def test_a_sample_is_the_callers_own_copy() -> None:
    _, first = sample("npc")
    first["name"] = "changed"
    assert sample("npc")[1]["name"] != "changed"
