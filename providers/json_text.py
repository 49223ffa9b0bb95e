"""JSON objects out of what a model wrote: exact where it is exact, forgiving of wrapping, never guessing."""

from json import JSONDecodeError, JSONDecoder
from math import isfinite
from re import compile as compile_pattern
from typing import Any, Never, cast

import jiter

from dnd.errors import UnusableOutputError
from providers.characters import clean

MAX_DEPTH = 60
"""Nesting beyond which no content of ours goes; deeper JSON is an accident or an attack."""
_INT64 = range(-(2**63), 2**63)
_OPENING = compile_pattern(r'\{\s*["}]')
"""Where an object begins; other braces are figures of prose."""


def parse_object(text: str) -> dict[str, Any]:
    """The JSON object that is the answer: the whole text, or the largest one within prose or a code fence.

    An object that breaks off or breaks midway is not searched for smaller ones: a part of an answer is not the
    answer. Texts in the object are cleaned (`providers.characters`).

    Raises:
        UnusableOutputError: there is none, a key stands twice in one object, a number is not finite or beyond
            64 bits, the nesting is too deep, or the JSON is no object.
    """
    text = clean(text).strip()
    try:
        value: object = jiter.from_json(text.encode(), allow_inf_nan=False, catch_duplicate_keys=True)
    except ValueError:
        value = _embedded(text)
    if not isinstance(value, dict):
        raise UnusableOutputError(f"the answer is JSON, but not an object: {type(value).__name__}")
    return cast("dict[str, Any]", _checked(cast("object", value), 0))


def partial_object(text: str) -> dict[str, Any]:
    """What an unfinished answer holds so far, the last string included; empty as long as there is nothing."""
    start = text.find("{")
    if start < 0:
        return {}
    try:
        # Text that begins with a brace can be nothing but an object.
        value = jiter.from_json(clean(text[start:]).encode(), allow_inf_nan=False, partial_mode="trailing-strings")
        return cast("dict[str, Any]", _checked(value, 0))
    except (ValueError, UnusableOutputError):
        return {}


def _embedded(text: str) -> object:
    """The largest object in `text`, read leniently: raw line breaks in strings and lone surrogates are allowed."""
    # Reasoning models behind servers that do not separate it write their thoughts first, drafts included.
    if text.startswith("<think>"):
        text = text.partition("</think>")[2]
    decoder = JSONDecoder(strict=False, object_pairs_hook=_without_twins, parse_constant=_refuse_constant)
    best: object = None
    length, end = 0, 0
    while start := _OPENING.search(text, end):
        try:
            value, end = decoder.raw_decode(text, start.start())
        except JSONDecodeError as error:
            raise UnusableOutputError(f"the JSON breaks at character {error.pos}: {error.msg}") from error
        except (ValueError, RecursionError) as error:
            raise UnusableOutputError("the JSON is nested too deeply or holds an unreadable number") from error
        if end - start.start() > length:
            best, length = value, end - start.start()
    if not length:
        raise UnusableOutputError("the answer holds no JSON object")
    return best


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise UnusableOutputError("a key stands twice in one object of the JSON")
    return found


def _refuse_constant(name: str) -> Never:
    raise UnusableOutputError(f"{name} is no JSON number")


def _checked(value: object, depth: int) -> object:
    if depth > MAX_DEPTH:
        raise UnusableOutputError(f"the JSON is nested more than {MAX_DEPTH} levels deep")
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        entries = cast("dict[str, object]", value)
        return {clean(key): _checked(entry, depth + 1) for key, entry in entries.items()}
    if isinstance(value, list):
        return [_checked(entry, depth + 1) for entry in cast("list[object]", value)]
    if isinstance(value, float) and not isfinite(value):
        raise UnusableOutputError("a number of the JSON is not finite")
    if isinstance(value, int) and value not in _INT64:
        raise UnusableOutputError("a number of the JSON is beyond 64 bits")
    return value
