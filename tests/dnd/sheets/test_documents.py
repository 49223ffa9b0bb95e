"""Which document a text or an object is, what is ignored in it, and what cannot be read at all."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dnd.sheets.block import StatBlock
from dnd.sheets.documents import (
    MAX_CHARACTERS,
    MAX_FAULTS,
    DocumentKind,
    UnreadableDocumentError,
    read_document,
)
from dnd.sheets.encounter import EncounterPlan
from dnd.sheets.item import MagicItem
from dnd.sheets.samples import sample_document, sample_documents
from dnd.sheets.sheet import CharacterSheet

KINDS: tuple[DocumentKind, ...] = ("character_sheet", "stat_block", "magic_item", "encounter_plan")
MODELS = (CharacterSheet, StatBlock, MagicItem, EncounterPlan)


@pytest.mark.parametrize("name", sample_documents())
def test_samples_are_recognised_whole(name: str) -> None:
    raw = sample_document(name)
    found = read_document(raw)
    assert found.ignored == ()
    assert found.edition == raw["edition"]
    as_text = read_document(json.dumps(raw))
    assert as_text == found


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ({"class": "Wizard"}, "character_sheet"),
        ({"race": "Elf", "name": "Nim"}, "character_sheet"),
        ({"cr": 3}, "stat_block"),
        ({"name": "Ogre", "challengeRating": "2", "actions": []}, "stat_block"),
        ({"rarity": "rare"}, "magic_item"),
        ({"party": [3], "monsters": []}, "encounter_plan"),
        ("Ogre\nArmor Class 11\nHit Points 59 (7d10 + 21)\nChallenge 2 (450 XP)", "stat_block"),
        ("Pim\nClass: Wizard 5", "character_sheet"),
        ('{"cr": 3}', "stat_block"),
    ],
)
def test_kinds_are_recognised(value: Any, kind: DocumentKind) -> None:  # noqa: ANN401 -- objects and texts
    assert read_document(value).kind == kind


def test_the_edition_is_stated_or_seen() -> None:
    assert read_document({"cr": 1, "edition": "5.1"}).edition == "5.1"
    assert read_document({"cr": 1, "Edition": "2024"}).edition == "5.2"
    assert read_document({"cr": 1}).edition is None
    assert read_document("Ogre\nAC 11 Initiative -1 (9)\nHP 68 (8d10 + 24)\nCR 2 (XP 450; PB +2)").edition == "5.2"


def test_unknown_keys_are_told() -> None:
    assert read_document({"class": "Wizard", "favouriteColour": "blue", "notes": "x"}).ignored == (
        "favouriteColour",
        "notes",
    )


def test_what_cannot_be_read_is_left_out_and_told() -> None:
    found = read_document(
        {"class": "Wizard 5", "alignment": {"x": 1}, "weapons": ["Dagger", ["?"], "Club"], "skills": {"Arcana": [1]}}
    )
    assert isinstance(found.document, CharacterSheet)
    assert [weapon.name for weapon in found.document.weapons] == ["Dagger", "Club"]
    assert found.document.classes[0].level == 5
    assert found.document.alignment is None
    faults = sorted(fault.split(":")[0] for fault in found.ignored)
    assert faults == ["at /alignment", "at /skills/Arcana", "at /weapons/1"]


UNREADABLE: list[tuple[Any, str]] = [
    ("", "it needs lines such as"),
    ("Once upon a time there was a mill.", "it needs lines such as"),
    ('{"cr": ', "begins like JSON"),
    ("x" * (MAX_CHARACTERS + 1), "the most"),
    ({"colour": "blue"}, "none of its keys"),
    ({}, "none of its keys"),
    ({"cr": [[[1]]]}, "cannot be read"),
    ({"party": [1], "items": [[]] * 3, "monsters": [[n] for n in range(MAX_FAULTS + 5)]}, "cannot be read"),
    ("[" * 5000, "it needs lines such as"),
    ('{"a":' * 50_000 + "1" + "}" * 50_000, "the most"),
    ('{"a":' * 20_000 + "1" + "}" * 20_000, "begins like JSON"),
]


@pytest.mark.parametrize(("value", "message"), UNREADABLE, ids=range(len(UNREADABLE)))
def test_what_is_no_document(value: Any, message: str) -> None:  # noqa: ANN401 -- objects and texts
    with pytest.raises(UnreadableDocumentError, match=message):
        read_document(value)


def test_a_text_of_another_kind_is_refused() -> None:
    with pytest.raises(UnreadableDocumentError, match="character sheet"):
        read_document("Ogre\nChallenge 2 (450 XP)", "character_sheet")


NAMES = sorted({name for model in MODELS for name in (*model.model_fields, *model.aliases, *model.loose)})
SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=30),
    st.sampled_from(["+3", "2d6 + 3", "5th", "1/4", "30 ft., fly 60 ft.", "Wizard 5", "15 (shield)", "4/3/2", "("]),
)  # fmt: skip
JSON = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(
            st.one_of(st.text(max_size=8), st.sampled_from([*NAMES, "text", "bonus", "max", "1", "level", "spells"])),
            inner,
            max_size=4,
        ),
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(NAMES), JSON, max_size=8), st.sampled_from(KINDS))
@settings(max_examples=300, deadline=None, derandomize=True)
def test_no_object_breaks_the_reader(value: dict[str, Any], kind: DocumentKind) -> None:
    try:
        found = read_document(value, kind)
    except UnreadableDocumentError:
        return
    assert type(found.document).model_validate(found.document.model_dump(mode="json")) == found.document


LINES = st.sampled_from(
    [
        "Ogre",
        "Large giant, chaotic evil",
        "Armor Class 11 (hide",
        "AC: x",
        "HP 45 (6d",
        "Speed",
        "STR DEX CON",
        "STR",
        "8 (-1)",
        "+4",
        "Str 8 −1 −1",
        "Skills Stealth +6,",
        "Challenge 2 (450 XP)",
        "CR 3 (XP",
        "Actions",
        "Legendary Actions",
        "Bite.",
        "Bite. Melee Weapon Attack: +5 to hit. Hit: 4 (1d4",
        "***x.*** y",
        "| a | b |",
        "At will: light",
        "Spellcasting. 5th-level spellcaster",
        "1st level (x slots): a, (b",
        "Class: Wizard 5",
        "Spell slots: 4/x/2",
        "Level 99 elf",
        "Rapier +7 1d8+4",
        "Pact slots: 2",
        "Height: 5'7\"",
        ": :",
        "(((",
        "Traits",
        "Gold: x",
    ]
)


@given(st.lists(st.one_of(LINES, st.text(max_size=40)), max_size=14).map("\n".join))
@settings(max_examples=300, deadline=None, derandomize=True)
def test_no_text_breaks_the_reader(text: str) -> None:
    try:
        found = read_document(text)
    except UnreadableDocumentError:
        return
    assert found.kind in KINDS
