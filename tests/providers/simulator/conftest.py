import asyncio
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass
from typing import Any, cast

import httpx
import pytest
from openai import AsyncOpenAI

from providers.simulator.server import serve_in_background

SCHEMA: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["title", "tags"],
    "properties": {"title": {"type": "string"}, "tags": {"type": "array", "items": {"type": "string"}}},
}
FORMAT: dict[str, Any] = {"type": "json_schema", "json_schema": {"name": "thing", "strict": True, "schema": SCHEMA}}


@dataclass(frozen=True)
class Wire:
    """A running simulator, reached as its users reach it."""

    openai: AsyncOpenAI
    http: httpx.AsyncClient
    """Relative to the root of the server, with a key."""

    async def chat(self, model: str = "gpt-5-nano", text: str = "Hello", **more: object) -> httpx.Response:
        body = {"model": model, "messages": [{"role": "user", "content": text}], **more}
        return await self.http.post("/v1/chat/completions", json=body)

    async def script(self, *steps: Mapping[str, Any]) -> None:
        (await self.http.post("/simulator/script", json=list(steps))).raise_for_status()

    async def settings(self, **changes: object) -> None:
        (await self.http.post("/simulator/settings", json=changes)).raise_for_status()

    async def ledger(self) -> dict[str, Any]:
        return (await self.http.get("/simulator/ledger")).json()

    async def arrival(self) -> None:
        """Wait until the first call has arrived."""
        for _ in range(500):
            if (await self.ledger())["calls"]:
                return
            await asyncio.sleep(0.01)
        raise TimeoutError("no call has arrived")

    async def settled(self) -> dict[str, Any]:
        """The last call, once it is over: a client's leaving takes a moment to be noticed."""
        for _ in range(500):
            call = await self.last_call()
            if call["outcome"] != "running":
                return call
            await asyncio.sleep(0.01)
        raise TimeoutError("the call is still running")

    async def last_call(self) -> dict[str, Any]:
        return cast("dict[str, Any]", (await self.ledger())["calls"][-1])


@pytest.fixture
async def wire() -> AsyncGenerator[Wire]:
    async with (
        serve_in_background() as base_url,
        AsyncOpenAI(base_url=base_url, api_key="sk-test", max_retries=0, timeout=10) as client,
        httpx.AsyncClient(
            base_url=base_url.removesuffix("/v1"),
            headers={"authorization": "Bearer sk-test"},
            timeout=10,
            trust_env=False,
        ) as http,
    ):
        yield Wire(client, http)
