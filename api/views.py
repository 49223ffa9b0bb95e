"""What a player may see of a result."""

from collections.abc import Mapping
from typing import Any, cast

from dnd.content.result import ContentResult
from dnd.rules.finding import Report


def for_player(result: ContentResult) -> ContentResult:
    """`result` without anything that tells the dungeon master's part.

    Findings and trace quote the content, secrets included, and a fact expressed only in a secret is one: they
    stay out, as do the facts that no visible text expresses.
    """
    view = result.player_view
    facts = [fact for fact in result.report.facts if fact.path is not None and _visible(view, fact.path)]
    report = Report(facts=facts, scores=result.report.scores, coverage=result.report.coverage)
    return result.model_copy(update={"content": view, "report": report, "trace": []})


def _visible(view: Mapping[str, Any] | None, path: str) -> bool:
    node: object = view
    for part in path.removeprefix("/").split("/"):
        if isinstance(node, Mapping) and part in node:
            node = cast("Mapping[str, object]", node)[part]
        elif isinstance(node, list) and part.isdigit() and int(part) < len(cast("list[object]", node)):
            node = cast("list[object]", node)[int(part)]
        else:
            return False
    return True
