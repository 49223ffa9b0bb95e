"""The means to change one thing of a sheet in canonical JSON."""

import copy
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, cast

from dnd.srd.edition import BOTH, Edition
from tests.dnd.truth.mutants import Weight, step
from tests.dnd.truth.srd_monsters import Json

Way = tuple[str | int, ...]
"""Keys from the whole to a value."""
SheetChange = Callable[[Json, Random, Edition], Json | None]
"""A changed copy of a sheet; None where it has nothing to change."""


@dataclass(frozen=True, slots=True)
class SheetKind:
    """A sort of mutant."""

    weight: Weight
    change: SheetChange
    editions: tuple[Edition, ...] = BOTH
    times: int = 1
    """How many of it each character gives."""


def at(document: Json, way: Way) -> Any:  # noqa: ANN401 -- JSON
    """The value at a way; None where there is none."""
    value: Any = document
    for key in way:
        if isinstance(value, dict):
            value = cast("Json", value).get(str(key))
        elif isinstance(value, list) and isinstance(key, int):
            entries = cast("list[Any]", value)
            value = entries[key] if key < len(entries) else None
        else:
            return None
    return value


def put(document: Json, way: Way, value: object) -> Json:
    """A copy with `value` at a way; a number one past the end of a list appends; None removes the value."""
    result = copy.deepcopy(document)
    *before, last = way
    parent: Any = result
    for key in before:
        parent = parent[key]
    if isinstance(parent, list):
        entries = cast("list[Any]", parent)
        entries[cast("int", last) : cast("int", last) + 1] = [value]
    elif value is None:
        cast("Json", parent).pop(str(last), None)
    else:
        cast("Json", parent)[str(last)] = value
    return result


def modifier_of(document: Json, ability: str) -> int:
    """The modifier by the stated score."""
    return (int(document["ability_scores"][ability]) - 10) // 2


def bonus_of(document: Json) -> int:
    """The stated proficiency bonus."""
    return int(document["proficiency_bonus"])


def level_of(document: Json) -> int:
    """The character level."""
    return int(document["level"])


def number(*way: str | int, low: int = 1, high: int = 5) -> SheetChange:
    """The number at a way is another one."""

    def change(document: Json, rng: Random, _: Edition) -> Json | None:
        value = at(document, way)
        return None if value is None else put(document, way, int(value) + step(rng, low, high))

    return change


def number_among(table: str, field: str = "", high: int = 5) -> SheetChange:
    """The number of one entry of a mapping or a list is another one."""

    def change(document: Json, rng: Random, _: Edition) -> Json | None:
        way = entry_with(document, rng, table, field)
        return None if way is None else put(document, way, int(at(document, way)) + step(rng, 1, high))

    return change


def entry_with(document: Json, rng: Random, table: str, field: str) -> Way | None:
    """The way to `field` of one entry that has it."""
    stated: Any = document.get(table) or {}
    keys: list[Any] = sorted(cast("Json", stated)) if isinstance(stated, dict) else list(range(len(stated)))
    tail: Way = (field,) if field else ()
    ways: list[Way] = [(table, key, *tail) for key in keys]
    ways = [way for way in ways if at(document, way) is not None]
    return rng.choice(ways) if ways else None


def word(*way: str | int, words: Sequence[str]) -> SheetChange:
    """The word at a way is one of others."""

    def change(document: Json, rng: Random, _: Edition) -> Json | None:
        stated = at(document, way)
        return None if stated is None else put(document, way, rng.choice([each for each in words if each != stated]))

    return change


def more(table: str, *entries: object) -> SheetChange:
    """One entry more in a list."""

    def change(document: Json, rng: Random, _: Edition) -> Json | None:
        stated: list[Any] = document.get(table) or []
        return put(document, (table,), [*stated, rng.choice(entries)])

    return change


def class_of(document: Json) -> str:
    return str(document["classes"][0]["name"]).lower()


def class_level_of(document: Json) -> int:
    return int(document["classes"][0]["level"])


def said(*way: str | int, values: Sequence[object]) -> SheetChange:
    """One of `values` that is not there yet, at a way that need not exist."""

    def change(document: Json, rng: Random, _: Edition) -> Json | None:
        return put(document, way, rng.choice([value for value in values if value != at(document, way)]))

    return change
