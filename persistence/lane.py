"""The queue in front of a connection pool."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncEngine

from dnd.errors import StorageError
from persistence.engine import translated

T = TypeVar("T")
Work = Callable[[Connection], T]
"""A unit of work: plain code, which waits for the database only, through the connection."""


class Lane:
    """Lets as many units of work through at once as there are connections, in the order in which they came.

    A unit that has begun runs to its end in a task of its own, whatever becomes of its caller.
    """

    def __init__(self, engine: AsyncEngine, width: int) -> None:
        """Queue before `engine`, which has `width` connections."""
        self._engine = engine
        self._width = width
        self._slots = asyncio.Semaphore(width)
        # The event loop itself holds tasks weakly.
        self._under_way: set[asyncio.Task[object]] = set()
        self._closed = False

    async def run(self, work: Work[T]) -> T:
        """Wait for a connection and run `work` with it.

        Raises:
            StorageError: the database cannot be reached or refused, or the lane is closed.
        """
        if self._closed:
            raise StorageError("the database is closed")
        await self._slots.acquire()
        task = asyncio.create_task(self._connected(work))
        self._under_way.add(task)
        task.add_done_callback(self._leave)
        return await asyncio.shield(task)

    async def close(self) -> None:
        """Let in nobody more, wait until all that came before are done, and close the connections."""
        self._closed = True
        for _ in range(self._width):
            await self._slots.acquire()
        await self._engine.dispose()

    async def _connected(self, work: Work[T]) -> T:
        with translated():
            # Not `async with`: its end runs in one task more, for callers who may be cancelled in it.
            connection = await self._engine.connect()
            try:
                return await connection.run_sync(work)
            finally:
                await connection.close()

    def _leave(self, task: asyncio.Task[object]) -> None:
        self._under_way.discard(task)
        self._slots.release()
