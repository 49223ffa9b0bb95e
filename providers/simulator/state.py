"""Everything one simulator remembers: nothing of it lives at module level, so that several can run side by side."""

import random
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from providers.simulator.errors import rate_limited, unknown_model
from providers.simulator.ledger import Ledger
from providers.simulator.models import SimulatedModel, find_model
from providers.simulator.script import Script
from providers.simulator.tokens import PromptCache

_SHOWN_REQUESTS = 10_000
"""Requests a minute that the headers tell of when no limit is set."""
_SHOWN_TOKENS = 10_000_000
"""Tokens a minute, as above."""


class Pace(BaseModel):
    """How fast the simulator answers, and how much it takes; `POST /simulator/settings` changes it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    latency_ms: Annotated[float, Field(ge=0, le=600_000)] = 0
    """Until the first byte of an answer."""
    tokens_per_second: Annotated[float | None, Field(gt=0)] = None
    """Speed of writing, reasoning included; null: at once."""
    jitter: Annotated[float, Field(ge=0, le=1)] = 0
    """Share by which the two times vary, up or down."""
    tokens_per_chunk: Annotated[int, Field(ge=1, le=1000)] = 4
    """Size of the pieces of a stream."""
    requests_per_minute: Annotated[int | None, Field(ge=1)] = None
    """A rate limit that is kept, with 429 beyond it; null: none."""
    tokens_per_minute: Annotated[int | None, Field(ge=1)] = None
    """As above, of prompt tokens."""
    enforce_shutdown: bool = False
    """Whether a model answers 404 from its announced shutdown on, by the simulator's clock."""


class Allowance:
    """One rate limit, refilled evenly: what is left, and how long until it is full again."""

    def __init__(self, per_minute: int, now: float) -> None:
        self.limit = per_minute
        self._left = float(per_minute)
        self._at = now

    def use(self, amount: float, now: float) -> None:
        """Take `amount`; what is not there is not taken below zero."""
        self._left = max(0.0, self.left(now) - amount)
        self._at = now

    def left(self, now: float) -> float:
        """What may be used at once."""
        return min(float(self.limit), self._left + max(0.0, now - self._at) * self.limit / 60)

    def wait_s(self, amount: float, now: float) -> float:
        """Seconds until `amount` may be used; 0 when it may now."""
        return max(0.0, (min(amount, self.limit) - self.left(now)) * 60 / self.limit)


def duration(seconds: float) -> str:
    """As the vendor writes durations in headers: `12ms`, `1.5s`, `6m0s`."""
    if seconds < 1:
        return f"{round(seconds * 1000)}ms"
    if seconds < 60:
        return f"{seconds:.3f}".rstrip("0").rstrip(".") + "s"
    return f"{int(seconds // 60)}m{int(seconds % 60)}s"


@dataclass(slots=True)
class SimulatorState:
    """One running simulator."""

    clock: Callable[[], float]
    pace: Pace
    """The pace now."""
    initial_pace: Pace
    """What a reset goes back to."""
    ledger: Ledger = field(default_factory=Ledger)
    script: Script = field(default_factory=Script)
    prompts: PromptCache = field(default_factory=PromptCache)
    legal_schemas: set[bytes] = field(default_factory=set[bytes])
    """Digests of schemas found legal, which need no second look."""
    instance: str = field(default_factory=lambda: secrets.token_hex(6))
    chance: random.Random = field(default_factory=lambda: random.Random(0))  # noqa: S311 -- jitter is no secret
    _ids: int = 0
    _requests: Allowance = field(init=False)
    _tokens: Allowance = field(init=False)

    def __post_init__(self) -> None:
        self.set_pace(self.pace)

    def new_id(self, prefix: str) -> str:
        """An id of this instance that is given once."""
        self._ids += 1
        return f"{prefix}{self.instance}{self._ids:012x}"

    def set_pace(self, pace: Pace) -> None:
        """Change the pace; limits start full."""
        now = self.clock()
        self.pace = pace
        self._requests = Allowance(pace.requests_per_minute or _SHOWN_REQUESTS, now)
        self._tokens = Allowance(pace.tokens_per_minute or _SHOWN_TOKENS, now)

    def reset(self) -> None:
        """As just started: no calls, no script, no known prompts, the initial pace."""
        self.ledger.clear()
        self.script.clear()
        self.prompts.clear()
        self.set_pace(self.initial_pace)

    def model(self, name: str) -> SimulatedModel:
        """The row of a model id.

        Raises:
            ApiError: 404, there is none, or (with `enforce_shutdown`) it was shut down.
        """
        row = find_model(name)
        if row is None:
            raise unknown_model(name)
        today = datetime.fromtimestamp(self.clock(), UTC).date()
        if self.pace.enforce_shutdown and row.shutdown is not None and today >= row.shutdown:
            raise unknown_model(name)
        return row

    def admit(self, tokens: int, model: str) -> None:
        """Count a call of `tokens` against the limits.

        Raises:
            ApiError: 429, one of the limits that are set is used up.
        """
        now = self.clock()
        limits = (
            (self.pace.requests_per_minute, self._requests, 1, "requests", "RPM"),
            (self.pace.tokens_per_minute, self._tokens, tokens, "tokens", "TPM"),
        )
        for limit, allowance, amount, kind, unit in limits:
            wait = allowance.wait_s(amount, now) if limit is not None else 0
            if wait > 0:
                message = (
                    f"Rate limit reached for {model} in organization org-simulator on {kind} per min ({unit}): "
                    f"Limit {limit}, Requested {amount}. Please try again in {duration(wait)}."
                )
                raise rate_limited(message, kind, wait)
        self._requests.use(1, now)
        self._tokens.use(tokens, now)

    def rate_headers(self) -> list[tuple[bytes, bytes]]:
        """The six `x-ratelimit-*` headers."""
        now = self.clock()
        headers: list[tuple[bytes, bytes]] = []
        for name, allowance in (("requests", self._requests), ("tokens", self._tokens)):
            facts = {
                "limit": str(allowance.limit),
                "remaining": str(int(allowance.left(now))),
                "reset": duration(allowance.wait_s(allowance.limit, now)),
            }
            headers.extend((f"x-ratelimit-{fact}-{name}".encode(), text.encode()) for fact, text in facts.items())
        return headers
