from typing import Any

import pytest

from dnd.content import CONTENT_TYPES
from dnd.content.wire import wire_schema
from providers.simulator.strict_schema import violation


def obj(properties: dict[str, Any], **more: Any) -> dict[str, Any]:  # noqa: ANN401 -- any keyword of JSON schema
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
        **more,
    }


def nested(levels: int) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string"}
    for _ in range(levels):
        schema = obj({"a": schema})
    return schema


LEGAL: dict[str, object] = {
    "every kind of value": obj(
        {
            "text": {"type": "string", "pattern": "^a", "description": "d", "title": "t"},
            "date": {"type": "string", "format": "date"},
            "whole": {"type": "integer", "minimum": 1, "maximum": 20, "multipleOf": 1},
            "part": {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1},
            "flag": {"type": "boolean"},
            "list": {"type": "array", "items": {"type": "string"}, "minItems": 1, "maxItems": 3},
            "maybe": {"anyOf": [{"type": "string"}, {"type": "null"}]},
            "also": {"type": ["string", "null"]},
            "one": {"enum": ["a", "b"]},
            "same": {"const": "x"},
        }
    ),
    "references, also to itself": obj(
        {"child": {"anyOf": [{"$ref": "#"}, {"type": "null"}]}, "node": {"$ref": "#/$defs/Node"}},
        **{"$defs": {"Node": obj({"name": {"type": "string"}})}},
    ),
    "a property called default": obj({"default": {"type": "string"}, "minLength": {"type": "integer"}}),
    "ten levels": nested(9),
    "nothing at all": obj({}),
}
ILLEGAL: dict[str, tuple[object, str]] = {
    "no object": ("schema", "must be a JSON object"),
    "list at the root": ({"type": "array", "items": {"type": "string"}}, 'type: "object"\''),
    "anyOf at the root": ({"anyOf": [obj({})]}, "'anyOf' is not permitted at the root"),
    "property not required": (obj({"a": {"type": "string"}}, required=[]), "Missing 'a'"),
    "no required": ({"type": "object", "properties": {"a": {"type": "string"}}, "additionalProperties": False}, "'a'"),
    "required without property": (obj({}, required=["ghost"]), "'ghost'"),
    "open object": ({"type": "object", "properties": {}, "required": []}, "'additionalProperties'"),
    "open inner object": (obj({"a": {"type": "object", "properties": {}}}), "('properties', 'a')"),
    "minLength": (obj({"a": {"type": "string", "minLength": 1}}), "'minLength' is not permitted"),
    "maxLength": (obj({"a": {"type": "string", "maxLength": 9}}), "'maxLength' is not permitted"),
    "default": (obj({"a": {"type": "string", "default": "x"}}), "'default' is not permitted"),
    "null default": (obj({"a": {"type": "string", "default": None}}), "'default' is not permitted"),
    "allOf": (obj({"a": {"type": "string", "allOf": []}}), "'allOf' is not permitted"),
    "oneOf": (obj({"a": {"oneOf": [{"type": "string"}]}}), "In context"),
    "not": (obj({"a": {"type": "string", "not": {}}}), "'not' is not permitted"),
    "if": (obj({}, **{"if": {}, "then": {}}), "'if' is not permitted"),
    "uniqueItems": (obj({"a": {"type": "array", "items": {"type": "string"}, "uniqueItems": True}}), "'uniqueItems'"),
    "patternProperties": (obj({}, patternProperties={}), "'patternProperties' is not permitted"),
    "no type": (obj({"a": {"description": "anything"}}), "must have a 'type' key"),
    "unknown type": (obj({"a": {"type": "text"}}), "'text' is not a valid type"),
    "array without items": (obj({"a": {"type": "array"}}), "missing items"),
    "unknown format": (obj({"a": {"type": "string", "format": "colour"}}), "'colour' is not a valid format"),
    "reference elsewhere": (obj({"a": {"$ref": "https://example.com/s"}}), "reference"),
    "reference into nothing": (obj({"a": {"$ref": "#/$defs/Ghost"}}), "reference"),
    "fault in a definition": (
        obj({"a": {"$ref": "#/$defs/D"}}, **{"$defs": {"D": {"type": "object", "properties": {}}}}),
        "('$defs', 'D')",
    ),
    "fault in a list": (obj({"a": {"type": "array", "items": {"type": "string", "minLength": 1}}}), "'items'"),
    "fault in a branch": (obj({"a": {"anyOf": [{"type": "string", "maxLength": 1}]}}), "'anyOf', '0'"),
    "eleven levels": (nested(10), "10 levels"),
    "too many properties": (obj({f"p{number}": {"type": "string"} for number in range(5001)}), "5001 properties"),
    "too many enum values": (obj({"a": {"enum": [str(number) for number in range(1001)]}}), "1001 enum values"),
    "too many characters": (obj({"a": {"enum": ["x" * 121_000]}}), "characters"),
}


@pytest.mark.parametrize("schema", LEGAL.values(), ids=LEGAL)
def test_a_legal_schema_is_taken(schema: object) -> None:
    assert violation(schema) is None


@pytest.mark.parametrize(("schema", "said"), ILLEGAL.values(), ids=ILLEGAL)
def test_an_illegal_schema_is_refused_with_the_place_and_the_reason(schema: object, said: str) -> None:
    fault = violation(schema)
    assert fault is not None
    assert said in fault


def test_the_wire_schema_of_every_content_type_is_legal() -> None:
    for kind in CONTENT_TYPES:
        assert violation(wire_schema(kind.model)) is None
