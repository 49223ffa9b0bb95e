"""The actions of a built monster, in the notation of its edition."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dnd.sheets.block import StatBlock
from dnd.sheets.values import Dice
from dnd.srd.edition import Edition

MELEE, RANGED, EFFECT = "Melee Attack", "Ranged Attack", "Burst"
"""What actions are called until the words name them; lower case, the slots."""
SLOTS = (MELEE, RANGED, EFFECT)
_SIDES = (4, 6, 8, 10, 12)
_NEAR = 1.6
"""Points of damage by which an average may miss its aim at least; a twelfth of it where that is more."""
_COUNTS = ("no", "one", "two", "three", "four")
_LEGENDARY_2014 = (
    "The monster can take 3 legendary actions, choosing from the options below. Only one can be used at a time and "
    "only at the end of another creature's turn. Spent ones come back at the start of its turn."
)


@dataclass(frozen=True, slots=True)
class Offence:
    """What a monster can do to others."""

    edition: Edition
    ability_bonus: int
    """Modifier of the ability it attacks with."""
    attack: int
    dc: int
    damage: float
    """In a round, without what recharges."""
    rating: float
    ranged: bool
    effect: bool
    reach: int
    damage_type: str
    weapon_type: str
    legendary: bool

    @property
    def attacks(self) -> int:
        """Attacks in a turn."""
        return 1 if self.rating < 2 else 2 if self.rating < 11 else 3


def actions_of(offence: Offence) -> dict[str, Any]:
    """The block's fields for actions and legendary actions."""
    each = offence.damage / offence.attacks
    actions: list[dict[str, Any]] = []
    if offence.attacks > 1:
        actions.append(_multiattack(offence))
    actions.append(_melee(offence, _dice(each, offence.ability_bonus)))
    if offence.ranged:
        actions.append(_ranged(offence, _dice(each * 0.9, offence.ability_bonus)))
    if offence.effect:
        actions.append(_burst(offence, _dice(max(offence.damage * 1.3, 3), 0)))
    fields: dict[str, Any] = {"actions": actions}
    if offence.legendary:
        fields["legendary_actions"] = _legendary(offence)
    return fields


def _dice(average: float, bonus: int) -> Dice:
    """The fewest dice with this bonus whose average comes near enough, or else nearest."""
    rest = average - bonus
    near = max(_NEAR, rest / 12)
    best = min(
        ((count, sides) for sides in _SIDES for count in range(1, 31)),
        key=lambda pair: (
            (gap := abs(pair[0] * (pair[1] + 1) / 2 - rest)) > near,
            pair[0] if gap <= near else gap,
        ),
    )
    return Dice(count=best[0], sides=best[1], bonus=bonus)


def _rolled(dice: Dice) -> str:
    sign = "" if not dice.bonus else f" {'+' if dice.bonus > 0 else '-'} {abs(dice.bonus)}"
    return f"{max(dice.average, 1)} ({dice.count}d{dice.sides}{sign})"


def _multiattack(offence: Offence) -> dict[str, Any]:
    count = offence.attacks
    text = f"The monster makes {_COUNTS[count]} {MELEE} attacks."
    if offence.ranged:
        text = f"The monster makes {_COUNTS[count]} {MELEE} attacks or {_COUNTS[count]} {RANGED} attacks."
    parts = [{"name": MELEE, "count": count}, *([{"name": RANGED, "count": count}] if offence.ranged else [])]
    return {"name": "Multiattack", "text": text, "parts": parts}


def _melee(offence: Offence, dice: Dice) -> dict[str, Any]:
    if offence.edition == "5.1":
        text = (
            f"Melee Weapon Attack: {offence.attack:+d} to hit, reach {offence.reach} ft., one target. "
            f"Hit: {_rolled(dice)} {offence.weapon_type} damage."
        )
    else:
        text = (
            f"Melee Attack Roll: {offence.attack:+d}, reach {offence.reach} ft. "
            f"Hit: {_rolled(dice)} {offence.weapon_type.title()} damage."
        )
    return {"name": MELEE, "text": text}


def _ranged(offence: Offence, dice: Dice) -> dict[str, Any]:
    if offence.edition == "5.1":
        text = (
            f"Ranged Weapon Attack: {offence.attack:+d} to hit, range 60/120 ft., one target. "
            f"Hit: {_rolled(dice)} piercing damage."
        )
    else:
        text = f"Ranged Attack Roll: {offence.attack:+d}, range 60/120 ft. Hit: {_rolled(dice)} Piercing damage."
    return {"name": RANGED, "text": text}


def _burst(offence: Offence, dice: Dice) -> dict[str, Any]:
    if offence.edition == "5.1":
        text = (
            f"Each creature in a 15-foot cone must make a DC {offence.dc} Constitution saving throw, taking "
            f"{_rolled(dice)} {offence.damage_type} damage on a failed save, or half as much on a successful one."
        )
    else:
        text = (
            f"Constitution Saving Throw: DC {offence.dc}, each creature in a 15-foot Cone. "
            f"Failure: {_rolled(dice)} {offence.damage_type.title()} damage. Success: Half damage."
        )
    return {"name": EFFECT, "usage": "Recharge 5-6", "text": text}


def _legendary(offence: Offence) -> list[dict[str, Any]]:
    entries = [
        {"name": "Move", "text": "The monster moves up to half its speed without provoking opportunity attacks."},
        {"name": "Strike", "text": f"The monster makes one {MELEE} attack."},
    ]
    if offence.edition == "5.1":
        return [{"name": "Legendary Actions", "text": _LEGENDARY_2014}, *entries]
    return entries


def action_lines(block: StatBlock) -> list[str]:
    """The actions for a writer: what wants a name and a look, under its slot."""
    lines: list[str] = []
    for action in block.actions:
        if action.name in SLOTS:
            what = _what(action.model_dump())
            lines.append(f"wants words, slot `{action.name.lower()}`: {what}")
    if block.legendary_actions:
        lines.append("legendary: it moves and strikes between the turns of others")
    return lines


def _what(action: Mapping[str, Any]) -> str:
    attack = action["attack"]
    if attack is None:
        kinds = ", ".join(damage["type"] or "" for damage in action["damages"])
        return f"an effect on everybody in a cone, {kinds} damage, Constitution saving throw, comes back on 5 or 6"
    kinds = ", ".join(damage["type"] or "" for damage in attack["damages"])
    far = f"reach {attack['reach']} ft." if attack["reach"] else f"range {attack['range']} ft."
    return f"{attack['kind']} attack, {far}, {kinds} damage"
