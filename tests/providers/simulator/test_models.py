from datetime import UTC, datetime

import httpx
import pytest

from providers.catalogue import model_row
from providers.simulator.app import create_simulator
from providers.simulator.faults import FAULTS
from providers.simulator.models import SimulatedModel, simulated_models
from providers.simulator.server import serve_in_background
from tests.providers.simulator.conftest import Wire


async def test_the_list_has_the_real_ids_and_every_fault(wire: Wire) -> None:
    listed = {row.id: row async for row in await wire.openai.models.list()}
    own = {"sim-flawless", "sim-decent", "sim-stubborn", "sim-garbage", "sim-chat", "sim-json"}
    real = {"gpt-5-nano", "gpt-5-mini", "gpt-5", "gpt-5.4-nano", "gpt-5.6-luna"}
    older = {"gpt-4.1", "gpt-4.1-mini", "gpt-4o", "gpt-4o-mini"}
    assert listed.keys() == own | real | older | {f"sim-{name}" for name in FAULTS}
    assert listed["gpt-5-nano"].shutdown_date == "2026-12-11"
    assert listed["gpt-5.6-luna"].shutdown_date is None


async def test_one_model_is_found_by_id_and_by_snapshot(wire: Wire) -> None:
    assert (await wire.openai.models.retrieve("gpt-4o")).id == "gpt-4o"
    assert (await wire.openai.models.retrieve("gpt-5-nano-2025-08-07")).shutdown_date == "2026-12-11"
    missing = await wire.http.get("/v1/models/gpt-9")
    assert (missing.status_code, missing.json()["error"]["code"]) == (404, "model_not_found")


async def test_a_model_ends_on_its_day_only_where_that_is_enforced() -> None:
    now = [datetime(2026, 12, 10, 23, 59, tzinfo=UTC).timestamp()]
    simulator = create_simulator(clock=lambda: now[0])
    async with (
        serve_in_background(simulator) as base_url,
        httpx.AsyncClient(base_url=base_url, headers={"authorization": "Bearer k"}, trust_env=False) as http,
    ):
        body = {"model": "gpt-5-nano", "messages": [{"role": "user", "content": "x"}]}

        async def status() -> int:
            return (await http.post("/chat/completions", json=body)).status_code

        settings = base_url.removesuffix("/v1") + "/simulator/settings"
        await http.post(settings, json={"enforce_shutdown": True})
        assert await status() == 200
        now[0] += 120
        assert await status() == 404
        await http.post(settings, json={"enforce_shutdown": False})
        assert await status() == 200


@pytest.mark.parametrize("row", simulated_models().values(), ids=lambda row: row.id)
def test_prices_ends_and_abilities_are_those_of_the_catalogue(row: SimulatedModel) -> None:
    known = model_row(row.id)
    tokens = {"input_tokens": 1_000_000, "cached_tokens": 400_000, "output_tokens": 1_000_000}
    assert row.cost(**tokens) == pytest.approx(known.cost(**tokens))
    assert row.shutdown == known.shutdown
    assert row.structured == known.structured
    assert row.reasoning == known.reasoning
    assert row.output_tokens >= known.max_output_tokens
    assert set(known.efforts) <= set(row.efforts)
    if row.reasoning and not row.sampling:
        assert {"max_tokens", "temperature"} <= known.refuses
