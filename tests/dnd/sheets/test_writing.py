"""Stat blocks as text: what is written is read again."""

import re
from functools import cache
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dnd.sheets.block import SECTIONS, StatBlock
from dnd.sheets.documents import read_document
from dnd.sheets.samples import sample_document
from dnd.sheets.writing import block_text
from dnd.srd.abilities import ABILITIES
from dnd.srd.edition import BOTH, Edition
from tests.dnd.truth.srd_monsters import monsters

IN_A_SENTENCE = {"Archmage", "Dust Mephit", "Ice Mephit", "Magma Mephit", "Steam Mephit"}
"""Their text tells a spell, or the DC, only in a sentence: it is in no list that could be read."""
ROWS = {"Gibbering Mouther"}
"""The package has the rows of a die's table as traits of their own; on a page they belong to the trait above."""
SPOILT = {"Guardian Naga", "Rakshasa"}
"""The package left the next page's heading at the end of a list of spells."""
UNTOLD = {"spellcasting": IN_A_SENTENCE | SPOILT, "traits": ROWS}
"""Field → monsters of which it is read otherwise, for the reasons above."""


@cache
def block_of(name: str, edition: Edition) -> StatBlock:
    return cast("StatBlock", read_document(monsters(edition)[name], "stat_block").document)


def read(text: str) -> StatBlock:
    found = read_document(text, "stat_block")
    assert found.ignored == ()
    return cast("StatBlock", found.document)


def plain(value: object) -> str:
    """A value without what a printed page does not keep: case, bullets, line ends, the last full stop."""
    text = repr(value).replace("’", "'").replace("*", "")
    text = re.sub(r"\\n|[–−-]|\.'|\.\"|(?<=['\"])and ", " ", text)
    return " ".join(re.sub(r"['\"]", " ", text).lower().split())


@pytest.mark.parametrize("edition", BOTH)
def test_every_monster_is_read_as_it_was_written(edition: Edition) -> None:
    for name in monsters(edition):
        block = block_of(name, edition)
        again = read(block_text(block, edition))
        for field in StatBlock.model_fields:
            stated = getattr(block, field)
            untold = (field == "modifiers" and stated is None) or name in UNTOLD.get(field, ())
            assert untold or plain(getattr(again, field)) == plain(stated), f"{name}: {field}"
        assert read(block_text(again, edition)) == again, name


@pytest.mark.parametrize("edition", BOTH)
def test_the_other_layout_keeps_the_numbers(edition: Edition) -> None:
    other: Edition = "5.2" if edition == "5.1" else "5.1"
    kept = (
        "name", "armor_class", "hit_points", "hit_dice", "speeds", "ability_scores", "saving_throws",
        "passive_perception", "challenge_rating", "experience", "proficiency_bonus", "initiative", "initiative_score",
    )  # fmt: skip
    for name in monsters(edition):
        block = block_of(name, edition)
        again = read(block_text(block, other))
        for field in kept:
            assert getattr(again, field) == getattr(block, field), f"{name}: {field}"
        counts, before = ([len(getattr(one, part)) for part in SECTIONS] for one in (again, block))
        assert counts == before or name in ROWS, name


@pytest.mark.parametrize("name", ["ogre_2014", "ogre_2024", "captain_2014", "dragon_2024"])
def test_samples_are_read_as_themselves(name: str) -> None:
    raw = sample_document(name)
    edition = raw["edition"]
    block = cast("StatBlock", read_document(raw).document)
    again = read(block_text(block, edition))
    assert plain(again) == plain(block)
    assert read(block_text(again, edition)) == again


def test_spellcasting_that_no_trait_tells_gets_one() -> None:
    block = cast("StatBlock", read_document(sample_document("mage_2014")).document)
    again = read(block_text(block, "5.1"))
    assert again.spellcasting == block.spellcasting
    assert [trait.name for trait in again.traits] == ["Spellcasting"]
    assert read(block_text(block, "5.2")).actions[0].name == "Spellcasting"


def test_an_action_of_fields_gets_a_text() -> None:
    block = StatBlock.model_validate(
        {
            "name": "Clay Hound", "cr": 1, "ac": 12,
            "actions": [
                {"name": "Bite", "attack": {"bonus": 5, "reach": 5, "source": "weapon", "damages": ["1d8+3 piercing"]}},
                {"name": "Howl", "usage": "Recharge 6", "save": {"ability": "wis", "dc": 12}},
            ],
        }
    )  # fmt: skip
    for edition in BOTH:
        bite, howl = read(block_text(block, edition)).actions
        assert bite.attack is not None
        assert howl.save is not None
        assert (bite.attack.bonus, bite.attack.reach, str(bite.attack.damages[0].dice)) == (5, 5, "1d8+3")
        assert (howl.usage, howl.save.ability, howl.save.dc) == ("Recharge 6", "wis", 12)


SCORES = st.fixed_dictionaries({name: st.integers(1, 30) for name in ABILITIES})
BLOCKS = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["Fen Lurker", "Ash-Born", "Old Tom's Hound", "Warden of the Gate"]),
        "sizes": st.sampled_from([["large"], ["medium", "small"], ["tiny"]]),
        "type": st.sampled_from(["beast", "swarm of tiny beasts", "fiend"]),
        "tags": st.sampled_from([[], ["demon"], ["elf", "any"]]),
        "alignment": st.sampled_from(["neutral", "lawful good", "any non-good alignment", "unaligned"]),
        "armor_class": st.integers(0, 30),
        "armor_note": st.sampled_from([None, "natural armor", "leather armor, shield"]),
        "hit_points": st.integers(1, 999),
        "hit_dice": st.builds("{}d{}{:+d}".format, st.integers(1, 40), st.sampled_from([4, 6, 8, 10, 12, 20]),
                              st.integers(-40, 300)),
        "speeds": st.dictionaries(st.sampled_from(["walk", "fly", "swim", "climb", "burrow"]),
                                  st.integers(0, 24).map(lambda squares: squares * 5), min_size=1),
        "ability_scores": SCORES,
        "saving_throws": st.dictionaries(st.sampled_from(ABILITIES), st.integers(-5, 19)),
        "skills": st.dictionaries(st.sampled_from(["Stealth", "Sleight of Hand"]), st.integers(-5, 19)),
        "damage_resistances": st.sampled_from(
            [[], ["cold"], ["cold", "fire"], ["fire", "bludgeoning and piercing from nonmagical attacks"]]
        ),
        "damage_immunities": st.sampled_from([[], ["poison"], ["acid", "poison"]]),
        "condition_immunities": st.sampled_from([[], ["charmed"], ["charmed", "prone", "poisoned"]]),
        "senses": st.dictionaries(st.sampled_from(["darkvision", "blindsight", "truesight"]), st.integers(5, 120)),
        "passive_perception": st.integers(1, 30),
        "languages": st.sampled_from([[], ["Common"], ["Common", "Elvish", "telepathy 60 ft."]]),
        "challenge_rating": st.sampled_from(["0", "1/8", "1/4", "1/2", "1", "17", "30"]),
        "experience": st.integers(0, 155_000),
        "proficiency_bonus": st.integers(2, 9),
        "initiative": st.integers(-5, 19),
        "initiative_score": st.integers(1, 30),
    }
)  # fmt: skip


@given(BLOCKS, st.sampled_from(BOTH))
@settings(max_examples=300, deadline=None)
def test_the_upper_part_survives_whatever_its_numbers(values: dict[str, object], edition: Edition) -> None:
    block = StatBlock.model_validate(values)
    again = read(block_text(block, edition))
    for field in values:
        stated, found = getattr(block, field), getattr(again, field)
        assert plain(found) == plain(stated) or found == stated, field
