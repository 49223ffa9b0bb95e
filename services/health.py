"""What works and what does not, and on which backend each part runs."""

import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Literal

from pydantic import BaseModel, Field

Health = Literal["healthy", "degraded", "unhealthy", "disabled"]


class Component(BaseModel):
    """One part of the service."""

    status: Health
    backend: str = Field(description="What it runs on.")
    detail: str | None = None


class HealthReport(BaseModel):
    """The answer of `GET /health`."""

    status: Literal["healthy", "degraded", "unhealthy"]
    service: str
    version: str
    uptime_s: float = Field(description="Seconds since the start.")
    components: dict[str, Component]


Probe = Callable[[], Awaitable[str | None]]
"""Asks a backend: None when it answers in time, else why not, in words that may be shown."""


class HealthService:
    """Asks the parts that can be asked; the rest say which backend they are."""

    def __init__(
        self,
        *,
        service: str,
        version: str,
        backends: Mapping[str, str],
        probes: Mapping[str, Probe],
        disabled: frozenset[str],
    ) -> None:
        self._service = service
        self._version = version
        self._backends = backends
        self._probes = probes
        self._disabled = disabled
        self._started = time.monotonic()

    async def report(self) -> HealthReport:
        """The state of every component. Unhealthy without a database; degraded without a model."""
        components = {name: await self._component(name, backend) for name, backend in self._backends.items()}
        states = {name: component.status for name, component in components.items()}
        overall: Literal["healthy", "degraded", "unhealthy"] = "healthy"
        if states["database"] == "unhealthy":
            overall = "unhealthy"
        elif set(states.values()) & {"degraded", "unhealthy"}:
            overall = "degraded"
        return HealthReport(
            status=overall,
            service=self._service,
            version=self._version,
            uptime_s=round(time.monotonic() - self._started, 3),
            components=components,
        )

    async def ready(self) -> bool:
        """Whether requests can be served and kept."""
        return await self._probes["database"]() is None

    async def _component(self, name: str, backend: str) -> Component:
        if name in self._disabled:
            return Component(status="disabled", backend=backend)
        probe = self._probes.get(name)
        trouble = await probe() if probe else None
        return Component(status="unhealthy" if trouble else "healthy", backend=backend, detail=trouble)
