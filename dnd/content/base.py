"""A content type as data: everything that the graph, the API, the prompts and the simulator ask about it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from random import Random
from typing import Any, Literal, NamedTuple

from pydantic import ValidationError

from dnd.content.fields import Content
from dnd.content.skeleton import Documents, Skeleton
from dnd.content.subject import Subject
from dnd.errors import FieldError, InvalidParametersError
from dnd.srd.edition import Edition


class Group(StrEnum):
    """Which family of callers a type belongs to."""

    CHARACTER = "character"
    CAMPAIGN = "campaign"
    NARRATIVE = "narrative"


class Length(StrEnum):
    """How much text is asked for; each type turns it into word limits."""

    LINE = "line"
    BULLETS = "bullets"
    READ_ALOUD = "read_aloud"
    FULL = "full"


class Limits(NamedTuple):
    """Inclusive bounds: words of a text, or entries of a list."""

    low: int
    high: int


DocumentName = Literal["sheet", "block", "item", "encounter"]
"""What kind of document a type's prose must agree with."""


def _no_documents(subject: Subject, content: Content | None) -> Documents:  # noqa: ARG001 -- the shape of `documents`
    return {}


def _as_computed(skeleton: Skeleton, raw: Mapping[str, Any]) -> Mapping[str, Any]:  # noqa: ARG001 -- the shape of `complete`
    return skeleton.owned


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ContentType:
    """One row of the registry. Rows are equal when they are the same row, so that results can be cached by type."""

    name: str
    """Registry name, and the file name in every layer."""
    group: Group
    description: str
    """One line for `GET /v1/types`."""
    model: type[Content]
    subject: type[Subject]
    main: str
    """JSON pointer of the field that `length` governs; words of all texts beneath it are counted together."""
    words: Mapping[Length, Limits]
    """Word limits of the main field by length."""
    entries: Mapping[str, Limits]
    """Bounds on the number of entries, by the JSON pointer of the list."""
    schema_version: int = 1
    """Of the stored content; a change to the model's shape raises it and adds a migration."""
    kinds: frozenset[DocumentName] = frozenset()
    """Documents that the subject or the content may hold: the model is told the rules of prose beside them."""
    documents: Callable[[Subject, Content | None], Documents] = _no_documents
    """The documents of one piece."""
    skeleton: Callable[[Subject, Edition, Random], Skeleton] | None = None
    """Computes the mechanics, choosing by the generator where there is a choice; None where a type has none.

    Raises InvalidParametersError where the subject permits no legal mechanics.
    """
    complete: Callable[[Skeleton, Mapping[str, Any]], Mapping[str, Any]] = _as_computed
    """The code-owned fields that belong to the words in `raw`: the computed ones, with names taken over."""

    def parse_subject(self, raw: Mapping[str, Any]) -> Subject:
        """`raw` as this type's subject.

        Raises:
            InvalidParametersError: naming each field at fault, below `/subject`.
        """
        try:
            return self.subject.model_validate(raw)
        except ValidationError as error:
            faults = [
                FieldError("/".join(("", "subject", *(str(part) for part in fault["loc"]))), fault["msg"])
                for fault in error.errors(include_url=False, include_input=False)
            ]
            message = f"the subject does not fit the type {self.name}"
            raise InvalidParametersError(message, faults) from error
