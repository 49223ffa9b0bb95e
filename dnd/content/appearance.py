"""What a character looks like."""

from typing import Annotated

from dnd.content.base import ContentType, Group, Length, Limits
from dnd.content.fields import Content, DmOnly, Line, Prose
from dnd.content.subject import CharacterSubject, character_documents


class Appearance(Content):
    """What others see, hear and remember of a character."""

    first_impression: Line
    description: Prose
    face: Line
    build: Line
    clothing: Line
    distinguishing_features: list[Line]
    mannerisms: list[Line]
    tell: Annotated[Line, DmOnly()]


TYPE = ContentType(
    name="appearance",
    group=Group.CHARACTER,
    description="What others see, hear and remember of a character.",
    model=Appearance,
    subject=CharacterSubject,
    kinds=frozenset({"sheet"}),
    documents=character_documents,
    main="/description",
    words={
        Length.LINE: Limits(8, 50),
        Length.BULLETS: Limits(30, 110),
        Length.READ_ALOUD: Limits(40, 130),
        Length.FULL: Limits(70, 260),
    },
    entries={"/distinguishing_features": Limits(2, 5), "/mannerisms": Limits(1, 4)},
)
