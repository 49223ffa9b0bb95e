"""From a database address to SQLAlchemy engines, and from their errors to ours."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal, cast

import aiosqlite
from sqlalchemy import URL, Engine, NullPool, StaticPool, create_engine, make_url
from sqlalchemy.exc import ArgumentError, DataError, DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from dnd.errors import ConfigurationError, InvalidParametersError, StorageError
from persistence.postgresql import connect_arguments, replace_lost_connections
from persistence.sqlite import AsyncSqliteConnection, connect

Backend = Literal["sqlite", "postgresql"]

_BACKENDS: dict[str, Backend] = {"sqlite": "sqlite", "postgresql": "postgresql", "postgres": "postgresql"}
"""Scheme of the address, without its driver, to backend."""
_DRIVERS: dict[Backend, str] = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+psycopg"}
_BEGIN: dict[Backend, str] = {"sqlite": "BEGIN IMMEDIATE", "postgresql": "BEGIN"}
"""SQLite's write lock is taken at once: a transaction that reads first and writes later fails on a lock held
elsewhere without waiting for it."""
_REASONS: dict[str, str] = {
    "SQLITE_FULL": "the disk is full",
    "SQLITE_READONLY": "the database is read-only",
    "SQLITE_BUSY": "the database is locked by another process",
    "SQLITE_LOCKED": "the database is locked by another process",
    "SQLITE_CANTOPEN": "the database file cannot be opened",
    "SQLITE_CORRUPT": "the database file is damaged",
    "SQLITE_NOTADB": "the database file is not an SQLite database",
    "SQLITE_IOERR": "the disk failed",
    "08": "the database cannot be reached",
    "25006": "the database is read-only",
    "28": "the database refuses our credentials",
    "3D000": "the database does not exist",
    "42501": "the database refuses us a permission",
    "53100": "the disk is full",
    "53300": "the database has no connection free",
    "57P": "the database is shutting down",
}
"""Beginning of SQLite's error name or of PostgreSQL's SQLSTATE (its appendix A) to what a caller may be told."""


def _verbatim(document: str | bytes) -> str:
    return document.decode() if isinstance(document, bytes) else document


_OPTIONS: dict[str, Any] = {
    "json_serializer": _verbatim,
    "json_deserializer": _verbatim,
    # Errors then quote no parameters, which are callers' texts.
    "hide_parameters": True,
}


@dataclass(frozen=True, slots=True)
class Address:
    """Where the data is."""

    url: URL
    backend: Backend
    label: str
    """For people and logs: without user, password and options."""

    @property
    def begin(self) -> str:
        """The statement that opens a transaction that will write."""
        return _BEGIN[self.backend]


def parse_address(text: str) -> Address:
    """Read a database address: `sqlite:///data/llm.db` or `postgresql://user:password@host/name`.

    Any driver named in it (`+aiosqlite`, `+asyncpg`) is replaced by the one in use.

    Raises:
        ConfigurationError: it is no address, or one of another kind. The message never repeats it: it may
            hold a password.
    """
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        raise ConfigurationError("the database address cannot be read as a URL") from None
    backend = _BACKENDS.get(url.drivername.partition("+")[0])
    if backend is None:
        raise ConfigurationError("the database address must begin with sqlite:// or postgresql://")
    if backend == "sqlite":
        if not url.database or url.database == ":memory:":
            raise ConfigurationError("SQLite needs a file, for instance sqlite:///data/llm.db")
        label = f"sqlite:///{url.database}"
    else:
        port = f":{url.port}" if url.port else ""
        label = f"postgresql://{url.host or ''}{port}/{url.database or ''}"
    return Address(url.set(drivername=_DRIVERS[backend]), backend, label)


def create_async_engines(
    address: Address, *, connections: int, connect_timeout: int
) -> tuple[AsyncEngine, AsyncEngine]:
    """Build the engines for reading and for writing. Nothing connects yet.

    Their connections begin no transaction by themselves: every statement commits itself, until a transaction is
    begun by `Address.begin`. JSON columns carry JSON text both ways: what pydantic serialised is stored as it is,
    and parsed once.

    Args:
        address: where.
        connections: kept open at most, for reading (SQLite) or altogether (PostgreSQL).
        connect_timeout: seconds (PostgreSQL).

    Returns:
        On PostgreSQL one engine, twice. On SQLite writing has one connection of its own.
    """
    pool: dict[str, Any] = {"pool_size": connections, "max_overflow": 0, "pool_use_lifo": True}
    if address.backend == "postgresql":
        arguments = connect_arguments(address.url, connect_timeout)
        engine = create_async_engine(address.url, **_OPTIONS, **pool, connect_args=arguments)
        replace_lost_connections(engine)
        return engine, engine

    async def connected() -> aiosqlite.Connection:
        return await AsyncSqliteConnection(address.url)

    return (
        create_async_engine(address.url, **_OPTIONS, **pool, async_creator=connected),
        create_async_engine(address.url, **_OPTIONS, poolclass=StaticPool, async_creator=connected),
    )


def create_blocking_engine(address: Address) -> Engine:
    """Build an engine for the migrations, which are not asynchronous. It keeps no connection."""
    if address.backend == "sqlite":
        url = address.url.set(drivername="sqlite+pysqlite")
        return create_engine(url, **_OPTIONS, poolclass=NullPool, creator=partial(connect, url))
    arguments = connect_arguments(address.url, connect_timeout=5)
    return create_engine(address.url, **_OPTIONS, poolclass=NullPool, connect_args=arguments)


@contextmanager
def translated() -> Generator[None]:
    """Turn the database's errors into ours: the one place where this happens.

    Raises:
        StorageError: with a sentence fit for a caller; the cause is chained for the log.
        InvalidParametersError: a value that the database cannot hold (PostgreSQL: a NUL character).
    """
    try:
        yield
    except DataError as exc:
        raise InvalidParametersError("a value cannot be stored") from exc
    except DBAPIError as exc:
        raise StorageError(_reason(exc)) from exc


def _reason(exc: DBAPIError) -> str:
    cause = cast("Any", exc.orig)
    code = getattr(cause, "sqlite_errorname", None) or getattr(cause, "sqlstate", None)
    if code is None:
        # libpq gives no SQLSTATE when there was no server to give one.
        return "the database cannot be reached"
    return next(
        (reason for prefix, reason in _REASONS.items() if code.startswith(prefix)),
        "the database refused the operation",
    )
