"""Questions to ask, and a listener for streamed answers."""

from dataclasses import dataclass, field
from typing import Any

from langchain_core.messages import HumanMessage, SystemMessage

from providers.text import TextCall

SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {"title": {"type": "string"}, "story": {"type": "string"}},
    "required": ["title", "story"],
    "additionalProperties": False,
}


@dataclass(slots=True)
class Sink:
    """Keeps what it is told."""

    pieces: list[str] = field(default_factory=list[str])
    restarts: int = 0

    def write(self, piece: str) -> None:
        """Keep a piece."""
        self.pieces.append(piece)

    def restart(self) -> None:
        """Forget the pieces."""
        self.pieces.clear()
        self.restarts += 1

    @property
    def text(self) -> str:
        """All that stands."""
        return "".join(self.pieces)


def question(text: str = "Write.", **changes: Any) -> TextCall:  # noqa: ANN401 -- any field
    """A call with a small schema."""
    fields: dict[str, Any] = {
        "messages": [SystemMessage("You write."), HumanMessage(text)],
        "schema_name": "tale",
        "schema": SCHEMA,
        "max_tokens": 4_000,
        **changes,
    }
    return TextCall(**fields)
