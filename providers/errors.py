"""Vendor exceptions, translated once: what openai, langchain-openai and the transport raise, in the service's terms.

The detail of a translated error is ours, since callers may read it: vendors quote keys, organisations and prompts in
their messages. Theirs stays in the cause (`raise translate(...) from error`) and so in the log.
"""

from collections.abc import Callable
from email.utils import parsedate_to_datetime
from math import isfinite
from time import time
from typing import Any, cast

import openai

from dnd.errors import (
    FilteredError,
    ModelOutputError,
    ProviderAuthError,
    ProviderError,
    ProviderModelMissingError,
    ProviderQuotaError,
    ProviderRateLimitedError,
    ProviderRejectedError,
    ProviderTimeoutError,
    ProviderUnavailableError,
    TruncatedOutputError,
)

Translated = ProviderError | ModelOutputError

BY_CODE: dict[str, type[Translated]] = {
    "insufficient_quota": ProviderQuotaError,
    "credit_balance_exhausted": ProviderQuotaError,
    "billing_hard_limit_reached": ProviderQuotaError,
    "billing_not_active": ProviderQuotaError,
    "invalid_api_key": ProviderAuthError,
    "account_deactivated": ProviderAuthError,
    "rate_limit_exceeded": ProviderRateLimitedError,
    "slow_down": ProviderRateLimitedError,
    "server_is_overloaded": ProviderUnavailableError,
    "context_length_exceeded": ProviderRejectedError,
    "model_not_found": ProviderModelMissingError,
    "content_filter": FilteredError,
    "content_policy_violation": FilteredError,
    "invalid_prompt": FilteredError,
}
"""By the vendor's `code`, or its `type` where it gives no code. These outrank the status: OpenAI sends an empty
account as HTTP 429 and a model that a project may not use as HTTP 403."""

BY_STATUS: dict[int, type[Translated]] = {
    400: ProviderRejectedError,
    401: ProviderAuthError,
    402: ProviderQuotaError,
    403: ProviderAuthError,
    404: ProviderModelMissingError,
    408: ProviderTimeoutError,
    409: ProviderUnavailableError,
    410: ProviderModelMissingError,
    413: ProviderRejectedError,
    422: ProviderRejectedError,
    425: ProviderUnavailableError,
    429: ProviderRateLimitedError,
    504: ProviderTimeoutError,
}
"""By HTTP status; others are rejections below 500 and unavailability from there on."""

BY_CLASS: tuple[tuple[type[Exception], type[Translated]], ...] = (
    (openai.APITimeoutError, ProviderTimeoutError),
    (openai.APIConnectionError, ProviderUnavailableError),
    (openai.LengthFinishReasonError, TruncatedOutputError),
    (openai.ContentFilterFinishReasonError, FilteredError),
    # Without status or known code: an error event within a stream.
    (openai.APIError, ProviderUnavailableError),
    (TimeoutError, ProviderTimeoutError),
    # A lone surrogate in what we send; all other encoding troubles are in what came back.
    (UnicodeEncodeError, ProviderRejectedError),
    # langchain-openai warns of an illegal schema before it raises; where warnings are errors, this is what comes.
    (Warning, ProviderRejectedError),
    # Whatever else langchain-openai and httpx raise while they read an answer is about that answer: HTML or
    # broken JSON with status 200 (ValueError), no or null choices (LookupError, TypeError), a broken stream.
    (Exception, ProviderUnavailableError),
)
"""By class, most specific first."""

DETAILS: dict[type[Translated], str] = {
    ProviderTimeoutError: "did not answer in time",
    ProviderUnavailableError: "could not be reached or gave no complete answer",
    ProviderRateLimitedError: "is rate limited by its vendor",
    ProviderModelMissingError: "is not known to its vendor (any more)",
    ProviderQuotaError: "cannot be used: the vendor's account has no money left",
    ProviderAuthError: "cannot be used: the vendor refuses the configured key",
    ProviderRejectedError: "refused the request as invalid",
    FilteredError: "was stopped by its vendor's content filter",
    TruncatedOutputError: "reached the token limit before its answer was complete",
}
"""How the sentence "The text model X ..." goes on."""


def translate(exc: Exception, *, model: str) -> Translated:
    """The service's error for what a vendor's client raised while `model` was asked; raise it `from exc`."""
    if isinstance(exc, ProviderError | ModelOutputError):
        return exc
    kind = _kind(exc)
    facts = _facts(exc)
    detail = f"The text model {model} {DETAILS[kind]}{f' ({facts})' if facts else ''}."
    return kind(detail, retry_after=_retry_after(exc))


def refuses_format(error: ProviderError) -> bool:
    """Whether a translated rejection is about the form of structured output that was asked for."""
    cause = error.__cause__
    if not isinstance(cause, openai.APIStatusError):
        return False
    said = f"{cause.param} {cause.message}"
    return any(word in said for word in ("response_format", "json_schema", "json_object"))


def _kind(exc: Exception) -> type[Translated]:
    if isinstance(exc, openai.APIError):
        for name in (exc.code, cast("Any", exc).type):
            if (known := BY_CODE.get(str(name))) is not None:
                return known
    if isinstance(exc, openai.APIStatusError):
        fallback = ProviderUnavailableError if exc.status_code >= 500 else ProviderRejectedError
        return BY_STATUS.get(exc.status_code, fallback)
    return next(kind for vendor, kind in BY_CLASS if isinstance(exc, vendor))


def _facts(exc: Exception) -> str:
    """What identifies the failure at the vendor and gives nothing away: status, code, request id."""
    if not isinstance(exc, openai.APIError):
        return type(exc).__name__
    facts = [type(exc).__name__] if not isinstance(exc, openai.APIStatusError) else []
    if isinstance(exc, openai.APIStatusError):
        facts.append(f"HTTP {exc.status_code}")
    facts += [_printable(exc.code)] if exc.code else []
    if isinstance(exc, openai.APIStatusError) and exc.request_id:
        facts.append(f"request {_printable(exc.request_id)}")
    return ", ".join(facts)


def _printable(word: object) -> str:
    return "".join(character for character in str(word)[:80] if character.isprintable())


def _retry_after(exc: Exception) -> float | None:
    """Seconds the vendor asks to wait, from `retry-after-ms`, else `Retry-After` (seconds or an HTTP date)."""
    if not isinstance(exc, openai.APIStatusError):
        return None
    headers = exc.response.headers
    readings: tuple[tuple[str, Callable[[str], float]], ...] = (
        ("retry-after-ms", lambda value: float(value) / 1000),
        ("retry-after", float),
        ("retry-after", lambda value: parsedate_to_datetime(value).timestamp() - time()),
    )
    for name, read in readings:
        try:
            seconds = read(headers.get(name) or "")
        except ValueError:
            continue
        if isfinite(seconds):
            return max(seconds, 0.0)
    return None
