"""Numbers in words and digits are the same numbers."""

import pytest

from dnd.prose.numbers import find_numbers


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("nine winters", ["#9"]),
        ("9 winters", ["#9"]),
        ("twenty three men and a dog", ["#23"]),
        ("three hundred and five years", ["#305"]),
        ("a hundred wolves", ["#100"]),
        ("one thousand two hundred crowns", ["#1200"]),
        ("two dozen ships", ["#24"]),
        ("half dozen", ["#6"]),
        ("a decade", ["#10"]),
        ("the third daughter", ["#3th"]),
        ("the 3rd daughter", ["#3th"]),
        ("the twenty third day", ["#23th"]),
        ("nine and ten", ["#9", "#10"]),
        ("one of them", []),
        ("hundreds of half hearted men", []),
        ("no numbers", []),
        ("", []),
    ],
)
def test_numbers_of_a_text(text: str, keys: list[str]) -> None:
    assert [number.key for number in find_numbers(text.split())] == keys


def test_digits_of_other_scripts_and_endless_ones_do_no_harm() -> None:
    assert [number.key for number in find_numbers(["١٢", "²", "9" * 4000])] == ["#12", f"#{'9' * 18}"]
