from typing import Any

import pytest

from tests.providers.simulator.conftest import FORMAT, Wire

Case = tuple[dict[str, Any], str, str | None]

REFUSED_BY_REASONING_MODELS: list[Case] = [
    ({"max_tokens": 100}, "max_tokens", "unsupported_parameter"),
    ({"temperature": 0.7}, "temperature", "unsupported_value"),
    ({"top_p": 0.5}, "top_p", "unsupported_value"),
    ({"presence_penalty": 1}, "presence_penalty", "unsupported_value"),
    ({"frequency_penalty": 1}, "frequency_penalty", "unsupported_value"),
    ({"logprobs": True}, "logprobs", "unsupported_value"),
    ({"logit_bias": {"5": 1}}, "logit_bias", "unsupported_value"),
    ({"stop": "x"}, "stop", "unsupported_parameter"),
    ({"reasoning_effort": "none"}, "reasoning_effort", "unsupported_value"),
    ({"reasoning_effort": "utmost"}, "reasoning_effort", "unsupported_value"),
]
REFUSED_BY_ALL: list[Case] = [
    ({"temprature": 1}, "temprature", "unknown_parameter"),
    ({"temperature": "hot"}, "temperature", "invalid_type"),
    ({"temperature": True}, "temperature", "invalid_type"),
    ({"temperature": 3}, "temperature", "decimal_above_max_value"),
    ({"top_p": -1}, "top_p", "decimal_below_min_value"),
    ({"stream": "yes"}, "stream", "invalid_type"),
    ({"n": 0}, "n", "integer_below_min_value"),
    ({"n": 129}, "n", "integer_above_max_value"),
    ({"n": 1.5}, "n", "invalid_type"),
    ({"max_completion_tokens": 0}, "max_completion_tokens", "integer_below_min_value"),
    ({"max_completion_tokens": 500_000}, "max_completion_tokens", "invalid_value"),
    ({"verbosity": "chatty"}, "verbosity", "invalid_value"),
    ({"service_tier": "gold"}, "service_tier", "invalid_value"),
    ({"messages": []}, "messages", "empty_array"),
    ({"messages": "hello"}, "messages", "invalid_type"),
    ({"messages": ["hello"]}, "messages[0]", "invalid_type"),
    ({"messages": [{"role": "bard", "content": "x"}]}, "messages[0].role", "invalid_value"),
    ({"messages": [{"role": "user", "content": None}]}, "messages[0].content", "invalid_type"),
    ({"messages": [{"role": "tool", "content": "x"}]}, "messages[0].role", None),
    ({"messages": None}, "messages", "missing_required_parameter"),
    ({"response_format": {"type": "yaml"}}, "response_format.type", "invalid_value"),
    (
        {"response_format": {"type": "json_schema", "json_schema": {"schema": {}}}},
        "response_format.json_schema.name",
        "missing_required_parameter",
    ),
    (
        {"response_format": {"type": "json_schema", "json_schema": {"name": "a b", "schema": {}}}},
        "response_format.json_schema.name",
        "invalid_value",
    ),
    (
        {"response_format": {"type": "json_schema", "json_schema": {"name": "a"}}},
        "response_format.json_schema.schema",
        "missing_required_parameter",
    ),
    (
        {"response_format": {"type": "json_schema", "json_schema": {"name": "a", "strict": True, "schema": {}}}},
        "response_format",
        "invalid_json_schema",
    ),
    ({"tools": [{"type": "magic"}]}, "tools[0].type", "invalid_value"),
    ({"tools": [{"type": "function", "function": {}}]}, "tools[0].function.name", "missing_required_parameter"),
    (
        {"tools": [{"type": "function", "function": {"name": "f", "strict": True, "parameters": {"type": "object"}}}]},
        "tools[0].function.parameters",
        "invalid_function_parameters",
    ),
    ({"tool_choice": "required"}, "tool_choice", None),
    ({"tool_choice": "often"}, "tool_choice", "invalid_value"),
    ({"tool_choice": {"type": "function", "function": {"name": "f"}}}, "tool_choice", None),
]


async def refusal(wire: Wire, model: str, case: Case) -> None:
    body, param, code = case
    response = await wire.chat(model=model, **body)
    error = response.json()["error"]
    assert (response.status_code, error["param"], error["code"]) == (400, param, code)
    assert error["type"] == "invalid_request_error"
    assert error["message"]


@pytest.mark.parametrize("case", REFUSED_BY_REASONING_MODELS, ids=str)
async def test_reasoning_models_refuse_what_the_vendor_refuses(wire: Wire, case: Case) -> None:
    for model in ("gpt-5-nano", "gpt-5-nano-2025-08-07", "gpt-5.6-luna"):
        await refusal(wire, model, case)


@pytest.mark.parametrize("case", REFUSED_BY_ALL, ids=str)
async def test_every_model_refuses_what_no_model_takes(wire: Wire, case: Case) -> None:
    for model in ("gpt-5-nano", "gpt-4o", "sim-decent"):
        await refusal(wire, model, case)


async def test_a_refused_request_is_free_and_in_the_ledger(wire: Wire) -> None:
    await wire.chat(temperature=0.1)
    call = await wire.last_call()
    assert (call["status"], call["outcome"], call["cost_usd"], call["input_tokens"]) == (400, "refused", 0, 0)


async def test_reasoning_models_take_the_defaults_and_null(wire: Wire) -> None:
    response = await wire.chat(
        temperature=1,
        top_p=1,
        presence_penalty=0,
        frequency_penalty=0,
        logprobs=False,
        logit_bias={},
        stop=None,
        max_tokens=None,
        seed=7,
        verbosity="low",
        reasoning_effort="minimal",
        metadata={"a": "b"},
        store=False,
    )
    assert response.status_code == 200


async def test_older_models_take_sampling_and_refuse_reasoning(wire: Wire) -> None:
    taken = await wire.chat(model="gpt-4o", temperature=0.2, max_tokens=100, stop=["x"], top_p=0.5, verbosity="medium")
    assert taken.status_code == 200
    assert taken.json()["usage"]["completion_tokens_details"]["reasoning_tokens"] == 0
    await refusal(wire, "gpt-4o", ({"reasoning_effort": "low"}, "reasoning_effort", None))
    await refusal(wire, "gpt-4o", ({"verbosity": "high"}, "verbosity", "unsupported_value"))


async def test_a_model_is_required(wire: Wire) -> None:
    response = await wire.http.post("/v1/chat/completions", json={"messages": []})
    assert (response.status_code, response.json()["error"]["param"]) == (400, "model")


async def test_a_conversation_with_tool_results_is_taken(wire: Wire) -> None:
    call = {"id": "c1", "type": "function", "function": {"name": "roll", "arguments": "{}"}}
    messages = [
        {"role": "developer", "content": [{"type": "text", "text": "Be brief."}]},
        {"role": "user", "content": "Roll."},
        {"role": "assistant", "content": None, "tool_calls": [call]},
        {"role": "tool", "tool_call_id": "c1", "content": "17"},
    ]
    assert (await wire.chat(messages=messages)).status_code == 200


async def test_no_fault_hides_an_illegal_request(wire: Wire) -> None:
    await wire.script({"fault": "server-error"})
    assert (await wire.chat(temperature=0.1)).status_code == 400
    assert (await wire.chat()).status_code == 500


async def test_a_schema_that_is_not_strict_is_not_held_to_the_strict_rules(wire: Wire) -> None:
    schema = {"type": "object", "properties": {"a": {"type": "string", "minLength": 3}}}
    form = {**FORMAT, "json_schema": {"name": "loose", "schema": schema}}
    assert (await wire.chat(response_format=form)).status_code == 200
