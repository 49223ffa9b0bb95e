"""How a right answer is made wrong, one function for each `distortion` of the fault table."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, cast

from providers.simulator.answer import Answer
from providers.simulator.tokens import estimate_tokens

Parameters = Mapping[str, float]

_BROKEN_OUTSIDE = "\ud83d\x00\x0b"
"""A lone surrogate and two control characters as they stand in the content itself."""
_BROKEN_INSIDE = "\\ud83d\\u0000\\u000b"
"""The same as escapes inside the JSON text, which come out only when it is parsed."""


def _empty(answer: Answer, _: Parameters) -> Answer:
    spent = answer.reasoning_tokens + estimate_tokens(answer.text)
    return replace(answer, kind="text", text="", finish_reason="length", reasoning_tokens=spent)


def _refusal(answer: Answer, _: Parameters) -> Answer:
    return replace(answer, kind="refusal", text="I'm sorry, but I can't help with that.", finish_reason="stop")


def _content_filter(answer: Answer, _: Parameters) -> Answer:
    return replace(answer, text=answer.text[: len(answer.text) // 3], finish_reason="content_filter")


def _truncated(answer: Answer, parameters: Parameters) -> Answer:
    return replace(answer, text=answer.text[: int(len(answer.text) * parameters["share"])], finish_reason="length")


def _malformed(answer: Answer, _: Parameters) -> Answer:
    half = len(answer.text) // 2
    return replace(answer, text=answer.text[:half].replace('":', '" ', 1) + "," + answer.text[half:-1])


def _off_schema(answer: Answer, _: Parameters) -> Answer:
    return replace(answer, text='{"unexpected":["another","shape"],"number":7}')


def _bad_unicode(answer: Answer, _: Parameters) -> Answer:
    value = _object(answer.text)
    if value is None:
        return replace(answer, text=answer.text[:10] + _BROKEN_OUTSIDE + answer.text[10:])
    mark = "\uf8ff"
    text = json.dumps(_first_text_changed(value, lambda text: f"{text[:5]}{mark}{text[5:]}"), ensure_ascii=False)
    return replace(answer, text=text.replace(mark, _BROKEN_OUTSIDE + _BROKEN_INSIDE))


def _absurd_length(answer: Answer, parameters: Parameters) -> Answer:
    filler = ("and the road went on " * (int(parameters["characters"]) // 21 + 1))[: int(parameters["characters"])]
    value = _object(answer.text)
    if value is None:
        return replace(answer, text=answer.text + filler)
    return replace(answer, text=json.dumps(_first_text_changed(value, lambda text: text + filler), ensure_ascii=False))


def _object(text: str) -> dict[str, Any] | None:
    try:
        value = json.loads(text)
    except ValueError:
        return None
    return cast("dict[str, Any]", value) if isinstance(value, dict) else None


def _first_text_changed(value: dict[str, Any], change: Callable[[str], str]) -> dict[str, Any]:
    """`value` with its first text property changed, or with a new one when it has none."""
    name = next((key for key, entry in value.items() if isinstance(entry, str)), "text")
    return {**value, name: change(str(value.get(name, "")))}


DISTORTIONS: Mapping[str, Callable[[Answer, Parameters], Answer]] = MappingProxyType(
    {
        "empty": _empty,
        "refusal": _refusal,
        "content_filter": _content_filter,
        "truncated": _truncated,
        "malformed": _malformed,
        "off_schema": _off_schema,
        "bad_unicode": _bad_unicode,
        "absurd_length": _absurd_length,
    }
)
"""By name."""
