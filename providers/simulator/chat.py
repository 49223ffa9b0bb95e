"""The wire format of `POST /v1/chat/completions`."""

from collections.abc import Mapping
from typing import Any, cast

import orjson

from providers.simulator.answer import Answer, Question, text_of
from providers.simulator.dialect import Reply
from providers.simulator.errors import ErrorBody, invalid
from providers.simulator.exchange import dump
from providers.simulator.models import SimulatedModel
from providers.simulator.parameters import CHAT, check_model_takes, check_parameters, invalid_choice, missing
from providers.simulator.state import SimulatorState
from providers.simulator.tools import chosen_tool, read_format, read_tools

FINGERPRINT = "simulator"
"""The `system_fingerprint` of every answer: how a client knows that no model has written it."""

_ROLES = ("system", "developer", "user", "assistant", "tool", "function")

Node = Mapping[str, Any]


class ChatDialect:
    """Reads requests and renders answers of chat completions."""

    prefix = "chatcmpl-"

    def read(self, state: SimulatorState, body: Node, model: SimulatedModel) -> Question:
        """The question in a request body.

        Raises:
            ApiError: 400, what the vendor would refuse.
        """
        check_parameters(body, CHAT)
        check_model_takes(body, model)
        messages = _messages(body)
        options = body.get("stream_options")
        if options is not None and not body.get("stream"):
            message = "The 'stream_options' parameter is only allowed when 'stream' is enabled."
            raise invalid(message, "stream_options")
        form = cast("Node", body.get("response_format") or {"type": "text"})
        schema, json_mode = read_format(state, model, form, param="response_format", nested="json_schema")
        if json_mode and not any("json" in text_of(message.get("content")).lower() for message in messages):
            message = "'messages' must contain the word 'json' to use 'response_format' of type 'json_object'."
            raise invalid(message, "messages")
        tools = read_tools(state, body.get("tools") or [], nested=True)
        return Question(
            model=model,
            messages=messages,
            prompt=prompt_text(body.get("tools"), schema, messages),
            schema=schema,
            json_mode=json_mode,
            call=chosen_tool(tools, body.get("tool_choice")),
            max_tokens=body.get("max_completion_tokens") or body.get("max_tokens"),
            effort=body.get("reasoning_effort") or "medium",
            stream=bool(body.get("stream")),
            include_usage=bool(cast("Node", options or {}).get("include_usage")),
            count=body.get("n") or 1,
        )

    def whole(self, reply: Reply, finish_reason: str | None) -> bytes:
        """The body of an answer that is not streamed."""
        return dump(
            {
                "id": reply.id,
                "object": "chat.completion",
                "created": reply.created,
                "model": reply.question.model.snapshot,
                "choices": [
                    {
                        "index": index,
                        "message": _message(reply, index),
                        "logprobs": None,
                        "finish_reason": finish_reason,
                    }
                    for index in range(reply.question.count)
                ],
                "usage": usage(reply),
                "service_tier": "default",
                "system_fingerprint": FINGERPRINT,
            }
        )

    def opening(self, reply: Reply) -> bytes:
        """Events before the first piece of text."""
        first: dict[str, Any] = {
            "role": "assistant",
            "content": "" if reply.answer.kind == "text" else None,
            "refusal": None,
        }
        if reply.answer.kind == "tool":
            function = {"name": reply.answer.tool, "arguments": ""}
            first["tool_calls"] = [{"index": 0, "id": reply.part_id("call_"), "type": "function", "function": function}]
        return b"".join(_chunk(reply, index, first, None) for index in range(reply.question.count))

    def pieces(self, reply: Reply, texts: list[str]) -> list[bytes]:
        """One event for each piece of text, for each choice."""
        before, after = _chunk(reply, 0, {_SLOT: ""}, None).split(_SLOT_JSON)
        heads = [before.replace(b'"index":0', b'"index":%d' % index, 1) for index in range(reply.question.count)]
        opened, closed = {
            "text": (b'"content":', b""),
            "refusal": (b'"refusal":', b""),
            "tool": (b'"tool_calls":[{"index":0,"function":{"arguments":', b"}}]"),
        }[reply.answer.kind]
        return [b"".join((head, opened, dump(text), closed, after)) for text in texts for head in heads]

    def finish(self, reply: Reply, written: int) -> bytes:
        """The events that carry the finish reason."""
        del written
        return b"".join(_chunk(reply, index, {}, reply.answer.finish_reason) for index in range(reply.question.count))

    def done(self, reply: Reply, written: int) -> bytes:
        """What follows the finish reason: the usage, when asked for, and the end mark."""
        del written
        end = b"data: [DONE]\n\n"
        if not reply.question.include_usage:
            return end
        return _event({**_envelope(reply), "choices": [], "usage": usage(reply)}) + end

    def error(self, reply: Reply, body: ErrorBody, written: int) -> bytes:
        """An error in the middle of a stream."""
        del reply, written
        return _event(body.payload())


_SLOT = "slot"
_SLOT_JSON = b'"slot":""'


def _messages(body: Node) -> list[Node]:
    messages = cast("list[object] | None", body.get("messages"))
    if messages is None:
        raise missing("messages")
    if not messages:
        message = (
            "Invalid 'messages': empty array. Expected an array with minimum length 1, but got an empty array instead."
        )
        raise invalid(message, "messages", "empty_array")
    calls_open = False
    for index, message in enumerate(messages):
        place = f"messages[{index}]"
        if not isinstance(message, Mapping):
            raise invalid(f"Invalid type for '{place}': expected an object.", place, "invalid_type")
        calls_open = _check_message(cast("Node", message), place, calls_open=calls_open)
    return cast("list[Node]", messages)


def _check_message(message: Node, place: str, *, calls_open: bool) -> bool:
    """Check one message; returns whether results of tools may follow it."""
    role, content = message.get("role"), message.get("content")
    if role not in _ROLES:
        raise invalid_choice(f"{place}.role", role, _ROLES)
    calls = bool(message.get("tool_calls"))
    if not isinstance(content, str | list) and not (role == "assistant" and (calls or message.get("refusal"))):
        text = f"Invalid value for 'content': expected a string, got {'null' if content is None else 'an object'}."
        raise invalid(text, f"{place}.content", "invalid_type")
    if role == "tool" and not calls_open:
        text = (
            "Invalid parameter: messages with role 'tool' must be a response to a preceding message with 'tool_calls'."
        )
        raise invalid(text, f"{place}.role")
    return calls or (role == "tool" and calls_open)


def prompt_text(tools: object, schema: Node | None, messages: list[Node]) -> str:
    """Everything a model reads, in the vendor's order. The schema stands first: another one, another prefix."""
    parts = [orjson.dumps(part).decode() for part in (tools, schema) if part]
    for message in messages:
        parts.append(f"<|{message.get('role')}|>\n{text_of(message.get('content'))}")
        if message.get("tool_calls"):
            parts.append(orjson.dumps(message["tool_calls"]).decode())
    return "\n".join(parts)


def _message(reply: Reply, index: int) -> dict[str, Any]:
    answer: Answer = reply.answer
    message: dict[str, Any] = {
        "role": "assistant",
        "content": answer.text if answer.kind == "text" else None,
        "refusal": answer.text if answer.kind == "refusal" else None,
        "annotations": [],
    }
    if answer.kind == "tool":
        function = {"name": answer.tool, "arguments": answer.text}
        message["tool_calls"] = [{"id": reply.part_id(f"call_{index}"), "type": "function", "function": function}]
    return message


def usage(reply: Reply) -> dict[str, Any]:
    """The usage object with all its details."""
    output, reasoning = reply.output_tokens, reply.reasoning_tokens
    return {
        "prompt_tokens": reply.input_tokens,
        "completion_tokens": output,
        "total_tokens": reply.input_tokens + output,
        "prompt_tokens_details": {"cached_tokens": reply.cached_tokens, "audio_tokens": 0},
        "completion_tokens_details": {
            "reasoning_tokens": reasoning,
            "audio_tokens": 0,
            "accepted_prediction_tokens": 0,
            "rejected_prediction_tokens": 0,
        },
    }


def _envelope(reply: Reply) -> dict[str, Any]:
    return {
        "id": reply.id,
        "object": "chat.completion.chunk",
        "created": reply.created,
        "model": reply.question.model.snapshot,
        "service_tier": "default",
        "system_fingerprint": FINGERPRINT,
    }


def _chunk(reply: Reply, index: int, delta: Node, finish_reason: str | None) -> bytes:
    choice = {"index": index, "delta": delta, "logprobs": None, "finish_reason": finish_reason}
    chunk = {**_envelope(reply), "choices": [choice]}
    if reply.question.include_usage:
        chunk["usage"] = None
    return _event(chunk)


def _event(value: object) -> bytes:
    return b"data: " + dump(value) + b"\n\n"
