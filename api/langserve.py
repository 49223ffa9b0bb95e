"""The content graph for LangChain's `RemoteRunnable`: the one file that knows LangServe.

LangServe is deprecated upstream, so all of it is here: dropping it is deleting this file and its line in
`server.py`. What is mounted is a typed wrapper over the generation service and not the graph itself, whose
thread ids LangServe would drop and whose inner state it would show.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from typing import Any, Literal, cast

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.responses import HTMLResponse
from langchain_core.runnables import Runnable, RunnableConfig
from langserve import APIHandler
from langserve.schema import CustomUserType
from pydantic import BaseModel, ConfigDict, Field

from api.openapi import EVENT_STREAM, problems
from api.playground import playground_page
from api.problems import problem_of, record
from api.routes import StrictRoute
from api.sse import Watch, WatchedResponse
from dnd.content.request import ContentRequest
from dnd.content.result import ContentResult
from dnd.errors import FieldError, InvalidParametersError
from services.generation import GenerationService

PATH = "/graphs/content"
MAX_BATCH = 20
"""Inputs of one batch."""
BATCH_CONCURRENCY = 4
"""Inputs of one batch that are worked on at once."""


class GraphInput(CustomUserType):
    """What the graph is asked to do. A `CustomUserType` reaches the runnable as it is and not as a dict."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    action: Literal["start"] = "start"
    request: ContentRequest


class _Options(BaseModel):
    """LangChain's configuration. Callers' values configure nothing here, and none is an error."""

    config: dict[str, Any] | list[dict[str, Any]] = Field(default_factory=dict)
    kwargs: dict[str, Any] = Field(default_factory=dict)


class GraphCall(_Options):
    """One input."""

    input: GraphInput


class GraphBatch(_Options):
    """Several inputs, answered together or not at all."""

    inputs: list[GraphInput] = Field(max_length=MAX_BATCH)


class GraphChunk(BaseModel):
    """One event of a stream: as in `POST /v1/content/stream`, the last one `result` or `error`."""

    event: str
    data: dict[str, Any]


class ContentRunnable(Runnable[GraphInput, dict[str, Any]]):
    """The generation service as a runnable. The service and the watched run come with each call's config."""

    @property
    def InputType(self) -> type[GraphInput]:  # noqa: N802 -- LangChain's name
        """For the input schema."""
        return GraphInput

    @property
    def OutputType(self) -> Any:  # noqa: ANN401, N802 -- LangChain's name; dicts that are shaped as ContentResult
        """For the output schema."""
        return ContentResult

    def invoke(
        self,
        input: GraphInput,  # noqa: A002 -- LangChain's name
        config: RunnableConfig | None = None,
        **kwargs: Any,  # noqa: ANN401 -- LangChain's signature
    ) -> dict[str, Any]:
        """Not offered: the service is asynchronous throughout."""
        raise NotImplementedError("use ainvoke")

    async def ainvoke(
        self,
        input: GraphInput,  # noqa: A002 -- LangChain's name
        config: RunnableConfig | None = None,
        **kwargs: Any,  # noqa: ANN401, ARG002 -- LangChain's signature
    ) -> dict[str, Any]:
        """The result, JSON-ready."""
        return await _create(_configured(config)["generation"], input, "/input/request")

    async def abatch(
        self,
        inputs: list[GraphInput],
        config: RunnableConfig | list[RunnableConfig] | None = None,
        *,
        return_exceptions: bool = False,  # noqa: ARG002 -- LangServe never asks for it
        **kwargs: Any,  # noqa: ANN401, ARG002 -- LangChain's signature
    ) -> list[dict[str, Any]]:
        """All results, or the first failure; the rest is then cancelled and spends no more."""
        if not inputs:
            return []
        generation = _configured(config[0] if isinstance(config, list) else config)["generation"]
        gate = asyncio.Semaphore(BATCH_CONCURRENCY)

        async def one(index: int, entry: GraphInput) -> dict[str, Any]:
            async with gate:
                return await _create(generation, entry, f"/inputs/{index}/request")

        try:
            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(one(index, entry)) for index, entry in enumerate(inputs)]
        except BaseExceptionGroup as failures:
            raise failures.exceptions[0] from None
        return [task.result() for task in tasks]

    async def astream(
        self,
        input: GraphInput,  # noqa: A002, ARG002 -- the watched run has it
        config: RunnableConfig | None = None,
        **kwargs: Any,  # noqa: ANN401, ARG002 -- LangChain's signature
    ) -> AsyncIterator[dict[str, Any]]:
        """`{event, data}` as they come; a failure is the last of them."""
        watch: Watch = _configured(config)["watch"]
        try:
            async for event in watch.events():
                yield {"event": event.event, "data": event.data}
        except Exception as error:  # noqa: BLE001 -- a stream ends by saying why
            record(error)
            yield {"event": "error", "data": problem_of(error)[0].model_dump(mode="json")}


def mount_graphs(app: FastAPI) -> None:
    """Add `/graphs/content` to `app`, whose state carries the process's context."""
    router = APIRouter(prefix=PATH, tags=["graphs"], route_class=StrictRoute)
    handler = APIHandler(ContentRunnable(), path=PATH, per_req_config_modifier=_hand_over)
    _add_calls(router, handler)
    _add_pages(router, handler)
    app.include_router(router)


def _add_calls(router: APIRouter, handler: APIHandler) -> None:
    refusals = problems(413, 415, 422, 502, 503, 504)

    @router.post("/invoke", response_model=handler.InvokeResponse, summary="Run once", responses=refusals)
    async def invoke(body: GraphCall, request: Request) -> Response:  # noqa: ARG001 -- validated here, read by LangServe
        """One input, one result: `POST /v1/content` in LangServe's envelope."""
        return await handler.invoke(request)

    @router.post("/batch", response_model=handler.BatchResponse, summary="Run several", responses=refusals)
    async def batch(body: GraphBatch, request: Request) -> Response:  # noqa: ARG001 -- as above
        """Up to 20 inputs, 4 at a time. When one fails the batch fails, and what is under way is cancelled."""
        return await handler.batch(request)

    @router.post("/stream", response_class=Response, summary="Run, watched", responses=EVENT_STREAM | refusals)
    async def stream(body: GraphCall, request: Request) -> Response:
        """The events of `POST /v1/content/stream` as chunks `{event, data}`; the last is `result` or `error`."""
        generation: GenerationService = request.app.state.context.generation
        with _Within("/input/request"):
            watch = await Watch.begin(generation.stream(body.input.request))
        request.state.watch = watch
        try:
            response = cast("Response", await handler.stream(request))  # pyright: ignore[reportUnknownMemberType] -- LangServe leaves it open when sse-starlette is missing
            return WatchedResponse(response, watch)
        except BaseException:
            await watch.close()
            raise


def _add_pages(router: APIRouter, handler: APIHandler) -> None:
    @router.get("/input_schema", summary="Schema of an input")
    async def input_schema(request: Request) -> dict[str, Any]:
        """The JSON schema of an input."""
        return await handler.input_schema(request)

    @router.get("/output_schema", summary="Schema of an output")
    async def output_schema(request: Request) -> dict[str, Any]:
        """The JSON schema of an output."""
        return await handler.output_schema(request)

    @router.get("/config_schema", summary="Schema of the configuration")
    async def config_schema(request: Request) -> dict[str, Any]:
        """Empty: nothing of the graph is configured by its caller."""
        return await handler.config_schema(request)

    @router.get("/playground/{file_path:path}", include_in_schema=False)
    async def playground(file_path: str, request: Request) -> Response:
        response: Response = await handler.playground(file_path, request)
        if response.media_type == "text/html":
            return HTMLResponse(playground_page(bytes(response.body).decode()))
        return response


def _hand_over(config: dict[str, Any], request: Request) -> dict[str, Any]:
    """LangServe's way to give a runnable what belongs to a request."""
    given = {"generation": request.app.state.context.generation, "watch": getattr(request.state, "watch", None)}
    return {**config, "configurable": given}


def _configured(config: RunnableConfig | None) -> dict[str, Any]:
    return (config or {}).get("configurable", {})


async def _create(generation: GenerationService, entry: GraphInput, place: str) -> dict[str, Any]:
    with _Within(place):
        result = await generation.create(entry.request)
    return result.model_dump(mode="json", by_alias=True)


class _Within:
    """Turns the paths of a request's errors into paths of the body that holds the request."""

    def __init__(self, place: str) -> None:
        self._place = place

    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(self, kind: object, error: BaseException | None, traceback: object) -> None:
        if isinstance(error, InvalidParametersError):
            raise InvalidParametersError(error.detail, _placed(self._place, error.errors)) from error


def _placed(place: str, errors: Sequence[FieldError]) -> list[FieldError]:
    return [
        FieldError(place + error.path if error.path.startswith("/") else error.path, error.message) for error in errors
    ]
