"""Identifiers: UUID version 7 (RFC 9562, section 5.7), which sort by the time they were made."""

import secrets
import threading
import time
from collections.abc import Callable
from functools import lru_cache
from uuid import UUID

_VERSION_7 = 0x7 << 76
_VARIANT_RFC = 0b10 << 62


class _Ticks:
    """A clock in 1/4096 milliseconds that never gives the same reading twice and never goes back."""

    __slots__ = ("_clock", "_last", "_lock")

    def __init__(self, clock: Callable[[], int]) -> None:
        self._clock = clock
        self._last = 0
        self._lock = threading.Lock()

    def next(self) -> int:
        """Ticks since 1970, at least one more than ever before: 48 bits of milliseconds, 12 of fraction."""
        ticks = (self._clock() << 12) // 1_000_000
        with self._lock:
            self._last = max(ticks, self._last + 1)
            return self._last


@lru_cache(maxsize=8)
def _ticks(clock: Callable[[], int]) -> _Ticks:
    """One sequence for each clock, so that a test's clock does not move the service's."""
    return _Ticks(clock)


def new_id(clock: Callable[[], int] = time.time_ns) -> UUID:
    """A new UUIDv7, greater than every one made before by this process from the same clock.

    Args:
        clock: gives nanoseconds since 1970, UTC.
    """
    ticks = _ticks(clock).next()
    milliseconds, fraction = ticks >> 12, ticks & 0xFFF
    return UUID(int=milliseconds << 80 | _VERSION_7 | fraction << 64 | _VARIANT_RFC | secrets.randbits(62))
