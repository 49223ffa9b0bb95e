"""An item worth describing, magical or not."""

from typing import Annotated, Literal

from pydantic import Field

from dnd.content.base import ContentType, Group, Length, Limits
from dnd.content.fields import Content, DmOnly, Line, Name, Prose
from dnd.content.subject import ShortText, Subject

Rarity = Literal["mundane", "common", "uncommon", "rare", "very rare", "legendary", "artifact"]
"""The six rarities of SRD 5.2 "Magic Items", and `mundane` for an item without magic."""


class ItemSubject(Subject):
    """Which item is wanted."""

    category: ShortText | None = Field(default=None, description="For instance longsword, ring, map.")
    rarity: Rarity | None = None
    requires_attunement: bool | None = None
    owner: ShortText | None = None


class Item(Content):
    """An item with a look, a history, properties in words, and a catch."""

    name: Name
    category: Name
    rarity: Rarity
    requires_attunement: bool
    description: Prose
    history: Line
    properties: list[Line]
    catch: Annotated[Line, DmOnly()]
    dm_hooks: Annotated[list[Line], DmOnly()]


TYPE = ContentType(
    name="item",
    group=Group.CAMPAIGN,
    description="An item with a look, a history, properties in words, and a catch.",
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
)
