"""LV1-LV4: the boundaries of levels, experience, proficiency bonus and words of standing."""

from typing import Any

import pytest

from dnd.rules.dossier import Example
from dnd.rules.finding import Finding, Severity
from dnd.rules.rule import Skip
from dnd.rules.standing import RULES as STANDING
from dnd.srd.advancement import XP_BY_LEVEL
from dnd.srd.edition import BOTH, Edition
from tests.dnd.rules.dossiers import dossier_of_example
from tests.dnd.rules.saying import findings, says


def _wizard(level: int, /, **more: object) -> dict[str, Any]:
    return {"classes": [{"name": "Wizard", "level": level}], **more}


@pytest.mark.parametrize("edition", BOTH)
@pytest.mark.parametrize(
    ("level", "legal"), [(1, True), (20, True), (0, False), (21, False), (-5, False), (999, False)]
)
def test_levels_go_from_1_to_20(edition: Edition, level: int, legal: bool) -> None:
    assert (findings("LV1", _wizard(level, level=level), edition) == []) is legal
    assert (findings("LV1", {"level": level}, edition) == []) is legal


def test_a_level_stated_twice_is_told_once() -> None:
    assert [finding.path for finding in findings("LV1", _wizard(22, level=22))] == ["/level"]


@pytest.mark.parametrize(
    ("levels", "stated", "path", "right"),
    [
        ((3, 4), 8, "/level", 7),
        ((3, 4), 7, None, None),
        ((15, 10), 25, "/level", None),
        ((15, 10), None, "/classes", None),
        ((50,), 5, "/classes/0/level", 5),
        ((5,), 50, "/level", 5),
    ],
)
def test_the_level_is_the_sum(levels: tuple[int, ...], stated: int | None, path: str | None, right: int | None) -> None:
    names = ("Fighter", "Rogue")
    classes = [{"name": name, "level": level} for name, level in zip(names, levels, strict=False)]
    found = findings("LV1", {"classes": classes, "level": stated})
    assert [finding.path for finding in found] == ([path] if path else [])
    assert [finding.fix.value for finding in found if finding.fix] == ([right] if right else [])


@pytest.mark.parametrize("level", range(1, 21))
def test_experience_has_a_range_for_each_level(level: int) -> None:
    least = XP_BY_LEVEL[level - 1]
    assert findings("LV2", _wizard(level, experience=least)) == []
    if level > 1:
        (below,) = findings("LV2", _wizard(level, experience=least - 1))
        assert below.severity is Severity.ERROR
    if level < 20:
        (above,) = findings("LV2", _wizard(level, experience=XP_BY_LEVEL[level]))
        assert above.severity is Severity.WARNING
        assert str(level + 1) in above.message
    else:
        assert findings("LV2", _wizard(level, experience=10**8)) == []


def test_experience_left_at_0_is_a_warning() -> None:
    assert [finding.severity for finding in findings("LV2", _wizard(5, experience=0))] == [Severity.WARNING]
    assert [finding.severity for finding in findings("LV2", _wizard(5, experience=2000))] == [Severity.ERROR]


@pytest.mark.parametrize(
    ("level", "bonus"), [(1, 2), (4, 2), (5, 3), (8, 3), (9, 4), (12, 4), (13, 5), (16, 5), (17, 6), (20, 6)]
)
def test_the_proficiency_bonus_by_level(level: int, bonus: int) -> None:
    assert findings("LV3", _wizard(level, proficiency_bonus=bonus)) == []
    (wrong,) = findings("LV3", _wizard(level, proficiency_bonus=bonus + 1))
    assert wrong.fix is not None
    assert wrong.fix.value == bonus


@pytest.mark.parametrize(
    ("rule", "document", "verdict"),
    [
        ("LV1", {"name": "Pim"}, Skip.NOT_APPLICABLE),
        ("LV2", {"experience": 300}, Skip.NOT_CHECKABLE),
        ("LV2", {"level": 3}, Skip.NOT_APPLICABLE),
        ("LV2", {"level": 0, "experience": 300}, Skip.NOT_CHECKABLE),
        ("LV3", {"proficiency_bonus": 2}, Skip.NOT_CHECKABLE),
        ("LV3", {"level": 25, "proficiency_bonus": 2}, Skip.NOT_CHECKABLE),
    ],
)
def test_what_is_not_stated_is_not_judged(rule: str, document: dict[str, Any], verdict: Skip) -> None:
    assert says(rule, document) is verdict


def _standing(text: str, level: int) -> list[Finding]:
    said = STANDING[0].check(
        dossier_of_example(Example("wizard_5", {"/level": level, "/classes/0/level": level}, text=text))
    )
    assert not isinstance(said, Skip)
    return list(said)


@pytest.mark.parametrize(
    ("text", "level", "found"),
    [
        ("Pim is the saviour of worlds.", 2, "saviour of worlds"),
        ("Pim is the saviour of worlds.", 17, None),
        ("She is no demigod.", 2, None),
        ("She studied under an archmage in Pell.", 2, None),
        ("An archmage owns the house next door.", 2, None),
        ("She is an Archmage at last.", 10, "Archmage"),
        ("She is an archmage at last.", 11, None),
        ("They call the inn home, and she is a raw recruit.", 5, "raw recruit"),
        ("They call the inn home, and she is a raw recruit.", 4, None),
    ],
)
def test_words_of_standing(text: str, level: int, found: str | None) -> None:
    assert [finding.found for finding in _standing(text, level)] == ([found] if found else [])
