"""Chat completions as plain dictionaries.

ChatOpenAI takes dictionaries as well as the openai package's typed models, and turns the latter into dictionaries
first. Not building them saves a third of the processor time of a call and more than half of that of a stream
(measured: 1.8 to 1.1 ms, and 145 to 60 microseconds for each chunk).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import openai

_PATH = "/chat/completions"


@dataclass(frozen=True, slots=True)
class RawCompletion:
    """One parsed body, as ChatOpenAI asks for it."""

    body: object
    headers: Mapping[str, str] = field(default_factory=dict[str, str])

    def parse(self) -> object:
        """The body: a dictionary, or text when the server sent no JSON."""
        return self.body


class PlainCompletions:
    """Stands where ChatOpenAI keeps its client's `chat.completions`; errors, timeouts and headers are the client's."""

    def __init__(self, client: openai.AsyncOpenAI) -> None:
        self._client = client
        self.with_raw_response = WholeCompletions(client)

    async def create(
        self, *, extra_body: Mapping[str, object] | None = None, **payload: object
    ) -> openai.AsyncStream[object]:
        """Begin a stream of chunks."""
        return await self._client.post(
            _PATH,
            body={**payload, **(extra_body or {})},
            cast_to=object,
            stream=True,
            stream_cls=openai.AsyncStream[object],
        )


class WholeCompletions:
    """Answers in one piece."""

    def __init__(self, client: openai.AsyncOpenAI) -> None:
        self._client = client

    async def create(self, *, extra_body: Mapping[str, object] | None = None, **payload: object) -> RawCompletion:
        """Ask and wait for the whole answer."""
        return RawCompletion(await self._client.post(_PATH, body={**payload, **(extra_body or {})}, cast_to=object))
