"""The database as the service sees it: opened, checked, asked and closed.

Units of work are plain functions of a SQLAlchemy connection, run on the event loop over asynchronous drivers. Each
runs to its end in a task of its own: a caller who gives up never leaves half a transaction behind.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Self, TypeVar

from sqlalchemy import Connection, text

from dnd.errors import StorageError
from persistence.engine import Address, Backend, create_async_engines, parse_address
from persistence.lane import Lane, Work
from persistence.schema import prepare

T = TypeVar("T")

_SQLITE_READERS = 3


@dataclass(frozen=True, slots=True)
class Database:
    """Connections and the queues before them. Made by `open`."""

    address: Address
    _readers: Lane
    _writers: Lane
    """On SQLite of one connection: writers then queue here, where waiting is free, and not at the file's lock, where
    it is polling. Reads go on beside it (WAL). On PostgreSQL the same lane as the readers'."""

    @classmethod
    @asynccontextmanager
    async def open(
        cls, url: str, *, migrate: bool = False, connections: int = 8, connect_timeout: int = 5
    ) -> AsyncGenerator[Self]:
        """Connect, check the schema, and close at the end, when all work under way is done.

        An SQLite file is created with its folder, and migrated. A PostgreSQL database is migrated only when
        asked: several versions of the service may be using it.

        Args:
            url: see `persistence.engine.parse_address`.
            migrate: bring an old PostgreSQL schema up to date.
            connections: at most, on PostgreSQL.
            connect_timeout: seconds, on PostgreSQL.

        Raises:
            ConfigurationError: the address cannot be read, or the schema is not this version's.
            StorageError: the database cannot be reached or opened. No message holds a password.
        """
        address = parse_address(url)
        embedded = address.backend == "sqlite"
        width = _SQLITE_READERS if embedded else connections
        for_reading, for_writing = create_async_engines(address, connections=width, connect_timeout=connect_timeout)
        readers = Lane(for_reading, width)
        database = cls(address, readers, Lane(for_writing, 1) if embedded else readers)
        try:
            await prepare(for_writing, address, migrate=migrate or embedded)
            yield database
        finally:
            await asyncio.shield(database._close())

    @property
    def backend(self) -> Backend:
        """The kind of database in use."""
        return self.address.backend

    async def read(self, work: Work[T]) -> T:
        """Run statements that change nothing.

        Raises:
            StorageError: the database cannot be reached or refused.
        """
        return await self._readers.run(work)

    async def write(self, work: Work[T]) -> T:
        """Run one statement that changes something; it commits itself.

        Once begun it is finished, even when the caller is cancelled.

        Raises:
            StorageError: the database cannot be reached or refused.
        """
        return await self._writers.run(work)

    async def transaction(self, work: Work[T]) -> T:
        """Run statements that hold together: all of them, or none when `work` raises.

        Once begun it is finished, even when the caller is cancelled.

        Raises:
            StorageError: the database cannot be reached or refused.
        """
        return await self._writers.run(partial(_transaction, self.address.begin, work))

    async def ping(self, within: float = 2.0) -> None:
        """Ask for a sign of life.

        Args:
            within: seconds.

        Raises:
            StorageError: there was none.
        """
        try:
            async with asyncio.timeout(within):
                await self.read(lambda connection: connection.execute(text("SELECT 1")).scalar_one())
        except TimeoutError:
            raise StorageError(f"the database did not answer within {within:g} s") from None

    async def _close(self) -> None:
        await self._readers.close()
        if self._writers is not self._readers:
            await self._writers.close()


def _transaction(begin: str, work: Work[T], connection: Connection) -> T:
    with connection.begin():
        connection.exec_driver_sql(begin)
        return work(connection)
