"""A monster's stat block. Whatever is not stated is None or empty."""

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, cast

from pydantic import Field

from dnd.sheets.abilities import LOOSE_SCORES, AbilityName, AbilityScores
from dnd.sheets.document import Document
from dnd.sheets.spell import SpellMention
from dnd.sheets.values import (
    Alignment,
    ChallengeRating,
    Damage,
    DamageTexts,
    MaybeDice,
    MaybeNumber,
    MaybeText,
    Texts,
    damages_of,
    to_number,
)
from dnd.srd.abilities import ABILITY_NAMES, Ability, modifier

SECTIONS = ("traits", "actions", "bonus_actions", "reactions", "legendary_actions", "lair_actions")
"""The lists of a block's traits and actions, in the order of print."""


class Attack(Document):
    """An attack roll and its damage."""

    aliases: ClassVar[Mapping[str, str]] = {
        "type": "kind", "attack_bonus": "bonus", "to_hit": "bonus", "damage": "damages",
    }  # fmt: skip
    kind: Literal["melee", "ranged", "melee or ranged"] = "melee"
    source: Literal["weapon", "spell"] | None = None
    bonus: MaybeNumber = None
    reach: MaybeNumber = None
    range: MaybeText = None
    damages: tuple[Damage, ...] = ()

    @classmethod
    def normalise(cls, values: dict[str, Any]) -> dict[str, Any]:
        """`Melee Weapon Attack` is a kind and a source; one damage is a list of one."""
        kind = values.get("kind")
        if isinstance(kind, str):
            words = kind.lower().replace("_", " ")
            melee, ranged = "melee" in words, "ranged" in words
            values["kind"] = "melee or ranged" if melee and ranged else "ranged" if ranged else "melee"
            if found := [source for source in ("weapon", "spell") if source in words]:
                values.setdefault("source", found[0])
        if "damages" in values:
            values["damages"] = damages_of(values["damages"])
        return values


class SaveEffect(Document):
    """A saving throw that an action forces."""

    aliases: ClassVar[Mapping[str, str]] = {"save": "ability", "type": "ability", "save_dc": "dc"}
    ability: AbilityName
    dc: MaybeNumber = None


class Part(Document):
    """One entry of a multiattack: so many of one action."""

    name: str
    count: MaybeNumber = None


class Action(Document):
    """A trait, action, bonus action, reaction or legendary action."""

    aliases: ClassVar[Mapping[str, str]] = {
        "description": "text", "desc": "text", "recharge": "usage", "uses": "usage", "damage": "damages",
        "saving_throw": "save",
    }  # fmt: skip
    loose: ClassVar[Mapping[str, tuple[str, str]]] = {
        "attack_bonus": ("", "attack_bonus"), "to_hit": ("", "attack_bonus"), "damage_dice": ("", "damage_dice"),
    }  # fmt: skip
    shorthand: ClassVar[str] = "text"
    name: str = ""
    usage: MaybeText = None
    """What stands in parentheses after the name: `Recharge 5-6`, `3/Day`."""
    text: str = ""
    attack: Attack | None = None
    save: SaveEffect | None = None
    damages: tuple[Damage, ...] = ()
    """Damage outside an attack roll."""
    parts: tuple[Part, ...] = ()
    """Of a multiattack, as far as its text says them in plain words."""

    @classmethod
    def normalise(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Attack, save, damage and parts are read from the text where they are not given."""
        from dnd.sheets.action_text import complete_action  # noqa: PLC0415 -- it knows the models

        return complete_action(values)


class DailySpells(Document):
    """Spells that can be cast so many times a day; None: at will."""

    times: MaybeNumber = None
    spells: tuple[SpellMention, ...] = ()


class BlockSpellcasting(Document):
    """The spellcasting of a monster."""

    aliases: ClassVar[Mapping[str, str]] = {"save_dc": "dc", "level": "caster_level"}
    ability: AbilityName | None = None
    dc: MaybeNumber = None
    attack_bonus: MaybeNumber = None
    caster_level: MaybeNumber = None
    class_name: MaybeText = None
    slots: dict[str, MaybeNumber] = Field(default_factory=dict[str, MaybeNumber])
    """Slots by spell level, `1` to `9`."""
    spells: dict[str, tuple[SpellMention, ...]] = Field(default_factory=dict[str, tuple[SpellMention, ...]])
    """Spells by spell level, `0` for cantrips."""
    daily: tuple[DailySpells, ...] = ()

    @classmethod
    def normalise(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Keys such as `1st level` are levels; lists of spells are tuples."""
        for name in ("slots", "spells"):
            if isinstance(values.get(name), Mapping):
                stated = cast("Mapping[Any, Any]", values[name])
                values[name] = {_level(key): _tuple(entry) for key, entry in stated.items()}
        return values


def _level(key: object) -> str:
    number = 0 if "cantrip" in str(key).lower() else to_number(str(key))
    return str(number) if number is not None else str(key)


def _tuple(value: Any) -> Any:  # noqa: ANN401 -- whatever somebody wrote
    return tuple(cast("list[Any]", value)) if isinstance(value, list) else value


class StatBlock(Document):
    """A monster, with every number that a book prints of it."""

    aliases: ClassVar[Mapping[str, str]] = {
        "size": "sizes", "ac": "armor_class", "armour_class": "armor_class", "hp": "hit_points", "speed": "speeds",
        "abilities": "ability_scores", "attributes": "ability_scores", "stats": "ability_scores",
        "saves": "saving_throws", "vulnerabilities": "damage_vulnerabilities", "resistances": "damage_resistances",
        "immunities": "damage_immunities",
        "cr": "challenge_rating", "challenge": "challenge_rating", "xp": "experience", "pb": "proficiency_bonus",
        "init": "initiative", "special_abilities": "traits", "hit_points_roll": "hit_dice", "subtype": "tags",
        "legendary": "legendary_actions", "experience_points": "experience", "armor_desc": "armor_note",
        "equipment": "gear", "hit_dice_formula": "hit_dice", "alignments": "alignment",
    }  # fmt: skip
    loose: ClassVar[Mapping[str, tuple[str, str]]] = {
        **LOOSE_SCORES,
        **{f"{name.lower()}_save": ("saving_throws", short) for short, name in ABILITY_NAMES.items()},
    }
    name: MaybeText = None
    sizes: Texts = ()
    type: MaybeText = None
    tags: Texts = ()
    alignment: Alignment | None = None
    armor_class: MaybeNumber = None
    armor_note: MaybeText = None
    initiative: MaybeNumber = None
    initiative_score: MaybeNumber = None
    hit_points: MaybeNumber = None
    hit_dice: MaybeDice = None
    speeds: dict[str, MaybeNumber] = Field(default_factory=dict[str, MaybeNumber])
    ability_scores: AbilityScores | None = None
    modifiers: AbilityScores | None = None
    saving_throws: dict[str, MaybeNumber] = Field(default_factory=dict[str, MaybeNumber])
    skills: dict[str, MaybeNumber] = Field(default_factory=dict[str, MaybeNumber])
    damage_vulnerabilities: DamageTexts = ()
    damage_resistances: DamageTexts = ()
    damage_immunities: DamageTexts = ()
    condition_immunities: Texts = ()
    senses: dict[str, MaybeNumber] = Field(default_factory=dict[str, MaybeNumber])
    passive_perception: MaybeNumber = None
    languages: Texts = ()
    challenge_rating: ChallengeRating = None
    experience: MaybeNumber = None
    proficiency_bonus: MaybeNumber = None
    gear: Texts = ()
    traits: tuple[Action, ...] = ()
    actions: tuple[Action, ...] = ()
    bonus_actions: tuple[Action, ...] = ()
    reactions: tuple[Action, ...] = ()
    legendary_actions: tuple[Action, ...] = ()
    lair_actions: tuple[Action, ...] = ()
    spellcasting: BlockSpellcasting | None = None
    layout: Literal["2014", "2024"] | None = None
    """By the notation; None when nothing tells."""

    @classmethod
    def normalise(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Bring the many ways of writing a block's lines into one."""
        from dnd.sheets.block_habits import settle  # noqa: PLC0415 -- imported when the first block is read

        return settle(values)

    def modifier(self, ability: Ability) -> int | None:
        """The modifier that the score gives."""
        score = None if self.ability_scores is None else self.ability_scores.of(ability)
        return None if score is None else modifier(score)

    @property
    def all_actions(self) -> tuple[tuple[str, Action], ...]:
        """Every trait and action with its pointer."""
        return tuple(
            (f"/{part}/{number}", entry) for part in SECTIONS for number, entry in enumerate(getattr(self, part))
        )
