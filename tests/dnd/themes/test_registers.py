"""The registers and the anachronisms as data."""

from pathlib import Path
from typing import get_args

import pytest

from dnd.themes import register_profile
from dnd.themes.tables import FOLDER, anachronisms, read_yaml
from dnd.themes.terms import phrases, stems
from dnd.themes.theme import Register

REGISTERS: tuple[Register, ...] = get_args(Register)


@pytest.mark.parametrize("name", REGISTERS)
def test_every_register_has_a_profile(name: Register) -> None:
    profile = register_profile(name)
    assert profile.instruction.endswith(".")
    assert "\n" not in profile.line()
    assert all(word == word.lower() for word in profile.slang)


def test_the_table_has_no_other_registers() -> None:
    assert set(read_yaml(FOLDER / "registers.yaml")) == set(REGISTERS)


def test_high_registers_refuse_contractions() -> None:
    refusing = {name for name in REGISTERS if not register_profile(name).contractions}
    assert refusing == {"formal", "archaic", "lyrical"}


def test_no_anachronism_stands_twice_in_any_inflection() -> None:
    words = anachronisms()
    assert len(words) >= 60
    assert len({stems(word) for word in words}) == len(words)


ORDINARY = """
The battery of the siege engine stood on the king's highway, and a network of spies reported each minute of it. Her
voice was elevated; the train of her gown caught on the hardware of the door. He cringed before the bar. A cell, a
post, a boss on a shield: the screen of willows hid them all. Reckoning tides was her trade, the general
genial, the organ in the chapel loud. She drew a model of the bridge, dated the letter and pressed the seal.
Held by ropes, the mast stood. They downed the load at the on-line of the quay; no trouble. He was an author.
"""


def test_no_anachronism_fires_on_ordinary_prose() -> None:
    text = phrases(" ".join(ORDINARY.split()))
    assert [word for word in anachronisms() if stems(word) in text] == []


def test_every_table_lies_beside_the_themes() -> None:
    assert Path(FOLDER).name == "themes"
