"""The simulator as an ASGI app. Everything it knows belongs to the app; two of them share nothing."""

import time
from collections.abc import Callable

import orjson
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from providers.simulator.chat import ChatDialect
from providers.simulator.control import control_routes
from providers.simulator.embeddings import EmbeddingEndpoint
from providers.simulator.endpoint import Endpoint, Handler
from providers.simulator.errors import ErrorBody
from providers.simulator.model_list import ModelEndpoint
from providers.simulator.moderation import ModerationEndpoint
from providers.simulator.responses import ResponsesDialect
from providers.simulator.state import Pace, SimulatorState
from providers.simulator.text_endpoint import TextEndpoint


def create_simulator(
    *,
    clock: Callable[[], float] = time.time,
    latency_ms: float = 0,
    tokens_per_second: float | None = None,
    jitter: float = 0,
) -> Starlette:
    """A simulator.

    Args:
        clock: Unix seconds; dates answers, ages the prompt cache, refills rate limits. Pauses take real time.
        latency_ms: until the first byte of an answer.
        tokens_per_second: speed of writing; None: at once.
        jitter: share (0 to 1) by which both vary.

    Raises:
        pydantic.ValidationError: one of the numbers is out of bounds.
    """
    pace = Pace(latency_ms=latency_ms, tokens_per_second=tokens_per_second, jitter=jitter)
    state = SimulatorState(clock, pace, pace)
    table: tuple[tuple[str, str, Handler], ...] = (
        ("POST", "/v1/chat/completions", TextEndpoint(state, ChatDialect())),
        ("POST", "/v1/responses", TextEndpoint(state, ResponsesDialect())),
        ("POST", "/v1/moderations", ModerationEndpoint(state)),
        ("POST", "/v1/embeddings", EmbeddingEndpoint(state)),
        ("GET", "/v1/models", ModelEndpoint(state)),
        ("GET", "/v1/models/{id:path}", ModelEndpoint(state)),
    )
    routes = [Route(path, Endpoint(state, handler), methods=[method]) for method, path, handler in table]
    return Starlette(
        routes=[*routes, *control_routes(state)],
        exception_handlers={HTTPException: _no_such_route, Exception: _broken},
    )


async def _no_such_route(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    headers = error.headers if isinstance(error, HTTPException) else None
    said = f"Invalid URL ({request.method} {request.url.path})"
    if status == 405:
        said = f"Not allowed to {request.method} on {request.url.path}."
    body = ErrorBody(status=status, message=said, code="method_not_allowed" if status == 405 else None)
    return Response(orjson.dumps(body.payload()), status, headers, "application/json")


async def _broken(_: Request, __: Exception) -> Response:
    body = ErrorBody(status=500, message="The simulator is at fault; its log says why.", kind="server_error")
    return Response(orjson.dumps(body.payload()), body.status, media_type="application/json")
