"""What tests of several folders need: the simulator over real HTTP, and text models that ask it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from providers.chat import OpenAITextModel, TextModelConfig
from providers.simulator.server import serve_in_background


async def until(done: Callable[[], Awaitable[bool]]) -> None:
    """Wait for a state of the other side, for which there is no event on this one."""
    for _ in range(500):
        if await done():
            return
        await asyncio.sleep(0.01)
    raise TimeoutError("the state was not reached within 5 s")


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
