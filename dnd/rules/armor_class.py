"""AC1, AC2, AC6: Armor Class follows from what is worn, from Dexterity and from one formula."""

from collections.abc import Iterable, Iterator

from dnd.rules.bearing import met, modifiers, worn
from dnd.rules.building import Mark, pointer
from dnd.rules.dossier import Dossier, Example
from dnd.rules.finding import Finding, Severity
from dnd.rules.mechanics import Said, sheet_rule
from dnd.rules.outfit import Outfit, Suit, outfit_of, shield_named, suit_bonus, suits_named
from dnd.rules.reckoning import Extra, Reckoning, Sums, mend, reckon
from dnd.rules.rule import Skip
from dnd.sheets.sheet import CharacterSheet
from dnd.srd.abilities import Ability
from dnd.srd.exceptions import LegalException
from dnd.srd.near import fold
from dnd.srd.resources import resource

ARMOR_SOURCE = "SRD 5.1 Equipment (Armor); SRD 5.2 Equipment (Armor)"
BARE_SOURCE = "SRD 5.1 Using Ability Scores (Armor Class); SRD 5.2 Rules Glossary and Classes (Armor Class)"
_UNARMORED = 10
"""Armor Class before Dexterity, without armour."""
_IN_HAND = frozenset({"Defender", "Staff of Power"})
"""Items whose bonus is there only as long as they are held, or as much as their owner chooses."""


def _extras(person: Reckoning, outfit: Outfit, *, bare: bool) -> tuple[Extra, ...]:
    """What items and fighting styles add, with armour on or without."""
    found: list[Extra] = []
    for each in worn(person):
        effect = each.effect
        bonus = effect.armor_class
        if not bonus or suits_named(effect.name) or (effect.without_armor and not (bare and outfit.shields == (0,))):
            continue
        if effect.name == "Defender":
            found += [Extra(amount, "") for amount in range(1, bonus)]
        else:
            sure = each.sure and not effect.passing and effect.name not in _IN_HAND
            found.append(Extra(bonus, "always" if sure else ""))
    if not bare:
        found += _style(person)
    return tuple(found)


def _style(person: Reckoning) -> list[Extra]:
    """The style Defense, where it is named; where styles are left unsaid, it may be meant."""
    named = [Extra(each.amount, "always") for each in met(person, "armor_bonus")]
    if named or person.sheet.fighting_styles:
        return named
    styles = (resource("fighting style", held.id, held.level, person.edition) for held in person.classes)
    return [Extra(1, "")] if any(styles) else []


def _armored(person: Reckoning, outfit: Outfit, suits: Iterable[Suit]) -> Sums | None:
    """The legal Armor Classes in any of these suits; None without Dexterity."""
    dexterities = modifiers(person, "dex")
    if not dexterities:
        return None
    bases = [
        suit.armor.armor_class(dexterity) + suit_bonus(suit, person) + shield
        for suit in suits
        for dexterity in dexterities
        for shield in outfit.shields
    ]
    return person.sums(bases, _extras(person, outfit, bare=False))


def _formulas(person: Reckoning) -> Iterator[tuple[LegalException, bool]]:
    for each in met(person, "armor_class"):
        yield each.row, each.sure


def _sum(person: Reckoning, base: int, abilities: Iterable[Ability]) -> int | None:
    """A formula with the stated scores; None where one is missing."""
    parts = [modifiers(person, ability) for ability in abilities]
    return base + sum(max(part) for part in parts) if all(parts) else None


def _bases(person: Reckoning, outfit: Outfit, *, sure_only: bool = False) -> set[int]:
    """Every legal Armor Class without armour before items; `sure_only`: by class features that are always there."""
    found: set[int] = set()
    plain = [_UNARMORED + value for value in modifiers(person, "dex")]
    if not sure_only:
        found.update(value + shield for value in plain for shield in outfit.shields)
        robes = [each.effect.base_armor_class for each in worn(person) if each.effect.base_armor_class]
        found.update(
            base - _UNARMORED + value + shield for base in robes for value in plain for shield in outfit.shields
        )
        if _may_cast_mage_armor(person):
            found.update(3 + value + shield for value in plain for shield in outfit.shields)
    for row, sure in _formulas(person):
        total = _sum(person, row.amount, row.abilities)
        if total is None or (sure_only and not sure):
            continue
        shields = [0] if "shield" in row.without else outfit.shields
        if "shield" not in row.without or 0 in outfit.shields:
            found.update(total + shield for shield in shields)
    return found


def _may_cast_mage_armor(person: Reckoning) -> bool:
    """A sheet that lists no spells does not say whether its caster knows the spell."""
    silent = not any(entry.spells for entry in person.sheet.spellcasting)
    return silent and any(held.id in {"sorcerer", "wizard"} for held in person.classes)


def _in_armor(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Said:
    person = reckon(sheet, dossier)
    outfit = outfit_of(person)
    if outfit is None:
        return Skip.NOT_CHECKABLE
    suits = [suit for suit in outfit.suits if suit is not None]
    if not suits:
        return Skip.NOT_APPLICABLE
    legal, stated = _armored(person, outfit, suits), sheet.armor_class
    if legal is None or stated is None:
        return Skip.NOT_CHECKABLE
    if stated in legal or (None in outfit.suits and stated in _unarmored(person, outfit)):
        return ()
    right = legal.right if None not in outfit.suits else None
    worn_name = " or ".join(dict.fromkeys(suit.armor.name for suit in suits))
    shield = " and a shield" if outfit.shield else ""
    dexterity = modifiers(person, "dex")[0]
    how = f"In {worn_name}{shield}, with a Dexterity modifier of {dexterity:+d}, the Armor Class is"
    return (_told(mark, person, legal, right, how),)


def _told(mark: Mark, person: Reckoning, legal: Sums, right: int | None, how: str) -> Finding:
    stated = person.sheet.armor_class or 0
    wanted = " or ".join(str(value) for value in sorted(legal.values))
    explained = person.unknown and stated > max(legal.values)
    return mark(
        "/armor_class",
        f"{how} {wanted}, not {stated}.",
        expected=wanted,
        found=str(stated),
        severity=Severity.WARNING if explained else None,
        fix=None if explained else mend(mark, "/armor_class", right),
    )


def _unarmored(person: Reckoning, outfit: Outfit) -> Sums:
    return person.sums(_bases(person, outfit), _extras(person, outfit, bare=True))


def _bare(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Said:
    person = reckon(sheet, dossier)
    outfit = outfit_of(person)
    if outfit is None or not outfit.bare:
        return Skip.NOT_CHECKABLE if outfit is None else Skip.NOT_APPLICABLE
    if sheet.armor_class is None or not modifiers(person, "dex") or (sheet.classes and not person.complete):
        return Skip.NOT_CHECKABLE
    legal, sure = _unarmored(person, outfit), _bases(person, outfit, sure_only=True)
    if sheet.armor_class in legal:
        return list(_forgone(mark, person, outfit, sure))
    return () if _monk_with_shield(person, outfit) else _wrong(mark, person, outfit, legal)  # a monk's shield is AC6's


def _wrong(mark: Mark, person: Reckoning, outfit: Outfit, legal: Sums) -> Said:
    if _both(person, outfit):
        how = "Only one formula of Armor Class counts, and Constitution and Wisdom are not both added: it is"
        return (_told(mark, person, legal, None, how),)
    best = person.sums({max(_bases(person, outfit))}, _extras(person, outfit, bare=True)) if _settled(person) else None
    right = best.right if best and outfit.shield is not None else None
    return (_told(mark, person, legal, right, "Without armor, the Armor Class is"),)


def _settled(person: Reckoning) -> bool:
    """Whether no formula hangs on a choice or a spell."""
    chosen = _may_cast_mage_armor(person) or any(not sure for _, sure in _formulas(person))
    robes = any(each.effect.base_armor_class for each in worn(person))
    return not chosen and not robes and len(modifiers(person, "dex")) == 1


def _forgone(mark: Mark, person: Reckoning, outfit: Outfit, sure: set[int]) -> Iterator[Finding]:
    """A class feature gives a better formula than the one that the sheet uses: legal, and hardly meant."""
    extras, stated = _extras(person, outfit, bare=True), person.sheet.armor_class or 0
    if not sure or stated in person.sums(sure, extras) or not _settled(person) or outfit.shield is None:
        return
    best = person.sums({max(sure)}, extras)
    if best.right is not None and stated < best.right:
        source = next(row.source for row, is_sure in _formulas(person) if is_sure)
        message = f"With {source} the Armor Class is {best.right}; the sheet has {stated}, as if without it."
        right, found = str(best.right), str(stated)
        yield mark("/armor_class", message, expected=right, found=found, severity=Severity.WARNING, correct=best.right)


def _both(person: Reckoning, outfit: Outfit) -> bool:
    """Whether the stated number adds the abilities of two formulas together."""
    total = _sum(person, _UNARMORED, ("dex", "con", "wis"))
    if total is None or not {"barbarian", "monk"} <= person.levels.keys():
        return False
    return person.sheet.armor_class in {total + shield for shield in outfit.shields}


def _monk_with_shield(person: Reckoning, outfit: Outfit) -> bool:
    total = _sum(person, _UNARMORED, ("dex", "wis"))
    if total is None or "monk" not in person.levels or not outfit.shield or not outfit.bare:
        return False
    return person.sheet.armor_class in {total, *(total + shield for shield in outfit.shields)}


def _one_each(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Said:
    """Of what is marked as worn: what merely lies in the pack is nobody's fault."""
    person = reckon(sheet, dossier)
    outfit = outfit_of(person)
    findings = list(_doubled(mark, sheet))
    stated = sheet.armor_class
    if outfit is None or stated is None or not _monk_with_shield(person, outfit):
        return findings
    if stated not in _unarmored(person, outfit):
        message = (
            "A monk with a shield has no Unarmored Defense: the Armor Class of "
            f"{stated} adds Wisdom in spite of the shield."
        )
        wanted = " or ".join(str(value) for value in sorted(_unarmored(person, outfit).values))
        findings.append(mark("/armor_class", message, expected=wanted, found=str(stated)))
    return findings


def _doubled(mark: Mark, sheet: CharacterSheet) -> Iterator[Finding]:
    suits = [
        (index, item.name) for index, item in enumerate(sheet.equipment) if item.equipped and suits_named(item.name)
    ]
    shields = [
        (index, item.name) for index, item in enumerate(sheet.equipment) if item.equipped and shield_named(item.name)
    ]
    named = fold(sheet.armor or "")
    for found, word in ((suits, "suit of armor"), (shields, "shield")):
        if word != "shield" and named and found and all(fold(name) != named for _, name in found):
            found.insert(0, (-1, sheet.armor or ""))
        for index, name in found[1:]:
            message = f"Only one {word} is worn at a time: {name} comes on top of {found[0][1]}."
            path = pointer("equipment", index, "equipped")
            yield mark(path, message, expected=f"one {word}", found=f"{len(found)}")
        for index, name in found[:1]:
            count = sheet.equipment[index].quantity if index >= 0 and sheet.equipment[index].equipped else 1
            if word == "shield" and count is not None and count > 1:
                message = f"Only one shield is worn at a time: {count} of {name} are marked as worn."
                yield mark(pointer("equipment", index, "quantity"), message, expected="one shield", found=str(count))


_ARMORED = Example("fighter_3_rogue_2")
_WIZARD = Example("wizard_5")
_SCORES = ("ability_scores.dex",)

RULES = (
    sheet_rule(
        _in_armor,
        id="AC1",
        title="Armor Class follows from the armor",
        severity=Severity.ERROR,
        source=ARMOR_SOURCE,
        prompt=(
            "Armor Class is that of the armor, plus Dexterity as far as the armor allows, plus 2 for a shield and the "
            "bonuses of items and features."
        ),
        about=("armor_class",),
        needs=_SCORES,
        passing=(
            _ARMORED,
            Example("paladin_6"),
            Example("cleric_5_2014"),
            Example("fighter_3_rogue_2", {"/attuned/-": "Ring of Protection", "/armor_class": 16}),
            Example("fighter_3_rogue_2", {"/armor": "+1 Studded Leather", "/armor_class": 16}),
        ),
        failing=(
            Example("fighter_3_rogue_2", {"/armor_class": 17}),
            Example("fighter_3_rogue_2", {"/armor": "Plate Armor"}),
            Example("cleric_5_2014", {"/armor_class": 22}),
        ),
    ),
    sheet_rule(
        _bare,
        id="AC2",
        title="Armor Class without armor follows from one formula",
        severity=Severity.ERROR,
        source=BARE_SOURCE,
        prompt=(
            "Without armor, Armor Class is 10 plus Dexterity, or what one formula of a class feature or spell gives."
        ),
        about=("armor_class",),
        needs=_SCORES,
        passing=(
            _WIZARD,
            Example("barbarian_5"),
            Example("wizard_5", {"/spellcasting/0/prepared/-": "Mage Armor", "/armor_class": 15}),
            Example("barbarian_5", {"/shield": True, "/armor_class": 17}),
        ),
        failing=(
            Example("wizard_5", {"/armor_class": 18}),
            Example("barbarian_5", {"/armor_class": 12}),
            Example("barbarian_5", {"/classes/-": {"name": "Monk", "level": 1}, "/armor_class": 16}),
            Example("wizard_5_2014", {"/armor_class": 13}),
        ),
    ),
    sheet_rule(
        _one_each,
        id="AC6",
        title="One suit of armor and one shield are worn",
        severity=Severity.ERROR,
        source="SRD 5.1 Equipment (Armor) and Monk; SRD 5.2 Equipment (Armor) and Monk (Unarmored Defense)",
        prompt="Wear one suit of armor and one shield at most; a monk's Unarmored Defense goes with neither.",
        passing=(
            _WIZARD,
            Example("paladin_6"),
            Example("fighter_3_rogue_2", {"/equipment/0/equipped": True}),
        ),
        failing=(
            Example("fighter_3_rogue_2", {"/equipment/-": {"name": "Chain Shirt", "equipped": True}}),
            Example("paladin_6", {"/equipment/-": {"name": "Shield", "equipped": True, "quantity": 2}}),
            Example(
                "barbarian_5",
                {"/classes/0": {"name": "Monk", "level": 5}, "/shield": True, "/armor_class": 15},
            ),
        ),
    ),
)
