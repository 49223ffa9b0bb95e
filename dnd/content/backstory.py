"""A player character's backstory."""

from typing import Annotated

from dnd.content.base import ContentType, Group, Length, Limits
from dnd.content.fields import Content, DmOnly, Line, Name, Prose
from dnd.content.subject import CharacterSubject, character_documents


class Connection(Content):
    """Somebody who mattered."""

    name: Name
    relation: Line
    detail: Line


class Backstory(Content):
    """Where a character comes from, what made them leave, and what still pulls at them."""

    title: Name
    summary: Line
    story: Prose
    turning_points: list[Line]
    connections: list[Connection]
    hooks: list[Line]
    secret: Annotated[Prose, DmOnly()]
    dm_hooks: Annotated[list[Line], DmOnly()]


TYPE = ContentType(
    name="backstory",
    group=Group.CHARACTER,
    description="Where a character comes from, what made them leave, and what still pulls at them.",
    model=Backstory,
    subject=CharacterSubject,
    kinds=frozenset({"sheet"}),
    documents=character_documents,
    main="/story",
    words={
        Length.LINE: Limits(12, 60),
        Length.BULLETS: Limits(40, 140),
        Length.READ_ALOUD: Limits(60, 160),
        Length.FULL: Limits(150, 420),
    },
    entries={
        "/turning_points": Limits(2, 5),
        "/connections": Limits(1, 5),
        "/hooks": Limits(1, 4),
        "/dm_hooks": Limits(1, 4),
    },
)
