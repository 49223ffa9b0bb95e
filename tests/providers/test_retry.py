"""Every failure that the simulator can play, in the terms of what a text model answers or raises, and at what price."""

import asyncio
import socket
from dataclasses import dataclass
from typing import Any

import pytest
from tenacity import RetryCallState

from dnd.errors import (
    ProviderAuthError,
    ProviderError,
    ProviderModelMissingError,
    ProviderQuotaError,
    ProviderRateLimitedError,
    ProviderRejectedError,
    ProviderTimeoutError,
    ProviderUnavailableError,
    UnusableOutputError,
)
from providers.chat import MAX_ANSWER_CHARS, TextModelConfig
from providers.json_text import parse_object
from providers.retry import LONGEST_PAUSE_S, retrying
from providers.simulator.faults import FAULTS
from providers.text import TextAnswer
from tests.conftest import OpenModel, Simulator, until
from tests.providers.conftest import Sink, question


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a question comes to when one fault strikes all of its calls, with one retry allowed."""

    error: type[ProviderError] | None = None
    calls: int = 1
    finish_reason: str | None = "stop"
    parameters: tuple[tuple[str, float], ...] = ()
    """Of the fault, to make it quick."""


REJECTED = Outcome(ProviderRejectedError)
UNAVAILABLE = Outcome(ProviderUnavailableError, calls=2)
TIMED_OUT = Outcome(ProviderTimeoutError, calls=2)
RATE_LIMITED = Outcome(ProviderRateLimitedError, calls=2)
ANSWERED = Outcome()

OUTCOMES = {
    "bad-request": REJECTED,
    "context-overflow": REJECTED,
    "unprocessable": REJECTED,
    "unauthorized": Outcome(ProviderAuthError),
    "forbidden": Outcome(ProviderAuthError),
    "payment-required": Outcome(ProviderQuotaError),
    "insufficient-quota": Outcome(ProviderQuotaError),
    "model-not-found": Outcome(ProviderModelMissingError),
    "request-timeout": TIMED_OUT,
    "stall": TIMED_OUT,
    "stall-midway": TIMED_OUT,
    "rate-limited": Outcome(ProviderRateLimitedError, calls=2, parameters=(("retry_after", 0),)),
    "rate-limited-ms": RATE_LIMITED,
    "rate-limited-date": Outcome(ProviderRateLimitedError, calls=2, parameters=(("retry_after", 0),)),
    "rate-limited-silent": RATE_LIMITED,
    "rate-limited-long": Outcome(ProviderRateLimitedError),
    "conflict": UNAVAILABLE,
    "server-error": UNAVAILABLE,
    "bad-gateway": UNAVAILABLE,
    "unavailable": UNAVAILABLE,
    "not-json": UNAVAILABLE,
    "blank-body": UNAVAILABLE,
    "dropped": UNAVAILABLE,
    "cut": UNAVAILABLE,
    "error-event": UNAVAILABLE,
    "flaky": Outcome(calls=2),
    "slow": Outcome(parameters=(("seconds", 0.05),)),
    "no-done": ANSWERED,
    "no-finish": Outcome(finish_reason=None),
    "empty": Outcome(finish_reason="length"),
    "truncated": Outcome(finish_reason="length"),
    "absurd-length": Outcome(finish_reason="length"),
    "content-filter": Outcome(finish_reason="content_filter"),
    "refusal": ANSWERED,
    "malformed": ANSWERED,
    "off-schema": ANSWERED,
    "bad-unicode": ANSWERED,
    "garbage": ANSWERED,
}
STREAMED_OUTCOMES = {**OUTCOMES, "no-finish": UNAVAILABLE}


def test_every_fault_of_the_simulator_has_its_outcome() -> None:
    assert set(OUTCOMES) == set(FAULTS)


@pytest.mark.parametrize("name", sorted(OUTCOMES))
@pytest.mark.parametrize("streamed", [False, True])
async def test_a_fault_comes_to_its_outcome(
    simulator: Simulator, open_model: OpenModel, name: str, streamed: bool
) -> None:
    outcome = (STREAMED_OUTCOMES if streamed else OUTCOMES)[name]
    await simulator.script({"fault": name, "times": 9, **dict(outcome.parameters)})
    limits: dict[str, Any] = {"timeout_s": 0.3, "stream_stall_s": 0.3} if outcome is TIMED_OUT else {}
    model = await open_model(simulator.base_url, "gpt-5-nano", max_retries=1, **limits)
    call = question(sink=Sink() if streamed else None)
    if outcome.error is not None:
        with pytest.raises(outcome.error) as caught:
            await model.answer(call)
        assert type(caught.value) is outcome.error
        assert caught.value.spent is not None
        assert caught.value.spent.calls == outcome.calls
        assert len(caught.value.__notes__) == outcome.calls
    else:
        answer = await model.answer(call)
        assert answer.finish_reason == outcome.finish_reason
        assert answer.usage.calls == outcome.calls
        assert answer.usage.output_tokens > 0
        assert len(answer.failures) == outcome.calls - 1
        answer.text.encode()
    assert len(await simulator.calls()) == outcome.calls


async def answered(simulator: Simulator, open_model: OpenModel, fault: str) -> TextAnswer:
    """What comes back from the model that always fails so."""
    return await (await open_model(simulator.base_url, f"sim-{fault}")).answer(question())


async def test_answers_that_cannot_be_used_come_back_as_they_are(simulator: Simulator, open_model: OpenModel) -> None:
    assert (await answered(simulator, open_model, "empty")).text == ""
    refusal = await answered(simulator, open_model, "refusal")
    assert (refusal.text, refusal.refusal) == ("", "I'm sorry, but I can't help with that.")
    assert len((await answered(simulator, open_model, "absurd-length")).text) == MAX_ANSWER_CHARS
    for broken in ("truncated", "content-filter", "malformed"):
        with pytest.raises(UnusableOutputError):
            parse_object((await answered(simulator, open_model, broken)).text)
    assert set(parse_object((await answered(simulator, open_model, "off-schema")).text)) == {"unexpected", "number"}
    story = parse_object((await answered(simulator, open_model, "bad-unicode")).text)
    assert all(ord(character) >= 32 for value in story.values() for character in value)
    str(story).encode()


async def test_a_filter_that_strikes_before_the_answer_reads_as_one_that_cuts_it(
    open_model: OpenModel,
) -> None:
    from tests.providers.odd_server import Canned, odd_server

    refused = Canned({"error": {"message": "flagged", "code": "content_filter"}}, status=400)
    async with odd_server(lambda _: refused) as odd:
        answer = await (await open_model(odd.base_url, "gpt-5-nano")).answer(question())
    assert (answer.text, answer.finish_reason, answer.usage.calls) == ("", "content_filter", 1)
    assert len(answer.failures) == 1


async def test_a_missing_model_is_replaced_by_its_fall_back_at_once(
    simulator: Simulator, open_model: OpenModel
) -> None:
    model = await open_model(simulator.base_url, "sim-model-not-found", "gpt-4o-mini")
    answer = await model.answer(question())
    assert answer.model.startswith("gpt-4o-mini")
    assert answer.usage.calls == 2
    (failure,) = answer.failures
    assert failure.startswith("The text model sim-model-not-found is not known to its vendor (any more) (HTTP 404")


async def test_a_wait_that_is_too_long_is_not_waited_for(simulator: Simulator, open_model: OpenModel) -> None:
    model = await open_model(simulator.base_url, "sim-rate-limited-long", "gpt-5-mini")
    answer = await model.answer(question())
    assert [call["model"] for call in await simulator.calls()] == ["sim-rate-limited-long", "gpt-5-mini"]
    assert answer.usage.calls == 2


async def test_retries_come_before_the_fall_back_and_all_is_counted(
    simulator: Simulator, open_model: OpenModel
) -> None:
    model = await open_model(simulator.base_url, "sim-server-error", "sim-cut", "gpt-5-nano", max_retries=2)
    answer = await model.answer(question())
    asked = [call["model"] for call in await simulator.calls()]
    assert asked == ["sim-server-error"] * 3 + ["sim-cut"] * 3 + ["gpt-5-nano"]
    assert (answer.usage.calls, len(answer.failures)) == (7, 6)


@pytest.mark.parametrize("fault", ["insufficient-quota", "unauthorized", "context-overflow"])
async def test_what_no_other_model_can_help_stops_at_once(
    simulator: Simulator, open_model: OpenModel, fault: str
) -> None:
    model = await open_model(simulator.base_url, f"sim-{fault}", "gpt-5-nano")
    with pytest.raises(ProviderError):
        await model.answer(question())
    assert len(await simulator.calls()) == 1


async def test_the_last_error_is_told_when_every_model_fails(simulator: Simulator, open_model: OpenModel) -> None:
    model = await open_model(simulator.base_url, "sim-server-error", "sim-model-not-found", max_retries=0)
    with pytest.raises(ProviderModelMissingError) as caught:
        await model.answer(question())
    assert caught.value.spent is not None
    assert caught.value.spent.calls == 2


async def test_a_stream_that_breaks_is_begun_anew_and_its_sink_told(
    simulator: Simulator, open_model: OpenModel
) -> None:
    await simulator.script({"fault": "cut"}, {"fault": "server-error"}, {"fault": "error-event"})
    sink = Sink()
    answer = await (await open_model(simulator.base_url, "gpt-5-nano", max_retries=3)).answer(question(sink=sink))
    assert sink.restarts == 2
    assert sink.text == answer.text
    assert answer.usage.calls == 4
    last = (await simulator.calls())[-1]
    assert answer.usage.output_tokens > last["output_tokens"]


async def test_nothing_listens_at_the_address(open_model: OpenModel) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    model = await open_model(f"http://127.0.0.1:{port}/v1", "gpt-5-nano", max_retries=1)
    with pytest.raises(ProviderUnavailableError) as caught:
        await model.answer(question())
    assert caught.value.spent is not None
    assert caught.value.spent.calls == 2


@pytest.mark.parametrize("streamed", [False, True])
async def test_the_deadline_ends_everything(simulator: Simulator, open_model: OpenModel, streamed: bool) -> None:
    model = await open_model(simulator.base_url, "sim-stall", "gpt-5-nano", deadline_s=0.3)
    with pytest.raises(ProviderTimeoutError) as caught:
        await model.answer(question(sink=Sink() if streamed else None))
    assert caught.value.spent is not None
    assert caught.value.spent.calls == 1
    (call,) = await simulator.settled()
    assert call["outcome"] == "cancelled"


async def test_what_was_written_before_the_deadline_is_counted(simulator: Simulator, open_model: OpenModel) -> None:
    model = await open_model(simulator.base_url, "sim-stall-midway", deadline_s=0.3)
    with pytest.raises(ProviderTimeoutError) as caught:
        await model.answer(question(sink=Sink()))
    assert caught.value.spent is not None
    assert caught.value.spent.cost_usd > 0


async def test_no_pause_is_begun_that_would_end_after_the_deadline(simulator: Simulator, open_model: OpenModel) -> None:
    await simulator.script({"fault": "rate-limited", "retry_after": 10})
    model = await open_model(simulator.base_url, "gpt-5-nano", "gpt-4o", deadline_s=5.0)
    answer = await model.answer(question())
    assert answer.model.startswith("gpt-4o")


@pytest.mark.parametrize("streamed", [False, True])
@pytest.mark.parametrize("fault", ["stall", "stall-midway"])
async def test_whoever_leaves_stops_the_request_and_its_retries(
    simulator: Simulator, open_model: OpenModel, streamed: bool, fault: str
) -> None:
    model = await open_model(simulator.base_url, f"sim-{fault}", "gpt-5-nano")
    sink = Sink() if streamed else None
    task = asyncio.create_task(model.answer(question(sink=sink)))

    async def under_way() -> bool:
        heard = sink is None or fault == "stall" or bool(sink.pieces)
        return heard and bool(await simulator.calls())

    await until(under_way)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    (call,) = await simulator.settled()
    assert call["outcome"] == "cancelled"


async def test_a_model_that_failed_answers_the_next_question(simulator: Simulator, open_model: OpenModel) -> None:
    await simulator.script({"fault": "dropped"}, {"fault": "cut"})
    model = await open_model(simulator.base_url, "gpt-5-nano", max_retries=0)
    for _ in range(2):
        with pytest.raises(ProviderUnavailableError):
            await model.answer(question())
    assert (await model.answer(question())).usage.calls == 1


async def failing(error: Exception) -> None:
    raise error


@pytest.mark.parametrize(
    ("error", "least"),
    [
        (ProviderUnavailableError("down"), 0.5),
        (ProviderRateLimitedError("slow down"), 0.5),
        (ProviderRateLimitedError("slow down", retry_after=7.0), 7.0),
        (ProviderRateLimitedError("slow down", retry_after=0.0), 0.0),
    ],
)
async def test_the_pause_is_the_one_asked_for_or_a_growing_one(error: ProviderError, least: float) -> None:
    policy = retrying(TextModelConfig(api_key="k"), remaining_s=100)
    state = RetryCallState(policy, failing, (error,), {})
    state.set_exception((type(error), error, None))
    assert least <= policy.wait(state) <= least + 0.5
    state.attempt_number = 30
    asked = error.retry_after if error.retry_after is not None else LONGEST_PAUSE_S
    assert asked <= policy.wait(state) <= asked + 0.5


async def test_errors_of_our_own_are_not_repeated() -> None:
    policy = retrying(TextModelConfig(api_key="k"), remaining_s=100)
    with pytest.raises(LookupError):
        await policy(failing, LookupError())
    assert policy.statistics["attempt_number"] == 1
