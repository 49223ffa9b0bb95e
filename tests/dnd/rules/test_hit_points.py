"""HP1-HP7: hit dice and hit points of all classes, and what adds to them."""

from typing import Any

import pytest

from dnd.rules.finding import Severity
from dnd.rules.rule import Skip
from dnd.srd.classes import classes
from dnd.srd.edition import BOTH, Edition
from tests.dnd.rules.saying import findings, says


def _sheet(
    points: int | None, *levels: tuple[str, int], con: int = 14, method: str | None = "fixed", **more: object
) -> dict[str, Any]:
    return {
        "classes": [{"name": name, "level": level} for name, level in levels],
        "ability_scores": {"str": 10, "dex": 10, "con": con, "int": 10, "wis": 10, "cha": 10},
        "hit_points": {"max": points, "method": method},
        **more,
    }


def _fixes(rule: str, sheet: dict[str, Any], edition: Edition = "5.2") -> list[object]:
    return [finding.fix.value if finding.fix else None for finding in findings(rule, sheet, edition)]


@pytest.mark.parametrize("edition", BOTH)
@pytest.mark.parametrize("level", [2, 4, 5, 19, 20])
@pytest.mark.parametrize("name", sorted(classes("5.2")))
def test_fixed_values_of_every_class(name: str, level: int, edition: Edition) -> None:
    die = classes(edition)[name].hit_die
    right = die + (level - 1) * (die // 2 + 1) + 2 * level
    assert findings("HP3", _sheet(right, (name, level)), edition) == []
    assert _fixes("HP3", _sheet(right + 1, (name, level)), edition) == [right]


@pytest.mark.parametrize(
    ("edition", "points", "levels", "more"),
    [
        ("5.1", 32, (("Wizard", 5),), {}),
        ("5.1", 37, (("Wizard", 5),), {"species": "Hill Dwarf"}),
        ("5.1", 37, (("Wizard", 5),), {"species": "Dwarf", "lineage": "Hill"}),
        ("5.1", 32, (("Wizard", 5),), {"species": "Dwarf"}),
        ("5.1", 37, (("Wizard", 5),), {"species": "Dwarf"}),
        ("5.2", 37, (("Wizard", 5),), {"species": "Dwarf"}),
        ("5.2", 42, (("Wizard", 5),), {"feats": ["Tough"]}),
        ("5.2", 42, (("Fighter", 3), ("Rogue", 2)), {}),
        ("5.2", 14, (("Wizard", 5),), {"ability_scores": {"con": 6}}),
        ("5.2", 10, (("Wizard", 5),), {"ability_scores": {"con": 3}}),
    ],
)
def test_what_adds_to_fixed_hit_points(
    edition: Edition, points: int, levels: tuple[tuple[str, int], ...], more: dict[str, Any]
) -> None:
    if "ability_scores" in more:
        con = more["ability_scores"]["con"]
        points = max(6 + (con - 10) // 2, 1) + 4 * max(4 + (con - 10) // 2, 1)
    assert findings("HP3", _sheet(points, *levels, **more), edition) == []


def test_draconic_resilience_counts_sorcerer_levels() -> None:
    def sorcerer(points: int, level: int) -> dict[str, Any]:
        sheet = _sheet(points, ("Fighter", 1))
        sheet["classes"].append({"name": "Sorcerer", "level": level, "subclass": "Draconic"})
        return sheet

    assert findings("HP3", sorcerer(12 + 3 * 6 + 3, 3)) == []
    assert _fixes("HP3", sorcerer(12 + 3 * 6, 3)) == [12 + 3 * 6 + 3]
    assert findings("HP3", sorcerer(12 + 2 * 6 + 2, 2), "5.1") == []
    assert findings("HP3", sorcerer(12 + 2 * 6, 2)) == []


def test_an_item_may_be_in_the_constitution_or_not() -> None:
    for points in (32, 42):
        assert findings("HP3", _sheet(points, ("Wizard", 5), attuned=["Amulet of Health"])) == []
    assert _fixes("HP3", _sheet(50, ("Wizard", 5), attuned=["Amulet of Health"])) == [None]


def test_what_is_unknown_makes_a_warning_of_more_hit_points() -> None:
    (finding,) = findings("HP3", _sheet(60, ("Wizard", 5), feats=["Heart of the Mountain Spirit"]))
    assert finding.severity is Severity.WARNING
    assert finding.fix is None


def test_current_hit_points_follow_a_mended_maximum() -> None:
    sheet = _sheet(40, ("Wizard", 5))
    sheet["hit_points"] |= {"current": 40, "temporary": 3}
    (finding,) = findings("HP3", sheet)
    assert finding.path == "/hit_points/max"
    assert finding.fix is not None
    assert finding.fix.path == "/hit_points"
    assert finding.fix.value == {"max": 32, "current": 32, "temporary": 3, "method": "fixed"}


@pytest.mark.parametrize(
    ("points", "severity"),
    [
        (31, None),
        (30, Severity.WARNING),
        (75, Severity.WARNING),
        (76, Severity.ERROR),
        (90, Severity.ERROR),
        (50, None),
    ],
)
def test_rolled_hit_points_of_a_barbarian(points: int, severity: Severity | None) -> None:
    found = findings("HP4", _sheet(points, ("Barbarian", 5), con=16, method="rolled"))
    expected = {31: Severity.WARNING, 30: Severity.ERROR}.get(points, severity)
    assert [finding.severity for finding in found] == ([expected] if expected else [])


def test_without_a_method_other_values_are_told_gently() -> None:
    assert [f.severity for f in findings("HP3", _sheet(30, ("Wizard", 5), method=None))] == [Severity.INFO]
    assert findings("HP4", _sheet(30, ("Wizard", 5), method=None)) == []
    assert [f.severity for f in findings("HP4", _sheet(60, ("Wizard", 5), method=None))] == [Severity.ERROR]
    assert findings("HP3", _sheet(60, ("Wizard", 5), method=None)) == []


@pytest.mark.parametrize(("points", "right"), [(42, None), (45, 42), (48, None)])
def test_both_classes_at_their_maximum(points: int, right: int | None) -> None:
    found = findings("HP6", _sheet(points, ("Fighter", 3), ("Rogue", 2)))
    assert [finding.fix.value for finding in found if finding.fix] == ([right] if right else [])
    assert bool(findings("HP3", _sheet(points, ("Fighter", 3), ("Rogue", 2)))) is (points == 48)


@pytest.mark.parametrize(
    ("rule", "dice", "levels", "right"),
    [
        ("HP5", "4d10", (("Fighter", 4),), None),
        ("HP5", "5d10", (("Fighter", 4),), ["4d10"]),
        ("HP5", "3d10 + 2d8", (("Rogue", 2), ("Fighter", 3)), None),
        ("HP5", "5d10", (("Rogue", 2), ("Fighter", 3)), ["3d10", "2d8"]),
        ("HP5", "5d8", (("Paladin", 2), ("Rogue", 3)), ["2d10", "3d8"]),
        ("HP1", "5d8", (("Wizard", 5),), ["5d6"]),
        ("HP5", "5d8", (("Wizard", 5),), None),
        ("HP1", "5d10", (("Fighter", 4),), None),
    ],
)
def test_the_pool_of_hit_dice(
    rule: str, dice: str, levels: tuple[tuple[str, int], ...], right: list[str] | None
) -> None:
    found = _fixes(rule, {"classes": [{"name": name, "level": level} for name, level in levels], "hit_dice": dice})
    assert found == ([right] if right else [])


@pytest.mark.parametrize(
    ("rule", "sheet", "verdict"),
    [
        ("HP3", _sheet(32, ("Wizard", 1)), Skip.NOT_APPLICABLE),
        ("HP2", _sheet(32, ("Wizard", 2)), Skip.NOT_APPLICABLE),
        ("HP3", _sheet(32, ("Spellblade", 5)), Skip.NOT_CHECKABLE),
        ("HP3", _sheet(32), Skip.NOT_CHECKABLE),
        ("HP3", _sheet(None, ("Wizard", 5)), Skip.NOT_APPLICABLE),
        ("HP5", {"hit_dice": "5d6", "classes": [{"name": "Spellblade", "level": 5}]}, Skip.NOT_CHECKABLE),
        ("HP6", _sheet(32, ("Wizard", 5)), Skip.NOT_APPLICABLE),
        ("HP1", {"classes": [{"name": "Wizard", "level": 5}]}, Skip.NOT_APPLICABLE),
    ],
)
def test_no_verdict(rule: str, sheet: dict[str, Any], verdict: Skip) -> None:
    assert says(rule, sheet) is verdict
