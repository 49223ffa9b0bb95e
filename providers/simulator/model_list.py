"""`GET /v1/models` and `GET /v1/models/{id}`."""

from typing import Any

from providers.simulator.endpoint import fail
from providers.simulator.exchange import Exchange
from providers.simulator.ledger import Call, Outcome
from providers.simulator.models import SimulatedModel, simulated_models
from providers.simulator.state import SimulatorState

PATH = "/v1/models"


class ModelEndpoint:
    """The list, or one model of it. Only a step of the script that names this path strikes here."""

    def __init__(self, state: SimulatorState) -> None:
        self._state = state

    async def __call__(self, exchange: Exchange, call: Call) -> Outcome:
        """Run one call."""
        strike = self._state.script.strike(exchange.path, "", "", named=True)
        if strike is not None:
            return await fail(exchange, call, strike, "")
        name = exchange.path.removeprefix(PATH).strip("/")
        if name:
            payload = _object(self._state.model(name), name)
        else:
            models = simulated_models()
            payload = {"object": "list", "data": [_object(row, row.id) for row in models.values()]}
        call.status = 200
        await exchange.reply_json(200, payload)
        return "answered"


def _object(row: SimulatedModel, name: str) -> dict[str, Any]:
    return {
        "id": name,
        "object": "model",
        "created": row.created,
        "owned_by": row.owner,
        "shutdown_date": row.shutdown.isoformat() if row.shutdown is not None else None,
    }
