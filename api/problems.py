"""Every error as RFC 9457 problem JSON: one shape, whoever raised it."""

import logging
import math
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, cast

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.routing import Match

from api.identity import current_request_id
from api.pointers import field_errors
from dnd.errors import FieldError, InternalError, ServiceError, StorageError

PROBLEM_JSON = "application/problem+json"
MASKED = "Something went wrong on our side. The request id finds it in our log."

_CODES = {
    400: "invalid_parameters",
    401: "unauthorized",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    409: "conflict",
    413: "payload_too_large",
    415: "unsupported_media_type",
    422: "invalid_parameters",
    429: "rate_limited",
    503: "service_unavailable",
}
"""Codes of errors that come from the framework and carry only a status."""

_METHODS = ("DELETE", "GET", "PATCH", "POST", "PUT")

_log = logging.getLogger(__name__)


class ProblemField(BaseModel):
    """One field at fault."""

    path: str = Field(
        description="JSON pointer into the body, or `query/<name>`, `header/<name>`, `path/<name>`.",
        examples=["/subject/level"],
    )
    message: str = Field(examples=["must be a whole number"])


class Problem(BaseModel):
    """An error (RFC 9457)."""

    type: str = Field(examples=["urn:llm-service:problem:invalid_parameters"])
    title: str = Field(examples=["Invalid parameters"])
    status: int = Field(examples=[422])
    code: str = Field(description="Stable, for programs.", examples=["invalid_parameters"])
    detail: str = Field(description="What happened, for people.")
    request_id: str = Field(description="The same as the header `X-Request-ID`.")
    errors: list[ProblemField] = Field(
        default_factory=list[ProblemField], description="The fields at fault, for bad input."
    )


def problem_of(error: BaseException) -> tuple[Problem, dict[str, str]]:
    """The problem that tells `error`, and the headers that go with it."""
    if isinstance(error, ServiceError):
        return _of_service_error(error)
    if isinstance(error, RequestValidationError):
        fields = field_errors(cast("Sequence[Mapping[str, Any]]", error.errors()), error.body)
        return _problem(422, "invalid_parameters", _summary(fields), fields), {}
    if isinstance(error, HTTPException):
        code = _CODES.get(error.status_code, "internal_error" if error.status_code >= 500 else "invalid_parameters")
        fields = [FieldError("header/content-type", error.detail)] if error.status_code == 415 else []
        return _problem(error.status_code, code, error.detail, fields), dict(error.headers or {})
    return _problem(500, "internal_error", MASKED), {}


def respond(error: BaseException) -> Response:
    """`error` as an HTTP response."""
    problem, headers = problem_of(error)
    return Response(problem.model_dump_json(), status_code=problem.status, headers=headers, media_type=PROBLEM_JSON)


def record(error: BaseException) -> None:
    """Log `error` as its kind deserves: ours with the traceback, a provider's in one line, a caller's not at all."""
    if not isinstance(error, ServiceError) or (isinstance(error, InternalError) and error.status == 500):
        _log.error("unhandled %s", type(error).__name__, exc_info=error)
    elif isinstance(error, StorageError):
        _log.error("%s: %s", error.code, error.detail, exc_info=error)
    elif error.status >= 500:
        _log.warning("%s: %s: %s", error.code, type(error).__name__, error.detail)


def install(app: FastAPI) -> None:
    """Make `app` answer with problems. What no handler catches is told by `api.middleware.Identity`."""

    async def service_error(_: Request, error: Exception) -> Response:
        record(error)
        return respond(error)

    async def framework_error(request: Request, error: Exception) -> Response:
        return respond(_routed(app, request, error) if isinstance(error, HTTPException) else error)

    app.add_exception_handler(ServiceError, service_error)
    app.add_exception_handler(RequestValidationError, framework_error)
    app.add_exception_handler(HTTPException, framework_error)


def _of_service_error(error: ServiceError) -> tuple[Problem, dict[str, str]]:
    detail = MASKED if error.status == 500 else error.detail
    fields = cast("tuple[FieldError, ...]", getattr(error, "errors", ()))
    headers: dict[str, str] = {}
    if error.retry_after is not None:
        headers["retry-after"] = str(max(1, math.ceil(error.retry_after)))
    return _problem(error.status, error.code, detail, fields), headers


def _problem(status: int, code: str, detail: str, fields: Sequence[FieldError] = ()) -> Problem:
    return Problem(
        type=f"urn:llm-service:problem:{code}",
        title=code.replace("_", " ").capitalize(),
        status=status,
        code=code,
        detail=detail or HTTPStatus(status).phrase,
        request_id=current_request_id(),
        errors=[ProblemField(path=field.path, message=field.message) for field in fields],
    )


def _summary(fields: Sequence[FieldError]) -> str:
    first = fields[0]
    told = f"{first.path}: {first.message}" if first.path else first.message
    return told if len(fields) == 1 else f"{len(fields)} fields are wrong. The first: {told}"


def _routed(app: FastAPI, request: Request, error: HTTPException) -> HTTPException:
    """The router's own refusals, told more fully: it names only the methods of the first route of a path."""
    if error.status_code == 404 and error.detail == HTTPStatus.NOT_FOUND.phrase:
        return HTTPException(404, f"there is nothing at {request.url.path[:200]}", dict(error.headers or {}))
    if error.status_code == 405:
        scope: dict[str, Any] = {"type": "http", "path": request.url.path, "root_path": "", "headers": []}
        allowed = ", ".join(name for name in _METHODS if _routes(app, {**scope, "method": name}))
        return HTTPException(405, f"{request.method} is not offered here; use {allowed}", {"allow": allowed})
    return error


def _routes(app: FastAPI, scope: dict[str, Any]) -> bool:
    return any(route.matches(scope)[0] is Match.FULL for route in app.router.routes)
