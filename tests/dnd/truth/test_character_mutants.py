"""Of legal characters with one thing changed, the rules catch nearly all."""

import pytest

from dnd.mechanics.character import build_multiclass
from dnd.srd.classes import classes
from dnd.srd.edition import BOTH, Edition
from tests.dnd.truth.character_changes import put
from tests.dnd.truth.character_hunt import KINDS, canonical, findings, hunt, mutants_of
from tests.dnd.truth.character_report import report, survivors
from tests.dnd.truth.monster_report import share
from tests.dnd.truth.srd_monsters import Json

LEAST = 210
"""Mutants of each class in an edition: 2,500 of all twelve."""
CAUGHT = 0.97
"""Least share of the mutants that contradict a rule without exceptions."""
WARNED = 0.94
"""The same for those that the rules only warn of."""
_OPTIONAL = {"arcanum too early", "pact slots", "pact slot level", "feat twice", "feat of another background", "wealth"}
"""Kinds that only some classes, or one edition, have."""


@pytest.mark.parametrize("edition", BOTH)
@pytest.mark.parametrize("class_id", sorted(classes("5.2")))
def test_wrong_characters_are_caught(class_id: str, edition: Edition) -> None:
    tallies = hunt(class_id, edition)
    assert sum(tally.total for tally in tallies.values()) >= LEAST
    said = f"\n{report(tallies, edition)}"
    assert share(tallies, "error") >= CAUGHT, f"{said}\n{survivors(tallies, 'error')}"
    assert share(tallies, "warning") >= WARNED, f"{said}\n{survivors(tallies, 'warning')}"


@pytest.mark.parametrize("edition", BOTH)
def test_every_kind_finds_something_to_change(edition: Edition) -> None:
    some = ("warlock", "bard", "fighter", "monk")
    seen = {kind for class_id in some for level in (1, 17) for kind, _, _ in mutants_of(class_id, level, edition)}
    missing = {name for name, kind in KINDS.items() if edition in kind.editions} - seen
    assert missing <= _OPTIONAL, missing


def _pair(edition: Edition, first: str, second: str, levels: tuple[int, int] = (5, 5)) -> Json:
    return canonical(build_multiclass([(first, levels[0]), (second, levels[1])], edition))


@pytest.mark.parametrize("edition", BOTH)
@pytest.mark.parametrize(
    ("rule", "pair", "path", "value"),
    [
        ("MC1", ("fighter", "wizard"), ("ability_scores", "int"), 12),
        ("MC1", ("monk", "rogue"), ("ability_scores", "wis"), 11),
        ("MC1", ("wizard", "cleric"), ("classes", 1, "name"), "Paladin"),
        ("MC2", ("fighter", "rogue"), ("proficiency_bonus",), 3),
        ("MC3", ("wizard", "fighter"), ("armor_training",), ["Light armor", "Medium armor", "Heavy armor", "Shields"]),
        ("MC3", ("sorcerer", "rogue"), ("weapon_training",), ["Martial weapons"]),
        ("MC4", ("fighter", "rogue"), ("saving_throws", "int", "proficient"), True),
        ("MC5", ("fighter", "ranger"), ("attacks_per_action",), 3),
        ("LV1", ("bard", "druid"), ("level",), 11),
        ("HP5", ("bard", "barbarian"), ("hit_dice",), ["10d8"]),
        ("SP6", ("bard", "paladin"), ("spellcasting", 0, "slots"), [4, 3, 3, 3, 2, 0, 0, 0, 0]),
        ("SP12", ("wizard", "cleric"), ("spellcasting", 0, "prepared", 0), {"name": "Teleport"}),
        ("SP13", ("wizard", "cleric"), ("spellcasting", 0, "prepared", 0), {"name": "Sacred Flame"}),
        ("CL4", ("rogue", "barbarian"), ("features", 0), {"name": "Evasion"}),
    ],
)
def test_wrong_characters_of_several_classes_are_caught(
    rule: str, pair: tuple[str, str], path: tuple[str | int, ...], value: object, edition: Edition
) -> None:
    right = _pair(edition, *pair)
    assert findings(right, edition) == [] or rule not in {finding.rule for finding in findings(right, edition)}
    assert rule in {finding.rule for finding in findings(put(right, path, value), edition)}


@pytest.mark.parametrize("edition", BOTH)
def test_two_maxed_hit_dice_are_caught(edition: Edition) -> None:
    right = _pair(edition, "fighter", "wizard")
    most = int(right["hit_points"]["max"]) + 2  # 6 in place of 4 at the wizard's first level
    assert {finding.rule for finding in findings(put(right, ("hit_points", "max"), most), edition)} & {"HP6", "HP3"}
