"""Bring a database to the schema of this version. Safe to start in several processes at once.

A new revision is a hand-written script in `migrations/versions/` (`0002_<what>.py`) and its number at the end of
`persistence.tables.REVISIONS`; the tests tell when scripts and tables disagree.
"""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from persistence.engine import create_blocking_engine, parse_address, translated

_ADVISORY_LOCK = 0x6C6C6D5F73636831
"""Any number that no other program uses on the same PostgreSQL database."""


def head() -> str:
    """The revision that the scripts lead to."""
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


def current(url: str) -> str | None:
    """The revision of the database at `url`; None when it has no schema.

    Raises:
        ConfigurationError: `url` cannot be read.
        StorageError: the database cannot be reached.
    """
    with _locked(url) as connection:
        return MigrationContext.configure(connection).get_current_revision()


def upgrade(url: str, revision: str = "head") -> None:
    """Run the scripts from the database's revision up to `revision`: all of them or, on an error, none.

    Raises:
        ConfigurationError: `url` cannot be read.
        StorageError: the database cannot be reached or refused a script.
    """
    with _locked(url) as connection:
        command.upgrade(_config(connection), revision)


def downgrade(url: str, revision: str) -> None:
    """Undo scripts down to `revision` (`base`: all). What newer tables and columns hold is lost.

    Raises:
        ConfigurationError: `url` cannot be read.
        StorageError: the database cannot be reached or refused a script.
    """
    with _locked(url) as connection:
        command.downgrade(_config(connection), revision)


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config


@contextmanager
def _locked(url: str) -> Generator[Connection]:
    """A transaction that only one process at a time can be in: whoever waited finds the work done."""
    address = parse_address(url)
    with translated(), create_blocking_engine(address).begin() as connection:
        connection.exec_driver_sql(address.begin)
        if address.backend == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _ADVISORY_LOCK})
        yield connection
