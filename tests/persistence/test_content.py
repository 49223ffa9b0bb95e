import asyncio
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import orjson
import pytest

from dnd.content.result import Status, Usage
from dnd.errors import ConflictError, InvalidParametersError, NotFoundError
from dnd.ids import new_id
from persistence.content import ContentRepository
from persistence.database import Database
from persistence.run import RunStatus
from tests.persistence.conftest import Place
from tests.persistence.samples import CONTENT, NOON, USAGE, request, result, start, store


async def test_a_result_comes_back_byte_for_byte(content: ContentRepository) -> None:
    made = await store(content)
    found = await content.get(made.id)
    assert found == made
    assert found.model_dump_json() == made.model_dump_json()
    assert found.content is not None
    assert list(found.content) == list(CONTENT)


async def test_the_rows_are_in_the_database_that_was_named(content: ContentRepository, place: Place) -> None:
    made = await store(content, campaign_id=(campaign := uuid4()), tenant="guild")
    (row,) = place.ask(
        "SELECT CAST(id AS TEXT), tenant, type, status, edition, theme_id, CAST(campaign_id AS TEXT),"
        " schema_version, CAST(request AS TEXT), CAST(result AS TEXT) FROM content"
    )
    plain = [made.id, "guild", "backstory", "accepted", "5.2", "gothic_horror", campaign, 1]
    assert [str(value).replace("-", "") for value in row[:8]] == [str(v).replace("-", "") for v in plain]
    assert orjson.loads(row[8])["campaign_id"] == str(campaign)
    assert row[9] == made.model_dump_json()


async def test_money_is_stored_in_whole_nano_dollars(content: ContentRepository, place: Place) -> None:
    made = await store(content)
    assert place.ask("SELECT cost_nano_usd FROM runs") == [(1_234_565,)]
    assert (await content.get_run(made.thread_id)).usage == USAGE


async def test_a_run_is_running_until_its_result_is_stored(content: ContentRepository) -> None:
    made = result()
    await start(content, made.thread_id)
    run = await content.get_run(made.thread_id)
    assert (run.status, run.ended_at, run.content_id, run.usage) == (RunStatus.RUNNING, None, None, Usage())
    assert run.request["subject"] == {"name": "Pim Fiddlewick"}
    assert run.started_at == NOON
    await content.finish_run(made, request(), NOON + timedelta(seconds=9))
    run = await content.get_run(made.thread_id)
    assert (run.status, run.ended_at, run.content_id) == (
        RunStatus.FINISHED,
        NOON + timedelta(seconds=9),
        made.id,
    )


async def test_a_thread_has_one_run(content: ContentRepository) -> None:
    await start(content, thread := new_id())
    with pytest.raises(ConflictError):
        await start(content, thread)


async def test_a_result_without_its_run_is_not_stored(content: ContentRepository) -> None:
    made = result()
    with pytest.raises(NotFoundError):
        await content.finish_run(made, request(), NOON)
    with pytest.raises(NotFoundError):
        await content.get(made.id)


async def test_storing_a_result_twice_leaves_one(content: ContentRepository, place: Place) -> None:
    made = await store(content, status=Status.NEEDS_REVIEW)
    reviewed = made.model_copy(update={"status": Status.ACCEPTED})
    await content.finish_run(reviewed, request(), NOON)
    assert await content.get(made.id) == reviewed
    assert (await content.page(status=Status.NEEDS_REVIEW)).items == ()
    assert place.ask("SELECT count(*) FROM content") == [(1,)]


@pytest.mark.parametrize("status", [RunStatus.FAILED, RunStatus.CANCELLED, RunStatus.INTERRUPTED])
async def test_a_failed_run_keeps_its_reason_and_its_price(content: ContentRepository, status: RunStatus) -> None:
    await start(content, thread := new_id())
    await content.fail_run(thread, status, "provider_timeout", USAGE, NOON)
    run = await content.get_run(thread)
    assert (run.status, run.error_code, run.usage, run.ended_at) == (status, "provider_timeout", USAGE, NOON)


async def test_a_late_failure_does_not_undo_a_stored_result(content: ContentRepository) -> None:
    made = await store(content)
    await content.fail_run(made.thread_id, RunStatus.CANCELLED, None, Usage(), NOON)
    run = await content.get_run(made.thread_id)
    assert (run.status, run.usage) == (RunStatus.FINISHED, USAGE)


async def test_a_result_that_arrives_after_the_cancellation_is_kept(content: ContentRepository) -> None:
    made = result()
    await start(content, made.thread_id)
    await content.fail_run(made.thread_id, RunStatus.CANCELLED, "cancelled", Usage(), NOON)
    await content.finish_run(made, request(), NOON)
    run = await content.get_run(made.thread_id)
    assert (run.status, run.error_code, run.content_id) == (RunStatus.FINISHED, None, made.id)


async def test_a_tenant_sees_nothing_of_another(content: ContentRepository) -> None:
    made = await store(content, tenant="guild")
    with pytest.raises(NotFoundError):
        await content.get(made.id)
    with pytest.raises(NotFoundError):
        await content.get_run(made.thread_id)
    with pytest.raises(NotFoundError):
        await content.finish_run(made.model_copy(update={"content": None}), request(), NOON)
    await content.fail_run(made.thread_id, RunStatus.FAILED, None, Usage(), NOON)
    assert (await content.page()).items == ()
    assert (await content.page(tenant="guild")).items == (made,)
    assert (await content.get_run(made.thread_id, tenant="guild")).status is RunStatus.FINISHED


async def test_unknown_ids_are_not_found(content: ContentRepository) -> None:
    with pytest.raises(NotFoundError):
        await content.get(uuid4())
    with pytest.raises(NotFoundError):
        await content.get_run(uuid4())


async def test_pages_lead_through_all_newest_first_and_each_once(content: ContentRepository) -> None:
    moments = [NOON + timedelta(microseconds=n // 3) for n in range(11)]
    made = [await store(content, created_at=moment) for moment in moments]
    expected = sorted(made, key=lambda one: (one.created_at, one.id), reverse=True)
    seen = [one for page in await _all_pages(content, limit=4) for one in page]
    assert seen == expected


async def test_a_page_is_not_upset_by_what_is_written_meanwhile(content: ContentRepository) -> None:
    made = [await store(content, created_at=NOON + timedelta(hours=n)) for n in range(4)]
    first = await content.page(limit=2)
    await store(content, created_at=NOON + timedelta(days=1))
    second = await content.page(limit=2, cursor=first.next_cursor)
    assert [*first.items, *second.items] == made[::-1]
    assert second.next_cursor is None


async def test_a_full_last_page_has_no_cursor(content: ContentRepository) -> None:
    await store(content)
    page = await content.page(limit=1)
    assert len(page.items) == 1
    assert page.next_cursor is None


async def test_filters_are_joined_by_and(content: ContentRepository) -> None:
    campaign = uuid4()
    await store(content)
    npc = await store(content, type="npc")
    rejected = await store(content, type="npc", status=Status.REJECTED)
    in_campaign = await store(content, type="npc", campaign_id=campaign)
    assert len((await content.page()).items) == 4
    assert set(ids := [one.id for one in (await content.page(type="npc")).items]) == {
        npc.id,
        rejected.id,
        in_campaign.id,
    }
    assert len(ids) == 3
    assert (await content.page(type="npc", status=Status.REJECTED)).items == (rejected,)
    assert (await content.page(campaign_id=campaign)).items == (in_campaign,)
    assert (await content.page(type="backstory", campaign_id=campaign)).items == ()


@pytest.mark.parametrize(
    "cursor", ["", "x", "not a cursor!", "A" * 31 + "=", "A" * 36, "f/" + "A" * 30, "_" * 12 + "é"]
)
async def test_a_bad_cursor_is_the_callers_fault(content: ContentRepository, cursor: str) -> None:
    with pytest.raises(InvalidParametersError) as caught:
        await content.page(cursor=cursor)
    assert [error.path for error in caught.value.errors] == ["query/cursor"]


@pytest.mark.parametrize("limit", [-1, 0, 101])
async def test_a_bad_limit_is_the_callers_fault(content: ContentRepository, limit: int) -> None:
    with pytest.raises(InvalidParametersError) as caught:
        await content.page(limit=limit)
    assert [error.path for error in caught.value.errors] == ["query/limit"]


@pytest.mark.parametrize(
    ("condition", "index"),
    [
        ("", "ix_content_tenant_created_at_id"),
        ("AND type = 'npc'", "ix_content_tenant_type_created_at_id"),
        ("AND status = 'accepted'", "ix_content_tenant_status_created_at_id"),
        ("AND campaign_id = '0'", "ix_content_tenant_campaign_id_created_at_id"),
    ],
)
async def test_the_list_walks_an_index_and_never_sorts(tmp_path: Path, condition: str, index: str) -> None:
    query = (
        f"SELECT result FROM content WHERE tenant = 'public' {condition}"  # noqa: S608 -- constants from above
        " AND (created_at, id) < ('2026', 'a') ORDER BY created_at DESC, id DESC LIMIT 21"
    )
    async with Database.open(f"sqlite:///{tmp_path}/llm.db") as database:
        plan = await database.read(lambda connection: connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}").all())
    assert [f"USING INDEX {index} " in step.detail for step in plan] == [True]


async def test_twenty_results_are_stored_at_once(content: ContentRepository, place: Place) -> None:
    made = [result() for _ in range(20)]
    await asyncio.gather(*(start(content, one.thread_id) for one in made))
    await asyncio.gather(*(content.finish_run(one, request(), NOON) for one in made))
    assert await asyncio.gather(*(content.get(one.id) for one in made)) == made
    assert place.ask("SELECT status, count(*) FROM runs GROUP BY status") == [("finished", 20)]


async def test_two_openings_of_one_database_write_at_once(place: Place) -> None:
    async with Database.open(place.url) as one, Database.open(place.url) as other:
        repositories = [ContentRepository(one), ContentRepository(other)]
        await asyncio.gather(*(store(repositories[n % 2]) for n in range(20)))
    assert place.ask("SELECT count(*) FROM content") == [(20,)]


async def test_a_cancelled_write_is_whole_or_absent(content: ContentRepository, place: Place) -> None:
    made = [result() for _ in range(12)]
    await asyncio.gather(*(start(content, one.thread_id) for one in made))
    tasks = [asyncio.create_task(content.finish_run(one, request(), NOON)) for one in made]
    for turns, task in enumerate(tasks):
        for _ in range(turns):
            await asyncio.sleep(0)
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await store(content)
    pairs = place.ask(
        "SELECT count(*), count(content.id), sum(CASE WHEN runs.status = 'finished' THEN 1 ELSE 0 END)"
        " FROM runs LEFT JOIN content ON content.id = runs.content_id"
    )
    runs, stored, finished = pairs[0]
    assert runs == 13
    assert stored == finished
    assert place.ask("SELECT count(*) FROM content") == [(stored,)]


async def _all_pages(content: ContentRepository, limit: int) -> list[list[object]]:
    pages: list[list[object]] = []
    cursor: str | None = None
    while True:
        page = await content.page(limit=limit, cursor=cursor)
        pages.append(list(page.items))
        if (cursor := page.next_cursor) is None:
            return pages
