"""A dialogue to play out at the table."""

from typing import Annotated

from pydantic import Field

from dnd.content.base import ContentType, Group, Length, Limits
from dnd.content.fields import Content, DmOnly, Line, Name
from dnd.content.subject import ShortText, Subject


class DialogueSubject(Subject):
    """Who talks, and about what."""

    speakers: list[ShortText] = Field(default_factory=list, max_length=6)
    topic: ShortText | None = None
    location: ShortText | None = None
    mood: ShortText | None = None


class Speech(Content):
    """One turn of the talk."""

    speaker: Name
    words: Line
    cue: Line
    """How it is said, or what the speaker does meanwhile."""


class Dialogue(Content):
    """A talk with a setting, turns and an outcome, and what is left unsaid."""

    title: Name
    setting: Line
    lines: list[Speech]
    outcome: Line
    subtext: Annotated[Line, DmOnly()]
    dm_hooks: Annotated[list[Line], DmOnly()]


TYPE = ContentType(
    name="dialogue",
    group=Group.NARRATIVE,
    description="A talk with a setting, turns and an outcome, and what is left unsaid.",
    model=Dialogue,
    subject=DialogueSubject,
    main="/lines",
    words={
        Length.LINE: Limits(20, 110),
        Length.BULLETS: Limits(40, 180),
        Length.READ_ALOUD: Limits(50, 220),
        Length.FULL: Limits(90, 420),
    },
    entries={"/lines": Limits(4, 12), "/dm_hooks": Limits(1, 4)},
)
