"""What a content type's writer is made of."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from dnd.content.base import Limits
from providers.simulator.writer.piece import Piece


class Composed(NamedTuple):
    """Content as JSON-ready data, and the facts that found no room in its main field."""

    content: dict[str, Any]
    left: list[str]


Compose = Callable[[Piece, Sequence[str], Limits], Composed]
"""Writes a whole piece: (piece, facts for the main field, word limits of the main field)."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How one content type is written."""

    compose: Compose
    carriers: tuple[str, ...]
    """Fields of players' text that take a fact the main field had no room for, best first.

    `knows` is a line, or a list that may get a further entry; `connections/detail` names a field of the entries.
    """
