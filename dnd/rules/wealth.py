"""EQ5-EQ7, EQ17: starting equipment, wealth and coins."""

from collections.abc import Iterable, Iterator
from typing import cast

from dnd.rules.building import Mark, pointer
from dnd.rules.dossier import Dossier, Example
from dnd.rules.finding import Finding, Severity
from dnd.rules.mechanics import Said, sheet_rule
from dnd.rules.reckoning import reckon
from dnd.rules.rule import Skip
from dnd.rules.telling import counted
from dnd.rules.things import rarities_in
from dnd.rules.wares import armor_of, item_of, price_text, weapon_of
from dnd.sheets.sheet import CharacterSheet, Possession
from dnd.srd.advancement import HIGHEST_LEVEL
from dnd.srd.armor import Armor
from dnd.srd.backgrounds import Background, background_named
from dnd.srd.classes import ClassTable, Package
from dnd.srd.edition import Edition
from dnd.srd.items import higher_start
from dnd.srd.near import fold
from dnd.srd.vocabulary import COIN_VALUE_CP
from dnd.srd.weapons import Weapon

_ROLLED_GOLD = 200
"""Gold pieces that the richest class of 2014 can roll for in place of equipment; the SRD 5.1 has no such roll."""
_PLAYED = 4
"""Wealth above so many times that of the starting table is more than adventures of the level usually bring."""

Ware = Weapon | Armor


def purse(sheet: CharacterSheet) -> int | None:
    """The stated coins in copper pieces; None without any stated."""
    if sheet.coins is None:
        return None
    counts = [(cast("int | None", getattr(sheet.coins, coin)), worth) for coin, worth in COIN_VALUE_CP.items()]
    known = [count * worth for count, worth in counts if count is not None]
    return sum(known) if known else None


def _ware(name: str, edition: Edition) -> Ware | None:
    return armor_of(name) or weapon_of(name, edition)


def _start(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Said:
    if sheet.total_level != 1:
        return Skip.NOT_APPLICABLE
    person, edition = reckon(sheet, dossier), dossier.edition
    if not person.classes:
        return Skip.NOT_CHECKABLE
    table = person.classes[0].table
    background = background_named(sheet.background or "", edition)
    free = tuple(_package_items(table, background))
    bought: list[tuple[int, str, str]] = []
    for path, name, count in _arms(sheet):
        row = _ware(name, edition)
        if row is not None and not any(_covers(item, row, edition) for item in free):
            bought.append((row.cost_cp * count, path, row.name))
    gold = _starting_gold(table, background, edition) * 100
    if not bought or sum(cost for cost, _, _ in bought) <= gold:
        return ()
    _, path, name = max(bought)
    message = (
        f"{name} is no part of what a {table.name.lower()} starts with, and costs more than the {price_text(gold)} "
        "that could be spent instead."
    )
    return (mark(path, message, expected="a package of the class or the background", found=name),)


def _arms(sheet: CharacterSheet) -> Iterator[tuple[str, str, int]]:
    """Path, name and number of everything owned that may be a weapon or armour, each thing once."""
    seen = set[str]()
    for at, item in enumerate(sheet.equipment):
        seen.add(fold(item.name))
        yield pointer("equipment", at), item.name, max(1, item.quantity or 1)
    worn = [
        ("/armor", sheet.armor or ""),
        *((pointer("weapons", at), entry.name) for at, entry in enumerate(sheet.weapons)),
    ]
    for path, name in worn:
        if name and fold(name) not in seen:
            seen.add(fold(name))
            yield path, name, 1


def _package_items(table: ClassTable, background: Background | None) -> Iterable[str]:
    for group in table.packages():
        for package in group:
            yield from package.items
    if background is not None:
        yield from Package.parse(background.package).items


def _covers(item: str, row: Ware, edition: Edition) -> bool:
    """Whether an entry of a package ("chain mail", "any martial melee weapon") is or may be the ware."""
    if not item.startswith("any "):
        return _ware(item, edition) == row
    if isinstance(row, Armor) or "weapon" not in item:
        return False
    asked = set(item.split())
    return all(
        not asked & kinds or own in asked
        for own, kinds in ((row.category, {"simple", "martial"}), (row.kind, {"melee", "ranged"}))
    )


def _starting_gold(table: ClassTable, background: Background | None, edition: Edition) -> int:
    """The most gold pieces that a character of level 1 has to spend."""
    own = table.starting_gold if table.starting_gold is not None else _ROLLED_GOLD
    if background is None:
        return own + (50 if edition == "5.2" else 15)
    return own + background.gold


def _first_wealth(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Said:
    if sheet.total_level != 1:
        return Skip.NOT_APPLICABLE
    person, owned = reckon(sheet, dossier), purse(sheet)
    owned = sheet.wealth if owned is None else owned
    if owned is None:
        return Skip.NOT_APPLICABLE
    if not person.classes:
        return Skip.NOT_CHECKABLE
    table = person.classes[0].table
    most = _starting_gold(table, background_named(sheet.background or "", dossier.edition), dossier.edition) * 100
    if owned <= most:
        return ()
    message = (
        f"A level 1 {table.name.lower()} starts with {price_text(most)} at the most, not with {price_text(owned)}."
    )
    path = "/coins" if purse(sheet) is not None else "/wealth"
    return (mark(path, message, expected=f"at most {price_text(most)}", found=price_text(owned)),)


def _later_wealth(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Said:
    level = sheet.total_level
    row = higher_start(level) if level is not None and level <= HIGHEST_LEVEL else None
    if row is None:
        return Skip.NOT_APPLICABLE
    findings: list[Finding] = []
    owned = purse(sheet)
    base = _base_gold(sheet, dossier)
    most = (row.most_gold + base) * _PLAYED * 100
    if owned is not None and owned > most:
        message = (
            f"A character who starts at level {level} has up to {row.most_gold + base:,} gp; {price_text(owned)} are "
            "far more than that."
        )
        findings.append(mark("/coins", message, expected=f"up to {price_text(most)}", found=price_text(owned)))
    magical = [item for item in sheet.equipment if _lasting(item, dossier.edition)]
    usual = sum(row.items.values())
    if len(magical) > 2 * usual + 2:
        items = counted(usual, "magic item")
        message = f"A character who starts at level {level} has {items}; {len(magical)} are far more than that."
        findings.append(mark("/equipment", message, expected=f"about {usual}", found=str(len(magical))))
    return findings


def _base_gold(sheet: CharacterSheet, dossier: Dossier) -> int:
    held = reckon(sheet, dossier).classes
    if not held:
        return _ROLLED_GOLD
    return _starting_gold(held[0].table, background_named(sheet.background or "", dossier.edition), dossier.edition)


def _lasting(item: Possession, edition: Edition) -> bool:
    """Whether it is a magic item that is not used up."""
    row = item_of(item.name, edition)
    return not row.consumable if row is not None else bool(rarities_in(item.rarity or ""))


def _coin_sum(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Said:  # noqa: ARG001 -- the shape of a check
    owned, stated = purse(sheet), sheet.wealth
    if owned is None or stated is None:
        return Skip.NOT_CHECKABLE
    if owned == stated:
        return ()
    right = price_text(owned)
    message = f"The coins add up to {right}, not {price_text(stated)}."
    return (mark("/wealth", message, expected=right, found=price_text(stated), correct=right),)


_FIGHTER = Example("fighter_3")
_ROGUE = Example("rogue_5")
_FIRST = {"/classes/0/level": 1, "/level": 1, "/classes/0/subclass": None}

RULES = (
    sheet_rule(
        _start,
        id="EQ5",
        title="A first-level character has starting equipment",
        severity=Severity.WARNING,
        source="SRD 5.1 the class entries, Equipment; SRD 5.2 Classes, Core Traits",
        prompt="Give a level 1 character the weapons and armor of a starting package, or what the starting gold buys.",
        needs=("classes",),
        passing=(Example("fighter_3", _FIRST), Example("wizard_5", _FIRST)),
        failing=(
            Example("wizard_5", {**_FIRST, "/equipment/-": {"name": "Plate Armor"}}),
            Example("wizard_5_2014", {**_FIRST, "/equipment/-": {"name": "Half Plate"}}),
        ),
    ),
    sheet_rule(
        _first_wealth,
        id="EQ6",
        title="First-level wealth is what class and background give",
        severity=Severity.WARNING,
        source="SRD 5.1 the class entries, Equipment; SRD 5.2 Character Creation, Starting Equipment",
        prompt="Give a level 1 character no more gold than class and background start with.",
        needs=("classes",),
        passing=(Example("fighter_3", {**_FIRST, "/coins": {"gp": 20}}),),
        failing=(
            Example("fighter_3", {**_FIRST, "/coins": {"gp": 5000}}),
            Example("wizard_5_2014", {**_FIRST, "/coins": {"pp": 60}}),
        ),
    ),
    sheet_rule(
        _later_wealth,
        id="EQ7",
        title="Wealth and magic items suit the level",
        severity=Severity.WARNING,
        source="SRD 5.2 Character Creation, Starting at Higher Levels",
        prompt="Keep gold and the number of magic items near those of the starting table at the character's level.",
        editions=("5.2",),
        passing=(
            _FIGHTER,
            _ROGUE,
            Example("fighter_3", {"/classes/0/level": 18, "/level": 18, "/coins": {"gp": 25000}}),
        ),
        failing=(
            Example("fighter_3", {"/coins": {"gp": 20000}}),
            Example(
                "fighter_3",
                {
                    "/equipment": [
                        "Cloak of Protection",
                        "Ring of Warmth",
                        "Bag of Holding",
                        "Ring of Swimming",
                        "Wand of Web",
                    ]
                },
            ),
        ),
    ),
    sheet_rule(
        _coin_sum,
        id="EQ17",
        title="Coins add up",
        severity=Severity.ERROR,
        source="SRD 5.1 Equipment, Coinage; SRD 5.2 Equipment, Coins",
        prompt="10 copper make a silver piece, 5 silver an electrum, 10 silver a gold, 10 gold a platinum piece.",
        about=("wealth",),
        needs=("coins",),
        passing=(Example("fighter_3", {"/coins": {"gp": 12, "sp": 5, "cp": 3}, "/wealth": "12 gp 5 sp 3 cp"}),),
        failing=(
            Example("fighter_3", {"/coins": {"gp": 12, "pp": 2}, "/wealth": "14 gp"}),
            Example("fighter_3", {"/coins": {"ep": 4}, "/wealth": "4 gp"}),
        ),
    ),
)
