"""What tests of several folders need: the simulator and the service over real HTTP, and text models."""

import asyncio
import socket
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Generator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from starlette.types import ASGIApp

from providers.chat import OpenAITextModel, TextModelConfig
from providers.simulator.server import serve_in_background
from services.settings import Settings, load_settings


class _Server(uvicorn.Server):
    """Leaves the signals to pytest."""

    @contextmanager
    def capture_signals(self) -> Generator[None]:
        yield


@asynccontextmanager
async def serving(app: ASGIApp) -> AsyncGenerator[str]:
    """`app` on a free port of the loopback; yields its URL."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = _Server(uvicorn.Config(app, log_config=None, access_log=False, timeout_graceful_shutdown=1))
        task = asyncio.create_task(server.serve(sockets=[listener]))
        while not server.started:  # noqa: ASYNC110 -- uvicorn has a flag and no event
            await asyncio.sleep(0.01)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        await task


def settings_for(data_dir: Path, **changes: object) -> Settings:
    """Settings that the environment of the test run does not shape."""
    apart: dict[str, object] = {
        "data_dir": data_dir,
        "database_url": None,
        "postgres_host": None,
        "redis_url": None,
        "redis_host": None,
        "openai_api_key": None,
        "openai_base_url": None,
        "workers": 1,
    }
    return load_settings(_env_file=None, **{**apart, **changes})


async def until(done: Callable[[], Awaitable[bool]], *, seconds: float = 5) -> None:
    """Wait for a state of the other side, for which there is no event on this one."""
    for _ in range(round(seconds * 100)):
        if await done():
            return
        await asyncio.sleep(0.01)
    raise TimeoutError(f"the state was not reached within {seconds} s")


@dataclass(frozen=True, slots=True)
class Simulator:
    """A running simulator and the client of its control endpoints."""

    base_url: str
    control: httpx.AsyncClient

    async def script(self, *steps: dict[str, Any]) -> None:
        """Queue faults."""
        (await self.control.post("/simulator/script", json=list(steps))).raise_for_status()

    async def calls(self) -> list[dict[str, Any]]:
        """The ledger, oldest call first."""
        response = await self.control.get("/simulator/ledger")
        return response.raise_for_status().json()["calls"]

    async def settled(self) -> list[dict[str, Any]]:
        """The ledger once no call is running any more: a client's leaving takes a moment to be noticed."""

        async def done() -> bool:
            return all(call["outcome"] != "running" for call in await self.calls())

        await until(done)
        return await self.calls()

    async def fail_next(self, fault: str, times: int = 1, **parameters: float) -> None:
        """Let the next calls fail in a named way."""
        await self.script({"fault": fault, "times": times, **parameters})

    async def settings(self, **values: float) -> None:
        """Latency and speed."""
        (await self.control.post("/simulator/settings", json=values)).raise_for_status()


@pytest.fixture(scope="session")
async def simulator_url() -> AsyncIterator[str]:
    async with serve_in_background() as base_url:
        yield base_url


@pytest.fixture
async def simulator(simulator_url: str) -> AsyncIterator[Simulator]:
    async with httpx.AsyncClient(base_url=simulator_url.removesuffix("/v1"), trust_env=False) as control:
        (await control.post("/simulator/reset")).raise_for_status()
        yield Simulator(simulator_url, control)
        (await control.post("/simulator/reset")).raise_for_status()


OpenModel = Callable[..., Awaitable[OpenAITextModel]]


@pytest.fixture
async def open_model() -> AsyncIterator[OpenModel]:
    """Opens a model at an address, with short pauses and time limits; closes it after the test."""
    async with AsyncExitStack() as stack:

        async def opened(base_url: str, *models: str, **settings: Any) -> OpenAITextModel:  # noqa: ANN401 -- any setting
            quick: dict[str, Any] = {"retry_pause_s": 0.001, "timeout_s": 20.0, **settings}
            config = TextModelConfig(api_key="sk-test", base_url=base_url, models=models, **quick)
            return await stack.enter_async_context(OpenAITextModel(config))

        yield opened
