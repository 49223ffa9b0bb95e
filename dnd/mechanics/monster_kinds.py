"""What follows from a creature type where nothing else is asked for."""

from collections.abc import Mapping
from dataclasses import dataclass

from dnd.srd.monsters import Size


@dataclass(frozen=True, slots=True)
class Kind:
    """The usual traits of a creature type among the SRD's monsters."""

    size: Size = "medium"
    alignment: str = "unaligned"
    languages: tuple[str, ...] = ()
    darkvision: bool = True
    intellect: int = -3
    """Usual Intelligence modifier."""
    presence: int = -2
    """Least Charisma modifier."""
    damage_immunities: tuple[str, ...] = ()
    condition_immunities: tuple[str, ...] = ()
    damage_type: str = "fire"
    """Of effects."""
    weapon_type: str = "slashing"
    """Of melee attacks."""


_UNLIVING = ("charmed", "exhaustion", "frightened", "paralyzed", "petrified", "poisoned")
_ELEMENTAL = ("exhaustion", "paralyzed", "petrified", "poisoned", "unconscious")
_OOZE = ("blinded", "charmed", "deafened", "exhaustion", "frightened", "prone")
_KINDS: Mapping[str, Kind] = {
    "aberration": Kind(
        "large", "neutral evil", ("Deep Speech",), intellect=1, presence=0, damage_type="psychic",
        weapon_type="bludgeoning",
    ),
    "beast": Kind("medium", darkvision=False, intellect=-4, damage_type="poison", weapon_type="piercing"),
    "celestial": Kind("medium", "lawful good", ("Celestial",), intellect=2, presence=3, damage_type="radiant"),
    "construct": Kind(
        "medium", intellect=-4, presence=-4, damage_immunities=("poison", "psychic"), condition_immunities=_UNLIVING,
        damage_type="force", weapon_type="bludgeoning",
    ),
    "dragon": Kind("large", "chaotic evil", ("Draconic",), intellect=1, presence=2),
    "elemental": Kind(
        "large", "neutral", ("Primordial",), damage_immunities=("poison",), condition_immunities=_ELEMENTAL,
        damage_type="lightning", weapon_type="bludgeoning",
    ),
    "fey": Kind(
        "medium", "chaotic neutral", ("Sylvan",), intellect=1, presence=2, damage_type="psychic", weapon_type="piercing"
    ),
    "fiend": Kind(
        "medium", "lawful evil", ("Infernal",), intellect=1, presence=1, damage_immunities=("fire", "poison"),
        condition_immunities=("poisoned",),
    ),
    "giant": Kind(
        "huge", "chaotic evil", ("Giant",), darkvision=False, intellect=-1, presence=-1, damage_type="thunder",
        weapon_type="bludgeoning",
    ),
    "humanoid": Kind("medium", "neutral", ("Common",), darkvision=False, intellect=0, presence=0, damage_type="force"),
    "monstrosity": Kind("large", damage_type="acid"),
    "ooze": Kind(
        "large", darkvision=False, intellect=-4, presence=-4, condition_immunities=_OOZE, damage_type="acid",
        weapon_type="bludgeoning",
    ),
    "plant": Kind(
        "large", darkvision=False, intellect=-4, presence=-4, condition_immunities=("blinded", "deafened"),
        damage_type="poison", weapon_type="bludgeoning",
    ),
    "undead": Kind(
        "medium", "neutral evil", ("Common",), intellect=-2, damage_immunities=("poison",),
        condition_immunities=("exhaustion", "poisoned"), damage_type="necrotic",
    ),
}  # fmt: skip


def kind_of(creature_type: str) -> Kind:
    """The usual traits of a creature type; of one that is none of the fourteen, those of a monstrosity."""
    return _KINDS.get(creature_type, _KINDS["monstrosity"])
