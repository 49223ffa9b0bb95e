"""A run as stored, and its money as whole numbers."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Self
from uuid import UUID

import orjson
from sqlalchemy import Row

from dnd.content.result import Usage
from persistence.tables import NANO_USD_PER_USD


class RunStatus(StrEnum):
    """Where a run stands."""

    RUNNING = "running"
    FINISHED = "finished"
    """Its result is stored, whatever that result's status."""
    FAILED = "failed"
    CANCELLED = "cancelled"
    """The caller went away or cancelled it."""
    INTERRUPTED = "interrupted"
    """The process ended under it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One request for content from its start to its end."""

    thread_id: UUID
    tenant: str
    type: str
    status: RunStatus
    request: dict[str, Any]
    started_at: datetime
    ended_at: datetime | None
    content_id: UUID | None
    error_code: str | None
    """`ServiceError.code` of what ended it, when that was an error."""
    usage: Usage
    result_id: UUID | None = None
    """The id that its result has, or will have; None in a run of an earlier version."""

    @classmethod
    def from_row(cls, row: Row[*tuple[Any, ...]]) -> Self:
        """Read one row of `runs`."""
        return cls(
            thread_id=row.thread_id,
            tenant=row.tenant,
            type=row.type,
            status=RunStatus(row.status),
            request=orjson.loads(row.request),
            started_at=row.started_at,
            ended_at=row.ended_at,
            content_id=row.content_id,
            error_code=row.error_code,
            usage=Usage(
                input_tokens=row.input_tokens,
                cached_tokens=row.cached_tokens,
                output_tokens=row.output_tokens,
                reasoning_tokens=row.reasoning_tokens,
                cost_usd=row.cost_nano_usd / NANO_USD_PER_USD,
                calls=row.calls,
            ),
            result_id=row.result_id,
        )


def usage_columns(usage: Usage) -> dict[str, int]:
    """`usage` as values for the columns of `runs`."""
    return {
        "input_tokens": usage.input_tokens,
        "cached_tokens": usage.cached_tokens,
        "output_tokens": usage.output_tokens,
        "reasoning_tokens": usage.reasoning_tokens,
        "cost_nano_usd": round(usage.cost_usd * NANO_USD_PER_USD),
        "calls": usage.calls,
    }
