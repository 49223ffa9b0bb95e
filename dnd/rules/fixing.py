"""Applying the fixes that need no model."""

import copy
from collections.abc import Iterable
from typing import Any, cast

from dnd.rules.finding import Finding, Fix


def apply_fixes(raw: dict[str, Any], findings: Iterable[Finding]) -> tuple[dict[str, Any], list[Finding]]:
    """`raw` with every fix put in its place, and the findings so fixed (`fixed_by="code"`).

    Replacements come first, then removals from the end of each list, so that no fix moves the target of another.
    Fixes of one path are the same fix: the first is applied and all its findings count as fixed. A fix whose path
    does not exist, or would replace the whole, is left out. `raw` itself is not changed.
    """
    with_fix = [finding for finding in findings if finding.fix is not None]
    result = copy.deepcopy(raw)
    done: dict[tuple[str, str], bool] = {}
    for finding in sorted(with_fix, key=_turn):
        fix = cast("Fix", finding.fix)
        if (fix.op, fix.path) not in done:
            done[fix.op, fix.path] = _apply(result, fix)
    fixed = [
        finding.model_copy(update={"fixed_by": "code"})
        for finding in with_fix
        if finding.fix is not None and done[finding.fix.op, finding.fix.path]
    ]
    return result, fixed


def _turn(finding: Finding) -> tuple[int, list[tuple[int, str]]]:
    """Replacements first; removals by descending index."""
    fix = cast("Fix", finding.fix)
    if fix.op == "replace":
        return (0, [])
    return (1, [(-int(part), "") if part.isdecimal() else (0, part) for part in _parts(fix.path)])


def _parts(path: str) -> list[str]:
    return [part.replace("~1", "/").replace("~0", "~") for part in path.split("/")[1:]]


def _apply(root: dict[str, Any], fix: Fix) -> bool:
    *way, last = _parts(fix.path) or [""]
    parent: Any = root
    for part in way:
        parent = _step(parent, part)
    key = _key(parent, last)
    if not _has(parent, key):
        return False
    if fix.op == "remove":
        del parent[key]
    else:
        parent[key] = copy.deepcopy(fix.value)
    return True


def _step(value: Any, part: str) -> Any:  # noqa: ANN401 -- JSON
    key = _key(value, part)
    return value[key] if _has(value, key) else None


def _key(value: object, part: str) -> str | int:
    return int(part) if isinstance(value, list) and part.isdecimal() else part


def _has(value: object, key: str | int) -> bool:
    if isinstance(value, dict):
        return key in value
    return isinstance(value, list) and isinstance(key, int) and key < len(cast("list[object]", value))
