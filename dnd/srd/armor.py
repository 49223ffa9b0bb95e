"""The armour table: thirteen rows, equal in both editions.

SRD 5.1, "Equipment" (Armor); SRD 5.2, "Equipment" (Armor).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from dnd.srd.wares import found_in, key_of, words_of

ArmorCategory = Literal["light", "medium", "heavy", "shield"]

MEDIUM_DEX_CAP = 2
SHIELD_BONUS = 2


@dataclass(frozen=True, slots=True)
class Armor:
    """One row. A shield's `base` is the bonus it gives."""

    name: str
    category: ArmorCategory
    base: int
    """Armour Class before Dexterity."""
    strength: int | None
    """Score below which the wearer is 10 feet slower."""
    stealth_disadvantage: bool
    weight_lb: int
    cost_cp: int

    @property
    def dex_cap(self) -> int | None:
        """The most of a Dexterity modifier that counts: None for all of it, 0 for none of it, bad or good."""
        return {"light": None, "medium": MEDIUM_DEX_CAP}.get(self.category, 0)

    def armor_class(self, dex_modifier: int) -> int:
        """Armour Class of a wearer with this modifier, without a shield. A shield alone gives its bonus."""
        cap = self.dex_cap
        return self.base + (dex_modifier if cap is None else min(dex_modifier, cap) if cap else 0)


ARMOR: tuple[Armor, ...] = (
    Armor("Padded Armor", "light", 11, None, True, 8, 500),
    Armor("Leather Armor", "light", 11, None, False, 10, 1_000),
    Armor("Studded Leather Armor", "light", 12, None, False, 13, 4_500),
    Armor("Hide Armor", "medium", 12, None, False, 12, 1_000),
    Armor("Chain Shirt", "medium", 13, None, False, 20, 5_000),
    Armor("Scale Mail", "medium", 14, None, True, 45, 5_000),
    Armor("Breastplate", "medium", 14, None, False, 20, 40_000),
    Armor("Half Plate Armor", "medium", 15, None, True, 40, 75_000),
    Armor("Ring Mail", "heavy", 14, None, True, 40, 3_000),
    Armor("Chain Mail", "heavy", 16, 13, True, 55, 7_500),
    Armor("Splint Armor", "heavy", 17, 15, True, 60, 20_000),
    Armor("Plate Armor", "heavy", 18, 15, True, 65, 150_000),
    Armor("Shield", "shield", SHIELD_BONUS, None, False, 6, 1_000),
)
SHIELD = ARMOR[-1]

METAL = frozenset(
    {
        "Chain Shirt",
        "Scale Mail",
        "Breastplate",
        "Half Plate Armor",
        "Ring Mail",
        "Chain Mail",
        "Splint Armor",
        "Plate Armor",
    }
)
"""What a 5.1 druid will not wear."""

_ALIASES = {
    "studded": "Studded Leather Armor",
    "scale armor": "Scale Mail",
    "half plate mail": "Half Plate Armor",
    "chainmail armor": "Chain Mail",
    "ring armor": "Ring Mail",
    "splint mail": "Splint Armor",
    "plate mail": "Plate Armor",
    "full plate": "Plate Armor",
    "full plate mail": "Plate Armor",
    "full plate armor": "Plate Armor",
}
_ARMOUR = "armour"
_LONE = frozenset({"padded", "leather", "hide", "splint", "plate", "studded"})
"""Words that are armour only alone or beside the words below: a leather boot and a silver plate are none."""
_BESIDE = frozenset(
    {"adamantine", "mithral", "dwarven", "elven", "silvered", "magic", "magical", "enchanted", "my", "a"}
)


@cache
def _by_key() -> Mapping[str, Armor]:
    """Rows by every key that is unmistakable within a longer text."""
    rows = {row.name: row for row in ARMOR}
    names = {key_of(name): row for name, row in rows.items()}
    short = {key_of(name.removesuffix(" Armor")): row for name, row in rows.items()}
    return names | short | {key_of(alias): rows[name] for alias, name in _ALIASES.items()}


@cache
def _by_clear_key() -> Mapping[str, Armor]:
    return {key: row for key, row in _by_key().items() if key not in _LONE}


def armor_named(text: str) -> Armor | None:
    """The row that a name speaks of: "plate", "+1 Chain mail", "studded leather armour", "Sentinel Shield"."""
    plain = text.lower().replace(_ARMOUR, "armor")
    words = [word for word in words_of(plain) if word not in _BESIDE]
    whole = _by_key().get("".join(words))
    return whole or found_in(plain, _by_clear_key())
