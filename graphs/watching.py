"""How a run is watched: stages, deltas and findings go to LangGraph's stream, when somebody asked for one."""

import time
from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from langgraph.runtime import Runtime

from chains.deltas import DeltaSink
from graphs.loop import code_can_fix
from graphs.state import ContentState, RunContext
from providers.text import RunKey

Update = dict[str, Any]
Node = Callable[[Any, ContentState, Runtime[RunContext]], Awaitable[Update]]


def staged(node: Node) -> Node:
    """Tells the stream when a stage starts and ends. Costs nothing when nobody listens."""
    name = node.__name__

    @wraps(node)
    async def run(nodes: object, state: ContentState, runtime: Runtime[RunContext]) -> Update:
        if not streams(runtime):
            return await node(nodes, state, runtime)
        started = time.perf_counter()
        asks = name == "generate" or (name == "repair" and not code_can_fix(state))
        stage = {"event": "stage", "stage": name, "attempt": state.get("attempt", 0) + asks}
        runtime.stream_writer({**stage, "state": "started"})
        update = await node(nodes, state, runtime)
        duration = round((time.perf_counter() - started) * 1000, 2)
        runtime.stream_writer({**stage, "state": "ended", "duration_ms": duration})
        return update

    return run


def streams(runtime: Runtime[RunContext]) -> bool:
    """Whether somebody watches this run. LangGraph Studio starts runs without a context."""
    return bool(runtime.context) and runtime.context.stream


def key_of(runtime: Runtime[RunContext]) -> RunKey | None:
    """Under which this run's paid answers are kept."""
    return runtime.context.run if runtime.context else None


@contextmanager
def deltas(runtime: Runtime[RunContext], attempt: int) -> Generator[DeltaSink | None]:
    """Where the answer's text goes while it is written: to the stream, or nowhere."""
    if not streams(runtime):
        yield None
        return
    sink = DeltaSink(runtime.stream_writer, attempt)
    yield sink
    sink.flush()
