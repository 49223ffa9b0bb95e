"""Validation of content that somebody else wrote: no model is called."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from dnd.content import content_type
from dnd.content.base import Length
from dnd.content.request import Fact, Policy
from dnd.rules import parse_draft, validate
from dnd.rules.finding import Report
from dnd.themes import resolve_theme
from dnd.themes.contract import apply_theme
from dnd.themes.theme import Theme


class ValidateRequest(BaseModel):
    """Content, and what it must agree with."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    type: str = Field(description="Registry name; `GET /v1/types` lists them.", max_length=60)
    content: dict[str, Any]
    subject: dict[str, Any] = Field(default_factory=dict)
    edition: Literal["5.1", "5.2"] = "5.2"
    theme: str | Theme = "high_fantasy"
    facts: list[Fact] = Field(default_factory=list[Fact], max_length=12)
    length: Length = Length.FULL
    policy: Policy = Field(default_factory=Policy)


class ValidationService:
    """The same rules, in the same order, that generated content must pass."""

    def validate(self, request: ValidateRequest) -> Report:
        """The report on `request.content`.

        Raises:
            InvalidParametersError: type, subject or theme do not exist or do not fit.
        """
        kind = content_type(request.type)
        subject = kind.parse_subject(request.subject)
        contract = apply_theme(
            resolve_theme(request.theme),
            facts=request.facts,
            subject=subject,
            length=request.length,
            boundaries=request.policy.lines,
        )
        draft = parse_draft(
            kind,
            request.content,
            subject=subject,
            contract=contract,
            facts=tuple(request.facts),
            length=request.length,
            edition=request.edition,
            policy=request.policy,
        )
        return validate(draft)
