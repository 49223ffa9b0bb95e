"""What a stat block's numbers follow from: its scores, its challenge rating and its Hit Dice, never each other."""

import re
from collections.abc import Iterator, Mapping
from typing import cast

from dnd.sheets.block import Action, StatBlock
from dnd.sheets.values import Dice
from dnd.srd.abilities import ABILITIES, ABILITY_NAMES, Ability
from dnd.srd.monsters import cr_value, proficiency_by_cr

_CASTING = re.compile(
    r"(?:spell ?casting ability is|using|with) (strength|dexterity|constitution|intelligence|wisdom|charisma)\b",
    re.IGNORECASE,
)


def casting_ability(block: StatBlock) -> Ability | None:
    """The ability that the monster casts with: stated, or named in the text of its spellcasting."""
    stated = block.spellcasting.ability if block.spellcasting else None
    if stated in ABILITIES:
        return stated
    for _, action in block.all_actions:
        if "pellcasting" in action.name and (match := _CASTING.search(action.text)):
            return cast("Ability", match[1][:3].lower())
    return None


def rating_of(block: StatBlock) -> float | None:
    """The challenge rating as a number; None where it is not stated or none of the table's."""
    return None if block.challenge_rating is None else cr_value(block.challenge_rating)


def proficiency(block: StatBlock) -> int | None:
    """The proficiency bonus that the challenge rating gives; the stated one where there is no known rating."""
    rating = rating_of(block)
    return block.proficiency_bonus if rating is None else proficiency_by_cr(rating)


def modifiers(block: StatBlock) -> Mapping[Ability, int]:
    """The modifiers of the stated scores."""
    found: dict[Ability, int] = {}
    for ability in ABILITIES:
        value = block.modifier(ability)
        if value is not None:
            found[ability] = value
    return found


def true_hit_dice(block: StatBlock) -> Dice | None:
    """The Hit Dice with the bonus that Constitution gives them; None when there are no dice to count."""
    dice, constitution = block.hit_dice, block.modifier("con")
    if dice is None or dice.count < 1 or dice.sides < 1:
        return None
    return dice if constitution is None else dice.model_copy(update={"bonus": dice.count * constitution})


def name_of(action: Action) -> str:
    """An action's name in quotation marks, to begin a sentence with."""
    return f"“{action.name}”" if action.name else "This action"


def signed(value: int) -> str:
    """A bonus with its sign: `+3`, `-1`, `+0`."""
    return f"{value:+d}"


def listing(values: Mapping[Ability, int]) -> str:
    """`Strength (+5) and Dexterity (+3)`."""
    parts = [f"{ABILITY_NAMES[ability]} ({value:+d})" for ability, value in values.items()]
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " and " + parts[-1]


def options(values: Iterator[int] | list[int]) -> str:
    """Bonuses to choose from, each once and in order: `+2 or +4`."""
    return " or ".join(signed(value) for value in sorted(set(values)))
