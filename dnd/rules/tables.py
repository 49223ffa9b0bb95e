"""Reading the YAML tables of `data/`."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

_FOLDER = Path(__file__).parent / "data"


@cache
def table(name: str) -> Any:  # noqa: ANN401 -- YAML is anything; each reader casts to its own shape
    """The data of `data/<name>.yaml`, all values as strings, lists and mappings."""
    text = (_FOLDER / f"{name}.yaml").read_text("utf-8")
    # The base loader builds nothing but these, so that `no` and `on` stay words.
    return yaml.load(text, yaml.CBaseLoader)  # noqa: S506 -- builds no objects
