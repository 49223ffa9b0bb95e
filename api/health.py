"""Whether the service works, lives, and is ready."""

from typing import Literal

from fastapi import APIRouter, Response
from pydantic import BaseModel

from api.content import as_json
from api.dependencies import Context
from services.health import HealthReport

router = APIRouter(prefix="/health", tags=["operations"])


class Answer(BaseModel):
    """A probe's answer."""

    status: Literal["live", "ready", "not_ready"]


@router.get(
    "",
    response_model=HealthReport,
    summary="State of every component",
    responses={503: {"model": HealthReport, "description": "Unhealthy"}},
)
async def health(context: Context) -> Response:
    """Every component with the backend it runs on; 503 when the service is unhealthy."""
    report = await context.health.report()
    return as_json(report, 503 if report.status == "unhealthy" else 200)


@router.get("/live", response_model=Answer, summary="The process answers")
async def live() -> Response:
    """200 for as long as the process answers; asks no backend."""
    return as_json(Answer(status="live"))


@router.get(
    "/ready",
    response_model=Answer,
    summary="Requests can be served and kept",
    responses={503: {"model": Answer, "description": "Not ready"}},
)
async def ready(context: Context) -> Response:
    """200 when the database answers, else 503."""
    if await context.health.ready():
        return as_json(Answer(status="ready"))
    return as_json(Answer(status="not_ready"), 503)
