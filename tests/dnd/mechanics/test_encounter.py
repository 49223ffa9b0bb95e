"""Encounters cost what their difficulty says."""

from random import Random

import pytest

from dnd.errors import InvalidParametersError
from dnd.mechanics.encounter import EncounterWish, build_encounter, describe, difficulties
from dnd.rules import validate_document
from dnd.rules.filing import document_dossier
from dnd.rules.finding import Severity
from dnd.srd.edition import BOTH, Edition
from dnd.srd.encounters import budget

EDITIONS = pytest.mark.parametrize("edition", BOTH)
PARTIES = [(level,) * size for level in (1, 2, 5, 10, 16, 20) for size in (3, 4, 5, 6)] + [(1, 3), (4, 4, 4, 5), (9,)]


@EDITIONS
@pytest.mark.parametrize("party", PARTIES, ids=str)
def test_every_difficulty_is_legal_and_labelled_rightly(party: tuple[int, ...], edition: Edition) -> None:
    for difficulty in difficulties(edition):
        for seed in range(2):
            try:
                plan = build_encounter(EncounterWish(party, difficulty), edition, Random(seed))
            except InvalidParametersError:
                assert len(party) < 3, "a whole party always finds somebody to fight"
                continue
            report = validate_document(document_dossier(plan, edition))
            told = [finding for finding in report.findings if finding.severity is not Severity.INFO]
            assert [f"{finding.rule}: {finding.message}" for finding in told] == [], plan
            assert plan.stated_count == sum(monster.count or 0 for monster in plan.monsters)


def test_the_budget_of_5_2_is_neither_wasted_nor_exceeded() -> None:
    for seed in range(20):
        plan = build_encounter(EncounterWish((3, 3, 3, 3), "moderate"), "5.2", Random(seed))
        assert budget((3, 3, 3, 3), "low") < (plan.experience or 0) <= budget((3, 3, 3, 3), "moderate")


def test_given_monsters_are_in_it() -> None:
    wish = EncounterWish((4, 4, 4, 5), "moderate", names=("guard captain", "Scout"))
    plan = build_encounter(wish, "5.2", Random(1))
    assert [monster.name for monster in plan.monsters] == ["Guard Captain", "Scout"]
    assert any("`Scout`" in line for line in describe(plan))


def test_types_limit_the_choice() -> None:
    plan = build_encounter(EncounterWish((5, 5, 5, 5), "high", types=("undead",)), "5.2", Random(3))
    assert plan.monsters


@pytest.mark.parametrize(
    ("wish", "path"),
    [
        (EncounterWish((3, 3), "deadly"), "/subject/difficulty"),
        (EncounterWish((3, 3), "low", names=("Clockwork Aunt",)), "/subject/monsters"),
        (EncounterWish((1, 1), "low", names=("Ancient Red Dragon",)), "/subject/monsters"),
    ],
)
def test_what_cannot_be_had_is_named(wish: EncounterWish, path: str) -> None:
    with pytest.raises(InvalidParametersError) as caught:
        build_encounter(wish, "5.2", Random(1))
    assert [error.path for error in caught.value.errors] == [path]
