import asyncio
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from dnd.content.result import Usage
from dnd.errors import StorageError
from dnd.ids import new_id
from persistence.content import ContentRepository
from persistence.database import Database
from persistence.idempotency import START_GRACE, Claim, ClaimState, IdempotencyRepository
from persistence.run import RunStatus
from tests.persistence.conftest import Place
from tests.persistence.samples import NOON, request, result, start


class Clock:
    """A clock that moves when told."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def keys(database: Database, clock: Clock) -> IdempotencyRepository:
    return IdempotencyRepository(database, clock)


async def _begin(keys: IdempotencyRepository, content: ContentRepository, key: str = "k") -> Claim:
    """Claim a key and start its run."""
    claim = await keys.claim(key, "hash", new_id())
    await start(content, claim.thread_id)
    return claim


async def _finish(content: ContentRepository, thread_id: UUID) -> UUID:
    """Finish a run and give its content's id."""
    made = result(thread_id=thread_id)
    await content.finish_run(made, request(), NOON)
    return made.id


async def test_a_key_is_new_once_and_then_running(keys: IdempotencyRepository, place: Place) -> None:
    first = await keys.claim("k", "hash", thread := new_id())
    second = await keys.claim("k", "hash", new_id())
    assert (first.state, first.thread_id) == (ClaimState.NEW, thread)
    assert (second.state, second.thread_id) == (ClaimState.RUNNING, thread)
    assert place.ask("SELECT tenant, key, request_hash FROM idempotency") == [("public", "k", "hash")]


async def test_a_completed_key_gives_its_content(keys: IdempotencyRepository, content: ContentRepository) -> None:
    claim = await _begin(keys, content)
    made = await _finish(content, claim.thread_id)
    await keys.complete(claim, made)
    again = await keys.claim("k", "hash", new_id())
    assert (again.state, again.content_id, again.thread_id) == (ClaimState.FINISHED, made, claim.thread_id)


async def test_another_body_under_the_same_key_is_a_conflict(
    keys: IdempotencyRepository, content: ContentRepository
) -> None:
    claim = await _begin(keys, content)
    assert (await keys.claim("k", "other", new_id())).state is ClaimState.CONFLICT
    await keys.complete(claim, await _finish(content, claim.thread_id))
    assert (await keys.claim("k", "other", new_id())).state is ClaimState.CONFLICT


async def test_tenants_may_use_equal_keys(keys: IdempotencyRepository) -> None:
    await keys.claim("k", "hash", new_id())
    assert (await keys.claim("k", "other", new_id(), tenant="guild")).state is ClaimState.NEW


async def test_a_released_key_is_new_again_even_for_another_body(keys: IdempotencyRepository) -> None:
    claim = await keys.claim("k", "hash", new_id())
    await keys.release(claim)
    assert (await keys.claim("k", "other", new_id())).state is ClaimState.NEW


async def test_a_completed_key_cannot_be_released(keys: IdempotencyRepository, content: ContentRepository) -> None:
    claim = await _begin(keys, content)
    await keys.complete(claim, await _finish(content, claim.thread_id))
    await keys.release(claim)
    assert (await keys.claim("k", "hash", new_id())).state is ClaimState.FINISHED


async def test_a_result_counts_when_the_process_ended_before_completing_the_key(
    keys: IdempotencyRepository, content: ContentRepository
) -> None:
    claim = await _begin(keys, content)
    made = await _finish(content, claim.thread_id)
    again = await keys.claim("k", "hash", new_id())
    assert (again.state, again.content_id) == (ClaimState.FINISHED, made)


@pytest.mark.parametrize("status", [RunStatus.FAILED, RunStatus.CANCELLED, RunStatus.INTERRUPTED])
async def test_the_key_of_a_run_without_result_is_taken_over_once(
    keys: IdempotencyRepository, content: ContentRepository, status: RunStatus
) -> None:
    claim = await _begin(keys, content)
    await content.fail_run(claim.thread_id, status, None, Usage(), NOON)
    heir = await keys.claim("k", "hash", new_id())
    assert heir.state is ClaimState.NEW
    assert (await keys.claim("k", "hash", new_id())).thread_id == heir.thread_id


async def test_who_lost_a_key_can_neither_release_nor_complete_it(
    keys: IdempotencyRepository, content: ContentRepository
) -> None:
    loser = await _begin(keys, content)
    await content.fail_run(loser.thread_id, RunStatus.FAILED, None, Usage(), NOON)
    heir = await _begin(keys, content)
    other = await _begin(keys, content, "other")
    await keys.release(loser)
    await keys.complete(loser, await _finish(content, other.thread_id))
    again = await keys.claim("k", "hash", new_id())
    assert (again.state, again.thread_id, again.content_id) == (ClaimState.RUNNING, heir.thread_id, None)


async def test_a_claim_without_a_run_is_taken_over_after_the_grace(keys: IdempotencyRepository, clock: Clock) -> None:
    await keys.claim("k", "hash", new_id())
    clock.now += START_GRACE
    assert (await keys.claim("k", "hash", new_id())).state is ClaimState.RUNNING
    clock.now += timedelta(seconds=1)
    assert (await keys.claim("k", "hash", new_id())).state is ClaimState.NEW
    assert (await keys.claim("k", "hash", new_id())).state is ClaimState.RUNNING


async def test_a_long_run_keeps_its_key(keys: IdempotencyRepository, content: ContentRepository, clock: Clock) -> None:
    await _begin(keys, content)
    clock.now += timedelta(hours=1)
    assert (await keys.claim("k", "hash", new_id())).state is ClaimState.RUNNING


async def test_deleting_the_content_frees_the_key(
    keys: IdempotencyRepository, content: ContentRepository, database: Database
) -> None:
    claim = await _begin(keys, content)
    await keys.complete(claim, await _finish(content, claim.thread_id))
    await database.write(lambda connection: connection.exec_driver_sql("DELETE FROM content").rowcount)
    assert (await content.get_run(claim.thread_id)).content_id is None
    assert (await keys.claim("k", "other", new_id())).state is ClaimState.NEW


async def test_a_key_cannot_be_completed_with_content_that_is_not_stored(
    keys: IdempotencyRepository, content: ContentRepository
) -> None:
    claim = await _begin(keys, content)
    with pytest.raises(StorageError):
        await keys.complete(claim, uuid4())


async def test_pruning_forgets_old_keys_but_not_those_at_work(
    keys: IdempotencyRepository, content: ContentRepository, clock: Clock
) -> None:
    await _begin(keys, content, "at work")
    done = await _begin(keys, content, "done")
    await keys.complete(done, await _finish(content, done.thread_id))
    clock.now += timedelta(hours=1)
    await keys.claim("young", "hash", new_id())
    assert await keys.prune(clock.now) == 1
    states = [(await keys.claim(key, "hash", new_id())).state for key in ("at work", "done", "young")]
    assert states == [ClaimState.RUNNING, ClaimState.NEW, ClaimState.RUNNING]


async def test_of_many_claims_at_once_one_wins(keys: IdempotencyRepository) -> None:
    claims = await asyncio.gather(*(keys.claim("k", "hash", new_id()) for _ in range(20)))
    winners = [claim for claim in claims if claim.state is ClaimState.NEW]
    assert len(winners) == 1
    assert {claim.thread_id for claim in claims} == {winners[0].thread_id}


async def test_of_many_take_overs_at_once_one_wins(keys: IdempotencyRepository, content: ContentRepository) -> None:
    claim = await _begin(keys, content)
    await content.fail_run(claim.thread_id, RunStatus.FAILED, None, Usage(), NOON)
    claims = await asyncio.gather(*(keys.claim("k", "hash", new_id()) for _ in range(20)))
    assert sorted(claim.state for claim in claims) == ["new", *["running"] * 19]


async def test_claims_and_releases_that_race_never_give_a_key_twice(place: Place) -> None:
    async with Database.open(place.url) as one, Database.open(place.url) as other:
        holders = 0

        async def work(keys: IdempotencyRepository) -> int:
            nonlocal holders
            won = 0
            for _ in range(15):
                claim = await keys.claim("k", "hash", new_id())
                if claim.state is ClaimState.NEW:
                    holders += 1
                    assert holders == 1
                    await asyncio.sleep(0)
                    holders -= 1
                    await keys.release(claim)
                    won += 1
            return won

        repositories = [IdempotencyRepository(one), IdempotencyRepository(other)]
        wins = await asyncio.gather(*(work(repositories[n % 2]) for n in range(6)))
    assert sum(wins) > 0
    assert place.ask("SELECT count(*) FROM idempotency") == [(0,)]
