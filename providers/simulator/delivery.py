"""A reply on its way to the client: at the set pace, broken as a fault wants it, billed as far as it was written."""

import time
from dataclasses import replace

from providers.simulator.dialect import Dialect, Reply
from providers.simulator.endpoint import error_of
from providers.simulator.errors import ApiError, ErrorBody
from providers.simulator.exchange import ClientGoneError, Exchange
from providers.simulator.faults import Delivery
from providers.simulator.ledger import Call, Outcome
from providers.simulator.script import Strike
from providers.simulator.tokens import CHARS_PER_TOKEN

_MAX_EVENTS = 4000
"""A stream of an absurd answer gets longer pieces instead of more of them."""
_BATCH_BYTES = 32_768
"""Events that are due are written together up to this size; then the client is looked for."""
_SHORTEST_PAUSE_S = 0.004
"""Below this, waiting is left for the next event: timers are not that precise."""
_BREAKING = frozenset({Delivery.STALL_MIDWAY, Delivery.CUT, Delivery.ERROR_EVENT})
_STREAM_HEADERS = {"cache-control": "no-cache"}


class TextDelivery:
    """Delivers one reply and keeps the ledger's entry true at each moment."""

    def __init__(self, dialect: Dialect, exchange: Exchange, call: Call, reply: Reply, strike: Strike | None) -> None:
        self._pace = exchange.state.pace
        self._dialect = dialect
        self._exchange = exchange
        self._call = call
        self._reply = reply
        self._strike = strike
        self._how = strike.fault.delivery if strike is not None else Delivery.WHOLE
        self._parameters: dict[str, float] = strike.parameters if strike is not None else {}

    async def run(self) -> Outcome:
        """Deliver.

        Raises:
            ClientGoneError: the client did not wait for the end.
            ConnectionCutError: a fault has closed the connection.
            ApiError: a fault has turned the answer into an error.
        """
        if self._strike is not None:
            self._call.fault = self._strike.fault.name
        if self._how is Delivery.DROP:
            await self._exchange.cut()
        self._bill(0)
        if self._how is Delivery.STALL:
            await self._stall()
        latency = self._varied(self._pace.latency_ms / 1000)
        if latency:
            await self._exchange.pause(latency)
        return await (self._stream() if self._reply.question.stream else self._whole())

    def _number(self, name: str) -> float:
        return self._parameters[name]

    def _varied(self, seconds: float) -> float:
        if not self._pace.jitter:
            return seconds
        return seconds * (1 + self._pace.jitter * self._exchange.state.chance.uniform(-1, 1))

    def _writing_s(self) -> float:
        """How long the model takes to write the whole answer."""
        if self._how is Delivery.SLOW:
            return self._number("seconds")
        speed = self._pace.tokens_per_second
        return 0.0 if speed is None else self._varied(self._reply.output_tokens / speed)

    def _bill(self, share: float) -> None:
        """Enter what is spent once `share` (0 to 1) of the output is produced; reasoning comes first."""
        call, reply = self._call, self._reply
        call.input_tokens, call.cached_tokens = reply.input_tokens, reply.cached_tokens
        call.output_tokens = round(reply.output_tokens * share)
        call.reasoning_tokens = min(reply.reasoning_tokens, call.output_tokens)
        call.cost_usd = reply.question.model.cost(
            input_tokens=reply.input_tokens, cached_tokens=reply.cached_tokens, output_tokens=call.output_tokens
        )

    async def _stall(self) -> None:
        await self._exchange.pause(self._number("seconds"))
        await self._exchange.cut()

    async def _break_off(self) -> None:
        if self._how is Delivery.STALL_MIDWAY:
            await self._stall()
        await self._exchange.cut()

    def _error(self, status: int) -> ErrorBody:
        if self._strike is None:
            raise RuntimeError("an answer without a strike has no error body")
        return replace(error_of(self._exchange.state, self._strike, self._reply.question.model.id), status=status)

    async def _whole(self) -> Outcome:
        writing = self._writing_s()
        if writing:
            await self._write_for(writing)
        self._bill(1)
        if self._how is Delivery.ERROR_EVENT:
            raise ApiError(self._error(status=500))
        finish = None if self._how is Delivery.NO_FINISH else self._reply.answer.finish_reason
        self._call.finish_reason, self._call.status = finish, 200
        data = self._dialect.whole(self._reply, finish)
        await self._exchange.start(200, "application/json", length=len(data))
        if self._how in _BREAKING:
            await self._exchange.write(data[: int(len(data) * self._number("share"))])
            await self._break_off()
        await self._exchange.write(data, last=True)
        return "answered"

    async def _write_for(self, seconds: float) -> None:
        """Let the model write; a client that leaves meanwhile has paid for the part that was written."""
        began = time.perf_counter()
        try:
            await self._exchange.pause(seconds)
        except ClientGoneError:
            self._bill(min(1.0, (time.perf_counter() - began) / seconds))
            raise

    async def _stream(self) -> Outcome:
        reply, dialect, exchange = self._reply, self._dialect, self._exchange
        self._call.status = 200
        await exchange.start(200, "text/event-stream; charset=utf-8", extra=_STREAM_HEADERS)
        events = dialect.pieces(reply, self._texts())
        planned = len(events)
        if self._how in _BREAKING:
            del events[int(planned * self._number("share")) :]
        await self._write_events(dialect.opening(reply), events, planned)
        if self._how is Delivery.ERROR_EVENT:
            await exchange.write(dialect.error(reply, self._error(status=200), len(events)), last=True)
            return "cut"
        if self._how in _BREAKING:
            await self._break_off()
        self._bill(1)
        if self._how is Delivery.NO_FINISH:
            await exchange.write(b"", last=True)
            return "cut"
        self._call.finish_reason = reply.answer.finish_reason
        end = b"" if self._how is Delivery.NO_DONE else dialect.done(reply, planned)
        await exchange.write(dialect.finish(reply, planned) + end, last=True)
        return "answered"

    def _texts(self) -> list[str]:
        text = self._reply.answer.text
        size = max(self._pace.tokens_per_chunk * CHARS_PER_TOKEN, len(text) // _MAX_EVENTS + 1)
        return [text[start : start + size] for start in range(0, len(text), size)]

    async def _write_events(self, opening: bytes, events: list[bytes], planned: int) -> None:
        """Write the events as they become due; `planned` is their number in the unbroken answer."""
        step = self._writing_s() / planned if planned else 0.0
        buffer = bytearray(opening)
        due = time.perf_counter()
        for index, event in enumerate(events):
            due += step
            early = due - time.perf_counter() if step else 0.0
            if early >= _SHORTEST_PAUSE_S or len(buffer) >= _BATCH_BYTES:
                await self._flush(buffer, index, planned)
                await self._exchange.pause(max(0.0, early))
            buffer += event
        await self._flush(buffer, len(events), planned)

    async def _flush(self, buffer: bytearray, written: int, planned: int) -> None:
        reasoning = self._reply.reasoning_tokens / max(1, self._reply.output_tokens)
        self._bill(reasoning + (1 - reasoning) * (written / planned if planned else 0))
        if buffer:
            await self._exchange.write(bytes(buffer))
            buffer.clear()
