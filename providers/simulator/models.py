"""Which models the simulator serves and what each takes, as one table."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Literal

from providers.simulator.faults import FAULTS, Mood

Structured = Literal["json_schema", "json_object", "text"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulatedModel:
    """One row: a model id and its facts."""

    id: str
    snapshot: str
    """The dated id that answers carry."""
    created: int
    """Unix seconds, as `GET /v1/models` gives them."""
    input_tokens: int
    """Longest prompt."""
    output_tokens: int
    """Longest answer, reasoning included."""
    reasoning: bool = True
    sampling: bool = False
    """Whether temperature, penalties, stop and `max_tokens` are taken."""
    efforts: tuple[str, ...] = ()
    """Values of `reasoning_effort` that are taken; empty: the parameter is unknown to the model."""
    structured: Structured = "json_schema"
    mood: Mood = "decent"
    fault: str | None = None
    """Name of the fault that strikes each call."""
    shutdown: date | None = None
    owner: str = "system"
    input_usd: float = 0.05
    """US dollars per 1 million tokens, as the two below. The simulator's own models cost what gpt-5-nano costs."""
    cached_usd: float = 0.005
    output_usd: float = 0.40

    def cost(self, *, input_tokens: int, cached_tokens: int, output_tokens: int) -> float:
        """US dollars of a call; `cached_tokens` are part of `input_tokens`."""
        fresh = input_tokens - cached_tokens
        total = fresh * self.input_usd + cached_tokens * self.cached_usd + output_tokens * self.output_usd
        return round(total / 1_000_000, 10)


_GPT_5 = SimulatedModel(
    id="gpt-5",
    snapshot="gpt-5-2025-08-07",
    created=1_754_425_777,
    input_tokens=272_000,
    output_tokens=128_000,
    efforts=("minimal", "low", "medium", "high"),
    shutdown=date(2026, 12, 11),
    input_usd=1.25,
    cached_usd=0.125,
    output_usd=10.00,
)
_GPT_4O = SimulatedModel(
    id="gpt-4o",
    snapshot="gpt-4o-2024-08-06",
    created=1_715_367_049,
    input_tokens=128_000,
    output_tokens=16_384,
    reasoning=False,
    sampling=True,
    shutdown=date(2027, 1, 14),
    input_usd=2.50,
    cached_usd=1.25,
    output_usd=10.00,
)
_GPT_4_1 = replace(
    _GPT_4O,
    id="gpt-4.1",
    snapshot="gpt-4.1-2025-04-14",
    created=1_744_316_542,
    input_tokens=1_047_576,
    output_tokens=32_768,
    input_usd=2.00,
    cached_usd=0.50,
    output_usd=8.00,
)
_SIM = SimulatedModel(
    id="sim-decent",
    snapshot="sim-decent",
    created=1_790_000_000,
    input_tokens=272_000,
    output_tokens=128_000,
    sampling=True,
    efforts=("none", "minimal", "low", "medium", "high", "xhigh"),
    owner="simulator",
)

_NANO = replace(
    _GPT_5,
    id="gpt-5-nano",
    snapshot="gpt-5-nano-2025-08-07",
    created=1_754_426_384,
    input_usd=0.05,
    cached_usd=0.005,
    output_usd=0.40,
)
_MINI = replace(
    _GPT_5,
    id="gpt-5-mini",
    snapshot="gpt-5-mini-2025-08-07",
    created=1_754_425_928,
    input_usd=0.25,
    cached_usd=0.025,
    output_usd=2.00,
)
_ROWS = (
    _NANO,
    _MINI,
    _GPT_5,
    replace(
        _GPT_5,
        id="gpt-5.4-nano",
        snapshot="gpt-5.4-nano-2026-03-17",
        created=1_773_705_600,
        efforts=("none", "low", "medium", "high", "xhigh"),
        shutdown=date(2027, 4, 1),
        input_usd=0.20,
        cached_usd=0.20,
        output_usd=1.25,
    ),
    replace(
        _GPT_5,
        id="gpt-5.6-luna",
        snapshot="gpt-5.6-luna",
        created=1_783_000_000,
        shutdown=None,
        input_usd=1.00,
        cached_usd=0.10,
        output_usd=6.00,
    ),
    _GPT_4_1,
    replace(
        _GPT_4_1,
        id="gpt-4.1-mini",
        snapshot="gpt-4.1-mini-2025-04-14",
        created=1_744_318_173,
        input_usd=0.40,
        cached_usd=0.10,
        output_usd=1.60,
    ),
    _GPT_4O,
    replace(
        _GPT_4O,
        id="gpt-4o-mini",
        snapshot="gpt-4o-mini-2024-07-18",
        created=1_721_172_741,
        input_usd=0.15,
        cached_usd=0.075,
        output_usd=0.60,
    ),
    _SIM,
    replace(_SIM, id="sim-flawless", snapshot="sim-flawless", mood="flawless"),
    replace(_SIM, id="sim-stubborn", snapshot="sim-stubborn", mood="stubborn"),
    replace(_SIM, id="sim-chat", snapshot="sim-chat", structured="text"),
    replace(_SIM, id="sim-json", snapshot="sim-json", structured="json_object"),
)


@cache
def simulated_models() -> Mapping[str, SimulatedModel]:
    """Every model that is listed, by id; `sim-<fault>` for each fault of the registry included."""
    named = {row.id: row for row in _ROWS}
    for fault in FAULTS.values():
        name = f"sim-{fault.name}"
        named[name] = replace(_SIM, id=name, snapshot=name, fault=fault.name)
    return named


@cache
def _with_snapshots() -> Mapping[str, SimulatedModel]:
    models = simulated_models()
    return {**{row.snapshot: row for row in models.values()}, **models}


def find_model(name: str) -> SimulatedModel | None:
    """The row of an id or of a dated snapshot; None when there is none."""
    return _with_snapshots().get(name)
