"""Every fault of the table, struck over real HTTP: what a client sees on the wire."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from email.utils import parsedate_to_datetime
from typing import Any

import httpx
import pytest

from providers.simulator.distortions import DISTORTIONS
from providers.simulator.faults import FAULTS
from tests.providers.simulator.conftest import FORMAT, Wire

Check = Callable[[Wire, str, bool], Awaitable[None]]


async def ask(wire: Wire, model: str, stream: bool) -> httpx.Response:
    return await wire.chat(model=model, response_format=FORMAT, stream=stream)


def parse(response: httpx.Response, stream: bool) -> tuple[str | None, str | None, str | None]:
    """Content, refusal and finish reason."""
    if not stream:
        choice = response.json()["choices"][0]
        return choice["message"]["content"], choice["message"]["refusal"], choice["finish_reason"]
    content, refusal, reason = "", "", None
    for line in response.text.split("\n\n"):
        data = line.removeprefix("data: ")
        if not data or data == "[DONE]":
            continue
        choice = json.loads(data)["choices"][0]
        content += choice["delta"].get("content") or ""
        refusal += choice["delta"].get("refusal") or ""
        reason = choice["finish_reason"] or reason
    return content or None, refusal or None, reason


def error(status: int, code: str | None, kind: str = "invalid_request_error", **headers: str) -> Check:
    """Expects the vendor's error body."""

    async def check(wire: Wire, model: str, stream: bool) -> None:
        response = await ask(wire, model, stream)
        body = response.json()["error"]
        assert (response.status_code, body["code"], body["type"]) == (status, code, kind)
        assert set(body) == {"message", "type", "param", "code"}
        assert body["message"]
        assert "{" not in body["message"]
        for name in ("retry-after", "retry-after-ms"):
            assert response.headers.get(name) == headers.get(name.replace("-", "_"))

    return check


async def rate_limited_until_a_date(wire: Wire, model: str, stream: bool) -> None:
    response = await ask(wire, model, stream)
    assert response.status_code == 429
    sent = parsedate_to_datetime(response.headers["date"])
    assert -2 <= (parsedate_to_datetime(response.headers["retry-after"]) - sent).total_seconds() <= 5


async def fails_once(wire: Wire, model: str, stream: bool) -> None:
    for _ in range(2):
        assert (await ask(wire, model, stream)).status_code == 500
        passed = await ask(wire, model, stream)
        assert passed.status_code == 200
        assert parse(passed, stream)[2] == "stop"


async def html_page(wire: Wire, model: str, stream: bool) -> None:
    response = await ask(wire, model, stream)
    assert (response.status_code, response.headers["content-type"]) == (502, "text/html")
    assert response.text.startswith("<html>")


async def no_json(wire: Wire, model: str, stream: bool) -> None:
    response = await ask(wire, model, stream)
    assert response.status_code == 200
    with pytest.raises(ValueError, match="Expecting value"):
        response.json()


async def takes_its_time(wire: Wire, model: str, stream: bool) -> None:
    await wire.script({"fault": "slow", "seconds": 0.2, "match": {"model": model}})
    response = await ask(wire, model, stream)
    assert parse(response, stream)[2] == "stop"
    assert (await wire.last_call())["duration_ms"] >= 150


async def never_answers(wire: Wire, model: str, stream: bool) -> None:
    with pytest.raises(httpx.ReadTimeout):
        await wire.http.post(
            "/v1/chat/completions",
            json={"model": model, "messages": [{"role": "user", "content": "x"}], "stream": stream},
            timeout=0.3,
        )


async def broken_connection(wire: Wire, model: str, stream: bool) -> None:
    with pytest.raises((httpx.RemoteProtocolError, httpx.ReadError)):
        await ask(wire, model, stream)
    assert (await wire.last_call())["outcome"] == "cut"


async def received_before(wire: Wire, model: str, stream: bool, failure: type[Exception]) -> bytes:
    received = b""
    body = {"model": model, "messages": [{"role": "user", "content": "x"}], "stream": stream}
    with pytest.raises(failure):  # noqa: PT012 -- what came before the failure is the point
        async with wire.http.stream("POST", "/v1/chat/completions", json=body, timeout=0.5) as response:
            assert response.status_code == 200
            async for part in response.aiter_bytes():
                received += part
    return received


async def cut_midway(wire: Wire, model: str, stream: bool) -> None:
    received = await received_before(wire, model, stream, httpx.RemoteProtocolError)
    assert b"chatcmpl-" in received
    assert b"[DONE]" not in received


async def silent_midway(wire: Wire, model: str, stream: bool) -> None:
    received = await received_before(wire, model, stream, httpx.ReadTimeout)
    assert b"chatcmpl-" in received
    assert b'"finish_reason":"stop"' not in received


async def error_in_the_stream(wire: Wire, model: str, stream: bool) -> None:
    response = await ask(wire, model, stream)
    if not stream:
        assert (response.status_code, response.json()["error"]["type"]) == (500, "server_error")
        return
    assert response.status_code == 200
    *chunks, last = [json.loads(line.removeprefix("data: ")) for line in response.text.split("\n\n") if line]
    assert all("choices" in chunk for chunk in chunks)
    assert last["error"]["code"] == "server_error"


async def no_finish_reason(wire: Wire, model: str, stream: bool) -> None:
    response = await ask(wire, model, stream)
    content, _, reason = parse(response, stream)
    assert json.loads(content or "")["title"]
    assert reason is None
    assert "[DONE]" not in response.text


async def no_end_mark(wire: Wire, model: str, stream: bool) -> None:
    response = await ask(wire, model, stream)
    assert parse(response, stream)[2] == "stop"
    assert "[DONE]" not in response.text


async def empty(wire: Wire, model: str, stream: bool) -> None:
    content, refusal, reason = parse(await ask(wire, model, stream), stream)
    assert (content or "", refusal, reason) == ("", None, "length")
    assert (await wire.last_call())["reasoning_tokens"] > 0


async def declined(wire: Wire, model: str, stream: bool) -> None:
    content, refusal, reason = parse(await ask(wire, model, stream), stream)
    assert (content, reason) == (None, "stop")
    assert refusal is not None
    assert "sorry" in refusal


def unfinished(reason: str) -> Check:
    """Expects a beginning of the JSON."""

    async def check(wire: Wire, model: str, stream: bool) -> None:
        content, _, said = parse(await ask(wire, model, stream), stream)
        assert said == reason
        assert content is not None
        assert content.startswith('{"title"')
        with pytest.raises(ValueError, match="line 1"):
            json.loads(content)

    return check


async def another_shape(wire: Wire, model: str, stream: bool) -> None:
    content, _, reason = parse(await ask(wire, model, stream), stream)
    assert reason == "stop"
    assert json.loads(content or "").keys().isdisjoint({"title", "tags"})


async def broken_text(wire: Wire, model: str, stream: bool) -> None:
    content, _, reason = parse(await ask(wire, model, stream), stream)
    assert content is not None
    assert reason == "stop"
    assert "\x00" in content
    assert "\ud83d" in content
    cleaned = "".join(letter for letter in content if letter >= " " and not "\ud800" <= letter <= "\udfff")
    title = json.loads(cleaned)["title"]
    assert "\x00" in title
    assert "\ud83d" in title


async def megabytes(wire: Wire, model: str, stream: bool) -> None:
    content, _, reason = parse(await ask(wire, model, stream), stream)
    assert content is not None
    assert reason == "stop"
    assert len(content) > 3_000_000
    assert set(json.loads(content)) == {"title", "tags"}


async def nonsense(wire: Wire, model: str, stream: bool) -> None:
    brief = "<request>\ntype: backstory\nvariant: 0\nattempt: 1\n</request>"
    content, _, reason = parse(await wire.chat(model=model, text=brief, stream=stream), stream)
    assert reason == "stop"
    assert isinstance(json.loads(content or "")["story"], str)
    decent, _, _ = parse(await wire.chat(text=brief), stream=False)
    assert decent != content


EXPECTED: Mapping[str, Check] = {
    "bad-request": error(400, "invalid_value"),
    "context-overflow": error(400, "context_length_exceeded"),
    "unauthorized": error(401, "invalid_api_key"),
    "payment-required": error(402, "insufficient_credits", "insufficient_quota"),
    "forbidden": error(403, "model_not_allowed"),
    "model-not-found": error(404, "model_not_found"),
    "request-timeout": error(408, "request_timeout", "server_error"),
    "conflict": error(409, "conflict"),
    "unprocessable": error(422, "unprocessable_entity"),
    "rate-limited": error(429, "rate_limit_exceeded", "tokens", retry_after="1"),
    "rate-limited-ms": error(429, "rate_limit_exceeded", "tokens", retry_after_ms="50"),
    "rate-limited-date": rate_limited_until_a_date,
    "rate-limited-silent": error(429, "rate_limit_exceeded", "tokens"),
    "rate-limited-long": error(429, "rate_limit_exceeded", "tokens", retry_after="600"),
    "insufficient-quota": error(429, "insufficient_quota", "insufficient_quota"),
    "server-error": error(500, None, "server_error"),
    "flaky": fails_once,
    "bad-gateway": html_page,
    "unavailable": error(503, "server_is_overloaded", "server_error"),
    "not-json": no_json,
    "blank-body": no_json,
    "slow": takes_its_time,
    "stall": never_answers,
    "stall-midway": silent_midway,
    "dropped": broken_connection,
    "cut": cut_midway,
    "error-event": error_in_the_stream,
    "no-finish": no_finish_reason,
    "no-done": no_end_mark,
    "empty": empty,
    "refusal": declined,
    "content-filter": unfinished("content_filter"),
    "truncated": unfinished("length"),
    "malformed": unfinished("stop"),
    "off-schema": another_shape,
    "bad-unicode": broken_text,
    "absurd-length": megabytes,
    "garbage": nonsense,
}


def test_every_fault_has_an_expectation() -> None:
    assert EXPECTED.keys() == FAULTS.keys()


def test_every_distortion_is_used_and_exists() -> None:
    used = {fault.distortion for fault in FAULTS.values()} - {None}
    assert used == DISTORTIONS.keys()


@pytest.mark.parametrize("stream", [False, True], ids=["whole", "streamed"])
@pytest.mark.parametrize("name", EXPECTED)
async def test_a_fault_looks_on_the_wire_as_it_should(wire: Wire, name: str, stream: bool) -> None:
    await EXPECTED[name](wire, f"sim-{name}", stream)


@pytest.mark.parametrize("name", sorted(EXPECTED.keys() - {"flaky"}))
async def test_a_fault_strikes_by_script_as_by_the_models_name(wire: Wire, name: str) -> None:
    if name == "slow":
        await wire.script({"fault": name, "seconds": 0.01})
        assert (await ask(wire, "gpt-5-nano", stream=False)).status_code == 200
    else:
        await wire.script({"fault": name, "match": {"model": "gpt-5-nano"}})
        await EXPECTED[name](wire, "gpt-5-nano", False)
    assert (await wire.ledger())["calls"][0]["fault"] == name


async def test_the_parameters_of_a_step_change_the_fault(wire: Wire) -> None:
    await wire.script(
        {"fault": "rate-limited", "retry_after": 7},
        {"fault": "absurd-length", "characters": 50_000},
        {"fault": "truncated", "share": 0.1},
    )
    assert (await wire.chat()).headers["retry-after"] == "7"
    assert 50_000 < len((await wire.chat()).json()["choices"][0]["message"]["content"]) < 51_000
    assert len((await wire.chat()).json()["choices"][0]["message"]["content"]) < 15


async def test_a_stall_may_end_by_itself(wire: Wire) -> None:
    await wire.script({"fault": "stall", "seconds": 0.05})
    with pytest.raises(httpx.RemoteProtocolError):
        await wire.chat()


async def test_many_calls_stall_without_hindering_others(wire: Wire) -> None:
    stalled = [asyncio.create_task(wire.chat(model="sim-stall")) for _ in range(20)]
    for _ in range(3):
        assert (await wire.chat()).status_code == 200
    for task in stalled:
        task.cancel()
    results: list[Any] = await asyncio.gather(*stalled, return_exceptions=True)
    assert all(isinstance(result, asyncio.CancelledError) for result in results)


async def test_the_list_of_faults_names_model_and_parameters(wire: Wire) -> None:
    listed = {row["name"]: row for row in (await wire.http.get("/simulator/faults")).json()}
    assert listed.keys() == FAULTS.keys()
    assert listed["cut"]["model"] == "sim-cut"
    assert listed["cut"]["parameters"] == {"share": 0.5}
