"""CR1-CR7: the bounds of a challenge rating, and the damage of a round."""

from typing import Any

import pytest

from dnd.rules.finding import Severity
from dnd.rules.monster_power import best_attack, best_dc, damage_per_round
from dnd.rules.rule import Skip
from dnd.sheets.block import StatBlock
from tests.dnd.rules.blocks import faults, said


@pytest.mark.parametrize(
    ("hits", "severity"),
    [
        (25, Severity.WARNING),
        (26, None),
        (67, None),
        (68, Severity.WARNING),
        (135, Severity.WARNING),
        (136, Severity.ERROR),
    ],
)
def test_hit_points_far_beyond_the_rating_are_an_error(hits: int, severity: Severity | None) -> None:
    found = faults("CR1", "ogre_2014", {"/hit_points": hits})
    assert [finding.severity for finding in found] == ([severity] if severity else [])


@pytest.mark.parametrize(("armor_class", "right"), [(10, False), (11, True), (16, True), (17, False)])
def test_armor_class(armor_class: int, *, right: bool) -> None:
    assert (faults("CR2", "ogre_2024", {"/armor_class": armor_class}) == []) is right


@pytest.mark.parametrize("rule", ["CR1", "CR2", "CR3", "CR5"])
def test_below_challenge_rating_1_the_lines_do_not_hold(rule: str) -> None:
    assert said(rule, "ogre_2014", {"/challenge_rating": "1/2"}) is Skip.NOT_APPLICABLE
    assert said(rule, "ogre_2014", {"/challenge_rating": "31"}) is Skip.NOT_CHECKABLE
    assert said("CR7", "ogre_2014", {"/challenge_rating": "1"}) is Skip.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("rating", "hits", "right"), [("0", 1, True), ("0", 23, False), ("1/4", 26, True), ("1/2", 8, False)]
)
def test_few_hit_points_below_challenge_rating_1(rating: str, hits: int, *, right: bool) -> None:
    assert (faults("CR7", "ogre_2024", {"/challenge_rating": rating, "/hit_points": hits}) == []) is right


def _block(*actions: tuple[str, str], **more: Any) -> StatBlock:  # noqa: ANN401 -- fields of a document
    return StatBlock.model_validate({"actions": [{"name": name, "text": text} for name, text in actions], **more})


_BITE = (
    "Bite",
    "Melee Weapon Attack: +6 to hit, reach 5 ft. Hit: 8 (1d8 + 4) piercing damage plus 7 (2d6) fire damage.",
)
_CLAW = ("Claw", "Melee Weapon Attack: +6 to hit, reach 5 ft., one target. Hit: 7 (1d6 + 4) slashing damage.")
_SWORD = (
    "Sword",
    "Melee Weapon Attack: +5 to hit. Hit: 7 (1d8 + 3) slashing damage, or 8 (1d10 + 3) slashing damage in two.",
)


@pytest.mark.parametrize(
    ("routine", "damage"),
    [
        (None, 15),
        ("It makes three attacks: one with its bite and two with its claws.", 29),
        ("It makes two Claw attacks.", 15),
        ("It makes three Bite attacks.", 45),
        ("It makes one Bite attack and two Claw attacks.", 29),
        ("It makes two attacks, using Bite or Claw in any combination.", 30),
        ("It makes two melee attacks.", 30),
        ("It makes two Claw attacks, or it makes one Bite attack.", 15),
    ],
)
def test_damage_in_a_round(routine: str | None, damage: int) -> None:
    actions = ([("Multiattack", routine)] if routine else []) + [_BITE, _CLAW]
    assert damage_per_round(_block(*actions)) == damage


def test_of_two_ways_to_hold_a_weapon_the_harder_counts() -> None:
    assert damage_per_round(_block(_SWORD)) == 8


def test_what_recharges_is_not_counted() -> None:
    breath = {"name": "Spit", "usage": "Recharge 5-6", "text": _BITE[1]}
    assert damage_per_round(StatBlock.model_validate({"actions": [breath, {"name": _CLAW[0], "text": _CLAW[1]}]})) == 7
    assert damage_per_round(StatBlock()) is None


def test_best_attack_and_dc() -> None:
    block = _block(
        _BITE, ("Howl", "A target must make a DC 15 Wisdom saving throw or a DC 20 Intelligence (Arcana) check.")
    )
    assert (best_attack(block), best_dc(block)) == (6, 15)
    casting = {"ability": "int", "dc": 17, "attack_bonus": 9}
    assert (best_attack(_block(spellcasting=casting)), best_dc(_block(spellcasting=casting))) == (9, 17)
    assert (best_attack(StatBlock()), best_dc(StatBlock())) == (None, None)
