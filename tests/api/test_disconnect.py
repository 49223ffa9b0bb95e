"""A caller who leaves stops the spending, on every path: the simulator's ledger is the witness."""

import asyncio
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from tests.api.conftest import PIM
from tests.conftest import Simulator

SLOW_MS = 5_000
"""Far longer than any caller below waits."""

PATHS: dict[str, dict[str, Any]] = {
    "/v1/content": PIM,
    "/v1/content/stream": PIM,
    "/v1/text/character": PIM,
    "/graphs/content/invoke": {"input": {"request": PIM}},
    "/graphs/content/batch": {"inputs": [{"request": {**PIM, "variant": number}} for number in range(8)]},
    "/graphs/content/stream": {"input": {"request": PIM}},
}


@pytest.mark.parametrize("path", PATHS)
async def test_leaving_cancels_the_call_and_makes_no_other(service_url: str, simulator: Simulator, path: str) -> None:
    await simulator.settings(latency_ms=SLOW_MS)
    async with httpx.AsyncClient(base_url=service_url) as caller:
        asking = asyncio.create_task(caller.post(path, json=PATHS[path], timeout=60))
        await _until(simulator, _begun)
        asking.cancel()
        await asyncio.gather(asking, return_exceptions=True)
    calls = await _until(simulator, _settled)
    assert {call["outcome"] for call in calls} == {"cancelled"}
    await simulator.settings(latency_ms=0)
    assert len(await simulator.calls()) == len(calls) <= 4


async def test_leaving_a_stream_midway_cancels_the_call(service_url: str, simulator: Simulator) -> None:
    await simulator.settings(tokens_per_second=40)
    async with (
        httpx.AsyncClient(base_url=service_url) as caller,
        caller.stream("POST", "/v1/content/stream", json=PIM, timeout=60) as response,
    ):
        async for line in response.aiter_lines():
            if line == "event: delta":
                break
    calls = await _until(simulator, _settled)
    assert [call["outcome"] for call in calls] == ["cancelled"]


async def test_a_run_left_behind_frees_its_idempotency_key(service_url: str, simulator: Simulator) -> None:
    headers = {"Idempotency-Key": "left-behind"}
    await simulator.settings(latency_ms=SLOW_MS)
    async with httpx.AsyncClient(base_url=service_url, headers=headers) as caller:
        asking = asyncio.create_task(caller.post("/v1/content", json=PIM, timeout=60))
        await _until(simulator, _begun)
        asking.cancel()
        await asyncio.gather(asking, return_exceptions=True)
        await _until(simulator, _settled)
        await simulator.settings(latency_ms=0)
        async with asyncio.timeout(20):
            while (response := await caller.post("/v1/content", json=PIM, timeout=60)).status_code == 409:  # noqa: ASYNC110 -- as below
                await asyncio.sleep(0.02)
    assert response.status_code == 200


def _begun(calls: list[dict[str, Any]]) -> bool:
    return bool(calls)


def _settled(calls: list[dict[str, Any]]) -> bool:
    return bool(calls) and all(call["outcome"] != "running" for call in calls)


async def _until(simulator: Simulator, holds: Callable[[list[dict[str, Any]]], bool]) -> list[dict[str, Any]]:
    async with asyncio.timeout(20):
        while not holds(calls := await simulator.calls()):  # noqa: ASYNC110 -- the ledger is asked by HTTP
            await asyncio.sleep(0.02)
    return calls
