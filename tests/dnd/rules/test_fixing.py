"""Fixes by code."""

from typing import Any

from dnd.content.samples import sample
from dnd.rules import apply_fixes, validate
from dnd.rules.finding import Finding, Fix, Severity
from tests.dnd.rules.drafts import draft_of, put


def fixed(type_name: str, changes: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any], list[Finding]]:
    """The broken content, the mended content, and what was fixed."""
    _, content = sample(type_name)
    for pointer, value in changes.items():
        put(content, pointer, value)
    mended, findings = apply_fixes(content, validate(draft_of(type_name, raw=content)).findings)
    return content, mended, findings


def finding(fix: Fix) -> Finding:
    return Finding(rule="XX1", severity=Severity.ERROR, path=fix.path, message="wrong", source="test", fix=fix)


def test_several_faults_of_one_text_are_mended_together() -> None:
    _, mended, findings = fixed("npc", {"/voice": "**Soft** and the the\u200b level, donâ€™t you know."})
    assert mended["voice"] == "Soft and the level, don’t you know."
    assert {entry.rule for entry in findings} == {"QU9", "QU10", "QU11"}
    assert all(entry.fixed_by == "code" for entry in findings)


def test_surplus_entries_go_from_the_end() -> None:
    entries = [f"Bond number {number} of the paladin." for number in range(6)]
    _, mended, findings = fixed("personality", {"/bonds": entries})
    assert mended["bonds"] == entries[:3]
    assert [entry.path for entry in findings] == ["/bonds/3", "/bonds/4", "/bonds/5"]


def test_structure_is_mended_where_one_value_can_be_meant() -> None:
    changes = {"/rarity": "Very Rare", "/requires_attunement": "Yes", "/weight": 3, "/history": 7}
    _, mended, _ = fixed("item", changes)
    assert mended["rarity"] == "uncommon"
    assert mended["requires_attunement"] is False
    assert "weight" not in mended
    assert mended["history"] == "7"


def test_untouched_values_stay_and_the_input_is_not_changed() -> None:
    broken, mended, _ = fixed("npc", {"/voice": "**Soft**"})
    _, original = sample("npc")
    assert broken == {**original, "voice": "**Soft**"}
    assert {**mended, "voice": original["voice"]} == original


def test_a_fix_without_a_place_is_left_out() -> None:
    raw = {"a": [1, 2], "b~/c": "x"}
    fixes = [
        Fix(path="/a/7", op="remove"),
        Fix(path="/z/y", value=1),
        Fix(path="", value={}),
        Fix(path="/a/-1", value=9),
    ]
    assert apply_fixes(raw, map(finding, fixes)) == (raw, [])


def test_escaped_pointers_are_understood() -> None:
    mended, findings = apply_fixes({"b~/c": "x"}, [finding(Fix(path="/b~0~1c", value="y"))])
    assert mended == {"b~/c": "y"}
    assert len(findings) == 1


def test_replacements_and_removals_do_not_disturb_each_other() -> None:
    raw = {"a": ["0", "1", "2", "3"]}
    fixes = [
        Fix(path="/a/1", op="remove"),
        Fix(path="/a/2", value="two"),
        Fix(path="/a/0", op="remove"),
        Fix(path="/a/3", op="remove"),
    ]
    mended, _ = apply_fixes(raw, map(finding, fixes))
    assert mended == {"a": ["two"]}
