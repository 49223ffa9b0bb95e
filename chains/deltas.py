"""From a stream of raw JSON to the text that a person reads: which field grows, and by what."""

import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any, cast

from providers.json_text import partial_object

FRAME_S = 0.04
"""Seconds between two frames: 25 a second look continuous, and a frame per token costs ten times as much."""


class DeltaSink:
    """Collects the pieces of one answer and emits, at most once per frame, what each text grew by."""

    def __init__(
        self,
        emit: Callable[[dict[str, Any]], None],
        attempt: int,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._emit = emit
        self._attempt = attempt
        self._clock = clock
        self._pieces: list[str] = []
        self._sent: dict[str, str] = {}
        self._due = 0.0

    def write(self, piece: str) -> None:
        """Take the next piece; emit a frame when one is due."""
        self._pieces.append(piece)
        if self._clock() >= self._due:
            self.flush()

    def restart(self) -> None:
        """Forget the answer so far, and say so to the reader."""
        self._pieces.clear()
        self._sent.clear()
        self._emit({"event": "delta", "attempt": self._attempt, "restart": True})

    def flush(self) -> None:
        """Emit what has grown since the last frame."""
        self._due = self._clock() + FRAME_S
        for path, text in _texts(partial_object("".join(self._pieces)), ""):
            seen = self._sent.get(path, "")
            if len(text) > len(seen) and text.startswith(seen):
                self._sent[path] = text
                self._emit({"event": "delta", "attempt": self._attempt, "path": path, "text": text[len(seen) :]})


def _texts(value: object, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping):
        for key, entry in cast("Mapping[str, object]", value).items():
            yield from _texts(entry, f"{path}/{key}")
    elif isinstance(value, list):
        for index, entry in enumerate(cast("list[object]", value)):
            yield from _texts(entry, f"{path}/{index}")
