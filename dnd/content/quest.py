"""A quest: something to be done, for somebody, for a price."""

from typing import Annotated

from pydantic import Field

from dnd.content.base import ContentType, Group, Length, Limits
from dnd.content.fields import Content, DmOnly, Line, Name, Prose
from dnd.content.subject import ShortText, Subject


class QuestSubject(Subject):
    """What kind of quest is wanted."""

    giver: ShortText | None = None
    goal: ShortText | None = None
    location: ShortText | None = None
    reward: ShortText | None = None
    party_level: int | None = Field(default=None, ge=1, le=20)


class Quest(Content):
    """A job with a giver, steps, complications and rewards, and what is really going on."""

    title: Name
    hook: Line
    giver: Name
    description: Prose
    objectives: list[Line]
    complications: list[Line]
    rewards: list[Line]
    truth: Annotated[Prose, DmOnly()]
    dm_hooks: Annotated[list[Line], DmOnly()]


TYPE = ContentType(
    name="quest",
    group=Group.CAMPAIGN,
    description="A job with a giver, steps, complications and rewards, and what is really going on.",
    model=Quest,
    subject=QuestSubject,
    main="/description",
    words={
        Length.LINE: Limits(8, 50),
        Length.BULLETS: Limits(30, 120),
        Length.READ_ALOUD: Limits(40, 140),
        Length.FULL: Limits(80, 300),
    },
    entries={
        "/objectives": Limits(2, 5),
        "/complications": Limits(1, 4),
        "/rewards": Limits(1, 4),
        "/dm_hooks": Limits(1, 4),
    },
)
