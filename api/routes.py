"""How bodies are read: strict JSON by orjson, and only what calls itself JSON."""

import re
from collections.abc import Callable, Coroutine, Iterator
from typing import Any, cast

import orjson
from fastapi import Request, Response
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from api.pointers import pointer
from dnd.errors import FieldError, InvalidParametersError

_SUSPECT = re.compile(rb"\\u00[0189]|\\u007[fF]|\\[bf]|\x7f|\xc2[\x80-\x9f]")
"""What a body with control characters holds, and few others: spares the rest the walk."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
"""Control characters but tab, line feed and carriage return."""


class StrictRequest(Request):
    """Refuses what Python's parser lets pass: NaN, lone surrogates, invalid UTF-8, bottomless nesting.

    Control characters are refused too: no field has a use for them, and a NUL cannot be stored. Only in
    `content` they may stand: it is there to be checked, and a rule speaks of them.
    """

    async def json(self) -> Any:  # noqa: ANN401 -- any JSON value
        """The parsed body.

        Raises:
            json.JSONDecodeError: it is not JSON.
            InvalidParametersError: a text holds control characters.
        """
        body = await self.body()
        value = orjson.loads(body)
        if _SUSPECT.search(body):
            errors = [
                FieldError(pointer(path), "must not hold control characters")
                for path, text in _texts(value, ())
                if path[:1] != ("content",) and _CONTROL.search(text)
            ]
            if errors:
                raise InvalidParametersError(f"{errors[0].path}: {errors[0].message}", errors)
        return value


class StrictRoute(APIRoute):
    """A route whose body is read by `StrictRequest`; 415 for a body that calls itself something else than JSON."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler FastAPI built, given the stricter request."""
        handle = super().get_route_handler()
        if self.body_field is None:
            return handle

        async def strictly(request: Request) -> Response:
            kind = request.headers.get("content-type", "application/json").partition(";")[0].strip().lower()
            if kind != "application/json" and not (kind.startswith("application/") and kind.endswith("+json")):
                raise HTTPException(415, f"send application/json, not {kind[:60]!r}")
            return await handle(StrictRequest(request.scope, request.receive))

        return strictly


def _texts(value: object, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, entry in cast("dict[str, object]", value).items():
            yield from _texts(entry, (*path, key))
    elif isinstance(value, list):
        for index, entry in enumerate(cast("list[object]", value)):
            yield from _texts(entry, (*path, index))
