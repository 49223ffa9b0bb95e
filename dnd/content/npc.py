"""A non-player character."""

from typing import Annotated

from pydantic import Field

from dnd.content.base import ContentType, Group, Length, Limits
from dnd.content.fields import Content, DmOnly, Line, Name, Prose
from dnd.content.subject import ShortText, Subject


class NpcSubject(Subject):
    """Who is wanted, and where."""

    role: ShortText | None = Field(default=None, description="For instance innkeeper, spymaster.")
    species: ShortText | None = None
    pronouns: ShortText | None = None
    attitude: ShortText | None = Field(default=None, description="Towards the party.")
    location: ShortText | None = None
    faction: ShortText | None = None


class Npc(Content):
    """Somebody the party meets: playable at once, with more underneath."""

    name: Name
    role: Line
    first_impression: Line
    description: Prose
    personality: Line
    voice: Line
    wants: Line
    knows: list[Line]
    secret: Annotated[Prose, DmOnly()]
    leverage: Annotated[Line, DmOnly()]
    dm_hooks: Annotated[list[Line], DmOnly()]


TYPE = ContentType(
    name="npc",
    group=Group.CAMPAIGN,
    description="Somebody the party meets: playable at once, with more underneath.",
    model=Npc,
    subject=NpcSubject,
    main="/description",
    words={
        Length.LINE: Limits(8, 50),
        Length.BULLETS: Limits(30, 110),
        Length.READ_ALOUD: Limits(40, 130),
        Length.FULL: Limits(70, 260),
    },
    entries={"/knows": Limits(1, 4), "/dm_hooks": Limits(1, 4)},
)
