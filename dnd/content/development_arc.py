"""A road ahead of a character, along the levels to come."""

from random import Random
from typing import Annotated, cast

from pydantic import Field

from dnd.content.base import ContentType, Group, Length, Limits
from dnd.content.fields import CodeOwned, Content, DmOnly, Line, Name, Prose
from dnd.content.skeleton import Skeleton, Slots
from dnd.content.subject import CharacterSubject, Subject, character_documents, character_sheet
from dnd.mechanics.arc import Road, describe, road_ahead
from dnd.srd.edition import Edition


class DevelopmentArcSubject(CharacterSubject):
    """The character at the beginning; class and level are needed."""

    until_level: int | None = Field(default=None, ge=2, le=20, description="Where the road ends; else six levels on.")


class Stage(Content):
    """One station of the road."""

    milestone: Name
    beat: Line
    test: Line


class DevelopmentArc(Content):
    """What may become of a character, station by station."""

    title: Name
    premise: Prose
    stages: list[Stage]
    relationships: list[Line]
    cost: Line
    endings: Annotated[list[Line], DmOnly()]
    dm_hooks: Annotated[list[Line], DmOnly()]
    mechanics: Annotated[Road, CodeOwned()]


def _skeleton(subject: Subject, edition: Edition, rng: Random) -> Skeleton:  # noqa: ARG001 -- nothing to choose
    asked = cast("DevelopmentArcSubject", subject)
    road = road_ahead(character_sheet(asked), edition, until=asked.until_level)
    return Skeleton(
        owned={"mechanics": road.model_dump(mode="json", exclude_none=True)},
        lines=tuple(describe(road)),
        slots={"/stages": Slots(field="milestone", keys=tuple(one.milestone for one in road.milestones))},
    )


TYPE = ContentType(
    name="development_arc",
    group=Group.CHARACTER,
    description="A road ahead, with a scene and a choice for each level that matters, and where it may end.",
    model=DevelopmentArc,
    subject=DevelopmentArcSubject,
    main="/premise",
    words={
        Length.LINE: Limits(10, 60),
        Length.BULLETS: Limits(30, 120),
        Length.READ_ALOUD: Limits(40, 140),
        Length.FULL: Limits(80, 300),
    },
    entries={
        "/stages": Limits(1, 6),
        "/relationships": Limits(1, 4),
        "/endings": Limits(2, 4),
        "/dm_hooks": Limits(1, 4),
    },
    kinds=frozenset({"sheet"}),
    documents=character_documents,
    skeleton=_skeleton,
)
