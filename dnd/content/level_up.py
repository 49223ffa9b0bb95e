"""A level gained: how it came about, around what code says it brings."""

from random import Random
from typing import Annotated, Literal, cast

from pydantic import Field

from dnd.content.base import ContentType, Group, Length, Limits
from dnd.content.fields import CodeOwned, Content, DmOnly, Line, Name, Prose
from dnd.content.skeleton import Skeleton, Slots
from dnd.content.subject import CharacterSubject, ShortText, Subject, character_documents, character_sheet
from dnd.mechanics.level_up import LevelGain, describe, next_level
from dnd.srd.edition import Edition


class LevelUpSubject(CharacterSubject):
    """The character before the level; class and level are needed."""

    takes: ShortText | None = Field(default=None, description="The class of the new level; else the first.")
    hit_points: Literal["fixed", "rolled"] = "fixed"


class Moment(Content):
    """The first time that something new works."""

    feature: Name
    moment: Line


class Advice(Content):
    """Which option fits this character."""

    choice: Name
    advice: Line


class LevelUp(Content):
    """A step in a life, with what it brings and how to choose."""

    title: Name
    story: Prose
    moments: list[Moment]
    training: Line
    choices: list[Advice]
    companions: Line
    dm_hooks: Annotated[list[Line], DmOnly()]
    mechanics: Annotated[LevelGain, CodeOwned()]


def _skeleton(subject: Subject, edition: Edition, rng: Random) -> Skeleton:
    asked = cast("LevelUpSubject", subject)
    gain = next_level(character_sheet(asked), edition, rng, takes=asked.takes, method=asked.hit_points)
    return Skeleton(
        owned={"mechanics": gain.model_dump(mode="json", exclude_none=True)},
        lines=tuple(describe(gain)),
        slots={
            "/moments": Slots(field="feature", keys=gain.gained),
            "/choices": Slots(field="choice", keys=tuple(choice.choice for choice in gain.choices)),
        },
    )


TYPE = ContentType(
    name="level_up",
    group=Group.CHARACTER,
    description="The next level: what it brings by the rules, how it was earned, and how to choose.",
    model=LevelUp,
    subject=LevelUpSubject,
    main="/story",
    words={
        Length.LINE: Limits(10, 60),
        Length.BULLETS: Limits(30, 120),
        Length.READ_ALOUD: Limits(40, 140),
        Length.FULL: Limits(80, 300),
    },
    entries={"/moments": Limits(1, 6), "/choices": Limits(0, 4), "/dm_hooks": Limits(1, 4)},
    kinds=frozenset({"sheet"}),
    documents=character_documents,
    skeleton=_skeleton,
)
