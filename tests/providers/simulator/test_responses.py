import json
from typing import Any, cast

import pytest
from openai import BadRequestError
from openai.types.responses import Response, ResponseFunctionToolCall, ToolParam

from tests.providers.simulator.conftest import SCHEMA, Wire

TEXT: dict[str, Any] = {"format": {"type": "json_schema", "name": "thing", "strict": True, "schema": SCHEMA}}


async def post(wire: Wire, **body: object) -> dict[str, Any]:
    return (await wire.http.post("/v1/responses", json={"model": "gpt-5-nano", "input": "Hello", **body})).json()


async def test_an_answer_has_reasoning_and_a_message(wire: Wire) -> None:
    response = await wire.openai.responses.create(
        model="gpt-5-nano", input="Hello", instructions="Be brief.", reasoning={"effort": "low"}, max_output_tokens=4000
    )
    assert response.status == "completed"
    assert response.model == "gpt-5-nano-2025-08-07"
    assert [item.type for item in response.output] == ["reasoning", "message"]
    assert "Hello" in response.output_text
    assert response.usage is not None
    assert response.usage.output_tokens_details.reasoning_tokens > 0
    assert response.usage.total_tokens == response.usage.input_tokens + response.usage.output_tokens
    assert (response.instructions, response.max_output_tokens) == ("Be brief.", 4000)


async def test_items_of_input_are_read_as_messages(wire: Wire) -> None:
    given: list[dict[str, Any]] = [
        {"type": "message", "role": "system", "content": "S"},
        {"role": "user", "content": [{"type": "input_text", "text": "A lantern"}]},
        {"type": "reasoning", "id": "rs_1", "summary": []},
        {"type": "function_call", "call_id": "c", "name": "roll", "arguments": "{}"},
        {"type": "function_call_output", "call_id": "c", "output": "17"},
    ]
    answer = await post(wire, input=given)
    assert "A lantern" in answer["output"][-1]["content"][0]["text"]


async def test_the_same_question_gets_the_same_text_on_both_endpoints(wire: Wire) -> None:
    chat = (await wire.chat()).json()["choices"][0]["message"]["content"]
    assert (await post(wire))["output"][-1]["content"][0]["text"] == chat


async def test_a_structured_answer_is_json_of_the_schema(wire: Wire) -> None:
    answer = await post(wire, text=TEXT)
    assert set(json.loads(answer["output"][-1]["content"][0]["text"])) == {"title", "tags"}
    assert answer["text"]["format"]["name"] == "thing"


async def test_a_stream_has_every_event_in_order(wire: Wire) -> None:
    types: list[str] = []
    text = ""
    async with wire.openai.responses.stream(model="gpt-5-nano", input="Hello") as stream:
        numbers: list[int] = []
        async for event in stream:
            numbers.append(event.sequence_number)
            types.append(event.type)
            if event.type == "response.output_text.delta":
                text += event.delta
        final = await stream.get_final_response()
    assert numbers == list(range(len(numbers)))
    assert final.output_text == text
    assert list(dict.fromkeys(types)) == [
        "response.created",
        "response.in_progress",
        "response.output_item.added",
        "response.output_item.done",
        "response.content_part.added",
        "response.output_text.delta",
        "response.output_text.done",
        "response.content_part.done",
        "response.completed",
    ]


@pytest.mark.parametrize("stream", [False, True])
async def test_a_function_is_called_when_it_must_be(wire: Wire, stream: bool) -> None:
    tools: list[dict[str, Any]] = [
        {
            "type": "function",
            "name": "paint",
            "strict": False,
            "parameters": {"type": "object", "properties": {"prompt": {"type": "string"}}},
        }
    ]
    body = {"model": "gpt-5-nano", "input": "A tower", "tools": tools, "tool_choice": "required", "stream": stream}
    if stream:
        given = cast("list[ToolParam]", tools)
        events = wire.openai.responses.stream(model="gpt-5-nano", input="A tower", tools=given, tool_choice="required")
        async with events as entered:
            response: Response = await entered.get_final_response()
    else:
        response = Response.model_validate(await post(wire, **body))
    call = response.output[-1]
    assert isinstance(call, ResponseFunctionToolCall)
    assert (call.name, json.loads(call.arguments)) == ("paint", {"prompt": "A tower"})


async def test_an_answer_without_budget_is_incomplete(wire: Wire) -> None:
    answer = await post(wire, max_output_tokens=16)
    assert answer["status"] == "incomplete"
    assert answer["incomplete_details"] == {"reason": "max_output_tokens"}


async def test_a_refusal_is_a_part_of_its_own(wire: Wire) -> None:
    answer = await post(wire, model="sim-refusal")
    assert answer["output"][-1]["content"][0]["type"] == "refusal"
    kinds = [event.type async for event in await wire.openai.responses.create(
        model="sim-refusal", input="x", stream=True
    )]  # fmt: skip
    assert "response.refusal.delta" in kinds
    assert "response.refusal.done" in kinds


async def test_an_error_in_a_stream_is_an_error_event(wire: Wire) -> None:
    stream = await wire.openai.responses.create(model="sim-error-event", input="x", stream=True)
    events = [event async for event in stream]
    assert events[-1].type == "error"
    assert events[-1].code == "server_error"
    assert [event.sequence_number for event in events] == list(range(len(events)))


@pytest.mark.parametrize(
    ("body", "param"),
    [
        ({"temperature": 0.2}, "temperature"),
        ({"max_completion_tokens": 100}, "max_completion_tokens"),
        ({"max_output_tokens": 4}, "max_output_tokens"),
        ({"input": None}, "input"),
        ({"input": [7]}, "input[0]"),
        ({"input": [{"role": "bard", "content": "x"}]}, "input[0].role"),
        ({"input": [{"type": "song"}]}, "input[0].type"),
        ({"previous_response_id": "resp_1"}, "previous_response_id"),
        ({"reasoning": {"effort": "utmost"}}, "reasoning.effort"),
        (
            {"text": {"format": {"type": "json_schema", "name": "a", "strict": True, "schema": {}}}},
            "text.format.schema",
        ),
        ({"text": {"format": {"type": "json_schema", "schema": {}}}}, "text.format.name"),
        ({"tools": [{"type": "function"}]}, "tools[0].name"),
    ],
    ids=str,
)
async def test_what_the_vendor_refuses_is_refused(wire: Wire, body: dict[str, Any], param: str) -> None:
    error = (await post(wire, **body))["error"]
    assert (error["param"], error["type"]) == (param, "invalid_request_error")


async def test_the_openai_client_raises_on_a_refused_parameter(wire: Wire) -> None:
    with pytest.raises(BadRequestError):
        await wire.openai.responses.create(model="gpt-5", input="x", top_p=0.1)
