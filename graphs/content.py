"""The content graph: prompt → apply_theme → generate → validate → (repair → validate)* → finish.

One graph serves every content type: the type is a registry entry carried in the request, never a branch here.
The model writes in `generate` and `repair`; everything else is code, and only `validate` says what holds.
"""

import time
from collections.abc import Awaitable, Callable, Generator, Mapping
from contextlib import contextmanager
from functools import wraps
from typing import Any, Literal

from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph
from langgraph.runtime import Runtime

from chains import writing
from chains.brief import opening
from chains.deltas import DeltaSink
from chains.writing import Written
from dnd.content import content_type
from dnd.content.fields import player_view
from dnd.content.request import ContentRequest
from dnd.content.result import Attempt, Provenance, Status, StopReason, Usage
from dnd.content.wire import changed_paths
from dnd.errors import FieldError, InvalidParametersError, ProviderError
from dnd.rules import rules_hash, validate
from dnd.rules.binding import bind
from dnd.rules.finding import Report
from dnd.rules.fixing import apply_fixes
from graphs.loop import (
    MAX_CODE_PASSES,
    answer_budget,
    failed,
    final_status,
    plan_repair,
    settle,
    stop_reason,
    unusable,
)
from graphs.state import ContentInput, ContentOutput, ContentState, Draft, RunContext
from prompts.loader import load_prompt
from providers.text import TextModel

ContentGraph = CompiledStateGraph[ContentState, RunContext, ContentInput, ContentOutput]
Update = dict[str, Any]
Node = Callable[[Any, ContentState, Runtime[RunContext]], Awaitable[Update]]


def staged(node: Node) -> Node:
    """Tells the stream when a stage starts and ends. Costs nothing when nobody listens."""
    name = node.__name__

    @wraps(node)
    async def run(nodes: object, state: ContentState, runtime: Runtime[RunContext]) -> Update:
        if not _streams(runtime):
            return await node(nodes, state, runtime)
        started = time.perf_counter()
        asks = name == "generate" or (name == "repair" and not _code_can_fix(state))
        stage = {"event": "stage", "stage": name, "attempt": state.get("attempt", 0) + asks}
        runtime.stream_writer({**stage, "state": "started"})
        update = await node(nodes, state, runtime)
        duration = round((time.perf_counter() - started) * 1000, 2)
        runtime.stream_writer({**stage, "state": "ended", "duration_ms": duration})
        return update

    return run


def _streams(runtime: Runtime[RunContext]) -> bool:
    """Whether somebody watches this run. LangGraph Studio starts runs without a context."""
    return bool(runtime.context) and runtime.context.stream


@contextmanager
def _deltas(runtime: Runtime[RunContext], attempt: int) -> Generator[DeltaSink | None]:
    """Where the answer's text goes while it is written: to the stream, or nowhere."""
    if not _streams(runtime):
        yield None
        return
    sink = DeltaSink(runtime.stream_writer, attempt)
    yield sink
    sink.flush()


class ContentNodes:
    """The nodes, over the one thing they need from the process: a text model."""

    def __init__(self, model: TextModel, *, max_tokens: int) -> None:
        self._model = model
        self._max_tokens = max_tokens

    @staged
    async def prompt(self, state: ContentState, runtime: Runtime[RunContext]) -> Update:  # noqa: ARG002 -- node shape
        """Check the request and choose the prompt version: whatever is wrong is said before anything is spent."""
        request = ContentRequest.model_validate(state["request"])
        content_type(request.type).parse_subject(request.subject)
        prompt = load_prompt(request.type, request.prompt_version)
        return {
            "request": request,
            "attempt": 0,
            "max_tokens": min(self._max_tokens, prompt.model.max_tokens),
            "draft": None,
            "best": None,
            "provider": None,
            "simulated": False,
            "stop": None,
            "trace": [],
            "usage": Usage(),
        }

    @staged
    async def apply_theme(self, state: ContentState, runtime: Runtime[RunContext]) -> Update:  # noqa: ARG002 -- node shape
        """Turn the theme into the contract that generation follows and validation checks."""
        request = state["request"]
        binding = bind(request)
        return {"contract": binding.contract, "messages": opening(request, binding)}

    @staged
    async def generate(self, state: ContentState, runtime: Runtime[RunContext]) -> Update:
        """Ask the model for the first draft."""
        request = state["request"]
        budget = self._budget(state)
        if budget is None:
            message = "a single answer may cost more than this"
            raise InvalidParametersError(message, [FieldError("/policy/max_cost_usd", message)])
        with _deltas(runtime, 1) as sink:
            written = await writing.generate(
                self._model,
                content_type(request.type),
                load_prompt(request.type, request.prompt_version),
                state["messages"],
                max_tokens=budget,
                sink=sink,
            )
        return self._record(state, written, "generate", None)

    @staged
    async def validate(self, state: ContentState, runtime: Runtime[RunContext]) -> Update:
        """Run every rule over the draft and decide whether the loop goes on."""
        request, trace, draft = state["request"], list(state["trace"]), state["draft"]
        update: Update = {}
        if trace[-1].failure is None and draft is not None:
            report = validate(bind(request, state["contract"]).draft(draft["raw"]))
            draft = Draft(raw=draft["raw"], report=report)
            trace[-1] = trace[-1].model_copy(update={"findings": report.findings})
            update = {"draft": draft, "best": _better(state["best"], draft), "trace": trace}
        report = draft["report"] if draft is not None else unusable(trace[-1].detail or "no draft")
        if not _code_can_fix({**state, **update}):
            update["stop"] = stop_reason(trace, report, request.policy)
        if _streams(runtime):
            findings = [finding.model_dump(mode="json", exclude_none=True) for finding in report.findings]
            runtime.stream_writer({"event": "findings", "attempt": state["attempt"], "findings": findings})
        return update

    @staged
    async def repair(self, state: ContentState, runtime: Runtime[RunContext]) -> Update:
        """Mend the draft: by code where there is one right answer, else by the model, field by field or anew."""
        if _code_can_fix(state):
            return _fix_by_code(state)
        request, draft, trace = state["request"], state["draft"], state["trace"]
        budget = self._budget(state)
        if budget is None:
            return {"stop": StopReason.COST_CAP}
        kind, attempt = content_type(request.type), state["attempt"] + 1
        report = draft["report"] if draft else unusable(trace[-1].detail or "no draft")
        plan = plan_repair(kind, trace, draft["raw"] if draft else None, report)
        try:
            with _deltas(runtime, attempt) as sink:
                written = await writing.repair(
                    self._model,
                    kind,
                    load_prompt(request.type, request.prompt_version),
                    state["messages"],
                    attempt=attempt,
                    previous=draft["raw"] if draft else None,
                    fields=plan.fields,
                    findings=plan.findings,
                    max_tokens=budget,
                    sink=sink,
                )
        except ProviderError as error:
            lost = trace[-1].model_copy(update={"detail": f"The next attempt failed: {error.detail}"})
            usage = state["usage"] + (error.spent or Usage())
            return {"stop": StopReason.PROVIDER_FAILED, "trace": [*trace[:-1], lost], "usage": usage}
        return self._record(state, written, plan.kind, plan.fields)

    @staged
    async def finish(self, state: ContentState, runtime: Runtime[RunContext]) -> Update:  # noqa: ARG002 -- node shape
        """Say honestly how it ended, and with what."""
        request, trace = state["request"], state["trace"]
        reason = state["stop"] or StopReason.ATTEMPT_CAP
        chosen = state["draft"] if reason is StopReason.ACCEPTED else state["best"]
        report = chosen["report"] if chosen else unusable(trace[-1].detail or "no draft")
        status = final_status(reason, report)
        raw = chosen["raw"] if chosen and status is not Status.REJECTED else None
        parsed = bind(request, state["contract"]).draft(raw).content if raw is not None else None
        return {
            "status": status,
            "content": raw,
            "player_view": player_view(parsed) if parsed is not None else None,
            "report": report,
            "trace": settle(trace, reason),
            "provenance": self._provenance(state),
        }

    def _budget(self, state: ContentState) -> int | None:
        draft = state["draft"]
        chars = sum(len(str(message.content)) for message in state["messages"]) + (
            len(str(draft["raw"])) if draft else 0
        )
        policy, usage = state["request"].policy, state["usage"]
        return answer_budget(self._model, policy, usage, prompt_chars=chars, max_tokens=state["max_tokens"])

    def _record(
        self,
        state: ContentState,
        written: Written,
        kind: Literal["generate", "repair", "regenerate"],
        fields: tuple[str, ...] | None,
    ) -> Update:
        """The state after one answer: money first, then the draft it gave or the reason it gave none."""
        answer, before = written.answer, state["draft"]
        old = before["raw"] if before else None
        raw = None if written.raw is None else ({**(old or {}), **written.raw} if fields else written.raw)
        entry: dict[str, Any] = {
            "attempt": state["attempt"] + 1,
            "kind": kind,
            "model": answer.model,
            "usage": answer.usage,
            "duration_ms": answer.duration_ms,
            "detail": "; ".join(answer.failures) or None,
        }
        update: Update = {
            "attempt": state["attempt"] + 1,
            "usage": state["usage"] + answer.usage,
            "provider": answer.provider,
            "simulated": answer.simulated,
        }
        if written.failure is not None:
            entry |= failed(written.failure)
            if written.failure.reason in {"truncated", "empty"}:
                update["max_tokens"] = min(state["max_tokens"] * 2, self._max_tokens)
        elif raw is not None:
            entry["changed"] = changed_paths(old, raw)
            update["draft"] = Draft(raw=raw, report=Report())
        return update | {"trace": [*state["trace"], Attempt(**entry)]}

    def _provenance(self, state: ContentState) -> Provenance:
        request, contract = state["request"], state["contract"]
        prompt = load_prompt(request.type, request.prompt_version)
        return Provenance(
            prompt_id=prompt.id,
            prompt_version=prompt.version,
            prompt_hash=prompt.hash,
            rules_hash=rules_hash(),
            schema_version=content_type(request.type).schema_version,
            theme_id=contract.theme_id,
            theme_hash=contract.theme_hash,
            edition=request.edition,
            model=next((entry.model for entry in reversed(state["trace"]) if entry.model), None),
            provider=state["provider"],
            simulated=state["simulated"],
            seed=request.seed,
            variant=request.variant,
        )


def _better(best: Draft | None, draft: Draft) -> Draft:
    """The one with fewer errors; the newer of equals."""
    if best is None or len(draft["report"].errors) <= len(best["report"].errors):
        return draft
    return best


def _code_can_fix(state: Mapping[str, Any]) -> bool:
    draft, trace = state["draft"], state["trace"]
    if draft is None or trace[-1].failure is not None or not any(f.fix for f in draft["report"].findings):
        return False
    passes = [entry for entry in trace if entry.attempt == trace[-1].attempt and entry.kind == "code_fix"]
    return len(passes) < MAX_CODE_PASSES and (not passes or bool(passes[-1].changed))


def _fix_by_code(state: ContentState) -> Update:
    draft = state["draft"]
    assert draft is not None  # noqa: S101 -- _code_can_fix said so
    raw, _ = apply_fixes(draft["raw"], draft["report"].findings)
    entry = Attempt(attempt=state["attempt"], kind="code_fix", changed=changed_paths(draft["raw"], raw))
    return {"draft": Draft(raw=raw, report=draft["report"]), "trace": [*state["trace"], entry]}


def _after_validate(state: ContentState) -> Literal["repair", "finish"]:
    return "repair" if state["stop"] is None else "finish"


def _after_repair(state: ContentState) -> Literal["validate", "finish"]:
    return "validate" if state["stop"] is None else "finish"


def content_graph(model: TextModel, *, max_tokens: int) -> ContentGraph:
    """The compiled graph over `model`; `max_tokens` is the budget of one answer, reasoning included."""
    nodes = ContentNodes(model, max_tokens=max_tokens)
    # LangGraph's overloads cannot see through a decorated method; the shape is that of `Node` without its first.
    builder: Any = StateGraph(ContentState, RunContext, input_schema=ContentInput, output_schema=ContentOutput)
    for node in (nodes.prompt, nodes.apply_theme, nodes.generate, nodes.validate, nodes.repair, nodes.finish):
        builder.add_node(node.__name__, node)
    builder.add_edge(START, "prompt")
    builder.add_edge("prompt", "apply_theme")
    builder.add_edge("apply_theme", "generate")
    builder.add_edge("generate", "validate")
    builder.add_conditional_edges("validate", _after_validate)
    builder.add_conditional_edges("repair", _after_repair)
    builder.add_edge("finish", END)
    return builder.compile(name="content")
