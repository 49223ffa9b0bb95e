"""From pydantic's error locations to the fields a caller knows.

A location inside a union names the branch that was tried (`theme`, `Theme`, `name`); the caller sent no such
key. Walking the body beside the location tells keys from branches, and of several branches the one that fits
the value's shape is kept.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from dnd.errors import FieldError

MAX_ERRORS = 30
"""Fields named in one answer; a body of a megabyte could otherwise name thousands."""

_SHAPES = {
    "bool_parsing": "true or false",
    "bool_type": "true or false",
    "dict_type": "an object",
    "float_parsing": "a number",
    "float_type": "a number",
    "int_from_float": "a whole number",
    "int_parsing": "a whole number",
    "int_type": "a whole number",
    "list_type": "a list",
    "model_attributes_type": "an object",
    "model_type": "an object",
    "string_type": "a string",
    "uuid_parsing": "a UUID",
    "uuid_type": "a UUID",
}
"""What a value of the wrong shape should have been, by pydantic's error type."""

Pointer = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class _Located:
    """One error with its place in the body and the union branches passed on the way to it."""

    path: Pointer
    branches: tuple[tuple[Pointer, str], ...]
    type: str
    message: str

    def misses_the_shape_at(self, union: Pointer) -> bool:
        return self.path == union and self.type in _SHAPES


def pointer(path: Sequence[str | int]) -> str:
    """`path` as a JSON pointer (RFC 6901)."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)


def field_errors(errors: Sequence[Mapping[str, Any]], body: object) -> list[FieldError]:
    """The `errors` of pydantic, as FastAPI locates them, with the path that the caller knows; at most `MAX_ERRORS`."""
    outside: list[FieldError] = []
    inside: list[_Located] = []
    for error in errors:
        where, *rest = error["loc"]
        if where != "body":
            outside.append(FieldError("/".join(str(part) for part in (where, *rest)), _message(error)))
        elif error["type"] == "json_invalid":
            outside.append(FieldError("", f"the body is no valid JSON: {error['ctx']['error']}"))
        elif error["type"] == "missing" and not rest:
            outside.append(FieldError("", "a JSON body is required"))
        else:
            inside.append(_locate(rest, error, body))
    told = [*outside, *(FieldError(pointer(entry.path), entry.message) for entry in _one_branch(inside))]
    return list(dict.fromkeys(told))[:MAX_ERRORS]


def _message(error: Mapping[str, Any]) -> str:
    kind = error["type"]
    if kind == "missing":
        return "required"
    if kind == "extra_forbidden":
        return "unknown field"
    if kind in _SHAPES:
        return f"must be {_SHAPES[kind]}"
    return str(error["msg"]).removeprefix("Value error, ").replace("Input should", "must", 1)


def _locate(location: Sequence[str | int], error: Mapping[str, Any], body: object) -> _Located:
    path: Pointer = ()
    branches: list[tuple[Pointer, str]] = []
    node = body
    for index, part in enumerate(location):
        absent = error["type"] == "missing" and index == len(location) - 1
        found, child = _child(node, part)
        if found or absent:
            path = (*path, part)
            node = child
        else:
            branches.append((path, str(part)))
    return _Located(path, tuple(branches), error["type"], _message(error))


def _child(node: object, part: str | int) -> tuple[bool, object]:
    if isinstance(node, dict) and part in node:
        return True, cast("dict[str | int, object]", node)[part]
    if isinstance(node, list) and isinstance(part, int):
        entries = cast("list[object]", node)
        return (True, entries[part]) if 0 <= part < len(entries) else (False, None)
    return False, None


def _one_branch(errors: list[_Located]) -> list[_Located]:
    """Without the branches whose shape the value misses; one error for all of them when it misses every one."""
    unions: dict[Pointer, dict[str, list[_Located]]] = defaultdict(lambda: defaultdict(list))
    for error in errors:
        for union, branch in error.branches:
            unions[union][branch].append(error)
    for union, branches in unions.items():
        missed = [
            error
            for tried in branches.values()
            if all(error.misses_the_shape_at(union) for error in tried)
            for error in tried
        ]
        if not missed:
            continue
        errors = [error for error in errors if error not in missed]
        if all(error in missed for tried in branches.values() for error in tried):
            shapes = dict.fromkeys(_SHAPES[error.type] for error in missed)
            errors.append(_Located(union, (), missed[0].type, f"must be {' or '.join(shapes)}"))
    return errors
