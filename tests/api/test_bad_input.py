"""Whatever is wrong with a request, the answer is a problem that names the field."""

from typing import Any

import httpx
import pytest

from api.openapi import sample
from tests.api.conftest import PIM
from tests.api.helpers import paths, problem

JSON = {"content-type": "application/json"}
WRITERS = ("/v1/content", "/v1/content/stream", "/v1/text/character", "/v1/estimate")
GRAPHS = ("/graphs/content/invoke", "/graphs/content/batch", "/graphs/content/stream")
ENDPOINTS = (*WRITERS, "/v1/validate", *GRAPHS)
MISSING = object()

WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "a missing field": ({"type": MISSING}, "/type"),
    "a wrong type": ({"facts": "just one"}, "/facts"),
    "a wrong entry": ({"facts": ["long enough", 3]}, "/facts/1"),
    "an unknown field": ({"colour": "red"}, "/colour"),
    "an unknown content type": ({"type": "sonnet"}, "/type"),
    "an unknown theme": ({"theme": "noir"}, "/theme"),
    "a theme of no shape": ({"theme": 5}, "/theme"),
    "half an inline theme": ({"theme": {"id": "mine"}}, "/theme/name"),
    "an inline theme upside down": (
        {"theme": {"id": "mine", "name": "Mine", "reading_level": {"low": 9, "high": 2}}},
        "/theme/reading_level",
    ),
    "an unknown length": ({"length": "epic"}, "/length"),
    "an unknown edition": ({"edition": "3.5"}, "/edition"),
    "a policy out of bounds": ({"policy": {"max_attempts": 9}}, "/policy/max_attempts"),
    "a subject out of bounds": ({"subject": {"name": "Pim", "level": 99}}, "/subject/level"),
    "an unknown field of the subject": ({"subject": {"colour": "red"}}, "/subject/colour"),
    "a control character": ({"facts": ["She was\u0000 here"]}, "/facts/0"),
    "a control character in the subject": ({"subject": {"name": "P\u0007im"}}, "/subject/name"),
    "too many facts": ({"facts": ["She was here"] * 13}, "/facts"),
}


def _wrapped(endpoint: str, request: dict[str, Any]) -> tuple[dict[str, Any], str]:
    """The body for `endpoint` and where in it the request stands."""
    if endpoint.endswith("/batch"):
        return {"inputs": [{"request": request}]}, "/inputs/0/request"
    if endpoint in GRAPHS:
        return {"input": {"request": request}}, "/input/request"
    return request, ""


def _body(endpoint: str, changes: dict[str, Any]) -> tuple[dict[str, Any], str]:
    request = {**PIM, **changes}
    if endpoint == "/v1/validate":
        request = {"content": sample("backstory")["content"], **request}
    return _wrapped(endpoint, {key: value for key, value in request.items() if value is not MISSING})


@pytest.mark.parametrize("endpoint", ENDPOINTS)
@pytest.mark.parametrize("case", WRONG)
async def test_the_field_at_fault_is_named(client: httpx.AsyncClient, endpoint: str, case: str) -> None:
    changes, path = WRONG[case]
    body, prefix = _body(endpoint, changes)
    told = problem(await client.post(endpoint, json=body), 422)
    assert paths(told) == {prefix + path}


@pytest.mark.parametrize("endpoint", ENDPOINTS)
@pytest.mark.parametrize("body", [b"{bad", b"", b'{"type": NaN}', b'"\xff"', b"[" * 100_000, b'{"type": "\\ud800"}'])
async def test_a_body_that_is_no_json_is_a_problem(client: httpx.AsyncClient, endpoint: str, body: bytes) -> None:
    told = problem(await client.post(endpoint, content=body, headers=JSON), 422)
    assert paths(told) == {""}
    assert "JSON" in told["detail"]


@pytest.mark.parametrize("endpoint", ENDPOINTS)
async def test_a_body_that_is_no_object_is_a_problem(client: httpx.AsyncClient, endpoint: str) -> None:
    assert paths(problem(await client.post(endpoint, json=[1]), 422)) == {""}


@pytest.mark.parametrize("endpoint", ENDPOINTS)
async def test_another_content_type_is_415(client: httpx.AsyncClient, endpoint: str) -> None:
    response = await client.post(endpoint, data={"type": "backstory"})
    assert paths(problem(response, 415, "unsupported_media_type")) == {"header/content-type"}


async def test_a_body_without_a_content_type_is_taken_as_json(client: httpx.AsyncClient) -> None:
    request = client.build_request("POST", "/v1/content", content=b'{"type": "sonnet"}')
    assert "content-type" not in request.headers
    assert paths(problem(await client.send(request), 422)) == {"/type"}


@pytest.mark.parametrize("endpoint", ENDPOINTS)
async def test_a_body_too_large_is_413(client: httpx.AsyncClient, endpoint: str) -> None:
    response = await client.post(endpoint, content=b" " * 1_100_000, headers=JSON)
    assert "1048576" in problem(response, 413, "payload_too_large")["detail"]


@pytest.mark.parametrize("endpoint", ENDPOINTS)
async def test_a_wrong_method_is_405_and_names_the_right_one(client: httpx.AsyncClient, endpoint: str) -> None:
    response = await client.put(endpoint, json={})
    problem(response, 405, "method_not_allowed")
    assert "POST" in response.headers["allow"].split(", ")


async def test_all_methods_of_a_path_are_named(client: httpx.AsyncClient) -> None:
    response = await client.delete("/v1/content")
    assert response.headers["allow"] == "GET, POST"


async def test_an_unknown_path_is_404(client: httpx.AsyncClient) -> None:
    assert "/v1/nowhere" in problem(await client.get("/v1/nowhere"), 404, "not_found")["detail"]


@pytest.mark.parametrize(
    ("query", "path"),
    [
        ({"limit": "0"}, "query/limit"),
        ({"limit": "many"}, "query/limit"),
        ({"status": "perfect"}, "query/status"),
        ({"campaign_id": "x"}, "query/campaign_id"),
        ({"cursor": "not one of ours"}, "query/cursor"),
    ],
)
async def test_a_wrong_query_names_the_parameter(client: httpx.AsyncClient, query: dict[str, str], path: str) -> None:
    assert paths(problem(await client.get("/v1/content", params=query), 422)) == {path}


async def test_a_wrong_id_names_the_parameter(client: httpx.AsyncClient) -> None:
    assert paths(problem(await client.get("/v1/content/7"), 422)) == {"path/content_id"}


async def test_a_wrong_view_names_the_parameter(client: httpx.AsyncClient) -> None:
    url = "/v1/content/01890a5d-ac96-774b-bcce-b302099a8057"
    assert paths(problem(await client.get(url, params={"view": "monster"}), 422)) == {"query/view"}


@pytest.mark.parametrize("key", ["k" * 201, "two words", "\u00e9"])
async def test_a_wrong_idempotency_key_names_the_header(client: httpx.AsyncClient, key: str) -> None:
    headers = {"Idempotency-Key": key.encode()}
    response = await client.post("/v1/content", json=PIM, headers=headers)  # pyright: ignore[reportArgumentType] -- httpx takes bytes
    assert paths(problem(response, 422)) == {"header/Idempotency-Key"}


async def test_a_review_is_refused_while_no_run_can_pause(client: httpx.AsyncClient) -> None:
    response = await client.post("/v1/content", json={**PIM, "policy": {"review": True}})
    assert paths(problem(response, 422)) == {"/policy/review"}


@pytest.mark.parametrize(("endpoint", "type"), [("/v1/text/character", "npc"), ("/v1/text/campaign", "backstory")])
async def test_a_type_of_another_group_is_400(client: httpx.AsyncClient, endpoint: str, type: str) -> None:  # noqa: A002 -- the field's name
    told = problem(await client.post(endpoint, json={"type": type}), 400)
    assert paths(told) == {"/type"}
    assert type in told["detail"]


async def test_a_batch_beyond_its_size_is_refused_as_a_whole(client: httpx.AsyncClient) -> None:
    response = await client.post("/graphs/content/batch", json={"inputs": [{"request": PIM}] * 21})
    assert paths(problem(response, 422)) == {"/inputs"}


async def test_no_more_fields_are_named_than_a_person_reads(client: httpx.AsyncClient) -> None:
    body = {"type": "backstory", **{f"unknown{number}": 1 for number in range(500)}}
    assert len(problem(await client.post("/v1/content", json=body), 422)["errors"]) == 30
