"""Of the monsters of both SRDs with one number or word changed, the rules catch nearly all."""

import pytest

from dnd.srd.edition import BOTH, Edition
from tests.dnd.truth.hunt import hunt
from tests.dnd.truth.monster_report import report, share, survivors
from tests.dnd.truth.mutants import KINDS

LEAST = 2_500
"""Mutants of each edition."""
CAUGHT = 0.97
"""Least share of the mutants of the class `error`."""
CLOSED = {"attack bonus": 0.93, "skill": 0.93, "save dc": 0.75, "escape dc": 0.75, "size": 0.98, "initiative": 0.98}
"""Least shares of kinds whose rules only warn, as measured with a margin: they may not get worse unseen."""


@pytest.mark.parametrize("edition", BOTH)
def test_there_are_many_mutants_of_every_kind(edition: Edition) -> None:
    tallies = hunt(edition)
    assert sum(tally.total for tally in tallies.values()) >= LEAST
    assert {name for name, kind in KINDS.items() if edition in kind.editions} == {
        name for name, tally in tallies.items() if tally.total
    }


@pytest.mark.parametrize("edition", BOTH)
def test_faults_that_the_rules_call_errors_are_caught(edition: Edition) -> None:
    errors = [name for name, kind in KINDS.items() if kind.weight == "error"]
    assert share(hunt(edition), "error") >= CAUGHT, f"\n{report(edition)}\n{survivors(edition, errors)}"


@pytest.mark.parametrize("edition", BOTH)
@pytest.mark.parametrize("kind", sorted(CLOSED))
def test_faults_that_the_rules_warn_of_are_mostly_caught(kind: str, edition: Edition) -> None:
    tally = hunt(edition).get(kind)
    if tally is not None:
        assert tally.caught >= CLOSED[kind] * tally.total, f"\n{report(edition)}\n{survivors(edition, [kind])}"
