"""Reading the YAML tables of `data/tables/` into typed rows."""

from pathlib import Path
from typing import TypeVar, cast

import yaml
from pydantic import TypeAdapter

_FOLDER = Path(__file__).parent / "data" / "tables"

Row = TypeVar("Row")


def rows(name: str, row: type[Row]) -> tuple[Row, ...]:
    """The rows of `data/tables/<name>.yaml` as `row`, a dataclass. Callers keep the result: this reads the file anew.

    Raises:
        pydantic.ValidationError: a row does not fit its type.
    """
    text = (_FOLDER / f"{name}.yaml").read_text("utf-8")
    # The base loader builds only strings, lists and mappings; the types of the row decide what they are.
    raw = cast("list[object]", yaml.load(text, yaml.CBaseLoader))  # noqa: S506 -- builds no objects
    adapter = TypeAdapter(row)
    return tuple(adapter.validate_python(item) for item in raw)
