"""What this is, and whose words and rules it builds on."""

from functools import cache
from importlib.metadata import distribution
from pathlib import Path

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel

from api.content import as_json
from api.dependencies import Context

router = APIRouter(tags=["operations"])


class About(BaseModel):
    """Name, version and notices."""

    name: str
    version: str
    licence: str
    notices: str
    """The text of NOTICE, attributions included."""


@cache
def notices() -> str:
    """The text of NOTICE, from the checkout or from the installed package."""
    beside = Path(__file__).parent.parent / "NOTICE"
    if beside.is_file():
        return beside.read_text(encoding="utf-8")
    return distribution("llm-service").read_text("licenses/NOTICE") or ""


@router.get("/v1/about", response_model=About, summary="Name, version and licence notices")
async def about(context: Context) -> Response:
    """Which service this is, and the notices of the work it builds on."""
    settings = context.settings
    return as_json(About(name=settings.service_name, version=settings.version, licence="Apache-2.0", notices=notices()))


@router.get("/", include_in_schema=False)
async def root() -> RedirectResponse:
    """Whoever opens the bare address meant the documentation."""
    return RedirectResponse("/docs")
