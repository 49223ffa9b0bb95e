"""The rules a JSON schema must keep to be taken with `strict: true` (rule table: OpenAI, structured outputs).

* The root is an object and no `anyOf`; every object names its properties, requires all of them and takes no others.
* Only the keywords of `_ALLOWED` appear; string lengths, `default`, `allOf`, `not`, `if` and the like are refused.
* At most 5000 properties, 10 levels, 1000 enum values and 120 000 characters of names and enum values.
"""

import itertools
from collections.abc import Iterator, Mapping
from typing import Any, cast

_EVERYWHERE = frozenset(
    {"type", "title", "description", "enum", "const", "anyOf", "$ref", "$defs", "definitions", "$schema", "$id"}
)
_ALLOWED: Mapping[str, frozenset[str]] = {
    "object": frozenset({"properties", "required", "additionalProperties"}),
    "array": frozenset({"items", "minItems", "maxItems"}),
    "string": frozenset({"pattern", "format"}),
    "number": frozenset({"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"}),
    "integer": frozenset({"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"}),
    "boolean": frozenset(),
    "null": frozenset(),
}
_FORMATS = frozenset(
    {"date-time", "time", "date", "duration", "email", "hostname", "ipv4", "ipv6", "uuid"},
)
_MAX_PROPERTIES = 5000
_MAX_LEVELS = 10
_MAX_ENUM_VALUES = 1000
_MAX_NAME_CHARS = 120_000

Place = tuple[str, ...]
Node = Mapping[str, Any]


def violation(schema: object) -> str | None:
    """What the vendor would say is wrong with `schema`, the first thing found; None when it is legal."""
    if not isinstance(schema, Mapping):
        return _said((), f"schema must be a JSON object, got {type(schema).__name__}.")
    root = cast("Node", schema)
    if "anyOf" in root:
        return _said((), "'anyOf' is not permitted at the root.")
    if root.get("type") != "object":
        return _said((), f"schema must be a JSON Schema of 'type: \"object\"', got 'type: \"{root.get('type')}\"'.")
    return next(itertools.chain(_faults(root, (), 1, _definitions(root)), _sizes(root)), None)


def _definitions(root: Node) -> frozenset[str]:
    names = {f"#/{key}/{name}" for key in ("$defs", "definitions") for name in cast("Node", root.get(key, {}))}
    return frozenset({"#", *names})


def _said(place: Place, fault: str) -> str:
    return f"In context={place!r}, {fault}"


def _faults(node: object, place: Place, level: int, known: frozenset[str]) -> Iterator[str]:
    if not isinstance(node, Mapping):
        yield _said(place, "schema must have a 'type' key.")
        return
    schema = cast("Node", node)
    yield from _own_faults(schema, place, level, known)
    for step, child in _children(schema):
        deeper = 1 if step[0] in {"properties", "items"} else 0
        yield from _faults(child, (*place, *step), level + deeper, known)


def _own_faults(schema: Node, place: Place, level: int, known: frozenset[str]) -> Iterator[str]:
    if level > _MAX_LEVELS:
        yield _said(place, f"schema nests deeper than {_MAX_LEVELS} levels.")
    reference = schema.get("$ref")
    if reference is not None and reference not in known:
        yield _said(place, f"reference can only point to definitions defined at the top level, got {reference!r}.")
    types = _types(schema)
    if not types and not _EVERYWHERE & schema.keys() & {"$ref", "anyOf", "enum", "const"}:
        yield _said(place, "schema must have a 'type' key.")
    unknown = [name for name in types if name not in _ALLOWED]
    if unknown:
        yield _said(place, f"{unknown[0]!r} is not a valid type.")
        return
    allowed = _EVERYWHERE.union(*(_ALLOWED[name] for name in types))
    for keyword in schema:
        if keyword not in allowed:
            yield _said(place, f"'{keyword}' is not permitted.")
    if "object" in types:
        yield from _object_faults(schema, place)
    if "array" in types and not isinstance(schema.get("items"), Mapping):
        yield _said(place, "array schema missing items.")
    if "string" in types and schema.get("format") is not None and schema["format"] not in _FORMATS:
        yield _said(place, f"{schema['format']!r} is not a valid format.")


def _types(schema: Node) -> tuple[str, ...]:
    kind = schema.get("type", ())
    return (kind,) if isinstance(kind, str) else tuple(cast("list[str]", kind))


def _object_faults(schema: Node, place: Place) -> Iterator[str]:
    if schema.get("additionalProperties") is not False:
        yield _said(place, "'additionalProperties' is required to be supplied and to be false.")
    required = cast("list[str]", schema.get("required", []))
    for name in cast("Node", schema.get("properties", {})):
        if name not in required:
            yield _said(
                place,
                "'required' is required to be supplied and to be an array including every key in properties. "
                f"Missing '{name}'.",
            )
    for name in required:
        if name not in schema.get("properties", {}):
            yield _said(place, f"'required' names '{name}', which is not a property.")


def _children(schema: Node) -> Iterator[tuple[Place, object]]:
    for group in ("properties", "$defs", "definitions"):
        for name, child in cast("Node", schema.get(group, {})).items():
            yield (group, name), child
    if "items" in schema:
        yield ("items",), schema["items"]
    for index, child in enumerate(cast("list[object]", schema.get("anyOf", []))):
        yield ("anyOf", str(index)), child


def _every(schema: Node) -> Iterator[Node]:
    yield schema
    for _, child in _children(schema):
        if isinstance(child, Mapping):
            yield from _every(cast("Node", child))


def _sizes(root: Node) -> Iterator[str]:
    properties = enums = characters = 0
    for node in _every(root):
        names = [*node.get("properties", {}), *node.get("$defs", {})]
        values = [str(value) for value in node.get("enum", [])]
        properties += len(node.get("properties", {}))
        enums += len(values)
        characters += sum(map(len, names)) + sum(map(len, values)) + len(str(node.get("const", "")))
    if properties > _MAX_PROPERTIES:
        yield _said((), f"schema has {properties} properties, more than {_MAX_PROPERTIES}.")
    if enums > _MAX_ENUM_VALUES:
        yield _said((), f"schema has {enums} enum values, more than {_MAX_ENUM_VALUES}.")
    if characters > _MAX_NAME_CHARS:
        yield _said((), f"names and enum values have {characters} characters, more than {_MAX_NAME_CHARS}.")
