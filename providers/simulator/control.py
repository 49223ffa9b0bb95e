"""The endpoints below `/simulator/`: how a client under test looks at the simulator and steers it. No key needed."""

from collections.abc import Awaitable, Callable
from dataclasses import fields
from typing import Any

import orjson
from pydantic import TypeAdapter, ValidationError
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from providers.simulator.faults import FAULTS, Fault
from providers.simulator.models import simulated_models
from providers.simulator.script import Step
from providers.simulator.state import Pace, SimulatorState

_PAGE = """This is the text model simulator: the OpenAI wire format, and no model behind it.

  POST /v1/chat/completions   POST /v1/responses   POST /v1/moderations   POST /v1/embeddings
  GET  /v1/models             GET  /v1/models/{id}

  GET    /simulator/ledger     every call with tokens, cost and how it ended (?last=10 for the last ten)
  POST   /simulator/script     queue faults: [{"fault": "rate-limited", "times": 2, "retry_after": 1}]
  GET    /simulator/script     what is still queued       DELETE /simulator/script   empty the queue
  GET    /simulator/faults     every fault with its parameters; the model sim-<fault> always fails so
  GET    /simulator/settings   the pace                   POST   /simulator/settings change it
  POST   /simulator/reset      begin anew

Any API key will do but one that begins with sk-invalid.
Models: """

Handler = Callable[[Request], Awaitable[Response]]


def _json(value: object, status: int = 200) -> Response:
    return Response(orjson.dumps(value), status_code=status, media_type="application/json")


def _fault_view(fault: Fault) -> dict[str, Any]:
    shown = {field.name: getattr(fault, field.name) for field in fields(fault) if field.name != "raw"}
    shown |= {"parameters": dict(fault.parameters), "headers": dict(fault.headers), "model": f"sim-{fault.name}"}
    return shown


def _complaint(error: ValidationError) -> Response:
    faults = error.errors(include_url=False, include_input=False, include_context=False)
    return _json(
        {"error": {"message": "the body is not valid", "type": "invalid_request_error", "faults": faults}}, 400
    )


class _Control:
    """The handlers, bound to one simulator."""

    def __init__(self, state: SimulatorState) -> None:
        self._state = state
        self._steps = TypeAdapter(list[Step])

    async def page(self, _: Request) -> Response:
        return PlainTextResponse(_PAGE + ", ".join(simulated_models()) + "\n")

    async def ledger(self, request: Request) -> Response:
        last = request.query_params.get("last", "")
        return _json(self._state.ledger.view(int(last) if last.isdecimal() else None))

    async def faults(self, _: Request) -> Response:
        return _json([_fault_view(fault) for fault in FAULTS.values()])

    async def script(self, request: Request) -> Response:
        if request.method == "DELETE":
            self._state.script.clear()
        elif request.method == "POST":
            try:
                self._state.script.add(self._steps.validate_json(await request.body()))
            except ValidationError as error:
                return _complaint(error)
        return _json(self._state.script.view())

    async def settings(self, request: Request) -> Response:
        if request.method == "POST":
            try:
                changes = TypeAdapter(dict[str, Any]).validate_json(await request.body())
                self._state.set_pace(Pace.model_validate({**self._state.pace.model_dump(), **changes}))
            except ValidationError as error:
                return _complaint(error)
        return _json(self._state.pace.model_dump())

    async def reset(self, _: Request) -> Response:
        self._state.reset()
        return _json({"reset": True})


def control_routes(state: SimulatorState) -> list[Route]:
    """The routes, bound to one simulator."""
    control = _Control(state)
    table: tuple[tuple[str, Handler, list[str]], ...] = (
        ("/", control.page, ["GET"]),
        ("/simulator/ledger", control.ledger, ["GET"]),
        ("/simulator/faults", control.faults, ["GET"]),
        ("/simulator/script", control.script, ["GET", "POST", "DELETE"]),
        ("/simulator/settings", control.settings, ["GET", "POST"]),
        ("/simulator/reset", control.reset, ["POST"]),
    )
    return [Route(path, handler, methods=methods) for path, handler, methods in table]
