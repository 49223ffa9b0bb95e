"""EN1-EN5, TR1: the SRD's worked examples, boundaries, and what cannot be told."""

from typing import Any

import pytest

from dnd.rules.finding import Severity
from dnd.rules.rule import Skip
from tests.dnd.rules.blocks import faults, said


def _plan(party: list[int], monsters: list[dict[str, Any]], **more: Any) -> dict[str, Any]:  # noqa: ANN401 -- JSON
    bare = {"/experience": None, "/stated_count": None, "/difficulty": None, "/adjusted_experience": None}
    return {**bare, "/party": party, "/monsters": monsters, **{f"/{name}": value for name, value in more.items()}}


def _worth(rating: str, count: int) -> list[dict[str, Any]]:
    return [{"name": "Hollow Thing", "count": count, "challenge_rating": rating}]


@pytest.mark.parametrize(
    ("party", "monsters", "label", "right"),
    [
        # The SRD's own: four of level 1 have 200 XP for low, five of level 3 have 1,125 for moderate, six of level 15
        # have 46,800 for high.
        ([1] * 4, _worth("1/4", 4), "low", None),
        ([1] * 4, _worth("1/4", 5), "low", "moderate"),
        ([3] * 5, _worth("1/8", 45), "moderate", None),
        ([3] * 5, _worth("1/8", 46), "moderate", "high"),
        ([15] * 6, _worth("21", 1), "high", None),
        ([1] * 4, _worth("1/4", 4), "high", "low"),
        ([1] * 4, _worth("3", 1), "high", ""),
        ([1, 2, 3], _worth("1/2", 3), "low", None),
    ],
)
def test_difficulty_by_budget(party: list[int], monsters: list[dict[str, Any]], label: str, right: str | None) -> None:
    found = faults("EN1", "three_wolves", _plan(party, monsters, difficulty=label))
    assert [finding.fix.value if finding.fix else "" for finding in found] == ([] if right is None else [right])


@pytest.mark.parametrize(
    ("changes", "skip"),
    [
        (_plan([3] * 4, _worth("1", 1)), Skip.NOT_APPLICABLE),
        (_plan([], _worth("1", 1), difficulty="low"), Skip.NOT_CHECKABLE),
        (_plan([3] * 4, [{"name": "Hollow Thing"}], difficulty="low"), Skip.NOT_CHECKABLE),
        (_plan([0, 25], _worth("1", 1), difficulty="low"), Skip.NOT_CHECKABLE),
    ],
)
def test_a_budget_needs_party_and_worth(changes: dict[str, Any], skip: Skip) -> None:
    assert said("EN1", "three_wolves", changes) is skip


@pytest.mark.parametrize(
    ("party", "monsters", "label"),
    [
        ([3] * 4, _worth("1/4", 3), "easy"),  # 150 x 2 = 300
        ([3] * 4, _worth("1/4", 6), "medium"),  # 300 x 2 = 600
        ([3] * 2, _worth("1/4", 3), "medium"),  # 150 x 2.5 = 375
        ([3] * 6, _worth("1/4", 3), "easy"),  # 150 x 1.5 = 225
        ([1] * 4, _worth("1", 2), "deadly"),  # 400 x 1.5 = 600
    ],
)
def test_difficulty_by_adjusted_experience(party: list[int], monsters: list[dict[str, Any]], label: str) -> None:
    plan = _plan(party, monsters)
    assert faults("EN2", "three_wolves", {**plan, "/difficulty": label}, edition="5.1") == []
    other = "hard" if label != "hard" else "easy"
    (finding,) = faults("EN2", "three_wolves", {**plan, "/difficulty": other}, edition="5.1")
    assert finding.fix
    assert finding.fix.value == label


def test_monsters_of_the_srd_are_worth_what_it_says() -> None:
    plan = _plan([3] * 4, [{"name": "wolf", "count": 2}, {"name": "Dire Wolves", "count": 1}], experience=300)
    assert faults("EN5", "three_wolves", plan) == []
    (finding,) = faults("EN5", "three_wolves", {**plan, "/experience": 250})
    assert finding.fix
    assert finding.fix.value == 300


def test_the_worth_of_one_and_the_sum_are_mended_together() -> None:
    monsters = [{**entry, "experience": 99} for entry in _worth("1/4", 2)]
    found = faults("EN5", "three_wolves", _plan([1], monsters, experience=198))
    assert [(finding.path, finding.fix and finding.fix.value) for finding in found] == [
        ("/monsters/0/experience", 50),
        ("/experience", 100),
    ]


def test_a_harmless_creature_may_be_worth_nothing() -> None:
    monsters = [{"name": "Hollow Thing", "count": 3, "challenge_rating": "0", "experience": 0}]
    assert faults("EN5", "three_wolves", _plan([1], monsters, experience=0)) == []


@pytest.mark.parametrize(
    ("monsters", "stated", "faulty"),
    [
        ([{"name": "Owlbear", "count": 2}], 3, True),
        ([{"name": "Owlbear", "count": 3}], 3, False),
        ([{"name": "Owlbear"}, {"name": "Wolf"}], 2, False),
        ([{"name": "Owlbear", "count": 0}], None, True),
    ],
)
def test_count_of_monsters(monsters: list[dict[str, Any]], stated: int | None, *, faulty: bool) -> None:
    found = faults("EN3", "three_wolves", _plan([5], monsters, stated_count=stated))
    assert (found != []) is faulty
    assert all(finding.severity is Severity.ERROR for finding in found)


def test_an_unknown_monster_weighs_by_policy() -> None:
    plan = _plan([5], [{"name": "Gloomwulf", "count": 1}])
    assert [finding.severity for finding in faults("EN3", "three_wolves", plan)] == [Severity.WARNING]
    assert [finding.severity for finding in faults("EN3", "three_wolves", plan, names="official")] == [Severity.ERROR]


@pytest.mark.parametrize(
    ("party", "monsters", "count"),
    [
        ([3] * 4, _worth("3", 8), 0),
        ([3] * 4, _worth("4", 1), 1),
        ([3] * 4, _worth("1/4", 9), 1),
        ([3], _worth("8", 3), 2),
    ],
)
def test_monsters_too_strong_or_too_many(party: list[int], monsters: list[dict[str, Any]], count: int) -> None:
    assert len(faults("EN4", "three_wolves", _plan(party, monsters))) == count


@pytest.mark.parametrize(
    ("party", "treasure", "count"),
    [
        ([4] * 4, {"coins": {"gp": 3000}}, 0),
        ([4] * 4, {"coins": {"gp": 3000, "sp": 10}}, 1),
        ([10] * 4, {"coins": {"pp": 3000}}, 0),
        ([20] * 4, {"coins": {"pp": 900_000}}, 0),
        ([4], {"items": ["Potion of Healing", "Flame Tongue"]}, 1),
        ([5], {"items": ["Flame Tongue"]}, 0),
        ([1], {"items": ["The Hollow Bell"]}, 0),
    ],
)
def test_treasure_by_level(party: list[int], treasure: dict[str, Any], count: int) -> None:
    changes = _plan(party, _worth("1/4", 1), coins=None, items=None)
    found = faults("TR1", "three_wolves", {**changes, **{f"/{name}": value for name, value in treasure.items()}})
    assert len(found) == count


def test_no_treasure_is_not_judged() -> None:
    assert said("TR1", "three_wolves", _plan([1], _worth("1", 1), coins=None, items=None)) is Skip.NOT_APPLICABLE
