"""What a run gives back: content with its report, its trace, its provenance and its price."""

from datetime import datetime
from enum import StrEnum
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from dnd.rules.finding import Finding, Report


class Status(StrEnum):
    """How a run ended."""

    ACCEPTED = "accepted"
    ACCEPTED_WITH_WARNINGS = "accepted_with_warnings"
    NEEDS_REVIEW = "needs_review"
    REJECTED = "rejected"
    """Unsafe or refused."""


class StopReason(StrEnum):
    """Why the loop ended."""

    ACCEPTED = "accepted"
    ATTEMPT_CAP = "attempt_cap"
    NO_PROGRESS = "no_progress"
    COST_CAP = "cost_cap"
    REFUSED = "refused"
    PROVIDER_FAILED = "provider_failed"
    """The vendor failed after an earlier attempt had been paid for; that attempt's draft is kept."""


class Usage(BaseModel):
    """Tokens and money."""

    model_config = ConfigDict(frozen=True)

    input_tokens: int = 0
    cached_tokens: int = Field(default=0, description="Part of the input that the vendor had in its prompt cache.")
    output_tokens: int = Field(default=0, description="Reasoning included: it is billed as output.")
    reasoning_tokens: int = 0
    cost_usd: float = 0.0
    calls: int = Field(default=0, description="HTTP calls to the model, retries included.")

    def __add__(self, other: "Usage") -> "Usage":
        return Usage(
            input_tokens=self.input_tokens + other.input_tokens,
            cached_tokens=self.cached_tokens + other.cached_tokens,
            output_tokens=self.output_tokens + other.output_tokens,
            reasoning_tokens=self.reasoning_tokens + other.reasoning_tokens,
            cost_usd=round(self.cost_usd + other.cost_usd, 10),
            calls=self.calls + other.calls,
        )


class Attempt(BaseModel):
    """One entry of the trace: what was tried, what it changed, what was still wrong, what it cost."""

    model_config = ConfigDict(frozen=True)

    attempt: int = Field(ge=1, description="Calls to the model so far, this one included.")
    kind: Literal["generate", "repair", "regenerate", "code_fix"]
    model: str | None = None
    findings: list[Finding] = Field(default_factory=list[Finding], description="What validation said afterwards.")
    changed: list[str] = Field(default_factory=list[str], description="JSON pointers of the values changed.")
    failure: Literal["refused", "filtered", "truncated", "empty", "unusable"] | None = Field(
        default=None, description="Why the answer could not be used, when it could not."
    )
    detail: str | None = Field(default=None, description="The failure in words, and calls lost on the way.")
    usage: Usage = Field(default_factory=Usage)
    duration_ms: float = 0.0
    ended: StopReason | None = Field(default=None, description="Set on the last entry: why the loop ended.")


class Provenance(BaseModel):
    """Which prompt, rules, model and settings made this."""

    model_config = ConfigDict(frozen=True)

    prompt_id: str
    prompt_version: str
    prompt_hash: str
    rules_hash: str
    schema_version: int
    theme_id: str
    theme_hash: str
    edition: Literal["5.1", "5.2"]
    model: str | None = Field(default=None, description="The model that answered last; none when no call succeeded.")
    provider: str | None = None
    simulated: bool = Field(default=False, description="True when the built-in simulator wrote it.")
    cached: bool = False
    seed: int | None = None
    variant: int = 0


class ContentResult(BaseModel):
    """The answer of `POST /v1/content`."""

    model_config = ConfigDict(frozen=True)

    id: UUID
    type: str
    status: Status
    content: dict[str, Any] | None = Field(
        description="The dungeon master's view; null when nothing usable was written."
    )
    player_view: dict[str, Any] | None = Field(description="The content without its secrets.")
    report: Report
    trace: list[Attempt]
    provenance: Provenance
    usage: Usage
    thread_id: UUID
    created_at: datetime
