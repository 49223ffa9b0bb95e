"""What surrounds every request, as plain ASGI: its id and log line, its size limit, and its caller's presence."""

import asyncio
import logging
import time
from contextlib import suppress
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.identity import adopt_request_id
from api.problems import record, respond
from dnd.errors import PayloadTooLargeError

CLIENT_GONE = 499
"""Status in the access log for a caller who left before the answer began (nginx's convention)."""
DRAIN_FACTOR = 16
"""An oversized body is read and dropped up to this many times the limit before it is answered, so that a client
that writes all before it reads gets to see the answer."""

_access = logging.getLogger("api.access")


class Identity:
    """Gives the request its id, answers what nobody caught, and writes the access line. The outermost layer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = adopt_request_id(_header(scope, b"x-request-id"))
        started = time.perf_counter()
        status = 0

        async def identified(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message.get("headers", ()), (b"x-request-id", request_id.encode())]
            await send(message)

        try:
            await self._app(_as_get(scope), receive, identified)
        except Exception as error:  # noqa: BLE001 -- the last resort: masked for the caller, told in the log
            record(error)
            if status == 0:
                await respond(error)(scope, receive, identified)
        finally:
            elapsed = (time.perf_counter() - started) * 1000
            _access.info(
                "%s %s %d %.1f ms",
                scope["method"],
                scope["path"],
                status or CLIENT_GONE,
                elapsed,
                extra={
                    "method": scope["method"],
                    "path": scope["path"],
                    "status": status or CLIENT_GONE,
                    "duration_ms": round(elapsed, 2),
                },
            )


class BodyLimit:
    """Refuses bodies over `limit` bytes, with or without a declared length."""

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self._app = app
        self._limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or scope["method"] == "GET":
            await self._app(scope, receive, send)
            return
        body = _Counted(receive, self._limit)
        declared = _header(scope, b"content-length") or ""
        if declared.isdigit() and int(declared) > self._limit:
            await self._refuse(body, scope, send)
            return
        started = False

        async def unless_oversized(message: Message) -> None:
            nonlocal started
            if started or not body.oversized:
                started = True
                await send(message)

        with suppress(_OversizedError):
            await self._app(scope, body.receive, unless_oversized)
        if body.oversized and not started:
            await self._refuse(body, scope, send)

    async def _refuse(self, body: "_Counted", scope: Scope, send: Send) -> None:
        await body.drain()
        error = PayloadTooLargeError(f"the body exceeds {self._limit} bytes")
        await respond(error)(scope, body.receive, send)


class _Counted:
    """A body, counted as it is read."""

    def __init__(self, receive: Receive, limit: int) -> None:
        self._receive = receive
        self._limit = limit
        self._size = 0
        self._more = True

    @property
    def oversized(self) -> bool:
        """True once more than the limit has been read."""
        return self._size > self._limit

    async def receive(self) -> Message:
        """The application's `receive`."""
        message = await self._next()
        if self.oversized:
            raise _OversizedError
        return message

    async def drain(self) -> None:
        """Read on and drop what comes, within bounds."""
        while self._more and self._size <= self._limit * DRAIN_FACTOR:
            await self._next()

    async def _next(self) -> Message:
        message = await self._receive()
        self._size += len(message.get("body", b""))
        self._more = message.get("more_body", False)
        return message


class _OversizedError(Exception):
    """Ends the reading of a body; what the application makes of it is dropped."""


class CancelOnDisconnect:
    """Cancels the work when the caller leaves before the answer began, whatever the route does about it.

    Once the body is read, a watcher waits for the disconnect in the application's place. After the answer has
    begun the application is only told, as ASGI has it: streams listen for themselves.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or scope["method"] == "GET":
            await self._app(scope, receive, send)
            return
        presence = _Presence(receive, send)
        try:
            await self._app(scope, presence.receive, presence.send)
        except asyncio.CancelledError:
            if not presence.cancelled:
                raise
            presence.task.uncancel()
        finally:
            presence.close()


class _Presence:
    """One caller, watched."""

    def __init__(self, receive: Receive, send: Send) -> None:
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 -- ASGI servers run every request in a task
        self.task: asyncio.Task[Any] = task
        self.cancelled = False
        self._receive = receive
        self._send = send
        self._watcher: asyncio.Task[Message] | None = None
        self._answering = False

    async def receive(self) -> Message:
        """The application's `receive`."""
        if self._watcher is not None:
            return await asyncio.shield(self._watcher)
        message = await self._receive()
        if message["type"] == "http.request" and not message.get("more_body", False):
            self._watcher = asyncio.create_task(self._watch())
        return message

    async def send(self, message: Message) -> None:
        """The application's `send`."""
        self._answering = True
        await self._send(message)

    def close(self) -> None:
        """Stop watching."""
        if self._watcher is not None:
            self._watcher.cancel()

    async def _watch(self) -> Message:
        message = await self._receive()
        if not self._answering and message["type"] == "http.disconnect":
            self.cancelled = True
            self.task.cancel()
        return message


def _header(scope: Scope, name: bytes) -> str | None:
    for key, value in scope["headers"]:
        if key == name:
            return value.decode("latin-1")
    return None


def _as_get(scope: Scope) -> Scope:
    """A HEAD request is served as GET; the server leaves the body out."""
    return {**scope, "method": "GET"} if scope["method"] == "HEAD" else scope
