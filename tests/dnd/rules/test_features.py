"""CL4-CL6, CL8-CL11: features, what grows with the level, choices, feats."""

from itertools import combinations
from typing import Any

import pytest

from dnd.rules.finding import Severity
from dnd.rules.rule import Skip
from dnd.srd.catalogue import features
from dnd.srd.classes import ClassTable, classes
from dnd.srd.edition import BOTH, Edition
from dnd.srd.resources import Resource, resources
from tests.dnd.rules.saying import findings, says


def _sheet(name: str, level: int, **more: object) -> dict[str, Any]:
    return {"classes": [{"name": name, "level": level}], **more}


def _full(row: ClassTable, level: int, edition: Edition) -> dict[str, Any]:
    """A character of a class with every feature of the catalogue up to the level."""
    subclass = row.subclasses[0].name
    names = dict.fromkeys(
        entry.name
        for entry in features(edition)
        if entry.class_name == row.id and entry.parent is None and entry.level <= level
    )
    entry = {"name": row.name, "level": level, **({"subclass": subclass} if level >= row.subclass_level else {})}
    return {"classes": [entry], "features": list(names)}


_CLASSES = [(edition, row) for edition in BOTH for row in classes(edition).values()]


@pytest.mark.parametrize(("edition", "row"), _CLASSES, ids=lambda value: getattr(value, "id", value))
def test_the_catalogues_own_features_are_neither_early_nor_missing(edition: Edition, row: ClassTable) -> None:
    for level in range(1, 21):
        sheet = _full(row, level, edition)
        for rule in ("CL4", "CL5"):
            assert findings(rule, sheet, edition) == [], (rule, level)


@pytest.mark.parametrize(("edition", "row"), _CLASSES, ids=lambda value: getattr(value, "id", value))
def test_every_feature_is_too_early_one_level_before(edition: Edition, row: ClassTable) -> None:
    first: dict[str, int] = {}
    for entry in features(edition):
        if entry.class_name == row.id and entry.parent is None:
            first[entry.name] = min(entry.level, first.get(entry.name, 20))
    for name, level in first.items():
        assert findings("CL4", _sheet(row.name, level, features=[name]), edition) == []
        if level > 1:
            (finding,) = findings("CL4", _sheet(row.name, level - 1, features=[name]), edition)
            assert finding.severity is Severity.ERROR
            assert finding.path == "/features/0/name"


@pytest.mark.parametrize(
    ("sheet", "edition", "expected"),
    [
        (_sheet("Fighter", 3, features=["Extra Attack"]), "5.2", "level 5"),
        (_sheet("Fighter", 3, features=["Extra Attack (2)"]), "5.1", "level 5"),
        (_sheet("Wizard", 3, features=["Sneak Attack"]), "5.2", "a feature of a level 3 wizard"),
        (_sheet("Warlock", 4, invocations=["Thirsting Blade"]), "5.1", "level 5"),
        (_sheet("Warlock", 4, features=["Eldritch Invocation: Thirsting Blade"]), "5.1", "level 5"),
    ],
)
def test_early_and_foreign_features(sheet: dict[str, Any], edition: Edition, expected: str) -> None:
    (finding,) = findings("CL4", sheet, edition)
    assert finding.expected == expected


@pytest.mark.parametrize(
    "sheet",
    [
        {"classes": "Fighter 3 / Rogue 2", "features": ["Sneak Attack", "Action Surge (1 use)", "Cunning Action"]},
        _sheet("Ranger", 1, features=["Natural Explorer: Forest", "Favored Enemy (Dragons)"]),
        _sheet("Fighter", 1, features=["Fighting Style: Defense", "Shelter of the Faithful", "A scar that itches"]),
    ],
)
def test_features_as_people_write_them(sheet: dict[str, Any]) -> None:
    assert findings("CL4", sheet, "5.1") == []


def test_features_of_an_unknown_class_cannot_be_checked() -> None:
    assert says("CL4", _sheet("Spellblade", 3, features=["Extra Attack"])) is Skip.NOT_CHECKABLE
    assert says("CL5", _sheet("Spellblade", 3, features=["Extra Attack"])) is Skip.NOT_CHECKABLE
    assert says("CL4", _sheet("Fighter", 3)) is Skip.NOT_APPLICABLE


def test_a_foreign_feature_of_a_character_from_elsewhere_is_doubted_only() -> None:
    sheet = {"classes": [{"name": "Fighter", "level": 5, "subclass": "Eldritch Knight"}], "features": ["Spellcasting"]}
    (finding,) = findings("CL4", sheet)
    assert finding.severity is Severity.WARNING


def test_missing_features_are_named() -> None:
    (finding,) = findings("CL5", _sheet("Rogue", 5, features=["Sneak Attack", "Thieves' Cant", "Expertise"]))
    assert finding.path == "/features"
    assert "Uncanny Dodge" in (finding.expected or "")
    assert "Sneak Attack" not in (finding.expected or "")


def test_what_another_part_of_the_sheet_shows_is_not_missing() -> None:
    sheet = _sheet("Sorcerer", 2, features=["Innate Sorcery", "Font of Magic"], metamagic=["Subtle Spell"])
    sheet["spellcasting"] = {"class": "Sorcerer", "ability": "cha"}
    assert findings("CL5", sheet) == []


_GROWING = [row for row in resources() if row.unit in {"uses", "points"} and row.ability is None]


@pytest.mark.parametrize("row", _GROWING, ids=lambda row: f"{row.class_id} {row.name}")
def test_uses_grow_with_the_level(row: Resource) -> None:
    for edition in row.editions:
        for level in range(1, 21):
            right = row.at(level)
            if right is None:
                continue
            for stated in (right - 1, right, right + 1):
                sheet = _sheet(row.class_id, level, features=[{"name": row.name, "uses": stated}])
                found = findings("CL6", sheet, edition)
                assert bool(found) == (stated != right)
                assert all(entry.fix is not None and entry.fix.value == right for entry in found)


@pytest.mark.parametrize(
    ("name", "level", "feature", "right"),
    [
        ("Rogue", 5, {"name": "Sneak Attack", "value": "4d6"}, "3d6"),
        ("Rogue", 20, {"name": "Sneak Attack", "value": "9d6"}, "10d6"),
        ("Rogue", 5, {"name": "Sneak Attack", "value": "3d8"}, "3d6"),
        ("Bard", 4, {"name": "Bardic Inspiration", "value": "d8"}, "1d6"),
        ("Monk", 5, {"name": "Martial Arts", "value": "1d6"}, "1d8"),
        ("Barbarian", 9, {"name": "Rage", "value": "+2"}, "3"),
        ("Monk", 6, {"name": "Unarmored Movement", "value": "10 ft."}, "15"),
        ("Monk", 6, {"name": "Ki", "value": "5"}, "6"),
    ],
)
def test_values_by_level(name: str, level: int, feature: dict[str, Any], right: str) -> None:
    (finding,) = findings("CL6", _sheet(name, level, features=[feature]), "5.2")
    assert finding.fix is not None
    assert finding.fix.value == right


@pytest.mark.parametrize(
    ("name", "level", "feature"),
    [
        ("Rogue", 5, {"name": "Sneak Attack", "value": "3d6"}),
        ("Bard", 5, {"name": "Bardic Inspiration", "value": "d8"}),
        ("Barbarian", 9, {"name": "Rage", "value": "+3", "uses": 4}),
        ("Paladin", 6, {"name": "Aura of Protection", "value": "+3"}),
        ("Fighter", 5, {"name": "Extra Attack", "value": "1"}),
        ("Fighter", 5, {"name": "Second Wind", "value": "1d10+5"}),
        ("Bard", 1, {"name": "Bardic Inspiration", "uses": 9}),
    ],
)
def test_values_that_are_right_or_tell_something_else(name: str, level: int, feature: dict[str, Any]) -> None:
    assert findings("CL6", _sheet(name, level, features=[feature])) == []


def test_uses_that_follow_an_ability() -> None:
    sheet = _sheet("Bard", 1, features=[{"name": "Bardic Inspiration", "uses": 9}], ability_scores={"cha": 16})
    (finding,) = findings("CL6", sheet)
    assert finding.expected == "3"


def test_features_without_a_growing_number_are_not_the_rules_business() -> None:
    assert says("CL6", _sheet("Rogue", 5, features=["Cunning Action"])) is Skip.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("sheet", "edition", "weights"),
    [
        (_sheet("Warlock", 1, invocations=["Armor of Shadows"]), "5.1", ["error"]),
        (_sheet("Warlock", 1, invocations=["Armor of Shadows"]), "5.2", []),
        (_sheet("Warlock", 5, invocations=["Armor of Shadows"]), "5.2", ["warning"]),
        (_sheet("Sorcerer", 10, metamagic=["Subtle Spell"] * 3), "5.1", ["error", "error"]),
        (_sheet("Fighter", 1, fighting_styles=["Archery", "Defense"]), "5.1", ["error"]),
        (_sheet("Fighter", 1, fighting_styles=["Archery", "Defense"]), "5.2", ["warning"]),
        ({"classes": "Fighter 1 / Paladin 2", "fighting_styles": ["Archery", "Defense"]}, "5.1", []),
        ({"classes": "Fighter (Champion) 10", "fighting_styles": ["Archery", "Defense"]}, "5.1", []),
        ({"classes": "Fighter (Champion) 3", "maneuvers": ["Riposte"]}, "5.1", ["warning"]),
        ({"classes": "Fighter (Battle Master) 3", "maneuvers": ["Riposte"]}, "5.1", []),
        (_sheet("Warlock", 2, invocations=["Agonizing Blast", "Agonizing Blast", "Eldritch Mind"]), "5.2", []),
    ],
)
def test_choices_are_counted(sheet: dict[str, Any], edition: Edition, weights: list[str]) -> None:
    assert [finding.severity.value for finding in findings("CL8", sheet, edition)] == weights


def test_choices_not_stated_are_not_counted() -> None:
    assert says("CL8", _sheet("Warlock", 5)) is Skip.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("sheet", "edition", "count"),
    [
        (_sheet("Rogue", 1, feats=["Grappler"], ability_scores={"str": 15, "dex": 10}), "5.2", 1),
        (_sheet("Rogue", 4, feats=["Grappler"], ability_scores={"str": 15, "dex": 10}), "5.2", 0),
        (_sheet("Rogue", 4, feats=["Grappler"], ability_scores={"str": 10, "dex": 13}), "5.2", 0),
        (_sheet("Rogue", 4, feats=["Grappler"], ability_scores={"str": 10, "dex": 12}), "5.2", 1),
        (_sheet("Rogue", 4, feats=["Grappler"], ability_scores={"str": 10, "dex": 13}), "5.1", 1),
        (_sheet("Rogue", 1, feats=["Grappler"], ability_scores={"str": 13}), "5.1", 0),
        (_sheet("Fighter", 18, feats=["Boon of Fate"]), "5.2", 1),
        (_sheet("Fighter", 19, feats=["Boon of Fate"]), "5.2", 0),
        (_sheet("Fighter", 19, feats=["Boon of Spell Recall"]), "5.2", 1),
        (_sheet("Warlock", 19, feats=["Boon of Spell Recall"]), "5.2", 0),
        (_sheet("Paladin", 1, feats=["Defense"]), "5.2", 1),
        (_sheet("Paladin", 2, feats=["Defense"]), "5.2", 0),
        (_sheet("Wizard", 8, feats=["Ability Score Improvement", "Ability Score Improvement"]), "5.2", 0),
        (_sheet("Wizard", 8, feats=["Magic Initiate (Cleric)", "Magic Initiate (Cleric)"]), "5.2", 1),
        (_sheet("Wizard", 8, feats=["Magic Initiate (Cleric)", "Magic Initiate (Druid)"]), "5.2", 0),
        (_sheet("Wizard", 8, feats=["Savage Attacker", "Savage Attacker"]), "5.2", 1),
    ],
)
def test_feats_and_their_prerequisites(sheet: dict[str, Any], edition: Edition, count: int) -> None:
    assert len(findings("CL9", sheet, edition)) == count


def test_a_published_feat_is_only_worth_a_word() -> None:
    (finding,) = findings("CL9", _sheet("Fighter", 4, feats=["Sharpshooter"]))
    assert finding.severity is Severity.INFO


@pytest.mark.parametrize(
    ("species", "background", "feats", "found"),
    [
        ("Orc", "Soldier", ["Savage Attacker"], False),
        ("Orc", "Soldier", ["Alert"], True),
        ("Human", "Soldier", ["Alert", "Savage Attacker"], False),
        ("Human", "Soldier", ["Alert"], True),
        ("Elf", "Sage", ["Magic Initiate"], False),
        ("Elf", "Sage", ["Magic Initiate (Wizard)"], False),
        ("Elf", "Sage", ["Magic Initiate (Druid)"], True),
    ],
)
def test_the_origin_feat(species: str, background: str, feats: list[str], *, found: bool) -> None:
    sheet = _sheet("Fighter", 1, species=species, background=background, feats=feats)
    assert bool(findings("CL10", sheet)) == found


def test_the_origin_feat_is_mended_where_there_is_no_choice() -> None:
    sheet = _sheet("Fighter", 1, species="Orc", background="Soldier", feats=["Alert"])
    (finding,) = findings("CL10", sheet)
    assert finding.fix is not None
    assert (finding.fix.path, finding.fix.value) == ("/feats/0", "Savage Attacker")


def test_the_feat_of_an_unknown_background_cannot_be_checked() -> None:
    assert says("CL10", _sheet("Fighter", 1, background="Folk Hero", feats=["Alert"])) is Skip.NOT_CHECKABLE


@pytest.mark.parametrize(
    ("name", "level", "feature", "edition", "found"),
    [
        ("Fighter", 1, {"name": "Second Wind", "recharge": "once per day"}, "5.1", True),
        ("Fighter", 1, {"name": "Second Wind", "recharge": "short or long rest"}, "5.1", False),
        ("Fighter", 1, {"name": "Second Wind", "recharge": "long rest"}, "5.2", False),
        ("Fighter", 1, {"name": "Second Wind", "recharge": "short rest"}, "5.2", False),
        ("Bard", 4, {"name": "Bardic Inspiration", "recharge": "short rest"}, "5.2", True),
        ("Bard", 5, {"name": "Bardic Inspiration", "recharge": "short rest"}, "5.2", False),
        ("Wizard", 5, {"name": "Arcane Recovery", "recharge": "short rest"}, "5.2", True),
        ("Barbarian", 5, {"name": "Rage", "recharge": "per long rest"}, "5.1", False),
    ],
)
def test_rests(name: str, level: int, feature: dict[str, Any], edition: Edition, *, found: bool) -> None:
    assert bool(findings("CL11", _sheet(name, level, features=[feature]), edition)) == found


_PAIRS = [(edition, one, two) for edition in BOTH for one, two in combinations(classes(edition).values(), 2)]


@pytest.mark.parametrize(("edition", "one", "two"), _PAIRS, ids=lambda value: getattr(value, "id", value))
def test_two_classes_together_have_the_features_of_both(edition: Edition, one: ClassTable, two: ClassTable) -> None:
    first, second = _full(one, 6, edition), _full(two, 3, edition)
    sheet = {
        "classes": [*first["classes"], *second["classes"]],
        "features": list(dict.fromkeys([*first["features"], *second["features"]])),
    }
    for rule in ("CL2", "CL3", "CL4", "CL5"):
        assert findings(rule, sheet, edition) == [], rule


def test_a_feature_of_two_classes_may_count_as_either_or_both() -> None:
    for uses, found in ((1, False), (2, False), (3, False), (4, True)):
        sheet = {"classes": "Cleric 6 / Paladin 3", "features": [{"name": "Channel Divinity", "uses": uses}]}
        assert bool(findings("CL6", sheet, "5.1")) == found
