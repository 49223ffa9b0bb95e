"""Writing and rewriting one piece of content: the only two questions the content graph asks a model."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from langchain_core.messages import AIMessage, BaseMessage

from dnd.content.base import ContentType
from dnd.content.fields import code_owned
from dnd.content.wire import wire_schema
from dnd.errors import (
    EmptyOutputError,
    FilteredError,
    ModelOutputError,
    RefusedError,
    TruncatedOutputError,
    UnusableOutputError,
)
from dnd.rules.finding import Finding
from prompts.loader import Prompt, load_prompt
from prompts.variables import repair_variables
from providers.json_text import parse_object
from providers.text import RunKey, TextAnswer, TextCall, TextModel, TextSink


@dataclass(frozen=True, slots=True)
class Written:
    """One answer of a model: an object, or the reason why there is none. Paid for either way."""

    raw: dict[str, Any] | None
    failure: ModelOutputError | None
    answer: TextAnswer


async def generate(
    model: TextModel,
    kind: ContentType,
    prompt: Prompt,
    opening: Sequence[BaseMessage],
    *,
    max_tokens: int,
    sink: TextSink | None = None,
    run: RunKey | None = None,
) -> Written:
    """Ask for the whole content for the first time."""
    call = _call(kind, prompt, list(opening), None, max_tokens=max_tokens, sink=sink, run=run)
    return await _answered(model, call, kind)


async def repair(
    model: TextModel,
    kind: ContentType,
    prompt: Prompt,
    opening: Sequence[BaseMessage],
    *,
    attempt: int,
    previous: Mapping[str, Any] | None,
    fields: tuple[str, ...] | None,
    findings: Sequence[Finding],
    max_tokens: int,
    sink: TextSink | None = None,
    run: RunKey | None = None,
) -> Written:
    """Ask again for `fields` (None: for everything), with what was wrong.

    The opening stands first and unchanged; the attempt's number and findings follow, so that no two attempts ask the
    same. Asking for some fields changes the schema, which OpenAI counts as part of its cached prefix: a repair pays for
    its input in full, and saves more on the output, which costs eight times as much, by leaving sound fields out.
    """
    messages = [*opening]
    if previous is not None:
        owned = code_owned(kind.model)
        said = {name: value for name, value in previous.items() if name not in owned}
        messages.append(AIMessage(orjson.dumps(said).decode()))
    messages.extend(load_prompt("repair").messages(**repair_variables(attempt, fields, findings)))
    call = _call(kind, prompt, messages, fields, max_tokens=max_tokens, sink=sink, run=run)
    return await _answered(model, call, kind)


def _call(
    kind: ContentType,
    prompt: Prompt,
    messages: list[BaseMessage],
    fields: tuple[str, ...] | None,
    *,
    max_tokens: int,
    sink: TextSink | None,
    run: RunKey | None,
) -> TextCall:
    return TextCall(
        messages=messages,
        schema_name=kind.name,
        schema=wire_schema(kind.model, fields),
        max_tokens=max_tokens,
        effort=prompt.model.effort,
        verbosity=prompt.model.verbosity,
        sink=sink,
        run=run,
    )


async def _answered(model: TextModel, call: TextCall, kind: ContentType) -> Written:
    answer = await model.answer(call)
    try:
        # What code owns is not asked for. A server that ignores the schema may send it: it is kept, judged, restored.
        raw = _read(answer, {*call.schema["properties"], *code_owned(kind.model)})
    except ModelOutputError as failure:
        return Written(None, failure, answer)
    return Written(raw, None, answer)


def _read(answer: TextAnswer, properties: set[str]) -> dict[str, Any]:
    """The answer as an object with at least one of the properties asked for; others are dropped.

    Raises:
        ModelOutputError: refused, filtered, truncated, empty, or no such object.
    """
    if answer.refusal:
        raise RefusedError(f"The model declined: {answer.refusal[:300]}")
    if answer.finish_reason == "content_filter":
        raise FilteredError("The vendor's content filter cut the answer.")
    if answer.finish_reason == "length":
        raise TruncatedOutputError(f"The answer was cut at the token limit after {len(answer.text)} characters.")
    if not answer.text.strip():
        raise EmptyOutputError("The answer holds no text.")
    raw = {name: value for name, value in parse_object(answer.text).items() if name in properties}
    if not raw:
        raise UnusableOutputError("The answer is JSON, and has none of the fields asked for.")
    return raw
