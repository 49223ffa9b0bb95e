"""The spellcasting of a character."""

import re
from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, cast

from pydantic import BeforeValidator

from dnd.sheets.abilities import AbilityName
from dnd.sheets.document import Document
from dnd.sheets.spell import SpellMention
from dnd.sheets.values import MaybeNumber, MaybeText, to_number


class PactSlots(Document):
    """Pact magic: so many slots of one level."""

    count: MaybeNumber = None
    level: MaybeNumber = None


def _to_slots(value: Any) -> Any:  # noqa: ANN401 -- whatever somebody wrote
    """`4/3/2`, [4, 3, 2] or {"1": 4, "2nd": 3} as nine numbers."""
    if isinstance(value, str):
        value = tuple(part for part in re.split(r"[/,\s]+", value) if part)
    if isinstance(value, Mapping):
        levels = {to_number(str(level)): to_number(count) for level, count in value.items()}  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType] -- any mapping
        value = tuple(levels.get(level, 0) for level in range(1, 10))
    if not isinstance(value, list | tuple):
        return value
    numbers = [to_number(entry) for entry in value]  # pyright: ignore[reportUnknownVariableType] -- any list
    whole = [entry if isinstance(entry, int) else 0 for entry in numbers][:9]
    return tuple(whole + [0] * (9 - len(whole))) if whole else None


_SPELL_LISTS = ("cantrips", "known", "prepared", "always_prepared", "spellbook", "arcanum", "concentrating_on")


def _spells(value: Any) -> Any:  # noqa: ANN401 -- whatever somebody wrote
    if isinstance(value, str):
        return tuple(part.strip() for part in re.split(r"[,;](?![^(]*\))", value) if part.strip(" .-–—"))
    if not isinstance(value, Mapping):
        return value
    pairs = cast("Mapping[str, Any]", value)
    if "name" in pairs:
        return (pairs,)
    found: list[Any] = []
    for level, names in pairs.items():
        if isinstance(names, Mapping):
            found.append({**cast("Mapping[str, Any]", names), "name": level})
            continue
        number = to_number(str(level)) if "cantrip" not in str(level).lower() else 0
        listed = _spells(names) if isinstance(names, str) else names
        inner = cast("list[Any]", listed) if isinstance(listed, list | tuple) else ()
        found.extend({"name": entry, "level": number} if isinstance(entry, str) else entry for entry in inner)
    return tuple(found)


class Spellcasting(Document):
    """The spellcasting of one class."""

    aliases: ClassVar[Mapping[str, str]] = {
        "class": "class_name", "dc": "save_dc", "spell_save_dc": "save_dc", "spell_attack_bonus": "attack_bonus",
        "spell_attack": "attack_bonus", "spell_slots": "slots", "spells_known": "known", "spells": "prepared",
        "spells_prepared": "prepared", "prepared_spells": "prepared", "concentration": "concentrating_on",
    }  # fmt: skip
    class_name: MaybeText = None
    ability: AbilityName | None = None
    save_dc: MaybeNumber = None
    attack_bonus: MaybeNumber = None
    slots: Annotated[tuple[int, ...] | None, BeforeValidator(_to_slots)] = None
    """Slots of spell level 1 to 9."""
    pact_slots: PactSlots | None = None
    cantrips: tuple[SpellMention, ...] = ()
    known: tuple[SpellMention, ...] = ()
    prepared: tuple[SpellMention, ...] = ()
    always_prepared: tuple[SpellMention, ...] = ()
    spellbook: tuple[SpellMention, ...] = ()
    arcanum: tuple[SpellMention, ...] = ()
    concentrating_on: tuple[SpellMention, ...] = ()

    @classmethod
    def normalise(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Spells as one text with commas are many; lists by spell level are one list."""
        for name in _SPELL_LISTS:
            if name in values:
                values[name] = _spells(values[name])
        return values

    @property
    def spells(self) -> tuple[tuple[str, SpellMention], ...]:
        """Every spell with its pointer."""
        lists = _SPELL_LISTS[:-1]
        return tuple((f"/{name}/{number}", spell) for name in lists for number, spell in enumerate(getattr(self, name)))
