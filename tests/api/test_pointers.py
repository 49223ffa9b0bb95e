"""pydantic's locations become the caller's fields."""

import pytest
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, ValidationError

from api.pointers import field_errors, pointer
from dnd.content.request import ContentRequest


class Circle(BaseModel):
    model_config = ConfigDict(extra="forbid")

    radius: int


class Square(BaseModel):
    model_config = ConfigDict(extra="forbid")

    side: int


class Drawing(BaseModel):
    shape: str | Circle | Square
    maybe: int | None = None
    many: list[str | Circle] = []


def told(model: type[BaseModel], body: object) -> list[tuple[str, str]]:
    """Path and message of each error of `body`, as FastAPI would raise them."""
    try:
        model.model_validate(body)
    except ValidationError as error:
        located = [{**entry, "loc": ("body", *entry["loc"])} for entry in error.errors()]
        raised = RequestValidationError(located, body=body)
        return [(entry.path, entry.message) for entry in field_errors(raised.errors(), body)]
    return []


def test_a_value_of_no_branch_s_shape_is_one_error() -> None:
    assert told(Drawing, {"shape": 4}) == [("/shape", "must be a string or an object")]


def test_an_object_is_told_its_own_fields_and_not_the_branch() -> None:
    assert told(ContentRequest, {"type": "npc", "theme": {"id": "mine", "foo": 1}}) == [
        ("/theme/name", "required"),
        ("/theme/foo", "unknown field"),
    ]


def test_every_branch_that_fits_the_shape_has_its_say_once() -> None:
    assert set(told(Drawing, {"shape": {"radius": "x"}})) == {
        ("/shape/radius", "must be a whole number"),
        ("/shape/side", "required"),
        ("/shape/radius", "unknown field"),
    }


def test_a_union_inside_a_list_keeps_its_index() -> None:
    assert told(Drawing, {"shape": "round", "many": ["a", 4, {"radius": "x"}]}) == [
        ("/many/2/radius", "must be a whole number"),
        ("/many/1", "must be a string or an object"),
    ]


def test_an_optional_value_has_no_branch_to_name() -> None:
    assert told(Drawing, {"shape": "round", "maybe": "x"}) == [("/maybe", "must be a whole number")]


@pytest.mark.parametrize(
    ("path", "expected"),
    [((), ""), (("a", 0, "b"), "/a/0/b"), (("a/b", "c~d"), "/a~1b/c~0d"), (("",), "/")],
)
def test_a_pointer_is_escaped_as_rfc_6901_has_it(path: tuple[str | int, ...], expected: str) -> None:
    assert pointer(path) == expected
