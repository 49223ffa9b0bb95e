from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from json import JSONDecodeError
from typing import Any

import httpx
import openai
import pytest

from dnd.errors import (
    FilteredError,
    ProviderAuthError,
    ProviderError,
    ProviderModelMissingError,
    ProviderQuotaError,
    ProviderRateLimitedError,
    ProviderRejectedError,
    ProviderTimeoutError,
    ProviderUnavailableError,
    ServiceError,
    TruncatedOutputError,
)
from providers.errors import BY_CLASS, BY_CODE, BY_STATUS, DETAILS, refuses_format, translate

REQUEST: Any = httpx.Request("POST", "https://api.openai.com/v1/chat/completions")


def status_error(
    status: int,
    *,
    code: str | None = None,
    kind: str | None = None,
    message: str = "Incorrect API key provided: sk-live-1234",
    headers: dict[str, str] | None = None,
) -> openai.APIStatusError:
    """What the openai package raises for such a response."""
    body = {"message": message, "type": kind, "param": None, "code": code}
    answer = httpx.Response(status, json={"error": body}, headers=headers)
    transport: Any = httpx.Client(transport=httpx.MockTransport(lambda _: answer))
    client = openai.OpenAI(api_key="k", http_client=transport, max_retries=0)
    with pytest.raises(openai.APIStatusError) as caught:
        client.models.list()
    return caught.value


def test_every_kind_has_its_sentence_and_every_sentence_is_used() -> None:
    kinds = {*BY_CODE.values(), *BY_STATUS.values(), *(kind for _, kind in BY_CLASS)}
    assert kinds == set(DETAILS)


def test_no_class_is_hidden_by_a_broader_one_before_it() -> None:
    for index, (vendor, _) in enumerate(BY_CLASS):
        assert not any(issubclass(vendor, earlier) for earlier, _ in BY_CLASS[:index])


@pytest.mark.parametrize(
    ("status", "code", "kind", "expected"),
    [
        (400, "invalid_value", "invalid_request_error", ProviderRejectedError),
        (400, "context_length_exceeded", "invalid_request_error", ProviderRejectedError),
        (400, "content_filter", None, FilteredError),
        (400, "invalid_prompt", "invalid_request_error", FilteredError),
        (401, "invalid_api_key", "invalid_request_error", ProviderAuthError),
        (402, None, None, ProviderQuotaError),
        (403, None, None, ProviderAuthError),
        (403, "model_not_found", "invalid_request_error", ProviderModelMissingError),
        (404, "model_not_found", "invalid_request_error", ProviderModelMissingError),
        (404, None, None, ProviderModelMissingError),
        (408, None, None, ProviderTimeoutError),
        (409, None, None, ProviderUnavailableError),
        (410, None, None, ProviderModelMissingError),
        (413, None, None, ProviderRejectedError),
        (418, None, None, ProviderRejectedError),
        (422, None, None, ProviderRejectedError),
        (429, "rate_limit_exceeded", "tokens", ProviderRateLimitedError),
        (429, "slow_down", None, ProviderRateLimitedError),
        (429, None, None, ProviderRateLimitedError),
        (429, "insufficient_quota", "insufficient_quota", ProviderQuotaError),
        (429, None, "insufficient_quota", ProviderQuotaError),
        (429, "credit_balance_exhausted", None, ProviderQuotaError),
        (500, None, "server_error", ProviderUnavailableError),
        (503, "server_is_overloaded", "server_error", ProviderUnavailableError),
        (504, None, None, ProviderTimeoutError),
        (529, None, None, ProviderUnavailableError),
    ],
)
def test_a_status_and_code_become_the_error_that_says_who_acts_next(
    status: int, code: str | None, kind: str | None, expected: type[ServiceError]
) -> None:
    error = translate(status_error(status, code=code, kind=kind), model="gpt-5-nano")
    assert type(error) is expected


@pytest.mark.parametrize(
    ("raised", "expected"),
    [
        (openai.APITimeoutError(REQUEST), ProviderTimeoutError),
        (openai.APIConnectionError(request=REQUEST), ProviderUnavailableError),
        (openai.APIError("cut", REQUEST, body={"code": "rate_limit_exceeded"}), ProviderRateLimitedError),
        (openai.APIError("cut", REQUEST, body={"code": "insufficient_quota"}), ProviderQuotaError),
        (openai.APIError("cut", REQUEST, body=None), ProviderUnavailableError),
        (openai.ContentFilterFinishReasonError(), FilteredError),
        (TimeoutError(), ProviderTimeoutError),
        ("\ud800", ProviderRejectedError),
        (JSONDecodeError("no JSON", "<html>", 0), ProviderUnavailableError),
        (KeyError("choices"), ProviderUnavailableError),
        (TypeError("null choices"), ProviderUnavailableError),
        (RecursionError(), ProviderUnavailableError),
        (httpx.RemoteProtocolError("cut"), ProviderUnavailableError),
    ],
)
def test_other_exceptions_are_translated_by_class(raised: Exception | str, expected: type[ServiceError]) -> None:
    if isinstance(raised, str):
        with pytest.raises(UnicodeEncodeError) as caught:
            raised.encode()
        raised = caught.value
    assert type(translate(raised, model="gpt-5-nano")) is expected


def test_an_answer_that_reached_its_limit_is_no_failure_of_the_provider() -> None:
    from openai.types.chat import ChatCompletion

    completion = ChatCompletion.model_construct(usage=None)
    raised = openai.LengthFinishReasonError(completion=completion)
    assert type(translate(raised, model="gpt-5-nano")) is TruncatedOutputError


def test_what_is_translated_already_stays_as_it_is() -> None:
    error = ProviderQuotaError("empty")
    assert translate(error, model="gpt-5-nano") is error


def test_the_detail_names_model_status_code_and_request_but_not_the_vendors_words() -> None:
    headers = {"x-request-id": "req_1\x07"}
    error = translate(status_error(401, code="invalid_api_key", headers=headers), model="gpt-5-nano")
    assert str(error) == (
        "The text model gpt-5-nano cannot be used: the vendor refuses the configured key "
        "(HTTP 401, invalid_api_key, request req_1)."
    )


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "7"}, 7.0),
        ({"retry-after": "0.5"}, 0.5),
        ({"retry-after-ms": "250", "retry-after": "7"}, 0.25),
        ({"retry-after-ms": "soon", "retry-after": "7"}, 7.0),
        ({"retry-after": "-3"}, 0.0),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "inf"}, None),
        ({"retry-after": "later"}, None),
    ],
)
def test_the_vendors_wish_to_wait_is_read(headers: dict[str, str], seconds: float | None) -> None:
    error = translate(status_error(429, code="rate_limit_exceeded", headers=headers), model="m")
    assert error.retry_after == seconds


def test_a_date_to_wait_for_becomes_seconds() -> None:
    when = format_datetime(datetime.now(UTC) + timedelta(minutes=5), usegmt=True)
    error = translate(status_error(429, headers={"retry-after": when}), model="m")
    assert error.retry_after == pytest.approx(300, abs=5)


@pytest.mark.parametrize(
    ("message", "refused"),
    [
        ("'response_format.type' must be 'json_schema' or 'text'", True),
        ("json_schema is not supported by this model", True),
        ("messages: too long", False),
    ],
)
def test_a_refused_response_format_is_told_from_other_rejections(message: str, refused: bool) -> None:
    raised = status_error(400, message=message)
    error = translate(raised, model="m")
    assert isinstance(error, ProviderError)
    error.__cause__ = raised
    assert refuses_format(error) is refused
    error.__cause__ = None
    assert not refuses_format(error)
