"""Validation without generation, and the rules it goes by."""

from functools import cache

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from api.content import as_json
from api.dependencies import Context
from api.openapi import problems
from api.routes import StrictRoute
from dnd.rules import RULES
from dnd.rules.finding import Report, Severity
from dnd.srd.edition import Edition
from services.validation import ValidateRequest, ValidationReport

router = APIRouter(prefix="/v1", tags=["validation"], route_class=StrictRoute)


class RuleEntry(BaseModel):
    """One rule."""

    id: str
    family: str
    title: str
    editions: list[Edition]
    severity: Severity
    source: str = Field(description="Where the rule comes from.")
    prompt: str = Field(description="The rule as a model is told it.")


class RuleList(BaseModel):
    """All rules."""

    items: list[RuleEntry]


@cache
def _listing() -> RuleList:
    return RuleList(
        items=[
            RuleEntry(
                id=rule.id,
                family=rule.family,
                title=rule.title,
                editions=list(rule.editions),
                severity=rule.severity,
                source=rule.source,
                prompt=rule.prompt,
            )
            for rule in RULES
        ]
    )


@router.post(
    "/validate",
    response_model=Report | ValidationReport,
    summary="Check content",
    responses=problems(413, 415, 422),
)
async def validate(request: ValidateRequest, context: Context) -> Response:
    """Run every rule over content, a character sheet or a stat block that somebody wrote.

    No model is called and nothing is spent.
    """
    return as_json(context.validation.validate(request))


@router.get("/rules", response_model=RuleList, summary="List rules")
async def rules() -> Response:
    """All rules; their ids are stable."""
    return as_json(_listing())
