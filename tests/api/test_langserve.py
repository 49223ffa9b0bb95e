"""LangChain's own client over real HTTP, and what is closed."""

from typing import Any

import httpx
import pytest
from langserve import RemoteRunnable

from tests.api.conftest import PIM
from tests.api.helpers import paths, problem
from tests.conftest import Simulator

INPUT: dict[str, Any] = {"request": PIM}
BASE = "/graphs/content"


@pytest.fixture
def remote(service_url: str) -> RemoteRunnable[Any, Any]:
    return RemoteRunnable(service_url + BASE)


async def test_a_remote_call_gives_the_result(remote: RemoteRunnable[Any, Any], client: httpx.AsyncClient) -> None:
    result = await remote.ainvoke(INPUT)
    assert result["status"] == "accepted"
    assert (await client.get(f"/v1/content/{result['id']}")).json() == result


async def test_the_action_may_be_named(remote: RemoteRunnable[Any, Any]) -> None:
    assert (await remote.ainvoke({"action": "start", **INPUT}))["type"] == "backstory"


async def test_an_inline_theme_arrives_whole(remote: RemoteRunnable[Any, Any]) -> None:
    theme = {"id": "salt", "name": "Salt", "keywords": ["salt", "gull", "tide", "rope"], "register": "terse"}
    result = await remote.ainvoke({"request": {"type": "item", "theme": theme}})
    assert result["provenance"]["theme_id"] == "salt"


async def test_a_remote_batch_answers_in_order(remote: RemoteRunnable[Any, Any]) -> None:
    results = await remote.abatch([{"request": {"type": name}} for name in ("item", "npc", "location")])
    assert [result["type"] for result in results] == ["item", "npc", "location"]


async def test_a_callers_configuration_is_no_error(remote: RemoteRunnable[Any, Any]) -> None:
    config: Any = {"tags": ["mine"], "metadata": {"a": 1}, "configurable": {"thread_id": "7"}, "max_concurrency": 2}
    assert (await remote.ainvoke(INPUT, config))["type"] == "backstory"
    assert len(await remote.abatch([INPUT], config)) == 1


async def test_a_remote_stream_tells_the_events_and_the_result_last(remote: RemoteRunnable[Any, Any]) -> None:
    chunks = [chunk async for chunk in remote.astream({"request": {**PIM, "variant": 21}})]
    assert (chunks[0]["event"], chunks[-1]["event"]) == ("run", "result")
    assert {"stage", "delta", "findings"} <= {chunk["event"] for chunk in chunks}
    assert chunks[-1]["data"]["type"] == "backstory"


async def test_a_failure_inside_a_stream_is_its_last_chunk(
    remote: RemoteRunnable[Any, Any], simulator: Simulator
) -> None:
    await simulator.fail_next("rate-limited", retry_after=7)
    chunks = [chunk async for chunk in remote.astream({"request": {**PIM, "variant": 22}})]
    assert chunks[-1]["event"] == "error"
    assert chunks[-1]["data"]["code"] == "service_unavailable"


async def test_a_failed_call_is_a_problem(client: httpx.AsyncClient, simulator: Simulator) -> None:
    await simulator.fail_next("rate-limited", retry_after=7)
    response = await client.post(f"{BASE}/invoke", json={"input": {"request": {**PIM, "variant": 23}}})
    problem(response, 503, "service_unavailable")
    assert response.headers["retry-after"] == "7"


async def test_what_is_wrong_with_a_streamed_request_is_no_stream(client: httpx.AsyncClient) -> None:
    body = {"input": {"request": {**PIM, "subject": {"level": 99}}}}
    assert paths(problem(await client.post(f"{BASE}/stream", json=body), 422)) == {"/input/request/subject/level"}


async def test_the_fault_of_one_input_names_it_in_the_batch(client: httpx.AsyncClient) -> None:
    body = {"inputs": [INPUT, {"request": {"type": "item", "subject": {"rarity": "shiny"}}}]}
    told = problem(await client.post(f"{BASE}/batch", json=body), 422)
    assert paths(told) == {"/inputs/1/request/subject/rarity"}


async def test_an_empty_batch_is_answered_empty(client: httpx.AsyncClient) -> None:
    response = await client.post(f"{BASE}/batch", json={"inputs": []})
    assert response.json()["output"] == []


@pytest.mark.parametrize("action", ["resume", "stop"])
async def test_an_action_that_is_not_offered_is_refused(client: httpx.AsyncClient, action: str) -> None:
    response = await client.post(f"{BASE}/invoke", json={"input": {"action": action, **INPUT}})
    assert paths(problem(response, 422)) == {"/input/action"}


@pytest.mark.parametrize("name", ["stream_log", "stream_events", "feedback", "token_feedback", "public_trace_link"])
async def test_what_shows_inner_state_is_closed(client: httpx.AsyncClient, name: str) -> None:
    problem(await client.post(f"{BASE}/{name}", json={"input": INPUT}), 404, "not_found")


@pytest.mark.parametrize(("name", "field"), [("input_schema", "request"), ("output_schema", "status")])
async def test_the_schemas_are_served(client: httpx.AsyncClient, name: str, field: str) -> None:
    assert field in (await client.get(f"{BASE}/{name}")).json()["properties"]


async def test_the_playground_has_our_form_our_script_and_its_assets(client: httpx.AsyncClient) -> None:
    page = await client.get(f"{BASE}/playground", follow_redirects=True)
    assert page.headers["content-type"].startswith("text/html")
    assert page.text.index("window.INPUT_SCHEMA = {") < page.text.rindex("window.INPUT_SCHEMA = {")
    assert "Pim Fiddlewick" in page.text
    assert "/stream_log" in page.text
    asset = page.text.partition('src="')[2].partition('"')[0]
    assert (await client.get(asset)).headers["content-type"].startswith("application/javascript")
