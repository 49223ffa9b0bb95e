"""What every endpoint does around its own work: the key, the body, the faults of HTTP, the ledger."""

import asyncio
from collections.abc import Callable, Coroutine
from email.utils import formatdate
from typing import Any, cast

import orjson
from starlette.types import Receive, Scope, Send

from providers.simulator.errors import ApiError, ErrorBody, invalid
from providers.simulator.exchange import ClientGoneError, ConnectionCutError, Exchange
from providers.simulator.ledger import Call, Outcome
from providers.simulator.parameters import missing
from providers.simulator.script import Strike
from providers.simulator.state import SimulatorState

Handler = Callable[[Exchange, Call], Coroutine[Any, Any, Outcome]]


class Endpoint:
    """A handler as an ASGI app. However the call ends, the ledger says how."""

    def __init__(self, state: SimulatorState, handle: Handler) -> None:
        self._state = state
        self._handle = handle

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Run one call."""
        exchange = Exchange(self._state, scope, receive, send)
        retries = exchange.header("x-stainless-retry-count") or ""
        call = Call(
            id=exchange.request_id,
            at=self._state.clock(),
            endpoint=exchange.path,
            retry_count=int(retries) if retries.isdecimal() else 0,
        )
        self._state.ledger.begin(call)
        outcome: Outcome = "failed"
        try:
            check_key(exchange.header("authorization"))
            outcome = await self._handle(exchange, call)
        except ApiError as error:
            call.status, outcome = error.body.status, "refused"
            await exchange.refuse(error.body)
        except ClientGoneError:
            outcome = "cancelled"
        except asyncio.CancelledError:
            outcome = "cancelled"
            raise
        except ConnectionCutError:
            outcome = "cut"
            if not exchange.can_cut:
                raise
        finally:
            call.duration_ms = round(exchange.elapsed_ms, 3)
            self._state.ledger.settle(call, outcome)


def check_key(header: str | None) -> None:
    """Any key will do but one that begins with `sk-invalid`.

    Raises:
        ApiError: 401.
    """
    scheme, _, key = (header or "").partition(" ")
    key = key.strip()
    if scheme.lower() != "bearer" or not key:
        message = "You didn't provide an API key. Send it in a header: Authorization: Bearer YOUR_KEY."
        raise ApiError(ErrorBody(status=401, message=message))
    if key.startswith("sk-invalid"):
        message = f"Incorrect API key provided: {key[:7]}***{key[-4:]}. You can find your key in your account settings."
        raise ApiError(ErrorBody(status=401, message=message, code="invalid_api_key"))


async def read_object(exchange: Exchange) -> dict[str, Any]:
    """The request body, which must be a JSON object.

    Raises:
        ApiError: 400, it is none.
    """
    try:
        body = orjson.loads(await exchange.body())
    except orjson.JSONDecodeError:
        body = None
    if not isinstance(body, dict):
        raise invalid("We could not parse the JSON body of your request: the API expects a JSON object.")
    return cast("dict[str, Any]", body)


def model_name(body: dict[str, Any]) -> str:
    """The model that a body names.

    Raises:
        ApiError: 400, it names none.
    """
    name = body.get("model")
    if not isinstance(name, str) or not name:
        raise missing("model")
    return name


def error_of(state: SimulatorState, strike: Strike, model: str) -> ErrorBody:
    """The error body of a strike."""
    wait = strike.parameters.get("retry_after", 0)
    return strike.fault.body(strike.parameters, model, formatdate(state.clock() + wait, usegmt=True))


async def fail(exchange: Exchange, call: Call, strike: Strike, model: str) -> Outcome:
    """Answer with a fault of HTTP.

    Raises:
        ApiError: the fault is an error body of the vendor.
    """
    call.fault = strike.fault.name
    if strike.fault.raw is None:
        raise ApiError(error_of(exchange.state, strike, model))
    call.status = strike.fault.status
    await exchange.reply(strike.fault.status, strike.fault.raw.encode(), strike.fault.media_type)
    return "refused" if strike.fault.status >= 400 else "cut"
