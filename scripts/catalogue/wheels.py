"""What the two data packages hold, read as files: neither package's code runs."""

import ast
import importlib.util
import json
from functools import cache
from pathlib import Path
from typing import cast

Record = dict[str, object]
"""One entry of a data package, as it stands there."""


class WheelMissingError(RuntimeError):
    """A data package of the dev dependencies is not installed."""


def folder(package: str) -> Path:
    """The folder of an installed package, found without importing it."""
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise WheelMissingError(f"{package} is not installed: the catalogues are built from it (dev dependencies)")
    return Path(next(iter(spec.submodule_search_locations)))


@cache
def srd_51(module: str) -> tuple[Record, ...]:
    """The entries of one module of tinys-srd (SRD 5.1): calls with literal keyword arguments, read from its syntax."""
    tree = ast.parse((folder("tinys_srd") / f"{module}.py").read_text("utf-8"))
    calls = [node.value for node in tree.body if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)]
    return tuple({str(word.arg): ast.literal_eval(word.value) for word in call.keywords} for call in calls)


@cache
def srd_52(name: str) -> tuple[Record, ...]:
    """The entries of one JSON file of dndwright (SRD 5.2.1)."""
    text = (folder("dndwright") / "content" / f"{name}.json").read_text("utf-8")
    return tuple(cast("list[Record]", json.loads(text)[name]))


def text_of(record: Record, key: str) -> str:
    """A text of the record, "" where it has none; a list of paragraphs becomes one text."""
    value = record.get(key)
    if isinstance(value, list):
        return straight(" ".join(str(part) for part in cast("list[object]", value)))
    return "" if value is None else straight(str(value))


def straight(text: str) -> str:
    """`text` with straight quotes, plain hyphens and minus signs, and no soft hyphens."""
    for printed, plain in (("\u2019", "'"), ("\u2018", "'"), ("\u2212", "-"), ("\u00ad", ""), ("\u2014", "-")):
        text = text.replace(printed, plain)
    return text


def number_of(record: Record, key: str) -> int:
    """A whole number of the record."""
    return int(cast("int", record[key]))


def named(record: Record, key: str) -> str:
    """The name of the entry that the record refers to under `key`."""
    return str(cast("Record", record[key])["name"])


def records(record: Record, key: str) -> list[Record]:
    """A list of entries in the record; empty where it has none."""
    return cast("list[Record]", record.get(key) or [])


def texts(record: Record, key: str) -> list[str]:
    """A list of texts in the record; empty where it has none."""
    return [straight(str(part)) for part in cast("list[object]", record.get(key) or [])]
