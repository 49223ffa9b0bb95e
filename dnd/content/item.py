"""An item worth describing, magical or not."""

from collections.abc import Mapping
from random import Random
from typing import Annotated, Any, Literal, cast

from pydantic import Field

from dnd.content.base import ContentType, Group, Length, Limits
from dnd.content.fields import CodeOwned, Content, DmOnly, Line, Name, Prose
from dnd.content.skeleton import Documents, Skeleton
from dnd.content.subject import ShortText, Subject
from dnd.mechanics.item import MUNDANE, ItemWish, build_item, describe
from dnd.sheets.item import MagicItem
from dnd.srd.edition import Edition

Rarity = Literal["mundane", "common", "uncommon", "rare", "very rare", "legendary", "artifact"]
"""The six rarities of SRD 5.2 "Magic Items", and `mundane` for an item without magic."""


class ItemSubject(Subject):
    """Which item is wanted."""

    category: ShortText | None = Field(default=None, description="For instance longsword, ring, map.")
    rarity: Rarity | None = None
    requires_attunement: bool | None = None
    bonus: int | None = Field(default=None, ge=1, le=3, description="Of a weapon, a suit of armour, a shield.")
    spell: ShortText | None = Field(default=None, description="Makes it a spell scroll of this spell of the SRD.")
    owner: ShortText | None = None


class Item(Content):
    """An item with a look, a history, properties in words, and a catch."""

    name: Name
    category: Name
    rarity: Annotated[Rarity, CodeOwned()]
    requires_attunement: Annotated[bool, CodeOwned()]
    description: Prose
    history: Line
    properties: list[Line]
    catch: Annotated[Line, DmOnly()]
    dm_hooks: Annotated[list[Line], DmOnly()]
    magic_item: Annotated[MagicItem | None, CodeOwned()]
    """Its numbers; null for an item without magic."""


def _skeleton(subject: Subject, edition: Edition, rng: Random) -> Skeleton:
    asked = cast("ItemSubject", subject)
    wish = ItemWish(
        name=asked.name or "",
        category=asked.category or "",
        rarity=asked.rarity or "",
        attunement=asked.requires_attunement,
        bonus=asked.bonus,
        spell=asked.spell or "",
    )
    item = build_item(wish, edition, rng)
    return Skeleton(
        owned={
            "rarity": MUNDANE if item is None else item.rarity,
            "requires_attunement": item is not None and bool(item.attunement),
            "magic_item": None if item is None else _stored(item),
        },
        lines=tuple(describe(item)),
    )


def _stored(item: MagicItem) -> dict[str, Any]:
    return item.model_dump(mode="json", exclude_none=True, exclude_defaults=True)


def _complete(skeleton: Skeleton, raw: Mapping[str, Any]) -> Mapping[str, Any]:
    """The numbers under the item's own name and category."""
    item = skeleton.owned["magic_item"]
    if item is None:
        return skeleton.owned
    words = {name: raw[name] for name in ("name", "category") if isinstance(raw.get(name), str) and raw[name].strip()}
    kept = {name: value for name, value in words.items() if name not in item}
    order = ("name", "category", *item)
    return {
        **skeleton.owned,
        "magic_item": {name: {**item, **kept}[name] for name in order if name in {**item, **kept}},
    }


def _documents(subject: Subject, content: Content | None) -> Documents:  # noqa: ARG001 -- the shape of `documents`
    item = None if content is None else cast("Item", content).magic_item
    return {} if item is None else {"/magic_item": item}


TYPE = ContentType(
    name="item",
    group=Group.CAMPAIGN,
    description="An item or a spell scroll: a look, a history, properties in words, numbers by the rules, a catch.",
    model=Item,
    subject=ItemSubject,
    main="/description",
    words={
        Length.LINE: Limits(8, 50),
        Length.BULLETS: Limits(20, 100),
        Length.READ_ALOUD: Limits(30, 120),
        Length.FULL: Limits(60, 220),
    },
    entries={"/properties": Limits(1, 4), "/dm_hooks": Limits(1, 4)},
    schema_version=2,
    kinds=frozenset({"item"}),
    documents=_documents,
    skeleton=_skeleton,
    complete=_complete,
)
