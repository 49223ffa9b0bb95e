"""What surrounds every request, around applications of the tests' own."""

import asyncio
import logging
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from fastapi import FastAPI, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import problems
from api.identity import current_request_id
from api.middleware import BodyLimit, CancelOnDisconnect, Identity
from dnd.errors import InternalError
from tests.api.helpers import problem
from tests.conftest import serving

LIMIT = 10_000


@pytest.fixture(scope="module")
async def caller() -> AsyncIterator[httpx.AsyncClient]:
    app = FastAPI()
    problems.install(app)

    @app.post("/size")
    async def size(request: Request) -> int:
        return len(await request.body())

    @app.get("/id")
    async def request_id() -> str:
        return current_request_id()

    @app.get("/bug")
    async def bug() -> None:
        raise ZeroDivisionError("the secret divisor")

    @app.get("/fault")
    async def fault() -> None:
        raise InternalError("the secret path /var/lib")

    async with serving(_wrapped(app)) as url, httpx.AsyncClient(base_url=url) as client:
        yield client


def _wrapped(app: FastAPI) -> ASGIApp:
    app.add_middleware(CancelOnDisconnect)
    app.add_middleware(BodyLimit, limit=LIMIT)
    app.add_middleware(Identity)
    return app


@pytest.mark.parametrize("sent", ["abc", "x" * 128, "!~{}|"])
async def test_a_caller_s_request_id_is_kept(caller: httpx.AsyncClient, sent: str) -> None:
    response = await caller.get("/id", headers={"X-Request-ID": sent})
    assert response.headers["x-request-id"] == response.json() == sent


@pytest.mark.parametrize("sent", ["", "x" * 129, "two words", "caf\u00e9"])
async def test_an_unfit_request_id_is_replaced(caller: httpx.AsyncClient, sent: str) -> None:
    headers: Any = {"X-Request-ID": sent.encode("latin-1")}
    response = await caller.get("/id", headers=headers)
    assert response.headers["x-request-id"] == response.json()
    assert len(response.json()) == 36


@pytest.mark.parametrize(("path", "status"), [("/id", 200), ("/nowhere", 404), ("/bug", 500)])
async def test_every_response_has_one_request_id(caller: httpx.AsyncClient, path: str, status: int) -> None:
    response = await caller.get(path)
    assert response.status_code == status
    assert len(response.headers.get_list("x-request-id")) == 1


@pytest.mark.parametrize("path", ["/bug", "/fault"])
async def test_what_is_our_fault_is_masked_and_logged(
    caller: httpx.AsyncClient, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    response = await caller.get(path)
    assert "secret" not in problem(response, 500, "internal_error")["detail"]
    assert "secret" not in response.text
    assert any(record.exc_info and "secret" in str(record.exc_info[1]) for record in caplog.records)


async def test_the_access_log_has_a_line_per_request(
    caller: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "api.access"):
        await caller.get("/nowhere")
    (line,) = [record for record in caplog.records if record.name == "api.access"]
    assert (line.__dict__["method"], line.__dict__["path"], line.__dict__["status"]) == ("GET", "/nowhere", 404)


async def test_a_head_request_is_answered_as_get_without_its_body(caller: httpx.AsyncClient) -> None:
    response = await caller.head("/id")
    assert response.status_code == 200
    assert response.content == b""


async def _pieces(size: int) -> AsyncIterator[bytes]:
    for _ in range(size // 1000):
        yield b"x" * 1000
    yield b"x" * (size % 1000)


@pytest.mark.parametrize("size", [0, 1, LIMIT])
async def test_a_body_within_the_limit_passes(caller: httpx.AsyncClient, size: int) -> None:
    assert (await caller.post("/size", content=b"x" * size)).json() == size
    assert (await caller.post("/size", content=_pieces(size))).json() == size


@pytest.mark.parametrize("size", [LIMIT + 1, LIMIT * 10, LIMIT * 16])
async def test_a_body_over_the_limit_is_refused_with_and_without_a_length(caller: httpx.AsyncClient, size: int) -> None:
    problem(await caller.post("/size", content=b"x" * size), 413, "payload_too_large")
    problem(await caller.post("/size", content=_pieces(size)), 413, "payload_too_large")


async def test_leaving_cancels_a_handler_that_never_looks() -> None:
    entered, cancelled = asyncio.Event(), asyncio.Event()
    app = FastAPI()

    @app.post("/")
    async def wait(request: Request) -> None:
        await request.body()
        entered.set()
        try:
            await asyncio.sleep(3600)
        except asyncio.CancelledError:
            cancelled.set()
            raise

    async with serving(_wrapped(app)) as url, httpx.AsyncClient(base_url=url) as client:
        asking = asyncio.create_task(client.post("/", content=b"x"))
        await entered.wait()
        asking.cancel()
        async with asyncio.timeout(10):
            await cancelled.wait()
        await asyncio.gather(asking, return_exceptions=True)


async def test_a_handler_that_asks_is_told_of_the_disconnect() -> None:
    answers: list[str] = []

    async def app(_: Scope, receive: Receive, send: Send) -> None:
        while not answers or answers[-1] == "http.request":
            answers.append((await receive())["type"])
            await send({"type": "http.response.start", "status": 200, "headers": []})

    messages: list[Message] = [{"type": "http.request", "body": b"", "more_body": False}, {"type": "http.disconnect"}]

    async def receive() -> Message:
        return messages.pop(0)

    async def send(_: Message) -> None: ...

    await CancelOnDisconnect(app)({"type": "http", "method": "POST"}, receive, send)
    assert answers == ["http.request", "http.disconnect"]
