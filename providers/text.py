"""What a chain asks of a text model and what it gets back, whatever the vendor."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol
from uuid import UUID

from langchain_core.messages import BaseMessage

from dnd.content.result import Usage

Effort = Literal["minimal", "low", "medium", "high"]


class TextSink(Protocol):
    """Told the raw answer as it is written."""

    def write(self, piece: str) -> None:
        """The next piece of the answer."""
        ...

    def restart(self) -> None:
        """What was written so far is void: the call failed midway and another one begins."""
        ...


@dataclass(frozen=True, slots=True)
class RunKey:
    """The run that asks, for a model that keeps answers."""

    thread_id: UUID
    resumed: bool = False
    """True when an earlier process may have asked already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextCall:
    """One question to a model: it is to answer with JSON of `schema`."""

    messages: Sequence[BaseMessage]
    schema_name: str
    schema: Mapping[str, Any]
    """A JSON schema legal under OpenAI's strict structured output."""
    max_tokens: int
    """Budget of the answer, reasoning included."""
    effort: Effort | None = None
    verbosity: Literal["low", "medium", "high"] | None = None
    sink: TextSink | None = None
    """Given, the answer is streamed into it; None costs less."""
    run: RunKey | None = None
    """Whose answer it is; None: nobody keeps it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextAnswer:
    """What a model said, before anybody believes it."""

    text: str
    """Cleaned: valid Unicode, no control characters but newline and tab, at most `MAX_ANSWER_CHARS`."""
    refusal: str | None
    finish_reason: str | None
    """As on the wire: stop, length, content_filter, tool_calls; None when the vendor gave none."""
    model: str
    provider: str
    """`openai`, `openai_compatible` or `simulator`."""
    simulated: bool
    usage: Usage
    """Money and tokens of all calls made for this answer, failed ones with known usage included."""
    duration_ms: float
    failures: tuple[str, ...] = field(default=())
    """One line for each call that failed on the way (retry or fall-back)."""


class TextModel(Protocol):
    """The one door to text models: retries, falls back, counts, and raises `dnd.errors.ProviderError` only."""

    async def answer(self, call: TextCall) -> TextAnswer:
        """Ask.

        A refusal, a cut by the vendor's content filter and an answer that ended at its token limit are answers:
        `refusal` and `finish_reason` tell. A stream without its end is a failure.

        Raises:
            ProviderError: no configured model could answer; `spent` holds the usage of the lost calls, and the notes
                one line for each of them.
        """
        ...

    def price(self, *, input_tokens: int, output_tokens: int) -> float:
        """What such a call would cost at most with the first model, in US dollars."""
        ...
