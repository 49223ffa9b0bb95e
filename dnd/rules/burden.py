"""EQ8, EQ9: what is carried can be carried."""

from typing import cast

from dnd.rules.building import Mark
from dnd.rules.dossier import Dossier, Example
from dnd.rules.finding import Finding, Severity
from dnd.rules.mechanics import Said, sheet_rule
from dnd.rules.origin import kin_of
from dnd.rules.reckoning import reckon
from dnd.rules.rule import Skip
from dnd.rules.wares import gear_of
from dnd.sheets.sheet import CharacterSheet, Possession
from dnd.srd.edition import Edition
from dnd.srd.monsters import (
    ENCUMBERED_LB_PER_STRENGTH,
    HEAVILY_ENCUMBERED_LB_PER_STRENGTH,
    SIZES,
    Size,
    carrying_capacity,
)
from dnd.srd.near import fold
from dnd.srd.vocabulary import COIN_VALUE_CP, COINS_PER_POUND

_BOTTOMLESS = ("bag of holding", "handy haversack", "portable hole", "efficient quiver")
"""What carries weight without being heavier for it."""
_STEPS = ((HEAVILY_ENCUMBERED_LB_PER_STRENGTH, 20), (ENCUMBERED_LB_PER_STRENGTH, 10))
"""Pounds for each point of Strength, and feet of speed lost beyond them; the heavier first."""


def carried(sheet: CharacterSheet, edition: Edition) -> float | None:
    """Pounds carried: as stated, or at least what the known weights add up to; None where nothing is known."""
    if sheet.carried_weight is not None:
        return sheet.carried_weight
    if any(word in fold(item.name) for item in sheet.equipment for word in _BOTTOMLESS):
        return None
    weights = (_weight(item, edition) for item in sheet.equipment)
    known = [weight for weight in weights if weight is not None]
    return sum(known) + _coin_weight(sheet) if known else None


def _weight(item: Possession, edition: Edition) -> float | None:
    """Pounds of a possession, never too many: of a stated weight it is open whether it is that of one or of all."""
    row, count = gear_of(item.name, edition), max(1, item.quantity or 1)
    if row is not None and row.category == "mounts and vehicles":
        return None
    unit = row.weight_lb / row.bundle if row is not None and row.weight_lb is not None else None
    if item.weight is None:
        return None if unit is None else unit * count
    return item.weight * count if unit is not None and item.weight <= unit else item.weight


def _coin_weight(sheet: CharacterSheet) -> float:
    if sheet.coins is None:
        return 0.0
    return sum(cast("int | None", getattr(sheet.coins, coin)) or 0 for coin in COIN_VALUE_CP) / COINS_PER_POUND


def _size_to_carry(sheet: CharacterSheet, edition: Edition) -> Size:
    """The size that counts: Medium where none is stated, one larger for a powerful build."""
    stated = (sheet.size or "").strip().lower()
    place = next((at for at, name in enumerate(SIZES) if name == stated), SIZES.index("medium"))
    kin = kin_of(sheet, edition).species
    if sheet.has_feature("Powerful Build") or (kin is not None and kin.carries_as_larger):
        place = min(place + 1, len(SIZES) - 1)
    return SIZES[place]


def _capacity(sheet: CharacterSheet, dossier: Dossier) -> tuple[int, float] | None:
    """The Strength score and what it carries, in pounds; None where an item may set the score, or none is stated."""
    strength = None if sheet.ability_scores is None else sheet.ability_scores.str
    if strength is None or reckon(sheet, dossier).granted("score"):
        return None
    return strength, carrying_capacity(strength, _size_to_carry(sheet, dossier.edition))


def _path(sheet: CharacterSheet) -> str:
    return "/carried_weight" if sheet.carried_weight is not None else "/equipment"


def _burden(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Said:
    weight, capacity = carried(sheet, dossier.edition), _capacity(sheet, dossier)
    if weight is None:
        return Skip.NOT_APPLICABLE
    if capacity is None:
        return Skip.NOT_CHECKABLE
    strength, most = capacity
    if weight <= most:
        return ()
    message = f"With Strength {strength} a character carries {most:g} lb.; this one carries {weight:g} lb."
    return (mark(_path(sheet), message, expected=f"at most {most:g} lb.", found=f"{weight:g} lb."),)


def _encumbrance(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Said:
    weight, capacity = carried(sheet, dossier.edition), _capacity(sheet, dossier)
    if weight is None:
        return Skip.NOT_APPLICABLE
    if capacity is None:
        return Skip.NOT_CHECKABLE
    return _slowed(mark, _path(sheet), weight, *capacity)


def _slowed(mark: Mark, path: str, weight: float, strength: int, most: float) -> list[Finding]:
    for each, slower in _STEPS:
        if each * strength < weight <= most:
            message = (
                f"By the variant rule, {weight:g} lb. are more than {each} times Strength {strength}: the speed drops "
                f"by {slower} feet."
            )
            return [mark(path, message, expected=f"at most {each * strength} lb.", found=f"{weight:g} lb.")]
    return []


RULES = (
    sheet_rule(
        _burden,
        id="EQ8",
        title="The weight can be carried",
        severity=Severity.WARNING,
        source="SRD 5.1 Using Ability Scores, Lifting and Carrying; SRD 5.2 Playing the Game, Carrying Objects",
        prompt="A character carries at most 15 pounds for each point of Strength.",
        passing=(
            Example("fighter_3"),
            Example("fighter_3", {"/carried_weight": 200}),
            Example("wizard_5", {"/carried_weight": 120}),
        ),
        failing=(
            Example("wizard_5", {"/ability_scores/str": 8, "/carried_weight": 180}),
            Example("wizard_5", {"/ability_scores/str": 8, "/equipment": [{"name": "Plate Armor", "quantity": 2}]}),
        ),
    ),
    sheet_rule(
        _encumbrance,
        id="EQ9",
        title="Encumbrance by the variant rule",
        severity=Severity.INFO,
        source="SRD 5.1 Using Ability Scores, Variant: Encumbrance",
        prompt="By the variant rule more than 5 pounds for each point of Strength slow a character down.",
        editions=("5.1",),
        passing=(Example("wizard_5_2014", {"/carried_weight": 30}),),
        failing=(
            Example("wizard_5_2014", {"/carried_weight": 60}),
            Example("wizard_5_2014", {"/carried_weight": 100}),
        ),
    ),
)
