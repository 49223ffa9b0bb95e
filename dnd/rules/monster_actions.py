"""MO9, MO11, MO16: attack bonuses, damage and limited uses of a stat block's actions."""

import re
from collections.abc import Iterable, Iterator, Mapping

from dnd.rules.building import Mark, span_of
from dnd.rules.dossier import Dossier, Example
from dnd.rules.finding import Finding, Severity
from dnd.rules.mechanics import Said, block_rule
from dnd.rules.monster_numbers import casting_ability, listing, modifiers, name_of, proficiency, signed
from dnd.rules.rule import Skip
from dnd.sheets.block import Action, Attack, StatBlock
from dnd.sheets.values import Damage
from dnd.srd.abilities import Ability

_MAGIC = re.compile(r"\+([1-3])\b")
"""A magic weapon's bonus in the name of an attack: `Longsword +1`."""
_WEAPON: tuple[Ability, ...] = ("str", "dex")
_MENTAL: tuple[Ability, ...] = ("int", "wis", "cha")
_RECHARGE = re.compile(
    r"recharge:? ?(?:[2-5] ?[-–−] ?6|6)|recharges? after (?:finishing )?a (?:(?:short or (?:a )?)?long|short) rest",
    re.IGNORECASE,
)
_DAILY = re.compile(r"([\d.]+) ?/ ?day", re.IGNORECASE)
_COST = re.compile(r"costs? (\d+) actions?", re.IGNORECASE)
_LEGENDARY = re.compile(r"can take (\d+) legendary actions|legendary action uses: (\d+)", re.IGNORECASE)
LEGENDARY_USES = 3
"""Legendary actions between two turns. SRD 5.1 "Legendary Creatures"; SRD 5.2 "Legendary Actions"."""


def _attacks(mark: Mark, block: StatBlock, dossier: Dossier) -> Said:  # noqa: ARG001 -- the shape of a check
    bonus, known = proficiency(block), modifiers(block)
    if bonus is None:
        return Skip.NOT_CHECKABLE
    stated = [(path, action, action.attack) for path, action in block.all_actions if action.attack is not None]
    if not stated:
        return Skip.NOT_APPLICABLE
    casting = casting_ability(block)
    findings: list[Finding] = []
    for path, action, attack in stated:
        abilities = _abilities(attack, casting)
        modifiers_of: dict[Ability, int] = {ability: known[ability] for ability in abilities if ability in known}
        if modifiers_of and attack.bonus is not None:
            findings.extend(_attack_findings(mark, path, action, modifiers_of, bonus))
    return findings


def _abilities(attack: Attack, casting: Ability | None) -> tuple[Ability, ...]:
    """Which abilities such an attack can rest on: a weapon on Strength or Dexterity, a spell on the casting ability."""
    if attack.source == "weapon":
        return _WEAPON
    magical = _MENTAL if casting is None else (casting,)
    if attack.source == "spell":
        return magical
    return (*_WEAPON, *(("con", *_MENTAL) if casting is None else magical))


def _attack_findings(
    mark: Mark, path: str, action: Action, known: Mapping[Ability, int], proficient: int
) -> Iterator[Finding]:
    """The attack bonus and the first damage rest on the same ability, or the damage on none."""
    attack = action.attack or Attack()
    magic = _MAGIC.search(action.name)
    extra = int(magic[1]) if magic else 0
    adds: dict[Ability, int] = {ability: value + extra for ability, value in known.items()}
    earned: dict[Ability, int] = {ability: value + proficient for ability, value in adds.items()}
    stated, damage = attack.bonus or 0, _rolled(attack.damages)
    fitting: dict[Ability, int] = {ability: adds[ability] for ability, value in earned.items() if value == stated}
    added = 0 if damage is None else damage.dice.bonus
    by_damage: dict[Ability, int] = {ability: earned[ability] for ability, value in adds.items() if value == added}
    if fitting and (not added or added in fitting.values()):
        return
    if fitting:
        message = (
            f"{name_of(action)} hits with {signed(stated)}, which is {listing(fitting)} and the proficiency bonus; its "
            f"damage then adds {_or(fitting.values())}, not {signed(added)}."
        )
        where = f"{path}/attack/damages/{attack.damages.index(damage)}/dice" if damage else f"{path}/attack"
        yield mark(where, message, expected=_or(fitting.values()), found=signed(added))
        return
    likely = by_damage if added and by_damage else earned
    message = (
        f"{name_of(action)} hits with {listing(likely)} by ability and proficiency bonus {signed(proficient)}, "
        f"not with {signed(stated)}."
    )
    yield mark(f"{path}/attack/bonus", message, expected=_or(likely.values()), found=signed(stated))


def _rolled(damages: Iterable[Damage]) -> Damage | None:
    return next((damage for damage in damages if damage.dice.sides), None)


def _or(values: Iterable[int]) -> str:
    return " or ".join(signed(value) for value in sorted(set(values)))


def _averages(mark: Mark, block: StatBlock, dossier: Dossier) -> Said:  # noqa: ARG001 -- as above
    stated = [entry for path, action in block.all_actions for entry in _damages(path, action)]
    if not stated:
        return Skip.NOT_APPLICABLE
    return list(_average_findings(mark, stated))


def _damages(path: str, action: Action) -> Iterator[tuple[str, Action, Damage]]:
    inside = action.attack.damages if action.attack is not None else ()
    places = ((f"{path}/attack/damages", inside), (f"{path}/damages", action.damages))
    for base, damages in places:
        for number, damage in enumerate(damages):
            if damage.average is not None and damage.dice.sides:
                yield f"{base}/{number}/average", action, damage


def _average_findings(mark: Mark, stated: Iterable[tuple[str, Action, Damage]]) -> Iterator[Finding]:
    for path, action, damage in stated:
        right = damage.dice.average
        if damage.average in {right, max(right, 1)}:
            continue
        message = f"The average of {damage.dice} is {max(right, 0)}, not {damage.average} ({name_of(action)})."
        found = str(damage.average)
        if str(damage.average) in action.text:
            yield mark(path, message, expected=str(right), found=found)
        else:
            yield mark(path, message, expected=str(right), found=found, correct=right)


def _limits(mark: Mark, block: StatBlock, dossier: Dossier) -> Said:  # noqa: ARG001 -- as above
    limited = [(path, action, action.usage) for path, action in block.all_actions if action.usage]
    if not limited and not block.legendary_actions:
        return Skip.NOT_APPLICABLE
    findings = [
        mark(f"{path}/usage", message, expected=expected, found=usage)
        for path, action, usage in limited
        for message, expected in _limit_faults(action, usage)
    ]
    for path, action in block.all_actions:
        match = _LEGENDARY.search(action.text) if "egendary" in action.text else None
        if match and int(match[1] or match[2]) != LEGENDARY_USES:
            message = (
                f"Legendary creatures usually have {LEGENDARY_USES} legendary actions, not {match[1] or match[2]}."
            )
            span = span_of(action.text, match.start(), match.end())
            findings.append(mark(f"{path}/text", message, span=span, severity=Severity.WARNING, found=match[0]))
    return findings


def _limit_faults(action: Action, usage: str) -> Iterator[tuple[str, str]]:
    if "recharge" in usage.lower() and not _RECHARGE.search(usage):
        yield (
            f"{name_of(action)} recharges on a 6, on up to 2-6 of a d6, or after a rest; “{usage}” says none of these.",
            "Recharge 5-6, Recharge 6 or Recharges after a Short or Long Rest",
        )
    daily, cost = _DAILY.search(usage), _COST.search(usage)
    if daily and (not daily[1].isdecimal() or int(daily[1]) < 1):
        yield f"{name_of(action)} can be used at least once a day, not {daily[1]} times.", "1/Day or more"
    if cost and not 1 <= int(cost[1]) <= LEGENDARY_USES:
        yield f"{name_of(action)} costs at most {LEGENDARY_USES} legendary actions, not {cost[1]}.", "1 to 3 actions"


_BITE = {
    "name": "Bite",
    "attack": {
        "kind": "melee",
        "bonus": 6,
        "reach": 5,
        "damages": [{"dice": "1d8+4", "average": 8, "type": "piercing"}],
    },
}
_SHOCK = {"name": "Shock", "text": "Each creature within 10 feet must make a DC 13 Constitution saving throw."}


_WEAK_BITE = {**_BITE, "attack": {"bonus": 9, "damages": [{"dice": "1d8+4", "average": 8, "type": "piercing"}]}}
_ODD_BITE = {**_BITE, "attack": {"bonus": 6, "damages": [{"dice": "1d8+5", "average": 9, "type": "piercing"}]}}
_WRONG_BITE = {**_BITE, "attack": {"bonus": 6, "damages": [{"dice": "1d8+4", "average": 9, "type": "piercing"}]}}

RULES = (
    block_rule(
        _attacks,
        id="MO9",
        title="Attack bonuses follow from an ability and the proficiency bonus",
        severity=Severity.WARNING,
        source="SRD 5.1 Monsters, Actions; SRD 5.2 Monsters, Attacks",
        prompt=(
            "An attack bonus is the proficiency bonus and the modifier of one ability (a weapon's is Str or Dex, "
            "a spell's casting ability), and the damage adds the same modifier."
        ),
        needs=("ability_scores",),
        passing=(
            Example("ogre_2014"),
            Example("ogre_2024", {"/actions/-": _BITE}),
            Example("mage_2014"),
        ),
        failing=(
            Example("ogre_2014", {"/actions/-": _WEAK_BITE}),
            Example("ogre_2024", {"/actions/-": _ODD_BITE}),
        ),
    ),
    block_rule(
        _averages,
        id="MO11",
        title="Damage is the average of its dice",
        severity=Severity.ERROR,
        source="SRD 5.1 Monsters, Actions (Hit); SRD 5.2 Monsters, Damage Notation",
        prompt="The number before damage dice is their average with the bonus, rounded down.",
        passing=(Example("ogre_2014"), Example("ogre_2024", {"/actions/-": _BITE})),
        failing=(
            Example("ogre_2024", {"/actions/-": _WRONG_BITE}),
            Example("ogre_2014", {"/actions/-": {"name": "Breath", "text": "A target takes 12 (3d6) fire damage."}}),
        ),
    ),
    block_rule(
        _limits,
        id="MO16",
        title="Limited uses are well formed",
        severity=Severity.ERROR,
        source="SRD 5.1 Monsters, Limited Usage; SRD 5.2 Monsters, Limited Usage",
        prompt="Write limited uses as 3/Day, Recharge 5-6, Recharge 6 or Recharges after a Short or Long Rest.",
        passing=(
            Example("ogre_2024", {"/actions/-": {**_SHOCK, "usage": "Recharge 5–6"}}),
            Example("ogre_2014", {"/actions/-": {**_SHOCK, "usage": "Recharges after a Short or Long Rest"}}),
            Example("ogre_2014", {"/traits/-": {**_SHOCK, "usage": "3/Day"}}),
        ),
        failing=(
            Example("ogre_2024", {"/actions/-": {**_SHOCK, "usage": "Recharge 7"}}),
            Example("ogre_2014", {"/actions/-": {**_SHOCK, "usage": "0/Day"}}),
            Example("ogre_2014", {"/legendary_actions": [{**_SHOCK, "usage": "Costs 4 Actions"}]}),
        ),
    ),
)
