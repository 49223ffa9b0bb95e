"""Every legal character passes the rules on saves, skills, weapons and spells, and wrong numbers do not."""

import random
from collections.abc import Iterator
from itertools import permutations
from typing import Any, cast

import pytest
from pydantic import ValidationError

from dnd.rules import (
    proficiency,
    saves,
    senses,
    skill_training,
    skills,
    spell_counts,
    spell_facts,
    spell_slots,
    spellcasting,
    spells,
)
from dnd.rules.dossier import DossierRule
from dnd.rules.finding import Finding, Severity
from dnd.rules.fixing import apply_fixes
from dnd.rules.rule import Skip
from dnd.sheets.samples import sample_document
from dnd.sheets.sheet import CharacterSheet
from dnd.srd.advancement import proficiency_bonus
from dnd.srd.classes import classes
from dnd.srd.edition import BOTH, Edition
from dnd.srd.resources import resource
from dnd.srd.weapons import trained_with, weapons
from tests.dnd.rules.characters import character, dossier

RULES: tuple[DossierRule, ...] = (
    *(*saves.RULES, *skills.RULES, *skill_training.RULES, *proficiency.RULES, *senses.RULES),
    *(*spell_slots.RULES, *spell_counts.RULES, *spells.RULES, *spell_facts.RULES, *spellcasting.RULES),
)
SAMPLES = (
    *("wizard_5", "cleric_5", "warlock_5", "rogue_5", "bard_5", "paladin_6", "fighter_3_rogue_2", "barbarian_5"),
    *("wizard_5_2014", "cleric_5_2014", "ranger_5_2014", "paladin_2_2014"),
)
ODD: tuple[Any, ...] = (
    *(None, 0, -5, 999, 1, 21, "", "Spellblade", "Fireball", "Firebal", "+3", True, False, "dex", "elf", "Wizard 3"),
    *([], {}, [1, 2], ["Wish"]),
)
NUMBERS = ("bonus", "passive_perception", "initiative", "save_dc", "attack_bonus", "count")


def _findings(document: dict[str, Any], edition: Edition) -> list[Finding]:
    filed = dossier(document, edition)
    answers = (rule.check(filed) for rule in RULES if edition in rule.editions)
    return [finding for answer in answers if not isinstance(answer, Skip) for finding in answer]


def _weighty(document: dict[str, Any], edition: Edition) -> list[tuple[str, str]]:
    return [(f.rule, f.message) for f in _findings(document, edition) if f.severity is not Severity.INFO]


def _arms(edition: Edition, name: str, level: int) -> dict[str, Any]:
    """Every weapon that the class trains in, wielded by the numbers of `character`."""
    table, masters = classes(edition)[name], resource("weapon mastery", name, level, edition)
    rows = [row for row in weapons(edition).values() if row.dice and trained_with(table.weapons, row, edition)]
    return {
        "fighting_styles": ["Defense"],
        "weapons": [
            {
                "name": row.name,
                "proficient": True,
                "ability": row.abilities[-1],
                "attack_bonus": 2 + proficiency_bonus(level),
                "damage": {"dice": f"{row.dice}+2"},
                **({"mastery": row.mastery} if masters else {}),
            }
            for row in rows
            if row.dice and "d" in row.dice
        ],
    }


@pytest.mark.parametrize("edition", BOTH)
@pytest.mark.parametrize("level", range(1, 21))
def test_every_class_at_every_level_is_legal(edition: Edition, level: int) -> None:
    for name in classes(edition):
        document = character(edition, (name, level), **_arms(edition, name, level))
        assert _weighty(document, edition) == [], name


@pytest.mark.parametrize("edition", BOTH)
@pytest.mark.parametrize("split", [(3, 2), (1, 5), (10, 10)])
def test_every_pair_of_classes_is_legal(edition: Edition, split: tuple[int, int]) -> None:
    for pair in permutations(classes(edition), 2):
        document = character(edition, *zip(pair, split, strict=True))
        assert _weighty(document, edition) == [], pair


def _paths(value: object, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every value inside JSON, key by key."""
    pairs: list[tuple[Any, Any]] = []
    if isinstance(value, dict):
        pairs = list(cast("dict[str, Any]", value).items())
    elif isinstance(value, list):
        pairs = list(enumerate(cast("list[Any]", value)))
    for key, inner in pairs:
        yield (*way, key)
        yield from _paths(inner, (*way, key))


def _put(document: dict[str, Any], way: tuple[Any, ...], value: Any) -> None:  # noqa: ANN401 -- JSON
    parent: Any = document
    for key in way[:-1]:
        parent = parent[key]
    parent[way[-1]] = value


def _get(document: dict[str, Any], way: tuple[Any, ...]) -> Any:  # noqa: ANN401 -- JSON
    value: Any = document
    for key in way:
        value = value[key]
    return value


@pytest.mark.parametrize("edition", BOTH)
@pytest.mark.parametrize("level", [1, 4, 5, 11, 20])
def test_a_wrong_number_is_found_and_mended(edition: Edition, level: int) -> None:
    dice, missed, tried = random.Random(level), list[str](), 0
    for name in classes(edition):
        right = character(edition, (name, level), **_arms(edition, name, level))
        for way in _paths(right):
            if way[-1] not in NUMBERS or (way[0] == "weapons" and dice.random() > 0.2):
                continue
            document = character(edition, (name, level), **_arms(edition, name, level))
            _put(document, way, _get(right, way) + dice.choice((-3, -2, 4, 5, 7)))
            tried += 1
            found = [finding for finding in _findings(document, edition) if finding.severity is not Severity.INFO]
            if not found:
                missed.append(f"{name}: {'/'.join(map(str, way))}")
    assert tried > 300
    assert len(missed) <= tried * 0.02, missed


@pytest.mark.parametrize("seed", range(4))
def test_odd_documents_crash_nothing_and_fixes_settle(seed: int) -> None:
    dice = random.Random(seed)
    for name in SAMPLES:
        for _ in range(8):
            document = sample_document(name)
            edition: Edition = document.pop("edition")
            for _ in range(dice.choice((1, 2, 4))):
                way = dice.choice(list(_paths(document)))
                value = dice.choice(ODD)
                _put(document, way, value.copy() if isinstance(value, list | dict) else value)
            try:
                canonical = CharacterSheet.model_validate(document).model_dump(mode="json")
            except ValidationError:
                continue
            for _ in range(2):
                canonical, _ = apply_fixes(canonical, _findings(canonical, edition))
            assert [f for f in _findings(canonical, edition) if f.fix is not None] == []


@pytest.mark.parametrize("name", SAMPLES)
def test_the_order_of_keys_changes_nothing(name: str) -> None:
    document = sample_document(name)
    edition: Edition = document.pop("edition")
    document["skills"]["Stealth"] = {"bonus": 30, "proficient": True}
    document["skills"]["Juggling"] = {"bonus": 3}
    document["saving_throws"]["con"]["bonus"] = 19
    turned = dict(reversed(document.items()))
    for field in ("skills", "saving_throws", "ability_scores"):
        turned[field] = dict(reversed(document[field].items()))
    as_read, as_turned = (
        {(f.rule, f.path, f.message, f.severity, f.expected) for f in _findings(version, edition)}
        for version in (document, turned)
    )
    assert as_read == as_turned


def test_a_sheet_with_only_a_name_has_no_findings() -> None:
    for edition in BOTH:
        assert _findings({"name": "Somebody"}, edition) == []
