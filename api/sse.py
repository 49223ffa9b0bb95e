"""A watched run as Server-Sent Events: it never just stops, and it stops spending when nobody watches."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from typing import Any, cast

import anyio
import orjson
from sse_starlette.event import ServerSentEvent
from sse_starlette.sse import EventSourceResponse
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from api.problems import problem_of, record
from dnd.errors import ServiceError
from services.generation import StreamEvent

HEARTBEAT_S = 15
"""Seconds between comments that keep proxies from closing a silent stream."""
FAREWELL_S = 20.0
"""Seconds that a run under way gets to finish after the server was told to stop."""
CLEAN_UP_S = 10.0
"""Longest wait for a cancelled run to write down how it ended."""


class ShuttingDownError(ServiceError):
    """The server stops before the run has ended."""

    code = "service_unavailable"
    status = 503


class Watch:
    """One run, driven by a task of its own.

    The task is cancelled once and waited for, so that the run can write down its end; the response's task is
    cancelled again and again by its task group, and could not.
    """

    def __init__(self, events: AsyncIterator[StreamEvent]) -> None:
        self._queue: asyncio.Queue[StreamEvent | Exception | None] = asyncio.Queue()
        self._held: list[StreamEvent] = []
        self._task = asyncio.create_task(self._drive(events))

    @classmethod
    async def begin(cls, events: AsyncIterator[StreamEvent]) -> "Watch":
        """Start the run and wait for its first event: by then the service has checked the request.

        Raises:
            ServiceError: the request cannot be served; nothing was spent.
        """
        watch = cls(events)
        try:
            if (event := await watch._next()) is not None:
                watch._held.append(event)
        except BaseException:
            await watch.close()
            raise
        return watch

    async def events(self) -> AsyncGenerator[StreamEvent]:
        """The run's events; a failure is raised in its place."""
        for event in self._held:
            yield event
        while (event := await self._next()) is not None:
            yield event

    def stop_soon(self) -> None:
        """Give the run `FAREWELL_S` to end by itself; then it fails with `ShuttingDownError`."""
        error = ShuttingDownError("the server is stopping; ask again", retry_after=5)
        asyncio.get_running_loop().call_later(FAREWELL_S, self._queue.put_nowait, error)

    async def close(self) -> None:
        """Cancel the run unless it has ended, and wait for it to write down how it ended."""
        self._task.cancel()
        with anyio.move_on_after(CLEAN_UP_S, shield=True):
            await asyncio.wait([self._task])

    async def _drive(self, events: AsyncIterator[StreamEvent]) -> None:
        try:
            async for event in events:
                self._queue.put_nowait(event)
        except Exception as error:  # noqa: BLE001 -- carried to the reader, who tells it
            self._queue.put_nowait(error)
        else:
            self._queue.put_nowait(None)

    async def _next(self) -> StreamEvent | None:
        entry = await self._queue.get()
        if isinstance(entry, Exception):
            raise entry
        return entry


async def event_stream(events: AsyncIterator[StreamEvent]) -> Response:
    """The run as an event stream, which ends with exactly one `result` or `error`.

    Raises:
        ServiceError: the request cannot be served; nothing was spent and no stream was begun.
    """
    watch = await Watch.begin(events)
    stream = EventSourceResponse(
        _frames(watch),
        ping=HEARTBEAT_S,
        ping_message_factory=lambda: ServerSentEvent(comment="still writing", sep="\n"),
        sep="\n",
        headers={"Cache-Control": "no-cache, no-store", "X-Accel-Buffering": "no"},
        shutdown_event=cast("anyio.Event", _OnShutdown(watch)),
        shutdown_grace_period=FAREWELL_S + CLEAN_UP_S,
    )
    return WatchedResponse(stream, watch)


class WatchedResponse(Response):
    """Another response, with the run behind it closed however the response ends."""

    def __init__(self, response: Response, watch: Watch) -> None:
        super().__init__()
        self._response = response
        self._watch = watch

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer."""
        try:
            await self._response(scope, receive, send)
        finally:
            await self._watch.close()


class _OnShutdown:
    """Stands where sse-starlette sets an event when the server is told to stop."""

    def __init__(self, watch: Watch) -> None:
        self._watch = watch

    def set(self) -> None:
        self._watch.stop_soon()


async def _frames(watch: Watch) -> AsyncGenerator[bytes]:
    number = 0
    try:
        async for event in watch.events():
            yield _frame(number, event.event, event.data)
            number += 1
    except Exception as error:  # noqa: BLE001 -- a stream ends by saying why
        record(error)
        yield _frame(number, "error", problem_of(error)[0].model_dump(mode="json"))


def _frame(number: int, event: str, data: dict[str, Any]) -> bytes:
    return b"id: %d\nevent: %s\ndata: %s\n\n" % (number, event.encode(), orjson.dumps(data))
