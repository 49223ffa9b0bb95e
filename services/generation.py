"""The main use case: one request in, one kept result out, by waiting or by watching."""

import asyncio
import hashlib
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from langchain_core.runnables import RunnableConfig
from pydantic import ValidationError

from dnd.content import content_type
from dnd.content.request import ContentRequest
from dnd.content.result import ContentResult, Status, Usage
from dnd.errors import ConflictError, FieldError, InvalidParametersError, ProviderError, ServiceError
from dnd.ids import new_id
from dnd.themes import resolve_theme
from graphs.runner import ContentRunner
from graphs.state import ContentOutput
from persistence.content import ContentRepository
from persistence.idempotency import Claim, ClaimState, IdempotencyRepository
from persistence.page import Page
from persistence.run import Run, RunStatus
from prompts.loader import load_prompt
from providers.text import RunKey

EventName = Literal["run", "stage", "delta", "findings", "result"]


@dataclass(frozen=True, slots=True)
class StreamEvent:
    """One event of a watched run (contract: Stream events). A failure is raised, not yielded."""

    event: EventName
    data: dict[str, Any]


USUAL_LEASE = timedelta(seconds=60)


@dataclass(slots=True)
class _Run:
    """One run from its claim to its end."""

    thread_id: UUID
    content_id: UUID
    request: ContentRequest
    claim: Claim | None = None
    result: ContentResult | None = None
    resumed: bool = False
    """An earlier process began it."""

    @property
    def key(self) -> RunKey:
        """Under which its paid answers are kept."""
        return RunKey(self.thread_id, self.resumed)


class GenerationService:
    """Runs the content graph, keeps what it gives, and answers for what was kept."""

    def __init__(
        self,
        runner: ContentRunner,
        contents: ContentRepository,
        idempotency: IdempotencyRepository,
        *,
        lease: timedelta = USUAL_LEASE,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._runner = runner
        self._contents = contents
        self._idempotency = idempotency
        self._now = now
        self.lease = lease
        """For so long a run belongs to its process without another word."""
        self.running: set[UUID] = set()
        """Threads of the runs under way in this process."""

    async def create(self, request: ContentRequest, *, idempotency_key: str | None = None) -> ContentResult:
        """Write the content, or return what the same key and request gave before.

        Raises:
            CallerError: the request cannot be served; nothing was spent.
            ProviderError: no model could answer; there is no content.
            ConflictError: the key belongs to another request, or its run is still under way.
        """
        kept = await self._kept(request, idempotency_key)
        if isinstance(kept, ContentResult):
            return kept
        async with self._running(kept) as run:
            return await self._keep(run, await self._runner.run(request, _config(run), run.key))

    async def resume(self, left: Run) -> ContentResult:
        """Go on with a run whose process ended; its paid answers are read back and not paid for again.

        Raises:
            ServiceError: as `create`; the run is then marked failed.
        """
        try:
            request = ContentRequest.model_validate(left.request)
        except ValidationError as error:
            code = InvalidParametersError.code
            await self._contents.fail_run(left.thread_id, RunStatus.FAILED, code, Usage(), self._now())
            raise InvalidParametersError("the request is none of this version") from error
        run = _Run(thread_id=left.thread_id, content_id=left.result_id or new_id(), request=request, resumed=True)
        async with self._running(run):
            return await self._keep(run, await self._runner.run(request, _config(run), run.key))

    async def stream(
        self, request: ContentRequest, *, idempotency_key: str | None = None
    ) -> AsyncIterator[StreamEvent]:
        """The same, told as it happens: `run`, then stages, deltas and findings, and `result` last.

        Raises:
            ServiceError: as `create`, at any point before the result.
        """
        kept = await self._kept(request, idempotency_key)
        if isinstance(kept, ContentResult):
            yield StreamEvent("run", {"id": str(kept.id), "thread_id": str(kept.thread_id)})
            yield _result_event(kept)
            return
        yield StreamEvent("run", {"id": str(kept.content_id), "thread_id": str(kept.thread_id)})
        async with self._running(kept) as run:
            async for watched in self._runner.watch(request, _config(run), run.key):
                if watched[0] == "event":
                    event = dict(watched[1])
                    yield StreamEvent(event.pop("event"), event)
                else:
                    yield _result_event(await self._keep(run, watched[1]))

    async def get(self, content_id: UUID) -> ContentResult:
        """One kept result.

        Raises:
            NotFoundError: there is none with this id.
        """
        return await self._contents.get(content_id)

    async def page(
        self,
        *,
        type: str | None = None,  # noqa: A002 -- the contract's name of the query parameter
        status: Status | None = None,
        campaign_id: UUID | None = None,
        cursor: str | None = None,
        limit: int = 20,
    ) -> Page[ContentResult]:
        """Kept results, newest first.

        Raises:
            InvalidParametersError: the cursor is none of ours.
        """
        return await self._contents.page(type=type, status=status, campaign_id=campaign_id, cursor=cursor, limit=limit)

    async def _kept(self, request: ContentRequest, key: str | None) -> "ContentResult | _Run":
        """The earlier result under `key`, or a new run that holds the key."""
        _check(request)
        run = _Run(thread_id=new_id(), content_id=new_id(), request=request)
        if key is None:
            return run
        claim = await self._idempotency.claim(key, _request_hash(request), run.thread_id)
        if claim.state is ClaimState.CONFLICT:
            raise ConflictError("this Idempotency-Key was used with another request")
        if claim.state is ClaimState.RUNNING:
            raise ConflictError("the request with this Idempotency-Key is still running", retry_after=2)
        if claim.content_id is not None:
            return await self._contents.get(claim.content_id)
        run.claim = claim
        return run

    @asynccontextmanager
    async def _running(self, run: _Run) -> AsyncGenerator[_Run]:
        """Keeps the run's row honest: running, and then finished, failed or cancelled, whatever happens."""
        started = self._now()
        if not run.resumed:
            await self._contents.start_run(
                run.thread_id,
                run.request.type,
                run.request.model_dump_json(),
                started,
                result_id=run.content_id,
                lease_until=started + self.lease,
            )
        self.running.add(run.thread_id)
        try:
            yield run
        except ServiceError as error:
            spent = error.spent if isinstance(error, ProviderError) else None
            await self._ended(run, RunStatus.FAILED, error.code, spent)
            raise
        except (asyncio.CancelledError, GeneratorExit):
            await asyncio.shield(self._ended(run, RunStatus.CANCELLED, None))
            raise
        except BaseException:
            await self._ended(run, RunStatus.FAILED, "internal_error")
            raise
        finally:
            self.running.discard(run.thread_id)

    async def _ended(self, run: _Run, status: RunStatus, code: str | None, spent: Usage | None = None) -> None:
        if run.result is not None:
            return
        await self._contents.fail_run(run.thread_id, status, code, spent or Usage(), self._now())
        if run.claim is not None:
            await self._idempotency.release(run.claim)

    async def _keep(self, run: _Run, output: ContentOutput) -> ContentResult:
        now = self._now()
        result = ContentResult(
            id=run.content_id, type=run.request.type, thread_id=run.thread_id, created_at=now, **output
        )
        await self._contents.finish_run(result, run.request, now)
        run.result = result
        if run.claim is not None:
            await self._idempotency.complete(run.claim, result.id)
        return result


def _check(request: ContentRequest) -> None:
    """Say what is wrong before anything is written or spent.

    Raises:
        InvalidParametersError: naming the field.
    """
    content_type(request.type).parse_subject(request.subject)
    resolve_theme(request.theme)
    load_prompt(request.type, request.prompt_version)
    if request.policy.review:
        message = "a review pauses the run, and this version keeps no paused runs; leave it false"
        raise InvalidParametersError(message, [FieldError("/policy/review", message)])


def _config(run: _Run) -> RunnableConfig:
    return {
        "run_name": "content",
        "run_id": run.content_id,
        "tags": [f"type:{run.request.type}"],
        "configurable": {"thread_id": str(run.thread_id)},
    }


def _result_event(result: ContentResult) -> StreamEvent:
    return StreamEvent("result", result.model_dump(mode="json", by_alias=True))


def _request_hash(request: ContentRequest) -> str:
    """The same for requests that mean the same: defaults filled in, keys in the models' order."""
    return hashlib.sha256(request.model_dump_json(by_alias=True).encode()).hexdigest()
