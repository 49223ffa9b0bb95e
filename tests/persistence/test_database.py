import asyncio
import subprocess
import sys
import threading
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Connection, text

from dnd.errors import ConfigurationError, InvalidParametersError, StorageError
from dnd.ids import new_id
from persistence.content import ContentRepository
from persistence.database import Database
from persistence.engine import parse_address
from persistence.migrate import current
from persistence.tables import HEAD
from tests.persistence.conftest import Place
from tests.persistence.samples import request, result, start, store


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("sqlite:///data/llm.db", "sqlite:///data/llm.db"),
        ("sqlite+aiosqlite:////var/lib/llm.db", "sqlite:////var/lib/llm.db"),
        ("postgres://u:p4ss@db/llm?sslmode=require", "postgresql://db/llm"),
        ("postgresql+asyncpg://u:p4ss@db:6432/llm?password=p4ss", "postgresql://db:6432/llm"),
    ],
)
def test_usual_addresses_are_read_and_labelled_without_secrets(text: str, label: str) -> None:
    address = parse_address(text)
    assert address.label == label
    assert "p4ss" not in repr(address).replace("password=p4ss", "")


@pytest.mark.parametrize(
    "text",
    ["", "llm.db", "mysql://u:p4ss@db/llm", "postgresql://u:p4ss@db:port/llm", "sqlite://", "sqlite:///:memory:"],
)
def test_other_addresses_are_refused_without_repeating_them(text: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        parse_address(text)
    assert "p4ss" not in str(caught.value)
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


async def test_a_new_sqlite_file_is_made_with_its_folder_and_schema(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/a/b/llm.db"
    async with Database.open(url) as database:
        assert database.backend == "sqlite"
        await database.ping()
    assert current(url) == HEAD
    assert [file.name for file in (tmp_path / "a/b").iterdir()] == ["llm.db"]


async def test_sqlite_runs_with_the_settings_it_needs(tmp_path: Path) -> None:
    names = ("journal_mode", "synchronous", "busy_timeout", "foreign_keys")

    def settings(connection: Connection) -> list[object]:
        return [connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in names]

    async with Database.open(f"sqlite:///{tmp_path}/llm.db") as database:
        assert await database.read(settings) == ["wal", 1, 5000, 1]
        assert await database.write(settings) == ["wal", 1, 5000, 1]


async def test_reads_go_on_while_sqlite_writes(tmp_path: Path) -> None:
    async with Database.open(f"sqlite:///{tmp_path}/llm.db") as database:
        content = ContentRepository(database)
        made = await store(content)
        writing, done = threading.Event(), threading.Event()

        def hold(connection: Connection) -> None:
            connection.execute(text("DELETE FROM runs"))
            writing.set()
            assert done.wait(30)

        holder = asyncio.create_task(database.transaction(hold))
        await asyncio.to_thread(writing.wait, 30)
        assert (await content.get_run(made.thread_id)).content_id == made.id
        done.set()
        await holder


async def test_a_transaction_that_raises_leaves_nothing_and_harms_nothing(database: Database) -> None:
    content = ContentRepository(database)
    made = await store(content)

    def spoil(connection: Connection) -> None:
        connection.execute(text("DELETE FROM runs"))
        raise LookupError("changed my mind")

    with pytest.raises(LookupError):
        await database.transaction(spoil)
    assert (await content.get_run(made.thread_id)).content_id == made.id
    await store(content)


@pytest.mark.services
async def test_postgresql_is_not_migrated_unasked(empty_postgresql: Place) -> None:
    empty = empty_postgresql
    with pytest.raises(ConfigurationError, match=r"no schema.*`llm-service migrate`"):
        async with Database.open(empty.url):
            pass
    async with Database.open(empty.url, migrate=True) as database:
        await database.ping()
    async with Database.open(empty.url) as database:
        assert database.backend == "postgresql"


async def test_a_schema_of_a_later_version_is_refused(place: Place) -> None:
    async with Database.open(place.url) as database:
        await database.write(lambda c: c.execute(text("UPDATE alembic_version SET version_num = '9999'")).rowcount)
    with pytest.raises(ConfigurationError, match=r"schema 9999"):
        async with Database.open(place.url, migrate=True):
            pass
    _restore_head(place)


def _restore_head(place: Place) -> None:
    if place.url.startswith("postgresql"):
        with psycopg.connect(place.url) as server:
            server.execute("UPDATE alembic_version SET version_num = %s", [HEAD])


async def test_a_file_that_is_no_database_is_left_alone_and_told(tmp_path: Path) -> None:
    file = tmp_path / "notes.db"
    file.write_text("Buy candles for the crypt." * 100)
    before = file.read_bytes()
    with pytest.raises(StorageError, match=r"notes\.db: .*not an SQLite database"):
        async with Database.open(f"sqlite:///{file}"):
            pass
    assert file.read_bytes() == before


async def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageError, match=r"cannot open sqlite:///.*: "):
        async with Database.open(f"sqlite:///{tmp_path}/file/llm.db"):
            pass


async def test_a_server_that_is_not_there_is_told_in_one_line_without_the_password() -> None:
    with pytest.raises(StorageError) as caught:
        async with Database.open("postgresql://llm:p4ssw0rd@127.0.0.1:1/llm"):
            pass
    message = str(caught.value)
    assert message.startswith("cannot open postgresql://127.0.0.1:1/llm: the database cannot be reached (")
    assert "\n" not in message
    assert "p4ssw0rd" not in message


async def test_a_full_disk_is_told_and_forgotten_when_there_is_room(tmp_path: Path) -> None:
    async with Database.open(f"sqlite:///{tmp_path}/llm.db") as database:
        content = ContentRepository(database)
        await start(content, (made := result()).thread_id)
        await database.write(lambda c: c.exec_driver_sql("PRAGMA max_page_count = 1").scalar_one())
        huge = made.model_copy(update={"content": {"story": "fog " * 100_000}})
        with pytest.raises(StorageError, match=r"^the disk is full$"):
            await content.finish_run(huge, request(), made.created_at)
        await database.write(lambda c: c.exec_driver_sql("PRAGMA max_page_count = 1000000").scalar_one())
        await content.finish_run(huge, request(), made.created_at)
        assert await content.get(made.id) == huge


async def test_a_read_only_database_is_told(place: Place) -> None:
    async with Database.open(place.url, connections=1) as database:
        forbid = "PRAGMA query_only = ON" if database.backend == "sqlite" else "SET default_transaction_read_only = on"
        await database.write(lambda c: c.exec_driver_sql(forbid).close())
        with pytest.raises(StorageError, match=r"^the database is read-only$"):
            await start(ContentRepository(database), new_id())


async def test_errors_quote_nothing_of_what_was_to_be_stored(database: Database) -> None:
    def spoil(connection: Connection) -> None:
        connection.execute(text("INSERT INTO nowhere VALUES (:secret)"), {"secret": "the ferryman did it"})

    with pytest.raises(StorageError) as caught:
        await database.write(spoil)
    assert "ferryman" not in f"{caught.value} {caught.value.__cause__}"


@pytest.mark.services
async def test_a_value_that_cannot_be_stored_is_the_callers_fault(postgresql: Place) -> None:
    async with Database.open(postgresql.url) as database:
        with pytest.raises(InvalidParametersError):
            await ContentRepository(database).page(type="back\x00story")


async def test_a_database_that_hangs_fails_its_ping(place: Place) -> None:
    async with Database.open(place.url, connections=1) as database:
        release = threading.Event()
        stuck = [
            asyncio.create_task(database.read(lambda _: release.wait(30)))
            for _ in range(3 if database.backend == "sqlite" else 1)
        ]
        await asyncio.sleep(0)
        with pytest.raises(StorageError, match=r"did not answer within 0\.05 s"):
            await database.ping(0.05)
        release.set()
        await asyncio.gather(*stuck)
        await database.ping()


@pytest.mark.services
async def test_connections_lost_to_a_restart_are_replaced(postgresql: Place) -> None:
    place = postgresql
    async with Database.open(place.url) as database:
        content = ContentRepository(database)
        await asyncio.gather(*(store(content) for _ in range(8)))
        with psycopg.connect(place.url, autocommit=True) as server:
            server.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        await asyncio.gather(*(store(content) for _ in range(8)))
    assert place.ask("SELECT count(*) FROM content") == [(16,)]


@pytest.mark.slow
def test_processes_that_open_a_new_sqlite_file_at_once_all_succeed(tmp_path: Path) -> None:
    script = (
        "import asyncio, sys\n"
        "from persistence.database import Database\n"
        "async def main():\n"
        "    async with Database.open(sys.argv[1]) as database:\n"
        "        await database.ping()\n"
        "asyncio.run(main())\n"
    )
    command = [sys.executable, "-c", script, f"sqlite:///{tmp_path}/new/llm.db"]
    processes = [subprocess.Popen(command, stderr=subprocess.PIPE) for _ in range(4)]
    errors = [process.communicate()[1].decode() for process in processes]
    assert errors == [""] * 4


@pytest.mark.slow
def test_opening_a_migrated_file_does_not_load_alembic(place: Place) -> None:
    script = (
        "import asyncio, sys\n"
        "from persistence.database import Database\n"
        "async def main():\n"
        "    async with Database.open(sys.argv[1]):\n"
        "        print([name for name in sys.modules if name.startswith('alembic')])\n"
        "asyncio.run(main())\n"
    )
    done = subprocess.run([sys.executable, "-c", script, place.url], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
