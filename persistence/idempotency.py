"""Idempotency keys: the same key and body are worked on once, however often and from wherever they come."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, bindparam, delete, exists, select, update

from persistence.database import Database
from persistence.dialect import insert_of
from persistence.run import RunStatus
from persistence.tables import idempotency, runs

START_GRACE = timedelta(seconds=60)
"""Between a claim and its `start_run` lie milliseconds. A claim older than this without a run was left by a process
that ended in between, and may be taken over."""

_OF_KEY = (idempotency.c.tenant == bindparam("of_tenant"), idempotency.c.key == bindparam("of_key"))
_OF_CLAIM = (*_OF_KEY, idempotency.c.thread_id == bindparam("of_thread"))
_TAKE_OVER = update(idempotency).where(*_OF_KEY)
_COMPLETE = update(idempotency).where(*_OF_CLAIM)
_RELEASE = delete(idempotency).where(*_OF_CLAIM, idempotency.c.content_id.is_(None))
_GET_RUN = select(runs.c.status, runs.c.content_id).where(
    runs.c.thread_id == bindparam("of_thread"), runs.c.tenant == bindparam("of_tenant")
)


class ClaimState(StrEnum):
    """What a claim met."""

    NEW = "new"
    """The key is ours: do the work, then `complete` or `release`."""
    FINISHED = "finished"
    """The work was done before; `content_id` has it."""
    RUNNING = "running"
    """Somebody is at it, as `thread_id`."""
    CONFLICT = "conflict"
    """The key belongs to a request with another body."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """The answer to a claim."""

    state: ClaimState
    key: str
    tenant: str
    thread_id: UUID
    """Of the run that does, or did, the work."""
    content_id: UUID | None = None

    @property
    def identity(self) -> dict[str, Any]:
        """The parameters of statements about this claim, and about nobody else's on the same key."""
        return {"of_tenant": self.tenant, "of_key": self.key, "of_thread": self.thread_id}


def _utc_now() -> datetime:
    return datetime.now(UTC)


class IdempotencyRepository:
    """Keys, each bound to the hash of one request and to the run that answers it."""

    def __init__(self, database: Database, clock: Callable[[], datetime] = _utc_now) -> None:
        self._database = database
        self._clock = clock
        put = insert_of(database.backend)(idempotency)
        # The update that changes nothing locks the row that was there, so that what follows is decided alone.
        self._put = put.on_conflict_do_update(
            index_elements=[idempotency.c.tenant, idempotency.c.key], set_={"key": put.excluded.key}
        ).returning(*idempotency.c)

    async def claim(self, key: str, request_hash: str, thread_id: UUID, *, tenant: str = "public") -> Claim:
        """Take `key` for the run `thread_id`, or learn who has it.

        A key whose run failed, was cancelled or interrupted, or whose content was deleted, is taken over. One
        whose run finished is `finished`, even when its process ended before `complete`.

        Args:
            key: the caller's.
            request_hash: of the request's body; equal for equal requests.
            thread_id: new, of the run that would do the work.
            tenant: keys of different tenants never meet.

        Raises:
            StorageError: see `Database.transaction`.
        """
        now = self._clock()
        row = {
            "tenant": tenant,
            "key": key,
            "request_hash": request_hash,
            "thread_id": thread_id,
            "created_at": now,
        }

        def work(connection: Connection) -> Claim:
            held = connection.execute(self._put, row).one()
            if held.request_hash != request_hash:
                return _claim(ClaimState.CONFLICT, held)
            if held.thread_id == thread_id or held.content_id is not None:
                return _claim(ClaimState.NEW if held.content_id is None else ClaimState.FINISHED, held, held.content_id)
            state, content_id = _work_of(connection, held, now)
            if state is not ClaimState.NEW:
                return _claim(state, held, content_id)
            new = {"of_tenant": tenant, "of_key": key, "thread_id": thread_id, "created_at": now}
            connection.execute(_TAKE_OVER, new)
            return Claim(state=state, key=key, tenant=tenant, thread_id=thread_id)

        return await self._database.transaction(work)

    async def complete(self, claim: Claim, content_id: UUID) -> None:
        """Bind the key to its stored result for good.

        Raises:
            StorageError: see `Database.write`; among others when no such content is stored.
        """
        row = {**claim.identity, "content_id": content_id}
        await self._database.write(lambda connection: connection.execute(_COMPLETE, row).rowcount)

    async def release(self, claim: Claim) -> None:
        """Give the key back after a failure: the next claim starts anew. Of a completed claim nothing changes.

        Raises:
            StorageError: see `Database.write`.
        """
        await self._database.write(lambda connection: connection.execute(_RELEASE, claim.identity).rowcount)

    async def prune(self, before: datetime) -> int:
        """Forget keys claimed earlier than `before`, except those at work, of all tenants.

        Returns:
            How many.

        Raises:
            StorageError: see `Database.write`.
        """
        at_work = exists().where(runs.c.thread_id == idempotency.c.thread_id, runs.c.status == RunStatus.RUNNING.value)
        old = delete(idempotency).where(idempotency.c.created_at < before, ~at_work)
        return await self._database.write(lambda connection: connection.execute(old).rowcount)


def _claim(state: ClaimState, held: Row[*tuple[Any, ...]], content_id: UUID | None = None) -> Claim:
    return Claim(state=state, key=held.key, tenant=held.tenant, thread_id=held.thread_id, content_id=content_id)


def _work_of(connection: Connection, held: Row[*tuple[Any, ...]], now: datetime) -> tuple[ClaimState, UUID | None]:
    """What became of the run that holds a key not yet completed; NEW when the key may be taken over."""
    run = connection.execute(_GET_RUN, {"of_thread": held.thread_id, "of_tenant": held.tenant}).one_or_none()
    if run is None:
        started = now - held.created_at <= START_GRACE
        return (ClaimState.RUNNING if started else ClaimState.NEW), None
    if run.content_id is not None:
        return ClaimState.FINISHED, run.content_id
    return (ClaimState.RUNNING if run.status == RunStatus.RUNNING else ClaimState.NEW), None
