"""Killed at any point, a run goes on at the next start, and nothing that had been answered is paid for again."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from dnd.content.samples import sample
from tests.api.cli.test_commands import ROOT, environment, free_port
from tests.conftest import Simulator, until
from tests.persistence.conftest import BACKENDS, Place

pytestmark = pytest.mark.slow

LATENCY_MS = 900


@contextmanager
def service(place: Place, simulator: Simulator, data_dir: Path) -> Generator[tuple[subprocess.Popen[bytes], str]]:
    """`llm-service serve` over the test's database and simulator."""
    port = free_port()
    changes = {
        "OPENAI_API_KEY": "any",
        "OPENAI_BASE_URL": simulator.base_url,
        "OPENAI_MODEL": "sim-flawless",
        "RUN_LEASE_S": "2",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "api.cli", "serve", "--port", str(port)],
        cwd=ROOT,
        env=environment(data_dir, **changes, **_database(place)),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process, f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()


def _database(place: Place) -> dict[str, str]:
    return {} if place.url.startswith("sqlite") else {"DATABASE_URL": place.url}


async def _live(client: httpx.AsyncClient, url: str) -> None:
    async def answered() -> bool:
        try:
            return (await client.get(f"{url}/health/live")).status_code == 200
        except httpx.TransportError:
            return False

    await until(answered, seconds=60)


def _bad_draft() -> tuple[dict[str, Any], str]:
    """A request, and a first answer to it that lacks a fact: the run needs a second call."""
    request, content = sample("backstory")
    return request, json.dumps({**content, "story": "Nothing of note ever happened to her. " * 12})


@pytest.fixture(params=BACKENDS)
def crash_place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """The database that the service will use, empty."""
    if request.param == "postgresql":
        return request.getfixturevalue("postgresql")
    return Place(f"sqlite:///{tmp_path}/llm_service.db")


@pytest.mark.parametrize("answered_before", [0, 1])
async def test_a_killed_run_goes_on_and_pays_for_no_answer_twice(
    crash_place: Place, tmp_path: Path, simulator: Simulator, answered_before: int
) -> None:
    request, draft = _bad_draft()
    await simulator.settings(latency_ms=LATENCY_MS)
    await simulator.script({"fault": None, "text": draft})
    async with httpx.AsyncClient(timeout=30, trust_env=False) as client:
        with service(crash_place, simulator, tmp_path) as (process, url):
            await _live(client, url)
            sent = client.build_request("POST", f"{url}/v1/content", json=request, headers={"Idempotency-Key": "k"})
            task = asyncio.create_task(client.send(sent))

            async def reached() -> bool:
                calls = await simulator.calls()
                answered = sum(call["outcome"] == "answered" for call in calls)
                return len(calls) > answered_before and answered == answered_before

            await until(reached, seconds=20)
            await asyncio.sleep(0.1)
            os.kill(process.pid, signal.SIGKILL)
            with pytest.raises(httpx.TransportError):
                await task
        with service(crash_place, simulator, tmp_path) as (_, url):
            await _live(client, url)

            async def kept() -> bool:
                return bool((await client.get(f"{url}/v1/content")).json()["items"])

            await until(kept, seconds=90)
            [result] = (await client.get(f"{url}/v1/content")).json()["items"]
            again = await client.post(f"{url}/v1/content", json=request, headers={"Idempotency-Key": "k"})
    assert again.json() == result
    assert result["status"] == "accepted"
    paid = [call for call in await simulator.settled() if call["outcome"] == "answered"]
    assert len(paid) == result["usage"]["calls"] == 1 + answered_before
    assert result["usage"]["cost_usd"] == pytest.approx(sum(call["cost_usd"] for call in paid))
    assert crash_place.ask("SELECT status FROM runs") == [("finished",)]
    assert crash_place.ask("SELECT count(*) FROM answers") == [(0,)]
