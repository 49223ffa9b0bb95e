"""Runs that a process left: taken over once, by one."""

import asyncio
from datetime import timedelta
from uuid import UUID

from dnd.ids import new_id
from persistence.answers import AnswerRepository
from persistence.content import ContentRepository
from persistence.database import Database
from persistence.leases import LeaseRepository
from persistence.run import RunStatus
from tests.persistence.conftest import Place
from tests.persistence.samples import NOON, request, result

MINUTE = timedelta(seconds=60)


async def begun(content: ContentRepository, *, held: bool = True) -> tuple[UUID, UUID]:
    """A run and its result's id."""
    thread, wanted = new_id(), new_id()
    await content.start_run(
        thread,
        "backstory",
        request().model_dump_json(),
        NOON,
        result_id=wanted,
        lease_until=NOON + MINUTE if held else None,
    )
    return thread, wanted


async def test_a_run_is_taken_over_when_its_lease_has_ended_and_not_before(
    content: ContentRepository, database: Database
) -> None:
    thread, wanted = await begun(content)
    leases = LeaseRepository(database)
    assert await leases.take_over(NOON + MINUTE, NOON + 2 * MINUTE) == []
    [run] = await leases.take_over(NOON + MINUTE + timedelta(seconds=1), NOON + 3 * MINUTE)
    assert (run.thread_id, run.result_id, run.status) == (thread, wanted, RunStatus.RUNNING)
    assert run.request["type"] == "backstory"
    assert await leases.take_over(NOON + 2 * MINUTE, NOON + 4 * MINUTE) == []


async def test_a_renewed_lease_holds(content: ContentRepository, database: Database) -> None:
    thread, _ = await begun(content)
    leases = LeaseRepository(database)
    await leases.renew({thread}, NOON + 5 * MINUTE)
    assert await leases.take_over(NOON + 4 * MINUTE, NOON + 6 * MINUTE) == []


async def test_a_process_alone_takes_every_running_run_and_no_ended_one(
    content: ContentRepository, database: Database
) -> None:
    await begun(content)
    await begun(content, held=False)
    ended = result()
    await content.start_run(ended.thread_id, "backstory", request().model_dump_json(), NOON)
    await content.finish_run(ended, request(), NOON + MINUTE)
    assert len(await LeaseRepository(database).take_over(NOON, NOON + MINUTE, alone=True)) == 2


async def test_of_many_who_see_a_lease_end_one_gets_the_run(content: ContentRepository, place: Place) -> None:
    await begun(content)

    async def attempt() -> int:
        async with Database.open(place.url) as own:
            return len(await LeaseRepository(own).take_over(NOON + 2 * MINUTE, NOON + 9 * MINUTE))

    assert sum(await asyncio.gather(*(attempt() for _ in range(4)))) == 1


async def test_an_answer_is_kept_once_and_goes_with_its_run(
    content: ContentRepository, database: Database, place: Place
) -> None:
    done = result()
    await content.start_run(done.thread_id, "backstory", request().model_dump_json(), NOON)
    answers = AnswerRepository(database)
    assert await answers.get(done.thread_id, "q1") is None
    await answers.put(done.thread_id, "q1", '{"text": "first \\u0000"}', NOON)
    await answers.put(done.thread_id, "q1", '{"text": "second"}', NOON)
    assert await answers.get(done.thread_id, "q1") == '{"text": "first \\u0000"}'
    assert await answers.get(done.thread_id, "q2") is None
    assert place.ask("SELECT count(*) FROM answers") == [(1,)]
    await content.finish_run(done, request(), NOON + MINUTE)
    assert place.ask("SELECT count(*) FROM answers") == [(0,)]
