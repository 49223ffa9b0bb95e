"""The content graph: prompt → apply_theme → generate → validate → (repair → validate)* → finish.

One graph serves every content type: the type is a registry entry carried in the request, never a branch here.
The model writes in `generate` and `repair`; everything else is code, and only `validate` says what holds.
"""

from collections.abc import Mapping
from typing import Any, Literal

from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph
from langgraph.runtime import Runtime

from chains import writing
from chains.brief import opening
from chains.writing import Written
from dnd.content import content_type
from dnd.content.fields import player_view
from dnd.content.request import ContentRequest
from dnd.content.result import Attempt, Provenance, Status, StopReason, Usage
from dnd.content.wire import changed_paths
from dnd.errors import FieldError, InvalidParametersError, ProviderError
from dnd.rules import rules_hash, validate
from dnd.rules.binding import Binding, bind, compute_skeleton
from dnd.rules.finding import Report
from dnd.rules.fixing import apply_fixes
from graphs.loop import (
    answer_budget,
    code_can_fix,
    failed,
    final_status,
    first_fixes,
    plan_repair,
    settle,
    stop_reason,
    unusable,
)
from graphs.state import ContentInput, ContentOutput, ContentState, Draft, RunContext
from graphs.watching import Update, deltas, key_of, staged, streams
from prompts.loader import load_prompt
from providers.text import TextModel

ContentGraph = CompiledStateGraph[ContentState, RunContext, ContentInput, ContentOutput]


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
        binding = bind(request, skeleton=compute_skeleton(request))
        return {"contract": binding.contract, "skeleton": binding.skeleton, "messages": opening(request, binding)}

    @staged
    async def generate(self, state: ContentState, runtime: Runtime[RunContext]) -> Update:
        """Ask the model for the first draft."""
        request = state["request"]
        budget = self._budget(state)
        if budget is None:
            message = "a single answer may cost more than this"
            raise InvalidParametersError(message, [FieldError("/policy/max_cost_usd", message)])
        with deltas(runtime, 1) as sink:
            written = await writing.generate(
                self._model,
                content_type(request.type),
                load_prompt(request.type, request.prompt_version),
                state["messages"],
                max_tokens=budget,
                sink=sink,
                run=key_of(runtime),
            )
        return self._record(state, written, "generate", None)

    @staged
    async def validate(self, state: ContentState, runtime: Runtime[RunContext]) -> Update:
        """Run every rule over the draft and decide whether the loop goes on."""
        request, trace, draft = state["request"], list(state["trace"]), state["draft"]
        update: Update = {}
        if trace[-1].failure is None and draft is not None:
            report = validate(_bound(state).draft(draft["raw"]))
            draft = Draft(raw=draft["raw"], report=report)
            trace[-1] = trace[-1].model_copy(update={"findings": report.findings})
            update = {"draft": draft, "best": _better(state["best"], draft), "trace": trace}
        report = draft["report"] if draft is not None else unusable(trace[-1].detail or "no draft")
        if not code_can_fix({**state, **update}):
            update["stop"] = stop_reason(trace, report, request.policy)
        if streams(runtime):
            findings = [finding.model_dump(mode="json", exclude_none=True) for finding in report.findings]
            runtime.stream_writer({"event": "findings", "attempt": state["attempt"], "findings": findings})
        return update

    @staged
    async def repair(self, state: ContentState, runtime: Runtime[RunContext]) -> Update:
        """Mend the draft: by code where there is one right answer, else by the model, field by field or anew."""
        if code_can_fix(state):
            return _fix_by_code(state)
        request, draft, trace = state["request"], state["draft"], state["trace"]
        budget = self._budget(state)
        if budget is None:
            return {"stop": StopReason.COST_CAP}
        kind, attempt = content_type(request.type), state["attempt"] + 1
        report = draft["report"] if draft else unusable(trace[-1].detail or "no draft")
        plan = plan_repair(kind, trace, draft["raw"] if draft else None, report)
        try:
            with deltas(runtime, attempt) as sink:
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
                    run=key_of(runtime),
                )
        except ProviderError as error:
            lost = trace[-1].model_copy(update={"detail": f"The next attempt failed: {error.detail}"})
            usage = state["usage"] + (error.spent or Usage())
            return {"stop": StopReason.PROVIDER_FAILED, "trace": [*trace[:-1], lost], "usage": usage}
        return self._record(state, written, plan.kind, plan.fields)

    @staged
    async def finish(self, state: ContentState, runtime: Runtime[RunContext]) -> Update:  # noqa: ARG002 -- node shape
        """Say honestly how it ended, and with what."""
        trace = state["trace"]
        reason = state["stop"] or StopReason.ATTEMPT_CAP
        chosen = state["draft"] if reason is StopReason.ACCEPTED else state["best"]
        report = chosen["report"] if chosen else unusable(trace[-1].detail or "no draft")
        status = final_status(reason, report)
        raw = chosen["raw"] if chosen and status is not Status.REJECTED else None
        parsed = _bound(state).draft(raw).content if raw is not None else None
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
        if raw is not None:
            raw = _completed(_bound(state), raw, written.raw or {})
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


def _bound(state: ContentState) -> Binding:
    return bind(state["request"], state["contract"], state["skeleton"])


def _completed(binding: Binding, raw: dict[str, Any], answer: Mapping[str, Any]) -> dict[str, Any]:
    """`raw` with the fields that code owns, in the model's order. What the model sent unasked stays, to be judged."""
    computed = {name: value for name, value in binding.owned(raw).items() if name not in answer}
    if not computed:
        return raw
    known = [name for name in binding.type.model.model_fields if name in raw or name in computed]
    whole = {**raw, **computed}
    return {name: whole[name] for name in (*known, *(name for name in raw if name not in known))}


def _better(best: Draft | None, draft: Draft) -> Draft:
    """The one with fewer errors; the newer of equals."""
    if best is None or len(draft["report"].errors) <= len(best["report"].errors):
        return draft
    return best


def _fix_by_code(state: ContentState) -> Update:
    draft = state["draft"]
    assert draft is not None  # noqa: S101 -- code_can_fix said so
    raw, _ = apply_fixes(draft["raw"], first_fixes(draft["report"].findings))
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
