"""`make bench`: the service beside the baseline, in one run, in turn, on one core, with the model at zero latency."""

import asyncio
import json
import os
import statistics
import tempfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, TypeVar

from langchain_core.messages import convert_to_openai_messages
from rich.console import Console
from rich.table import Table

from chains.brief import opening
from dnd.content.request import ContentRequest
from dnd.rules.binding import bind
from scripts.bench.load import Route, first_bytes, latencies, throughput
from scripts.bench.processes import Server, server

T = TypeVar("T")
Starter = Callable[[], AbstractContextManager[Server]]

ROUNDS = 5
"""Pairs of measurements; the median ratio of the pairs is what counts on a machine whose speed drifts."""
REQUESTS = 60
"""Requests per latency round."""
CALLERS = 8
SECONDS = 4.0
"""Length of a throughput round."""
SERVER_CORE, LOAD_CORE = 0, 1

REQUEST: dict[str, Any] = {
    "type": "backstory",
    "theme": "gothic_horror",
    "subject": {"name": "Pim Fiddlewick", "species": "gnome", "class": "wizard", "level": 3},
    "facts": [
        "Her mentor Aldous Wren vanished in the marsh nine winters ago",
        "She carries a brass key that opens no lock in her village",
        "She cannot sleep while a candle burns",
    ],
}


def question() -> list[dict[str, Any]]:
    """The messages that our graph sends for `REQUEST`, as the baseline sends them too."""
    request = ContentRequest.model_validate(REQUEST)
    return convert_to_openai_messages(opening(request, bind(request)))


class Rows:
    """The table: a row per figure, ours beside the baseline's, and the median of the paired ratios."""

    def __init__(self) -> None:
        self.table = Table(title="Service / bare LangServe route over a 4-node graph, in-memory saver")
        for name in ("figure", "unit", "service", "baseline", "ratio", "better"):
            self.table.add_column(name, justify="left" if name in {"figure", "unit", "better"} else "right")

    def add(self, figure: str, unit: str, ours: list[float], theirs: list[float], *, lower: bool = True) -> None:
        """A row of paired measurements."""
        ratios = [one / other for one, other in zip(ours, theirs, strict=True)]
        self.table.add_row(
            figure,
            unit,
            f"{statistics.median(ours):.2f}",
            f"{statistics.median(theirs):.2f}",
            f"{statistics.median(ratios):.2f}",
            "lower" if lower else "higher",
        )


def percentile(values: list[float], share: float) -> float:
    """The value below which `share` of `values` lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def paired(measure: Callable[[Route], T], ours: Route, theirs: Route) -> tuple[list[T], list[T]]:
    """`ROUNDS` measurements of both, in turn, after one of each that is thrown away."""
    measure(ours)
    measure(theirs)
    pairs = [(measure(ours), measure(theirs)) for _ in range(ROUNDS)]
    return [one for one, _ in pairs], [other for _, other in pairs]


def compare(ours: Server, theirs: Server, rows: Rows) -> None:
    """All figures that need both servers up; only one of them has work at any time."""
    ask = Route(f"{ours.url}/v1/content", REQUEST, '"accepted"')
    bare = Route(f"{theirs.url}/graph/invoke", {"input": {"topic": "x"}}, "Fiddlewick")
    watch = Route(f"{ours.url}/v1/content/stream", REQUEST, "event: result")
    bare_watch = Route(f"{theirs.url}/graph/stream", {"input": {"topic": "x"}}, "Fiddlewick")

    one, other = paired(lambda route: asyncio.run(latencies(route, REQUESTS)), ask, bare)
    for share, name in ((0.5, "p50"), (0.95, "p95")):
        rows.add(
            f"latency {name}, 1 caller",
            "ms",
            [percentile(values, share) for values in one],
            [percentile(values, share) for values in other],
        )
    fast, slow = paired(lambda route: asyncio.run(throughput(route, CALLERS, SECONDS)), ask, bare)
    rows.add(f"requests/s, {CALLERS} callers", "1/s", fast, slow, lower=False)
    one, other = paired(lambda route: asyncio.run(first_bytes(route, 20)), watch, bare_watch)
    medians = [[statistics.median(values) for values in side] for side in (one, other)]
    rows.add("stream, first byte", "ms", medians[0], medians[1])
    rows.add("resident memory after load", "MB", [ours.resident_mb()], [theirs.resident_mb()])


def start_ups(service: Starter, baseline: Starter, rows: Rows) -> None:
    """Start-up to the first good answer of the readiness route, in turn."""
    ours: list[float] = []
    theirs: list[float] = []
    for _ in range(3):
        for start, taken in ((service, ours), (baseline, theirs)):
            with start() as running:
                taken.append(running.ready_s)
    rows.add("start-up to ready", "s", ours, theirs)


def main() -> None:
    """Run everything and print the table."""
    rows = Rows()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        log = work / "servers.log"
        messages = work / "messages.json"
        messages.write_text(json.dumps(question()), encoding="utf-8")
        os.sched_setaffinity(0, {LOAD_CORE})
        with server(
            *("-m", "api.cli", "simulator", "--port", "{port}"),
            core=LOAD_CORE,
            environment={},
            ready="/",
            log=log,
        ) as model:
            shared = {
                "OPENAI_BASE_URL": f"{model.url}/v1",
                "OPENAI_API_KEY": "bench",
                "OPENAI_MODEL": "sim-flawless",
                "LANGSMITH_TRACING": "false",
                "LOG_LEVEL": "WARNING",
            }

            def service() -> AbstractContextManager[Server]:
                return server(
                    *("-m", "api.cli", "serve", "--port", "{port}"),
                    core=SERVER_CORE,
                    environment={**shared, "DATA_DIR": str(work / "data")},
                    ready="/health/ready",
                    log=log,
                )

            def baseline() -> AbstractContextManager[Server]:
                return server(
                    *("-m", "uvicorn", "scripts.bench.baseline:create_app", "--factory", "--port", "{port}"),
                    *("--log-level", "warning"),
                    core=SERVER_CORE,
                    environment={**shared, "BENCH_MESSAGES": str(messages)},
                    ready="/health/ready",
                    log=log,
                )

            start_ups(service, baseline, rows)
            with service() as ours, baseline() as theirs:
                compare(ours, theirs, rows)
    Console(width=110).print(rows.table)


if __name__ == "__main__":
    main()
