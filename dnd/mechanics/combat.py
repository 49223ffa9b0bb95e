"""What a character can bring to a fight, by the sheet and the class tables."""

from collections.abc import Sequence

from pydantic import Field

from dnd.mechanics.career import Career, careers, counted
from dnd.mechanics.computed import Computed
from dnd.sheets.sheet import CharacterSheet
from dnd.srd.advancement import proficiency_bonus
from dnd.srd.edition import Edition
from dnd.srd.resources import attacks_per_action
from dnd.srd.spellcasting import multiclass_slots, pact_slots

MOST_RESOURCES = 5
"""Things that want words of their own; a plan with more is a list."""
MOST_SPELLS = 20


class Resource(Computed):
    """Something to spend or to roll."""

    name: str
    amount: int | None = Field(default=None, description="None: without limit, or by an ability that is not stated.")
    recharge: str | None = None


class AttackLine(Computed):
    """One weapon in hand."""

    name: str
    attack_bonus: int | None = None
    damage: str | None = None


class CombatKit(Computed):
    """Everything of the sheet that a plan may speak of."""

    classes: tuple[str, ...]
    proficiency_bonus: int
    armor_class: int | None = None
    hit_points: int | None = None
    initiative: int | None = None
    speed: int | None = None
    attacks_per_action: int
    attacks: tuple[AttackLine, ...] = ()
    save_dc: int | None = None
    spell_slots: tuple[int, ...] = ()
    pact_slots: tuple[int, int] | None = None
    spells: tuple[str, ...] = ()
    resources: tuple[Resource, ...]
    actions: tuple[str, ...] = Field(description="What a turn is made of, in the edition's words.")


def combat_kit(sheet: CharacterSheet, edition: Edition) -> CombatKit:
    """The kit of `sheet`: what is stated there, and what classes and levels give for certain.

    Raises:
        InvalidParametersError: class or level are missing, or the SRD has no such class.
    """
    path = careers(sheet, edition)
    levels = {entry.table.id: entry.level for entry in path}
    total = sum(levels.values())
    warlock = levels.get("warlock", 0)
    casting = sheet.spellcasting
    named = dict.fromkeys(spell.name for entry in casting for _, spell in entry.spells)
    return CombatKit(
        classes=tuple(f"{entry.table.name} {entry.level}" for entry in path),
        proficiency_bonus=proficiency_bonus(total),
        armor_class=sheet.armor_class,
        hit_points=sheet.hit_points.max if sheet.hit_points else None,
        initiative=sheet.initiative,
        speed=sheet.speed,
        attacks_per_action=attacks_per_action(levels, edition),
        attacks=tuple(
            AttackLine(
                name=weapon.name,
                attack_bonus=weapon.attack_bonus,
                damage=f"{weapon.damage.dice} {weapon.damage.type or ''}".strip() if weapon.damage else None,
            )
            for weapon in sheet.weapons
        ),
        save_dc=next((entry.save_dc for entry in casting if entry.save_dc is not None), None),
        spell_slots=tuple(number for number in multiclass_slots(levels, edition) if number),
        pact_slots=pact_slots(warlock) if warlock else None,
        spells=tuple(named)[:MOST_SPELLS],
        resources=_resources(path, edition),
        actions=_turn(edition),
    )


def _resources(path: Sequence[Career], edition: Edition) -> tuple[Resource, ...]:
    """What can be spent, class by class; the attack itself where there is nothing else."""
    found: list[Resource] = []
    for entry in path:
        for name, (row, number) in counted(entry.table.id, entry.level, edition).items():
            found.append(Resource(name=name, amount=number, recharge=row.recharge_at(entry.level)))
    levels = {entry.table.id: entry.level for entry in path}
    if any(multiclass_slots(levels, edition)):
        found.append(Resource(name="Spell Slots", recharge="long rest"))
    if "warlock" in levels:
        found.append(Resource(name="Pact Slots", recharge="short rest"))
    unique = tuple({resource.name: resource for resource in found}.values())
    return unique[:MOST_RESOURCES] or (Resource(name="The Attack Action"),)


def _turn(edition: Edition) -> tuple[str, ...]:
    if edition == "5.1":
        return ("action", "bonus action", "reaction", "movement", "one interaction with an object")
    return ("action", "Bonus Action", "Reaction", "movement", "one object in passing")


def describe(kit: CombatKit) -> list[str]:
    """What a writer must know of the kit, one statement a line."""
    lines = ["classes: " + ", ".join(kit.classes), f"attacks with one action: {kit.attacks_per_action}"]
    if kit.attacks:
        lines.append("weapons: " + ", ".join(attack.name for attack in kit.attacks))
    if kit.spells:
        lines.append("spells: " + ", ".join(kit.spells))
    if kit.armor_class is not None:
        lines.append(f"armour class {kit.armor_class}")
    lines += [
        f"wants words, resource `{resource.name}`"
        + (f": back after a {resource.recharge}" if resource.recharge else ": has no rest to wait for")
        for resource in kit.resources
    ]
    return [*lines, "a turn is made of: " + ", ".join(kit.actions)]
