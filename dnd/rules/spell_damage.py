"""Whether stated dice are those of a spell, at its own level, in a higher slot, or as a cantrip grows."""

import re
from collections.abc import Mapping
from functools import lru_cache

from dnd.sheets.values import Dice
from dnd.srd.abilities import ABILITIES, ABILITY_NAMES, Ability
from dnd.srd.catalogue import Spell

_LONG: Mapping[str, Ability] = {name.lower(): ability for ability, name in ABILITY_NAMES.items()}
_SHORT: Mapping[str, Ability] = {ability: ability for ability in ABILITIES}
SAVES: Mapping[str, Ability] = {**_LONG, **_SHORT}
"""An ability by its short or long name, folded."""
CANTRIP_LEVELS = (5, 11, 17)
"""Character levels at which the dice of a cantrip double, treble and quadruple."""
HIGHEST_SLOT = 9
_DICE = re.compile(r"(\d*)d(\d+)\s*(?:([+-])\s*(\d+))?")


@lru_cache(maxsize=512)
def _read(text: str) -> tuple[int, int, int]:
    match = _DICE.search(text)
    if match is None:
        return (0, 0, 0)
    bonus = int(match[4] or 0)
    return (int(match[1] or 1), int(match[2]), -bonus if match[3] == "-" else bonus)


def dice_fit(spell: Spell, stated: Dice, level: int | None, bonuses: set[int]) -> bool:
    """Whether `stated` is one of the damages of `spell`.

    Args:
        spell: as in the SRD, with damage.
        stated: what the sheet has.
        level: of the character, for cantrips; None allows every growth.
        bonuses: modifiers that features may add to the damage.
    """
    more, more_sides, _ = _read(spell.damage_per_slot or "")
    for text, _ in spell.damage:
        count, sides, bonus = _read(text)
        if not sides:
            return True  # a damage that is no dice cannot be compared
        if stated.sides != sides:
            continue
        if spell.level and not more and stated.count % count == 0 and stated.bonus == bonus * (stated.count // count):
            return True  # several missiles or rays, told together
        if stated.bonus - bonus not in bonuses:
            continue
        if spell.level == 0:
            steps = range(1, 2 + (3 if level is None else sum(level >= at for at in CANTRIP_LEVELS)))
            if stated.count in {count * step for step in steps}:
                return True
            continue
        slots = range(HIGHEST_SLOT - spell.level + 1) if more_sides == sides else range(1)
        if stated.count in {count + more * higher for higher in slots}:
            return True
    return False
