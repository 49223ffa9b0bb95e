"""What a text states, denies and leaves in doubt."""

import pytest

from dnd.prose.passage import Passage
from dnd.prose.reading import Reading
from dnd.prose.tables import table

DOUBTFUL = {
    "if": "If he came, nobody saw it.",
    "dream": "She dreamed that he came.",
    "dreams": "In her dreams he came.",
    "have": "He might have come.",
    "might": "He may come.",
    "near": "He nearly came.",
    "maybe": "Perhaps he came.",
    "rumour": "Some say he came.",
    "claim": "He claims he came.",
    "lie": "She tells the lie that he came.",
    "wish": "He hoped to come.",
    "wish_that": "He feared that she came.",
    "future": "He will come.",
    "as_if": "She smiled as if he came.",
    "not_who": "It was not he who came.",
    "never_true": "It was never true that he came.",
    "question": "Did he come?",
    "story": "He came, or so the ballads say.",
    "untrue": "He came, but that was a lie.",
    "never": "His coming never happened.",
}


def test_every_cue_has_an_example() -> None:
    cues = table("cues")
    assert set(DOUBTFUL) == {*cues["before"], *cues["whole"]}


@pytest.mark.parametrize(("cue", "text"), DOUBTFUL.items())
def test_a_cue_puts_its_sentence_in_doubt(cue: str, text: str) -> None:
    doubts = Reading(Passage(f"It rained. {text} The bell rang.")).doubts()
    assert cue in {doubt.cue for doubt in doubts}
    assert all(doubt.start >= len("It rained.") and doubt.end <= len(f"It rained. {text}") for doubt in doubts)


@pytest.mark.parametrize(
    "text",
    ["She dreams of the night he came.", "He was no longer there.", "The will was read.", "She came last, of course."],
)
def test_plain_statements_are_in_no_doubt(text: str) -> None:
    assert Reading(Passage(text)).doubts() == []


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("She never killed the king.", ["killed", "king"]),
        ("She did not leave until he came.", ["leave"]),
        ("Nobody knows why he came.", ["knows"]),
        ("He refused to kneel.", ["kneel"]),
        ("Without fear she went down.", ["fear"]),
        ("Not only did he kneel.", []),
        ("She couldn’t swim.", ["swim"]),
        ("No, he came.", []),
    ],
)
def test_a_negation_reaches_what_it_denies(text: str, denied: list[str]) -> None:
    reading = Reading(Passage(text))
    assert [reading.passage.words[number] for number in sorted(reading.negated)] == denied


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Her mentor Aldous Wren left.", [{"aldous", "wren"}]),
        ("Wolves came. Mira ran.", [{"mira"}]),
        ("The Order of the Silver Hand fell.", [{"order", "silver", "hand"}]),
        ("Mira’s Tam and Captain Reyes", [{"mira"}, {"tam"}, {"reyes"}]),
        ("She left. I stayed.", []),
        ("", []),
    ],
)
def test_names_are_capitalised_words_in_a_row(text: str, names: list[set[str]]) -> None:
    assert [set(name.words) for name in Reading(Passage(text)).names] == names
