"""EQ1-EQ4, EQ16: things on a sheet exist, cost what they cost, and are what the tables say; hands suffice for them."""

import re
from collections.abc import Iterator

from dnd.rules.building import Mark, pointer
from dnd.rules.dossier import Dossier, Example
from dnd.rules.finding import Finding, Severity
from dnd.rules.mechanics import Said, name_severity, sheet_rule
from dnd.rules.reckoning import reckon
from dnd.rules.rule import Skip
from dnd.rules.wares import armor_of, gear_of, is_plain, item_of, known_thing, plain_name, price_text
from dnd.rules.wielding import Wielded, wielded
from dnd.sheets.sheet import CharacterSheet, Possession
from dnd.srd.armor import SHIELD_BONUS, Armor
from dnd.srd.names import NameKind, NameState, look_up
from dnd.srd.near import fold
from dnd.srd.wares import magic_bonus

_SURE_LENGTH = 8
"""Letters from which on a thing's misspelt name is taken for the one near it: a coat is no goat."""
_STATED_AC = re.compile(r"\b(?:AC|armou?r class)\s*:?\s*(\d{1,2})\b", re.IGNORECASE)
_AMMUNITION = {"arrow": "arrow", "bolt": "bolt", "needle": "needle"}
"""What is shot → the word that names it in an inventory. Stones for a sling lie everywhere."""


def _exists(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Iterator[Finding]:
    for index, item in enumerate(sheet.equipment):
        finding = _unknown(mark, item, pointer("equipment", index, "name"), dossier)
        if finding is not None:
            yield finding
    for index, name in enumerate(sheet.attuned):
        finding = _unknown(mark, Possession(name=name, attuned=True), pointer("attuned", index), dossier)
        if finding is not None:
            yield finding


def _unknown(mark: Mark, item: Possession, path: str, dossier: Dossier) -> Finding | None:
    """A thing of no catalogue: a warning if it claims to be magical or is misspelt, else worth a word at most."""
    name, edition = plain_name(item.name), dossier.edition
    magical = bool(item.attuned or item.rarity or magic_bonus(item.name))
    if item_of(item.name, edition) or (not magical and known_thing(item.name, edition)):
        return None
    kinds = (NameKind.MAGIC_ITEM,) if magical else (NameKind.GEAR, NameKind.MAGIC_ITEM)
    found = [look_up(kind, name, edition) for kind in kinds]
    near = tuple(dict.fromkeys(word for entry in found for word in entry.near))
    if any(entry.state is NameState.PUBLISHED for entry in found):
        return mark(
            path, f"{item.name} is published, but not in the SRD {edition}.", found=item.name, severity=Severity.INFO
        )
    if near and len(fold(name)) >= _SURE_LENGTH:
        right = " or ".join(near)
        message = f"The SRD {edition} has no {item.name}; {right} is meant, perhaps."
        if len(near) == 1:
            return mark(path, message, expected=right, found=item.name, correct=near[0])
        return mark(path, message, expected=right, found=item.name)
    if not magical and dossier.names == "homebrew_ok":  # people own things that no list has: letters, lockets, hats
        return None
    weight = name_severity(found[0], dossier.names) if magical else Severity.INFO
    kind = "magic item" if magical else "thing in the equipment lists"
    return mark(path, f"The SRD {edition} has no {kind} called {item.name}.", found=item.name, severity=weight)


def _prices(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Said:
    stated = [(index, item, item.price) for index, item in enumerate(sheet.equipment) if item.price is not None]
    if not stated:
        return Skip.NOT_APPLICABLE
    findings: list[Finding] = []
    for index, item, price in stated:
        row = None if item.rarity or item.attuned else gear_of(item.name, dossier.edition)
        if row is None or not row.cost_cp:
            continue
        count = max(1, item.quantity or 1)
        lists = {row.cost_cp, row.cost_cp / row.bundle, row.cost_cp * count, row.cost_cp * count / row.bundle}
        if any(0.5 * list_price <= price <= 2 * list_price for list_price in lists):
            continue
        pieces = f" for {row.bundle}" if row.bundle > 1 else ""
        right = price_text(row.cost_cp)
        message = f"{row.name} costs {right}{pieces} by the list, not {price_text(price)}."
        path = pointer("equipment", index, "price")
        findings.append(mark(path, message, expected=right, found=price_text(price)))
    return findings


def _weapon_table(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Said:
    rows = [entry for entry in wielded(reckon(sheet, dossier)) if entry.dice]
    return [finding for entry in rows for finding in _of_weapon(mark, entry)] if rows else Skip.NOT_CHECKABLE


def _of_weapon(mark: Mark, entry: Wielded) -> Iterator[Finding]:
    row, damage, name = entry.row, entry.weapon.damage, entry.row.name.lower()
    weight = Severity.WARNING if entry.special else mark.severity
    if entry.weapon.two_handed is False and "two-handed" in row.properties:
        message = f"A {name} is wielded in two hands."
        path = f"{entry.path}/two_handed"
        yield mark(path, message, expected="two-handed", found="one-handed", correct=True, severity=weight)
    if damage is None:
        return
    stated = damage.dice
    if stated.sides and all((dice.count, dice.sides) != (stated.count, stated.sides) for dice in entry.dice):
        right = entry.dice[0].model_copy(update={"bonus": stated.bonus})
        found = f"{stated.count}d{stated.sides}"
        allowed = " or ".join(dict.fromkeys(map(str, entry.dice)))
        message = f"A {name} deals {allowed} {row.damage_type} damage by the table, not {found}."
        path = f"{entry.path}/damage/dice"
        yield mark(path, message, expected=str(entry.dice[0]), found=found, correct=str(right), severity=weight)
    kind = damage.type
    if kind and kind != row.damage_type and not entry.special and "pact of the blade" not in entry.reckoning.names:
        message = f"A {name} deals {row.damage_type} damage by the table, not {kind}."
        path = f"{entry.path}/damage/type"
        yield mark(path, message, expected=row.damage_type, found=kind, correct=row.damage_type)


def _armor_table(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Said:  # noqa: ARG001 -- the shape of a check
    owned = [(pointer("equipment", at), item, armor_of(item.name)) for at, item in enumerate(sheet.equipment)]
    worn = armor_of(sheet.armor) if sheet.armor else None
    suits = [(f"{base}/name", item.name, row) for base, item, row in owned if row]
    if sheet.armor and worn:
        suits.append(("/armor", sheet.armor, worn))
    if not suits:
        return Skip.NOT_APPLICABLE
    found = [
        *(_stated_class(mark, path, text, row, sheet) for path, text, row in suits if row.category != "shield"),
        *(_stated_weight(mark, base, item, row) for base, item, row in owned if row and not item.rarity),
    ]
    return [finding for finding in found if finding is not None]


def _stated_class(mark: Mark, path: str, text: str, row: Armor, sheet: CharacterSheet) -> Finding | None:
    """An Armor Class beside the name, as the table's or as the wearer's, with or without a shield."""
    stated = _STATED_AC.search(text)
    if stated is None:
        return None
    dexterity, bonus, value = sheet.modifier("dex"), magic_bonus(text), int(stated[1])
    bases = {row.base, row.base if dexterity is None else row.armor_class(dexterity)}
    if {value, value - SHIELD_BONUS} & {base + bonus for base in bases}:
        return None
    right = row.base + bonus
    message = f"{row.name} has an Armor Class of {right} before Dexterity, not {value}."
    return mark(path, message, expected=str(right), found=str(value))


def _stated_weight(mark: Mark, base: str, item: Possession, row: Armor) -> Finding | None:
    weight = item.weight
    if weight is None or not is_plain(item.name, row.name):
        return None
    if weight in {row.weight_lb, row.weight_lb * (item.quantity or 1)}:
        return None
    message = f"{row.name} weighs {row.weight_lb} lb., not {weight:g} lb."
    right, found = f"{row.weight_lb} lb.", f"{weight:g} lb."
    return mark(f"{base}/weight", message, expected=right, found=found, correct=float(row.weight_lb))


def _hands(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Said:
    known = wielded(reckon(sheet, dossier))
    if not known:
        return Skip.NOT_CHECKABLE
    findings = list(_shield_hand(mark, known)) if sheet.shield else []
    owned = " ".join(fold(item.name) for item in sheet.equipment)
    for entry in known if owned and "quiver" not in owned else ():
        word = _AMMUNITION.get(entry.row.ammunition or "")
        if word and word not in owned:
            message = f"A {entry.row.name.lower()} needs {word}s, and the equipment has none."
            findings.append(mark(entry.path, message, expected=f"{word}s", found="none"))
    return findings


def _shield_hand(mark: Mark, known: tuple[Wielded, ...]) -> Iterator[Finding]:
    """A shield needs a hand. Whoever has a weapon for one hand may use it with the shield and put away the others."""
    if not all(map(_in_two_hands, known)):
        return
    for entry in known:
        message = f"A shield takes one hand, and the {entry.row.name.lower()} as stated takes both."
        expected = "a weapon for one hand, or no shield"
        yield mark(entry.path, message, expected=expected, found=f"{entry.row.name} and a shield")


def _in_two_hands(entry: Wielded) -> bool:
    row, damage = entry.row, entry.weapon.damage
    if "two-handed" in row.properties or entry.weapon.two_handed:
        return True
    if damage is None or not row.versatile or row.versatile == row.dice:
        return False
    return f"{damage.dice.count}d{damage.dice.sides}" == row.versatile


_FIGHTER = Example("fighter_3")
_ROGUE = Example("rogue_5")
_RANGER = Example("ranger_5_2014")
_BARBARIAN = Example("barbarian_5")
_GREATAXE = {"name": "Greataxe", "damage": "1d12+3 slashing"}

RULES = (
    sheet_rule(
        _exists,
        id="EQ1",
        title="Equipment is in the lists",
        severity=Severity.WARNING,
        source="SRD 5.1 Equipment and Magic Items; SRD 5.2 Equipment and Magic Items",
        prompt="Use equipment and magic items of the SRD, spelt as there, unless the request names others.",
        passing=(_FIGHTER, _ROGUE, _RANGER, Example("rogue_5", {"/equipment/-": {"name": "+1 Dagger"}})),
        failing=(
            Example("rogue_5", {"/equipment/-": {"name": "Sword of Infinite Edges", "rarity": "rare"}}),
            Example("rogue_5", {"/equipment/-": {"name": "Potion of Heeling"}}),
            Example("rogue_5", {"/attuned": ["Orb of Endless Soup"]}, names="official"),
        ),
    ),
    sheet_rule(
        _prices,
        id="EQ2",
        title="Prices are near those of the lists",
        severity=Severity.WARNING,
        source="SRD 5.1 Equipment; SRD 5.2 Equipment",
        prompt="Price equipment between half and twice the list price.",
        about=("equipment",),
        passing=(
            Example("rogue_5", {"/equipment/-": {"name": "Plate Armour", "price": "1,500 gp"}}),
            Example("rogue_5", {"/equipment/-": {"name": "Arrows", "quantity": 20, "price": "1 gp"}}),
        ),
        failing=(
            Example("rogue_5", {"/equipment/-": {"name": "Plate Armour", "price": "150 gp"}}),
            Example("ranger_5_2014", {"/equipment/-": {"name": "Dagger", "price": "20 gp"}}),
        ),
    ),
    sheet_rule(
        _weapon_table,
        id="EQ3",
        title="Weapons are as in the table",
        severity=Severity.ERROR,
        source="SRD 5.1 Equipment, Weapons; SRD 5.2 Equipment, Weapons",
        prompt="Give a weapon the damage dice, the damage type and the properties of the weapon table.",
        about=("weapons",),
        passing=(_FIGHTER, _ROGUE, _RANGER, Example("barbarian_5", {"/weapons": [_GREATAXE]})),
        failing=(
            Example("barbarian_5", {"/weapons": [{**_GREATAXE, "damage": "2d6+3 slashing"}]}),
            Example("barbarian_5", {"/weapons": [{**_GREATAXE, "damage": "1d12+3 piercing"}]}),
            Example("barbarian_5", {"/weapons": [{**_GREATAXE, "two_handed": False}]}),
        ),
    ),
    sheet_rule(
        _armor_table,
        id="EQ4",
        title="Armor is as in the table",
        severity=Severity.ERROR,
        source="SRD 5.1 Equipment, Armor; SRD 5.2 Equipment, Armor",
        prompt="Give armor the Armor Class and the weight of the armor table.",
        passing=(
            _FIGHTER,
            Example("fighter_3", {"/armor": "Chain Mail (AC 16)"}),
            Example("fighter_3", {"/equipment/-": {"name": "Plate", "weight": 65}}),
        ),
        failing=(
            Example("fighter_3", {"/armor": "Chain Mail (AC 15)"}),
            Example("fighter_3", {"/equipment/-": {"name": "Chain Shirt", "weight": 55}}),
        ),
    ),
    sheet_rule(
        _hands,
        id="EQ16",
        title="Hands and ammunition suffice",
        severity=Severity.WARNING,
        source="SRD 5.1 Equipment, Weapon Properties; SRD 5.2 Equipment, Properties",
        prompt="Whoever carries a shield fights with one hand; a weapon that shoots needs its ammunition.",
        about=("weapons",),
        passing=(_FIGHTER, _ROGUE, _RANGER, Example("cleric_5")),
        failing=(
            Example("barbarian_5", {"/weapons": [_GREATAXE], "/shield": True}),
            Example("barbarian_5", {"/weapons": [{"name": "Longsword", "damage": "1d10+3"}], "/shield": True}),
            Example("barbarian_5", {"/weapons": [{"name": "Longbow"}], "/equipment": ["Longbow"]}),
        ),
    ),
)
