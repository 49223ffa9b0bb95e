"""The JSON schema of a content model as it travels to a vendor: legal under OpenAI's strict structured output."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, cast

from dnd.content.fields import Content, DmOnly, code_owned

_KEPT = frozenset({"type", "properties", "required", "items", "enum", "const", "anyOf", "$ref", "$defs", "description"})


@cache
def wire_schema(model: type[Content], fields: tuple[str, ...] | None = None) -> Mapping[str, Any]:
    """Schema of `model`, or of an object with only its top-level `fields` (in the model's order).

    Every property is required, no object takes further ones, and nothing is said that strict mode refuses
    (titles, defaults, string lengths). Fields that code computes are not asked for. Fields for the dungeon master
    alone say so in their description.
    """
    schema = cast("dict[str, Any]", _strict(model.model_json_schema()))
    owned = code_owned(model)
    asked = [name for name in model.model_fields if name not in owned and (fields is None or name in fields)]
    for name in asked:
        if any(isinstance(mark, DmOnly) for mark in model.model_fields[name].metadata):
            schema["properties"][name]["description"] = "For the dungeon master only; players never see it."
    schema["properties"] = {name: schema["properties"][name] for name in asked}
    schema["required"] = asked
    if "$defs" in schema:
        schema["$defs"] = _reached(schema["$defs"], schema["properties"])
    return schema


def _reached(definitions: Mapping[str, Any], root: object) -> dict[str, Any]:
    """The definitions that `root` refers to, directly or through others."""
    found: dict[str, Any] = {}
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Mapping):
            entries = cast("Mapping[str, object]", node)
            name = str(entries.get("$ref", "")).removeprefix("#/$defs/")
            if name in definitions and name not in found:
                found[name] = definitions[name]
                waiting.append(definitions[name])
            waiting.extend(entries.values())
        elif isinstance(node, list):
            waiting.extend(cast("list[object]", node))
    return {name: definitions[name] for name in definitions if name in found}


def _strict(node: object) -> object:
    if isinstance(node, list):
        return [_strict(entry) for entry in cast("list[object]", node)]
    if not isinstance(node, dict):
        return node
    source = cast("dict[str, Any]", node)
    schema: dict[str, Any] = {}
    for key, value in source.items():
        if key in {"properties", "$defs"}:
            schema[key] = {name: _strict(entry) for name, entry in value.items()}
        elif key in _KEPT:
            schema[key] = _strict(value)
    if "properties" in schema:
        schema["additionalProperties"] = False
        schema["required"] = list(schema["properties"])
    return schema


def changed_paths(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> list[str]:
    """JSON pointers of the values that differ, as deep as both sides have the same shape; sorted."""
    found: list[str] = []
    _compare(before or {}, after or {}, "", found)
    return sorted(found)


def _compare(before: object, after: object, path: str, found: list[str]) -> None:
    if before == after and type(before) is type(after):
        return
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        left, right = cast("Mapping[str, object]", before), cast("Mapping[str, object]", after)
        for key in {*left, *right}:
            if key in left and key in right:
                _compare(left[key], right[key], f"{path}/{key}", found)
            else:
                found.append(f"{path}/{key}")
    elif isinstance(before, list) and isinstance(after, list):
        old, new = cast("Sequence[object]", before), cast("Sequence[object]", after)
        if len(old) != len(new):
            found.append(path)
            return
        for index, (one, other) in enumerate(zip(old, new, strict=True)):
            _compare(one, other, f"{path}/{index}", found)
    else:
        found.append(path)
