"""The event stream: its order, its end, and what is not a stream."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest

from api.sse import ShuttingDownError, Watch
from dnd.content.result import ContentResult
from dnd.errors import InvalidParametersError, NotFoundError
from services.generation import StreamEvent
from tests.api.conftest import PIM
from tests.api.helpers import frames, paths, problem
from tests.conftest import Simulator

URL = "/v1/content/stream"


async def test_events_come_in_order_and_the_last_is_the_result(client: httpx.AsyncClient) -> None:
    response = await client.post(URL, json={**PIM, "variant": 3})
    assert response.headers["content-type"].startswith("text/event-stream")
    assert "no-cache" in response.headers["cache-control"]
    assert response.headers["x-accel-buffering"] == "no"
    events = frames(response.text)
    names = [name for _, name, _ in events]
    assert names[0] == "run"
    assert names[-1] == "result"
    assert names.count("result") + names.count("error") == 1
    assert {"stage", "delta", "findings"} <= set(names)
    assert [number for number, _, _ in events] == [str(index) for index in range(len(events))]
    result = ContentResult.model_validate(events[-1][2])
    assert events[0][2] == {"id": str(result.id), "thread_id": str(result.thread_id)}


async def test_the_deltas_add_up_to_the_text_that_was_kept(client: httpx.AsyncClient) -> None:
    body = {**PIM, "variant": 4, "policy": {"max_attempts": 1}}
    events = frames((await client.post(URL, json=body)).text)
    story = "".join(data["text"] for _, name, data in events if name == "delta" and data.get("path") == "/story")
    assert story == events[-1][2]["content"]["story"]


async def test_stages_end_as_they_started(client: httpx.AsyncClient) -> None:
    stages = [data for _, name, data in frames((await client.post(URL, json=PIM)).text) if name == "stage"]
    assert [(one["stage"], one["state"]) for one in stages[:6]] == [
        ("prompt", "started"),
        ("prompt", "ended"),
        ("apply_theme", "started"),
        ("apply_theme", "ended"),
        ("generate", "started"),
        ("generate", "ended"),
    ]
    assert [one["state"] for one in stages] == ["started", "ended"] * (len(stages) // 2)


async def test_what_is_wrong_with_the_request_is_no_stream(client: httpx.AsyncClient, simulator: Simulator) -> None:
    response = await client.post(URL, json={**PIM, "subject": {"level": 99}})
    assert paths(problem(response, 422)) == {"/subject/level"}
    assert await simulator.calls() == []


async def test_a_failure_on_the_way_is_the_last_event(client: httpx.AsyncClient, simulator: Simulator) -> None:
    await simulator.fail_next("rate-limited", retry_after=7)
    response = await client.post(URL, json={**PIM, "variant": 5})
    assert response.status_code == 200
    events = frames(response.text)
    name, data = events[-1][1:]
    assert name == "error"
    assert data["code"] == "service_unavailable"
    assert data["status"] == 503
    assert data["request_id"] == response.headers["x-request-id"]
    assert "result" not in [name for _, name, _ in events]


async def test_the_same_key_streams_the_kept_result(client: httpx.AsyncClient, simulator: Simulator) -> None:
    headers = {"Idempotency-Key": "a-stream-told-twice"}
    first = frames((await client.post(URL, json=PIM, headers=headers)).text)
    spent = len(await simulator.calls())
    again = frames((await client.post(URL, json=PIM, headers=headers)).text)
    assert [name for _, name, _ in again] == ["run", "result"]
    assert again[-1][2] == first[-1][2]
    assert len(await simulator.calls()) == spent


async def _endless(ended: asyncio.Event) -> AsyncIterator[StreamEvent]:
    yield StreamEvent("run", {})
    yield StreamEvent("stage", {"stage": "generate", "state": "started"})
    try:
        await asyncio.sleep(3600)
    finally:
        # What a run does when it is cancelled: it writes down how it ended, which takes a moment.
        await asyncio.sleep(0.01)
        ended.set()


async def _failing(error: Exception) -> AsyncIterator[StreamEvent]:
    if error:
        raise error
    yield StreamEvent("run", {})


async def test_closing_a_watch_lets_the_run_write_down_its_end() -> None:
    ended = asyncio.Event()
    watch = await Watch.begin(_endless(ended))
    await watch.close()
    assert ended.is_set()


async def test_an_error_before_the_first_event_is_raised_and_not_streamed() -> None:
    with pytest.raises(InvalidParametersError, match="wrong"):
        await Watch.begin(_failing(InvalidParametersError("wrong")))


async def test_a_run_that_is_over_before_it_spends_is_told_whole() -> None:
    async def short() -> AsyncIterator[StreamEvent]:
        yield StreamEvent("run", {})
        yield StreamEvent("result", {"done": True})

    watch = await Watch.begin(short())
    assert [event.event async for event in watch.events()] == ["run", "result"]


async def test_a_run_that_outlasts_the_server_ends_with_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.sse.FAREWELL_S", 0.01)
    ended = asyncio.Event()
    watch = await Watch.begin(_endless(ended))
    watch.stop_soon()
    with pytest.raises(ShuttingDownError):
        async for _ in watch.events():
            pass
    await watch.close()
    assert ended.is_set()


async def test_a_failure_after_spending_is_raised_in_its_place() -> None:
    async def run() -> AsyncIterator[StreamEvent]:
        yield StreamEvent("delta", {"text": "Once"})
        raise NotFoundError("gone")

    told: list[str] = []
    watch = await Watch.begin(run())
    with pytest.raises(NotFoundError):
        told.extend([event.event async for event in watch.events()])
    assert told == []
