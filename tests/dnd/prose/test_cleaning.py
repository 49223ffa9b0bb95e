"""Mending text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dnd.prose.cleaning import clean, find_faults


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("a **bold** word", "a bold word"),
        ("an *italic* word", "an italic word"),
        ("a _slanted_ word", "a slanted word"),
        ("# Title\nText.", "Title\nText."),
        ("- first\n- second", "first\nsecond"),
        ("1. First", "First"),
        ("> said", "said"),
        ("`code`", "code"),
        ("```json\nText\n```", "Text"),
        ("One.\n\n***\n\nTwo.", "One.\n\n\nTwo."),
        ("see [the map](https://example.org/map)", "see the map"),
        ("donâ€™t", "don’t"),
        ("cafÃ©", "café"),
        ("so\u200bft\x07", "soft"),
        ("two\u2028lines", "two\nlines"),
        ("the the road", "the road"),
        ("The the the road", "The road"),
    ],
)
def test_faults_are_mended(text: str, mended: str) -> None:
    assert clean(text) == mended


@pytest.mark.parametrize(
    "text",
    [
        "3 * 4 * 5",
        "snake_case_name",
        "He had had enough; that that was so.",
        "— and then",
        "Émeric Hâlé",
        "“No, no,” she said.",
        "A pause - then rain.",
        "His hand was cold. Is it? It is.",
        "In 1204. Nobody came.",
        " led in ",
    ],
)
def test_sound_text_is_left_alone(text: str) -> None:
    assert clean(text) == text
    assert not any(list(find_faults(text, kind)) for kind in ("markup", "encoding", "character", "doubled"))


@given(st.text(alphabet=st.sampled_from("ab *_#`->[]()\n1. the\u200bâ€™Ã©\x07\u2028"), max_size=60))
def test_mending_twice_changes_nothing(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert not any(list(find_faults(once, kind)) for kind in ("markup", "encoding", "character", "doubled"))
