"""`POST /v1/embeddings`: deterministic unit vectors from hashed words, so that like texts are near each other."""

import math
import re
from base64 import b64encode
from collections.abc import Iterator, Mapping
from hashlib import blake2b
from itertools import pairwise
from struct import pack
from typing import Any, cast

from providers.simulator.endpoint import fail, model_name, read_object
from providers.simulator.errors import invalid, unknown_model
from providers.simulator.exchange import Exchange
from providers.simulator.ledger import Call, Outcome
from providers.simulator.parameters import invalid_choice, missing
from providers.simulator.state import SimulatorState
from providers.simulator.tokens import estimate_tokens

_MODELS: Mapping[str, tuple[int, float]] = {
    "text-embedding-3-small": (1536, 0.02),
    "text-embedding-3-large": (3072, 0.13),
    "text-embedding-ada-002": (1536, 0.10),
}
"""Dimensions, and US dollars per 1 million tokens."""
_MAX_INPUTS = 2048
_MAX_INPUT_TOKENS = 8192
_MAX_TOTAL_TOKENS = 300_000
_WORD = re.compile(r"\w+")


def embed(text: str, dimensions: int) -> list[float]:
    """A unit vector: each word, and each pair of neighbours at half the weight, adds to four hashed places."""
    vector = [0.0] * dimensions
    for feature, weight in _features(text):
        digest = blake2b(feature.encode(), digest_size=32).digest()
        for start in range(0, 32, 8):
            place = int.from_bytes(digest[start : start + 7], "big") % dimensions
            vector[place] += weight if digest[start + 7] & 1 else -weight
    length = math.sqrt(math.fsum(value * value for value in vector))
    if not length:
        vector[0] = length = 1.0
    return [value / length for value in vector]


def _features(text: str) -> Iterator[tuple[str, float]]:
    words = cast("list[str]", _WORD.findall(text.lower()))
    for word in words:
        yield word, 1.0
    for left, right in pairwise(words):
        yield f"{left} {right}", 0.5


def _inputs(given: object) -> list[tuple[str, int]]:
    """The texts to embed with their tokens; arrays of token ids become texts of their numbers."""
    if given is None:
        raise missing("input")
    if isinstance(given, str):
        entries: list[object] = [given]
    elif isinstance(given, list) and given:
        entries = cast("list[object]", given)
        if all(isinstance(entry, int) for entry in entries):
            entries = [entries]
    else:
        raise invalid("Invalid type for 'input': expected a string or a non-empty array.", "input", "invalid_type")
    if len(entries) > _MAX_INPUTS:
        raise invalid(
            f"'input' has {len(entries)} entries, more than {_MAX_INPUTS}.", "input", "array_above_max_length"
        )
    return [_input(entry) for entry in entries]


def _input(entry: object) -> tuple[str, int]:
    if isinstance(entry, str):
        text, tokens = entry, estimate_tokens(entry)
    elif isinstance(entry, list) and all(isinstance(number, int) for number in cast("list[object]", entry)):
        numbers = cast("list[int]", entry)
        text, tokens = " ".join(map(str, numbers)), len(numbers)
    else:
        raise invalid("Invalid type for 'input': expected strings or arrays of tokens.", "input", "invalid_type")
    if not text:
        raise invalid("'input' cannot be an empty string.", "input", "invalid_value")
    if tokens > _MAX_INPUT_TOKENS:
        message = f"This model's maximum context length is {_MAX_INPUT_TOKENS} tokens, however you requested {tokens}."
        raise invalid(message, "input", "context_length_exceeded")
    return text, tokens


def _dimensions(body: Mapping[str, Any], name: str) -> int:
    most = _MODELS[name][0]
    wanted = body.get("dimensions")
    if wanted is None:
        return most
    if not name.startswith("text-embedding-3"):
        raise invalid("This model does not support specifying dimensions.", "dimensions", "unsupported_parameter")
    if not isinstance(wanted, int) or not 1 <= wanted <= most:
        raise invalid(f"Invalid value for 'dimensions': expected 1 to {most}.", "dimensions", "invalid_value")
    return wanted


class EmbeddingEndpoint:
    """Vectors as floats or as base64 of little-endian 32-bit floats."""

    def __init__(self, state: SimulatorState) -> None:
        self._state = state

    async def __call__(self, exchange: Exchange, call: Call) -> Outcome:
        """Run one call."""
        body = await read_object(exchange)
        name = call.model = model_name(body)
        if name not in _MODELS:
            raise unknown_model(name)
        form = body.get("encoding_format") or "float"
        if form not in {"float", "base64"}:
            raise invalid_choice("encoding_format", form, ("float", "base64"))
        dimensions = _dimensions(body, name)
        inputs = _inputs(body.get("input"))
        tokens = sum(count for _, count in inputs)
        if tokens > _MAX_TOTAL_TOKENS:
            raise invalid(f"The inputs have {tokens} tokens, more than {_MAX_TOTAL_TOKENS}.", "input", "invalid_value")
        self._state.admit(tokens, name)
        strike = self._state.script.strike(exchange.path, name, "\n".join(text for text, _ in inputs))
        if strike is not None:
            return await fail(exchange, call, strike, name)
        call.status, call.input_tokens = 200, tokens
        call.cost_usd = round(tokens * _MODELS[name][1] / 1_000_000, 10)
        await exchange.reply_json(200, _payload(name, inputs, dimensions, form))
        return "answered"


def _payload(name: str, inputs: list[tuple[str, int]], dimensions: int, form: str) -> dict[str, Any]:
    data: list[dict[str, Any]] = []
    for index, (text, _) in enumerate(inputs):
        vector = embed(text, dimensions)
        shown = b64encode(pack(f"<{dimensions}f", *vector)).decode() if form == "base64" else vector
        data.append({"object": "embedding", "index": index, "embedding": shown})
    tokens = sum(count for _, count in inputs)
    return {
        "object": "list",
        "data": data,
        "model": name,
        "usage": {"prompt_tokens": tokens, "total_tokens": tokens},
    }
