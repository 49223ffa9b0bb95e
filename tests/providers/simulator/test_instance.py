from typing import Annotated, Any, Literal, cast

import pytest
from pydantic import BaseModel, Field, TypeAdapter

from dnd.content import CONTENT_TYPES
from dnd.content.base import ContentType
from dnd.content.fields import code_owned
from dnd.content.samples import sample
from dnd.content.wire import wire_schema
from providers.simulator.instance import instance_of


class Leaf(BaseModel):
    kind: Literal["leaf"]
    size: Annotated[int, Field(ge=3, le=9)]
    share: Annotated[float, Field(gt=0, lt=1)]


class Tree(BaseModel):
    name: Annotated[str, Field(min_length=100, max_length=120)]
    tag: Annotated[str, Field(max_length=3)]
    dozen: Annotated[int, Field(multiple_of=12, gt=12)]
    below: Annotated[float, Field(le=-5)]
    leaves: Annotated[list[Leaf], Field(min_length=4)]
    few: Annotated[list[str], Field(max_length=1)]
    child: "Tree | None"
    anything: bool


def test_an_instance_fits_its_schema() -> None:
    tree = Tree.model_validate(instance_of(Tree.model_json_schema()))
    assert len(tree.leaves) == 4
    assert len(tree.few) == 1


def test_a_schema_that_holds_itself_comes_to_an_end() -> None:
    depth, node = 0, Tree.model_validate(instance_of(Tree.model_json_schema()))
    while node.child is not None:
        depth, node = depth + 1, node.child
    assert 0 < depth < 12


@pytest.mark.parametrize("kind", CONTENT_TYPES, ids=lambda kind: kind.name)
def test_an_instance_of_every_content_schema_fits_its_model(kind: ContentType) -> None:
    written = cast("dict[str, Any]", instance_of(wire_schema(kind.model)))
    owned = {name: sample(kind.name)[1][name] for name in code_owned(kind.model)}
    kind.model.model_validate({**written, **owned})


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "integer", "maximum": 5},
        {"type": "integer", "exclusiveMinimum": 5},
        {"type": "number", "minimum": 0.2, "maximum": 0.4},
        {"type": "number", "exclusiveMaximum": 0},
        {"type": "integer", "minimum": 7, "maximum": 7},
        {"type": "number", "multipleOf": 0.5, "minimum": 0.7},
    ],
    ids=str,
)
def test_numbers_keep_their_bounds(schema: dict[str, Any]) -> None:
    value = instance_of(schema)
    low, high = schema.get("minimum", float("-inf")), schema.get("maximum", float("inf"))
    assert low <= value <= high
    assert schema.get("exclusiveMinimum", float("-inf")) < value < schema.get("exclusiveMaximum", float("inf"))
    assert value % schema.get("multipleOf", value or 1) == 0


def test_formats_are_honoured() -> None:
    from datetime import date, datetime
    from uuid import UUID

    for kind in (date, datetime, UUID):
        adapter = TypeAdapter[Any](kind)
        assert isinstance(adapter.validate_python(instance_of(adapter.json_schema())), kind)


def test_the_same_schema_gives_the_same_instance_and_no_sentence_twice() -> None:
    schema = Tree.model_json_schema()
    assert instance_of(schema) == instance_of(schema)
    texts = instance_of({"type": "array", "items": {"type": "string"}, "minItems": 20})
    assert len(set(texts)) == 20


def test_a_schema_that_no_finite_value_fits_still_gets_an_answer() -> None:
    branch = {"type": "object", "properties": {"left": {"$ref": "#"}, "right": {"$ref": "#"}}}
    assert set(instance_of(branch)) == {"left", "right"}
