"""CL1-CL3, CL7: names, subclass levels and owners, attacks."""

from itertools import product
from typing import Any

import pytest

from dnd.rules.dossier import NamePolicy
from dnd.rules.finding import Severity
from dnd.rules.rule import Skip
from dnd.srd.classes import ClassTable, classes
from dnd.srd.edition import BOTH, Edition
from tests.dnd.rules.saying import findings, says


def _of(name: str, level: int | None = None, subclass: str | None = None, **more: object) -> dict[str, Any]:
    entry = {"name": name, "level": level, "subclass": subclass}
    return {"classes": [{key: value for key, value in entry.items() if value is not None}], **more}


_CLASSES = [(edition, row) for edition in BOTH for row in classes(edition).values()]


@pytest.mark.parametrize(("edition", "row"), _CLASSES, ids=lambda value: getattr(value, "id", value))
def test_every_class_takes_its_own_subclass_from_its_level_on(edition: Edition, row: ClassTable) -> None:
    for subclass, level in product(row.subclasses, range(1, 21)):
        sheet = _of(row.name, level, subclass.name)
        assert findings("CL1", sheet, edition) == []
        assert findings("CL3", sheet, edition) == []
        assert bool(findings("CL2", sheet, edition)) == (level < row.subclass_level)


@pytest.mark.parametrize(
    ("name", "names", "weight"),
    [
        ("Spellblade", "homebrew_ok", Severity.WARNING),
        ("Spellblade", "official", Severity.ERROR),
        ("Spellblade", "strict_srd", Severity.ERROR),
        ("Artificer", "homebrew_ok", Severity.INFO),
        ("Artificer", "strict_srd", Severity.WARNING),
    ],
)
def test_a_class_outside_the_srd_weighs_as_the_policy_says(name: str, names: NamePolicy, weight: Severity) -> None:
    (finding,) = findings("CL1", _of(name, 3), names=names)
    assert finding.severity is weight
    assert finding.path == "/classes/0/name"


def test_a_misspelt_class_is_mended() -> None:
    (finding,) = findings("CL1", _of("Wizzard", 3))
    assert finding.fix is not None
    assert finding.fix.value == "Wizard"


@pytest.mark.parametrize("name", ["wizard", "WIZARD", "Wizard"])
def test_case_does_not_matter(name: str) -> None:
    assert findings("CL1", _of(name, 3)) == []


@pytest.mark.parametrize(
    ("class_name", "subclass", "edition", "found"),
    [
        ("Cleric", "Life", "5.1", False),
        ("Wizard", "Evocation", "5.2", False),
        ("Wizard", "School of Evocation", "5.2", False),
        ("Fighter", "Thief", "5.2", True),
        ("Wizard", "The Fiend", "5.2", True),
        ("Fighter", "Battle Master", "5.2", True),
    ],
)
def test_subclasses_by_their_names(class_name: str, subclass: str, edition: Edition, *, found: bool) -> None:
    assert bool(findings("CL3", _of(class_name, 5, subclass), edition)) == found


def test_a_published_subclass_is_only_worth_a_word() -> None:
    (finding,) = findings("CL3", _of("Fighter", 5, "Battle Master"))
    assert finding.severity is Severity.INFO


def test_without_a_subclass_there_is_nothing_to_check() -> None:
    assert says("CL2", _of("Fighter", 5)) is Skip.NOT_APPLICABLE
    assert says("CL3", _of("Fighter", 5)) is Skip.NOT_APPLICABLE


def test_a_subclass_without_a_level_cannot_be_checked() -> None:
    assert says("CL2", _of("Fighter", None, "Champion")) is Skip.NOT_CHECKABLE


@pytest.mark.parametrize("edition", BOTH)
@pytest.mark.parametrize(
    ("name", "level", "attacks"),
    [
        ("Fighter", 1, 1),
        ("Fighter", 4, 1),
        ("Fighter", 5, 2),
        ("Fighter", 10, 2),
        ("Fighter", 11, 3),
        ("Fighter", 19, 3),
        ("Fighter", 20, 4),
        ("Barbarian", 20, 2),
        ("Monk", 5, 2),
        ("Paladin", 5, 2),
        ("Ranger", 4, 1),
        ("Rogue", 20, 1),
        ("Wizard", 20, 1),
    ],
)
def test_attacks_by_class_level(name: str, level: int, attacks: int, edition: Edition) -> None:
    for stated in range(1, 6):
        found = findings("CL7", _of(name, level, attacks_per_action=stated), edition)
        assert bool(found) == (stated != attacks)
        assert all(entry.fix is not None and entry.fix.value == attacks for entry in found)


@pytest.mark.parametrize("edition", BOTH)
def test_attacks_of_several_classes_do_not_add_up(edition: Edition) -> None:
    sheet = {"classes": "Fighter 5 / Ranger 5", "attacks_per_action": 3}
    (finding,) = findings("CL7", sheet, edition)
    assert finding.severity is Severity.ERROR
    assert finding.expected == "2"


def test_a_subclass_from_elsewhere_may_give_an_attack() -> None:
    (finding,) = findings("CL7", _of("Bard", 6, "College of Valor", attacks_per_action=2))
    assert finding.severity is Severity.WARNING
    assert finding.fix is None


def test_attacks_of_an_unknown_class_are_not_checkable() -> None:
    assert says("CL7", _of("Spellblade", 6, attacks_per_action=2)) is Skip.NOT_CHECKABLE
    assert says("CL7", _of("Fighter", 99, attacks_per_action=2)) is Skip.NOT_CHECKABLE


def test_blades_of_the_warlock_attack_again() -> None:
    for level, edition, attacks in ((5, "5.1", 2), (12, "5.2", 3), (4, "5.2", 1)):
        sheet = _of("Warlock", level, invocations=["Thirsting Blade", "Devouring Blade"], attacks_per_action=attacks)
        assert findings("CL7", sheet, "5.1" if edition == "5.1" else "5.2") == []
