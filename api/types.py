"""The content types, with the schemas of what goes in and what comes out."""

from functools import cache
from typing import Any

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from api.content import as_json
from dnd.content import CONTENT_TYPES
from dnd.content.base import Group

router = APIRouter(prefix="/v1/types", tags=["catalogue"])


class TypeEntry(BaseModel):
    """One content type."""

    name: str
    group: Group
    description: str
    words: dict[str, tuple[int, int]] = Field(description="Fewest and most words of the main text, by length.")
    subject_schema: dict[str, Any] = Field(description="JSON schema of a request's `subject`.")
    content_schema: dict[str, Any] = Field(description="JSON schema of a result's `content`.")


class TypeList(BaseModel):
    """All content types."""

    items: list[TypeEntry]


@cache
def _listing() -> TypeList:
    return TypeList(
        items=[
            TypeEntry(
                name=kind.name,
                group=kind.group,
                description=kind.description,
                words={length.value: (limits.low, limits.high) for length, limits in kind.words.items()},
                subject_schema=kind.subject.model_json_schema(by_alias=True),
                content_schema=kind.model.model_json_schema(by_alias=True),
            )
            for kind in CONTENT_TYPES
        ]
    )


@router.get("", response_model=TypeList, summary="List content types")
async def types() -> Response:
    """All content types, with the JSON schemas of what goes in and what comes out."""
    return as_json(_listing())
