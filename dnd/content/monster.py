"""A monster: words around a stat block that code has built."""

from collections.abc import Mapping
from random import Random
from typing import Annotated, Any, cast

from pydantic import Field, field_validator

from dnd.content.base import ContentType, Group, Length, Limits
from dnd.content.fields import CodeOwned, Content, DmOnly, Line, Name, Prose
from dnd.content.skeleton import Documents, Skeleton, Slots
from dnd.content.subject import ShortText, Subject
from dnd.mechanics.monster import ROLES, MonsterWish, build_monster, describe
from dnd.mechanics.monster_actions import SLOTS
from dnd.sheets.block import StatBlock
from dnd.sheets.values import ChallengeRating, to_text
from dnd.srd.edition import Edition
from dnd.srd.monsters import CREATURE_TYPES, SIZES, XP_BY_CR

MAX_NAME = 60
"""Longer names are not taken over into the block: rule ST4 has something to say about them first."""


class MonsterSubject(Subject):
    """Which monster is wanted. What is left open, code chooses."""

    concept: ShortText | None = Field(default=None, description="What it is, in a few words.")
    challenge_rating: ChallengeRating = Field(default="1", description="0, 1/8, 1/4, 1/2, or 1 to 30.")
    role: ShortText | None = Field(default=None, description="One of " + ", ".join(ROLES) + ".")
    size: ShortText | None = Field(default=None, description="One of " + ", ".join(SIZES) + ".")
    creature_type: ShortText | None = Field(default=None, description="One of " + ", ".join(CREATURE_TYPES) + ".")
    alignment: ShortText | None = None
    environment: ShortText | None = None
    damage_type: ShortText | None = Field(default=None, description="Of its special effect.")
    flies: bool = False
    legendary: bool = False

    @field_validator("challenge_rating")
    @classmethod
    def _known_rating(cls, value: str | None) -> str:
        if value is None or value not in XP_BY_CR:
            raise ValueError("challenge ratings are 0, 1/8, 1/4, 1/2, and 1 to 30")
        return value

    @field_validator("role", "size", "creature_type")
    @classmethod
    def _known_word(cls, value: str | None, info: Any) -> str | None:  # noqa: ANN401 -- pydantic's own
        known = {"role": ROLES, "size": SIZES, "creature_type": CREATURE_TYPES}[info.field_name]
        word = value.lower() if value else None
        if word is not None and word not in known:
            raise ValueError("known are " + ", ".join(known))
        return word


class MonsterAction(Content):
    """The words of one action of the block."""

    slot: Name
    name: Name
    look: Line


class Monster(Content):
    """A creature with a look, a way of life, tactics, and a stat block."""

    name: Name
    summary: Line
    description: Prose
    behaviour: Line
    actions: list[MonsterAction]
    lore: list[Line]
    tactics: Annotated[Prose, DmOnly()]
    weakness: Annotated[Line, DmOnly()]
    dm_hooks: Annotated[list[Line], DmOnly()]
    stat_block: Annotated[StatBlock, DmOnly(), CodeOwned()]


def _skeleton(subject: Subject, edition: Edition, rng: Random) -> Skeleton:
    asked = cast("MonsterSubject", subject)
    wish = MonsterWish(
        name=asked.name or "",
        challenge_rating=asked.challenge_rating or "1",
        role=asked.role or rng.choice(ROLES),
        size=cast("Any", asked.size),
        type=asked.creature_type or rng.choice(("aberration", "beast", "fey", "monstrosity", "undead")),
        alignment=(asked.alignment or "").lower(),
        damage_type=(asked.damage_type or "").lower(),
        flies=asked.flies,
        legendary=asked.legendary,
    )
    block = build_monster(wish, edition, rng)
    keys = tuple(action.name.lower() for action in block.actions if action.name in SLOTS)
    return Skeleton(
        owned={"stat_block": block.model_dump(mode="json", exclude_none=True, exclude_defaults=True)},
        lines=tuple(describe(block)),
        slots={"/actions": Slots(field="slot", keys=keys)},
    )


def _complete(skeleton: Skeleton, raw: Mapping[str, Any]) -> Mapping[str, Any]:
    """The block under the monster's name, with its actions named as the words name them."""
    names = {slot: slot for slot in SLOTS}
    entries = raw.get("actions")
    for entry in cast("list[object]", entries) if isinstance(entries, list) else ():
        values: Mapping[str, Any] = cast("Mapping[str, Any]", entry) if isinstance(entry, Mapping) else {}
        slot, name = str(values.get("slot", "")).strip().title(), _name(values.get("name"))
        if slot in names and name:
            names[slot] = name
    title = _name(raw.get("name"))
    return {"stat_block": _renamed(skeleton.owned["stat_block"], names, title)}


def _name(value: object) -> str:
    text = to_text(value)
    return text if isinstance(text, str) and len(text) <= MAX_NAME and "{" not in text else ""


def _renamed(value: Any, names: Mapping[str, str], title: str) -> Any:  # noqa: ANN401 -- JSON
    if isinstance(value, dict):
        block = cast("dict[str, Any]", value)
        changed = {key: _renamed(entry, names, title) for key, entry in block.items()}
        if title and "sizes" in changed:
            changed["name"] = title
        return changed
    if isinstance(value, list):
        return [_renamed(entry, names, title) for entry in cast("list[Any]", value)]
    if not isinstance(value, str):
        return value
    for slot, name in names.items():
        value = value.replace(slot, name) if value == slot or f"{slot} attack" in value else value
    return value.replace("The monster ", f"{title[:1].upper()}{title[1:]} ") if title else value


def _documents(subject: Subject, content: Content | None) -> Documents:  # noqa: ARG001 -- the shape of `documents`
    return {} if content is None else {"/stat_block": cast("Monster", content).stat_block}


TYPE = ContentType(
    name="monster",
    group=Group.CAMPAIGN,
    description="A creature with a look, a way of life, tactics, and a stat block that is legal to the last number.",
    model=Monster,
    subject=MonsterSubject,
    main="/description",
    words={
        Length.LINE: Limits(8, 50),
        Length.BULLETS: Limits(30, 110),
        Length.READ_ALOUD: Limits(40, 130),
        Length.FULL: Limits(70, 260),
    },
    entries={"/actions": Limits(1, 3), "/lore": Limits(2, 4), "/dm_hooks": Limits(1, 4)},
    kinds=frozenset({"block"}),
    documents=_documents,
    skeleton=_skeleton,
    complete=_complete,
)
