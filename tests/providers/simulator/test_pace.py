import pytest

from providers.simulator.state import Allowance, duration
from tests.providers.simulator.conftest import Wire


async def test_latency_and_speed_are_kept(wire: Wire) -> None:
    await wire.settings(latency_ms=100)
    await wire.chat()
    assert (await wire.last_call())["duration_ms"] >= 99
    await wire.settings(latency_ms=0, tokens_per_second=1000, jitter=0.1)
    for stream in (False, True):
        await wire.chat(stream=stream)
        call = await wire.settled()
        assert call["duration_ms"] >= 0.85 * call["output_tokens"]


async def test_the_size_of_a_streams_pieces_can_be_set(wire: Wire) -> None:
    await wire.settings(tokens_per_chunk=1)
    small = (await wire.chat(stream=True)).text.count("data:")
    await wire.settings(tokens_per_chunk=100)
    assert (await wire.chat(stream=True)).text.count("data:") < small / 4


async def test_a_limit_that_is_set_is_kept(wire: Wire) -> None:
    await wire.settings(requests_per_minute=2)
    statuses = [(await wire.chat()).status_code for _ in range(2)]
    refused = await wire.chat()
    assert (statuses, refused.status_code) == ([200, 200], 429)
    assert refused.json()["error"]["code"] == "rate_limit_exceeded"
    assert refused.json()["error"]["type"] == "requests"
    assert 0 < int(refused.headers["retry-after-ms"]) <= 30_000
    assert refused.headers["x-ratelimit-remaining-requests"] == "0"
    await wire.settings(requests_per_minute=None, tokens_per_minute=100)
    assert (await wire.chat(text="word " * 60)).status_code == 200
    assert (await wire.chat(text="word " * 60)).json()["error"]["type"] == "tokens"


@pytest.mark.parametrize("body", [{"latency_ms": -1}, {"tokens_per_second": 0}, {"warp": 9}, {"jitter": 2}, [], "fast"])
async def test_a_wrong_setting_is_refused_and_changes_nothing(wire: Wire, body: object) -> None:
    before = (await wire.http.get("/simulator/settings")).json()
    assert (await wire.http.post("/simulator/settings", json=body)).status_code == 400
    assert (await wire.http.get("/simulator/settings")).json() == before


def test_an_allowance_refills_evenly() -> None:
    allowance = Allowance(60, now=0)
    allowance.use(60, now=0)
    assert allowance.left(0) == 0
    assert allowance.wait_s(5, now=0) == 5
    assert allowance.left(10) == 10
    assert allowance.left(1000) == 60
    assert allowance.wait_s(500, now=0) == 60


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "0ms"), (0.012, "12ms"), (1, "1s"), (1.5, "1.5s"), (59.9996, "60s"), (360, "6m0s")]
)
def test_durations_are_written_as_the_vendor_writes_them(seconds: float, text: str) -> None:
    assert duration(seconds) == text
