"""A plot: the arc behind several sessions."""

from typing import Annotated

from pydantic import Field

from dnd.content.base import ContentType, Group, Length, Limits
from dnd.content.fields import Content, DmOnly, Line, Name, Prose
from dnd.content.subject import ShortText, Subject


class PlotSubject(Subject):
    """What the arc is about."""

    setting: ShortText | None = None
    antagonist: ShortText | None = None
    party_level: int | None = Field(default=None, ge=1, le=20)
    sessions: int | None = Field(default=None, ge=1, le=100, description="How many sessions it should fill.")


class Act(Content):
    """One step of the arc, as the players live it."""

    title: Name
    events: Line


class Faction(Content):
    """A group that acts."""

    name: Name
    aim: Line


class Plot(Content):
    """An arc with stakes, acts and factions, and the truth behind it."""

    title: Name
    premise: Prose
    stakes: Line
    acts: list[Act]
    factions: list[Faction]
    truth: Annotated[Prose, DmOnly()]
    twists: Annotated[list[Line], DmOnly()]


TYPE = ContentType(
    name="plot",
    group=Group.CAMPAIGN,
    description="An arc with stakes, acts and factions, and the truth behind it.",
    model=Plot,
    subject=PlotSubject,
    main="/premise",
    words={
        Length.LINE: Limits(10, 60),
        Length.BULLETS: Limits(30, 120),
        Length.READ_ALOUD: Limits(40, 150),
        Length.FULL: Limits(80, 300),
    },
    entries={"/acts": Limits(3, 5), "/factions": Limits(2, 4), "/twists": Limits(1, 3)},
)
