"""Running the content graph: waiting for its output, or watching it work."""

from collections.abc import AsyncIterator
from typing import Any, Literal, cast

from langchain_core.runnables import RunnableConfig

from dnd.content.request import ContentRequest
from graphs.content import ContentGraph
from graphs.state import ContentInput, ContentOutput, RunContext
from providers.text import RunKey

Watched = tuple[Literal["event"], dict[str, Any]] | tuple[Literal["output"], ContentOutput]


class ContentRunner:
    """One compiled graph for all runs of a process."""

    def __init__(self, graph: ContentGraph) -> None:
        # The library leaves parts of its own signatures untyped; what passes here is typed again below.
        self._graph = cast("Any", graph)

    async def run(self, request: ContentRequest, config: RunnableConfig, key: RunKey | None = None) -> ContentOutput:
        """The output of one run.

        Raises:
            CallerError: the request cannot be served; nothing was spent.
            ProviderError: no model could answer, and nothing usable was written before.
        """
        output = await self._graph.ainvoke(ContentInput(request=request), config, context=RunContext(run=key))
        return cast("ContentOutput", output)

    async def watch(
        self, request: ContentRequest, config: RunnableConfig, key: RunKey | None = None
    ) -> AsyncIterator[Watched]:
        """The run's events (`stage`, `delta`, `findings`) as they happen, and its output last.

        Raises:
            ServiceError: as `run`.
        """
        output: ContentOutput | None = None
        stream = self._graph.astream(
            ContentInput(request=request),
            config,
            context=RunContext(stream=True, run=key),
            stream_mode=["custom", "values"],
            output_keys=list(ContentOutput.__annotations__),
        )
        async for mode, chunk in stream:
            if mode == "custom":
                yield ("event", chunk)
            else:
                output = cast("ContentOutput", chunk)
        if output is not None:
            yield ("output", output)
