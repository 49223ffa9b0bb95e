"""One HTTP call on the ASGI level: its body, its answer with the vendor's headers, its pauses and its end.

Plain ASGI and no framework response, for three reasons: a call costs microseconds, a connection can be cut at any
byte, and a client that leaves is noticed within a pause.
"""

import asyncio
import json
import time
from collections.abc import Mapping
from typing import Any

import orjson
from starlette.types import Receive, Scope, Send

from providers.simulator.errors import ApiError, ErrorBody
from providers.simulator.state import SimulatorState

CONNECTION = "simulator.connection"
"""Where the server leaves the transport's protocol in the ASGI state, so that a fault can cut the connection."""

MAX_BODY_BYTES = 32 * 1024 * 1024
"""Longest request body."""

_FLUSH_S = 0.01
"""Lets the event loop hand to the network what was written before a connection is cut."""

_ORGANIZATION = (b"openai-organization", b"org-simulator")
_VERSION = (b"openai-version", b"2020-10-01")


class ClientGoneError(Exception):
    """The client closed the connection."""


class ConnectionCutError(Exception):
    """A fault closed the connection."""


def dump(value: object) -> bytes:
    """JSON, lone surrogates as escapes."""
    try:
        return orjson.dumps(value)
    except TypeError:
        return json.dumps(value, separators=(",", ":")).encode()


class Exchange:
    """One call."""

    def __init__(self, state: SimulatorState, scope: Scope, receive: Receive, send: Send) -> None:
        self.state = state
        self.path: str = scope["path"]
        self.request_id = state.new_id("req_")
        self._scope = scope
        self._receive = receive
        self._send = send
        self._began = time.perf_counter()
        self._headers = dict[bytes, bytes](scope["headers"])

    @property
    def elapsed_ms(self) -> float:
        """Since the call arrived."""
        return (time.perf_counter() - self._began) * 1000

    @property
    def can_cut(self) -> bool:
        """Whether the server lets a fault cut the connection."""
        return CONNECTION in self._scope.get("state", {})

    def header(self, name: str) -> str | None:
        """A request header; `name` in lower case."""
        value = self._headers.get(name.encode())
        return None if value is None else value.decode("latin-1")

    async def body(self) -> bytes:
        """The request body.

        Raises:
            ApiError: 413, it is too long.
            ClientGoneError: the client left while sending it.
        """
        parts: list[bytes] = []
        size = 0
        while True:
            message = await self._receive()
            if message["type"] == "http.disconnect":
                raise ClientGoneError
            part: bytes = message.get("body", b"")
            size += len(part)
            if size > MAX_BODY_BYTES:
                raise ApiError(ErrorBody(status=413, message="The request body is too large."))
            parts.append(part)
            if not message.get("more_body", False):
                return parts[0] if len(parts) == 1 else b"".join(parts)

    async def start(
        self, status: int, media_type: str, *, length: int | None = None, extra: Mapping[str, str] | None = None
    ) -> None:
        """Status line and headers; without `length` the body is chunked."""
        headers = [
            (b"content-type", media_type.encode()),
            (b"x-request-id", self.request_id.encode()),
            (b"openai-processing-ms", str(round(self.elapsed_ms)).encode()),
            _ORGANIZATION,
            _VERSION,
            *self.state.rate_headers(),
        ]
        if length is not None:
            headers.append((b"content-length", str(length).encode()))
        headers.extend((name.encode(), value.encode("latin-1")) for name, value in (extra or {}).items())
        await self._send({"type": "http.response.start", "status": status, "headers": headers})

    async def write(self, data: bytes, *, last: bool = False) -> None:
        """A part of the body."""
        await self._send({"type": "http.response.body", "body": data, "more_body": not last})

    async def reply(self, status: int, data: bytes, media_type: str = "application/json") -> None:
        """The whole answer."""
        await self.start(status, media_type, length=len(data))
        await self.write(data, last=True)

    async def reply_json(self, status: int, value: Any) -> None:  # noqa: ANN401 -- any JSON
        """The whole answer as JSON."""
        await self.reply(status, dump(value))

    async def refuse(self, body: ErrorBody) -> None:
        """The vendor's error body."""
        data = dump(body.payload())
        await self.start(body.status, "application/json", length=len(data), extra=body.headers)
        await self.write(data, last=True)

    async def pause(self, seconds: float) -> None:
        """Wait; 0 only looks whether the client is still there.

        Raises:
            ClientGoneError: it is not.
        """
        try:
            async with asyncio.timeout(seconds):
                while (await self._receive())["type"] != "http.disconnect":
                    pass
        except TimeoutError:
            return
        raise ClientGoneError

    async def cut(self) -> None:
        """Close the connection without a word.

        Raises:
            ConnectionCutError: always; it ends the call.
        """
        if self.can_cut:
            await asyncio.sleep(_FLUSH_S)
            self._scope["state"][CONNECTION].transport.abort()
            while (await self._receive())["type"] != "http.disconnect":
                pass
        raise ConnectionCutError
