"""The spellcasting of a monster in the phrases of either layout, for blocks whose entries do not tell it."""

from collections.abc import Iterable, Iterator, Mapping

from dnd.sheets.block import BlockSpellcasting, StatBlock
from dnd.sheets.spell import SpellMention
from dnd.srd.abilities import ABILITY_NAMES
from dnd.srd.edition import Edition

_NAMES: Mapping[str, str] = {**ABILITY_NAMES}


def spellcasting_text(block: StatBlock, edition: Edition) -> str:
    """The entry `Spellcasting`, its lists on lines of their own; empty without spellcasting."""
    casting = block.spellcasting
    if casting is None:
        return ""
    name = (block.name or "creature").lower()
    return "\n".join((f"Spellcasting. {_opening(casting, name, edition)}", *_lists(casting, edition)))


def _opening(casting: BlockSpellcasting, name: str, edition: Edition) -> str:
    numbers = [] if casting.dc is None else [f"spell save DC {casting.dc}"]
    numbers += [] if casting.attack_bonus is None else [f"{casting.attack_bonus:+d} to hit with spell attacks"]
    bracket = f" ({', '.join(numbers)})" if numbers else ""
    ability = _NAMES.get(casting.ability or "", casting.ability or "")
    if edition == "5.2":
        using = f", using {ability} as the spellcasting ability" if ability else ""
        return f"The {name} casts one of these spells{using}{bracket}:"
    level = f"The {name} is a {_ordinal(casting.caster_level)}-level spellcaster. " if casting.caster_level else ""
    which = f"{casting.class_name.lower()} spells" if casting.class_name else "spells"
    return f"{level}Its spellcasting ability is {ability or 'none'}{bracket}. It has the following {which} prepared:"


def _ordinal(number: int) -> str:
    suffix = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th") if number not in {11, 12, 13} else "th"
    return f"{number}{suffix}"


def _lists(casting: BlockSpellcasting, edition: Edition) -> Iterator[str]:
    for entry in casting.daily:
        each = " Each" if len(entry.spells) > 1 else ""
        label = "At Will" if entry.times is None else f"{entry.times}/Day{each}"
        yield f"{label if edition == '5.2' else label.capitalize()}: {_joined(entry.spells)}"
    for level, spells in sorted(casting.spells.items()):
        if level == "0":
            yield f"Cantrips (at will): {_joined(spells)}"
            continue
        count = casting.slots.get(level)
        slots = "" if count is None else f" ({count} slot{'' if count == 1 else 's'})"
        yield f"{_ordinal(int(level)) if level.isdigit() else level} level{slots}: {_joined(spells)}"


def _joined(spells: Iterable[SpellMention]) -> str:
    return ", ".join(spell.name for spell in spells)
