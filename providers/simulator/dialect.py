"""What the two text endpoints have in common: a reply, and the shape of the code that reads and renders it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from providers.simulator.answer import Answer, Question
from providers.simulator.errors import ErrorBody
from providers.simulator.models import SimulatedModel
from providers.simulator.state import SimulatorState


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An answer with the facts of its call, ready to be rendered."""

    id: str
    created: int
    """Unix seconds."""
    question: Question
    answer: Answer
    input_tokens: int
    cached_tokens: int

    @property
    def output_tokens(self) -> int:
        """Billed output over all choices."""
        return self.answer.tokens() * self.question.count

    @property
    def reasoning_tokens(self) -> int:
        """The part of the output that nobody sees."""
        return self.answer.reasoning_tokens * self.question.count

    def part_id(self, prefix: str) -> str:
        """An id for a part of the answer, the same each time."""
        return prefix + self.id.partition("_" if "_" in self.id else "-")[2]


class Dialect(Protocol):
    """The wire format of one text endpoint. Streams are rendered as bytes of Server-Sent Events.

    `written` is the number of pieces that went before.
    """

    prefix: str
    """Of the ids of answers."""

    def read(self, state: SimulatorState, body: Mapping[str, Any], model: SimulatedModel) -> Question:
        """The question in a request body, or ApiError."""
        ...

    def whole(self, reply: Reply, finish_reason: str | None) -> bytes:
        """The body of an answer that is not streamed."""
        ...

    def opening(self, reply: Reply) -> bytes:
        """Events before the first piece of text."""
        ...

    def pieces(self, reply: Reply, texts: list[str]) -> list[bytes]:
        """Events of the pieces of text, in order."""
        ...

    def finish(self, reply: Reply, written: int) -> bytes:
        """Events that say why the answer ended."""
        ...

    def done(self, reply: Reply, written: int) -> bytes:
        """Events after that."""
        ...

    def error(self, reply: Reply, body: ErrorBody, written: int) -> bytes:
        """An error in the middle of a stream."""
        ...
