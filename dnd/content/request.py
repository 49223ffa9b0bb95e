"""A request for content, as every door of the service takes it (REST, LangServe, Studio, command line)."""

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from dnd.content.base import Length
from dnd.themes.theme import Theme

Fact = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=400)]
"""One statement that the content must express: 3 to 400 characters."""
Boundary = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=80)]
"""A subject that must not appear: 2 to 80 characters."""


class Policy(BaseModel):
    """What the caller allows."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    names: Literal["strict_srd", "official", "homebrew_ok"] = Field(
        default="homebrew_ok", description="Which names of game things may be used."
    )
    max_attempts: int = Field(default=3, ge=1, le=5, description="Calls to the model at most.")
    max_cost_usd: float | None = Field(default=None, gt=0, description="Money for this request at most, in US dollars.")
    review: bool = Field(default=False, description="Pause for a person before the result is final.")
    lines: list[Boundary] = Field(
        default_factory=list[Boundary], max_length=20, description="Subjects that must not appear."
    )


class Terms(BaseModel):
    """What content must agree with: the part that generation and validation share."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    type: str = Field(description="Registry name; `GET /v1/types` lists them.", max_length=60)
    edition: Literal["5.1", "5.2"] = "5.2"
    subject: dict[str, Any] = Field(
        default_factory=dict, description="What it is about: the type's own subject model (see `GET /v1/types`)."
    )
    theme: str | Theme = Field(default="high_fantasy", description="A theme's id, or a theme given inline.")
    facts: list[Fact] = Field(default_factory=list[Fact], max_length=12, description="Each must be expressed.")
    length: Length = Length.FULL
    policy: Policy = Field(default_factory=Policy)


class ContentRequest(Terms):
    """What is wanted, and what it must agree with."""

    variant: int = Field(default=0, ge=0, le=9999, description="Another answer to the same request.")
    seed: int | None = Field(default=None, ge=0, le=2**31 - 1, description="Makes code-made choices repeatable.")
    prompt_version: str | None = Field(default=None, pattern=r"^v[1-9][0-9]{0,3}$")
    campaign_id: UUID | None = None
