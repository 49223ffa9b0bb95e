"""A magic item or a scroll."""

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from dnd.sheets.document import Document
from dnd.sheets.spell import MaybeBool, SpellMention
from dnd.sheets.values import MaybeDamage, MaybeNumber, MaybeText, Money, Texts

_ATTUNEMENT = re.compile(r"\(?\s*(requires attunement[^)]*)\)?", re.IGNORECASE)
_RARITY = re.compile(r"common|rare|legendary|artifact|rarity varies", re.IGNORECASE)


class MagicItem(Document):
    """An item with what is stated of it."""

    aliases: ClassVar[Mapping[str, str]] = {
        "type": "category", "requires_attunement": "attunement", "cost": "price", "value": "price",
        "description": "text", "desc": "text", "dc": "save_dc",
    }  # fmt: skip
    name: MaybeText = None
    category: MaybeText = None
    rarity: MaybeText = None
    attunement: MaybeBool = None
    attunement_by: Texts = ()
    bonus: MaybeNumber = None
    charges: MaybeNumber = None
    price: Money = None
    consumable: MaybeBool = None
    text: str = ""
    damage: MaybeDamage = None
    spell: SpellMention | None = None
    """Of a spell scroll."""
    spell_level: MaybeNumber = None
    save_dc: MaybeNumber = None
    attack_bonus: MaybeNumber = None

    @classmethod
    def normalise(cls, values: dict[str, Any]) -> dict[str, Any]:
        """`requires attunement by a cleric` is a yes and a class; rarity words are lower case."""
        for name in ("category", "rarity"):
            _read_line(values, name)
        stated = values.get("attunement")
        if isinstance(stated, str):
            words = stated.lower()
            if " by " in f" {words} ":
                values.setdefault("attunement_by", _classes(words.partition(" by ")[2]))
            values["attunement"] = not words.startswith(("no", "none", "false", "not")) and bool(words.strip())
        if isinstance(values.get("rarity"), str):
            values["rarity"] = " ".join(values["rarity"].replace("_", " ").lower().split())
        if values.get("text") is None:
            values.pop("text", None)
        return values


def _read_line(values: dict[str, Any], name: str) -> None:
    """`Weapon (longsword), rare (requires attunement by a wizard)` states three fields, in either of two."""
    stated = values.get(name)
    if not isinstance(stated, str):
        return
    if match := _ATTUNEMENT.search(stated):
        values.setdefault("attunement", match[1])
        stated = stated[: match.start()].strip(" ,")
        values[name] = stated
    head, _, tail = stated.rpartition(",")
    if name == "category" and head and _RARITY.search(tail):
        values.setdefault("rarity", tail)
        values["category"] = head.strip()


def _classes(text: str) -> tuple[str, ...]:
    parts = (re.sub(r"^(?:an?|the|or)\s+", "", part.strip(" .)")) for part in re.split(r",|\bor\b", text))
    return tuple(part for part in parts if part)
