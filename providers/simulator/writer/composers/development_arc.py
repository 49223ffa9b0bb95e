"""Development arcs: a road ahead, station by station."""

from collections.abc import Sequence

from dnd.content.base import Limits
from providers.simulator.writer.composers.recipe import Composed, Recipe
from providers.simulator.writer.facts import Stage
from providers.simulator.writer.piece import Beat, Piece

_PLANS = (
    (
        Beat("road.now", 0),
        Beat("road.unfinished", 1),
        Beat("", 9, facts=Stage.MIDDLE),
        Beat("road.question", 1),
        Beat("road.others", 2),
        Beat("road.theme", 1),
        Beat("road.forward", 2),
    ),
    (
        Beat("road.unfinished", 0),
        Beat("road.now", 1),
        Beat("road.theme", 1),
        Beat("", 9, facts=Stage.MIDDLE),
        Beat("road.question", 1),
        Beat("road.others", 3),
        Beat("road.forward", 2),
    ),
)


def compose(piece: Piece, facts: Sequence[str], words: Limits) -> Composed:
    """A road for the subject of `piece`."""
    premise, left = piece.prose(_PLANS[piece.variant % len(_PLANS)], facts, words, lean=0.4)
    milestones = piece.brief.wants("milestone")
    scenes = piece.records("road.stage", len(milestones))
    return Composed(
        {
            "title": piece.one("road.title"),
            "premise": premise,
            "stages": [
                {"milestone": milestone, "beat": scene[0], "test": scene[1]}
                for milestone, scene in zip(milestones, scenes, strict=False)
            ],
            "relationships": piece.pick("road.relationship", piece.amount("relationships", 3)),
            "cost": piece.one("road.cost"),
            "endings": piece.pick("road.ending", piece.amount("endings", 3)),
            "dm_hooks": piece.pick("road.dm_hook", piece.amount("dm_hooks", 2)),
        },
        left,
    )


RECIPE = Recipe(compose, carriers=("relationships", "cost"))
