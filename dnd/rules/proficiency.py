"""PR1-PR4: the weapons in hand are trained with, and their attacks, damage and masteries are right."""

import re
from collections.abc import Iterable, Iterator

from dnd.rules.building import Mark
from dnd.rules.dossier import Dossier, Example
from dnd.rules.finding import Finding, Fix, Severity
from dnd.rules.mechanics import sheet_rule
from dnd.rules.reckoning import Reckoning, mend, reckon
from dnd.rules.rule import Skip
from dnd.rules.wielding import Wielded, wielded
from dnd.sheets.sheet import CharacterSheet
from dnd.sheets.values import Dice
from dnd.srd.abilities import ABILITY_NAMES, as_ability
from dnd.srd.resources import resource
from dnd.srd.weapons import weapon_named

TRAINING = "SRD 5.1 Classes (Proficiencies), Races; SRD 5.2 Classes (Core Traits)"
ATTACKS = "SRD 5.1 Combat (Attack Rolls); SRD 5.2 Playing the Game (Attack Rolls)"
DAMAGE = "SRD 5.1 Combat (Damage Rolls), Weapons; SRD 5.2 Playing the Game (Damage Rolls), Equipment (Weapons)"
MASTERY = "SRD 5.2 Equipment (Mastery Properties), Classes (Weapon Mastery)"
_BRACKET = re.compile(r"\(([a-z]+)\)", re.IGNORECASE)


def _rows(sheet: CharacterSheet, dossier: Dossier) -> tuple[Wielded, ...]:
    return wielded(reckon(sheet, dossier))


def _who(reckoning: Reckoning) -> str:
    return " / ".join(f"{held.table.name} {held.level}" for held in reckoning.classes)


def _training(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Iterable[Finding] | Skip:
    reckoning = reckon(sheet, dossier)
    rows = _rows(sheet, dossier)
    if not rows:
        return Skip.NOT_APPLICABLE
    # Feats and subclasses from elsewhere train in weapons too.
    if not reckoning.complete or (reckoning.unknown and not all(row.trained for row in rows)):
        return Skip.NOT_CHECKABLE
    return [
        mark(
            f"{row.path}/proficient" if row.weapon.proficient else row.path,
            f"{_who(reckoning)} is not trained with the {row.row.name.lower()}.",
            expected="training by class, species or feat",
            found=row.weapon.name,
        )
        for row in rows
        if not row.trained and _claims_training(row)
    ]


def _claims_training(row: Wielded) -> bool:
    """Whether the entry is marked as proficient, or unmarked and its attack bonus does not tell otherwise."""
    weapon, bonus = row.weapon, row.reckoning.proficiency
    if weapon.proficient is not None or weapon.attack_bonus is None or bonus is None:
        return weapon.proficient is not False
    values = row.attack_values()
    return values is None or weapon.attack_bonus >= max(values.values)


def _attack(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Iterable[Finding] | Skip:
    rows = [row for row in _rows(sheet, dossier) if row.weapon.attack_bonus is not None or row.weapon.ability]
    if not rows:
        return Skip.NOT_APPLICABLE
    if all(row.attack_values() is None for row in rows):
        return Skip.NOT_CHECKABLE
    return [finding for row in rows for finding in _wrong_attack(mark, row)]


def _wrong_attack(mark: Mark, row: Wielded) -> Iterator[Finding]:
    weapon, unsure = row.weapon, row.reckoning.unknown or row.special
    weight = Severity.WARNING if unsure else None
    if weapon.ability in ABILITY_NAMES and weapon.ability not in row.legal_abilities:
        names = " or ".join(ABILITY_NAMES[ability] for ability in row.legal_abilities)
        stated = ABILITY_NAMES[as_ability(weapon.ability or "")]
        only = row.legal_abilities[0] if len(row.legal_abilities) == 1 and not unsure else None
        yield mark(
            f"{row.path}/ability",
            f"Attacks with the {row.row.name.lower()} use {names}, not {stated}.",
            expected=names,
            found=stated,
            severity=weight,
            fix=mend(mark, f"{row.path}/ability", only),
        )
        if unsure:
            return
    values, found = row.attack_values(), weapon.attack_bonus
    if values is None or found is None or found in values:
        return
    modifiers = ", ".join(
        f"{ABILITY_NAMES[name]} {row.reckoning.sheet.modifier(name) or 0:+d}" for name in row.abilities
    )
    yield mark(
        f"{row.path}/attack_bonus",
        f"The attack with the {weapon.name} is {found:+d}; with {modifiers} and a proficiency bonus of"
        f" {row.reckoning.proficiency or 0:+d} it is {values}.",
        expected=str(values),
        found=f"{found:+d}",
        severity=weight,
        fix=None if unsure else mend(mark, f"{row.path}/attack_bonus", values.right),
    )


def _damage(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Iterable[Finding] | Skip:
    rows = [row for row in _rows(sheet, dossier) if row.weapon.damage is not None and row.dice]
    if not rows:
        return Skip.NOT_APPLICABLE
    if all(row.damage_bonuses is None for row in rows):
        return Skip.NOT_CHECKABLE
    return [finding for row in rows for finding in _wrong_damage(mark, row)]


def _wrong_damage(mark: Mark, row: Wielded) -> Iterator[Finding]:
    damage, bonuses, unsure = row.weapon.damage, row.damage_bonuses, row.reckoning.unknown or row.special
    if damage is None or bonuses is None:
        return
    stated = damage.dice
    legal = next((dice for dice in row.dice if (dice.count, dice.sides) == (stated.count, stated.sides)), None)
    base = legal or row.dice[0]
    if legal is not None and stated.bonus - base.bonus in bonuses:
        return
    right = None if bonuses.right is None else _with_bonus(base, bonuses.right)
    shown = right or " or ".join(_with_bonus(base, value) for value in sorted(bonuses.values))
    # Bare dice are the weapon table's own: the modifier is only left out.
    bare = legal is not None and stated.bonus == base.bonus
    yield mark(
        f"{row.path}/damage/dice",
        f"The {row.weapon.name} deals {shown} damage, not {stated}.",
        expected=shown,
        found=str(stated),
        severity=Severity.WARNING if unsure or bare else None,
        fix=None if unsure else mend(mark, f"{row.path}/damage/dice", right),
    )


def _with_bonus(dice: Dice, bonus: int) -> str:
    return str(dice.model_copy(update={"bonus": dice.bonus + bonus}))


def _mastery(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Iterable[Finding] | Skip:
    reckoning = reckon(sheet, dossier)
    if not sheet.weapon_masteries and not any(weapon.mastery for weapon in sheet.weapons):
        return Skip.NOT_APPLICABLE
    found = list(_wrong_masteries(mark, sheet, dossier))
    if not reckoning.complete:
        return found or Skip.NOT_CHECKABLE
    return [*_too_many(mark, reckoning), *found]


def _too_many(mark: Mark, reckoning: Reckoning) -> Iterator[Finding]:
    """Masteries of a class that has none, or more than the class table gives."""
    sheet, unsure = reckoning.sheet, reckoning.unknown
    numbers = (resource("weapon mastery", held.id, held.level, "5.2") or 0 for held in reckoning.classes)
    allowed = sum(numbers) + reckoning.total("mastery")
    weight = Severity.WARNING if unsure else None
    count = len(sheet.weapon_masteries)
    if count > allowed:
        message = f"{_who(reckoning)} has {allowed or 'no'} weapon masteries; {count} are listed."
        fix = None if allowed or unsure else mend(mark, "/weapon_masteries", list[str]())
        found = ", ".join(sheet.weapon_masteries)
        yield mark("/weapon_masteries", message, expected=str(allowed), found=found, severity=weight, fix=fix)
    if allowed:
        return
    for place, weapon in enumerate(sheet.weapons):
        if weapon.mastery:
            message = f"{_who(reckoning)} has no weapon mastery, and so does not use {weapon.mastery}."
            path = f"/weapons/{place}/mastery"
            fix = None if unsure else Fix(path=mark.place.pointer(path), value=None)
            yield mark(path, message, expected="none", found=weapon.mastery, severity=weight, fix=fix)


def _wrong_masteries(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Iterator[Finding]:
    """Masteries that the weapon table gives otherwise."""
    for row in _rows(sheet, dossier):
        stated, right = row.weapon.mastery, row.row.mastery
        if not stated or right is None or right in stated.lower() or not _has_mastery(row.reckoning):
            continue
        message = f"The mastery of the {row.row.name.lower()} is {right.capitalize()}, not {stated}."
        path = f"{row.path}/mastery"
        yield mark(path, message, expected=right.capitalize(), found=stated, correct=right.capitalize())
    for place, text in enumerate(sheet.weapon_masteries):
        bracket, row = _BRACKET.search(text), weapon_named(_BRACKET.sub("", text), dossier.edition)
        if bracket is None or row is None or row.mastery is None or bracket[1].lower() == row.mastery:
            continue
        message = f"The mastery of the {row.name.lower()} is {row.mastery.capitalize()}, not {bracket[1]}."
        right = f"{row.name} ({row.mastery.capitalize()})"
        yield mark(f"/weapon_masteries/{place}", message, expected=right, found=text, correct=right)


def _has_mastery(reckoning: Reckoning) -> bool:
    """False for a class without any: then there is no right mastery to put in."""
    if not reckoning.complete or reckoning.unknown:
        return True
    return any(resource("weapon mastery", held.id, held.level, "5.2") for held in reckoning.classes)


RULES = (
    sheet_rule(
        _training,
        id="PR1",
        title="Training with the weapons in hand",
        severity=Severity.WARNING,
        source=TRAINING,
        prompt="Arm a character with weapons that class, species or feats train in.",
        about=("weapons",),
        needs=("classes",),
        passing=(Example("wizard_5"), Example("rogue_5"), Example("cleric_5_2014")),
        failing=(
            Example("wizard_5_2014", {"/weapons/0": {"name": "Greatsword", "proficient": True}}),
            Example("rogue_5", {"/weapons/0": {"name": "Greatsword"}}),
        ),
    ),
    sheet_rule(
        _attack,
        id="PR2",
        title="Attack bonuses",
        severity=Severity.ERROR,
        source=ATTACKS,
        prompt="An attack is the modifier of the weapon's ability plus proficiency bonus plus any magic bonus.",
        about=("weapons",),
        needs=("ability_scores",),
        passing=(Example("rogue_5"), Example("ranger_5_2014"), Example("paladin_6")),
        failing=(
            Example("paladin_6", {"/weapons/0/attack_bonus": 12}),
            Example("paladin_6", {"/weapons/0/ability": "dex"}),
            Example("cleric_5_2014", {"/weapons/0/attack_bonus": 7}),
        ),
    ),
    sheet_rule(
        _damage,
        id="PR3",
        title="Weapon damage",
        severity=Severity.ERROR,
        source=DAMAGE,
        prompt="Weapon damage is the weapon's die plus the modifier that the attack uses, plus any magic bonus.",
        about=("weapons",),
        needs=("ability_scores",),
        passing=(Example("rogue_5"), Example("ranger_5_2014"), Example("paladin_6")),
        failing=(
            Example("rogue_5", {"/weapons/0/damage": "1d10+4 piercing"}),
            Example("rogue_5", {"/weapons/0/damage": "1d8+6 piercing"}),
            Example("paladin_6", {"/weapons/0/damage": "1d12+4 slashing"}),
        ),
    ),
    sheet_rule(
        _mastery,
        id="PR4",
        title="Weapon mastery",
        severity=Severity.ERROR,
        source=MASTERY,
        editions=("5.2",),
        prompt="Give weapon masteries only to classes that have them, by number and weapon as the tables say.",
        passing=(Example("rogue_5"), Example("paladin_6"), Example("fighter_3_rogue_2")),
        failing=(
            Example("wizard_5", {"/weapons/0/mastery": "Vex"}),
            Example("rogue_5", {"/weapons/0/mastery": "Sap"}),
            Example("rogue_5", {"/weapon_masteries": ["Rapier", "Shortbow", "Dagger"]}),
        ),
    ),
)
