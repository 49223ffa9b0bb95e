"""What callers attach to a question: response formats and tools, in the shapes of both endpoints, checked."""

import re
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from typing import Any, cast

import orjson

from providers.simulator.answer import Tool
from providers.simulator.errors import invalid
from providers.simulator.models import SimulatedModel
from providers.simulator.parameters import invalid_choice, missing
from providers.simulator.state import SimulatorState
from providers.simulator.strict_schema import violation

_NAME = re.compile(r"[a-zA-Z0-9_-]{1,64}")
_REMEMBERED_SCHEMAS = 10_000

_FORMS = ("text", "json_object", "json_schema")
"""Response formats; a model that knows one knows those before it."""

Node = Mapping[str, Any]


def _check_name(name: object, param: str) -> str:
    if not isinstance(name, str):
        raise missing(param)
    if not _NAME.fullmatch(name):
        message = f"Invalid '{param}': string does not match pattern. Expected 1 to 64 of a-z, A-Z, 0-9, _ and -."
        raise invalid(message, param, "invalid_value")
    return name


def _check_strict(state: SimulatorState, schema: object, where: str, param: str, code: str) -> None:
    """Refuse a schema that is not legal under strict mode; each legal one is walked through once."""
    digest = blake2b(orjson.dumps(schema), digest_size=16).digest()
    if digest in state.legal_schemas:
        return
    fault = violation(schema)
    if fault is not None:
        raise invalid(f"Invalid schema for {where}: {fault}", param, code)
    if len(state.legal_schemas) < _REMEMBERED_SCHEMAS:
        state.legal_schemas.add(digest)


def read_format(
    state: SimulatorState, model: SimulatedModel, form: Node, *, param: str, nested: str | None
) -> tuple[Node | None, bool]:
    """The schema asked for, and whether plain JSON is: `(schema | None, json_mode)`.

    Args:
        state: keeps which schemas are legal.
        model: may know no structured output.
        form: the response format; its `type` decides.
        param: where `form` stands in the request.
        nested: the key of `form` below which name, schema and strict stand; None: in `form` itself.

    Raises:
        ApiError: 400, the form is wrong or the model does not know it.
    """
    kind = form.get("type")
    if kind not in _FORMS:
        raise invalid_choice(f"{param}.type", kind, _FORMS)
    if kind not in _FORMS[: _FORMS.index(model.structured) + 1]:
        message = f"Invalid parameter: '{param}' of type '{kind}' is not supported with this model."
        raise invalid(message, param, "unsupported_parameter")
    if kind != "json_schema":
        return None, kind == "json_object"
    inner = form if nested is None else cast("Node", form.get(nested) or {})
    place = param if nested is None else f"{param}.{nested}"
    name = _check_name(inner.get("name"), f"{place}.name")
    schema = inner.get("schema")
    if schema is None:
        raise missing(f"{place}.schema")
    if inner.get("strict"):
        at = f"{param}.schema" if nested is None else param
        _check_strict(state, schema, f"response_format '{name}'", at, "invalid_json_schema")
    return cast("Node", schema), False


def read_tools(state: SimulatorState, tools: Sequence[object], *, nested: bool) -> list[Tool]:
    """The functions that a caller offers.

    Args:
        state: keeps which schemas are legal.
        tools: as sent.
        nested: whether a tool's facts stand below `function` (chat completions) or flat (responses).

    Raises:
        ApiError: 400, one is malformed, or not legal although it says strict.
    """
    read: list[Tool] = []
    for index, tool in enumerate(tools):
        place = f"tools[{index}]"
        if not isinstance(tool, Mapping):
            raise invalid(f"Invalid type for '{place}': expected an object.", place, "invalid_type")
        outer = cast("Node", tool)
        if outer.get("type") != "function":
            raise invalid_choice(f"{place}.type", outer.get("type"), ("function",))
        function = cast("Node", outer.get("function") or {}) if nested else outer
        place = f"{place}.function" if nested else place
        name = _check_name(function.get("name"), f"{place}.name")
        parameters = cast("Node", function.get("parameters") or {"type": "object", "properties": {}})
        if function.get("strict"):
            _check_strict(state, parameters, f"function '{name}'", f"{place}.parameters", "invalid_function_parameters")
        read.append(Tool(name=name, parameters=parameters))
    return read


def chosen_tool(tools: Sequence[Tool], choice: object) -> Tool | None:
    """The function that must be called; None when the model is free to talk, which the simulator prefers.

    Raises:
        ApiError: 400, the choice is malformed or names no function that is offered.
    """
    if choice in (None, "auto", "none"):
        return None
    if choice == "required":
        if not tools:
            raise invalid("Tool choice 'required' must be specified with 'tools' parameter.", "tool_choice")
        return tools[0]
    if not isinstance(choice, Mapping):
        raise invalid_choice("tool_choice", choice, ("none", "auto", "required"))
    chosen = cast("Node", choice)
    name = cast("Node", chosen.get("function") or chosen).get("name")
    for tool in tools:
        if tool.name == name:
            return tool
    raise invalid(f"Tool choice '{name}' not found in 'tools' parameter.", "tool_choice")
