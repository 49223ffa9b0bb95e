"""AC3, AC5, AC7: who may wear what, and what wearing it costs."""

import re
from collections.abc import Iterator

from dnd.rules.building import Mark
from dnd.rules.dossier import Dossier, Example
from dnd.rules.finding import Finding, Severity
from dnd.rules.mechanics import Said, sheet_rule
from dnd.rules.outfit import Outfit, outfit_of
from dnd.rules.reckoning import Reckoning, reckon
from dnd.rules.rule import Skip
from dnd.rules.trainings import armor_claims, armor_training, categories_named, said_classes
from dnd.sheets.sheet import CharacterSheet

_SILENT = re.compile(
    r"\b(?:silent(?:ly)?|noiseless|soundless|quiet|muffled|without (?:any )?(?:stealth )?disadvantage"
    r"|no (?:stealth )?disadvantage|advantage on stealth)\b",
    re.IGNORECASE,
)
_NO_NOISE = re.compile(r"\b(?:mithral|elven)\b", re.IGNORECASE)
"""Armour that takes the disadvantage away (Mithral Armor), or is worn by anybody (Elven Chain)."""


def _training(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Said:
    person = reckon(sheet, dossier)
    outfit = outfit_of(person)
    if not person.complete or outfit is None:
        return Skip.NOT_CHECKABLE
    if not (sheet.armor_training or outfit.suit or outfit.shield):
        return Skip.NOT_APPLICABLE
    # The list of a character of several classes is judged by MC3.
    claims = armor_claims(mark, person, "") if len(sheet.classes) == 1 else ()
    return [*_untrained(mark, person, outfit), *claims]


def _untrained(mark: Mark, person: Reckoning, outfit: Outfit) -> Iterator[Finding]:
    trained, sheet, suit = armor_training(person), person.sheet, outfit.suit
    listed = {kind for entry in sheet.armor_training for kind in categories_named(entry)}
    things = ((suit.armor.category, suit.name, "/armor"),) if suit is not None else ()
    shields = (("shield", "a shield", "/shield"),) if outfit.shield else ()
    for kind, name, path in (*things, *shields):
        if kind in trained:
            continue
        # Who lists the trainings and leaves this one out knows the price; who lists it is told of the list.
        known = bool(sheet.armor_training) and kind not in listed
        message = (
            f"{said_classes(person)} is not trained with {name}: wearing it gives disadvantage on Strength and "
            "Dexterity rolls and prevents spellcasting."
        )
        weight = Severity.INFO if known else None
        wanted = ", ".join(sorted(trained)) or "no armor"
        yield mark(path, message, expected=wanted, found=name, severity=weight)


def _stealth(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Said:
    outfit = outfit_of(reckon(sheet, dossier))
    suit = outfit.suit if outfit is not None else None
    if suit is None:
        return Skip.NOT_APPLICABLE
    if not suit.armor.stealth_disadvantage or _NO_NOISE.search(suit.name):
        return ()
    texts = (("/armor", sheet.armor), ("/armor_note", sheet.armor_note))
    return [
        mark(
            path,
            f"{suit.armor.name} gives disadvantage on Dexterity (Stealth) checks; the sheet calls it “{said[0]}”.",
            expected="disadvantage on Stealth",
            found=said[0],
        )
        for path, text in texts
        if text is not None and (said := _SILENT.search(text)) is not None
    ]


def _metal(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Said:
    person = reckon(sheet, dossier)
    outfit = outfit_of(person)
    suit = outfit.suit if outfit is not None else None
    if suit is None or "druid" not in person.levels:
        return Skip.NOT_APPLICABLE
    if not suit.metal:
        return ()
    message = f"Druids do not wear armor made of metal, and {suit.armor.name} is."
    return (mark("/armor", message, expected="armor that is not of metal", found=suit.name),)


_PAIR = Example("fighter_3_rogue_2")
_DRUID = {"/classes/0": {"name": "Druid", "level": 5, "subclass": "Circle of the Land"}}

RULES = (
    sheet_rule(
        _training,
        id="AC3",
        title="The character is trained with its armor and shield",
        severity=Severity.WARNING,
        source="SRD 5.1 Equipment (Armor Proficiency), Classes; SRD 5.2 Equipment (Armor Training), Classes",
        prompt="Wear only armor and shields that the class, a feature or a feat gives training with.",
        needs=("classes",),
        passing=(
            _PAIR,
            Example("paladin_6"),
            Example("cleric_5_2014"),
            Example("wizard_5", {"/feats/-": "Lightly Armored", "/armor": "Leather Armor"}),
        ),
        failing=(
            Example("wizard_5", {"/armor": "Plate Armor", "/armor_training": None}),
            Example("wizard_5", {"/armor_training": ["Light armor"]}),
            Example("wizard_5_2014", {"/shield": True}, edition="5.1"),
            Example("rogue_5", {"/armor": "Half Plate", "/armor_training": ["Light"]}),
            Example("wizard_5_2014", {"/armor_training": ["Heavy"], "/armor": "Chain Mail"}),
        ),
    ),
    sheet_rule(
        _stealth,
        id="AC5",
        title="Noisy armor is not called silent",
        severity=Severity.INFO,
        source="SRD 5.1 Equipment (Armor, Stealth); SRD 5.2 Equipment (Armor, Stealth)",
        prompt="Do not call armor silent that gives disadvantage on Stealth.",
        passing=(_PAIR, Example("fighter_3_rogue_2", {"/armor": "Mithral Plate", "/armor_note": "silent"})),
        failing=(
            Example("fighter_3_rogue_2", {"/armor": "Plate", "/armor_note": "plate, silent on the move"}),
            Example("cleric_5_2014", {"/armor_note": "chain mail, no stealth disadvantage"}),
        ),
    ),
    sheet_rule(
        _metal,
        id="AC7",
        title="Druids wear no metal",
        severity=Severity.WARNING,
        source="SRD 5.1 Druid (Proficiencies)",
        prompt="Give a druid no armor or shield made of metal.",
        editions=("5.1",),
        needs=("classes",),
        passing=(
            Example("cleric_5_2014", {**_DRUID, "/armor": "Hide armor"}),
            Example("cleric_5_2014", {**_DRUID, "/armor": "Dragon bone half plate"}),
        ),
        failing=(Example("cleric_5_2014", {**_DRUID, "/armor": "Half plate"}),),
    ),
)
