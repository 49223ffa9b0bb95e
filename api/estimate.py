"""What a request would cost."""

from fastapi import APIRouter, Response

from api.content import as_json
from api.dependencies import Context
from api.openapi import problems
from api.routes import StrictRoute
from dnd.content.request import ContentRequest
from services.estimates import Estimate

router = APIRouter(prefix="/v1", tags=["content"], route_class=StrictRoute)


@router.post(
    "/estimate", response_model=Estimate, summary="Estimate tokens and money", responses=problems(413, 415, 422)
)
async def estimate(request: ContentRequest, context: Context) -> Response:
    """Tokens of the prompt, and the money that the request would cost at least and at most. Spends nothing."""
    return as_json(context.estimates.estimate(request))
