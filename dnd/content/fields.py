"""What a text field of a content model is: its kind, and who may see it.

Content models annotate every text with one of the aliases below. From these marks the same code derives the
player's view, the leaves that the rules read, and the wire schema. There is no second list of secret fields.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, cast

from pydantic import BaseModel, ConfigDict


class Kind(StrEnum):
    """How a text is read, and therefore which rules apply to it."""

    NAME = "name"
    """A proper name or a label of at most 8 words."""
    LINE = "line"
    """One or two sentences, at most 60 words."""
    PROSE = "prose"
    """Paragraphs."""


@dataclass(frozen=True, slots=True)
class Text:
    """Marks a string field (or a list of strings) with its kind."""

    kind: Kind


@dataclass(frozen=True, slots=True)
class DmOnly:
    """Marks a field of any type that only the dungeon master sees."""


@dataclass(frozen=True, slots=True)
class CodeOwned:
    """Marks a field that code computes: shown to the model as given, never asked of it, restored when changed."""


Name = Annotated[str, Text(Kind.NAME)]
Line = Annotated[str, Text(Kind.LINE)]
Prose = Annotated[str, Text(Kind.PROSE)]


class Content(BaseModel):
    """Base of all content models.

    Every field is required and has neither length limits nor defaults, so that the JSON schema is legal under
    OpenAI's strict structured output; how much text and how many entries are right is for `dnd.rules` to say.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)


@dataclass(frozen=True, slots=True)
class Leaf:
    """One text of a content object."""

    path: str
    """JSON pointer, for instance `/connections/0/name`."""
    text: str
    kind: Kind
    secret: bool
    """True for text that only the dungeon master sees."""


def leaves(content: Content) -> tuple[Leaf, ...]:
    """All texts of `content`, in field order."""
    return tuple(_walk(content, "", secret=False))


def _walk(content: Content, prefix: str, *, secret: bool) -> Iterator[Leaf]:
    for name, field in type(content).model_fields.items():
        hidden = secret or any(isinstance(mark, DmOnly) for mark in field.metadata)
        kind = _kind_of(field.metadata, field.annotation)
        yield from _walk_value(getattr(content, name), f"{prefix}/{name}", kind, secret=hidden)


def _walk_value(value: object, path: str, kind: Kind | None, *, secret: bool) -> Iterator[Leaf]:
    if isinstance(value, Content):
        yield from _walk(value, path, secret=secret)
    elif isinstance(value, list):
        for index, entry in enumerate(cast("list[object]", value)):
            yield from _walk_value(entry, f"{path}/{index}", kind, secret=secret)
    elif isinstance(value, str) and kind is not None:
        yield Leaf(path, value, kind, secret)


def _kind_of(metadata: list[Any], annotation: object) -> Kind | None:
    """The kind of a field: its own mark, or that of the entries of a list (`list[Line]`)."""
    marks = [*metadata]
    for inner in getattr(annotation, "__args__", ()):
        marks.extend(getattr(inner, "__metadata__", ()))
    return next((mark.kind for mark in marks if isinstance(mark, Text)), None)


def code_owned(model: type[Content]) -> tuple[str, ...]:
    """The names of the fields that code computes, in field order."""
    return tuple(
        name
        for name, field in model.model_fields.items()
        if any(isinstance(mark, CodeOwned) for mark in field.metadata)
    )


def player_view(content: Content) -> dict[str, Any]:
    """`content` as JSON-ready data without anything marked `DmOnly`, at any depth."""
    return cast("dict[str, Any]", _visible(content))


def _visible(value: object) -> object:
    if isinstance(value, Content):
        return {
            name: _visible(getattr(value, name))
            for name, field in type(value).model_fields.items()
            if not any(isinstance(mark, DmOnly) for mark in field.metadata)
        }
    if isinstance(value, list):
        return [_visible(entry) for entry in cast("list[object]", value)]
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", exclude_none=True)
    return value
