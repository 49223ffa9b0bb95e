"""The text model against the simulator: what it asks for, what it makes of answers, what it counts."""

import asyncio
from typing import Any

import pytest
from langchain_core.caches import InMemoryCache
from langchain_core.globals import set_llm_cache
from langchain_core.messages import HumanMessage, SystemMessage
from langchain_core.runnables import RunnableLambda
from pydantic import SecretStr

from dnd.content.result import Usage
from dnd.errors import ProviderAuthError, ProviderRejectedError, ProviderUnavailableError
from providers.catalogue import Structured, model_row
from providers.chat import MAX_ANSWER_CHARS, OpenAITextModel, TextModelConfig
from providers.json_text import parse_object
from providers.text import TextAnswer, TextCall
from tests.conftest import OpenModel, Simulator
from tests.providers.conftest import SCHEMA, Sink, question
from tests.providers.odd_server import Canned, chunk, completion, events, odd_server


def spent(calls: list[dict[str, Any]]) -> Usage:
    """What the simulator's ledger says was spent."""
    names = ("input_tokens", "cached_tokens", "output_tokens", "reasoning_tokens", "cost_usd")
    return sum((Usage(calls=1, **{name: call[name] for name in names}) for call in calls), Usage())


@pytest.mark.parametrize("streamed", [False, True])
async def test_an_answer_tells_what_was_said_by_whom_and_for_how_much(
    simulator: Simulator, open_model: OpenModel, streamed: bool
) -> None:
    sink = Sink() if streamed else None
    model = await open_model(simulator.base_url, "gpt-5-nano")
    answer = await model.answer(question(sink=sink))
    assert set(parse_object(answer.text)) == {"title", "story"}
    assert (answer.provider, answer.simulated, answer.finish_reason) == ("simulator", True, "stop")
    assert answer.model == "gpt-5-nano-2025-08-07"
    assert answer.refusal is None
    assert answer.failures == ()
    assert answer.duration_ms > 0
    assert sink is None or (sink.text == answer.text and len(sink.pieces) > 1 and sink.restarts == 0)
    (call,) = await simulator.calls()
    assert call["streamed"] is streamed
    assert answer.usage == spent([call])
    assert answer.usage.cost_usd > 0
    assert answer.usage.reasoning_tokens > 0


async def test_input_that_the_vendor_has_cached_costs_less(simulator: Simulator, open_model: OpenModel) -> None:
    model = await open_model(simulator.base_url, "gpt-5-nano")
    long = question(messages=[SystemMessage("You write well. " * 500), HumanMessage("Write.")])
    first, second = await model.answer(long), await model.answer(long)
    assert first.usage.cached_tokens == 0 < second.usage.cached_tokens
    assert second.usage.cost_usd < first.usage.cost_usd
    assert first.usage + second.usage == spent(await simulator.calls())


@pytest.mark.parametrize(("model", "wrapped"), [("sim-chat", True), ("sim-json", False)])
@pytest.mark.parametrize("streamed", [False, True])
async def test_a_server_that_enforces_no_schema_is_told_it(
    simulator: Simulator, open_model: OpenModel, model: str, wrapped: bool, streamed: bool
) -> None:
    text_model = await open_model(simulator.base_url, model)
    answer = await text_model.answer(question(sink=Sink() if streamed else None))
    assert set(parse_object(answer.text)) == {"title", "story"}
    assert ("```" in answer.text) is wrapped


async def test_many_questions_at_once_get_their_own_answers(simulator: Simulator, open_model: OpenModel) -> None:
    model = await open_model(simulator.base_url, "gpt-5-nano")
    calls = [question(f"Write about number {n}.", sink=Sink() if n % 2 else None) for n in range(24)]
    answers = await asyncio.gather(*(model.answer(call) for call in calls))
    assert all(answer.usage.calls == 1 for answer in answers)
    assert sum((answer.usage for answer in answers), Usage()).cost_usd == pytest.approx(
        spent(await simulator.calls()).cost_usd
    )
    assert all(
        call.sink.text == answer.text
        for call, answer in zip(calls, answers, strict=True)
        if isinstance(call.sink, Sink)
    )


async def wire_request(open_model: OpenModel, model: str, call: TextCall, **settings: Any) -> dict[str, Any]:  # noqa: ANN401 -- any setting
    """The JSON that `model` is sent for `call`."""

    def answer(request: dict[str, Any]) -> Canned:
        return events(chunk("{}", "stop"), "data: [DONE]\n\n") if request["stream"] else Canned(completion("{}"))

    async with odd_server(answer) as odd:
        await (await open_model(odd.base_url, model, **settings)).answer(call)
        return odd.requests[0]


async def test_openai_is_sent_exactly_this(open_model: OpenModel) -> None:
    sent = await wire_request(open_model, "gpt-5-nano", question(effort="minimal", verbosity="low"))
    assert sent == {
        "model": "gpt-5-nano",
        "stream": False,
        "messages": [
            {"role": "system", "content": "You write."},
            {"role": "user", "content": "Write."},
        ],
        "max_completion_tokens": 4_000,
        "reasoning_effort": "minimal",
        "verbosity": "low",
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "tale", "strict": True, "schema": SCHEMA},
        },
    }


async def test_a_stream_asks_for_its_usage_and_is_else_the_same(open_model: OpenModel) -> None:
    whole = await wire_request(open_model, "gpt-5-nano", question())
    stream = await wire_request(open_model, "gpt-5-nano", question(sink=Sink()))
    assert stream == {**whole, "stream": True, "stream_options": {"include_usage": True}}


@pytest.mark.parametrize("model", ["gpt-4o-mini", "llama3.1:8b", "a-model-nobody-knows"])
async def test_parameters_that_a_model_refuses_are_not_sent(open_model: OpenModel, model: str) -> None:
    sent = await wire_request(open_model, model, question(effort="low", verbosity="low"))
    assert not set(sent) & model_row(model).refuses
    assert sent[model_row(model).limit_parameter] == 4_000


@pytest.mark.parametrize(
    ("model", "settings", "budget"),
    [("gpt-5-nano", {"max_output_tokens": 900}, 900), ("qwen3:8b", {}, 8_192), ("gpt-5-nano", {}, 9_000)],
)
async def test_the_budget_is_bounded_by_setting_and_model(
    open_model: OpenModel, model: str, settings: dict[str, Any], budget: int
) -> None:
    sent = await wire_request(open_model, model, question(max_tokens=9_000), **settings)
    assert sent[model_row(model).limit_parameter] == budget


@pytest.mark.parametrize(("structured", "wire"), [("json_object", {"type": "json_object"}), ("text", None)])
async def test_a_setting_overrides_how_the_schema_travels(
    open_model: OpenModel, structured: Structured, wire: dict[str, str] | None
) -> None:
    call = question()
    sent = await wire_request(open_model, "gpt-5-nano", call, structured=structured)
    assert sent.get("response_format") == wire
    system = sent["messages"][0]["content"]
    assert system.startswith("You write.\n\n")
    assert '"additionalProperties":false' in system
    assert call.messages[0].text == "You write."


async def test_a_question_without_system_message_is_told_the_schema_all_the_same(open_model: OpenModel) -> None:
    call = question(messages=[HumanMessage("Write.")])
    sent = await wire_request(open_model, "a-model-nobody-knows", call)
    assert [message["role"] for message in sent["messages"]] == ["system", "user"]
    assert "JSON" in sent["messages"][0]["content"]


async def test_a_server_that_refuses_a_format_is_asked_for_a_simpler_one_from_then_on(open_model: OpenModel) -> None:
    def modest(request: dict[str, Any]) -> Canned:
        if "response_format" in request:
            return Canned({"error": {"message": "'response_format.type' is not known here"}}, status=400)
        return Canned(completion('{"title": "t", "story": "s"}'))

    async with odd_server(modest) as odd:
        model = await open_model(odd.base_url, "mistral-small:24b")
        first, second = await model.answer(question()), await model.answer(question())
    kinds = [request.get("response_format", {}).get("type") for request in odd.requests]
    assert kinds == ["json_schema", "json_object", None, None]
    assert (first.usage.calls, second.usage.calls) == (3, 1)
    assert len(first.failures) == 2


async def test_a_format_that_the_operator_has_set_is_not_given_up(open_model: OpenModel) -> None:
    refusal = Canned({"error": {"message": "response_format is not known here"}}, status=400)
    async with odd_server(lambda _: refusal) as odd:
        model = await open_model(odd.base_url, "mistral-small:24b", structured="json_object")
        with pytest.raises(ProviderRejectedError):
            await model.answer(question())
    assert len(odd.requests) == 1


async def ask_odd(open_model: OpenModel, canned: Canned, *, sink: Sink | None = None) -> TextAnswer:
    """What is made of one canned response."""
    async with odd_server(lambda _: canned) as odd:
        model = await open_model(odd.base_url, "llama3.1:8b", max_retries=0)
        return await model.answer(question(sink=sink))


async def test_a_modest_server_is_named_compatible_and_its_usage_is_estimated(open_model: OpenModel) -> None:
    answer = await ask_odd(open_model, Canned(completion("x" * 400)))
    assert (answer.provider, answer.simulated, answer.model) == ("openai_compatible", False, "m")
    assert answer.usage.output_tokens == 100
    assert answer.usage.input_tokens > 0
    assert answer.usage.cost_usd == 0


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (None, ""),
        ("", ""),
        ([{"type": "text", "text": "a"}, {"type": "text", "text": "b"}], "ab"),
        ("a\x00b\r\nc\ud800", "ab\nc\N{REPLACEMENT CHARACTER}"),
        ("x" * (MAX_ANSWER_CHARS + 1), "x" * MAX_ANSWER_CHARS),
    ],
)
async def test_odd_content_becomes_clean_text(open_model: OpenModel, content: object, text: str) -> None:
    answer = await ask_odd(open_model, Canned(completion(content)))
    assert answer.text == text
    assert answer.finish_reason == ("length" if len(text) == MAX_ANSWER_CHARS else "stop")


@pytest.mark.parametrize(
    "body",
    [
        "null",
        "[]",
        '"text"',
        "{}",
        "{",
        "",
        b"\xff\xfe",
        "[" * 100_000,
        {"error": {"message": "no"}},
        {"choices": None},
        {"choices": []},
        {"choices": "text"},
        {"choices": [None]},
        {"choices": [{"message": None}]},
        {"choices": [{"message": "text"}]},
        {"choices": [{"finish_reason": "stop"}]},
        completion({"not": "text"}),
        completion("{}", usage="many"),
    ],
)
async def test_a_body_that_is_no_completion_is_a_failure_of_the_provider(
    open_model: OpenModel, body: str | bytes | dict[str, Any]
) -> None:
    with pytest.raises(ProviderUnavailableError):
        await ask_odd(open_model, Canned(body))


@pytest.mark.parametrize(
    "stream",
    [
        events(),
        events(chunk("{}")),
        events(chunk("{}"), "data: [DONE]\n\n"),
        events(chunk("{}"), "data: {broken\n\n"),
        events(chunk("{}"), "data: null\n\n"),
        events(chunk("{}"), {"choices": [{"index": 0}]}),
        events(chunk("{}"), {"error": "out of memory"}),
        Canned("<html>", media_type="text/html"),
        Canned(completion("{}")),
    ],
)
async def test_a_stream_without_its_end_is_a_failure_of_the_provider(open_model: OpenModel, stream: Canned) -> None:
    with pytest.raises(ProviderUnavailableError):
        await ask_odd(open_model, stream, sink=Sink())


async def test_odd_but_whole_streams_are_read(open_model: OpenModel) -> None:
    stream = events(
        ": a comment\n\n",
        {"choices": [], "prompt_filter_results": []},
        chunk("a\x00"),
        {"choices": [{"index": 0, "delta": None, "finish_reason": None}]},
        chunk("b", "stop"),
    )
    sink = Sink()
    answer = await ask_odd(open_model, stream, sink=sink)
    assert (answer.text, sink.text, answer.finish_reason) == ("ab", "ab", "stop")


async def test_a_refusal_of_an_odd_kind_is_still_a_refusal(open_model: OpenModel) -> None:
    body = completion(None)
    body["choices"][0]["message"]["refusal"] = {"reason": "policy"}
    assert (await ask_odd(open_model, Canned(body))).refusal == "{'reason': 'policy'}"


async def test_a_streamed_refusal_is_kept_whole(open_model: OpenModel) -> None:
    declined = [
        {**chunk(), "choices": [{"index": 0, "delta": {"refusal": word}, "finish_reason": None}]}
        for word in ("I ", "decline.")
    ]
    answer = await ask_odd(open_model, events(*declined, chunk(None, "stop")), sink=Sink())
    assert (answer.refusal, answer.text) == ("I decline.", "")


async def test_a_stream_beyond_the_cap_is_stopped(simulator: Simulator, open_model: OpenModel) -> None:
    await simulator.settings(tokens_per_second=400_000)
    model = await open_model(simulator.base_url, "sim-absurd-length")
    answer = await model.answer(question(sink=Sink()))
    assert (len(answer.text), answer.finish_reason, answer.simulated) == (MAX_ANSWER_CHARS, "length", True)
    assert answer.usage.output_tokens >= MAX_ANSWER_CHARS // 4
    (call,) = await simulator.settled()
    assert call["outcome"] == "cancelled"


async def test_a_schema_that_strict_mode_refuses_is_our_fault(simulator: Simulator, open_model: OpenModel) -> None:
    model = await open_model(simulator.base_url, "gpt-5-nano")
    with pytest.raises(ProviderRejectedError):
        await model.answer(question(schema={**SCHEMA, "additionalProperties": True}))
    assert len(await simulator.calls()) == 1


async def test_a_prompt_that_is_no_unicode_is_our_fault(simulator: Simulator, open_model: OpenModel) -> None:
    model = await open_model(simulator.base_url, "gpt-5-nano")
    with pytest.raises(ProviderRejectedError):
        await model.answer(question("\ud800"))


async def test_a_key_is_never_in_an_error(simulator: Simulator) -> None:
    config = TextModelConfig(
        api_key=SecretStr("sk-invalid-1234567890"), base_url=simulator.base_url, models=("gpt-5-nano",)
    )
    async with OpenAITextModel(config) as model:
        with pytest.raises(ProviderAuthError) as caught:
            await model.answer(question())
    assert "sk-" not in f"{caught.value}{caught.value.__notes__}"


async def test_the_environment_redirects_nothing(
    simulator: Simulator, open_model: OpenModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("OPENAI_BASE_URL", "OPENAI_API_BASE", "OPENAI_PROXY", "HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-another")
    model = await open_model(simulator.base_url, "gpt-5-nano")
    assert (await model.answer(question())).simulated


async def test_neither_a_global_cache_nor_a_listening_graph_changes_the_call(
    simulator: Simulator, open_model: OpenModel
) -> None:
    model = await open_model(simulator.base_url, "gpt-5-nano")
    set_llm_cache(InMemoryCache())
    try:
        await model.answer(question())
        node = RunnableLambda(model.answer)
        seen = [event async for event in node.astream_events(question(), version="v2")]
    finally:
        set_llm_cache(None)
    assert seen
    assert [call["streamed"] for call in await simulator.calls()] == [False, False]


async def test_a_sink_that_fails_is_not_the_providers_failure(simulator: Simulator, open_model: OpenModel) -> None:
    class Broken(Sink):
        def write(self, piece: str) -> None:
            raise LookupError(piece)

    model = await open_model(simulator.base_url, "gpt-5-nano")
    with pytest.raises(LookupError):
        await model.answer(question(sink=Broken()))
    assert len(await simulator.calls()) == 1


async def test_a_model_answers_only_while_it_is_open(simulator: Simulator) -> None:
    config = TextModelConfig(api_key="k", base_url=simulator.base_url, models=("gpt-5-nano",))
    model = OpenAITextModel(config)
    with pytest.raises(RuntimeError):
        await model.answer(question())
    async with model:
        await model.answer(question())
    await model.close()
    with pytest.raises(RuntimeError):
        await model.answer(question())


def test_the_price_is_known_before_the_call_and_without_opening() -> None:
    model = OpenAITextModel(TextModelConfig(api_key="k", models=("gpt-5-nano", "gpt-5")))
    assert model.price(input_tokens=1_000_000, output_tokens=1_000_000) == pytest.approx(0.45)
