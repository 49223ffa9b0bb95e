"""Sentences end where they end."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dnd.prose.sentences import split_sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She left. He stayed.", ["She left.", "He stayed."]),
        ("Dr. Ott came at noon. Nobody was ill.", ["Dr. Ott came at noon.", "Nobody was ill."]),
        ("He met J. R. Marn. They fought.", ["He met J. R. Marn.", "They fought."]),
        ("It was I. He knew.", ["It was I.", "He knew."]),
        ("“Run!” she said. He ran.", ["“Run!” she said.", "He ran."]),
        ("“Run!” He ran.", ["“Run!”", "He ran."]),
        ("Well… perhaps. Or not.", ["Well… perhaps.", "Or not."]),
        ("Wait... No.", ["Wait...", "No."]),
        ("What?! Again?", ["What?!", "Again?"]),
        ("No end", ["No end"]),
        ("One line\n\nAnother", ["One line", "Another"]),
        ("Bread, salt, rope, etc. are sold here.", ["Bread, salt, rope, etc. are sold here."]),
        ("It costs 3.5 crowns. Pay.", ["It costs 3.5 crowns.", "Pay."]),
        ("", []),
        ("   ", []),
    ],
)
def test_sentences_of_a_text(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in split_sentences(text)] == expected


@given(st.text(max_size=120))
def test_sentences_are_in_order_and_lose_only_white_space(text: str) -> None:
    found = split_sentences(text)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert "".join("".join(text[start:end].split()) for start, end in found) == "".join(text.split())
