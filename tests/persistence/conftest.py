"""One suite for both databases: real files, and a real PostgreSQL server with a database of its own per session.

The server's address is `TEST_POSTGRES_URL` (default: user postgres on 127.0.0.1:5432). Without a server its tests
are skipped, or fail when `REQUIRE_SERVICES=1`.
"""

import os
import sqlite3
from collections.abc import AsyncGenerator, Generator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, LiteralString
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import make_url

from persistence.content import ContentRepository
from persistence.database import Database
from persistence.migrate import upgrade

BACKENDS = (
    pytest.param("sqlite", id="sqlite"),
    pytest.param("postgresql", id="postgresql", marks=pytest.mark.services),
)


@dataclass(frozen=True)
class Place:
    """A database and a way to ask it that shares no code with the service."""

    url: str

    def ask(self, query: LiteralString) -> list[tuple[Any, ...]]:
        """All rows of a plain SQL query, by the bare driver."""
        if self.url.startswith("sqlite"):
            with closing(sqlite3.connect(str(make_url(self.url).database))) as file:
                return file.execute(query).fetchall()
        with psycopg.connect(self.url) as server:
            return server.execute(query).fetchall()


@pytest.fixture(scope="session")
def server() -> str:
    """The address of the PostgreSQL server's maintenance database."""
    url = os.environ.get("TEST_POSTGRES_URL", "postgresql://postgres@127.0.0.1:5432/postgres")
    try:
        psycopg.connect(url, connect_timeout=3).close()
    except psycopg.OperationalError as exc:
        reason = f"no PostgreSQL server: {str(exc).partition(chr(10))[0]}"
        if os.environ.get("REQUIRE_SERVICES") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    return url


def _database(server: str) -> Generator[str]:
    name = f"llm_service_test_{uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    try:
        yield make_url(server).set(database=name).render_as_string(hide_password=False)
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture(scope="session")
def migrated(server: str) -> Generator[str]:
    """A PostgreSQL database with the schema, for the whole session."""
    for url in _database(server):
        upgrade(url)
        yield url


@pytest.fixture
def postgresql(migrated: str) -> Place:
    """The session's PostgreSQL database, emptied."""
    with psycopg.connect(migrated, autocommit=True) as connection:
        connection.execute("TRUNCATE content, runs, idempotency, answers")
    return Place(migrated)


@pytest.fixture
def empty_postgresql(server: str) -> Generator[Place]:
    """A PostgreSQL database without a schema."""
    for url in _database(server):
        yield Place(url)


@pytest.fixture(params=BACKENDS)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """A database with the schema and no rows."""
    if request.param == "postgresql":
        return request.getfixturevalue("postgresql")
    (tmp_path / "data").mkdir()
    url = f"sqlite:///{tmp_path}/data/llm.db"
    upgrade(url)
    return Place(url)


@pytest.fixture(params=BACKENDS)
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """A database without a schema."""
    if request.param == "postgresql":
        return request.getfixturevalue("empty_postgresql")
    return Place(f"sqlite:///{tmp_path}/llm.db")


@pytest.fixture
async def database(place: Place) -> AsyncGenerator[Database]:
    """An open database."""
    async with Database.open(place.url) as opened:
        yield opened


@pytest.fixture
def content(database: Database) -> ContentRepository:
    """The repository under test."""
    return ContentRepository(database)
