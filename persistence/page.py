"""One page of a list, and the cursor that leads to the next."""

import base64
import binascii
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Generic, TypeVar
from uuid import UUID

from dnd.errors import FieldError, InvalidParametersError

T = TypeVar("T")

MAX_LIMIT = 100
"""Entries of one page at most."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LENGTH = 24
"""Bytes: 8 of microseconds since 1970, 16 of id."""


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Entries, newest first."""

    items: tuple[T, ...]
    next_cursor: str | None
    """Asks for the page after this one; None on the last."""


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a list that is ordered by time, then id. It stays valid when entries come and go."""

    created_at: datetime
    id: UUID

    def encode(self) -> str:
        """As an opaque, URL-safe cursor of 32 characters."""
        microseconds = (self.created_at - _EPOCH) // timedelta(microseconds=1)
        return base64.urlsafe_b64encode(microseconds.to_bytes(8, "big", signed=True) + self.id.bytes).decode()

    @classmethod
    def decode(cls, cursor: str) -> "Position":
        """Read a cursor.

        Raises:
            InvalidParametersError: `encode` never gave it.
        """
        try:
            data = base64.b64decode(cursor, altchars=b"-_", validate=True)
            moment = _EPOCH + timedelta(microseconds=int.from_bytes(data[:8], "big", signed=True))
        except (binascii.Error, ValueError, OverflowError):
            data, moment = b"", _EPOCH
        if len(data) != _LENGTH:
            message = "not a cursor of this list: use `next_cursor` of the page before, unchanged"
            raise InvalidParametersError(message, [FieldError("query/cursor", message)])
        return cls(moment, UUID(bytes=data[8:]))


def check_limit(limit: int) -> int:
    """`limit`, when it is one.

    Raises:
        InvalidParametersError: it is not between 1 and `MAX_LIMIT`.
    """
    if not 1 <= limit <= MAX_LIMIT:
        message = f"must be between 1 and {MAX_LIMIT}"
        raise InvalidParametersError(f"limit {message}", [FieldError("query/limit", message)])
    return limit
