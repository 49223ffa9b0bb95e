"""What was asked, what it cost and how it ended: the record that proves what a client spent."""

from collections import deque
from dataclasses import asdict, dataclass
from typing import Any, Literal

Outcome = Literal["running", "answered", "refused", "cut", "cancelled", "failed"]
"""`refused`: an error status. `cut`: a fault broke the answer off. `cancelled`: the client left before its end.
`failed`: the simulator itself is at fault."""


@dataclass(slots=True, kw_only=True)
class Call:
    """One call; it changes until its outcome is settled."""

    id: str
    """The `x-request-id` of the answer."""
    at: float
    """Unix seconds of the simulator's clock."""
    endpoint: str
    model: str | None = None
    streamed: bool = False
    retry_count: int = 0
    """From the header `x-stainless-retry-count`."""
    status: int | None = None
    outcome: Outcome = "running"
    fault: str | None = None
    finish_reason: str | None = None
    input_tokens: int = 0
    cached_tokens: int = 0
    output_tokens: int = 0
    """What was produced until the end, reasoning included."""
    reasoning_tokens: int = 0
    cost_usd: float = 0.0
    duration_ms: float = 0.0


class Ledger:
    """The last `capacity` calls, and totals over all of them since the last reset."""

    def __init__(self, capacity: int = 10_000) -> None:
        self._calls: deque[Call] = deque(maxlen=capacity)
        self._running: set[str] = set()
        self._settled: dict[str, float] = {}

    def begin(self, call: Call) -> None:
        """Enter a call that has just arrived."""
        self._running.add(call.id)
        self._calls.append(call)

    def settle(self, call: Call, outcome: Outcome) -> None:
        """Close the call once and for all and add it to the totals, unless a reset has come in between."""
        if call.outcome != "running":
            return
        call.outcome = outcome
        if call.id not in self._running:
            return
        self._running.remove(call.id)
        counted: dict[str, float] = {
            outcome: 1,
            "input_tokens": call.input_tokens,
            "cached_tokens": call.cached_tokens,
            "output_tokens": call.output_tokens,
            "reasoning_tokens": call.reasoning_tokens,
            "cost_usd": call.cost_usd,
        }
        for name, amount in counted.items():
            self._settled[name] = self._settled.get(name, 0) + amount

    def view(self, last: int | None = None) -> dict[str, Any]:
        """`{"calls": [...], "totals": {...}}`, calls oldest first, only the `last` of them when given."""
        shown = list(self._calls)[-last:] if last else list(self._calls)
        names = ("answered", "refused", "cut", "cancelled", "failed")
        amounts = ("input_tokens", "cached_tokens", "output_tokens", "reasoning_tokens", "cost_usd")
        settled = {name: self._settled.get(name, 0) for name in (*names, *amounts)}
        running = len(self._running)
        begun = running + sum(int(settled[name]) for name in names)
        return {
            "calls": [asdict(call) for call in shown],
            "totals": {"calls": begun, "running": running, **settled},
        }

    def clear(self) -> None:
        """Forget all calls and totals. A call still running is no longer shown."""
        self._calls.clear()
        self._running.clear()
        self._settled.clear()
