"""Validation of content that somebody else wrote: no model is called."""

from typing import Any

from pydantic import Field

from dnd.content.request import Terms
from dnd.rules import validate
from dnd.rules.binding import bind
from dnd.rules.finding import Report


class ValidateRequest(Terms):
    """Content, and what it must agree with."""

    content: dict[str, Any] = Field(description="As the type's content model has it (see `GET /v1/types`).")


class ValidationService:
    """The same rules, in the same order, that generated content must pass."""

    def validate(self, request: ValidateRequest) -> Report:
        """The report on `request.content`.

        Raises:
            InvalidParametersError: type, subject or theme do not exist or do not fit.
        """
        return validate(bind(request).draft(request.content))
