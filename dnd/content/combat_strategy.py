"""How a character fights, around what the sheet gives."""

from random import Random
from typing import Annotated, cast

from dnd.content.base import ContentType, Group, Length, Limits
from dnd.content.fields import CodeOwned, Content, DmOnly, Line, Name, Prose
from dnd.content.skeleton import Skeleton, Slots
from dnd.content.subject import CharacterSubject, Subject, character_documents, character_sheet
from dnd.mechanics.combat import CombatKit, combat_kit, describe
from dnd.srd.edition import Edition


class ResourceUse(Content):
    """When to spend one thing."""

    resource: Name
    use: Line


class CombatStrategy(Content):
    """A plan for the next fight, in the character's own manner."""

    title: Name
    approach: Prose
    opening: Line
    resources: list[ResourceUse]
    positioning: Line
    teamwork: list[Line]
    retreat: Line
    weaknesses: Annotated[list[Line], DmOnly()]
    counter: Annotated[Line, DmOnly()]
    mechanics: Annotated[CombatKit, CodeOwned()]


def _skeleton(subject: Subject, edition: Edition, rng: Random) -> Skeleton:  # noqa: ARG001 -- nothing to choose
    kit = combat_kit(character_sheet(cast("CharacterSubject", subject)), edition)
    return Skeleton(
        owned={"mechanics": kit.model_dump(mode="json", exclude_none=True)},
        lines=tuple(describe(kit)),
        slots={"/resources": Slots(field="resource", keys=tuple(resource.name for resource in kit.resources))},
    )


TYPE = ContentType(
    name="combat_strategy",
    group=Group.CHARACTER,
    description="How this character fights: opening, when to spend what, whom to stand beside, when to leave.",
    model=CombatStrategy,
    subject=CharacterSubject,
    main="/approach",
    words={
        Length.LINE: Limits(10, 60),
        Length.BULLETS: Limits(30, 120),
        Length.READ_ALOUD: Limits(40, 140),
        Length.FULL: Limits(80, 300),
    },
    entries={"/resources": Limits(1, 6), "/teamwork": Limits(1, 4), "/weaknesses": Limits(1, 4)},
    kinds=frozenset({"sheet"}),
    documents=character_documents,
    skeleton=_skeleton,
)
