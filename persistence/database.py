"""The database as the service sees it: opened, checked, asked and closed.

Units of work are plain functions of a SQLAlchemy connection. Each runs to its end in a worker thread: with one hop
for the whole of it, and not one for each statement, a write costs less than half of what an asynchronous driver
takes on SQLite (and no more on PostgreSQL), and a caller who gives up never leaves half a transaction behind.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Self, TypeVar

from sqlalchemy import Connection, text

from dnd.errors import StorageError
from persistence.engine import Address, Backend, Engines, create_engines, parse_address, translated
from persistence.schema import prepare

T = TypeVar("T")
Work = Callable[[Connection], T]
"""Runs in a worker thread; must not touch the event loop."""

_SQLITE_READERS = 3


@dataclass(frozen=True, slots=True)
class Database:
    """A connection pool and the threads that use it. Made by `open`."""

    address: Address
    _engines: Engines
    _readers: ThreadPoolExecutor
    _writers: ThreadPoolExecutor
    """On SQLite one thread: writers then queue here, where waiting is free, and not at the file's lock, where it
    is polling. Reads go on beside it (WAL). On PostgreSQL the same threads as the readers'."""

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
        readers = ThreadPoolExecutor(_SQLITE_READERS if embedded else connections, "database")
        writers = ThreadPoolExecutor(1, "database-writer") if embedded else readers
        engines = create_engines(
            address,
            connections=_SQLITE_READERS + 1 if embedded else connections,
            connect_timeout=connect_timeout,
        )
        database = cls(address, engines, readers, writers)
        try:
            await database._run(writers, partial(prepare, engines, address, migrate=migrate or embedded))
            yield database
        finally:
            await asyncio.to_thread(database._close)

    @property
    def backend(self) -> Backend:
        """The kind of database in use."""
        return self.address.backend

    async def read(self, work: Work[T]) -> T:
        """Run statements that change nothing.

        Raises:
            StorageError: the database cannot be reached or refused.
        """
        return await self._run(self._readers, partial(self._statements, work))

    async def write(self, work: Work[T]) -> T:
        """Run one statement that changes something; it commits itself.

        Once begun it is finished, even when the caller is cancelled.

        Raises:
            StorageError: the database cannot be reached or refused.
        """
        return await self._run(self._writers, partial(self._statements, work))

    async def transaction(self, work: Work[T]) -> T:
        """Run statements that hold together: all of them, or none when `work` raises.

        Once begun it is finished, even when the caller is cancelled.

        Raises:
            StorageError: the database cannot be reached or refused.
        """
        return await self._run(self._writers, partial(self._transaction, work))

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

    @staticmethod
    async def _run(threads: ThreadPoolExecutor, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(threads, work)

    def _statements(self, work: Work[T]) -> T:
        with translated(), self._engines.statements.connect() as connection:
            return work(connection)

    def _transaction(self, work: Work[T]) -> T:
        with translated(), self._engines.transactions.begin() as connection:
            return work(connection)

    def _close(self) -> None:
        self._readers.shutdown()
        self._writers.shutdown()
        self._engines.dispose()
