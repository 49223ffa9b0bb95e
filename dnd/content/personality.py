"""A character's personality: traits, ideals, bonds, flaws, quirks."""

from typing import Annotated

from dnd.content.base import ContentType, Group, Length, Limits
from dnd.content.fields import Content, DmOnly, Line, Prose
from dnd.content.subject import CharacterSubject, character_documents


class Personality(Content):
    """How a character acts at the table, in lines short enough to play from."""

    summary: Prose
    traits: list[Line]
    ideals: list[Line]
    bonds: list[Line]
    flaws: list[Line]
    quirks: list[Line]
    voice: Line
    pressure_point: Annotated[Line, DmOnly()]
    dm_hooks: Annotated[list[Line], DmOnly()]


TYPE = ContentType(
    name="personality",
    group=Group.CHARACTER,
    description="Traits, ideals, bonds, flaws and quirks, in lines short enough to play from.",
    model=Personality,
    subject=CharacterSubject,
    kinds=frozenset({"sheet"}),
    documents=character_documents,
    main="/summary",
    words={
        Length.LINE: Limits(8, 40),
        Length.BULLETS: Limits(20, 80),
        Length.READ_ALOUD: Limits(30, 110),
        Length.FULL: Limits(40, 180),
    },
    entries={
        "/traits": Limits(2, 4),
        "/ideals": Limits(1, 3),
        "/bonds": Limits(1, 3),
        "/flaws": Limits(1, 3),
        "/quirks": Limits(2, 5),
        "/dm_hooks": Limits(1, 4),
    },
)
