"""Combat strategies: how one character fights."""

from collections.abc import Sequence

from dnd.content.base import Limits
from providers.simulator.writer.composers.recipe import Composed, Recipe
from providers.simulator.writer.facts import Stage
from providers.simulator.writer.piece import Beat, Piece

_PLANS = (
    (
        Beat("combat.look", 0),
        Beat("combat.habit", 2),
        Beat("", 9, facts=Stage.MIDDLE),
        Beat("combat.rhythm", 2),
        Beat("combat.theme", 1),
        Beat("combat.person", 3),
        Beat("combat.close", 3),
    ),
    (
        Beat("combat.person", 0),
        Beat("", 9, facts=Stage.MIDDLE),
        Beat("combat.look", 2),
        Beat("combat.rhythm", 3),
        Beat("combat.habit", 2),
        Beat("combat.theme", 1),
        Beat("combat.close", 4),
    ),
)


def compose(piece: Piece, facts: Sequence[str], words: Limits) -> Composed:
    """A plan for the subject of `piece`."""
    approach, left = piece.prose(_PLANS[piece.variant % len(_PLANS)], facts, words, lean=0.4)
    resources = piece.brief.wants("resource")
    uses = piece.pick("combat.use", len(resources))
    return Composed(
        {
            "title": piece.one("combat.title"),
            "approach": approach,
            "opening": piece.one("combat.opening"),
            "resources": [{"resource": resource, "use": use} for resource, use in zip(resources, uses, strict=False)],
            "positioning": piece.one("combat.positioning"),
            "teamwork": piece.pick("combat.teamwork", piece.amount("teamwork", 3)),
            "retreat": piece.one("combat.retreat"),
            "weaknesses": piece.pick("combat.weakness", piece.amount("weaknesses", 2)),
            "counter": piece.one("combat.counter"),
        },
        left,
    )


RECIPE = Recipe(compose, carriers=("teamwork", "positioning", "retreat", "opening"))
