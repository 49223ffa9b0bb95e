"""What a request would cost is told before it is sent, and turns out true."""

from typing import Any

import httpx
import pytest

from dnd.content import CONTENT_TYPES
from dnd.content.samples import sample
from tests.conftest import Simulator


async def estimated(client: httpx.AsyncClient, request: dict[str, Any]) -> dict[str, Any]:
    response = await client.post("/v1/estimate", json=request)
    assert response.status_code == 200, response.text
    return response.json()


@pytest.mark.parametrize("kind", [kind.name for kind in CONTENT_TYPES])
async def test_what_a_request_costs_lies_within_its_estimate(
    client: httpx.AsyncClient, simulator: Simulator, kind: str
) -> None:
    request = sample(kind)[0]
    told = await estimated(client, request)
    assert await simulator.calls() == []
    result = (await client.post("/v1/content", json=request)).json()
    assert told["cost_usd"]["low"] <= result["usage"]["cost_usd"] <= told["cost_usd"]["high"]
    first = result["trace"][0]["usage"]
    assert told["prompt_tokens"] == pytest.approx(first["input_tokens"], rel=0.3)
    assert told["answer_tokens"][0] <= first["output_tokens"] <= told["answer_tokens"][1]


async def test_fewer_attempts_and_a_cap_lower_the_most(client: httpx.AsyncClient) -> None:
    request = sample("npc")[0]
    three = await estimated(client, request)
    one = await estimated(client, {**request, "policy": {"max_attempts": 1}})
    capped = await estimated(client, {**request, "policy": {"max_cost_usd": 0.001}})
    assert (three["attempts"], one["attempts"]) == (3, 1)
    assert one["cost_usd"]["high"] < three["cost_usd"]["high"]
    assert capped["cost_usd"]["high"] == 0.001
