"""AC1-AC8: armour, formulas, trainings and speed."""

from typing import Any

import pytest

from dnd.rules.finding import Severity
from dnd.rules.outfit import shield_named, suits_named
from dnd.rules.rule import Skip
from dnd.srd.armor import ARMOR, Armor
from dnd.srd.edition import Edition
from tests.dnd.rules.saying import findings, says


def _sheet(name: str = "Fighter", level: int = 5, **more: Any) -> dict[str, Any]:  # noqa: ANN401 -- any field
    scores = {"str": 15, "dex": 16, "con": 14, "int": 10, "wis": 12, "cha": 18}
    return {
        "classes": [{"name": name, "level": level}],
        "ability_scores": scores,
        "fighting_styles": ["Dueling"],
        **more,
    }


@pytest.mark.parametrize("row", [row for row in ARMOR if row.category != "shield"], ids=lambda row: row.name)
@pytest.mark.parametrize(("dexterity", "value"), [(8, -1), (10, 0), (16, 3), (20, 5)])
def test_every_row_of_the_armor_table(row: Armor, dexterity: int, value: int) -> None:
    sheet = _sheet(armor=row.name)
    sheet["ability_scores"] = {**sheet["ability_scores"], "dex": dexterity}
    counted = {"light": value, "medium": min(value, 2), "heavy": 0, "shield": 0}
    right = row.base + counted[row.category]
    assert findings("AC1", {**sheet, "armor_class": right}) == []
    assert findings("AC1", {**sheet, "armor_class": right + 2, "shield": True}) == []
    (wrong,) = findings("AC1", {**sheet, "armor_class": right + 1})
    assert wrong.fix is not None
    assert wrong.fix.value == right


@pytest.mark.parametrize(
    ("value", "more"),
    [
        (15, {"armor": "Studded leather"}),
        (16, {"armor": "+1 studded leather"}),
        (16, {"armor": "Studded leather", "fighting_styles": ["Defense"]}),
        (16, {"armor": "Studded leather", "attuned": ["Ring of Protection"]}),
        (18, {"armor": "Studded leather", "equipment": [{"name": "+1 Shield", "equipped": True}]}),
        (17, {"armor_note": "studded leather, shield"}),
        (15, {"equipment": [{"name": "Studded Leather Armor"}]}),
        (13, {"equipment": [{"name": "Studded Leather Armor"}]}),
        (17, {"equipment": [{"name": "Studded Leather Armor"}, {"name": "Shield"}]}),
        (20, {"armor": "Dwarven Plate"}),
        (16, {"armor": "Elven Chain"}),
    ],
)
def test_what_adds_to_armor(value: int, more: dict[str, Any]) -> None:
    assert findings("AC1", _sheet(armor_class=value, **more)) == []
    (wrong,) = findings("AC1", _sheet(armor_class=25, **more))
    assert wrong.severity is Severity.ERROR


def test_an_item_that_nobody_knows_may_explain_more() -> None:
    (finding,) = findings("AC1", _sheet(armor="Studded leather", armor_class=17, attuned=["Ring of Seven Turnips"]))
    assert finding.severity is Severity.WARNING
    assert finding.fix is None


@pytest.mark.parametrize(
    ("edition", "name", "value", "more"),
    [
        ("5.1", "Wizard", 13, {}),
        ("5.1", "Wizard", 16, {}),
        ("5.2", "Wizard", 16, {"spellcasting": [{"prepared": ["Mage Armor"]}]}),
        ("5.2", "Barbarian", 15, {}),
        ("5.2", "Barbarian", 17, {"shield": True}),
        ("5.1", "Monk", 14, {}),
        ("5.1", "Sorcerer (Draconic)", 16, {}),
        ("5.2", "Sorcerer (Draconic)", 17, {}),
        ("5.2", "Wizard", 18, {"attuned": ["Robe of the Archmagi"]}),
        ("5.2", "Rogue", 15, {"attuned": ["Bracers of Defense"]}),
        ("5.2", "Warlock", 16, {"invocations": ["Armor of Shadows"]}),
    ],
)
def test_formulas_without_armor(edition: Edition, name: str, value: int, more: dict[str, Any]) -> None:
    assert findings("AC2", _sheet(name, armor_class=value, **more), edition) == []


@pytest.mark.parametrize(
    ("edition", "name", "value", "right"),
    [
        ("5.2", "Fighter", 16, 13),
        ("5.2", "Rogue", 12, 13),
        ("5.2", "Barbarian", 16, 15),
        ("5.1", "Monk", 15, 14),
        ("5.2", "Sorcerer (Draconic)", 16, None),
        ("5.1", "Warlock", 17, None),
    ],
)
def test_wrong_without_armor(edition: Edition, name: str, value: int, right: int | None) -> None:
    sheet = _sheet(name, armor_class=value, spellcasting=[{"prepared": ["Shield"]}], invocations=["Devil's Sight"])
    if right is None:
        assert findings("AC2", {**sheet, "armor_class": 25}, edition)
        return
    (wrong,) = findings("AC2", sheet, edition)
    assert wrong.fix is not None
    assert wrong.fix.value == right


def test_only_one_formula_counts() -> None:
    both = _sheet(armor_class=16, classes=[{"name": "Barbarian", "level": 1}, {"name": "Monk", "level": 1}])
    (finding,) = findings("AC2", both)
    assert "Only one formula" in finding.message


def test_a_monk_with_a_shield_is_told_once() -> None:
    sheet = _sheet("Monk", armor_class=16, shield=True)
    assert [finding.path for finding in findings("AC6", sheet)] == ["/armor_class"]
    assert findings("AC2", sheet) == []


@pytest.mark.parametrize(
    ("edition", "name", "armor", "trained"),
    [
        ("5.1", "Wizard", "Leather", False),
        ("5.1", "Druid", "Hide", True),
        ("5.2", "Druid (Circle of the Land)", "Plate", False),
        ("5.1", "Cleric (Life Domain)", "Plate", True),
        ("5.1", "Fighter", "Plate", True),
        ("5.2", "Rogue", "Breastplate", False),
        ("5.2", "Bard", "Leather", True),
    ],
)
def test_training_with_armor(edition: Edition, name: str, armor: str, trained: bool) -> None:
    found = findings("AC3", _sheet(name, armor=armor), edition)
    assert [finding.severity for finding in found] == ([] if trained else [Severity.WARNING])


def test_training_that_the_sheet_leaves_out_is_information() -> None:
    (finding,) = findings("AC3", _sheet("Rogue", armor="Plate", armor_training=["Light armor"]))
    assert finding.severity is Severity.INFO


@pytest.mark.parametrize(
    ("edition", "who", "more", "speed"),
    [
        ("5.1", ("Halfling", "Rogue", 5), {}, 25),
        ("5.2", ("Halfling", "Rogue", 5), {}, 30),
        ("5.1", ("Hill Dwarf", "Fighter", 5), {"armor": "Plate", "str": 8}, 25),
        ("5.2", ("Human", "Barbarian", 4), {}, 30),
        ("5.2", ("Human", "Barbarian", 5), {}, 40),
        ("5.2", ("Human", "Barbarian", 5), {"armor": "Plate"}, 30),
        ("5.1", ("Human", "Monk", 1), {}, 30),
        ("5.1", ("Human", "Monk", 2), {}, 40),
        ("5.1", ("Human", "Monk", 18), {}, 60),
        ("5.1", ("Human", "Monk", 18), {"shield": True}, 30),
        ("5.1", ("Human", "Ranger", 6), {}, 30),
        ("5.2", ("Human", "Ranger", 6), {}, 40),
        ("5.2", ("Wood Elf", "Wizard", 3), {}, 35),
        ("5.2", ("Goliath", "Wizard", 3), {}, 35),
    ],
)
def test_speed(edition: Edition, who: tuple[str, str, int], more: dict[str, Any], speed: int) -> None:
    species, name, level = who
    sheet = _sheet(name, level, species=species, speed=speed, **more)
    assert findings("AC8", sheet, edition) == []
    (wrong,) = findings("AC8", {**sheet, "speed": speed + 15}, edition)
    assert wrong.fix is not None
    assert wrong.fix.value == speed


def test_the_weak_are_slow_in_heavy_armor_and_told_once() -> None:
    sheet = _sheet(species="Human", armor="Plate", speed=30)
    sheet["ability_scores"] = {**sheet["ability_scores"], "str": 10}
    assert [finding.fix.value for finding in findings("AC4", sheet) if finding.fix] == [20]
    assert findings("AC8", sheet) == []
    assert findings("AC4", {**sheet, "speed": 20}) == []


@pytest.mark.parametrize(
    ("rule", "sheet", "verdict"),
    [
        ("AC1", _sheet(armor="Coat of Scales and Sorrow", armor_class=15), Skip.NOT_CHECKABLE),
        ("AC1", _sheet(armor_class=15), Skip.NOT_APPLICABLE),
        ("AC2", _sheet("Spellblade", armor_class=15), Skip.NOT_CHECKABLE),
        ("AC3", _sheet(armor=None), Skip.NOT_APPLICABLE),
        ("AC4", _sheet(armor="Leather", speed=30), Skip.NOT_APPLICABLE),
        ("AC8", _sheet(species="Turnipfolk", speed=30), Skip.NOT_CHECKABLE),
    ],
)
def test_no_verdict(rule: str, sheet: dict[str, Any], verdict: Skip) -> None:
    assert says(rule, sheet) is verdict


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("Ring mail", ["Ring Mail"]),
        ("Scroll of Shield", []),
        ("Ring of Protection", []),
        ("+2 Half Plate", ["Half Plate Armor"]),
        ("Elven Chain", ["Chain Shirt", "Chain Mail"]),
        ("Shield", []),
        ("leather boots", []),
    ],
)
def test_suits_by_name(text: str, rows: list[str]) -> None:
    assert [suit.armor.name for suit in suits_named(text)] == rows


@pytest.mark.parametrize(
    ("text", "bonus"), [("Shield", 2), ("+1 Shield", 3), ("Spell Scroll (Shield)", None), ("Club", None)]
)
def test_shields_by_name(text: str, bonus: int | None) -> None:
    assert shield_named(text) == bonus
