"""Runs and the content they end in."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, Select, bindparam, delete, literal, select, tuple_, update

from dnd.content.request import ContentRequest
from dnd.content.result import ContentResult, Status, Usage
from dnd.errors import ConflictError, NotFoundError
from persistence.database import Database
from persistence.dialect import insert_of
from persistence.page import Page, Position, check_limit
from persistence.run import Run, RunStatus, usage_columns
from persistence.tables import answers, content, runs
from persistence.upgrades import UPGRADES, Upgrades, read_result

_END_RUN = update(runs).where(runs.c.thread_id == bindparam("of_thread"), runs.c.tenant == bindparam("of_tenant"))
_FAIL_RUN = _END_RUN.where(runs.c.status == RunStatus.RUNNING.value)
_FORGET_ANSWERS = delete(answers).where(answers.c.thread_id == bindparam("of_thread"))
_GET = select(content.c.result, content.c.type, content.c.schema_version)
_GET_ONE = _GET.where(content.c.id == bindparam("of_id"), content.c.tenant == bindparam("of_tenant"))
_GET_RUN = select(runs).where(runs.c.thread_id == bindparam("of_thread"), runs.c.tenant == bindparam("of_tenant"))


class ContentRepository:
    """Stores runs and content, and finds them again. A tenant never sees another's."""

    def __init__(self, database: Database, upgrades: Upgrades = UPGRADES) -> None:
        self._database = database
        self._upgrades = upgrades
        insert = insert_of(database.backend)
        # Without the option an INSERT's row count is not kept.
        self._start_run = (
            insert(runs)
            .on_conflict_do_nothing(index_elements=[runs.c.thread_id])
            .execution_options(preserve_rowcount=True)
        )
        put = insert(content)
        self._put_content = put.on_conflict_do_update(
            index_elements=[content.c.id],
            set_={name: put.excluded[name] for name in ("status", "schema_version", "result")},
            where=content.c.tenant == put.excluded.tenant,
        )

    async def start_run(
        self,
        thread_id: UUID,
        type: str,  # noqa: A002 -- the contract's name
        request_json: str,
        started_at: datetime,
        *,
        result_id: UUID | None = None,
        lease_until: datetime | None = None,
        tenant: str = "public",
    ) -> None:
        """Note that a run has begun, before it spends anything.

        Args:
            thread_id: of the run.
            type: registry name of the content type.
            request_json: the request as JSON text; stored as it is.
            started_at: with a time zone.
            result_id: the id that its result will have.
            lease_until: until then no other process takes it over.
            tenant: whose it is.

        Raises:
            ConflictError: there is a run of this thread already.
            StorageError: see `Database.write`.
        """
        row = {
            "thread_id": thread_id,
            "tenant": tenant,
            "type": type,
            "status": RunStatus.RUNNING.value,
            "request": request_json,
            "started_at": started_at,
            "result_id": result_id,
            "lease_until": lease_until,
        }
        if not await self._database.write(lambda connection: connection.execute(self._start_run, row).rowcount):
            raise ConflictError(f"thread {thread_id} has a run already")

    async def finish_run(
        self, result: ContentResult, request: ContentRequest, ended_at: datetime, *, tenant: str = "public"
    ) -> None:
        """Store the result and end its run, both or neither.

        Repeating it, or storing a later state of the same result (a person has reviewed it), replaces the
        result.

        Raises:
            NotFoundError: the run was never started.
            StorageError: see `Database.transaction`.
        """
        row = _content_row(result, request, tenant)
        end = {
            "of_thread": result.thread_id,
            "of_tenant": tenant,
            "status": RunStatus.FINISHED.value,
            "ended_at": ended_at,
            "content_id": result.id,
            "error_code": None,
            **usage_columns(result.usage),
        }

        def work(connection: Connection) -> None:
            connection.execute(self._put_content, row)
            if not connection.execute(_END_RUN, end).rowcount:
                raise NotFoundError(f"thread {result.thread_id} has no run")
            connection.execute(_FORGET_ANSWERS, {"of_thread": result.thread_id})

        await self._database.transaction(work)

    async def fail_run(
        self,
        thread_id: UUID,
        status: RunStatus,
        error_code: str | None,
        usage: Usage,
        ended_at: datetime,
        *,
        tenant: str = "public",
    ) -> None:
        """End a run without a result. A run that has ended otherwise stays as it is.

        Args:
            thread_id: of the run.
            status: `failed`, `cancelled` or `interrupted`.
            error_code: `ServiceError.code` of the cause.
            usage: what it cost nevertheless.
            ended_at: with a time zone.
            tenant: whose it is.

        Raises:
            StorageError: see `Database.transaction`.
        """
        end = {
            "of_thread": thread_id,
            "of_tenant": tenant,
            "status": status.value,
            "ended_at": ended_at,
            "error_code": error_code,
            **usage_columns(usage),
        }

        def work(connection: Connection) -> None:
            connection.execute(_FAIL_RUN, end)
            connection.execute(_FORGET_ANSWERS, {"of_thread": thread_id})

        await self._database.transaction(work)

    async def get(self, content_id: UUID, *, tenant: str = "public") -> ContentResult:
        """One stored result.

        Raises:
            NotFoundError: there is none with this id, or it is another tenant's.
            StorageError: see `Database.read`.
        """
        wanted = {"of_id": content_id, "of_tenant": tenant}

        def work(connection: Connection) -> ContentResult | None:
            row = connection.execute(_GET_ONE, wanted).one_or_none()
            return None if row is None else self._read(row)

        result = await self._database.read(work)
        if result is None:
            raise NotFoundError(f"no content {content_id}")
        return result

    async def page(
        self,
        type: str | None = None,  # noqa: A002 -- the contract's name
        status: Status | None = None,
        campaign_id: UUID | None = None,
        cursor: str | None = None,
        limit: int = 20,
        *,
        tenant: str = "public",
    ) -> Page[ContentResult]:
        """Stored results, newest first, that agree with all filters given.

        Args:
            type: registry name of the content type.
            status: how the run ended.
            campaign_id: the campaign it was made for.
            cursor: `next_cursor` of the page before.
            limit: entries at most, 1 to 100.
            tenant: whose.

        Raises:
            InvalidParametersError: `cursor` or `limit` is none.
            StorageError: see `Database.read`.
        """
        query = _page_query(tenant, type, status, campaign_id)
        if cursor is not None:
            query = _after(query, Position.decode(cursor))
        query = query.limit(check_limit(limit) + 1)

        def work(connection: Connection) -> Page[ContentResult]:
            rows = connection.execute(query).all()
            items = tuple(self._read(row) for row in rows[:limit])
            return Page(items, _cursor_of(rows[limit - 1]) if len(rows) > limit else None)

        return await self._database.read(work)

    async def get_run(self, thread_id: UUID, *, tenant: str = "public") -> Run:
        """One run.

        Raises:
            NotFoundError: there is none of this thread, or it is another tenant's.
            StorageError: see `Database.read`.
        """
        wanted = {"of_thread": thread_id, "of_tenant": tenant}
        row = await self._database.read(lambda connection: connection.execute(_GET_RUN, wanted).one_or_none())
        if row is None:
            raise NotFoundError(f"no run of thread {thread_id}")
        return Run.from_row(row)

    def _read(self, row: Row[*tuple[Any, ...]]) -> ContentResult:
        return read_result(row.result, row.type, row.schema_version, self._upgrades)


def _content_row(result: ContentResult, request: ContentRequest, tenant: str) -> dict[str, Any]:
    return {
        "id": result.id,
        "thread_id": result.thread_id,
        "tenant": tenant,
        "type": result.type,
        "status": result.status.value,
        "edition": result.provenance.edition,
        "theme_id": result.provenance.theme_id,
        "campaign_id": request.campaign_id,
        "created_at": result.created_at,
        "schema_version": result.provenance.schema_version,
        "request": request.model_dump_json(by_alias=True),
        "result": result.model_dump_json(),
    }


def _page_query(tenant: str, type_name: str | None, status: Status | None, campaign_id: UUID | None) -> Select[Any]:
    query = (
        _GET.add_columns(content.c.created_at, content.c.id)
        .where(content.c.tenant == tenant)
        .order_by(content.c.created_at.desc(), content.c.id.desc())
    )
    if type_name is not None:
        query = query.where(content.c.type == type_name)
    if status is not None:
        query = query.where(content.c.status == status.value)
    if campaign_id is not None:
        query = query.where(content.c.campaign_id == campaign_id)
    return query


def _after(query: Select[Any], position: Position) -> Select[Any]:
    place = tuple_(literal(position.created_at, content.c.created_at.type), literal(position.id, content.c.id.type))
    return query.where(tuple_(content.c.created_at, content.c.id) < place)


def _cursor_of(row: Row[*tuple[Any, ...]]) -> str:
    return Position(row.created_at, row.id).encode()
