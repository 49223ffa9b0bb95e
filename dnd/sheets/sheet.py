"""A character sheet. Whatever is not stated is None or empty."""

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field

from dnd.sheets.abilities import LOOSE_SCORES, AbilityScores
from dnd.sheets.casting import PactSlots, Spellcasting
from dnd.sheets.document import Document
from dnd.sheets.parts import (
    ClassLevel,
    Coins,
    Feature,
    HitPoints,
    Increase,
    Possession,
    Save,
    Skill,
    Weapon,
    read_classes,
    to_dice,
    to_height,
)
from dnd.sheets.spell import MaybeBool
from dnd.sheets.values import Alignment, Dice, MaybeNumber, MaybeText, Money, Texts, Weight
from dnd.srd.abilities import Ability, modifier

__all__ = [
    "CharacterSheet",
    "ClassLevel",
    "Coins",
    "Feature",
    "HitPoints",
    "Increase",
    "PactSlots",
    "Possession",
    "Save",
    "Skill",
    "Spellcasting",
    "Weapon",
    "read_classes",
]


_ELSEWHERE = frozenset({"class", "spells", "dc", "concentration"})
"""Keys of spellcasting that mean something else, or nothing, beside the fields of a sheet."""


class CharacterSheet(Document):
    """A character, as complete as its owner cared to write it."""

    aliases: ClassVar[Mapping[str, str]] = {
        "race": "species", "subrace": "lineage", "ancestry": "species", "class": "classes", "class_levels": "classes",
        "character_name": "name", "xp": "experience", "experience_points": "experience", "abilities": "ability_scores",
        "attributes": "ability_scores", "stats": "ability_scores", "scores": "ability_scores", "ac": "armor_class",
        "armour_class": "armor_class", "hp": "hit_points", "saves": "saving_throws", "prof": "proficiency_bonus",
        "proficiency": "proficiency_bonus", "pb": "proficiency_bonus", "init": "initiative", "height": "height_in",
        "passive_wisdom": "passive_perception", "attacks": "weapons", "inventory": "equipment", "gear": "equipment",
        "money": "coins", "currency": "coins", "spells": "spellcasting", "armour": "armor",
        "masteries": "weapon_masteries", "weapon": "weapons", "tool_proficiencies": "tools",
        "ability_modifiers": "modifiers", "armor_proficiencies": "armor_training", "attuned_items": "attuned",
        "weapon_proficiencies": "weapon_training",
    }  # fmt: skip
    loose: ClassVar[Mapping[str, tuple[str, str]]] = {
        **LOOSE_SCORES,
        **{key: ("coins", key) for key in ("cp", "sp", "ep", "gp", "pp")},
        **{key: ("coins", key) for key in ("copper", "silver", "electrum", "gold", "platinum")},
        **{key: ("spellcasting", inner) for key, inner in Spellcasting.aliases.items() if key not in _ELSEWHERE},
        **{key: ("spellcasting", key) for key in ("slots", "cantrips", "prepared", "known", "spellbook", "save_dc")},
        **{key: ("spellcasting", key) for key in ("pact_slots", "arcanum", "always_prepared", "concentrating_on")},
        "spellcasting_ability": ("spellcasting", "ability"),
        **dict.fromkeys(("max_hp", "hp_max", "hit_point_maximum", "max_hit_points"), ("hit_points", "max")),
        **dict.fromkeys(("current_hp", "current_hit_points"), ("hit_points", "current")),
        **dict.fromkeys(("temp_hp", "temporary_hit_points"), ("hit_points", "temporary")),
        **dict.fromkeys(("patron", "domain", "oath", "circle", "college", "tradition"), ("", "subclass")),
        "subclass": ("", "subclass"), "archetype": ("", "subclass"), "senses": ("", "senses"),
    }  # fmt: skip
    name: MaybeText = None
    species: MaybeText = None
    lineage: MaybeText = None
    classes: tuple[ClassLevel, ...] = ()
    level: MaybeNumber = None
    experience: MaybeNumber = None
    background: MaybeText = None
    alignment: Alignment | None = None
    pronouns: MaybeText = None
    size: MaybeText = None
    age: MaybeNumber = None
    height_in: Annotated[MaybeNumber, BeforeValidator(to_height)] = None
    speed: MaybeNumber = None
    speeds: dict[str, MaybeNumber] = Field(default_factory=dict[str, MaybeNumber])
    ability_scores: AbilityScores | None = None
    modifiers: AbilityScores | None = None
    base_scores: AbilityScores | None = None
    score_method: Literal["standard_array", "point_buy", "rolled"] | None = None
    increases: tuple[Increase, ...] = ()
    proficiency_bonus: MaybeNumber = None
    initiative: MaybeNumber = None
    armor_class: MaybeNumber = None
    armor_note: MaybeText = None
    hit_points: HitPoints | None = None
    hit_dice: Annotated[tuple[Dice, ...], BeforeValidator(to_dice)] = ()
    saving_throws: dict[str, Save] = Field(default_factory=dict[str, Save])
    """By ability id; a key that names no ability stays as written."""
    skills: dict[str, Skill] = Field(default_factory=dict[str, Skill])
    """By the name as written."""
    passive_perception: MaybeNumber = None
    darkvision: MaybeNumber = None
    languages: Texts = ()
    tools: Texts = ()
    armor_training: Texts = ()
    weapon_training: Texts = ()
    weapon_masteries: Texts = ()
    armor: MaybeText = None
    """As worn."""
    shield: MaybeBool = None
    weapons: tuple[Weapon, ...] = ()
    attacks_per_action: MaybeNumber = None
    equipment: tuple[Possession, ...] = ()
    attuned: Texts = ()
    coins: Coins | None = None
    wealth: Money = None
    carried_weight: Weight = None
    features: tuple[Feature, ...] = ()
    feats: Texts = ()
    traits: Texts = ()
    fighting_styles: Texts = ()
    invocations: Texts = ()
    metamagic: Texts = ()
    maneuvers: Texts = ()
    spellcasting: tuple[Spellcasting, ...] = ()
    companions: Texts = ()
    kin: Texts = ()

    @classmethod
    def normalise(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Bring the many ways of writing classes, saves, skills and spells into one."""
        from dnd.sheets.habits import settle  # noqa: PLC0415 -- the habits know the models

        return settle(values)

    @cached_property
    def total_level(self) -> int | None:
        """The stated level, or the sum of the class levels when all are stated."""
        levels = [entry.level for entry in self.classes]
        if levels and all(level is not None for level in levels):
            return sum(level for level in levels if level is not None)
        return self.level

    def modifier(self, ability: Ability) -> int | None:
        """The modifier that the score gives."""
        score = None if self.ability_scores is None else self.ability_scores.of(ability)
        return None if score is None else modifier(score)

    def class_level(self, name: str) -> int:
        """Levels in the class called `name` (any case); 0 without it."""
        return next((entry.level or 0 for entry in self.classes if entry.name.casefold() == name.casefold()), 0)

    def has_feature(self, name: str) -> bool:
        """Whether a feature, feat or trait of this name is stated."""
        return name.casefold() in self._named

    @cached_property
    def _named(self) -> frozenset[str]:
        names = (*(entry.name for entry in self.features), *self.feats, *self.traits)
        return frozenset(name.casefold() for name in names)
