import asyncio
import os
import signal
import socket
import sys

import httpx
import pytest
from openai import AsyncOpenAI

from providers.simulator.server import serve_in_background
from tests.providers.simulator.conftest import Wire

STALLED = {"model": "sim-stall", "messages": [{"role": "user", "content": "x"}]}
KEY = {"authorization": "Bearer k"}


async def test_the_server_leaves_signals_and_tasks_as_they_were() -> None:
    handlers = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
    before = asyncio.all_tasks()
    async with serve_in_background() as base_url:
        assert [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)] == handlers
        assert base_url.startswith("http://127.0.0.1:")
    assert asyncio.all_tasks() == before


async def test_closing_does_not_wait_for_calls_that_stall() -> None:
    async with httpx.AsyncClient(headers=KEY, timeout=60, trust_env=False) as http:
        async with serve_in_background() as base_url, AsyncOpenAI(base_url=base_url, api_key="k") as client:
            stalled = asyncio.create_task(http.post(f"{base_url}/chat/completions", json=STALLED))
            async with httpx.AsyncClient(base_url=base_url.removesuffix("/v1"), trust_env=False) as control:
                await Wire(client, control).arrival()
        with pytest.raises(httpx.RemoteProtocolError):
            await stalled


async def test_the_address_is_free_again_after_closing() -> None:
    async with serve_in_background() as base_url:
        port = int(base_url.removesuffix("/v1").rpartition(":")[2])
    with socket.socket() as again:
        again.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        again.bind(("127.0.0.1", port))


async def test_an_exception_inside_still_closes_the_server() -> None:
    before = asyncio.all_tasks()
    with pytest.raises(ZeroDivisionError):
        async with serve_in_background():
            raise ZeroDivisionError
    assert asyncio.all_tasks() == before


@pytest.mark.slow
async def test_it_runs_alone_until_interrupted_and_imports_no_client_library() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    code = (
        "import sys; from providers.simulator.server import run; "
        "assert not {'openai', 'langchain_core', 'langchain'} & sys.modules.keys(); "
        f"run('127.0.0.1', {port})"
    )
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", code, stderr=asyncio.subprocess.PIPE, env={**os.environ, "PYTHONPATH": "."}
    )
    try:
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False, headers=KEY) as http:
            for _ in range(200):
                try:
                    page = await http.get("/")
                    break
                except httpx.ConnectError:
                    await asyncio.sleep(0.05)
            else:
                raise TimeoutError("the simulator did not start")
            assert "simulator" in page.text
            with pytest.raises(httpx.RemoteProtocolError):
                await http.post("/v1/chat/completions", json={**STALLED, "model": "sim-dropped"})
    finally:
        process.send_signal(signal.SIGINT)
        _, said = await asyncio.wait_for(process.communicate(), 10)
    assert b"Traceback" not in said
