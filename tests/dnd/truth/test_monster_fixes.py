"""Applying all fixes of a changed stat block leaves nothing that has a fix; the order of its keys changes nothing."""

from random import Random
from typing import Any, cast

import pytest

from dnd.rules.fixing import apply_fixes
from dnd.sheets.block import StatBlock
from dnd.srd.edition import BOTH, Edition
from tests.dnd.truth.hunt import findings, mutants_of
from tests.dnd.truth.srd_monsters import Json, monsters


def _some(edition: Edition) -> list[Json]:
    """Every fifth monster's mutants in canonical JSON."""
    documents = list(monsters(edition).items())[::5]
    changed = (mutant for name, document in documents for _, mutant, _ in mutants_of(name, document, edition))
    return [StatBlock.model_validate(raw).model_dump(mode="json", exclude_none=True) for raw in changed]


@pytest.mark.parametrize("edition", BOTH)
def test_fixes_reach_a_fixed_point_at_once(edition: Edition) -> None:
    for raw in _some(edition):
        found = findings(raw, edition)
        if not any(finding.fix for finding in found):
            continue
        fixed, done = apply_fixes(raw, found)
        assert done
        left = [finding for finding in findings(fixed, edition) if finding.fix]
        assert left == [], raw["name"]


@pytest.mark.parametrize("edition", BOTH)
def test_the_order_of_keys_changes_nothing(edition: Edition) -> None:
    rng = Random(5)
    for raw in _some(edition)[::10]:
        assert findings(_shuffled(raw, rng), edition) == findings(raw, edition)


def _shuffled(value: Any, rng: Random) -> Any:  # noqa: ANN401 -- JSON
    if isinstance(value, dict):
        pairs = list(cast("dict[str, Any]", value).items())
        rng.shuffle(pairs)
        return {key: _shuffled(entry, rng) for key, entry in pairs}
    if isinstance(value, list):
        return [_shuffled(entry, rng) for entry in cast("list[Any]", value)]
    return value
