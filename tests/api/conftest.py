"""One whole service for all tests: the real application over SQLite, and the simulator as its model, all by HTTP."""

from collections.abc import AsyncGenerator
from typing import Any

import httpx
import pytest

from server import create_app
from services.context import open_context
from tests.conftest import serving, settings_for

PIM: dict[str, Any] = {
    "type": "backstory",
    "subject": {"name": "Pim Fiddlewick", "species": "gnome", "class": "wizard", "level": 3},
    "theme": "gothic_horror",
    "facts": ["She carries a brass key that opens no lock in her village"],
}
"""A request that the simulator answers well."""


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
