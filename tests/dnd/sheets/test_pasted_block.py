"""Pasted stat blocks, field by field against the SRDs' own numbers."""

from functools import cache
from pathlib import Path
from typing import Any, cast

import pytest
import yaml

from dnd.sheets.block import StatBlock
from dnd.sheets.documents import read_document
from dnd.sheets.values import Damage
from tests.dnd.truth.srd_monsters import monsters

NUMBERS = (
    "armor_class", "hit_points", "hit_dice", "ability_scores", "speeds", "saving_throws", "passive_perception",
    "senses", "challenge_rating", "experience", "proficiency_bonus", "initiative", "initiative_score", "layout",
)  # fmt: skip
WORDS = (
    "name", "sizes", "type", "tags", "alignment", "armor_note", "damage_vulnerabilities", "damage_resistances",
    "damage_immunities", "condition_immunities", "languages", "gear",
)  # fmt: skip


@cache
def pasted() -> list[dict[str, Any]]:
    return cast(
        "list[dict[str, Any]]", yaml.safe_load((Path(__file__).parent / "pasted_blocks.yaml").read_text("utf-8"))
    )


def read(text: str) -> tuple[StatBlock, tuple[str, ...]]:
    found = read_document(text)
    assert found.kind == "stat_block"
    assert isinstance(found.document, StatBlock)
    return found.document, found.ignored


def words(value: object) -> object:
    """Texts in small letters and straight quotes, lists without order."""
    if isinstance(value, tuple):
        return sorted(str(words(entry)) for entry in cast("tuple[object, ...]", value))
    return value.lower().replace("’", "'") if isinstance(value, str) else value


@pytest.mark.parametrize("case", pasted(), ids=lambda case: f"{case['monster']} {case['edition']}: {case['note']}")
def test_every_line_is_read(case: dict[str, Any]) -> None:
    block, ignored = read(case["text"])
    assert ignored == ()
    truth = read_document(monsters(case["edition"])[case["monster"]], "stat_block").document
    absent = set(case.get("absent", ()))
    for field in (name for name in NUMBERS if name not in absent):
        assert getattr(block, field) == getattr(truth, field), field
    for field in (name for name in WORDS if name not in absent):
        assert words(getattr(block, field)) == words(getattr(truth, field)), field
    assert {name.lower(): bonus for name, bonus in block.skills.items()} == {
        name.lower(): bonus for name, bonus in cast("StatBlock", truth).skills.items()
    }


@pytest.mark.parametrize("case", pasted(), ids=lambda case: f"{case['monster']} {case['edition']}: {case['note']}")
def test_actions_are_read_in_their_sections(case: dict[str, Any]) -> None:
    block, _ = read(case["text"])
    for pointer, expected in case["actions"].items():
        found: Any = block
        for part in pointer.split("/")[1:]:
            found = found[int(part)] if part.isdigit() else getattr(found, part)
        assert tells(found, expected), f"{pointer}: {found!r}"


def tells(found: Any, expected: Any) -> bool:  # noqa: ANN401 -- part of a model against part of a table
    """Whether `found` says all that `expected` says."""
    if isinstance(expected, dict):
        pairs = cast("dict[str, Any]", expected).items()
        return all(tells(found[key] if isinstance(found, dict) else getattr(found, key), value) for key, value in pairs)
    if isinstance(expected, list):
        rows = cast("list[Any]", expected)
        return len(found) == len(rows) and all(map(tells, found, rows))
    if isinstance(found, Damage):
        return found == Damage.model_validate(expected)
    return bool((getattr(found, "name", found) if isinstance(expected, str) else found) == expected)


def test_there_are_enough_ways_to_write_a_block() -> None:
    assert len(pasted()) >= 25
    assert len({case["note"] for case in pasted()}) == len(pasted())
    assert {case["edition"] for case in pasted()} == {"5.1", "5.2"}


LEGENDARY = """Old Wyrm
Huge Dragon, Neutral
AC 19 Initiative +14 (24)
HP 200 (16d12 + 96)
Speed 40 ft., Fly 80 ft.
CR 15 (XP 13,000, or 15,000 in lair; PB +5)
Traits
Legendary Resistance (3/Day, or 4/Day in Lair). It succeeds instead.
Actions
Rend. Melee Attack Roll: +11, reach 10 ft. Hit: 15 (2d8 + 6) Slashing damage.
Legendary Actions
Legendary Action Uses: 3 (4 in Lair). Between the turns of others it acts.
Pounce. It moves and makes one Rend attack.
Tail Sweep (Costs 2 Actions). DC 18 Dexterity saving throw.
Regional Effects
Mist lies about its lair.
"""


def test_legendary_actions_and_the_lair() -> None:
    block, ignored = read(LEGENDARY)
    assert [(entry.name, entry.usage) for entry in block.legendary_actions] == [
        ("Pounce", None),
        ("Tail Sweep", "Costs 2 Actions"),
    ]
    assert block.traits[0].usage == "3/Day, or 4/Day in Lair"
    assert (block.experience, block.proficiency_bonus, block.initiative, block.initiative_score) == (13000, 5, 14, 24)
    assert ignored == ("Mist lies about its lair.",)


@pytest.mark.parametrize(
    ("line", "ignored"),
    [
        ("The villagers fear it.", ("The villagers fear it.",)),
        ("Skills", ("Skills",)),
        ("Speed of thought is its gift.", ("Speed of thought is its gift.",)),
    ],
)
def test_lines_that_mean_nothing_are_told(line: str, ignored: tuple[str, ...]) -> None:
    block, told = read(
        f"Thing\nSmall ooze, unaligned\nArmor Class 8\n{line}\nHit Points 9 (2d6 + 2)\nChallenge 1/8 (25 XP)"
    )
    assert told == ignored
    assert (block.armor_class, block.hit_points, block.challenge_rating) == (8, 9, "1/8")
