"""What a reader sees of a result."""

import re

import pytest
from rich.console import Console

from api.cli.rendering import page
from api.openapi import sample
from api.views import for_player
from dnd.content import CONTENT_TYPES, content_type
from dnd.content.base import ContentType
from dnd.content.fields import leaves, player_view
from dnd.content.result import ContentResult, Status
from dnd.rules.finding import FactReport, Finding, Report, Severity, Span
from tests.api.test_views import result


def shown(written: ContentResult, width: int = 100) -> str:
    """The page as plain text."""
    console = Console(width=width, record=True, file=open("/dev/null", "w"))  # noqa: PTH123, SIM115 -- rich wants a file
    with console.file:
        console.print(page(written, width=width))
        return console.export_text()


def flat(text: str) -> str:
    """Words only, whatever the wrapping."""
    return " ".join(re.sub(r"[│•·╭╮╰╯─]", " ", text).split())


def of(kind: ContentType) -> ContentResult:
    content = sample(kind.name)["content"]
    return result(type=kind.name, content=content, player_view=player_view(kind.model.model_validate(content)))


@pytest.mark.parametrize("kind", CONTENT_TYPES, ids=lambda kind: kind.name)
@pytest.mark.parametrize("width", [80, 100, 200])
def test_every_text_of_every_type_is_shown_within_the_width(kind: ContentType, width: int) -> None:
    written = of(kind)
    text = shown(written, width)
    content = kind.model.model_validate(written.content)
    for leaf in leaves(content):
        assert flat(leaf.text) in flat(text), leaf.path
    assert max(map(len, text.splitlines())) <= width


@pytest.mark.parametrize("kind", CONTENT_TYPES, ids=lambda kind: kind.name)
def test_secrets_stand_in_the_dungeon_master_s_part_alone(kind: ContentType) -> None:
    written = of(kind)
    open_part = shown(written).partition("For the dungeon master")[0]
    content = content_type(kind.name).model.model_validate(written.content)
    for leaf in leaves(content):
        assert (flat(leaf.text) in flat(open_part)) is not leaf.secret, leaf.path
    assert "For the dungeon master" not in shown(for_player(written))


def test_markup_in_a_text_is_shown_as_it_was_written() -> None:
    content = {**sample("backstory")["content"], "story": "She said [bold]no[/bold] and [/] left :smile:."}
    assert "She said [bold]no[/bold] and [/] left :smile:." in shown(result(content=content))


def test_a_fact_is_shown_where_and_as_what_it_is_expressed() -> None:
    span = Span(start=0, end=11, text="kept a key")
    report = Report(
        facts=[
            FactReport(fact="She has a key", expressed=True, score=1, path="/story", span=span),
            FactReport(fact="She has a map", expressed=False, score=0.2, missing=["map"]),
        ]
    )
    text = flat(shown(result(report=report)))
    assert "✓ She has a key /story kept a key" in text
    assert "✗ She has a map" in text
    assert "missing: map" in text


def test_what_does_not_hold_is_said_plainly() -> None:
    finding = Finding(rule="FA1", severity=Severity.ERROR, path="/story", message="The fact is missing.", source="x")
    text = flat(shown(result(status=Status.NEEDS_REVIEW, report=Report(findings=[finding]))))
    assert "✗ FA1 /story The fact is missing." in text
    assert "● needs review" in text


def test_a_result_without_content_is_shown_as_one() -> None:
    text = shown(result(status=Status.REJECTED, content=None, player_view=None))
    assert "Nothing usable was written." in text
    assert "● rejected" in text


def test_content_of_a_wrong_shape_is_shown_all_the_same() -> None:
    text = flat(
        shown(result(content={"title": "Half", "story": ["a", {"b": 1}], "surplus": 3, "empty": None, "hooks": "one"}))
    )
    assert "Half" in text
    assert "Surplus 3" in text
    assert "Empty" not in text
