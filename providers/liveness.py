"""Whether the model's server answers. Listing its models costs nothing and needs the same key as a question."""

import time
from collections.abc import Callable
from http import HTTPStatus

import httpx

REMEMBERED_S = 20.0
"""Health checks come every few seconds from several places; the vendor is asked no oftener than this."""
PATIENCE_S = 3.0


class ModelServer:
    """An OpenAI-compatible server, asked for its list of models."""

    def __init__(self, base_url: str, api_key: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._url = f"{base_url.rstrip('/')}/models"
        self._headers = {"Authorization": f"Bearer {api_key}"}
        self._clock = clock
        self._known: tuple[float, str | None] | None = None

    async def ping(self) -> str | None:
        """None when it answers in time, else why not, in words that may be shown."""
        if self._known is None or self._clock() - self._known[0] > REMEMBERED_S:
            self._known = (self._clock(), await self._ask())
        return self._known[1]

    async def _ask(self) -> str | None:
        try:
            async with httpx.AsyncClient(timeout=PATIENCE_S) as client:
                response = await client.get(self._url, headers=self._headers)
        except httpx.TimeoutException:
            return f"the model server did not answer within {PATIENCE_S:g} s"
        except httpx.TransportError:
            return "the model server cannot be reached"
        if response.status_code in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
            return "the model server refuses the key"
        if response.is_server_error:
            return f"the model server answers {response.status_code}"
        return None
