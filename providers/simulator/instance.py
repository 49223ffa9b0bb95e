"""An instance of a JSON schema: what the simulator answers when there is a schema and no brief to write from.

Deterministic and generic. Honoured are types, enum, const, anyOf and oneOf, references, numeric bounds, the length
of lists and of strings, and the common formats; a `pattern` is not.
"""

import itertools
from collections.abc import Mapping
from math import ceil
from typing import Any, cast

Schema = Mapping[str, Any]

_FORMATS: Mapping[str, str] = {
    "date": "2026-01-31",
    "date-time": "2026-01-31T12:00:00Z",
    "time": "12:00:00Z",
    "duration": "PT1H",
    "email": "someone@example.com",
    "hostname": "example.com",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "uri": "https://example.com/",
    "uuid": "00000000-0000-4000-8000-000000000000",
}

_DEPTH = 8
"""Below this depth a schema that refers to itself is ended, with null or the shortest list."""
_MAX_REFERENCES = 2000
"""After so many references the schema can have no finite instance, and null ends it."""


def instance_of(schema: Schema, given: str = "") -> Any:  # noqa: ANN401 -- the schema says what it is
    """An instance of `schema`; a string property called `prompt`, `input` or `query` gets the text `given`."""
    root = schema
    definitions: dict[str, Schema] = {}
    for key in ("$defs", "definitions"):
        definitions |= {f"#/{key}/{name}": node for name, node in root.get(key, {}).items()}
    definitions["#"] = root
    return _Maker(definitions, given).make(root, "answer", 0)


class _Maker:
    def __init__(self, definitions: Mapping[str, Schema], given: str) -> None:
        self._definitions = definitions
        self._given = given
        self._count = itertools.count(1)
        self._references = 0

    def make(self, schema: Schema, name: str, depth: int) -> Any:  # noqa: ANN401 -- as instance_of
        if "$ref" in schema:
            return self._referred(schema["$ref"], name, depth)
        if "const" in schema:
            return schema["const"]
        if schema.get("enum"):
            return schema["enum"][0]
        for key in ("anyOf", "oneOf", "allOf"):
            if schema.get(key):
                return self.make(self._chosen(schema[key], depth), name, depth + 1)
        return self._typed(schema, name, depth)

    def _referred(self, reference: str, name: str, depth: int) -> Any:  # noqa: ANN401 -- as instance_of
        self._references += 1
        if self._references > _MAX_REFERENCES or depth > 10 * _DEPTH:
            return None
        return self.make(self._definitions.get(reference, {}), name, depth + 1)

    def _chosen(self, branches: list[Schema], depth: int) -> Schema:
        nothing = [branch for branch in branches if branch.get("type") == "null"]
        something = [branch for branch in branches if branch.get("type") != "null"]
        return (something or nothing)[0] if depth < _DEPTH else (nothing or something)[0]

    def _typed(self, schema: Schema, name: str, depth: int) -> Any:  # noqa: ANN401 -- as instance_of
        kind = schema.get("type", "object" if "properties" in schema else "string")
        if isinstance(kind, list):
            kinds = cast("list[str]", kind)
            kind = next((one for one in kinds if one != "null"), "null")
        if kind == "object":
            properties = cast("Mapping[str, Schema]", schema.get("properties", {}))
            return {key: self.make(node, key, depth + 1) for key, node in properties.items()}
        if kind == "array":
            return self._list(schema, name, depth)
        if kind in {"integer", "number"}:
            return _number(schema, whole=kind == "integer")
        return {"boolean": True, "null": None}[kind] if kind in {"boolean", "null"} else self._string(schema, name)

    def _list(self, schema: Schema, name: str, depth: int) -> list[Any]:
        least = int(schema.get("minItems", 0))
        wanted = max(least, min(2, int(schema.get("maxItems", 2)))) if depth < _DEPTH else least
        return [self.make(schema.get("items", {}), name, depth + 1) for _ in range(wanted)]

    def _string(self, schema: Schema, name: str) -> str:
        known = _FORMATS.get(schema.get("format", ""))
        if known is not None:
            return known
        if name in {"prompt", "input", "query"} and self._given:
            return self._given
        words = name.replace("_", " ").strip() or "answer"
        text = f"The {words} is plain, and it is number {next(self._count)} of this answer."
        text = text.ljust(int(schema.get("minLength", 0)), ".")
        return text[: int(schema.get("maxLength", len(text)))]


def _number(schema: Schema, *, whole: bool) -> float:
    step = schema.get("multipleOf") or 1
    low = schema.get("minimum", schema.get("exclusiveMinimum"))
    high = schema.get("maximum", schema.get("exclusiveMaximum"))
    if low is None:
        value = step if high is None or high > step else high - step
    else:
        value = ceil(low / step) * step
        if value == schema.get("exclusiveMinimum"):
            value += step
    if high is not None and value >= high and low is not None and not whole:
        value = (low + high) / 2
    return int(value) if whole else float(value)
