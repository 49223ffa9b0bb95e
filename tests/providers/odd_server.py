"""A server of canned answers, for what no well-behaved server of the OpenAI protocol would ever send."""

import asyncio
import json
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Canned:
    """One response."""

    body: bytes | str | Mapping[str, Any] | list[Any]
    status: int = 200
    media_type: str = "application/json"

    def bytes(self) -> bytes:
        """As it goes over the wire; the connection ends with it."""
        body = self.body if isinstance(self.body, str | bytes) else json.dumps(self.body)
        raw = body.encode() if isinstance(body, str) else body
        head = f"HTTP/1.1 {self.status} X\r\ncontent-type: {self.media_type}\r\ncontent-length: {len(raw)}\r\n"
        return f"{head}connection: close\r\n\r\n".encode() + raw


Answerer = Callable[[dict[str, Any]], Canned]


@dataclass(slots=True)
class OddServer:
    """What it was asked, and how it answers."""

    answer: Answerer
    base_url: str = ""
    requests: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Read one request, send one response."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        length = next(
            int(line.partition(":")[2]) for line in head.splitlines() if line.lower().startswith("content-length")
        )
        self.requests.append(json.loads(await reader.readexactly(length)))
        writer.write(self.answer(self.requests[-1]).bytes())
        await writer.drain()
        writer.close()


@asynccontextmanager
async def odd_server(answer: Answerer) -> AsyncGenerator[OddServer]:
    """Serve on a free port of this machine."""
    odd = OddServer(answer)
    server = await asyncio.start_server(odd.handle, "127.0.0.1", 0)
    odd.base_url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
    async with server:
        yield odd


def completion(text: object, **changes: Any) -> dict[str, Any]:  # noqa: ANN401 -- any JSON
    """A chat completion as a modest server sends it: no fingerprint, no usage."""
    choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}
    return {"id": "x", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice], **changes}


def events(*chunks: Mapping[str, Any] | str) -> Canned:
    """A stream of Server-Sent Events; a string is sent as it is."""
    lines = [chunk if isinstance(chunk, str) else f"data: {json.dumps(chunk)}\n\n" for chunk in chunks]
    return Canned("".join(lines), media_type="text/event-stream")


def chunk(text: str | None = None, finish_reason: str | None = None, **changes: Any) -> dict[str, Any]:  # noqa: ANN401 -- any JSON
    """One chunk of a stream."""
    delta = {} if text is None else {"content": text}
    choice = {"index": 0, "delta": delta, "finish_reason": finish_reason}
    return {
        "id": "x",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": "m",
        "choices": [choice],
        **changes,
    }
