"""What a check says: findings, facts located, and the report that gathers them."""

from enum import StrEnum
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class Severity(StrEnum):
    """How much a finding weighs."""

    ERROR = "error"
    """Content with it is never accepted."""
    WARNING = "warning"
    """Content with it is accepted with warnings."""
    INFO = "info"
    """Told, and counted nowhere."""


class Span(BaseModel):
    """A stretch of one text: `text == leaf[start:end]`."""

    model_config = ConfigDict(frozen=True)

    start: int = Field(ge=0, description="First character, counted from 0.")
    end: int = Field(ge=0, description="One past the last character.")
    text: str


class Fix(BaseModel):
    """The one right answer, where there is one: the value that code puts at `path`."""

    model_config = ConfigDict(frozen=True)

    path: str = Field(description="JSON pointer into the content.")
    op: Literal["replace", "remove"] = "replace"
    value: Any = None


class Finding(BaseModel):
    """One thing wrong, with its place, its reason and its mend."""

    model_config = ConfigDict(frozen=True)

    rule: str = Field(description="Stable id of the rule.")
    severity: Severity
    path: str = Field(description="JSON pointer into the content; empty for the whole.")
    span: Span | None = None
    message: str
    expected: str | None = None
    found: str | None = None
    source: str = Field(description="Where the rule comes from.")
    fix: Fix | None = None
    fixed_by: Literal["code", "model"] | None = None

    def identity(self) -> tuple[str, str, str | None]:
        """Two findings with equal identity are the same fault; the loop's no-progress test compares these."""
        return (self.rule, self.path, self.found)


class FactReport(BaseModel):
    """Whether and where one required fact is expressed."""

    model_config = ConfigDict(frozen=True)

    fact: str
    expressed: bool
    score: float = Field(ge=0, le=1, description="Weighted share of the fact's content words found.")
    path: str | None = Field(default=None, description="JSON pointer of the text that expresses it best.")
    span: Span | None = None
    missing: list[str] = Field(default_factory=list, description="Content words of the fact not found there.")


class Report(BaseModel):
    """All that validation says about one draft."""

    model_config = ConfigDict(frozen=True)

    findings: list[Finding] = Field(default_factory=list[Finding])
    facts: list[FactReport] = Field(default_factory=list[FactReport])
    scores: dict[str, float] = Field(
        default_factory=dict, description="By rule family: passed / (passed + failed), 0 to 1."
    )
    coverage: float = Field(default=0.0, ge=0, le=1, description="Checked / applicable rules.")
    outcomes: dict[str, Literal["passed", "failed", "not_applicable", "not_checkable"]] = Field(
        default_factory=dict, description="By rule id."
    )

    @property
    def errors(self) -> list[Finding]:
        """The findings that keep the content from being accepted."""
        return [finding for finding in self.findings if finding.severity is Severity.ERROR]

    @property
    def warnings(self) -> list[Finding]:
        """The findings that qualify an acceptance."""
        return [finding for finding in self.findings if finding.severity is Severity.WARNING]
