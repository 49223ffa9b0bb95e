"""Boundaries."""

import pytest

from dnd.rules import validate
from dnd.rules.policy import read_boundary
from dnd.rules.tables import table
from tests.dnd.rules.drafts import draft_of

TOPICS = table("lines")


def found(text: str, *lines: str) -> list[str]:
    report = validate(draft_of("npc", {"/voice": text}, lines=lines))
    return [finding.span.text for finding in report.findings if finding.rule == "PO1" and finding.span]


@pytest.mark.parametrize("name", TOPICS)
def test_every_topic_is_known_by_each_of_its_names(name: str) -> None:
    for asked in TOPICS[name]["asked"]:
        topics = [boundary.topic.name for boundary in read_boundary(asked) if boundary.topic]
        assert name in topics, asked


@pytest.mark.parametrize("name", TOPICS)
def test_every_word_of_a_topic_is_found(name: str) -> None:
    for word in TOPICS[name]["words"]:
        assert found(f"There is {word} in it.", TOPICS[name]["asked"][0]), word


@pytest.mark.parametrize(
    ("text", "line", "expected"),
    [
        ("Spiders spin in the dark.", "no spiders please", ["Spiders"]),
        ("The child was beaten by the cook.", "harm to children", ["child was beaten"]),
        ("The child sleeps. The dough is beaten.", "harm to children", []),
        ("He spied her at the market.", "spiders", []),
        ("A clock made of teeth ticks.", "clocks made of teeth", ["clock made of teeth"]),
        ("A clock ticks in the hall; her teeth are white and strong as any two in town.", "clocks made of teeth", []),
        ("A snake, or a rat.", "snakes and rats", ["snake", "rat"]),
        ("Bananas hang there.", "bananas", ["Bananas"]),
        ("Nothing of note.", "...", []),
    ],
)
def test_boundaries_are_found_where_they_are_crossed(text: str, line: str, expected: list[str]) -> None:
    assert found(text, line) == expected


def test_the_dungeon_masters_text_keeps_to_the_boundaries_too() -> None:
    report = validate(draft_of("npc", {"/secret": "He keeps a spider in a jar."}, lines=["spiders"]))
    assert [finding.path for finding in report.findings if finding.rule == "PO1"] == ["/secret"]
