"""Mechanics as text to read: a stat block as books print it, everything else as labelled lines."""

from collections.abc import Iterator, Mapping
from typing import Any, cast

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from dnd.sheets.block import StatBlock
from dnd.sheets.writing import block_text
from dnd.srd.edition import Edition

_BLOCK_KEY = "challenge_rating"
_ACTIONS = "actions"


def figures(values: Mapping[str, Any], edition: Edition) -> RenderableType:
    """The numbers of one field that code owns."""
    if _BLOCK_KEY in values and _ACTIONS in values:
        return Padding(Text(block_text(StatBlock.model_validate(values), edition)), (0, 0, 0, 2))
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column()
    for name, value in values.items():
        for number, line in enumerate(_lines(value)):
            grid.add_row("" if number else f"  {name.replace('_', ' ')}", line)
    return grid


def _lines(value: object) -> Iterator[str]:
    """A value on one line; a list of objects on one line each."""
    entries: list[object] = cast("list[object]", value) if isinstance(value, list) else []
    if any(isinstance(entry, Mapping) for entry in entries):
        yield from map(_inline, entries)
    elif value not in (None, [], {}):
        yield _inline(cast("object", value))


def _inline(value: object) -> str:
    if isinstance(value, Mapping):
        pairs = cast("Mapping[str, object]", value).items()
        first, *rest = [(name, entry) for name, entry in pairs if entry not in (None, [], {})] or [("", "")]
        return " · ".join([_inline(first[1]), *(f"{name.replace('_', ' ')} {_inline(entry)}" for name, entry in rest)])
    if isinstance(value, list):
        return ", ".join(_inline(entry) for entry in cast("list[object]", value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:,}" if isinstance(value, int) else str(value)
