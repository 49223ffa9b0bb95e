"""Every error the service can raise, split by who acts next.

ServiceError
├── CallerError                 the caller changes the request (4xx)
│   ├── InvalidParametersError      422 invalid_parameters   names the field
│   ├── WrongGroupError             400 invalid_parameters   a type of the other group
│   ├── NotFoundError               404 not_found
│   ├── ConflictError               409 conflict
│   └── PayloadTooLargeError        413 payload_too_large
├── ModelOutputError            the loop decides: repair, or stop (never leaves the graph)
│   ├── UnusableOutputError         nothing in the answer can be parsed
│   ├── TruncatedOutputError        the answer ended at the token limit
│   ├── EmptyOutputError            the answer has no text
│   ├── RefusedError                the model declined (final)
│   └── FilteredError               the vendor's content filter cut the answer (final)
├── ProviderError               retry, fall back to the next model, or stop (5xx)
│   ├── ProviderTimeoutError        504 provider_timeout         retry
│   ├── ProviderUnavailableError    502 text_generation_failed   retry, then fall back
│   ├── ProviderRateLimitedError    503 service_unavailable      retry after the stated time, then fall back
│   ├── ProviderModelMissingError   502 text_generation_failed   fall back at once
│   ├── ProviderQuotaError          503 service_unavailable      stop: somebody must pay
│   ├── ProviderAuthError           503 service_unavailable      stop: somebody must mend the key
│   └── ProviderRejectedError       502 text_generation_failed   stop: our request is wrong
└── InternalError               we act (500, masked)
    ├── ConfigurationError          the start stops with one line
    └── StorageError                503 service_unavailable
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from dnd.content.result import Usage


@dataclass(frozen=True, slots=True)
class FieldError:
    """One field at fault."""

    path: str
    """JSON pointer into the request body, or `header/<name>`, `query/<name>`, `path/<name>`."""
    message: str


class ServiceError(Exception):
    """Base of all errors of the service. `str(error)` may be shown to a caller unless the status is 500."""

    code: ClassVar[str] = "internal_error"
    """Stable, machine-readable reason (design page: Errors)."""
    status: ClassVar[int] = 500
    """HTTP status."""

    def __init__(self, detail: str, *, retry_after: float | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        self.retry_after = retry_after
        """Seconds after which a retry may succeed, when known."""


class CallerError(ServiceError):
    """The caller must change the request."""

    status = 400


class InvalidParametersError(CallerError):
    """The request is well-formed and wrong; `errors` names each field."""

    code = "invalid_parameters"
    status = 422

    def __init__(self, detail: str, errors: Sequence[FieldError] = ()) -> None:
        super().__init__(detail)
        self.errors = tuple(errors)


class WrongGroupError(CallerError):
    """A content type of another group was sent to a call limited to one group."""

    code = "invalid_parameters"
    status = 400

    def __init__(self, detail: str, errors: Sequence[FieldError] = ()) -> None:
        super().__init__(detail)
        self.errors = tuple(errors)


class NotFoundError(CallerError):
    """The thing named does not exist (or not for this caller)."""

    code = "not_found"
    status = 404


class ConflictError(CallerError):
    """The request contradicts the present state."""

    code = "conflict"
    status = 409


class PayloadTooLargeError(CallerError):
    """The body exceeds the size limit."""

    code = "payload_too_large"
    status = 413


class ModelOutputError(ServiceError):
    """The model answered, and the answer cannot be used as it is. The loop decides what follows."""

    code = "text_generation_failed"
    status = 502
    reason: ClassVar[str] = "unusable"
    """Stable word for the trace."""
    final: ClassVar[bool] = False
    """True where asking again would only argue with a refusal."""


class UnusableOutputError(ModelOutputError):
    """Nothing in the answer parses as the content asked for."""


class TruncatedOutputError(ModelOutputError):
    """The answer ended at the token limit (`finish_reason: length`)."""

    reason = "truncated"


class EmptyOutputError(ModelOutputError):
    """The answer holds no text (reasoning may have eaten the budget)."""

    reason = "empty"


class RefusedError(ModelOutputError):
    """The model declined."""

    code = "content_refused"
    status = 422
    reason = "refused"
    final = True


class FilteredError(ModelOutputError):
    """The vendor's content filter cut the answer."""

    code = "content_refused"
    status = 422
    reason = "filtered"
    final = True


class ProviderError(ServiceError):
    """The vendor failed. `retryable`: the same call may succeed. `fall_back`: another model may."""

    code = "text_generation_failed"
    status = 502
    retryable: ClassVar[bool] = False
    fall_back: ClassVar[bool] = False
    spent: "Usage | None" = None
    """Money and tokens of the calls that failed, as far as known."""


class ProviderTimeoutError(ProviderError):
    """No answer in time. Whether it was billed is unknown."""

    code = "provider_timeout"
    status = 504
    retryable = True
    fall_back = True


class ProviderUnavailableError(ProviderError):
    """Connection failed, the stream broke, the body was no JSON, or a 5xx came back."""

    retryable = True
    fall_back = True


class ProviderRateLimitedError(ProviderError):
    """The vendor's rate limit; `retry_after` carries its wish in seconds when it gave one."""

    code = "service_unavailable"
    status = 503
    retryable = True
    fall_back = True


class ProviderModelMissingError(ProviderError):
    """The vendor does not know the model (any more)."""

    fall_back = True


class ProviderQuotaError(ProviderError):
    """The account has no money left: HTTP 429 at OpenAI, and no retry helps."""

    code = "service_unavailable"
    status = 503


class ProviderAuthError(ProviderError):
    """The vendor refuses our key or its permissions."""

    code = "service_unavailable"
    status = 503


class ProviderRejectedError(ProviderError):
    """The vendor says our request is wrong (400, 422, context overflow). Repeating it changes nothing."""


class InternalError(ServiceError):
    """We are at fault. The detail stays in the log."""


class ConfigurationError(InternalError):
    """A setting is wrong or contradicts another; the start stops with this one line."""


class StorageError(InternalError):
    """The database cannot be reached or refused the write."""

    code = "service_unavailable"
    status = 503
