"""Content: written, watched, and read again."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, Field

from api.dependencies import Context, IdempotencyKey
from api.openapi import EVENT_STREAM, problems
from api.routes import StrictRoute
from api.sse import event_stream
from api.views import for_player
from dnd.content.request import ContentRequest
from dnd.content.result import ContentResult, Status

router = APIRouter(prefix="/v1/content", tags=["content"], route_class=StrictRoute)


class ContentPage(BaseModel):
    """Some results, newest first."""

    items: list[ContentResult]
    next_cursor: str | None = Field(description="Give it as `cursor` for the next page; null on the last.")


def as_json(model: BaseModel, status_code: int = 200) -> Response:
    """`model` as it is: serialised once, by pydantic's own writer."""
    return Response(model.model_dump_json(by_alias=True), status_code, media_type="application/json")


@router.post(
    "",
    response_model=ContentResult,
    summary="Write content",
    responses=problems(409, 413, 415, 422, 502, 503, 504),
)
async def create(request: ContentRequest, context: Context, idempotency_key: IdempotencyKey = None) -> Response:
    """Write content of a type, on theme, with every fact expressed, checked by rules and mended until it holds.

    `status` says honestly how it ended: what did not pass is never called accepted.
    """
    return as_json(await context.generation.create(request, idempotency_key=idempotency_key))


@router.post(
    "/stream",
    response_class=Response,
    summary="Write content, watched",
    responses=EVENT_STREAM | problems(409, 413, 415, 422, 503),
)
async def stream(request: ContentRequest, context: Context, idempotency_key: IdempotencyKey = None) -> Response:
    """The same as Server-Sent Events: `run`, then `stage`, `delta` and `findings`, and one last `result` or `error`.

    Leaving stops the work. What is wrong with the request is an ordinary problem and not a stream.
    """
    return await event_stream(context.generation.stream(request, idempotency_key=idempotency_key))


@router.get(
    "/{content_id}",
    response_model=ContentResult,
    summary="Read content again",
    responses=problems(404, 422, 503),
)
async def read(content_id: UUID, context: Context, view: Literal["dm", "player"] = "dm") -> Response:
    """One kept result.

    With `view=player` everything that only the dungeon master may know is left out: secrets, the trace,
    findings, and facts that only secrets express.
    """
    result = await context.generation.get(content_id)
    return as_json(for_player(result) if view == "player" else result)


@router.get(
    "",
    response_model=ContentPage,
    summary="List content",
    responses=problems(422, 503),
)
async def page(
    context: Context,
    *,
    type: Annotated[str | None, Query(max_length=60)] = None,  # noqa: A002 -- the parameter's name
    status: Status | None = None,
    campaign_id: UUID | None = None,
    cursor: Annotated[str | None, Query(max_length=400)] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
) -> Response:
    """Kept results, newest first, a page at a time."""
    found = await context.generation.page(type=type, status=status, campaign_id=campaign_id, cursor=cursor, limit=limit)
    return as_json(ContentPage.model_construct(items=list(found.items), next_cursor=found.next_cursor))
