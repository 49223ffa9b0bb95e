"""PostgreSQL connections: their options, and a look at them before use that is seldom a question to the server."""

import select
import time
from contextlib import closing
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import URL, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.pool import ConnectionPoolEntry

if TYPE_CHECKING:
    import psycopg

_TRUSTED_S = 5.0
"""Seconds of idleness after which a connection is asked for a sign of life: firewalls forget idle connections, and
servers vanish, without a word."""
_USED_AT = "used_at"


def connect_arguments(url: URL, connect_timeout: int) -> dict[str, Any]:
    """Arguments for the driver, beside what `url` itself says.

    Args:
        url: the database's address; its options win.
        connect_timeout: seconds.
    """
    defaults: dict[str, Any] = {
        "connect_timeout": connect_timeout,
        "application_name": "llm-service",
        # A server that vanished without a word is noticed after 10 s, not after the kernel's 15 minutes.
        "tcp_user_timeout": 10_000,
    }
    wanted = {name: value for name, value in defaults.items() if name not in url.query}
    # Prepared statements break behind PgBouncer in transaction mode. BEGIN is left to us.
    return {**wanted, "prepare_threshold": None, "autocommit": True}


def replace_lost_connections(engine: AsyncEngine) -> None:
    """Have every connection looked at before it is used, and all replaced when one is lost.

    A connection that was in use a moment ago is lost when there is something to read from it: the server's farewell.
    That costs a hundredth of the round trip of SQLAlchemy's `pool_pre_ping`.
    """
    event.listen(engine.sync_engine, "checkin", _note_use)
    event.listen(engine.sync_engine, "checkout", _check)


def _note_use(_connection: DBAPIConnection | None, record: ConnectionPoolEntry) -> None:
    record.info[_USED_AT] = time.monotonic()


def _check(connection: DBAPIConnection, record: ConnectionPoolEntry, _proxy: object) -> None:
    used_at = record.info.get(_USED_AT)
    if used_at is None:
        return
    from psycopg import Error  # noqa: PLC0415 -- 0.1 s of start-up that a service on SQLite does not need

    driver = cast("psycopg.AsyncConnection[Any]", record.driver_connection)
    try:
        if time.monotonic() - used_at >= _TRUSTED_S or _has_news(driver):
            with closing(connection.cursor()) as cursor:
                cursor.execute("SELECT 1")
    except Error as exc:
        raise InvalidatePoolError from exc


def _has_news(connection: "psycopg.AsyncConnection[Any]") -> bool:
    poll = select.poll()
    poll.register(connection.fileno(), select.POLLIN)
    return bool(poll.poll(0))
