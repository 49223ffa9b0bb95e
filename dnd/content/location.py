"""A place."""

from typing import Annotated

from pydantic import Field

from dnd.content.base import ContentType, Group, Length, Limits
from dnd.content.fields import Content, DmOnly, Line, Name, Prose
from dnd.content.subject import ShortText, Subject


class LocationSubject(Subject):
    """Which place is wanted."""

    kind: ShortText | None = Field(default=None, description="For instance tavern, ruined keep, harbour.")
    region: ShortText | None = None
    purpose: ShortText | None = Field(default=None, description="What the place is for in the story.")
    party_level: int | None = Field(default=None, ge=1, le=20)


class Feature(Content):
    """A thing in the place that rewards a closer look."""

    name: Name
    detail: Line


class Location(Content):
    """A place to read aloud, walk through and dig into."""

    name: Name
    summary: Line
    description: Prose
    features: list[Feature]
    occupants: list[Line]
    rumours: list[Line]
    danger: Annotated[Line, DmOnly()]
    secret: Annotated[Prose, DmOnly()]
    dm_hooks: Annotated[list[Line], DmOnly()]


TYPE = ContentType(
    name="location",
    group=Group.CAMPAIGN,
    description="A place to read aloud, walk through and dig into.",
    model=Location,
    subject=LocationSubject,
    main="/description",
    words={
        Length.LINE: Limits(8, 50),
        Length.BULLETS: Limits(30, 120),
        Length.READ_ALOUD: Limits(50, 140),
        Length.FULL: Limits(90, 320),
    },
    entries={
        "/features": Limits(2, 5),
        "/occupants": Limits(1, 4),
        "/rumours": Limits(1, 4),
        "/dm_hooks": Limits(1, 4),
    },
)
