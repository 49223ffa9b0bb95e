"""EQ10-EQ12: attunement has its limit and its conditions, and an item of the SRD is what the SRD says."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from dnd.rules.building import Mark, pointer
from dnd.rules.dossier import Dossier, Example
from dnd.rules.finding import Finding, Fix, Severity
from dnd.rules.mechanics import Said, sheet_rule
from dnd.rules.reckoning import Reckoning, reckon
from dnd.rules.rule import Skip
from dnd.rules.things import RANK, Thing, rarities_in, thing_rule
from dnd.rules.wares import item_of
from dnd.sheets.sheet import CharacterSheet
from dnd.srd.classes import classes
from dnd.srd.edition import BOTH, Edition
from dnd.srd.items import ATTUNEMENT_LIMIT
from dnd.srd.near import fold


class _Limit(NamedTuple):
    """Who attunes to more than three items."""

    class_name: str
    level: int
    subclass: str
    items: int
    editions: tuple[Edition, ...] = BOTH


_LIMITS = (
    _Limit("rogue", 13, "thief", 4, ("5.2",)),
    _Limit("artificer", 10, "", 4),
    _Limit("artificer", 14, "", 5),
    _Limit("artificer", 18, "", 6),
)
"""SRD 5.2, Rogue, Thief (Use Magic Device); the artificer is published outside the SRD."""
_PURE_BONUS = ("Weapon, +", "Armor, +", "Shield, +", "Ammunition, +")
_NOTES: Mapping[str, tuple[str, str]] = {
    "creature of good alignment": ("alignment", "good"),
    "creature of evil alignment": ("alignment", "evil"),
    "dwarf": ("species", "dwarf"),
}
"""Other conditions of attunement: field of the sheet, and the word that must be in it."""


def _attuned(sheet: CharacterSheet) -> list[tuple[str, str]]:
    """Path and name of every item that the sheet calls attuned, each once: the list first, then the equipment."""
    listed = [(pointer("attuned", at), name) for at, name in enumerate(sheet.attuned)]
    names = {fold(name) for name in sheet.attuned}
    marked = [
        (pointer("equipment", at, "attuned"), item.name)
        for at, item in enumerate(sheet.equipment)
        if item.attuned and fold(item.name) not in names
    ]
    return [*listed, *marked]


def _limit(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Said:
    attuned = _attuned(sheet)
    if not attuned:
        return Skip.NOT_APPLICABLE
    findings: list[Finding] = []
    most = max((ATTUNEMENT_LIMIT, *_higher_limits(sheet, dossier.edition)))
    if len(attuned) > most:
        message = f"A character attunes to at most {most} magic items; this one is attuned to {len(attuned)}."
        path = "/attuned" if sheet.attuned else "/equipment"
        findings.append(mark(path, message, expected=f"at most {most}", found=str(len(attuned))))
    seen = set[str]()
    for path, name in attuned:
        if fold(name) in seen:
            message = f"A character cannot attune to two items of one kind: {name} stands here twice."
            fix = Fix(path=mark.place.pointer(path), op="remove") if path.startswith("/attuned") else None
            findings.append(mark(path, message, expected="once", found=name, fix=fix))
        seen.add(fold(name))
    return findings


def _higher_limits(sheet: CharacterSheet, edition: Edition) -> Iterator[int]:
    for row in _LIMITS:
        for entry in sheet.classes if edition in row.editions else ():
            level = entry.level or 0
            if fold(entry.name) == row.class_name and level >= row.level and row.subclass in fold(entry.subclass or ""):
                yield row.items


def _condition(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Said:
    attuned = [(path, name, item_of(name, dossier.edition)) for path, name in _attuned(sheet)]
    bound = [(path, name, row) for path, name, row in attuned if row and (row.attunement_by or row.attunement_note)]
    if not bound:
        return Skip.NOT_APPLICABLE
    person = reckon(sheet, dossier)
    if not person.complete:
        return Skip.NOT_CHECKABLE
    findings: list[Finding] = []
    # SRD 5.1, Rogue, Thief: Use Magic Device passes over all requirements of class, race and level.
    exempt = dossier.edition == "5.1" and person.levels.get("rogue", 0) >= 13 and "use magic device" in person.names
    for path, name, row in bound if not exempt else ():
        if row.attunement_by and not _may_attune(row.attunement_by, person):
            wanted = " or ".join(row.attunement_by)
            here = " / ".join(held.table.name.lower() for held in person.classes)
            message = f"Only a {wanted} can attune to {row.name}; this character is a {here}."
            findings.append(mark(path, message, expected=wanted, found=name))
        field, word = _NOTES.get(row.attunement_note, ("", ""))
        stated = getattr(sheet, field) if field else None
        if stated and word not in stated.lower():
            message = f"{row.name} asks for a {row.attunement_note}; the {field} of this character is {stated}."
            findings.append(mark(path, message, expected=row.attunement_note, found=stated))
    return findings


def _may_attune(wanted: tuple[str, ...], person: Reckoning) -> bool:
    if any(name in person.levels for name in wanted):
        return True
    if "spellcaster" not in wanted:
        return False
    casts = any(classes(person.edition)[name].caster != "none" for name in person.levels)
    return casts or bool(person.sheet.spellcasting) or person.unknown


def _as_printed(mark: Mark, thing: Thing, dossier: Dossier) -> Said:
    row = thing.row(dossier.edition)
    if row is None:
        return Skip.NOT_APPLICABLE
    stated = rarities_in(thing.rarity or "")
    findings: list[Finding] = []
    if (
        stated
        and row.rarities
        and not set(stated) <= set(row.rarities)
        and not _told_by_bonus(row.name, stated, row.rarities)
    ):
        right = " or ".join(row.rarities)
        message = f"{row.name} is {right}, not {thing.rarity}."
        path = f"{thing.base}/rarity"
        if len(row.rarities) == 1:
            findings.append(mark(path, message, expected=right, found=thing.rarity, correct=right))
        else:
            findings.append(mark(path, message, expected=right, found=thing.rarity))
    wrong = thing.attunement is not None and thing.attunement != row.attunement
    if wrong and (thing.alone or thing.attunement):
        needs = "requires attunement" if row.attunement else "requires no attunement"
        found = "attunement" if thing.attunement else "no attunement"
        path = f"{thing.base}/{'attunement' if thing.alone else 'attuned'}"
        findings.append(mark(path, f"{row.name} {needs}.", expected=needs, found=found, correct=row.attunement))
    for field, right, said in (("bonus", row.bonus, thing.bonus), ("charges", row.charges, thing.charges)):
        if right is not None and said is not None and right != said:
            message = (
                f"{row.name} has {right} charges, not {said}."
                if field == "charges"
                else f"{thing.name} gives a bonus of {right:+d}, not {said:+d}."
            )
            findings.append(mark(f"{thing.base}/{field}", message, expected=str(right), found=str(said), correct=right))
    return findings


def _told_by_bonus(name: str, stated: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """A plain +1 that is too common is EQ13's to tell."""
    return name.startswith(_PURE_BONUS) and RANK[stated[0]] < RANK[right[0]]


_RINGS = ["Ring of Protection", "Cloak of Protection", "Amulet of Health"]
_FOUR = [*_RINGS, "Boots of Speed"]
_THIEF = {"/classes": [{"name": "Rogue", "level": 13, "subclass": "Thief"}], "/level": 13}
_CLOAK = Example("cloak_of_protection")

RULES = (
    sheet_rule(
        _limit,
        id="EQ10",
        title="Attunement to at most three items",
        severity=Severity.ERROR,
        source="SRD 5.1 Magic Items, Attunement; SRD 5.2 Magic Items, Attunement",
        prompt="A character attunes to at most three magic items, and never to two of the same kind.",
        passing=(Example("rogue_5", {"/attuned": _RINGS}), Example("rogue_5", {**_THIEF, "/attuned": _FOUR})),
        failing=(
            Example("rogue_5", {"/attuned": _FOUR}),
            Example("rogue_5", {**_THIEF, "/attuned": _FOUR}, edition="5.1"),
            Example("rogue_5", {"/attuned": ["Ring of Protection", "Ring of Protection"]}),
        ),
    ),
    sheet_rule(
        _condition,
        id="EQ11",
        title="Conditions of attunement are met",
        severity=Severity.ERROR,
        source="SRD 5.1 Magic Items, Attunement; SRD 5.2 Magic Items, Attunement",
        prompt="Attune a character only to items whose condition of class or kind it meets.",
        passing=(
            Example("wizard_5", {"/attuned": ["Staff of the Magi"]}),
            Example("wizard_5", {"/attuned": ["Pearl of Power"]}),
            Example(
                "rogue_5", {**_THIEF, "/attuned": ["Holy Avenger"], "/features/-": "Use Magic Device"}, edition="5.1"
            ),
        ),
        failing=(
            Example("fighter_3", {"/attuned": ["Staff of the Magi"]}),
            Example("fighter_3", {"/attuned": ["Pearl of Power"]}),
            Example("rogue_5", {"/equipment/-": {"name": "Holy Avenger", "attuned": True}}),
        ),
    ),
    thing_rule(
        _as_printed,
        id="EQ12",
        title="An item of the SRD is as the SRD has it",
        severity=Severity.ERROR,
        source="SRD 5.1 Magic Items A-Z; SRD 5.2 Magic Items A-Z",
        prompt="Give an item of the SRD the rarity, the attunement, the bonus and the charges that its entry states.",
        passing=(_CLOAK, Example("flame_tongue"), Example("plus_one_longsword"), Example("scroll_fireball")),
        failing=(
            Example("cloak_of_protection", {"/rarity": "common"}),
            Example("cloak_of_protection", {"/attunement": False}),
            Example("plus_one_longsword", {"/bonus": 2}),
            Example("rogue_5", {"/equipment/-": {"name": "Ring of Protection", "rarity": "common"}}),
            Example("rogue_5", {"/equipment/-": {"name": "Bag of Holding", "attuned": True}}),
        ),
    ),
)
