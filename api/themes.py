"""The built-in themes."""

from functools import cache
from typing import Annotated

from fastapi import APIRouter, Path, Response
from pydantic import BaseModel

from api.content import as_json
from api.openapi import problems
from dnd.errors import NotFoundError
from dnd.themes import built_in_themes
from dnd.themes.theme import Theme

router = APIRouter(prefix="/v1/themes", tags=["catalogue"])


class ThemeList(BaseModel):
    """All themes."""

    items: list[Theme]


@cache
def _listing() -> ThemeList:
    return ThemeList.model_construct(items=list(built_in_themes()))


@router.get("", response_model=ThemeList, summary="List themes")
async def themes() -> Response:
    """All built-in themes, each with what it inherits."""
    return as_json(_listing())


@router.get("/{theme_id}", response_model=Theme, summary="Read a theme", responses=problems(404, 422))
async def theme(theme_id: Annotated[str, Path(max_length=60, examples=["gothic_horror"])]) -> Response:
    """One built-in theme, with what it inherits."""
    found = next((entry for entry in built_in_themes() if entry.id == theme_id), None)
    if found is None:
        raise NotFoundError(f"there is no theme {theme_id!r}")
    return as_json(found)
