"""What the simulated model says: the question as every endpoint understands it, and its answer."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, cast

import orjson

from providers.simulator.faults import Mood
from providers.simulator.instance import instance_of
from providers.simulator.models import SimulatedModel
from providers.simulator.tokens import cut_to_tokens, estimate_tokens

_EFFORT_TOKENS: Mapping[str, int] = {"none": 1, "minimal": 16, "low": 64, "medium": 192, "high": 768, "xhigh": 2048}
"""Reasoning tokens by effort, before a share for the answer's length; never 0, so that nobody forgets to count them."""

_WORD = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """A function that the caller offers."""

    name: str
    parameters: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A legal request to write text, whatever endpoint it came through."""

    model: SimulatedModel
    messages: Sequence[Mapping[str, Any]]
    """In the shape of chat completions."""
    prompt: str
    """Everything the model reads, in the vendor's order: tools, schema, messages."""
    schema: Mapping[str, Any] | None = None
    json_mode: bool = False
    """Any JSON object will do."""
    call: Tool | None = None
    """The function that must be called."""
    max_tokens: int | None = None
    effort: str = "medium"
    stream: bool = False
    include_usage: bool = False
    count: int = 1
    """Number of choices wanted."""
    echo: Mapping[str, Any] = field(default_factory=dict[str, Any])
    """Parameters that the endpoint repeats in its answer."""

    def prompt_tokens(self) -> int:
        """The prompt's size."""
        return estimate_tokens(self.prompt)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer before it is put on the wire."""

    kind: Literal["text", "refusal", "tool"] = "text"
    text: str = ""
    """The content, the refusal, or the tool's arguments as JSON."""
    tool: str | None = None
    finish_reason: str = "stop"
    reasoning_tokens: int = 0

    def tokens(self) -> int:
        """Everything that is billed as output."""
        return self.reasoning_tokens + estimate_tokens(self.text)


def text_of(content: object) -> str:
    """The text of a message's content: a string, or parts of which those with a text count."""
    if isinstance(content, str):
        return content
    if not isinstance(content, list):
        return ""
    parts = cast("list[object]", content)
    return "\n".join(
        str(cast("Mapping[str, object]", part).get("text") or "") for part in parts if isinstance(part, Mapping)
    )


def compose(question: Question, mood: Mood) -> Answer:
    """The answer to `question`, the same for the same question."""
    if question.call is not None:
        arguments = instance_of(question.call.parameters, given=_last_user_text(question.messages))
        return Answer(kind="tool", tool=question.call.name, text=_dump(arguments), finish_reason="tool_calls")
    schema = question.schema
    if schema is None and question.model.structured != "json_schema":
        schema = pasted_schema(question.messages)
    written = _written(question.messages, schema, mood)
    if written is None:
        if schema is None and not question.json_mode:
            return Answer(text=_plain(question.messages))
        written = instance_of(schema, given=_last_user_text(question.messages)) if schema else {"answer": "Yes."}
    if question.model.structured == "text":
        return Answer(text=_wrapped(written))
    return Answer(text=_dump(written))


def _dump(value: object) -> str:
    return orjson.dumps(value).decode()


def _written(
    messages: Sequence[Mapping[str, Any]], schema: Mapping[str, Any] | None, mood: Mood
) -> Mapping[str, Any] | None:
    # Loading the writer's fragments takes longer than starting the server; the first brief pays for it.
    from providers.simulator.writer import NoBriefError, write  # noqa: PLC0415 -- see above

    try:
        return write(messages, schema, mood=mood)
    except NoBriefError:
        return None


def _wrapped(written: object) -> str:
    body = orjson.dumps(written, option=orjson.OPT_INDENT_2).decode()
    return f"Here is what I came up with:\n\n```json\n{body}\n```\n\nTell me if you would like any of it changed."


def _last_user_text(messages: Sequence[Mapping[str, Any]]) -> str:
    for message in reversed(messages):
        if message.get("role") == "user":
            return text_of(message.get("content"))
    return ""


def _plain(messages: Sequence[Mapping[str, Any]]) -> str:
    asked = _WORD.sub(" ", _last_user_text(messages)).strip()
    heard = f" The last thing asked was: “{asked[:120]}”." if asked else ""
    return f"This is the simulator, which answers without a model behind it.{heard}"


def pasted_schema(messages: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """The JSON schema of an object that a system message holds as text, for servers without structured output."""
    decoder = json.JSONDecoder()
    for message in messages:
        if message.get("role") not in {"system", "developer"}:
            continue
        text = text_of(message.get("content"))
        start = text.find("{")
        while start >= 0:
            try:
                found, _ = decoder.raw_decode(text, start)
            except (ValueError, RecursionError):
                found = None
            if isinstance(found, dict) and isinstance(cast("dict[str, object]", found).get("properties"), dict):
                return cast("dict[str, Any]", found)
            start = text.find("{", start + 1)
    return None


def within_budget(question: Question, answer: Answer) -> Answer:
    """`answer` with its reasoning counted and cut where the caller's budget ends.

    Reasoning is spent first. When it eats the budget, the answer is empty and ends with `length`, and HTTP still
    says 200: so does the vendor.
    """
    reasoning = 0
    if question.model.reasoning:
        reasoning = _EFFORT_TOKENS.get(question.effort, _EFFORT_TOKENS["medium"]) + estimate_tokens(answer.text) // 8
    budget = min(question.max_tokens or question.model.output_tokens, question.model.output_tokens)
    if reasoning >= budget:
        return replace(answer, text="", finish_reason="length", reasoning_tokens=budget)
    if estimate_tokens(answer.text) > budget - reasoning:
        text = cut_to_tokens(answer.text, budget - reasoning)
        return replace(answer, text=text, finish_reason="length", reasoning_tokens=reasoning)
    return replace(answer, reasoning_tokens=reasoning)
