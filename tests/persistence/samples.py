"""Requests and results as a run makes them, and the moments at which it does."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from dnd.content.request import ContentRequest
from dnd.content.result import Attempt, ContentResult, Provenance, Status, Usage
from dnd.ids import new_id
from dnd.rules.finding import Finding, Report, Severity
from persistence.content import ContentRepository

NOON = datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=UTC)
USAGE = Usage(
    input_tokens=1200,
    cached_tokens=1024,
    output_tokens=640,
    reasoning_tokens=64,
    cost_usd=0.001234565,
    calls=2,
)
CONTENT: dict[str, Any] = {
    "title": "The Fen’s Price",
    "story": "Snow fell on the marsh\u2028and 🐉 slept. A NUL \x00 is text too.",
    "a": {"z": 1, "y": [1.5, None, True]},
    "hooks": ["“Who rang the bell?”"],
    "secret": "The mentor is the ferryman.",
}
"""Its keys are in no sorted order, and its text holds what JSON must escape."""


def request(**changes: object) -> ContentRequest:
    """A request for a backstory."""
    return ContentRequest.model_validate(
        {"type": "backstory", "subject": {"name": "Pim Fiddlewick"}, "theme": "gothic_horror", **changes}
    )


def result(*, body: bool = True, **changes: object) -> ContentResult:
    """A result; `changes` replace fields. Without a body it is one of a run in which nothing usable was written."""
    finding = Finding(rule="FA1", severity=Severity.WARNING, path="/story", message="not expressed", source="contract")
    values: dict[str, Any] = {
        "id": new_id(),
        "type": "backstory",
        "status": Status.ACCEPTED,
        "content": CONTENT,
        "player_view": {key: value for key, value in CONTENT.items() if key != "secret"},
        "report": Report(findings=[finding], scores={"FA": 0.5}, coverage=1.0, outcomes={"FA1": "failed"}),
        "trace": [Attempt(attempt=1, kind="generate", model="sim", findings=[finding], usage=USAGE, duration_ms=12.5)],
        "provenance": Provenance(
            prompt_id="backstory",
            prompt_version="v1",
            prompt_hash="sha256:1",
            rules_hash="sha256:2",
            schema_version=1,
            theme_id="gothic_horror",
            theme_hash="sha256:3",
            edition="5.2",
            model="sim",
            provider="simulator",
            simulated=True,
        ),
        "usage": USAGE,
        "thread_id": new_id(),
        "created_at": NOON,
    }
    if not body:
        values |= {"status": Status.REJECTED, "content": None, "player_view": None}
    return ContentResult.model_validate({**values, **changes})


async def start(content: ContentRepository, thread_id: UUID, *, tenant: str = "public") -> None:
    """Start a run at noon."""
    await content.start_run(thread_id, "backstory", request().model_dump_json(), NOON, tenant=tenant)


async def store(
    content: ContentRepository,
    *,
    campaign_id: UUID | None = None,
    tenant: str = "public",
    body: bool = True,
    **changes: object,
) -> ContentResult:
    """Run from start to end."""
    made = result(body=body, **changes)
    await start(content, made.thread_id, tenant=tenant)
    wanted = request(type=made.type, campaign_id=campaign_id)
    await content.finish_run(made, wanted, NOON + timedelta(seconds=9), tenant=tenant)
    return made
