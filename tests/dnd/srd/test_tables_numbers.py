"""Abilities, levels, slots, challenge ratings, encounters and difficulty: wheels and the SRD's worked examples."""

import re
from statistics import mean

import pytest

from dnd.srd.abilities import (
    POINT_BUDGET,
    SKILLS,
    STANDARD_ARRAY,
    ability_named,
    as_ability,
    modifier,
    point_cost,
    skill_named,
)
from dnd.srd.advancement import XP_BY_LEVEL, asi_levels, level_for_xp, proficiency_bonus, tier
from dnd.srd.difficulty import DC_BY_NAME, SEVERITIES, dc_name, deadliest, trap
from dnd.srd.edition import BOTH
from dnd.srd.encounters import XP_BUDGET, budget, difficulty_of
from dnd.srd.encounters_2014 import adjusted_xp, difficulty_2014, multiplier
from dnd.srd.monsters import (
    BELOW_CR_1,
    ENVELOPES,
    HARMLESS_XP,
    HIT_DIE_BY_SIZE,
    XP_BY_CR,
    Measure,
    carrying_capacity,
    cr_text,
    cr_value,
    proficiency_by_cr,
)
from tests.dnd.srd.wheels import assert_equal_but, constants_52, entries_51, rows_52


@pytest.mark.parametrize(
    ("score", "expected"), [(1, -5), (8, -1), (9, -1), (10, 0), (11, 0), (15, 2), (20, 5), (30, 10)]
)
def test_modifiers(score: int, expected: int) -> None:
    assert modifier(score) == expected


def test_point_buy() -> None:
    assert point_cost(STANDARD_ARRAY) == POINT_BUDGET
    assert point_cost((15, 15, 15, 15, 8, 8)) == 36
    assert point_cost((16, 8, 8, 8, 8, 8)) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("sleight_of_hand", "Sleight of Hand"),
        ("SleightOfHand", "Sleight of Hand"),
        ("Dexterity (Stealth)", "Stealth"),
        ("PERCEPTION", "Perception"),
        ("animal-handling", "Animal Handling"),
        ("Lockpicking", None),
        ("", None),
    ],
)
def test_skills_are_found(text: str, name: str | None) -> None:
    assert skill_named(text) == name


def test_abilities_are_found() -> None:
    assert [ability_named(text) for text in ("STR", "Wis.", "charisma", "luck")] == ["str", "wis", "cha", None]
    assert as_ability("con") == "con"
    with pytest.raises(KeyError):
        as_ability("luck")


def test_skills_equal_both_wheels() -> None:
    theirs = {entry["name"]: entry["ability_score"]["index"] for entry in entries_51("Skills").values()}
    assert dict(SKILLS) == theirs
    newer = {name.replace("_", ""): ability[:3] for name, ability in constants_52()["SKILL_ABILITY_MAP"].items()}
    assert {name.lower().replace(" ", ""): ability for name, ability in SKILLS.items()} == newer


def test_experience_equals_the_wheel() -> None:
    assert dict(enumerate(XP_BY_LEVEL, start=1)) == constants_52()["XP_THRESHOLDS"]
    asked = (-5, 0, 299, 300, 6_499, 6_500, 355_000, 9_999_999)
    assert [level_for_xp(xp) for xp in asked] == [1, 1, 1, 2, 4, 5, 20, 20]


def test_levels() -> None:
    assert [proficiency_bonus(level) for level in (1, 4, 5, 8, 9, 13, 17, 20)] == [2, 2, 3, 3, 4, 5, 6, 6]
    assert [tier(level) for level in (1, 4, 5, 10, 11, 16, 17, 20)] == [1, 1, 2, 2, 3, 3, 4, 4]
    for edition in BOTH:
        assert asi_levels("fighter", edition) == (4, 6, 8, 12, 14, 16, 19)
        assert asi_levels("rogue", edition) == (4, 8, 10, 12, 16, 19)
        assert asi_levels("wizard", edition) == (4, 8, 12, 16, 19)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *(("1/4", 0.25), ("0.25", 0.25), ("¼", 0.25), ("CR 3", 3), ("Challenge Rating: 1/8", 0.125), ("30", 30)),
        *(("31", None), ("1/3", None), ("0.3", None), ("", None), ("-1", None)),
    ],
)
def test_challenge_ratings_are_read(text: str, value: float | None) -> None:
    assert cr_value(text) == value
    if value is not None:
        assert cr_value(cr_text(value) or "") == value


def test_experience_by_challenge_equals_the_wheels() -> None:
    ours: dict[str, int] = {}
    theirs: dict[str, int] = {}
    for entry in entries_51("Monsters").values():
        text = cr_text(float(entry["challenge_rating"]))
        assert text
        if entry["xp"] != HARMLESS_XP:
            ours[entry["name"]], theirs[entry["name"]] = XP_BY_CR[text], entry["xp"]
    wrong = "another number than the SRD's"
    names = ("Ankheg", "Dretch", "Gnome, Deep (Svirfneblin)", "Brass Dragon Wyrmling", "Riding Horse")
    stated = {name: wrong for name in theirs if any(key in name for key in (*names, "Deep Gnome", "Horse, Riding"))}
    assert len(stated) == 5, sorted(set(theirs) & set(stated))
    assert_equal_but(ours, theirs, stated)
    newer = {row["name"]: row for row in rows_52("creatures")}
    mine = {name: XP_BY_CR[cr_text(row["cr_numeric"]) or ""] for name, row in newer.items() if row["xp"] != HARMLESS_XP}
    wheel = {name: row["xp"] for name, row in newer.items() if row["xp"] != HARMLESS_XP}
    assert_equal_but(mine, wheel, {"Archmage": "8,000 for challenge 12, which is worth 8,400"})


def test_proficiency_by_challenge_equals_the_wheels() -> None:
    for entry in entries_51("Monsters").values():
        assert proficiency_by_cr(entry["challenge_rating"]) == entry["proficiency_bonus"], entry["name"]
    for row in rows_52("creatures"):
        assert proficiency_by_cr(row["cr_numeric"]) == row["proficiency_bonus"], row["name"]


def test_hit_dice_equal_the_sizes_of_the_51_wheel() -> None:
    for entry in entries_51("Monsters").values():
        die = int(re.split("[d+-]", entry["hit_dice"])[1])
        assert HIT_DIE_BY_SIZE[entry["size"].lower()] == die, entry["name"]


MEASURES: tuple[Measure, ...] = ("hit_points", "armor_class")


def _creatures_51() -> list[dict[str, float]]:
    return [
        {
            "challenge": entry["challenge_rating"],
            "hit_points": entry["hit_points"],
            "armor_class": entry["armor_class"][0]["value"],
        }
        for entry in entries_51("Monsters").values()
    ]


def _creatures_52() -> list[dict[str, float]]:
    return [
        {"challenge": row["cr_numeric"], "hit_points": row["hp"], "armor_class": row["ac"]}
        for row in rows_52("creatures")
    ]


def test_most_creatures_of_the_srd_lie_within_the_envelopes() -> None:
    for edition in BOTH:
        rows = _creatures_51() if edition == "5.1" else _creatures_52()
        for measure in MEASURES:
            envelope = ENVELOPES[edition][measure]
            within: list[bool] = []
            for row in rows:
                if row["challenge"] >= 1:
                    low, high = envelope.bounds(row["challenge"])
                    within.append(low <= row[measure] <= high)
            assert 0.85 <= mean(within) <= 0.97, (edition, measure, mean(within))


def test_ranges_below_challenge_1_hold_the_creatures_of_the_52_wheel() -> None:
    for row in rows_52("creatures"):
        text = cr_text(row["cr_numeric"])
        if text is not None and text in BELOW_CR_1["5.2"]:
            low, high = BELOW_CR_1["5.2"][text].hit_points
            assert low <= row["hp"] <= high, row["name"]


def test_carrying() -> None:
    assert carrying_capacity(8, "medium") == 120
    assert carrying_capacity(10, "tiny") == 75
    assert carrying_capacity(20, "large") == 600


def test_the_worked_examples_of_encounters() -> None:
    assert budget((1, 1, 1, 1), "low") == 200
    assert budget((3,) * 5, "moderate") == 1_125
    assert budget((15,) * 6, "high") == 46_800
    assert difficulty_of((1, 1, 1, 1), 201) == "moderate"
    assert difficulty_of((1,), 101) is None
    for level, row in XP_BUDGET.items():
        assert row["low"] < row["moderate"] < row["high"]
        assert level == 1 or all(XP_BUDGET[level - 1][name] < value for name, value in row.items())


def test_encounters_of_2014() -> None:
    assert [multiplier(count, 4) for count in (1, 2, 3, 6, 7, 11, 15, 40)] == [1, 1.5, 2, 2, 2.5, 3, 4, 4]
    assert (multiplier(1, 2), multiplier(1, 6), multiplier(15, 2)) == (1.5, 0.5, 5)
    assert adjusted_xp(200, 4, 4) == 400
    assert difficulty_2014((3, 3, 3, 2), 400) == "easy"
    assert difficulty_2014((1,) * 4, 400) == "deadly"
    assert difficulty_2014((1,) * 4, 50) is None


def test_difficulties_equal_the_table_of_the_srd() -> None:
    text = str(entries_51("RuleSections")["ability_checks"]["desc"])
    rows = re.findall(r"\| (Very easy|Easy|Medium|Hard|Very hard|Nearly impossible)\s*\| (\d+)\s*\|", text)
    assert {name.lower(): int(dc) for name, dc in rows} == dict(DC_BY_NAME)
    assert [dc_name(dc) for dc in (1, 5, 14, 15, 22, 40)] == [
        *("very easy", "very easy", "easy", "medium", "hard", "nearly impossible"),
    ]


def test_traps_51_equal_the_tables_of_the_srd() -> None:
    text = str(entries_51("RuleSections")["traps"]["desc"])
    rows = re.findall(r"\| (\d+)(?:st|th)-\d+th\s*\| (\d+)d10\s*\| (\d+)d10\s*\| (\d+)d10\s*\|", text)
    assert len(rows) == 4
    for start, *dice in rows:
        found = [trap(severity, int(start), "5.1") for severity in SEVERITIES["5.1"]]
        assert [row.dice if row else None for row in found] == [int(count) for count in dice]
    danger = re.findall(r"\| (Setback|Dangerous|Deadly)\s*\| (\d+)-(\d+)\s*\| \+(\d+) to \+(\d+)\s*\|", text)
    assert len(danger) == 3
    for severity, *numbers in danger:
        row = next(trap(name, 1, "5.1") for name in SEVERITIES["5.1"] if name == severity.lower())
        assert row
        assert [*row.save_dc, *(row.attack_bonus or ())] == [int(number) for number in numbers]


def test_traps_52_hit_as_the_examples_of_the_srd() -> None:
    assert trap("setback", 1, "5.2") is None
    for level, dice, dc in ((1, 2, 13), (5, 4, 15), (11, 10, 17), (17, 18, 19)):
        row = deadliest(level, "5.2")
        assert (row.dice, row.save_dc[0]) == (dice, dc)
    assert trap("nuisance", 17, "5.2") == trap("nuisance", 20, "5.2")
    assert deadliest(1, "5.1").damage == 22
