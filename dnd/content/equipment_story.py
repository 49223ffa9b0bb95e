"""Where a character's possessions come from."""

from random import Random
from typing import Annotated, cast

from dnd.content.base import ContentType, Group, Length, Limits
from dnd.content.fields import CodeOwned, Content, DmOnly, Line, Name, Prose
from dnd.content.skeleton import Skeleton, Slots
from dnd.content.subject import CharacterSubject, Subject, character_documents, character_sheet
from dnd.mechanics.equipment import Pack, describe, pack_of
from dnd.srd.edition import Edition


class PieceStory(Content):
    """One possession's past and its mark."""

    item: Name
    story: Line
    mark: Line


class EquipmentStory(Content):
    """A pack as a biography."""

    title: Name
    story: Prose
    pieces: list[PieceStory]
    missing: Line
    secret: Annotated[Line, DmOnly()]
    dm_hooks: Annotated[list[Line], DmOnly()]
    mechanics: Annotated[Pack, CodeOwned()]


def _skeleton(subject: Subject, edition: Edition, rng: Random) -> Skeleton:  # noqa: ARG001 -- nothing to choose
    pack = pack_of(character_sheet(cast("CharacterSubject", subject)), edition)
    return Skeleton(
        owned={"mechanics": pack.model_dump(mode="json", exclude_none=True)},
        lines=tuple(describe(pack)),
        slots={"/pieces": Slots(field="item", keys=tuple(piece.name for piece in pack.pieces))},
    )


TYPE = ContentType(
    name="equipment_story",
    group=Group.CHARACTER,
    description="Where each possession comes from, what was given for it, and what is missing.",
    model=EquipmentStory,
    subject=CharacterSubject,
    main="/story",
    words={
        Length.LINE: Limits(10, 60),
        Length.BULLETS: Limits(30, 120),
        Length.READ_ALOUD: Limits(40, 140),
        Length.FULL: Limits(80, 300),
    },
    entries={"/pieces": Limits(1, 8), "/dm_hooks": Limits(1, 4)},
    kinds=frozenset({"sheet"}),
    documents=character_documents,
    skeleton=_skeleton,
)
