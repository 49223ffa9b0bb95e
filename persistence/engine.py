"""From a database address to SQLAlchemy engines, and from their errors to ours."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from sqlite3 import Connection as SqliteConnection
from sqlite3 import OperationalError
from typing import Any, Literal, cast

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DataError, DBAPIError
from tenacity import retry, retry_if_exception, stop_after_delay, wait_random

from dnd.errors import ConfigurationError, InvalidParametersError, StorageError

Backend = Literal["sqlite", "postgresql"]

_BACKENDS: dict[str, Backend] = {"sqlite": "sqlite", "postgresql": "postgresql", "postgres": "postgresql"}
"""Scheme of the address, without its driver, to backend."""
_DRIVERS: dict[Backend, str] = {"sqlite": "sqlite+pysqlite", "postgresql": "postgresql+psycopg"}
_SQLITE_PRAGMAS = (
    "busy_timeout = 5000",
    # In WAL a power cut may then lose the last commits, never the file; a crash of the process loses nothing.
    "synchronous = NORMAL",
    "foreign_keys = ON",
)
_WRITES = "begin_immediate"
"""Execution option of the engine whose transactions take SQLite's write lock at once: a transaction that
reads first and writes later fails on a lock held elsewhere without waiting for it."""
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


@dataclass(frozen=True, slots=True)
class Address:
    """Where the data is."""

    url: URL
    backend: Backend
    label: str
    """For people and logs: without user, password and options."""


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


@dataclass(frozen=True, slots=True)
class Engines:
    """Two views of one connection pool."""

    statements: Engine
    """Every statement commits itself: reads, and writes of one statement."""
    transactions: Engine
    """`begin()` opens a transaction; on SQLite one that holds the write lock."""

    def dispose(self) -> None:
        """Close all connections."""
        self.transactions.dispose()


def create_engines(address: Address, *, connections: int, connect_timeout: int) -> Engines:
    """Build the engines. Nothing connects yet.

    JSON columns carry JSON text both ways: what pydantic serialised is stored as it is, and parsed once.

    Args:
        address: where.
        connections: kept open at most.
        connect_timeout: seconds (PostgreSQL).
    """
    engine = create_engine(
        address.url,
        pool_size=connections,
        max_overflow=0,
        pool_use_lifo=True,
        pool_pre_ping=address.backend == "postgresql",
        connect_args=_connect_args(address, connect_timeout),
        json_serializer=_verbatim,
        json_deserializer=_verbatim,
        # Errors then quote no parameters, which are callers' texts.
        hide_parameters=True,
    )
    if address.backend == "postgresql":
        return Engines(engine.execution_options(isolation_level="AUTOCOMMIT"), engine)
    event.listen(engine, "connect", _configure_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return Engines(engine, engine.execution_options(**{_WRITES: True}))


def _verbatim(document: str | bytes) -> str:
    return document.decode() if isinstance(document, bytes) else document


def _connect_args(address: Address, connect_timeout: int) -> dict[str, Any]:
    if address.backend == "sqlite":
        return {}
    defaults: dict[str, Any] = {
        "connect_timeout": connect_timeout,
        "application_name": "llm-service",
        # A server that vanished without a word is noticed after 10 s, not after the kernel's 15 minutes.
        "tcp_user_timeout": 10_000,
    }
    wanted = {name: value for name, value in defaults.items() if name not in address.url.query}
    # Prepared statements break behind PgBouncer in transaction mode.
    return {**wanted, "prepare_threshold": None}


def _configure_sqlite(connection: SqliteConnection, _record: object) -> None:
    # The driver then leaves BEGIN to us; by default it begins by itself, and late.
    connection.isolation_level = None
    for pragma in _SQLITE_PRAGMAS:
        connection.execute(f"PRAGMA {pragma}").close()
    _enter_wal(connection)


def _is_busy(exc: BaseException) -> bool:
    return isinstance(exc, OperationalError) and getattr(exc, "sqlite_errorname", "").startswith("SQLITE_BUSY")


# The switch, made once in the life of a file, fails at once when another process is at it: SQLite does not apply
# its busy timeout here (met once in 240 openings of new files by four processes).
@retry(retry=retry_if_exception(_is_busy), stop=stop_after_delay(5), wait=wait_random(0.01, 0.05), reraise=True)
def _enter_wal(connection: SqliteConnection) -> None:
    connection.execute("PRAGMA journal_mode = WAL").close()


def _begin_sqlite(connection: Connection) -> None:
    if connection.get_execution_options().get(_WRITES):
        connection.exec_driver_sql("BEGIN IMMEDIATE")


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
