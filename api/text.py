"""The same call as `POST /v1/content`, limited to one family of types: for callers that have one."""

from fastapi import APIRouter, Response

from api.content import as_json
from api.dependencies import Context, IdempotencyKey
from api.openapi import problems
from api.routes import StrictRoute
from dnd.content import CONTENT_TYPES, content_type
from dnd.content.base import Group
from dnd.content.request import ContentRequest
from dnd.content.result import ContentResult
from dnd.errors import FieldError, WrongGroupError

router = APIRouter(prefix="/v1/text", tags=["content"], route_class=StrictRoute)

CHARACTER = frozenset({Group.CHARACTER})
CAMPAIGN = frozenset({Group.CAMPAIGN, Group.NARRATIVE})
"""A campaign's caller also asks for the narrative types, such as dialogue: they belong to no single character."""


@router.post(
    "/character",
    response_model=ContentResult,
    summary="Write about a character",
    responses=problems(400, 409, 413, 415, 422, 502, 503, 504),
)
async def character(request: ContentRequest, context: Context, idempotency_key: IdempotencyKey = None) -> Response:
    """As `POST /v1/content`, for types of the group `character`; 400 for any other."""
    _check_group(request, CHARACTER)
    return as_json(await context.generation.create(request, idempotency_key=idempotency_key))


@router.post(
    "/campaign",
    response_model=ContentResult,
    summary="Write for a campaign",
    responses=problems(400, 409, 413, 415, 422, 502, 503, 504),
)
async def campaign(request: ContentRequest, context: Context, idempotency_key: IdempotencyKey = None) -> Response:
    """As `POST /v1/content`, for types of the groups `campaign` and `narrative`; 400 for any other."""
    _check_group(request, CAMPAIGN)
    return as_json(await context.generation.create(request, idempotency_key=idempotency_key))


def _check_group(request: ContentRequest, groups: frozenset[Group]) -> None:
    kind = content_type(request.type)
    if kind.group not in groups:
        known = ", ".join(entry.name for entry in CONTENT_TYPES if entry.group in groups)
        message = f"{kind.name} is of the group {kind.group}; this call writes: {known}"
        raise WrongGroupError(message, [FieldError("/type", message)])
