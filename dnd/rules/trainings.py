"""What a character is trained with: armour and weapons, and entries of a sheet that nothing gives."""

import re
from collections.abc import Iterator
from functools import lru_cache

from dnd.rules.bearing import met
from dnd.rules.building import Mark, pointer
from dnd.rules.finding import Finding, Fix, Severity
from dnd.rules.reckoning import Reckoning
from dnd.srd.armor import ArmorCategory
from dnd.srd.edition import Edition
from dnd.srd.near import fold
from dnd.srd.weapons import trained_with, weapon_named

_CATEGORY = re.compile(r"\b(light|medium|heavy|shields?|all)\b", re.IGNORECASE)
_EVERY: tuple[ArmorCategory, ...] = ("light", "medium", "heavy")


@lru_cache(maxsize=1024)
def categories_named(text: str) -> frozenset[ArmorCategory]:
    """The kinds of armour that an entry of a training list names: "Light armor", "All armor", "Shields"."""
    words = {word.lower().rstrip("s") for word in _CATEGORY.findall(text)}
    named: set[ArmorCategory] = {kind for kind in (*_EVERY, "shield") if kind in words}
    return frozenset(named.union(_EVERY) if "all" in words else named)


def armor_training(person: Reckoning) -> frozenset[ArmorCategory]:
    """The armour that the classes, in the order taken, and features and feats train with."""
    trained: set[str] = set()
    for number, held in enumerate(person.classes):
        trained |= held.table.armor if number == 0 else held.table.multiclass_armor
        own = held.table.subclass_named(held.subclass) if held.subclass else None
        trained |= own.armor if own is not None and held.level >= held.table.subclass_level else frozenset()
    for each in met(person, "armor_training"):
        trained.update(each.row.names)
    return frozenset(kind for kind in (*_EVERY, "shield") if kind in trained)


def _weapon_training(person: Reckoning) -> list[str]:
    """The weapons that the same train with, as `trained_with` reads them."""
    found: list[str] = []
    for number, held in enumerate(person.classes):
        found += held.table.weapons if number == 0 else held.table.multiclass_weapons
    for each in met(person, "weapon_training"):
        found += each.row.names
    for row in person.granted("weapon_training"):
        found += row.of
    for kin in (person.species,) if person.species else ():
        found += kin.weapons
    for lineage in person.lineages:
        found += lineage.weapons
    return found


def said_classes(person: Reckoning) -> str:
    """The classes in words: "Fighter 3 / Rogue 2"."""
    return " / ".join(f"{held.table.name} {held.level}" for held in person.classes)


def armor_claims(mark: Mark, person: Reckoning, why: str, severity: Severity | None = None) -> Iterator[Finding]:
    """The entries of the training list that nothing on the sheet gives; `why` ends the message."""
    trained = armor_training(person)
    for index, entry in enumerate(person.sheet.armor_training):
        named = categories_named(entry)
        extra = named - trained
        if not extra:
            continue
        kinds = " and ".join(_said(kind) for kind in (*_EVERY, "shield") if kind in extra)
        message = f"{said_classes(person)} gives no training with {kinds}{why}."
        path = pointer("armor_training", index)
        wanted = ", ".join(_said(kind) for kind in (*_EVERY, "shield") if kind in trained) or "no armor"
        fix = Fix(path=mark.place.pointer(path), op="remove") if extra == named and not person.unknown else None
        weight = Severity.WARNING if person.unknown else severity
        yield mark(path, message, expected=wanted, found=entry, fix=fix, severity=weight)


def _said(kind: str) -> str:
    return "shields" if kind == "shield" else f"{kind} armor"


def weapon_claims(mark: Mark, person: Reckoning, why: str) -> Iterator[Finding]:
    """The same for weapons."""
    trained, edition = _weapon_training(person), person.edition
    for index, entry in enumerate(person.sheet.weapon_training):
        if _weapon_trained(entry, trained, edition):
            continue
        path = pointer("weapon_training", index)
        message = f"{said_classes(person)} gives no training with {entry.lower()}{why}."
        fix = None if person.unknown else Fix(path=mark.place.pointer(path), op="remove")
        weight = Severity.WARNING if person.unknown else None
        wanted = ", ".join(dict.fromkeys(trained)) or "no weapons"
        yield mark(path, message, expected=wanted, found=entry, fix=fix, severity=weight)


def _weapon_trained(entry: str, trained: list[str], edition: Edition) -> bool:
    """Whether an entry is covered; True for one that names no category and no weapon of the tables."""
    words = fold(entry).split()
    claimed = [kind for kind in ("simple", "martial") if kind in words]
    if claimed:
        # A training with some martial weapons is often written as one with martial weapons.
        given = {have.partition(":")[0] for have in trained}
        return all(kind in given for kind in claimed)
    weapon = weapon_named(entry, edition)
    return weapon is None or trained_with(trained, weapon, edition)
