"""Which parameters each endpoint knows, of which types and bounds, and which of them a model refuses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, cast

from providers.simulator.errors import ApiError, invalid, unsupported_parameter, unsupported_value
from providers.simulator.models import SimulatedModel


@dataclass(frozen=True, slots=True)
class Parameter:
    """What is legal for one parameter. JSON null always is: it means "not given"."""

    types: tuple[type, ...]
    word: str
    """The type in the error message."""
    low: float | None = None
    high: float | None = None
    values: tuple[str, ...] = ()


_TEXT = Parameter((str,), "a string")
_FLAG = Parameter((bool,), "a boolean")
_OBJECT = Parameter((dict,), "an object")
_LIST = Parameter((list,), "an array")
_COUNT = Parameter((int,), "an integer", low=1)
_ANY = Parameter((object,), "a value")
_VERBOSITY = Parameter((str,), "a string", values=("low", "medium", "high"))
_TIER = Parameter((str,), "a string", values=("auto", "default", "flex", "scale", "priority", "fast"))

_SHARED: Mapping[str, Parameter] = {
    "model": _TEXT,
    "stream": _FLAG,
    "stream_options": _OBJECT,
    "store": _FLAG,
    "metadata": _OBJECT,
    "temperature": Parameter((int, float), "a decimal number", low=0, high=2),
    "top_p": Parameter((int, float), "a decimal number", low=0, high=1),
    "top_logprobs": Parameter((int,), "an integer", low=0, high=20),
    "tools": _LIST,
    "tool_choice": _ANY,
    "parallel_tool_calls": _FLAG,
    "service_tier": _TIER,
    "user": _TEXT,
    "safety_identifier": _TEXT,
    "prompt_cache_key": _TEXT,
    "prompt_cache_retention": _TEXT,
    "prompt_cache_options": _OBJECT,
}
CHAT: Mapping[str, Parameter] = MappingProxyType(
    {
        **_SHARED,
        "messages": _LIST,
        "max_tokens": _COUNT,
        "max_completion_tokens": _COUNT,
        "n": Parameter((int,), "an integer", low=1, high=128),
        "presence_penalty": Parameter((int, float), "a decimal number", low=-2, high=2),
        "frequency_penalty": Parameter((int, float), "a decimal number", low=-2, high=2),
        "logit_bias": _OBJECT,
        "logprobs": _FLAG,
        "seed": Parameter((int,), "an integer"),
        "stop": Parameter((str, list), "a string or an array"),
        "response_format": _OBJECT,
        "reasoning_effort": _TEXT,
        "verbosity": _VERBOSITY,
        "modalities": _LIST,
        "audio": _OBJECT,
        "prediction": _OBJECT,
        "web_search_options": _OBJECT,
        "function_call": _ANY,
        "functions": _LIST,
        "moderation": _OBJECT,
    }
)
RESPONSES: Mapping[str, Parameter] = MappingProxyType(
    {
        **_SHARED,
        "input": Parameter((str, list), "a string or an array"),
        "instructions": _TEXT,
        "max_output_tokens": Parameter((int,), "an integer", low=16),
        "max_tool_calls": _COUNT,
        "reasoning": _OBJECT,
        "text": _OBJECT,
        "truncation": Parameter((str,), "a string", values=("auto", "disabled")),
        "previous_response_id": _TEXT,
        "conversation": _ANY,
        "include": _LIST,
        "background": _FLAG,
        "prompt": _OBJECT,
        "context_management": _LIST,
        "moderation": _OBJECT,
    }
)

_REASONING_DEFAULTS: Mapping[str, object] = {
    "temperature": 1,
    "top_p": 1,
    "presence_penalty": 0,
    "frequency_penalty": 0,
    "logprobs": False,
    "logit_bias": {},
}
"""What reasoning models take at this value only."""


def check_parameters(body: Mapping[str, Any], known: Mapping[str, Parameter]) -> None:
    """Refuse unknown parameters, wrong types and values out of bounds.

    Raises:
        ApiError: 400, naming the parameter.
    """
    for name, value in body.items():
        parameter = known.get(name)
        if parameter is None:
            raise invalid(f"Unknown parameter: '{name}'.", name, "unknown_parameter")
        if value is not None:
            _check(name, value, parameter)


def _check(name: str, value: object, parameter: Parameter) -> None:
    fits = isinstance(value, parameter.types) and (
        not isinstance(value, bool) or parameter.types in {(bool,), (object,)}
    )
    if not fits:
        got = json_type(value)
        raise invalid(
            f"Invalid type for '{name}': expected {parameter.word}, but got {got} instead.", name, "invalid_type"
        )
    if isinstance(value, int | float) and not isinstance(value, bool):
        _check_bounds(name, value, parameter)
    if parameter.values and value not in parameter.values:
        raise invalid_choice(name, value, parameter.values)


def _check_bounds(name: str, value: float, parameter: Parameter) -> None:
    kind = "integer" if parameter.types == (int,) else "decimal"
    for bound, broken, word, sign in (
        (parameter.low, parameter.low is not None and value < parameter.low, "below_min", ">="),
        (parameter.high, parameter.high is not None and value > parameter.high, "above_max", "<="),
    ):
        if broken:
            side = "below minimum" if word == "below_min" else "above maximum"
            message = (
                f"Invalid '{name}': {kind} {side} value. Expected a value {sign} {bound}, but got {value} instead."
            )
            raise invalid(message, name, f"{kind}_{word}_value")


def json_type(value: object) -> str:
    """What a JSON value is called in error messages."""
    names: dict[type, str] = {
        str: "a string",
        bool: "a boolean",
        int: "an integer",
        float: "a decimal number",
        list: "an array",
    }
    return "null" if value is None else names.get(type(value), "an object")


def invalid_choice(param: str, value: object, supported: Sequence[str]) -> ApiError:
    """400 for a value outside of a fixed set."""
    allowed = ", ".join(f"'{one}'" for one in supported)
    return invalid(f"Invalid value: '{value}'. Supported values are: {allowed}.", param, "invalid_value")


def missing(param: str) -> ApiError:
    """400 for a required parameter that is not there."""
    return invalid(f"Missing required parameter: '{param}'.", param, "missing_required_parameter")


def check_model_takes(body: Mapping[str, Any], model: SimulatedModel) -> None:
    """Refuse what this model does not take.

    Raises:
        ApiError: 400 with code `unsupported_parameter` or `unsupported_value`.
    """
    if not model.sampling:
        _check_reasoning_model(body, model)
    if body.get("verbosity") not in {None, "medium"} and not model.efforts:
        raise unsupported_value("verbosity", f"'{body['verbosity']}'", "Supported values are: 'medium'.")
    for param in ("max_completion_tokens", "max_tokens"):
        wanted = cast("int | None", body.get(param))
        if wanted is not None and wanted > model.output_tokens:
            message = (
                f"{param} is too large: {wanted}. This model supports at most {model.output_tokens} completion tokens, "
                f"whereas you provided {wanted}."
            )
            raise invalid(message, param, "invalid_value")
    check_effort(body.get("reasoning_effort"), model, "reasoning_effort")


def _check_reasoning_model(body: Mapping[str, Any], model: SimulatedModel) -> None:
    if body.get("max_tokens") is not None:
        raise unsupported_parameter("max_tokens", "max_completion_tokens")
    for name in ("stop", "top_logprobs"):
        if body.get(name) is not None:
            raise unsupported_parameter(name)
    sampled = model.efforts and "none" in model.efforts and body.get("reasoning_effort") == "none"
    for name, default in _REASONING_DEFAULTS.items():
        value = body.get(name)
        if value is not None and value != default and not sampled:
            raise unsupported_value(name, value, f"Only the default ({default}) value is supported.")


def check_effort(effort: object, model: SimulatedModel, param: str) -> None:
    """Refuse a reasoning effort that the model does not know.

    Raises:
        ApiError: 400.
    """
    if effort is None:
        return
    if not model.efforts:
        raise invalid(f"Unrecognized request argument supplied: {param}", param, None)
    if effort not in model.efforts:
        supported = ", ".join(f"'{one}'" for one in model.efforts)
        raise unsupported_value(param, f"'{effort}'", f"Supported values are: {supported}.")
