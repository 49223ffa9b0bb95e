import pytest

from tests.providers.simulator.conftest import Wire


async def statuses(wire: Wire, count: int, **more: str) -> list[int]:
    return [(await wire.chat(**more)).status_code for _ in range(count)]


async def test_steps_are_consumed_in_order_and_then_all_is_well(wire: Wire) -> None:
    await wire.script({"fault": "server-error", "times": 2}, {"fault": None}, {"fault": "unavailable"})
    assert await statuses(wire, 6) == [500, 500, 200, 503, 200, 200]


async def test_unconsumed_steps_stay_visible(wire: Wire) -> None:
    await wire.script({"fault": "server-error", "times": 3, "match": {"model": "gpt-5"}}, {"fault": "unavailable"})
    await wire.chat(model="gpt-5")
    view = (await wire.http.get("/simulator/script")).json()
    assert (view["unconsumed"], view["consumed"]) == (3, 1)
    assert [(step["fault"], step["remaining"]) for step in view["steps"]] == [("server-error", 2), ("unavailable", 1)]
    assert (await wire.http.delete("/simulator/script")).json() == {"steps": [], "unconsumed": 0, "consumed": 0}
    assert await statuses(wire, 1, model="gpt-5") == [200]


async def test_a_step_strikes_only_the_calls_that_it_matches(wire: Wire) -> None:
    await wire.script(
        {"fault": "server-error", "match": {"model": "gpt-5-mini"}},
        {"fault": "unavailable", "match": {"contains": "dragon"}},
        {"fault": "forbidden", "match": {"endpoint": "/v1/embeddings"}},
    )
    assert await statuses(wire, 1, model="gpt-5-nano", text="A gnome") == [200]
    assert await statuses(wire, 1, model="gpt-5-nano", text="A dragon") == [503]
    assert await statuses(wire, 1, model="gpt-5-mini", text="A gnome") == [500]
    body = {"model": "text-embedding-3-small", "input": "a"}
    assert (await wire.http.post("/v1/embeddings", json=body)).status_code == 403
    assert (await wire.http.post("/v1/embeddings", json=body)).status_code == 200


async def test_a_fault_of_text_waits_for_a_call_that_writes_text(wire: Wire) -> None:
    await wire.script({"fault": "refusal"})
    assert (await wire.http.post("/v1/moderations", json={"input": "a"})).status_code == 200
    assert (await wire.chat()).json()["choices"][0]["message"]["refusal"]


async def test_a_step_may_dictate_the_answer(wire: Wire) -> None:
    await wire.script({"fault": None, "text": '{"title": "Fog"}', "times": 2})
    assert (await wire.http.post("/v1/moderations", json={"input": "a"})).status_code == 200
    whole = (await wire.chat(model="sim-server-error")).json()
    assert whole["choices"][0]["message"]["content"] == '{"title": "Fog"}'
    assert whole["choices"][0]["finish_reason"] == "stop"
    streamed = (await wire.chat(stream=True)).text
    assert '"content":"{' in streamed
    assert "Fog" in streamed
    cut = {"fault": None, "text": "word " * 1000}
    await wire.script(cut)
    assert (await wire.chat(max_completion_tokens=400)).json()["choices"][0]["finish_reason"] == "length"


async def test_the_list_of_models_fails_only_when_named(wire: Wire) -> None:
    await wire.script({"fault": "server-error"}, {"fault": "unavailable", "match": {"endpoint": "/v1/models"}})
    assert (await wire.http.get("/v1/models")).status_code == 503
    assert (await wire.http.get("/v1/models")).status_code == 200
    assert (await wire.chat()).status_code == 500


async def test_a_script_overrules_the_models_own_fault(wire: Wire) -> None:
    await wire.script({"fault": "unavailable"})
    assert await statuses(wire, 2, model="sim-server-error") == [503, 500]


WRONG: list[tuple[object, str]] = [
    ([{"fault": "meteor"}], "there is no fault 'meteor'"),
    ([{"fault": "cut", "shear": 0.5}], "no parameter 'shear'"),
    ([{"fault": "cut", "share": "half"}], "must be a number"),
    ([{"fault": "cut", "share": True}], "must be a number"),
    ([{"fault": "cut", "times": 0}], "greater than or equal to 1"),
    ([{"fault": "cut", "match": {"colour": "red"}}], "Extra inputs"),
    ([{}], "Field required"),
    ([{"fault": "cut", "text": "x"}], "a fault or a text"),
    ({"fault": "cut"}, "valid array"),
    ("cut", "valid array"),
]


@pytest.mark.parametrize(("steps", "said"), WRONG, ids=str)
async def test_a_wrong_step_is_refused_and_nothing_is_queued(wire: Wire, steps: object, said: str) -> None:
    response = await wire.http.post("/simulator/script", json=steps)
    assert response.status_code == 400
    assert said in response.text
    assert (await wire.http.get("/simulator/script")).json()["unconsumed"] == 0


async def test_reset_begins_anew(wire: Wire) -> None:
    await wire.settings(requests_per_minute=1)
    await wire.script({"fault": "server-error"})
    await wire.chat()
    await wire.http.post("/simulator/reset")
    assert (await wire.ledger())["totals"]["calls"] == 0
    assert (await wire.http.get("/simulator/settings")).json()["requests_per_minute"] is None
    assert await statuses(wire, 3) == [200, 200, 200]
