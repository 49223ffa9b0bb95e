import asyncio
from typing import Any

import httpx
import pytest

from providers.simulator.ledger import Call, Ledger
from tests.providers.simulator.conftest import FORMAT, Wire


async def test_a_call_is_entered_with_tokens_and_cost_as_its_usage_says(wire: Wire) -> None:
    response = await wire.chat(model="gpt-5-mini", response_format=FORMAT)
    usage = response.json()["usage"]
    call = await wire.last_call()
    assert call["id"] == response.headers["x-request-id"]
    assert (call["endpoint"], call["model"]) == ("/v1/chat/completions", "gpt-5-mini")
    assert (call["status"], call["outcome"], call["finish_reason"]) == (200, "answered", "stop")
    assert (call["streamed"], call["fault"], call["retry_count"]) == (False, None, 0)
    assert call["input_tokens"] == usage["prompt_tokens"]
    assert call["output_tokens"] == usage["completion_tokens"]
    expected = (usage["prompt_tokens"] * 0.25 + usage["completion_tokens"] * 2.0) / 1_000_000
    assert call["cost_usd"] == pytest.approx(expected)


async def test_a_streamed_call_costs_what_a_whole_one_costs(wire: Wire) -> None:
    await wire.chat()
    whole = await wire.last_call()
    await wire.chat(stream=True)
    streamed = await wire.settled()
    assert streamed["streamed"]
    for name in ("input_tokens", "output_tokens", "reasoning_tokens", "cost_usd", "finish_reason", "outcome"):
        assert streamed[name] == whole[name]


async def test_totals_add_up(wire: Wire) -> None:
    await wire.script({"fault": "server-error"}, {"fault": "cut"})
    await wire.chat()
    with pytest.raises(httpx.RemoteProtocolError):
        await wire.chat()
    await wire.chat()
    view = await wire.ledger()
    totals = view["totals"]
    assert (totals["calls"], totals["answered"], totals["refused"], totals["cut"]) == (3, 1, 1, 1)
    for name in ("input_tokens", "output_tokens", "cost_usd"):
        assert totals[name] == pytest.approx(sum(call[name] for call in view["calls"]))


async def test_the_last_calls_can_be_asked_for(wire: Wire) -> None:
    for _ in range(3):
        await wire.chat()
    every = (await wire.ledger())["calls"]
    view = (await wire.http.get("/simulator/ledger?last=2")).json()
    assert view["calls"] == every[1:]
    assert view["totals"]["calls"] == 3


async def test_retries_are_told_apart(wire: Wire) -> None:
    await wire.script({"fault": "rate-limited-ms"}, {"fault": "server-error"})
    client = wire.openai.with_options(max_retries=2)
    await client.chat.completions.create(model="gpt-5", messages=[{"role": "user", "content": "x"}])
    calls = (await wire.ledger())["calls"]
    assert [(call["status"], call["retry_count"]) for call in calls] == [(429, 0), (500, 1), (200, 2)]


async def test_a_client_that_leaves_a_stream_stops_the_spending(wire: Wire) -> None:
    await wire.chat()
    whole = await wire.last_call()
    await wire.script({"fault": "slow", "seconds": 30})
    body: dict[str, Any] = {"model": "gpt-5-nano", "messages": [{"role": "user", "content": "Hello"}], "stream": True}
    async with wire.http.stream("POST", "/v1/chat/completions", json=body) as response:
        async for part in response.aiter_bytes():
            assert b"chat.completion.chunk" in part
            break
    call = await wire.settled()
    assert (call["outcome"], call["finish_reason"]) == ("cancelled", None)
    assert call["input_tokens"] == whole["input_tokens"]
    assert call["output_tokens"] < whole["output_tokens"]
    assert call["cost_usd"] < whole["cost_usd"]


async def test_a_client_that_leaves_before_the_answer_stops_the_spending(wire: Wire) -> None:
    await wire.settings(tokens_per_second=10)
    with pytest.raises(httpx.ReadTimeout):
        await wire.http.post(
            "/v1/chat/completions",
            json={"model": "gpt-5-nano", "messages": [{"role": "user", "content": "Hello"}]},
            timeout=0.3,
        )
    call = await wire.settled()
    assert (call["outcome"], call["status"]) == ("cancelled", None)
    assert call["output_tokens"] < 100


async def test_a_client_that_leaves_during_the_latency_pays_for_the_prompt_only(wire: Wire) -> None:
    await wire.settings(latency_ms=30_000)
    with pytest.raises(httpx.ReadTimeout):
        await wire.http.post(
            "/v1/chat/completions",
            json={"model": "gpt-5-nano", "messages": [{"role": "user", "content": "Hello"}]},
            timeout=0.1,
        )
    call = await wire.settled()
    assert (call["outcome"], call["output_tokens"]) == ("cancelled", 0)
    assert call["input_tokens"] > 0


async def test_a_client_that_reads_no_further_stops_an_endless_answer(wire: Wire) -> None:
    await wire.script({"fault": "absurd-length", "characters": 20_000_000})
    body: dict[str, Any] = {"model": "gpt-5-nano", "messages": [{"role": "user", "content": "Hello"}], "stream": True}
    received = 0
    async with wire.http.stream("POST", "/v1/chat/completions", json=body) as response:
        async for part in response.aiter_bytes():
            received += len(part)
            if received > 200_000:
                break
    call = await wire.settled()
    assert call["outcome"] == "cancelled"
    assert call["output_tokens"] < 4_000_000


async def test_a_running_call_is_shown_as_running(wire: Wire) -> None:
    task = asyncio.create_task(wire.chat(model="sim-stall"))
    await wire.arrival()
    assert (await wire.ledger())["totals"]["running"] == 1
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert (await wire.settled())["outcome"] == "cancelled"


def test_a_call_that_ends_after_a_reset_is_not_counted() -> None:
    ledger = Ledger()
    call = Call(id="a", at=0, endpoint="/v1/models")
    ledger.begin(call)
    ledger.clear()
    ledger.settle(call, "answered")
    assert ledger.view()["totals"]["calls"] == 0


def test_a_call_is_settled_once() -> None:
    ledger = Ledger()
    call = Call(id="a", at=0, endpoint="/v1/models")
    ledger.begin(call)
    ledger.settle(call, "cut")
    ledger.settle(call, "answered")
    assert call.outcome == "cut"
    assert ledger.view()["totals"]["answered"] == 0


def test_old_calls_leave_and_their_totals_stay() -> None:
    ledger = Ledger(capacity=2)
    for name in "abc":
        call = Call(id=name, at=0, endpoint="/v1/models", input_tokens=5)
        ledger.begin(call)
        ledger.settle(call, "answered")
    view = ledger.view()
    assert [call["id"] for call in view["calls"]] == ["b", "c"]
    assert (view["totals"]["calls"], view["totals"]["input_tokens"]) == (3, 15)
