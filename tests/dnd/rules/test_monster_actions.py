"""MO9-MO11, MO16, MO17: attacks, DCs, damage, limits and Multiattacks."""

from typing import Any

import pytest

from dnd.rules.finding import Severity
from tests.dnd.rules.blocks import faults

# The ogres have Str +4, Dex -1, Con +3, Int -3, Wis -2, Cha -2 and proficiency bonus +2.


def _attack(bonus: int, dice: str, *, source: str | None = "weapon", name: str = "Bite") -> dict[str, Any]:
    return {"/actions": [{"name": name, "attack": {"source": source, "bonus": bonus, "damages": [{"dice": dice}]}}]}


@pytest.mark.parametrize(
    ("bonus", "dice", "source", "name", "right"),
    [
        (6, "1d8+4", "weapon", "Bite", True),
        (1, "1d8-1", "weapon", "Dart", True),
        (6, "1d8", "weapon", "Touch", True),
        (7, "1d8+5", "weapon", "Longsword +1", True),
        (7, "1d8+5", "weapon", "Longsword", False),
        (6, "1d8-1", "weapon", "Bite", False),
        (1, "1d8+4", "weapon", "Bite", False),
        (5, "1d8+3", "weapon", "Bite", False),
        (0, "1d8", "spell", "Ray", True),
        (6, "1d8+4", "spell", "Ray", False),
        (5, "2d8+3", None, "Spit", True),
        (9, "2d8+3", None, "Spit", False),
    ],
)
def test_attack_and_damage_rest_on_one_ability(
    bonus: int, dice: str, source: str | None, name: str, *, right: bool
) -> None:
    assert (faults("MO9", "ogre_2024", _attack(bonus, dice, source=source, name=name)) == []) is right


def test_the_wrong_one_of_attack_and_damage_is_named() -> None:
    (attack,) = faults("MO9", "ogre_2024", _attack(8, "1d8+4"))
    assert attack.path == "/actions/0/attack/bonus"
    assert attack.expected == "+6"
    (damage,) = faults("MO9", "ogre_2024", _attack(6, "1d8+2"))
    assert damage.path == "/actions/0/attack/damages/0/dice"
    assert damage.expected == "+4"


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("must make a DC 13 Constitution saving throw", True),
        ("must make a DC 15 Constitution saving throw", False),
        ("Strength Saving Throw: DC 14, each creature", True),
        ("Wisdom Saving Throw: DC 14, one creature", False),
        ("is grappled (escape DC 14)", True),
        ("is grappled (escape DC 16)", True),
        ("is grappled (escape DC 18)", False),
        ("a Constitution saving throw (DC 5 plus the damage taken)", True),
    ],
)
def test_save_dcs_by_the_save_that_is_asked_for(text: str, *, right: bool) -> None:
    saves = {
        "/actions": [
            {"name": "Howl", "text": f"The target {text}."},
            {"name": "Gaze", "save": {"ability": "con", "dc": 13}},
        ]
    }
    assert (faults("MO10", "ogre_2014", saves) == []) is right


@pytest.mark.parametrize(
    ("usage", "right"),
    [
        ("Recharge 5-6", True),
        ("Recharge 5–6", True),
        ("Recharge 6", True),
        ("Recharges after a Short or Long Rest", True),
        ("Recharges after a Long Rest", True),
        ("3/Day", True),
        ("1/Day Each", True),
        ("Costs 2 Actions", True),
        ("Oni Form Only", True),
        ("Recharge 1-6", False),
        ("Recharge 7", False),
        ("Recharge 5-7", False),
        ("Recharge", False),
        ("0/Day", False),
        ("1.5/Day", False),
        ("Costs 4 Actions", False),
    ],
)
def test_limits(usage: str, *, right: bool) -> None:
    assert (
        faults("MO16", "ogre_2024", {"/actions": [{"name": "Howl", "usage": usage, "text": "It howls."}]}) == []
    ) is right


def test_another_number_of_legendary_actions_is_unusual_only() -> None:
    trait = {"name": "Legendary Actions", "text": "The ogre can take 5 legendary actions."}
    (finding,) = faults("MO16", "ogre_2014", {"/legendary_actions": [trait]})
    assert finding.severity is Severity.WARNING


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("The ogre makes two Greatclub attacks.", []),
        ("The ogre makes two melee attacks or two ranged attacks.", []),
        ("The ogre makes three attacks: one with its greatclub and two with its javelins.", []),
        ("The ogre makes two attacks, using Greatclub or Javelin in any combination.", []),
        ("The ogre makes one Greatclub attack and uses Howl of Ruin if available.", []),
        ("The ogre makes two attacks. It can replace one attack with a use of (A) Howl of Ruin or (B) Javelin.", []),
        ("In bear form, the ogre makes two claw attacks.", []),
        ("The ogre makes two Gore attacks.", ["Gore"]),
        ("The ogre makes one Greatclub or Gore attack.", ["Gore"]),
        ("The ogre makes two attacks: one with its greatclub and one with its tail.", ["tail"]),
        ("The ogre makes two attacks, using Slam or Javelin in any combination.", ["Slam"]),
        ("The ogre makes two Javelin attacks and uses Frenzy.", ["Frenzy"]),
    ],
)
def test_multiattack_names(text: str, unknown: list[str]) -> None:
    changes = {
        "/actions/-": {"name": "Multiattack", "text": text},
        "/bonus_actions": [{"name": "Howl of Ruin", "usage": "1/Day", "text": "It howls."}],
    }
    assert [finding.found for finding in faults("MO17", "ogre_2024", changes)] == unknown


def test_a_misspelt_action_is_mended_in_the_text() -> None:
    changes = {"/actions/-": {"name": "Multiattack", "text": "The ogre makes two Greatclib attacks."}}
    (finding,) = faults("MO17", "ogre_2024", changes)
    assert finding.fix
    assert finding.fix.value == "The ogre makes two Greatclub attacks."
