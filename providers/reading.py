"""What an answer said: text, refusal, reason of its end, tokens and their price, from a message or a stream."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

import orjson
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage

from dnd.content.result import Usage
from providers.catalogue import ModelRow
from providers.characters import clean

MAX_ANSWER_CHARS = 200_000
"""A longer answer is cut here; a stream is stopped, so that the spending stops."""
CHARS_PER_TOKEN = 4
"""For usage that a vendor did not report: a fair mean for English prose."""
SIMULATOR_FINGERPRINT = "simulator"
"""The `system_fingerprint` of the built-in simulator's answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one HTTP answer said."""

    text: str
    """Cleaned and at most `MAX_ANSWER_CHARS` long."""
    refusal: str | None = None
    finish_reason: str | None
    model: str
    simulated: bool = False
    usage: Usage = field(default_factory=Usage)
    """Of this answer; `calls` is 0, since calls are counted when they begin."""


@dataclass(slots=True, kw_only=True)
class Hearing:
    """What has been heard of an answer so far: all of it at once, or chunk by chunk."""

    row: ModelRow
    sent: Sequence[BaseMessage]
    """The question."""
    schema: Mapping[str, Any]
    """What the answer was to be; servers count it as input."""
    pieces: list[str] = field(default_factory=list[str])
    refusal: str = ""
    chars: int = 0
    """Length of all pieces."""
    meta: dict[str, Any] = field(default_factory=dict[str, Any])
    """LangChain's `response_metadata`."""
    fingerprint: str | None = None
    tokens: Mapping[str, Any] | None = None
    """LangChain's `usage_metadata`."""

    def take(self, message: AIMessage | AIMessageChunk) -> str:
        """Hear a message or a chunk; its cleaned text comes back."""
        extras = cast("dict[str, Any]", message.additional_kwargs)
        self.meta |= cast("dict[str, Any]", message.response_metadata)
        self.fingerprint = self.fingerprint or self.meta.get("system_fingerprint") or extras.get("system_fingerprint")
        self.refusal += str(extras.get("refusal") or "")
        if message.usage_metadata is not None:
            self.tokens = cast("Mapping[str, Any]", message.usage_metadata)
        content = cast("object", message.content)
        piece = clean(content if isinstance(content, str) else str(message.text))
        self.pieces.append(piece)
        self.chars += len(piece)
        return piece

    @property
    def too_long(self) -> bool:
        """Whether nothing more can be used."""
        return self.chars > MAX_ANSWER_CHARS

    @property
    def finish_reason(self) -> str | None:
        """Why the answer ended, once the vendor has said so; `length` when it was cut here."""
        reason = "length" if self.too_long else self.meta.get("finish_reason")
        return clean(str(reason))[:40] if reason else None

    def usage(self) -> Usage:
        """Tokens as reported, else estimated by length; reasoning that nobody counted cannot be known."""
        reported = usage_of(self.tokens, self.row)
        if reported is not None:
            return reported
        asked = sum(len(message.text) for message in self.sent) + len(orjson.dumps(self.schema))
        return estimated_usage(self.row, prompt_chars=asked, answer_chars=self.chars)

    def reading(self) -> Reading:
        """The whole."""
        return Reading(
            text="".join(self.pieces)[:MAX_ANSWER_CHARS],
            refusal=clean(self.refusal)[:2_000] or None,
            finish_reason=self.finish_reason,
            model=clean(str(self.meta.get("model_name") or self.row.id))[:200],
            simulated=self.fingerprint == SIMULATOR_FINGERPRINT,
            usage=self.usage(),
        )


def usage_of(counts: Mapping[str, Any] | None, row: ModelRow) -> Usage | None:
    """Reported tokens (LangChain's `usage_metadata`) and their price; None when nothing was reported."""
    if counts is None:
        return None
    input_tokens, output_tokens = _count(counts, "input_tokens"), _count(counts, "output_tokens")
    if not input_tokens and not output_tokens:
        return None
    cached = _count(counts.get("input_token_details"), "cache_read")
    return Usage(
        input_tokens=input_tokens,
        cached_tokens=cached,
        output_tokens=output_tokens,
        reasoning_tokens=_count(counts.get("output_token_details"), "reasoning"),
        cost_usd=row.cost(input_tokens=input_tokens, output_tokens=output_tokens, cached_tokens=cached),
    )


def estimated_usage(row: ModelRow, *, prompt_chars: int, answer_chars: int) -> Usage:
    """Tokens and price by length, for an answer whose count never came."""
    input_tokens, output_tokens = -(-prompt_chars // CHARS_PER_TOKEN), -(-answer_chars // CHARS_PER_TOKEN)
    return Usage(
        input_tokens=input_tokens,
        output_tokens=output_tokens,
        cost_usd=row.cost(input_tokens=input_tokens, output_tokens=output_tokens),
    )


def _count(counts: object, name: str) -> int:
    value = cast("Mapping[str, object]", counts).get(name) if isinstance(counts, Mapping) else None
    return max(value, 0) if isinstance(value, int) else 0
