"""Stored content of an older shape, made readable: upgrades run when it is read, the row stays as it was written."""

from collections.abc import Callable, Mapping
from typing import Any

import orjson

from dnd.content.result import ContentResult

Upgrade = Callable[[dict[str, Any]], dict[str, Any]]
"""Turns a stored result (`ContentResult` as JSON) of one schema version into the next. It must see to `content` and
to `player_view`, each of which may be None; `schema_version` is seen to by `read_result`."""
Upgrades = Mapping[str, Mapping[int, Upgrade]]
"""Content type → version that is left behind → upgrade."""


def _item_numbers(stored: dict[str, Any]) -> dict[str, Any]:
    """Items of version 2 have their numbers in a field of their own."""
    views: dict[str, Any] = {}
    for view in ("content", "player_view"):
        old = stored[view]
        if old is not None:
            numbers = {name: old[name] for name in ("name", "category", "rarity")}
            magic = None if old["rarity"] == "mundane" else {**numbers, "attunement": old["requires_attunement"]}
            views[view] = {**old, "magic_item": magic}
    return {**stored, **views}


UPGRADES: Upgrades = {"item": {1: _item_numbers}}
"""Raising a type's `schema_version` to n + 1 needs an entry n here; a test demands it."""


def read_result(document: str, type_name: str, version: int, upgrades: Upgrades = UPGRADES) -> ContentResult:
    """Read a stored result, brought to the newest shape that `upgrades` lead to.

    Args:
        document: the stored JSON.
        type_name: the content's type.
        version: schema version under which it was stored.
        upgrades: the registry.
    """
    steps = upgrades.get(type_name, {})
    if version not in steps:
        return ContentResult.model_validate_json(document)
    result: dict[str, Any] = orjson.loads(document)
    while version in steps:
        result = steps[version](result)
        version += 1
    provenance = {**result["provenance"], "schema_version": version}
    return ContentResult.model_validate({**result, "provenance": provenance})
