"""Closed vocabularies of the rules: what a condition, a school, a language or a coin can be.

SRD 5.1, "Conditions", "Spellcasting", "Equipment" (Coinage), "Alignment", "Languages", "Combat" (Actions in Combat,
Damage Types); SRD 5.2, "Rules Glossary", "Spells", "Equipment", "Character Creation" (Alignment, Languages).
Creature types and sizes are in `monsters`, skills in `abilities`, weapon properties in `weapons`.
"""

from collections.abc import Mapping
from typing import Literal

from dnd.srd.edition import Edition

CONDITIONS: tuple[str, ...] = (
    *("blinded", "charmed", "deafened", "exhaustion", "frightened", "grappled", "incapacitated", "invisible"),
    *("paralyzed", "petrified", "poisoned", "prone", "restrained", "stunned", "unconscious"),
)
EXHAUSTION_LEVELS = 6
"""Both editions; the sixth kills."""

DAMAGE_TYPES: tuple[str, ...] = (
    *("acid", "bludgeoning", "cold", "fire", "force", "lightning", "necrotic"),
    *("piercing", "poison", "psychic", "radiant", "slashing", "thunder"),
)
PHYSICAL_DAMAGE: frozenset[str] = frozenset({"bludgeoning", "piercing", "slashing"})

SCHOOLS: tuple[str, ...] = (
    *("abjuration", "conjuration", "divination", "enchantment"),
    *("evocation", "illusion", "necromancy", "transmutation"),
)

MASTERIES: tuple[str, ...] = ("cleave", "graze", "nick", "push", "sap", "slow", "topple", "vex")
"""5.2 only."""

Rarity = Literal["common", "uncommon", "rare", "very rare", "legendary", "artifact"]
RARITIES: tuple[Rarity, ...] = ("common", "uncommon", "rare", "very rare", "legendary", "artifact")

Coin = Literal["cp", "sp", "ep", "gp", "pp"]
COIN_VALUE_CP: Mapping[Coin, int] = {"cp": 1, "sp": 10, "ep": 50, "gp": 100, "pp": 1_000}
"""Copper pieces that a coin is worth."""
COINS_PER_POUND = 50

ALIGNMENTS: tuple[str, ...] = (
    *("lawful good", "neutral good", "chaotic good"),
    *("lawful neutral", "neutral", "chaotic neutral"),
    *("lawful evil", "neutral evil", "chaotic evil"),
)
UNALIGNED = "unaligned"
"""Creatures that make no moral choice."""
CREATURE_ALIGNMENTS: frozenset[str] = frozenset(
    {
        *ALIGNMENTS,
        UNALIGNED,
        *("true neutral", "any alignment", "any non-good alignment", "any non-lawful alignment", "any evil alignment"),
        *("any chaotic alignment", "any good alignment", "any lawful alignment", "any neutral alignment"),
        *("any non-evil alignment", "any non-chaotic alignment"),
    }
)
"""What a stat block may say, "typically" aside; several alignments may be joined by "or"."""

STANDARD_LANGUAGES: Mapping[Edition, tuple[str, ...]] = {
    "5.1": ("Common", "Dwarvish", "Elvish", "Giant", "Gnomish", "Goblin", "Halfling", "Orc"),
    "5.2": (
        *("Common", "Common Sign Language", "Draconic", "Dwarvish", "Elvish"),
        *("Giant", "Gnomish", "Goblin", "Halfling", "Orc"),
    ),
}
RARE_LANGUAGES: Mapping[Edition, tuple[str, ...]] = {
    "5.1": (
        *("Abyssal", "Celestial", "Deep Speech", "Draconic", "Infernal", "Primordial"),
        *("Sylvan", "Undercommon"),
    ),
    "5.2": (
        *("Abyssal", "Celestial", "Deep Speech", "Druidic", "Infernal", "Primordial"),
        *("Sylvan", "Thieves' Cant", "Undercommon"),
    ),
}
"""Called exotic in 5.1."""
SECRET_LANGUAGES: Mapping[str, str] = {"Druidic": "druid", "Thieves' Cant": "rogue"}
"""Language -> the class that teaches it; both editions."""
PRIMORDIAL_DIALECTS: tuple[str, ...] = ("Aquan", "Auran", "Ignan", "Terran")
CHOSEN_LANGUAGES_52 = 2
"""Languages that a 5.2 character chooses from the standard ones beside Common."""

ACTIONS: Mapping[Edition, tuple[str, ...]] = {
    "5.1": (
        *("Attack", "Cast a Spell", "Dash", "Disengage", "Dodge", "Help", "Hide", "Ready", "Search"),
        "Use an Object",
    ),
    "5.2": (
        *("Attack", "Dash", "Disengage", "Dodge", "Help", "Hide", "Influence", "Magic", "Ready", "Search"),
        *("Study", "Utilize"),
    ),
}
ECONOMY: tuple[str, ...] = ("action", "bonus action", "reaction")
"""What a turn is made of; both editions."""


def languages(edition: Edition) -> tuple[str, ...]:
    """Every language of the edition's tables, secret ones included, as printed."""
    listed = (*STANDARD_LANGUAGES[edition], *RARE_LANGUAGES[edition])
    return listed + tuple(name for name in SECRET_LANGUAGES if name not in listed)


def coin_total_cp(coins: Mapping[Coin, int]) -> int:
    """What a purse is worth, in copper pieces."""
    return sum(COIN_VALUE_CP[coin] * count for coin, count in coins.items())
