"""An encounter: a scene around a group of monsters that code has paid for."""

from random import Random
from typing import Annotated, cast

from pydantic import Field, field_validator

from dnd.content.base import ContentType, Group, Length, Limits
from dnd.content.fields import CodeOwned, Content, DmOnly, Line, Name, Prose
from dnd.content.skeleton import Documents, Skeleton, Slots
from dnd.content.subject import ShortText, Subject
from dnd.mechanics.encounter import EncounterWish, build_encounter, describe, difficulties
from dnd.sheets.encounter import EncounterPlan
from dnd.srd.edition import Edition
from dnd.srd.monsters import CREATURE_TYPES

USUAL_DIFFICULTY = {"5.1": "medium", "5.2": "moderate"}


class EncounterSubject(Subject):
    """Who meets whom, and where. What is left open, code chooses."""

    party: list[Annotated[int, Field(ge=1, le=20)]] = Field(
        default=[3, 3, 3, 3], min_length=1, max_length=10, description="Level of each character."
    )
    difficulty: ShortText | None = Field(
        default=None, description="5.2: low, moderate, high. 5.1: easy, medium, hard, deadly."
    )
    monsters: list[ShortText] = Field(
        default_factory=list, max_length=4, description="Monsters of the SRD that must be in it."
    )
    creature_types: list[ShortText] = Field(default_factory=list, max_length=5, description="To choose monsters from.")
    environment: ShortText | None = None
    goal: ShortText | None = Field(default=None, description="What is at stake.")

    @field_validator("creature_types")
    @classmethod
    def _known_types(cls, value: list[str]) -> list[str]:
        words = [word.lower() for word in value]
        if any(word not in CREATURE_TYPES for word in words):
            raise ValueError("known are " + ", ".join(CREATURE_TYPES))
        return words


class EncounterTactic(Content):
    """How one kind of monster fights."""

    monster: Name
    tactic: Line


class Encounter(Content):
    """A scene with a place, foes, something at stake, and more than one way out."""

    title: Name
    read_aloud: Prose
    terrain: list[Line]
    opening: Line
    signs: Line
    tactics: Annotated[list[EncounterTactic], DmOnly()]
    turning_point: Annotated[Line, DmOnly()]
    parley: Annotated[Line, DmOnly()]
    aftermath: Annotated[Line, DmOnly()]
    dm_hooks: Annotated[list[Line], DmOnly()]
    plan: Annotated[EncounterPlan, DmOnly(), CodeOwned()]


def _skeleton(subject: Subject, edition: Edition, rng: Random) -> Skeleton:
    asked = cast("EncounterSubject", subject)
    wish = EncounterWish(
        party=tuple(asked.party),
        difficulty=(asked.difficulty or USUAL_DIFFICULTY[edition]).lower(),
        types=tuple(asked.creature_types),
        names=tuple(asked.monsters),
    )
    plan = build_encounter(wish, edition, rng)
    keys = tuple(monster.name for monster in plan.monsters)
    return Skeleton(
        owned={"plan": plan.model_dump(mode="json", exclude_none=True, exclude_defaults=True)},
        lines=(*describe(plan), f"difficulties of this edition: {', '.join(difficulties(edition))}"),
        slots={"/tactics": Slots(field="monster", keys=keys)},
    )


def _documents(subject: Subject, content: Content | None) -> Documents:  # noqa: ARG001 -- the shape of `documents`
    return {} if content is None else {"/plan": cast("Encounter", content).plan}


TYPE = ContentType(
    name="encounter",
    group=Group.CAMPAIGN,
    description="A scene to fight, talk or run from: place, foes within the budget, tactics, and ways out.",
    model=Encounter,
    subject=EncounterSubject,
    main="/read_aloud",
    words={
        Length.LINE: Limits(8, 50),
        Length.BULLETS: Limits(30, 110),
        Length.READ_ALOUD: Limits(40, 130),
        Length.FULL: Limits(60, 220),
    },
    entries={"/terrain": Limits(2, 4), "/tactics": Limits(1, 4), "/dm_hooks": Limits(1, 4)},
    kinds=frozenset({"encounter"}),
    documents=_documents,
    skeleton=_skeleton,
)
