"""The text model: ChatOpenAI over one HTTP client, with retries, fall-backs, a deadline, and every call counted."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from time import perf_counter
from types import TracebackType
from typing import Any, Self, cast

import openai
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage

from dnd.content.result import Usage
from dnd.errors import (
    FilteredError,
    ProviderError,
    ProviderRejectedError,
    ProviderTimeoutError,
    ProviderUnavailableError,
)
from providers.catalogue import ModelRow, Structured
from providers.config import TextModelConfig, start_up_notices
from providers.errors import refuses_format, translate
from providers.reading import MAX_ANSWER_CHARS, Hearing, Reading
from providers.retry import retrying
from providers.text import TextAnswer, TextCall, TextSink
from providers.wire import ChatModel, arguments, build_chat_model, build_client, messages

__all__ = ["MAX_ANSWER_CHARS", "OpenAITextModel", "TextModelConfig", "start_up_notices"]

_LOG = logging.getLogger(__name__)
_SIMPLER: dict[Structured, Structured] = {"json_schema": "json_object", "json_object": "text"}
"""What to ask for of a server that refuses a format."""


@dataclass(slots=True)
class _Seat:
    """One configured model, ready to be asked."""

    row: ModelRow
    model: ChatModel
    structured: Structured


def _step_down(seat: _Seat, asked: Structured, error: ProviderRejectedError) -> bool:
    """Remember that a server of open models refuses the format asked for; False when there is no simpler one."""
    simpler = _SIMPLER.get(asked)
    if simpler is None or seat.row.provider != "openai_compatible" or not refuses_format(error):
        return False
    if seat.structured == asked:
        seat.structured = simpler
        _LOG.warning("the server of %s refuses %s; it is asked for %s from now on", seat.row.id, asked, simpler)
    return True


@dataclass(slots=True)
class _Ledger:
    """What answering one question has cost so far."""

    usage: Usage = field(default_factory=Usage)
    failures: list[str] = field(default_factory=list[str])
    written: bool = False
    """Whether the sink holds text of a call that failed."""


class OpenAITextModel:
    """`providers.text.TextModel` for OpenAI, any server that speaks its protocol, and the simulator.

    Usable between `open` and `close`, or within `async with`, on one event loop.
    """

    def __init__(self, config: TextModelConfig) -> None:
        self.config = config
        self._client: openai.AsyncOpenAI | None = None
        self._seats: list[_Seat] = []

    async def open(self) -> None:
        """Build the HTTP client and the models; nothing is sent."""
        client = self._client = build_client(self.config)
        self._seats = [
            _Seat(row, build_chat_model(row, self.config, client), self.config.structured or row.structured)
            for row in self.config.rows
        ]

    async def close(self) -> None:
        """Close all connections; a call that is under way fails."""
        client, self._client, self._seats = self._client, None, []
        if client is not None:
            await client.close()

    async def __aenter__(self) -> Self:
        await self.open()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    def price(self, *, input_tokens: int, output_tokens: int) -> float:
        """What such a call would cost at most with the first model, in US dollars; 0 when its price is unknown."""
        return self.config.rows[0].cost(input_tokens=input_tokens, output_tokens=output_tokens)

    async def answer(self, call: TextCall) -> TextAnswer:
        """Ask the first model, again where that may help, then its fall-backs.

        A refusal, a cut by the vendor's content filter and an answer that ended at its token limit are answers.

        Raises:
            ProviderError: no configured model could answer; `spent` tells what that cost.
        """
        started = perf_counter()
        ledger = _Ledger()
        try:
            reading = await self._first_answer(call, ledger)
        except ProviderError as error:
            error.spent = ledger.usage
            for line in ledger.failures:
                error.add_note(line)
            raise
        return TextAnswer(
            text=reading.text,
            refusal=reading.refusal,
            finish_reason=reading.finish_reason,
            model=reading.model,
            provider="simulator" if reading.simulated else self.config.provider,
            simulated=reading.simulated,
            usage=ledger.usage,
            duration_ms=(perf_counter() - started) * 1000,
            failures=tuple(ledger.failures),
        )

    async def _first_answer(self, call: TextCall, ledger: _Ledger) -> Reading:
        if not self._seats:
            raise RuntimeError("the text model is not open")
        deadline = asyncio.get_running_loop().time() + self.config.deadline_s
        last: ProviderError | None = None
        limit = asyncio.timeout_at(deadline)
        try:
            async with limit:
                for seat in self._seats:
                    try:
                        return await self._patiently(seat, call, ledger, deadline)
                    except ProviderError as error:
                        last = error
                        if not error.fall_back:
                            raise
        except TimeoutError as error:
            if not limit.expired():
                raise
            detail = f"No text model answered within {self.config.deadline_s:g} s."
            raise ProviderTimeoutError(detail) from (last or error)
        raise cast("ProviderError", last)

    async def _patiently(self, seat: _Seat, call: TextCall, ledger: _Ledger, deadline: float) -> Reading:
        """Ask one model, again where that may help, and with less of a format where the server knows no better."""
        while True:
            asked = seat.structured
            policy = retrying(self.config, remaining_s=deadline - asyncio.get_running_loop().time())
            try:
                return await policy(self._once, seat, call, ledger)
            except ProviderRejectedError as error:
                if self.config.structured is not None or not _step_down(seat, asked, error):
                    raise

    async def _once(self, seat: _Seat, call: TextCall, ledger: _Ledger) -> Reading:
        """One HTTP call, entered in the ledger before it is made, so that a cancelled one counts too."""
        ledger.usage += Usage(calls=1)
        try:
            reading = await self._heard(seat, call, ledger)
        except FilteredError as error:
            ledger.failures.append(str(error))
            return Reading(text="", finish_reason="content_filter", model=seat.row.id)
        except ProviderError as error:
            ledger.failures.append(str(error))
            cause = error.__cause__
            known = cause is None or isinstance(cause, openai.OpenAIError | TimeoutError)
            _LOG.warning("%s Cause: %.500r", error, str(cause), exc_info=None if known else cause)
            raise
        ledger.usage += reading.usage
        return reading

    async def _heard(self, seat: _Seat, call: TextCall, ledger: _Ledger) -> Reading:
        sent = messages(call, seat.structured)
        keywords = arguments(call, seat.row, seat.structured, self.config.max_output_tokens)
        hearing = Hearing(row=seat.row, sent=sent, schema=call.schema)
        if call.sink is None:
            hearing.take(await self._whole(seat, sent, keywords))
        else:
            await self._streamed(self._chunks(seat, sent, keywords), call.sink, hearing, ledger)
        return hearing.reading()

    async def _whole(self, seat: _Seat, sent: Sequence[BaseMessage], keywords: dict[str, Any]) -> AIMessage:
        try:
            async with asyncio.timeout(self.config.timeout_s):
                # Said outright: a streaming callback of the surrounding graph would else make it a stream.
                return await seat.model.ainvoke(sent, stream=False, **keywords)
        except Exception as error:
            raise translate(error, model=seat.row.id) from error

    async def _streamed(
        self, stream: AsyncGenerator[AIMessageChunk], sink: TextSink, hearing: Hearing, ledger: _Ledger
    ) -> None:
        if ledger.written:
            sink.restart()
            ledger.written = False
        try:
            async with aclosing(stream) as chunks:
                async for chunk in chunks:
                    if piece := hearing.take(chunk):
                        ledger.written = True
                        sink.write(piece)
                    if hearing.too_long:
                        break
            if hearing.finish_reason is None:
                detail = f"The stream of the text model {hearing.row.id} ended before its answer was complete."
                raise ProviderUnavailableError(detail)
        except (ProviderError, asyncio.CancelledError):
            # What was written before the failure, or the deadline, is billed though nobody counted it.
            ledger.usage += hearing.usage() if hearing.pieces else Usage()
            raise

    async def _chunks(
        self, seat: _Seat, sent: Sequence[BaseMessage], keywords: dict[str, Any]
    ) -> AsyncGenerator[AIMessageChunk]:
        """The stream, its failures translated; those of whoever listens to it stay what they are."""
        try:
            async for chunk in seat.model.astream(sent, **keywords):
                yield chunk
        except Exception as error:
            raise translate(error, model=seat.row.id) from error
