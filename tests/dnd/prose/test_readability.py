"""Reading grades."""

import pytest

from dnd.prose.passage import Passage
from dnd.prose.readability import grade, syllables


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("cat", 1), ("lamp", 1), ("house", 1), ("horse", 1), ("lantern", 2), ("table", 2), ("walked", 1), ("wanted", 2),
        ("horses", 2), ("houses", 2), ("candles", 2), ("times", 1), ("beautiful", 3), ("mysterious", 4), ("library", 3),
        ("idea", 3), ("quiet", 2), ("people", 2), ("evening", 2), ("creature", 2), ("rhythm", 1), ("the", 1),
        ("bridges", 2), ("names", 1), ("loved", 1), ("waited", 2), ("forgotten", 3), ("administration", 5),
    ],
)  # fmt: skip
def test_syllables_of_common_words(word: str, count: int) -> None:
    assert syllables(word) == count


def test_plain_sentences_read_at_a_low_grade_and_long_words_at_a_high_one() -> None:
    plain = grade([Passage("The cat sat on the mat. It was warm. The dog came in.")])
    heavy = grade([Passage("Institutional considerations necessitate extraordinarily comprehensive documentation.")])
    assert plain is not None
    assert heavy is not None
    assert plain < 3
    assert heavy > 15


def test_no_words_have_no_grade() -> None:
    assert grade([]) is None
    assert grade([Passage("...")]) is None
