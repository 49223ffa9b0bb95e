import json
from typing import Any, cast

import httpx
import pytest
from openai import AsyncOpenAI, AuthenticationError, BadRequestError, NotFoundError
from openai.types.chat import ChatCompletionToolUnionParam

from tests.providers.simulator.conftest import FORMAT, SCHEMA, Wire


def events(response: httpx.Response) -> list[Any]:
    """The stream's events; the end mark as a string."""
    lines = [line.removeprefix("data: ") for line in response.text.split("\n\n") if line]
    return [line if line == "[DONE]" else json.loads(line) for line in lines]


async def test_a_plain_answer_has_the_vendors_shape(wire: Wire) -> None:
    response = await wire.chat(max_completion_tokens=8000)
    body = response.json()
    assert set(body) == {
        "id", "object", "created", "model", "choices", "usage", "service_tier", "system_fingerprint",
    }  # fmt: skip
    assert body["id"].startswith("chatcmpl-")
    assert body["object"] == "chat.completion"
    assert body["model"] == "gpt-5-nano-2025-08-07"
    assert body["system_fingerprint"] == "simulator"
    choice = body["choices"][0]
    assert choice["finish_reason"] == "stop"
    assert choice["logprobs"] is None
    assert choice["message"]["role"] == "assistant"
    assert choice["message"]["refusal"] is None
    assert choice["message"]["annotations"] == []
    assert "Hello" in choice["message"]["content"]


async def test_usage_adds_up_and_always_counts_reasoning(wire: Wire) -> None:
    for effort in ("minimal", "low", "medium", "high"):
        usage = (await wire.chat(reasoning_effort=effort)).json()["usage"]
        assert usage["total_tokens"] == usage["prompt_tokens"] + usage["completion_tokens"]
        details = usage["completion_tokens_details"]
        assert 0 < details["reasoning_tokens"] < usage["completion_tokens"]
        assert set(details) == {
            "reasoning_tokens", "audio_tokens", "accepted_prediction_tokens", "rejected_prediction_tokens",
        }  # fmt: skip
        assert usage["prompt_tokens_details"] == {"cached_tokens": 0, "audio_tokens": 0}


async def test_every_answer_carries_the_vendors_headers(wire: Wire) -> None:
    for response in (await wire.chat(), await wire.chat(stream=True), await wire.chat(model="no-such-model")):
        assert response.headers["x-request-id"].startswith("req_")
        assert response.headers["openai-version"] == "2020-10-01"
        assert response.headers["openai-processing-ms"].isdecimal()
        assert response.headers["openai-organization"]
        for kind in ("requests", "tokens"):
            assert int(response.headers[f"x-ratelimit-remaining-{kind}"]) <= int(
                response.headers[f"x-ratelimit-limit-{kind}"]
            )
            assert response.headers[f"x-ratelimit-reset-{kind}"].endswith("s")


async def test_the_same_question_gets_the_same_answer_under_another_id(wire: Wire) -> None:
    first, second = (await wire.chat()).json(), (await wire.chat()).json()
    assert first["choices"] == second["choices"]
    assert first["id"] != second["id"]


async def test_a_structured_answer_is_json_of_the_schema(wire: Wire) -> None:
    body = (await wire.chat(response_format=FORMAT)).json()
    content = json.loads(body["choices"][0]["message"]["content"])
    assert set(content) == {"title", "tags"}
    assert isinstance(content["title"], str)
    assert all(isinstance(tag, str) for tag in content["tags"])


async def test_a_brief_is_answered_by_the_writer(wire: Wire) -> None:
    brief = (
        "<request>\ntype: backstory\nedition: 5.2\nlength: full\nwords: 150-420 in story\n"
        "entries: 2-5 in turning_points; 1-5 in connections; 1-4 in hooks; 1-4 in dm_hooks\n"
        "variant: 0\nattempt: 1\n</request>\n<subject>\n- name: Pim Fiddlewick\n- class: wizard\n</subject>\n"
        "<facts>\nnone\n</facts>\n<theme>\nname: Gothic Horror\n</theme>\n<boundaries>\nnone\n</boundaries>"
    )
    message = (await wire.chat(model="sim-flawless", text=brief)).json()["choices"][0]["message"]
    assert "Pim" in json.loads(message["content"])["story"]


async def test_json_mode_answers_with_an_object_and_wants_the_word_json(wire: Wire) -> None:
    form = {"type": "json_object"}
    answer = await wire.chat(text="Answer in JSON.", response_format=form)
    assert isinstance(json.loads(answer.json()["choices"][0]["message"]["content"]), dict)
    refused = await wire.chat(text="Answer.", response_format=form)
    assert refused.status_code == 400
    assert refused.json()["error"]["param"] == "messages"


async def test_a_stream_joined_is_the_plain_answer(wire: Wire) -> None:
    plain = (await wire.chat(response_format=FORMAT)).json()["choices"][0]["message"]["content"]
    response = await wire.chat(response_format=FORMAT, stream=True)
    assert response.headers["content-type"].startswith("text/event-stream")
    *chunks, finish, done = events(response)
    assert done == "[DONE]"
    assert finish["choices"][0] == {"index": 0, "delta": {}, "logprobs": None, "finish_reason": "stop"}
    assert chunks[0]["choices"][0]["delta"] == {"role": "assistant", "content": "", "refusal": None}
    assert "".join(chunk["choices"][0]["delta"]["content"] for chunk in chunks) == plain
    assert len({chunk["id"] for chunk in chunks}) == 1
    assert all(chunk["object"] == "chat.completion.chunk" for chunk in chunks)
    assert all(chunk["system_fingerprint"] == "simulator" for chunk in chunks)
    assert all("usage" not in chunk for chunk in chunks)


async def test_usage_is_streamed_only_when_asked_for(wire: Wire) -> None:
    response = await wire.chat(stream=True, stream_options={"include_usage": True})
    *chunks, usage, _ = events(response)
    assert all(chunk["usage"] is None for chunk in chunks)
    assert usage["choices"] == []
    assert usage["usage"]["completion_tokens_details"]["reasoning_tokens"] > 0


async def test_stream_options_without_a_stream_are_refused(wire: Wire) -> None:
    response = await wire.chat(stream_options={"include_usage": True})
    assert (response.status_code, response.json()["error"]["param"]) == (400, "stream_options")


async def test_several_choices_are_given_and_billed(wire: Wire) -> None:
    one = (await wire.chat()).json()
    three = (await wire.chat(n=3)).json()
    assert [choice["index"] for choice in three["choices"]] == [0, 1, 2]
    assert three["usage"]["completion_tokens"] == 3 * one["usage"]["completion_tokens"]
    *chunks, _ = events(await wire.chat(n=2, stream=True))
    texts = ["", ""]
    for chunk in chunks:
        texts[chunk["choices"][0]["index"]] += chunk["choices"][0]["delta"].get("content", "")
    assert texts == [one["choices"][0]["message"]["content"]] * 2


@pytest.mark.parametrize("stream", [False, True])
async def test_a_budget_eaten_by_reasoning_gives_an_empty_answer_with_status_200(wire: Wire, stream: bool) -> None:
    response = await wire.chat(max_completion_tokens=50, stream=stream)
    assert response.status_code == 200
    if stream:
        *chunks, finish, _ = events(response)
        assert "".join(chunk["choices"][0]["delta"]["content"] for chunk in chunks) == ""
        assert finish["choices"][0]["finish_reason"] == "length"
        return
    body = response.json()
    assert body["choices"][0]["message"]["content"] == ""
    assert body["choices"][0]["finish_reason"] == "length"
    assert body["usage"]["completion_tokens_details"]["reasoning_tokens"] == 50


async def test_an_answer_longer_than_the_budget_is_cut(wire: Wire) -> None:
    body = (await wire.chat(response_format=FORMAT, reasoning_effort="minimal", max_completion_tokens=30)).json()
    assert body["choices"][0]["finish_reason"] == "length"
    assert body["usage"]["completion_tokens"] == 30
    assert body["choices"][0]["message"]["content"].startswith('{"title"')


async def test_a_required_tool_is_called_with_the_prompt(wire: Wire) -> None:
    parameters = {
        "type": "object",
        "properties": {"prompt": {"type": "string"}, "size": {"enum": ["small", "large"]}},
        "required": ["prompt", "size"],
    }
    tools = [{"type": "function", "function": {"name": "paint", "description": "Paints.", "parameters": parameters}}]
    choice = {"type": "function", "function": {"name": "paint"}}
    body = (await wire.chat(text="A lighthouse", tools=tools, tool_choice=choice)).json()["choices"][0]
    assert body["finish_reason"] == "tool_calls"
    assert body["message"]["content"] is None
    call = body["message"]["tool_calls"][0]
    assert (call["type"], call["function"]["name"]) == ("function", "paint")
    assert json.loads(call["function"]["arguments"]) == {"prompt": "A lighthouse", "size": "small"}

    stream = await wire.openai.chat.completions.create(
        model="gpt-5-nano",
        messages=[{"role": "user", "content": "A lighthouse"}],
        tools=cast("list[ChatCompletionToolUnionParam]", tools),
        tool_choice="required",
        stream=True,
    )
    name, arguments, reason = "", "", None
    async for chunk in stream:
        for delta in chunk.choices[0].delta.tool_calls or []:
            if delta.function is not None:
                name += delta.function.name or ""
                arguments += delta.function.arguments or ""
        reason = chunk.choices[0].finish_reason or reason
    assert (name, json.loads(arguments)["prompt"], reason) == ("paint", "A lighthouse", "tool_calls")


async def test_tools_that_need_not_be_called_are_not(wire: Wire) -> None:
    tools = [{"type": "function", "function": {"name": "paint"}}]
    body = (await wire.chat(tools=tools)).json()
    assert body["choices"][0]["message"].get("tool_calls") is None


async def test_the_openai_client_parses_a_structured_answer(wire: Wire) -> None:
    answer = await wire.openai.chat.completions.create(
        model="gpt-5-mini",
        messages=[{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Hello"}],
        response_format={"type": "json_schema", "json_schema": {"name": "a", "strict": True, "schema": SCHEMA}},
    )
    assert answer.model == "gpt-5-mini-2025-08-07"
    assert answer.usage is not None
    assert answer.choices[0].message.content is not None


async def test_a_model_without_structured_output_refuses_the_schema_and_wraps_what_was_pasted(wire: Wire) -> None:
    refused = await wire.chat(model="sim-chat", response_format=FORMAT)
    assert (refused.status_code, refused.json()["error"]["param"]) == (400, "response_format")
    pasted = f"Answer with JSON of this schema: {json.dumps(SCHEMA)}"
    messages = [{"role": "system", "content": pasted}, {"role": "user", "content": "Go"}]
    response = await wire.http.post("/v1/chat/completions", json={"model": "sim-chat", "messages": messages})
    content = response.json()["choices"][0]["message"]["content"]
    assert not content.startswith("{")
    fenced = content.split("```json\n")[1].split("\n```")[0]
    assert set(json.loads(fenced)) == {"title", "tags"}


async def test_a_model_with_json_mode_only_refuses_the_schema_and_answers_json(wire: Wire) -> None:
    assert (await wire.chat(model="sim-json", response_format=FORMAT)).status_code == 400
    answer = await wire.chat(
        model="sim-json", text=f"JSON of {json.dumps(SCHEMA)}", response_format={"type": "json_object"}
    )
    assert isinstance(json.loads(answer.json()["choices"][0]["message"]["content"]), dict)


async def test_keys_are_checked_as_the_vendor_does(wire: Wire) -> None:
    client = wire.openai.with_options(api_key="sk-invalid-0000")
    with pytest.raises(AuthenticationError) as wrong:
        await client.chat.completions.create(model="gpt-5", messages=[{"role": "user", "content": "x"}])
    assert wrong.value.code == "invalid_api_key"
    body: dict[str, Any] = {"model": "gpt-5", "messages": []}
    missing = await wire.http.post("/v1/chat/completions", json=body, headers={"authorization": ""})
    assert missing.status_code == 401
    assert missing.json()["error"]["code"] is None


async def test_a_model_that_is_not_served_is_not_found(wire: Wire) -> None:
    with pytest.raises(NotFoundError) as error:
        await wire.openai.chat.completions.create(model="gpt-9", messages=[{"role": "user", "content": "x"}])
    assert error.value.code == "model_not_found"
    assert error.value.request_id is not None


async def test_a_prompt_beyond_the_context_is_refused(wire: Wire) -> None:
    response = await wire.chat(text="word " * 230_000)
    error = response.json()["error"]
    assert (response.status_code, error["code"], error["param"]) == (400, "context_length_exceeded", "messages")


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b'{"model":"gpt-5","messages":"\\ud800"}', b"\xff\xfe", b"[" * 5000]
)
async def test_a_body_that_is_no_json_object_is_refused(wire: Wire, body: bytes) -> None:
    response = await wire.http.post("/v1/chat/completions", content=body)
    assert response.status_code == 400
    assert response.json()["error"]["type"] == "invalid_request_error"


async def test_addresses_and_methods_that_do_not_exist_answer_in_json(wire: Wire) -> None:
    unknown = await wire.http.post("/v1/nothing", json={})
    assert (unknown.status_code, unknown.json()["error"]["type"]) == (404, "invalid_request_error")
    wrong = await wire.http.get("/v1/chat/completions")
    assert (wrong.status_code, wrong.json()["error"]["code"]) == (405, "method_not_allowed")


async def test_the_root_says_what_this_is(wire: Wire) -> None:
    page = (await wire.http.get("/")).text
    assert "simulator" in page
    assert "sim-stall" in page


async def test_a_refused_request_raises_in_the_openai_client_with_all_its_facts(wire: Wire) -> None:
    with pytest.raises(BadRequestError) as error:
        await wire.openai.chat.completions.create(
            model="gpt-5-nano", messages=[{"role": "user", "content": "x"}], temperature=0.1
        )
    assert (error.value.param, error.value.code) == ("temperature", "unsupported_value")
    assert "does not support 0.1 with this model" in error.value.message


async def test_two_simulators_share_nothing(wire: Wire) -> None:
    from providers.simulator.server import serve_in_background

    await wire.script({"fault": "server-error"})
    async with (
        serve_in_background() as other,
        AsyncOpenAI(base_url=other, api_key="k", max_retries=0) as client,
    ):
        await client.chat.completions.create(model="gpt-5", messages=[{"role": "user", "content": "x"}])
    assert (await wire.chat()).status_code == 500
