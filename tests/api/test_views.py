"""What a player is shown of a result."""

from datetime import UTC, datetime
from typing import Any

from api.openapi import sample
from api.views import for_player
from dnd.content.backstory import Backstory
from dnd.content.fields import player_view
from dnd.content.result import Attempt, ContentResult, Provenance, Status, Usage
from dnd.ids import new_id
from dnd.rules.finding import FactReport, Finding, Report, Severity


def result(**changes: object) -> ContentResult:
    """A result over the golden backstory."""
    content = sample("backstory")["content"]
    finding = Finding(rule="QU1", severity=Severity.WARNING, path="/secret", message=content["secret"], source="x")
    values: dict[str, Any] = {
        "id": new_id(),
        "type": "backstory",
        "status": Status.ACCEPTED,
        "content": content,
        "player_view": player_view(Backstory.model_validate(content)),
        "report": Report(
            findings=[finding],
            facts=[
                FactReport(fact="told openly", expressed=True, score=1, path="/turning_points/0"),
                FactReport(fact="told in secret", expressed=True, score=1, path="/secret"),
                FactReport(fact="told nowhere", expressed=False, score=0),
                FactReport(fact="told beyond the list", expressed=True, score=1, path="/turning_points/99"),
            ],
            coverage=1.0,
        ),
        "trace": [Attempt(attempt=1, kind="generate", findings=[finding])],
        "provenance": Provenance(
            prompt_id="backstory",
            prompt_version="v1",
            prompt_hash="p",
            rules_hash="r",
            schema_version=1,
            theme_id="mystery",
            theme_hash="t",
            edition="5.2",
        ),
        "usage": Usage(),
        "thread_id": new_id(),
        "created_at": datetime.now(UTC),
    }
    return ContentResult.model_validate({**values, **changes})


def test_nothing_of_the_dungeon_master_s_part_is_left_anywhere() -> None:
    whole = result()
    shown = for_player(whole)
    assert shown.content == shown.player_view == whole.player_view
    assert whole.content is not None
    assert whole.content["secret"] not in shown.model_dump_json()
    assert (shown.trace, shown.report.findings) == ([], [])


def test_only_facts_that_players_can_read_are_reported() -> None:
    assert [fact.fact for fact in for_player(result()).report.facts] == ["told openly"]


def test_where_nothing_was_written_nothing_is_shown() -> None:
    shown = for_player(result(content=None, player_view=None))
    assert shown.content is None
    assert shown.report.facts == []
