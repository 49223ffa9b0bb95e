"""The graphs as LangGraph Studio loads them (`langgraph.json`), wired above the layer that defines them.

Studio imports a finished graph and brings its own checkpointer, threads and event loop. The text model is therefore
opened at the first question, in the loop that asks it, and lives as long as the process.
"""

import asyncio
from contextlib import AsyncExitStack

from graphs.content import content_graph
from providers.catalogue import model_row
from providers.text import TextAnswer, TextCall, TextModel
from services.models import open_model
from services.settings import Settings, load_settings
from services.warming import warm_up


class LateTextModel:
    """A text model that opens itself when it is first needed."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._stack = AsyncExitStack()
        self._opening = asyncio.Lock()
        self._model: TextModel | None = None

    async def answer(self, call: TextCall) -> TextAnswer:
        """As `TextModel.answer`."""
        async with self._opening:
            if self._model is None:
                opened = await self._stack.enter_async_context(open_model(self._settings))
                self._model = opened.model
        return await self._model.answer(call)

    def price(self, *, input_tokens: int, output_tokens: int) -> float:
        """As `TextModel.price`."""
        row = model_row(self._settings.openai_model)
        return row.cost(input_tokens=input_tokens, output_tokens=output_tokens)


# Studio watches its event loop for blocking calls, so everything is read from disk here, at import.
warm_up()
_settings = load_settings()
content = content_graph(LateTextModel(_settings), max_tokens=_settings.openai_max_tokens)
