"""Is the database at the schema of this version? Decided once, when it is opened."""

import asyncio
from pathlib import Path

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from dnd.errors import ConfigurationError, StorageError
from persistence.engine import Address, translated
from persistence.tables import HEAD, REVISIONS


async def prepare(engine: AsyncEngine, address: Address, *, migrate: bool) -> None:
    """Connect for the first time and compare revisions; make the SQLite file's folder, and migrate where allowed.

    Raises:
        ConfigurationError: the schema is older and `migrate` is false, or it is unknown to this version.
        StorageError: the database cannot be reached or opened.
    """
    try:
        if address.backend == "sqlite":
            await asyncio.to_thread(Path(str(address.url.database)).parent.mkdir, parents=True, exist_ok=True)
        with translated():
            async with engine.connect() as connection:
                revision = await connection.run_sync(_revision)
        if revision != HEAD:
            await asyncio.to_thread(_advance, address, revision, migrate=migrate)
    except StorageError as exc:
        raise StorageError(f"cannot open {address.label}: {exc}{_words(exc, address)}") from exc.__cause__
    except OSError as exc:
        raise StorageError(f"cannot open {address.label}: {exc.strerror}") from exc


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


def _advance(address: Address, revision: str | None, *, migrate: bool) -> None:
    if revision is not None and revision not in REVISIONS:
        raise ConfigurationError(
            f"{address.label} has schema {revision}, and this version knows schemas up to {HEAD} only: "
            "start the version that wrote it, or a newer one"
        )
    if not migrate:
        raise ConfigurationError(
            f"{address.label} has {f'schema {revision}' if revision else 'no schema'}, "
            f"and this version needs {HEAD}: run `llm-service migrate`"
        )
    from persistence.migrate import upgrade  # noqa: PLC0415 -- 0.3 s of Alembic, only when there is work for it

    upgrade(address.url.render_as_string(hide_password=False))


def _words(exc: StorageError, address: Address) -> str:
    """The driver's own first line, which tells an operator more; never with the password in it."""
    cause = exc.__cause__
    if not isinstance(cause, DBAPIError) or not (line := str(cause.orig).strip().partition("\n")[0]):
        return ""
    password = address.url.password
    return f" ({line.replace(password, '***') if password else line})"
