"""The wired service, without its doors: what it keeps, on both databases, and what it says of itself."""

import asyncio
import sqlite3
from collections.abc import AsyncGenerator
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from dnd.content.request import ContentRequest
from dnd.content.result import Status
from dnd.errors import InvalidParametersError, NotFoundError, ProviderUnavailableError, StorageError
from dnd.ids import new_id
from services.context import ProcessContext, open_context
from tests.conftest import Simulator, settings_for, until
from tests.persistence.conftest import Place

PIM = ContentRequest(
    type="backstory",
    subject={"name": "Pim Fiddlewick", "species": "gnome", "class": "wizard", "level": 3},
    theme="gothic_horror",
    facts=["She carries a brass key that opens no lock in her village"],
)


def settings(place: Place, simulator: Simulator, **changes: Any) -> Any:  # noqa: ANN401 -- any setting
    fixed = {"database_url": place.url, "openai_api_key": "any", "openai_base_url": simulator.base_url}
    quiet = {"openai_fallback_models": (), "openai_max_retries": 0}
    return settings_for(Path("unused"), **{**fixed, **quiet, **changes})


@pytest.fixture
async def context(place: Place, simulator: Simulator) -> AsyncGenerator[ProcessContext]:
    async with open_context(settings(place, simulator)) as opened:
        yield opened


async def test_a_result_is_kept_with_its_run(context: ProcessContext, place: Place) -> None:
    result = await context.generation.create(PIM)
    assert await context.generation.get(result.id) == result
    assert place.ask("SELECT status, type, error_code FROM runs") == [("finished", "backstory", None)]
    assert place.ask("SELECT status, theme_id FROM content") == [(result.status.value, "gothic_horror")]
    assert place.ask("SELECT calls, output_tokens FROM runs") == [(result.usage.calls, result.usage.output_tokens)]


async def test_a_failed_run_is_kept_with_its_reason(
    context: ProcessContext, place: Place, simulator: Simulator
) -> None:
    await simulator.fail_next("server-error")
    with pytest.raises(ProviderUnavailableError):
        await context.generation.create(PIM)
    assert place.ask("SELECT status, error_code, calls FROM runs") == [("failed", "text_generation_failed", 1)]
    assert place.ask("SELECT count(*) FROM content") == [(0,)]


async def test_a_cancelled_run_says_so(context: ProcessContext, place: Place, simulator: Simulator) -> None:
    await simulator.settings(latency_ms=60_000)
    running = asyncio.create_task(context.generation.create(PIM))

    async def asked() -> bool:
        return bool(await simulator.calls())

    await until(asked)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert place.ask("SELECT status FROM runs") == [("cancelled",)]


async def test_the_same_key_spends_once(context: ProcessContext, simulator: Simulator) -> None:
    first = await context.generation.create(PIM, idempotency_key="k1")
    spent = len(await simulator.calls())
    assert await context.generation.create(PIM, idempotency_key="k1") == first
    assert len(await simulator.calls()) == spent


async def test_a_failure_frees_its_key(context: ProcessContext, simulator: Simulator) -> None:
    await simulator.fail_next("server-error")
    with pytest.raises(ProviderUnavailableError):
        await context.generation.create(PIM, idempotency_key="k2")
    result = await context.generation.create(PIM, idempotency_key="k2")
    assert result.status in {Status.ACCEPTED, Status.ACCEPTED_WITH_WARNINGS}


async def test_a_stream_keeps_what_its_last_event_shows(context: ProcessContext) -> None:
    events = [event async for event in context.generation.stream(PIM)]
    assert events[0].event == "run"
    assert events[-1].event == "result"
    kept = await context.generation.get(UUID(events[0].data["id"]))
    assert kept.model_dump(mode="json", by_alias=True) == events[-1].data


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"type": "limerick"}, "/type"),
        ({"subject": {"level": 21}}, "/subject/level"),
        ({"subject": {"clas": "wizard"}}, "/subject/clas"),
        ({"theme": "vaporwave"}, "/theme"),
        ({"prompt_version": "v99"}, "/prompt_version"),
        ({"policy": {"review": True}}, "/policy/review"),
    ],
)
async def test_what_is_wrong_is_said_before_anything_is_written(
    context: ProcessContext, place: Place, change: dict[str, Any], path: str
) -> None:
    request = ContentRequest.model_validate({**PIM.model_dump(by_alias=True), **change})
    with pytest.raises(InvalidParametersError) as caught:
        await context.generation.create(request)
    assert [error.path for error in caught.value.errors] == [path]
    assert place.ask("SELECT count(*) FROM runs") == [(0,)]


async def test_what_nobody_wrote_is_not_found(context: ProcessContext) -> None:
    with pytest.raises(NotFoundError):
        await context.generation.get(new_id())


async def test_the_fall_back_writes_when_the_model_is_gone(place: Place, simulator: Simulator) -> None:
    changed = settings(place, simulator, openai_model="sim-model-not-found", openai_fallback_models=("sim-flawless",))
    async with open_context(changed) as context:
        result = await context.generation.create(PIM)
    assert result.status is Status.ACCEPTED
    assert result.provenance.model == "sim-flawless"
    assert "sim-model-not-found" in (result.trace[0].detail or "")


@pytest.mark.parametrize("model", ["sim-chat", "sim-json"])
async def test_a_server_without_strict_output_works_too(place: Place, simulator: Simulator, model: str) -> None:
    async with open_context(settings(place, simulator, openai_model=model)) as context:
        result = await context.generation.create(PIM)
    assert result.status in {Status.ACCEPTED, Status.ACCEPTED_WITH_WARNINGS}, result.report.findings


async def test_health_names_every_backend_and_what_is_off(context: ProcessContext) -> None:
    report = await context.health.report()
    assert report.status == "healthy"
    assert {name: part.status for name, part in report.components.items()} == {
        "openai": "healthy",
        "database": "healthy",
        "getimg_ai": "disabled",
        "message_hub": "disabled",
        "cache": "disabled",
    }
    assert report.components.keys() == context.backends.keys()
    assert await context.health.ready()


async def test_a_model_server_that_is_gone_degrades_the_service(place: Place, simulator: Simulator) -> None:
    async with open_context(settings(place, simulator, openai_base_url="http://127.0.0.1:1/v1")) as context:
        report = await context.health.report()
    assert (report.status, report.components["openai"].status) == ("degraded", "unhealthy")
    assert report.components["openai"].detail == "the model server cannot be reached"


async def test_a_configured_database_that_is_gone_stops_the_start(simulator: Simulator) -> None:
    gone = Place("postgresql://postgres@127.0.0.1:1/llm_service")
    with pytest.raises(StorageError, match=r"cannot open postgresql://127\.0\.0\.1:1"):
        async with open_context(settings(gone, simulator)):
            pass


async def test_the_announced_shutdown_of_the_default_model_is_told(context: ProcessContext) -> None:
    assert any("2026-12-11" in notice for notice in context.notices)


async def test_runs_cut_off_by_a_crash_go_on_at_the_next_start(tmp_path: Path, simulator: Simulator) -> None:
    embedded = settings_for(tmp_path, openai_api_key="any", openai_base_url=simulator.base_url)
    async with open_context(embedded):
        pass
    file = Place(f"sqlite:///{tmp_path}/llm_service.db")
    _leave_running(file)
    async with open_context(embedded) as context:
        assert any("1 run" in notice for notice in context.notices)

        async def ended() -> bool:
            return file.ask("SELECT status FROM runs") == [("failed",)]

        # Its request is none of this version: it is taken up, and ends.
        await until(ended)


def _leave_running(file: Place) -> None:
    with closing(sqlite3.connect(file.url.removeprefix("sqlite:///"))) as connection:
        connection.execute(
            "INSERT INTO runs (thread_id, tenant, type, status, request, started_at, input_tokens, cached_tokens,"
            " output_tokens, reasoning_tokens, cost_nano_usd, calls)"
            " VALUES (?, 'public', 'npc', 'running', '{}', '2026-01-01 00:00:00.000000', 0, 0, 0, 0, 0, 0)",
            (new_id().hex,),
        )
        connection.commit()
