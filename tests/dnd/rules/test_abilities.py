"""AB1-AB11: the scores, how they were generated, and what raised them."""

from typing import Any

import pytest

from dnd.rules.finding import Severity
from dnd.rules.generation import UNLIKELY, chance
from dnd.rules.raising import kind_of
from dnd.rules.rule import Skip
from dnd.sheets.documents import read_document
from dnd.sheets.sheet import CharacterSheet
from dnd.srd.abilities import ABILITIES
from dnd.srd.edition import BOTH, Edition
from tests.dnd.rules.saying import findings, says


def _scores(*values: int) -> dict[str, int]:
    return dict(zip(ABILITIES, values, strict=True))


def _sheet(name: str, level: int, /, **more: object) -> dict[str, Any]:
    return {"classes": [{"name": name, "level": level}], **more}


@pytest.mark.parametrize("edition", BOTH)
@pytest.mark.parametrize(
    ("score", "legal"), [(1, True), (30, True), (0, False), (31, False), (-5, False), (None, False)]
)
def test_scores_are_there_and_from_1_to_30(edition: Edition, score: int | None, legal: bool) -> None:
    sheet = {"ability_scores": {**_scores(10, 10, 10, 10, 10, 10), "wis": score}}
    assert [finding.path for finding in findings("AB1", sheet, edition)] == ([] if legal else ["/ability_scores/wis"])


@pytest.mark.parametrize(
    ("edition", "who", "score", "legal"),
    [
        ("5.1", ("Fighter", 20), 20, True),
        ("5.1", ("Fighter", 20), 21, False),
        ("5.2", ("Fighter", 18), 21, False),
        ("5.2", ("Fighter", 19), 21, True),
        ("5.2", ("Fighter", 19), 22, False),
        ("5.1", ("Barbarian", 19), 24, False),
        ("5.1", ("Barbarian", 20), 24, True),
        ("5.1", ("Barbarian", 20), 25, False),
        ("5.2", ("Barbarian", 20), 25, True),
        ("5.2", ("Barbarian", 20), 26, False),
        ("5.2", ("Monk", 20), 25, False),
    ],
)
def test_the_limit_of_strength(edition: Edition, who: tuple[str, int], score: int, legal: bool) -> None:
    sheet = _sheet(*who, ability_scores=_scores(score, 10, 10, 10, 10, 10))
    assert (findings("AB2", sheet, edition) == []) is legal


@pytest.mark.parametrize(
    ("item", "score", "severity"),
    [
        ("Belt of Hill Giant Strength", 21, None),
        ("Belt of Storm Giant Strength", 29, None),
        ("Manual of Gainful Exercise", 22, None),
        ("Gauntlets of Ogre Power", 22, Severity.WARNING),
        ("Sash of the Turnip King", 24, Severity.WARNING),
    ],
)
def test_items_may_explain_a_score(item: str, score: int, severity: Severity | None) -> None:
    sheet = _sheet("Fighter", 5, attuned=[item], ability_scores=_scores(score, 10, 10, 10, 10, 10))
    assert [finding.severity for finding in findings("AB2", sheet)] == ([severity] if severity else [])


@pytest.mark.parametrize("score", range(1, 31))
def test_modifiers_of_all_scores(score: int) -> None:
    scores, right = _scores(10, score, 10, 10, 10, 10), (score - 10) // 2
    assert findings("AB3", {"ability_scores": scores, "modifiers": {"dex": right}}) == []
    (wrong,) = findings("AB3", {"ability_scores": scores, "modifiers": {"dex": right + 1}})
    assert wrong.fix is not None
    assert wrong.fix.value == right


@pytest.mark.parametrize(
    ("rule", "method", "base", "severities"),
    [
        ("AB4", "standard_array", (8, 10, 12, 13, 14, 15), []),
        ("AB4", "standard_array", (15, 15, 14, 12, 10, 8), [Severity.ERROR]),
        ("AB5", "point_buy", (15, 15, 15, 8, 8, 8), []),
        ("AB5", "point_buy", (13, 13, 13, 12, 12, 12), []),
        ("AB5", "point_buy", (15, 15, 15, 9, 8, 8), [Severity.ERROR]),
        ("AB5", "point_buy", (15, 15, 14, 8, 8, 8), [Severity.WARNING]),
        ("AB5", "point_buy", (16, 7, 8, 8, 8, 8), [Severity.ERROR, Severity.ERROR]),
        ("AB6", "rolled", (18, 16, 14, 12, 10, 9), []),
        ("AB6", "rolled", (18, 18, 18, 18, 18, 18), [Severity.WARNING]),
        ("AB6", "rolled", (3, 3, 3, 3, 3, 3), [Severity.WARNING]),
        ("AB6", "rolled", (19, 10, 10, 10, 10, 10), [Severity.WARNING]),
    ],
)
def test_ways_to_generate(rule: str, method: str, base: tuple[int, ...], severities: list[Severity]) -> None:
    sheet = {"score_method": method, "base_scores": _scores(*base)}
    assert [finding.severity for finding in findings(rule, sheet)] == severities


def test_the_odds_of_rolled_scores() -> None:
    assert chance(108) == pytest.approx((21 / 1296) ** 6)
    assert chance(18) == pytest.approx((1 / 1296) ** 6)
    assert chance(73) > 0.4
    flagged = [total for total in range(18, 109) if chance(total) < UNLIKELY]
    # 300,000 simulated characters: 0.07 % have 50 or less, 0.11 % 51 or less, 0.17 % 93 or more, 0.10 % 94 or more.
    assert max(total for total in flagged if total < 73) == 50
    assert min(total for total in flagged if total > 73) == 94


def _raised(**amounts: int) -> list[dict[str, object]]:
    return [{"source": "species", "ability": ability, "amount": amount} for ability, amount in amounts.items()]


@pytest.mark.parametrize(
    ("species", "increases", "paths"),
    [
        ("Hill Dwarf", _raised(con=2, wis=1), []),
        ("Hill Dwarf", _raised(con=2), ["/increases"]),
        ("Dwarf", _raised(con=2, str=2), []),
        ("Half-Elf", _raised(cha=2, dex=1, con=1), []),
        ("Half-Elf", _raised(cha=2, dex=2), ["/increases/1/amount", "/increases/1"]),
        ("Half-Orc", _raised(str=2, con=1), []),
        ("Half-Orc", _raised(str=1, con=1), ["/increases/0/amount"]),
        ("Tiefling", _raised(int=1, cha=2, dex=1), ["/increases/2"]),
    ],
)
def test_listed_increases_of_a_race(species: str, increases: list[Any], paths: list[str]) -> None:
    sheet = {"species": species, "increases": increases, "base_scores": _scores(8, 8, 8, 8, 8, 8)}
    found = {finding.path for finding in findings("AB7", sheet, "5.1")}
    assert found <= set(paths)
    assert bool(found) is bool(paths)


@pytest.mark.parametrize(
    ("background", "amounts", "legal"),
    [
        ("Sage", {"int": 2, "con": 1}, True),
        ("Sage", {"int": 1, "con": 1, "wis": 1}, True),
        ("Sage", {"str": 2, "int": 1}, False),
        ("Sage", {"int": 2}, False),
        ("Sage", {"int": 3}, False),
        ("Turnip Farmer", {"str": 2, "cha": 1}, True),
        ("Turnip Farmer", {"str": 2, "cha": 2}, False),
    ],
)
def test_increases_of_a_background(background: str, amounts: dict[str, int], legal: bool) -> None:
    listed = [{"source": "background", "ability": ability, "amount": amount} for ability, amount in amounts.items()]
    assert (findings("AB8", {"background": background, "increases": listed}) == []) is legal
    base = _scores(10, 10, 10, 10, 10, 10)
    final = {ability: score + amounts.get(ability, 0) for ability, score in base.items()}
    sheet = _sheet("Wizard", 3, background=background, base_scores=base, ability_scores=final)
    assert (findings("AB8", sheet) == []) is legal
    assert says("AB8", {**sheet, "classes": [{"name": "Wizard", "level": 4}]}) is Skip.NOT_CHECKABLE


@pytest.mark.parametrize(
    ("edition", "who", "feats", "severity"),
    [
        ("5.2", ("Fighter", 3), ["Grappler"], Severity.ERROR),
        ("5.2", ("Fighter", 4), ["Grappler"], None),
        ("5.2", ("Fighter", 5), ["Grappler", "Ability Score Improvement"], Severity.ERROR),
        ("5.2", ("Fighter", 6), ["Grappler", "Ability Score Improvement"], None),
        ("5.2", ("Wizard", 3), ["Alert"], None),
        ("5.2", ("Wizard", 3), ["Alert", "Skilled"], Severity.ERROR),
        ("5.2", ("Wizard", 4), ["Alert", "Skilled"], None),
        ("5.2", ("Fighter", 1), ["Defense", "Alert"], None),
        ("5.1", ("Fighter", 3), ["Grappler"], Severity.ERROR),
        ("5.1", ("Fighter", 4), ["Grappler"], None),
        ("5.1", ("Rogue", 3), ["Sharpshooter"], Severity.WARNING),
        ("5.2", ("Rogue", 10), ["Grappler"] + ["Ability Score Improvement"] * 2, None),
    ],
)
def test_feats_and_improvements(
    edition: Edition, who: tuple[str, int], feats: list[str], severity: Severity | None
) -> None:
    found = findings("AB9", _sheet(*who, feats=feats, species="Dwarf"), edition)
    assert [finding.severity for finding in found] == ([severity] if severity else [])


@pytest.mark.parametrize(("points", "legal"), [(0, True), (2, True), (3, False), (4, False)])
def test_points_of_improvements(points: int, legal: bool) -> None:
    listed = [{"source": "Wizard 4", "ability": "int", "amount": points}] if points else []
    sheet = _sheet("Wizard", 4, increases=listed, feats=["Alert"])
    assert (findings("AB9", sheet) == []) is legal


def test_a_human_of_the_published_variant_gets_a_warning() -> None:
    (finding,) = findings("AB9", _sheet("Fighter", 1, species="Human", feats=["Grappler"]), "5.1")
    assert finding.severity is Severity.WARNING


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("background", "background"),
        ("Sage", "background"),
        ("Dwarf", "species"),
        ("racial", "species"),
        ("Level 4", "level"),
        ("ASI", "level"),
        ("Fighter 6", "level"),
        ("Ability Score Improvement", "level"),
        ("Grappler", "feat"),
        ("Tome of Clear Thought", "item"),
        ("a wish", None),
        ("", None),
    ],
)
def test_sources_as_people_write_them(source: str, kind: str | None) -> None:
    values = {"species": "Dwarf", "background": "Sage", "feats": ["Grappler"]}
    sheet = read_document(values, "character_sheet").document
    assert isinstance(sheet, CharacterSheet)
    assert kind_of(source, sheet) == kind


@pytest.mark.parametrize(
    ("scores", "found"),
    [
        ((8, 14, 13, 15, 12, 10), []),
        ((14, 12, 15, 8, 13, 10), ["/ability_scores/int"]),
        ((10, 10, 10, 10, 10, 10), []),
        ((18, 18, 18, 14, 18, 18), []),
    ],
)
def test_the_primary_ability(scores: tuple[int, ...], found: list[str]) -> None:
    assert [each.path for each in findings("AB11", _sheet("Wizard", 1, ability_scores=_scores(*scores)))] == found


@pytest.mark.parametrize(
    ("rule", "sheet", "verdict"),
    [
        ("AB1", {"name": "Pim"}, Skip.NOT_APPLICABLE),
        ("AB3", {"modifiers": {"str": 2}}, Skip.NOT_CHECKABLE),
        ("AB4", {"score_method": "standard_array"}, Skip.NOT_CHECKABLE),
        ("AB4", {"score_method": "rolled"}, Skip.NOT_APPLICABLE),
        ("AB5", {"score_method": "point_buy"}, Skip.NOT_CHECKABLE),
        ("AB8", {"background": "Sage"}, Skip.NOT_CHECKABLE),
        ("AB9", {"feats": ["Alert"], "classes": [{"name": "Spellblade", "level": 3}]}, Skip.NOT_CHECKABLE),
        ("AB10", {"ability_scores": {"str": 10}}, Skip.NOT_APPLICABLE),
    ],
)
def test_no_verdict(rule: str, sheet: dict[str, Any], verdict: Skip) -> None:
    assert says(rule, sheet) is verdict
