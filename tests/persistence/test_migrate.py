import multiprocessing
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, inspect

from persistence.database import Database
from persistence.engine import create_blocking_engine, parse_address
from persistence.migrate import current, downgrade, head, upgrade
from persistence.tables import HEAD, REVISIONS, metadata
from tests.persistence.conftest import Place


def test_the_constant_head_is_the_scripts_head() -> None:
    assert head() == HEAD


async def test_the_scripts_make_the_tables_that_the_code_declares(database: Database) -> None:
    def differences(connection: Connection) -> list[Any]:
        return compare_metadata(MigrationContext.configure(connection), metadata)

    assert await database.read(differences) == []


def test_every_revision_goes_up_down_and_up_again(empty: Place) -> None:
    assert current(empty.url) is None
    for before, revision in zip(("base", *REVISIONS), REVISIONS, strict=False):
        upgrade(empty.url, revision)
        assert current(empty.url) == revision
        downgrade(empty.url, before)
        assert current(empty.url) == (None if before == "base" else before)
        upgrade(empty.url, revision)
    assert current(empty.url) == HEAD


def test_the_way_down_leaves_nothing_behind(empty: Place) -> None:
    upgrade(empty.url)
    downgrade(empty.url, "base")
    with create_blocking_engine(parse_address(empty.url)).connect() as connection:
        assert inspect(connection).get_table_names() == ["alembic_version"]


def test_upgrading_twice_changes_nothing(empty: Place) -> None:
    upgrade(empty.url)
    upgrade(empty.url)
    assert empty.ask("SELECT version_num FROM alembic_version") == [(HEAD,)]


@pytest.mark.slow
def test_processes_that_start_at_once_on_an_empty_database_all_succeed(empty: Place) -> None:
    spawn = multiprocessing.get_context("spawn")
    with spawn.Pool(4) as pool:
        found = pool.map(_upgrade_and_look, [empty.url] * 4, chunksize=1)
    assert found == [HEAD] * 4


def _upgrade_and_look(url: str) -> str | None:
    upgrade(url)
    return current(url)
