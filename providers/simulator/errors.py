"""The vendor's error bodies: `{"error": {"message", "type", "param", "code"}}`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorBody:
    """One refusal as it goes over the wire."""

    status: int
    message: str
    kind: str = "invalid_request_error"
    """The wire's `type`."""
    param: str | None = None
    code: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict[str, str])

    def payload(self) -> dict[str, Any]:
        """The JSON body."""
        inner = {"message": self.message, "type": self.kind, "param": self.param, "code": self.code}
        return {"error": inner}


class ApiError(Exception):
    """Ends a call with `body`."""

    def __init__(self, body: ErrorBody) -> None:
        super().__init__(body.message)
        self.body = body


def invalid(message: str, param: str | None = None, code: str | None = None) -> ApiError:
    """HTTP 400: the request is wrong at `param`."""
    return ApiError(ErrorBody(status=400, message=message, param=param, code=code))


def unknown_model(name: str) -> ApiError:
    """HTTP 404 for a model that does not exist or was shut down."""
    message = f"The model `{name}` does not exist or you do not have access to it."
    return ApiError(ErrorBody(status=404, message=message, code="model_not_found"))


def unsupported_value(param: str, value: object, supported: str) -> ApiError:
    """HTTP 400 for a parameter that the model takes, at a value that it does not take."""
    message = f"Unsupported value: '{param}' does not support {value} with this model. {supported}"
    return invalid(message, param, "unsupported_value")


def unsupported_parameter(param: str, instead: str | None = None) -> ApiError:
    """HTTP 400 for a parameter that the model refuses altogether."""
    message = f"Unsupported parameter: '{param}' is not supported with this model."
    if instead is not None:
        message = f"{message} Use '{instead}' instead."
    return invalid(message, param, "unsupported_parameter")


def rate_limited(message: str, kind: str, wait_s: float) -> ApiError:
    """HTTP 429 with both forms of the waiting time."""
    headers = {"retry-after": str(max(1, round(wait_s))), "retry-after-ms": str(max(1, round(wait_s * 1000)))}
    return ApiError(ErrorBody(status=429, message=message, kind=kind, code="rate_limit_exceeded", headers=headers))
