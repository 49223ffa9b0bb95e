"""One whole service for all tests: the real application over SQLite, and the simulator as its model, all by HTTP."""

import asyncio
import socket
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from starlette.types import ASGIApp

from providers.simulator.server import serve_in_background
from server import create_app
from services.context import open_context
from services.settings import Settings, load_settings

PIM: dict[str, Any] = {
    "type": "backstory",
    "subject": {"name": "Pim Fiddlewick", "species": "gnome", "class": "wizard", "level": 3},
    "theme": "gothic_horror",
    "facts": ["She carries a brass key that opens no lock in her village"],
}
"""A request that the simulator answers well."""


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


@dataclass(frozen=True)
class Ledger:
    """The simulator's book of all calls, and its pace."""

    client: httpx.AsyncClient

    async def calls(self) -> list[dict[str, Any]]:
        """Every call since the last reset, oldest first."""
        return (await self.client.get("/simulator/ledger")).json()["calls"]

    async def pace(self, **changes: float) -> None:
        """Change latency and speed."""
        (await self.client.post("/simulator/settings", json=changes)).raise_for_status()

    async def fail_next(self, fault: str, times: int = 1, **parameters: float) -> None:
        """Let the next calls fail in a named way."""
        step = {"fault": fault, "times": times, **parameters}
        (await self.client.post("/simulator/script", json=[step])).raise_for_status()


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


@pytest.fixture(scope="session")
async def simulator_url() -> AsyncGenerator[str]:
    """The simulator's base URL, `/v1` included."""
    async with serve_in_background() as url:
        yield url


@pytest.fixture(scope="session")
async def service_url(simulator_url: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[str]:
    """The service's base URL."""
    settings = settings_for(
        tmp_path_factory.mktemp("service"),
        openai_api_key="any",
        openai_base_url=simulator_url,
        openai_model="gpt-5-nano",
        openai_fallback_models=(),
        openai_max_retries=0,
    )
    async with open_context(settings) as context, serving(create_app(settings, context=context)) as url:
        yield url


@pytest.fixture(scope="session")
async def client(service_url: str) -> AsyncGenerator[httpx.AsyncClient]:
    """A caller of the service."""
    async with httpx.AsyncClient(base_url=service_url, timeout=30) as caller:
        yield caller


@pytest.fixture
async def ledger(simulator_url: str) -> AsyncGenerator[Ledger]:
    """The simulator's book, empty, and emptied again."""
    async with httpx.AsyncClient(base_url=simulator_url.removesuffix("/v1"), timeout=30) as caller:
        (await caller.post("/simulator/reset")).raise_for_status()
        yield Ledger(caller)
        (await caller.post("/simulator/reset")).raise_for_status()
