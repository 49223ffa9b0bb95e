"""How bodies are read: strict JSON by orjson, and only what calls itself JSON."""

import re
from collections.abc import Callable, Coroutine, Iterator
from contextlib import suppress
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
    """Refuses what Python's parser lets pass: NaN, lone surrogates, invalid UTF-8, bottomless nesting."""

    async def json(self) -> Any:  # noqa: ANN401 -- any JSON value
        """The parsed body.

        Raises:
            json.JSONDecodeError: it is not JSON.
        """
        return orjson.loads(await self.body())


class StrictRoute(APIRoute):
    """A route whose body is read by `StrictRequest`.

    A body that calls itself something else than JSON is 415. Control characters are 422: no field has a use for
    them, and a NUL cannot be stored.
    """

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler FastAPI built, given the stricter request."""
        handle = super().get_route_handler()
        if self.body_field is None:
            return handle

        async def strictly(request: Request) -> Response:
            kind = request.headers.get("content-type", "application/json").partition(";")[0].strip().lower()
            if kind != "application/json" and not (kind.startswith("application/") and kind.endswith("+json")):
                raise HTTPException(415, f"send application/json, not {kind[:60]!r}")
            strict = StrictRequest(request.scope, request.receive)
            _refuse_control_characters(await strict.body())
            return await handle(strict)

        return strictly


def _refuse_control_characters(body: bytes) -> None:
    """Only in `content` they may stand: it is there to be checked, and a rule speaks of them."""
    if not _SUSPECT.search(body):
        return
    with suppress(orjson.JSONDecodeError):
        errors = [
            FieldError(pointer(path), "must not hold control characters")
            for path, text in _texts(orjson.loads(body), ())
            if path[:1] != ("content",) and _CONTROL.search(text)
        ]
        if errors:
            raise InvalidParametersError(f"{errors[0].path}: {errors[0].message}", errors)


def _texts(value: object, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, entry in cast("dict[str, object]", value).items():
            yield from _texts(entry, (*path, key))
    elif isinstance(value, list):
        for index, entry in enumerate(cast("list[object]", value)):
            yield from _texts(entry, (*path, index))
