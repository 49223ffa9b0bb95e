"""The rules find no error in any monster of either SRD, apart from those listed here with their reasons."""

from collections.abc import Mapping
from functools import cache

import pytest

from dnd.rules import DOSSIER_RULES, validate_document
from dnd.rules.filing import document_dossier
from dnd.sheets.block import StatBlock
from dnd.sheets.documents import read_document
from dnd.srd.edition import BOTH, Edition
from tests.dnd.truth.srd_monsters import monsters

_TWICE = "the package lists a condition twice; the SRD prints it once"
_OMITTED = "the package leaves out the Perception skill that the SRD prints"
EXCEPTIONS: Mapping[Edition, Mapping[tuple[str, str], str]] = {
    "5.1": {
        ("Acolyte", "MO18"): "printed: a 1st-level spellcaster with three slots",
        ("Mummy Lord", "MO18"): "printed: a 10th-level spellcaster with a slot of 6th level",
        ("Assassin", "MO11"): "printed: 13 (4d6), which is 14",
        ("Giant Rat (Diseased)", "MO11"): "a variant that the package made: 3 (1d4 + 2), where the giant rat has 4",
        ("Black Bear", "MO8"): _OMITTED,
        ("Half-Red Dragon Veteran", "MO8"): _OMITTED,
        ("Swarm of Ravens", "MO8"): _OMITTED,
        ("Blink Dog", "MO8"): "printed: passive Perception 10 beside Perception +3",
        ("Spider", "MO8"): "printed: passive Perception 12 with Wisdom 10",
        ("Flying Sword", "MO15"): _TWICE,
        ("Ochre Jelly", "MO15"): _TWICE,
        ("Rug of Smothering", "MO15"): _TWICE,
        ("Shambling Mound", "MO15"): _TWICE,
        ("Shrieker", "MO15"): _TWICE,
        ("Violet Fungus", "MO15"): _TWICE,
        ("Wereboar, Human Form", "MO17"): "the package splits the block by form; the tusks are in the hybrid's",
    },
    "5.2": {
        ("Adult Bronze Dragon", "MO18"): "printed: spell save DC 17 with Charisma 20 and proficiency bonus +5",
        ("Wererat", "MO17"): "the package lost the entry of the hand crossbow in that of the scratch",
    },
}
"""Monster and rule → why an error there is none of the rule's."""
COUNTS: Mapping[Edition, int] = {"5.1": 334, "5.2": 330}


@cache
def _errors(edition: Edition) -> Mapping[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for name, raw in monsters(edition).items():
        document = read_document(raw, "stat_block").document
        for finding in validate_document(document_dossier(document, edition)).errors:
            found[name, finding.rule] = f"{finding.path}: {finding.message}"
    return found


@pytest.mark.parametrize("edition", BOTH)
def test_every_monster_is_there(edition: Edition) -> None:
    assert len(monsters(edition)) == COUNTS[edition]


@pytest.mark.parametrize("edition", BOTH)
def test_no_monster_of_the_srd_has_an_error(edition: Edition) -> None:
    unexpected = {key: text for key, text in _errors(edition).items() if key not in EXCEPTIONS[edition]}
    assert unexpected == {}


@pytest.mark.parametrize("edition", BOTH)
def test_every_listed_exception_still_fires(edition: Edition) -> None:
    registered = {rule.id for rule in DOSSIER_RULES}
    listed = {key for key in EXCEPTIONS[edition] if key[1] in registered}
    assert listed - set(_errors(edition)) == set()


@pytest.mark.parametrize("edition", BOTH)
def test_nearly_every_monster_has_attacks_that_the_rules_read(edition: Edition) -> None:
    blocks = [StatBlock.model_validate(raw) for raw in monsters(edition).values()]
    with_attacks = [block for block in blocks if any(action.attack for _, action in block.all_actions)]
    assert len(with_attacks) > 0.9 * len(blocks)
