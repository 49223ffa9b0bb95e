import asyncio
import subprocess
import sys
import threading
import time
from collections.abc import Generator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import Connection, text

from dnd.errors import ConfigurationError, InvalidParametersError, NotFoundError, StorageError
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


class Hang:
    """Statements that wait in the database until they are released."""

    def __init__(self, place: Place) -> None:
        self._done = threading.Event()
        self._begun = threading.Event()
        self._lock: psycopg.Connection | None = None
        if place.url.startswith("postgresql"):
            self._lock = psycopg.connect(place.url, autocommit=True)
            self._lock.execute("SELECT pg_advisory_lock(7)")

    def wait(self, connection: Connection) -> None:
        """Hang until released."""
        if self._lock is not None:
            connection.execute(text("SELECT pg_advisory_lock(7), pg_advisory_unlock(7)"))
            return
        driver: Any = connection.connection.dbapi_connection
        driver.create_function("hang", 0, self._hang)
        assert connection.execute(text("SELECT hang()")).scalar_one() == 1

    async def begun(self) -> None:
        """Return when a statement hangs."""
        if self._lock is None:
            await asyncio.to_thread(self._begun.wait, 30)
        else:
            await asyncio.to_thread(self._await_queue, self._lock)

    def release(self) -> None:
        """Let all of them go on."""
        self._done.set()
        if self._lock is not None:
            self._lock.close()

    def _hang(self) -> bool:
        self._begun.set()
        return self._done.wait(30)

    @staticmethod
    def _await_queue(lock: psycopg.Connection) -> None:
        query = (
            "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        )
        end = time.monotonic() + 30
        while not lock.execute(query).fetchall():
            assert time.monotonic() < end


@pytest.fixture
def hang(place: Place) -> Generator[Hang]:
    """Released at the end, so that a failed test does not wait."""
    hang = Hang(place)
    yield hang
    hang.release()


async def test_reads_go_on_while_another_writes(place: Place, hang: Hang) -> None:
    async with Database.open(place.url) as database:
        content = ContentRepository(database)
        made = await store(content)

        def hold(connection: Connection) -> None:
            connection.execute(text("DELETE FROM runs"))
            hang.wait(connection)

        holder = asyncio.create_task(database.transaction(hold))
        await hang.begun()
        assert (await content.get_run(made.thread_id)).content_id == made.id
        hang.release()
        await holder
        with pytest.raises(NotFoundError):
            await content.get_run(made.thread_id)


async def test_a_transaction_under_way_is_finished_though_its_caller_is_cancelled(place: Place, hang: Hang) -> None:
    async with Database.open(place.url) as database:
        await store(ContentRepository(database))

        def erase(connection: Connection) -> None:
            connection.execute(text("DELETE FROM runs"))
            hang.wait(connection)
            connection.execute(text("DELETE FROM content"))

        caller = asyncio.create_task(database.transaction(erase))
        await hang.begun()
        caller.cancel()
        with pytest.raises(asyncio.CancelledError):
            await caller
        hang.release()
    assert place.ask("SELECT (SELECT count(*) FROM runs) + (SELECT count(*) FROM content)") == [(0,)]


async def test_closing_waits_for_all_that_came_before_and_lets_nothing_in_after(place: Place, hang: Hang) -> None:
    async with Database.open(place.url, connections=1) as database:
        content = ContentRepository(database)
        first = asyncio.create_task(database.transaction(hang.wait))
        queued = asyncio.create_task(start(content, new_id()))
        await hang.begun()
        asyncio.get_running_loop().call_later(0.02, hang.release)
    await asyncio.gather(first, queued)
    assert place.ask("SELECT count(*) FROM runs") == [(1,)]
    with pytest.raises(StorageError, match=r"^the database is closed$"):
        await start(content, new_id())


async def test_a_caller_who_gives_up_in_the_queue_has_written_nothing(place: Place, hang: Hang) -> None:
    async with Database.open(place.url, connections=1) as database:
        first = asyncio.create_task(database.transaction(hang.wait))
        await hang.begun()
        queued = asyncio.create_task(start(ContentRepository(database), new_id()))
        await asyncio.sleep(0)
        queued.cancel()
        hang.release()
        await asyncio.gather(first, queued, return_exceptions=True)
        await start(ContentRepository(database), new_id())
    assert place.ask("SELECT count(*) FROM runs") == [(1,)]


async def test_many_rows_go_in_by_one_statement_and_come_out_in_parts(database: Database) -> None:
    def fill(connection: Connection) -> list[int]:
        connection.exec_driver_sql("CREATE TEMPORARY TABLE number (n INTEGER)")
        connection.execute(text("INSERT INTO number VALUES (:n)"), [{"n": n} for n in range(7)])
        with connection.execute(text("SELECT n FROM number ORDER BY n")) as found:
            numbers = [row.n for part in found.partitions(3) for row in part]
        connection.exec_driver_sql("DROP TABLE number")
        return numbers

    assert await database.transaction(fill) == list(range(7))


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


async def test_a_database_that_hangs_fails_its_ping(place: Place, hang: Hang) -> None:
    async with Database.open(place.url, connections=1) as database:
        stuck = [asyncio.create_task(database.read(hang.wait)) for _ in range(3 if database.backend == "sqlite" else 1)]
        await hang.begun()
        with pytest.raises(StorageError, match=r"did not answer within 0\.05 s"):
            await database.ping(0.05)
        hang.release()
        await asyncio.gather(*stuck)
        await database.ping()


@pytest.mark.services
@pytest.mark.parametrize("trusted_for", [0.0, 60.0])
async def test_connections_lost_to_a_restart_are_replaced(
    postgresql: Place, trusted_for: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("persistence.postgresql._TRUSTED_S", trusted_for)
    place = postgresql
    async with Database.open(place.url) as database:
        content = ContentRepository(database)
        await asyncio.gather(*(store(content) for _ in range(8)))
        with psycopg.connect(place.url, autocommit=True) as server:
            server.execute(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
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
