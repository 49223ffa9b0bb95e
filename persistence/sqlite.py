"""SQLite connections: set up for several processes at once, and cheap to drive from an event loop.

An asynchronous SQLite connection is a thread that is sent one call at a time. On small statements that hop costs more
than SQLite itself, so only calls that can wait for the disk or for another process are sent.
"""

import sqlite3
from functools import partial
from typing import Any

import aiosqlite
from sqlalchemy import URL
from tenacity import retry, retry_if_exception, stop_after_delay, wait_random

_PRAGMAS = (
    "busy_timeout = 5000",
    # In WAL a power cut may then lose the last commits, never the file; a crash of the process loses nothing.
    "synchronous = NORMAL",
    "foreign_keys = ON",
)


class AsyncSqliteConnection(aiosqlite.Connection):
    """A connection as SQLAlchemy uses it: one hop to execute, one to fetch, one to end a transaction.

    What is called here without a hop touches memory only, and only between two hops: SQLAlchemy sends nothing to a
    connection that has a call under way.
    """

    def __init__(self, url: URL) -> None:
        """Prepare to connect to the file that `url` names."""
        super().__init__(partial(connect, url), iter_chunk_size=64)
        # A process that ends without closing would otherwise wait for this thread for ever.
        self._thread.daemon = True

    def cursor(  # pyright: ignore[reportIncompatibleMethodOverride] -- SQLAlchemy only enters what it is given
        self,
    ) -> "AsyncSqliteCursor":
        """A cursor; there is nothing to wait for."""
        return AsyncSqliteCursor(self, self._conn.cursor())

    async def commit(self) -> None:
        """Commit, where there is a transaction."""
        if self.in_transaction:
            await super().commit()

    async def rollback(self) -> None:
        """Roll back, where there is a transaction."""
        if self.in_transaction:
            await super().rollback()


class AsyncSqliteCursor(aiosqlite.Cursor):
    """A cursor that closes without a hop."""

    async def close(self) -> None:
        """Close; by then every row has been fetched, and SQLite holds nothing for it."""
        self._cursor.close()


def connect(url: URL) -> sqlite3.Connection:
    """Open the file that `url` names. The driver begins no transaction by itself.

    Raises:
        sqlite3.Error: it cannot be opened, or is no database.
    """
    (path, *_), given = url.get_dialect()().create_connect_args(url)
    options: dict[str, Any] = {**given, "isolation_level": None}
    connection = sqlite3.connect(path, **options)
    try:
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}").close()
        _enter_wal(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _is_busy(exc: BaseException) -> bool:
    name: Any = getattr(exc, "sqlite_errorname", "")
    return isinstance(exc, sqlite3.OperationalError) and name.startswith("SQLITE_BUSY")


# The switch, made once in the life of a file, fails at once when another process is at it: SQLite does not apply
# its busy timeout here (met once in 240 openings of new files by four processes).
@retry(retry=retry_if_exception(_is_busy), stop=stop_after_delay(5), wait=wait_random(0.01, 0.05), reraise=True)
def _enter_wal(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA journal_mode = WAL").close()
