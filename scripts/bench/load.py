"""Load on one route: latency at one caller, throughput at several, time to the first byte of a stream."""

import asyncio
import time
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import httpx


@dataclass(frozen=True, slots=True)
class Route:
    """What to call, and how to know that the answer is good."""

    url: str
    body: dict[str, Any]
    marker: str
    """Text that every good answer holds; an answer without it stops the benchmark."""


async def _post(client: httpx.AsyncClient, route: Route) -> None:
    response = await client.post(route.url, json=route.body)
    if response.status_code != HTTPStatus.OK or route.marker not in response.text:
        raise RuntimeError(f"{route.url} answered {response.status_code}: {response.text[:300]}")


async def latencies(route: Route, count: int) -> list[float]:
    """Milliseconds of `count` requests, one after the other."""
    async with httpx.AsyncClient(timeout=30) as client:
        taken: list[float] = []
        for _ in range(count):
            started = time.perf_counter()
            await _post(client, route)
            taken.append((time.perf_counter() - started) * 1000)
        return taken


async def throughput(route: Route, callers: int, seconds: float) -> float:
    """Good answers per second with `callers` at once."""
    done = 0
    ends = time.perf_counter() + seconds

    async def call(client: httpx.AsyncClient) -> None:
        nonlocal done
        while time.perf_counter() < ends:
            await _post(client, route)
            done += 1

    async with httpx.AsyncClient(timeout=30) as client:
        started = time.perf_counter()
        await asyncio.gather(*(call(client) for _ in range(callers)))
        return done / (time.perf_counter() - started)


async def first_bytes(route: Route, count: int, until: bytes = b"") -> list[float]:
    """Milliseconds to the first byte of the body (or to the first occurrence of `until`) of `count` streams."""
    async with httpx.AsyncClient(timeout=30) as client:
        taken: list[float] = []
        for _ in range(count):
            started, seen, first = time.perf_counter(), b"", None
            async with client.stream("POST", route.url, json=route.body) as response:
                async for chunk in response.aiter_bytes():
                    seen += chunk
                    if first is None and until in seen:
                        first = time.perf_counter() - started
            if first is None or route.marker.encode() not in seen:
                raise RuntimeError(f"{route.url} streamed: {seen[:300]!r}")
            taken.append(first * 1000)
        return taken
