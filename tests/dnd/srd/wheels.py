"""Reading the data wheels that the tables are compared with, without running any of their code."""

import ast
import json
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


def _folder(package: str) -> Path:
    spec = find_spec(package)
    assert spec is not None, f"{package} belongs to the development dependencies"
    assert spec.submodule_search_locations is not None
    return Path(next(iter(spec.submodule_search_locations)))


@cache
def entries_51(module: str) -> Mapping[str, Mapping[str, Any]]:
    """The entries of a module of tinys-srd, by name of their variable: keyword arguments of calls, all literals."""
    tree = ast.parse((_folder("tinys_srd") / f"{module}.py").read_text("utf-8"))
    found: dict[str, Mapping[str, Any]] = {}
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and isinstance(node.targets[0], ast.Name):
            found[node.targets[0].id] = {
                keyword.arg: ast.literal_eval(keyword.value) for keyword in node.value.keywords if keyword.arg
            }
    return found


@cache
def rows_52(name: str) -> tuple[Mapping[str, Any], ...]:
    """The rows of a JSON file of dndwright."""
    return tuple(json.loads((_folder("dndwright") / "content" / f"{name}.json").read_text("utf-8"))[name])


@cache
def constants_52() -> Mapping[str, Any]:
    """The tables that dndwright writes as literals."""
    tree = ast.parse((_folder("dndwright") / "rules" / "lookup_tables.py").read_text("utf-8"))
    found: dict[str, Any] = {}
    for node in tree.body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and isinstance(node.value, ast.Dict):
            try:
                found[node.target.id] = ast.literal_eval(node.value)
            except ValueError:
                continue
    return found


def assert_equal_but(ours: Mapping[Key, Value], theirs: Mapping[Key, Value], known: Mapping[Key, str]) -> None:
    """Both are equal, except under the keys of `known`, whose text says why; a key that has become equal must go."""
    differing = {key for key in {*ours, *theirs} if ours.get(key) != theirs.get(key)}
    unknown = {key: (ours.get(key), theirs.get(key)) for key in differing if key not in known}
    assert unknown == {}
    assert {key for key in known if key not in differing} == set(), "a listed difference no longer differs"
