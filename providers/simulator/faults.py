"""Everything that can go wrong between a client and a model provider, as one table.

A fault strikes a call because the model is called `sim-<name>` or because a step of the script says so. A request is
checked first: no fault hides an illegal request. A row says at which point the call goes wrong:

* `status` of 400 and above: an error status with the vendor's body, or `raw` (a body that is no JSON of theirs);
* `delivery`: the answer is right and its transport is not;
* `mood` or `distortion`: the transport is right and the answer is not (see the writer, and `distortions`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Literal

from providers.simulator.errors import ErrorBody

Mood = Literal["decent", "flawless", "stubborn", "garbage"]


class Delivery(StrEnum):
    """What the transport does with an answer."""

    WHOLE = "whole"
    SLOW = "slow"
    """Spread evenly over `seconds`."""
    STALL = "stall"
    """Never begins: silence until the client leaves or `seconds` are over; then the connection is cut."""
    STALL_MIDWAY = "stall_midway"
    """As stall, after `share` of the answer."""
    DROP = "drop"
    """The connection is cut before the first byte."""
    CUT = "cut"
    """The connection is cut after `share` of the answer."""
    ERROR_EVENT = "error_event"
    """A stream turns into an error event after `share` of it; without a stream, HTTP 500."""
    NO_FINISH = "no_finish"
    """A stream ends with neither finish reason nor [DONE]; without a stream, the finish reason is null."""
    NO_DONE = "no_done"
    """A stream ends after the finish reason, without [DONE]; without a stream, nothing is wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One row."""

    name: str
    """`sim-<name>` is the model that always fails so."""
    summary: str
    status: int = 200
    kind: str = "invalid_request_error"
    code: str | None = None
    param: str | None = None
    message: str = ""
    """With {model} and the parameters filled in."""
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    """Filled in as `message` is; {http_date} is `retry_after` seconds from now."""
    raw: str | None = None
    """Sent instead of the vendor's JSON."""
    media_type: str = "application/json"
    delivery: Delivery = Delivery.WHOLE
    mood: Mood | None = None
    """How the writer writes, when not as the model usually does."""
    distortion: str | None = None
    """Name of a function of `distortions`."""
    parameters: Mapping[str, float] = field(default_factory=dict[str, float])
    """What a step of the script may change, with defaults."""
    first_only: bool = False
    """Strikes the first of two equal requests, and lets the second pass."""

    @property
    def is_http(self) -> bool:
        """True when no answer is composed at all; such a fault can strike every endpoint."""
        return self.status >= 400 or self.raw is not None

    def body(self, parameters: Mapping[str, float], model: str, http_date: str) -> ErrorBody:
        """The refusal with everything filled in."""
        facts: dict[str, str | float] = {**self.parameters, **parameters, "model": model, "http_date": http_date}
        headers = {name: value.format_map(facts) for name, value in self.headers.items()}
        return ErrorBody(
            status=self.status,
            message=self.message.format_map(facts),
            kind=self.kind,
            code=self.code,
            param=self.param,
            headers=headers,
        )


_RATE_MESSAGE = (
    "Rate limit reached for {model} in organization org-simulator on tokens per min (TPM): Limit 200000, Used 199000, "
    "Requested 2000. Please try again later."
)
_GATEWAY_PAGE = (
    "<html>\n<head><title>502 Bad Gateway</title></head>\n"
    "<body><center><h1>502 Bad Gateway</h1></center></body>\n</html>\n"
)


def _rate_limited(name: str, summary: str, headers: Mapping[str, str], **parameters: float) -> Fault:
    return Fault(
        name=name,
        summary=summary,
        status=429,
        kind="tokens",
        code="rate_limit_exceeded",
        message=_RATE_MESSAGE,
        headers=headers,
        parameters=parameters,
    )


_ROWS = (
    Fault(
        name="bad-request",
        summary="400, a value is invalid",
        status=400,
        code="invalid_value",
        param="messages",
        message="Invalid value for 'messages'.",
    ),
    Fault(
        name="context-overflow",
        summary="400 context_length_exceeded",
        status=400,
        code="context_length_exceeded",
        param="messages",
        message="Input tokens exceed the configured limit of 272000 tokens. Your messages resulted in 300000 tokens. "
        "Please reduce the length of the messages.",
    ),
    Fault(
        name="unauthorized",
        summary="401 invalid_api_key",
        status=401,
        code="invalid_api_key",
        message="Incorrect API key provided: sk-inva**lid. You can find your API key in your account settings.",
    ),
    Fault(
        name="payment-required",
        summary="402, as some compatible servers say when the credit is used up",
        status=402,
        kind="insufficient_quota",
        code="insufficient_credits",
        message="Insufficient credits. Add more to continue.",
    ),
    Fault(
        name="forbidden",
        summary="403, the key may not use the model",
        status=403,
        code="model_not_allowed",
        message="Project does not have access to model `{model}`.",
    ),
    Fault(
        name="model-not-found",
        summary="404 model_not_found",
        status=404,
        code="model_not_found",
        message="The model `{model}` does not exist or you do not have access to it.",
    ),
    Fault(
        name="request-timeout",
        summary="408, the server gave up waiting",
        status=408,
        kind="server_error",
        code="request_timeout",
        message="The request timed out.",
    ),
    Fault(
        name="conflict",
        summary="409, the resource was changed meanwhile",
        status=409,
        code="conflict",
        message="The resource is being changed by another request.",
    ),
    Fault(
        name="unprocessable",
        summary="422, well-formed and not to be followed",
        status=422,
        code="unprocessable_entity",
        message="The request was well-formed but could not be followed.",
    ),
    _rate_limited("rate-limited", "429 with Retry-After", {"retry-after": "{retry_after}"}, retry_after=1),
    _rate_limited(
        "rate-limited-ms", "429 with retry-after-ms", {"retry-after-ms": "{retry_after_ms}"}, retry_after_ms=50
    ),
    _rate_limited("rate-limited-date", "429 with Retry-After as a date", {"retry-after": "{http_date}"}, retry_after=2),
    _rate_limited("rate-limited-silent", "429 that names no waiting time", {}),
    _rate_limited(
        "rate-limited-long",
        "429 whose Retry-After is longer than clients wait",
        {"retry-after": "{retry_after}"},
        retry_after=600,
    ),
    Fault(
        name="insufficient-quota",
        summary="429 insufficient_quota: no retry helps",
        status=429,
        kind="insufficient_quota",
        code="insufficient_quota",
        message="You exceeded your current quota, please check your plan and billing details.",
    ),
    Fault(
        name="server-error",
        summary="500 server_error",
        status=500,
        kind="server_error",
        message="The server had an error while processing your request. Sorry about that!",
    ),
    Fault(
        name="flaky",
        summary="500 on the first of two equal requests, then right",
        status=500,
        kind="server_error",
        message="The server had an error while processing your request. Sorry about that!",
        first_only=True,
    ),
    Fault(
        name="bad-gateway",
        summary="502 with an HTML page",
        status=502,
        raw=_GATEWAY_PAGE,
        media_type="text/html",
    ),
    Fault(
        name="unavailable",
        summary="503, overloaded",
        status=503,
        kind="server_error",
        code="server_is_overloaded",
        message="The engine is currently overloaded, please try again later.",
    ),
    Fault(
        name="not-json",
        summary="200 with a body that is no JSON",
        raw="Welcome to the proxy.\n",
        media_type="text/plain",
    ),
    Fault(name="blank-body", summary="200 with an empty body", raw=""),
    Fault(
        name="slow",
        summary="the answer is spread over `seconds`",
        delivery=Delivery.SLOW,
        parameters={"seconds": 5.0},
    ),
    Fault(
        name="stall",
        summary="accepts the request and never answers",
        delivery=Delivery.STALL,
        parameters={"seconds": 900.0},
    ),
    Fault(
        name="stall-midway",
        summary="falls silent in the middle of the answer",
        delivery=Delivery.STALL_MIDWAY,
        parameters={"seconds": 900.0, "share": 0.5},
    ),
    Fault(name="dropped", summary="connection cut before the answer", delivery=Delivery.DROP),
    Fault(
        name="cut",
        summary="connection cut in the middle of the answer or stream",
        delivery=Delivery.CUT,
        parameters={"share": 0.5},
    ),
    Fault(
        name="error-event",
        summary="an error event in the middle of the stream",
        kind="server_error",
        code="server_error",
        message="The server had an error while processing your request. Sorry about that!",
        delivery=Delivery.ERROR_EVENT,
        parameters={"share": 0.5},
    ),
    Fault(name="no-finish", summary="no finish reason and no [DONE]", delivery=Delivery.NO_FINISH),
    Fault(name="no-done", summary="finish reason, and no [DONE]", delivery=Delivery.NO_DONE),
    Fault(name="empty", summary="200, no content, finish reason length", distortion="empty"),
    Fault(name="refusal", summary="the model declines", distortion="refusal"),
    Fault(name="content-filter", summary="cut by the content filter", distortion="content_filter"),
    Fault(
        name="truncated",
        summary="half an answer, finish reason length",
        distortion="truncated",
        parameters={"share": 0.5},
    ),
    Fault(name="malformed", summary="almost JSON, finish reason stop", distortion="malformed"),
    Fault(name="off-schema", summary="JSON of another shape than asked for", distortion="off_schema"),
    Fault(
        name="bad-unicode",
        summary="lone surrogates, NUL and control characters in the text",
        distortion="bad_unicode",
    ),
    Fault(
        name="absurd-length",
        summary="right JSON with `characters` of text in it",
        distortion="absurd_length",
        parameters={"characters": 3_000_000},
    ),
    Fault(name="garbage", summary="valid JSON of the schema, filled with nonsense", mood="garbage"),
)

FAULTS: Mapping[str, Fault] = MappingProxyType({row.name: row for row in _ROWS})
"""Every fault by name."""
