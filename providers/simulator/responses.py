"""The wire format of `POST /v1/responses`: text, JSON by schema, function calls; nothing is stored."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from providers.simulator.answer import Question, text_of
from providers.simulator.chat import prompt_text
from providers.simulator.dialect import Reply
from providers.simulator.errors import ApiError, ErrorBody, invalid
from providers.simulator.exchange import dump
from providers.simulator.models import SimulatedModel
from providers.simulator.parameters import (
    RESPONSES,
    check_effort,
    check_model_takes,
    check_parameters,
    invalid_choice,
    missing,
)
from providers.simulator.state import SimulatorState
from providers.simulator.tools import chosen_tool, read_format, read_tools

_ROLES = ("system", "developer", "user", "assistant")
_ECHOED: Mapping[str, Any] = {
    "instructions": None,
    "max_output_tokens": None,
    "metadata": {},
    "parallel_tool_calls": True,
    "previous_response_id": None,
    "store": True,
    "temperature": 1.0,
    "tool_choice": "auto",
    "tools": [],
    "top_p": 1.0,
    "truncation": "disabled",
    "user": None,
}
"""Parameters that the answer repeats, with their defaults."""
_INCOMPLETE: Mapping[str, str] = {"length": "max_output_tokens", "content_filter": "content_filter"}
"""Reason of an incomplete response by finish reason."""

Node = Mapping[str, Any]
Event = tuple[str, dict[str, Any]]


class ResponsesDialect:
    """Reads requests and renders answers of the Responses endpoint."""

    prefix = "resp_"

    def read(self, state: SimulatorState, body: Node, model: SimulatedModel) -> Question:
        """The question in a request body.

        Raises:
            ApiError: 400, what the vendor would refuse; 404 for a previous response, since none is kept.
        """
        check_parameters(body, RESPONSES)
        text, reasoning = cast("Node", body.get("text") or {}), cast("Node", body.get("reasoning") or {})
        check_model_takes({**body, "verbosity": text.get("verbosity")}, model)
        check_effort(reasoning.get("effort"), model, "reasoning.effort")
        if body.get("previous_response_id") is not None:
            message = f"Previous response with id '{body['previous_response_id']}' not found."
            error = ErrorBody(
                status=400, message=message, param="previous_response_id", code="previous_response_not_found"
            )
            raise ApiError(error)
        messages = _messages(body)
        form = cast("Node", text.get("format") or {"type": "text"})
        schema, json_mode = read_format(state, model, form, param="text.format", nested=None)
        tools = read_tools(state, body.get("tools") or [], nested=False)
        echo = {name: body.get(name) if body.get(name) is not None else value for name, value in _ECHOED.items()}
        echo["reasoning"] = {"effort": reasoning.get("effort") or "medium", "summary": None}
        echo["text"] = {"format": form, "verbosity": text.get("verbosity") or "medium"}
        return Question(
            model=model,
            messages=messages,
            prompt=prompt_text(body.get("tools"), schema, messages),
            schema=schema,
            json_mode=json_mode,
            call=chosen_tool(tools, body.get("tool_choice")),
            max_tokens=body.get("max_output_tokens"),
            effort=reasoning.get("effort") or "medium",
            stream=bool(body.get("stream")),
            echo=echo,
        )

    def whole(self, reply: Reply, finish_reason: str | None) -> bytes:
        """The body of an answer that is not streamed."""
        status = _status(reply) if finish_reason is not None else "in_progress"
        return dump(_response(reply, status, _items(reply)))

    def opening(self, reply: Reply) -> bytes:
        """Events before the first piece of text."""
        return _numbered(0, _opening(reply))

    def pieces(self, reply: Reply, texts: list[str]) -> list[bytes]:
        """One event for each piece of text."""
        name = {
            "text": "response.output_text.delta",
            "refusal": "response.refusal.delta",
            "tool": "response.function_call_arguments.delta",
        }[reply.answer.kind]
        place = _place(reply, _last_index(reply))
        extra: dict[str, Any] = {"logprobs": []} if reply.answer.kind == "text" else {}
        first = len(_opening(reply))
        return [
            _numbered(number, [(name, {**place, "delta": text, **extra})]) for number, text in enumerate(texts, first)
        ]

    def finish(self, reply: Reply, written: int) -> bytes:
        """Events that end the answer's parts."""
        return _numbered(len(_opening(reply)) + written, _closing(reply))

    def done(self, reply: Reply, written: int) -> bytes:
        """The event that carries the whole response and its usage. This endpoint has no [DONE]."""
        status = _status(reply)
        event: Event = (f"response.{status}", {"response": _response(reply, status, _items(reply))})
        return _numbered(len(_opening(reply)) + written + len(_closing(reply)), [event])

    def error(self, reply: Reply, body: ErrorBody, written: int) -> bytes:
        """An error in the middle of a stream."""
        event: Event = ("error", {"code": body.code, "message": body.message, "param": body.param})
        return _numbered(len(_opening(reply)) + written, [event])


def _numbered(first: int, events: Sequence[Event]) -> bytes:
    """The events as they go over the wire, counted from `first`."""
    return b"".join(
        b"event: " + name.encode() + b"\ndata: " + dump({"type": name, "sequence_number": number, **facts}) + b"\n\n"
        for number, (name, facts) in enumerate(events, first)
    )


def _opening(reply: Reply) -> list[Event]:
    begun = _response(reply, "in_progress", [])
    events: list[Event] = [("response.created", {"response": begun}), ("response.in_progress", {"response": begun})]
    output = _items(reply)
    last = len(output) - 1
    if last:
        events.append(("response.output_item.added", {"output_index": 0, "item": output[0]}))
        events.append(("response.output_item.done", {"output_index": 0, "item": output[0]}))
    item = {**output[last], "status": "in_progress"}
    item |= {"arguments": ""} if reply.answer.kind == "tool" else {"content": []}
    events.append(("response.output_item.added", {"output_index": last, "item": item}))
    if reply.answer.kind != "tool":
        part = _part(reply, "")
        events.append(("response.content_part.added", {**_place(reply, last), "part": part}))
    return events


def _closing(reply: Reply) -> list[Event]:
    answer = reply.answer
    last = _last_index(reply)
    place = _place(reply, last)
    events: list[Event] = []
    if answer.kind == "tool":
        events.append(("response.function_call_arguments.done", {**place, "arguments": answer.text}))
    else:
        done = "response.output_text.done" if answer.kind == "text" else "response.refusal.done"
        said: dict[str, Any] = (
            {"text": answer.text, "logprobs": []} if answer.kind == "text" else {"refusal": answer.text}
        )
        events.append((done, {**place, **said}))
        events.append(("response.content_part.done", {**place, "part": _part(reply, answer.text)}))
    events.append(("response.output_item.done", {"output_index": last, "item": _items(reply)[last]}))
    return events


def _messages(body: Node) -> list[Node]:
    """The input in the shape of chat messages."""
    given = body.get("input")
    if given is None:
        raise missing("input")
    messages: list[Node] = []
    if body.get("instructions"):
        messages.append({"role": "system", "content": body["instructions"]})
    if isinstance(given, str):
        return [*messages, {"role": "user", "content": given}]
    for index, item in enumerate(cast("list[object]", given)):
        if not isinstance(item, Mapping):
            message = f"Invalid type for 'input[{index}]': expected an object."
            raise invalid(message, f"input[{index}]", "invalid_type")
        messages.extend(_message(cast("Node", item), index))
    return messages


def _message(item: Node, index: int) -> list[Node]:
    kind = item.get("type", "message")
    if kind == "message":
        if item.get("role") not in _ROLES:
            raise invalid_choice(f"input[{index}].role", item.get("role"), _ROLES)
        return [{"role": item["role"], "content": text_of(item.get("content"))}]
    if kind == "function_call":
        function = {"name": item.get("name"), "arguments": item.get("arguments")}
        call = {"id": item.get("call_id"), "type": "function", "function": function}
        return [{"role": "assistant", "content": None, "tool_calls": [call]}]
    if kind == "function_call_output":
        return [{"role": "tool", "content": text_of(item.get("output")), "tool_call_id": item.get("call_id")}]
    if kind == "reasoning":
        return []
    kinds = ("message", "function_call", "function_call_output", "reasoning")
    raise invalid_choice(f"input[{index}].type", kind, kinds)


def _status(reply: Reply) -> str:
    return "incomplete" if reply.answer.finish_reason in _INCOMPLETE else "completed"


def _last_index(reply: Reply) -> int:
    return 1 if reply.answer.reasoning_tokens else 0


def _place(reply: Reply, index: int) -> dict[str, Any]:
    if reply.answer.kind == "tool":
        return {"item_id": reply.part_id("fc_"), "output_index": index}
    return {"item_id": reply.part_id("msg_"), "output_index": index, "content_index": 0}


def _part(reply: Reply, text: str) -> dict[str, Any]:
    if reply.answer.kind == "refusal":
        return {"type": "refusal", "refusal": text}
    return {"type": "output_text", "annotations": [], "logprobs": [], "text": text}


def _items(reply: Reply) -> list[dict[str, Any]]:
    """Reasoning, when the model reasons, and then the message or the function call."""
    answer = reply.answer
    items: list[dict[str, Any]] = []
    if answer.reasoning_tokens:
        items.append({"id": reply.part_id("rs_"), "type": "reasoning", "summary": []})
    if answer.kind == "tool":
        call = {"call_id": reply.part_id("call_"), "name": answer.tool, "arguments": answer.text}
        items.append({"id": reply.part_id("fc_"), "type": "function_call", "status": _status(reply), **call})
    else:
        message = {"role": "assistant", "content": [_part(reply, answer.text)]}
        items.append({"id": reply.part_id("msg_"), "type": "message", "status": _status(reply), **message})
    return items


def _response(reply: Reply, status: str, output: list[dict[str, Any]]) -> dict[str, Any]:
    ended = status != "in_progress"
    reason = _INCOMPLETE.get(reply.answer.finish_reason) if ended else None
    return {
        "id": reply.id,
        "object": "response",
        "created_at": reply.created,
        "status": status,
        "background": False,
        "error": None,
        "incomplete_details": None if reason is None else {"reason": reason},
        "model": reply.question.model.snapshot,
        "output": output,
        "service_tier": "default",
        **reply.question.echo,
        "usage": _usage(reply) if ended else None,
    }


def _usage(reply: Reply) -> dict[str, Any]:
    return {
        "input_tokens": reply.input_tokens,
        "input_tokens_details": {"cached_tokens": reply.cached_tokens, "cache_write_tokens": 0},
        "output_tokens": reply.output_tokens,
        "output_tokens_details": {"reasoning_tokens": reply.reasoning_tokens},
        "total_tokens": reply.input_tokens + reply.output_tokens,
    }
