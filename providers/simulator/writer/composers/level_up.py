"""Levels gained: how they were earned, and how to choose what they bring."""

from collections.abc import Sequence

from dnd.content.base import Limits
from providers.simulator.writer.composers.recipe import Composed, Recipe
from providers.simulator.writer.facts import Stage
from providers.simulator.writer.piece import Beat, Piece

_PLANS = (
    (
        Beat("level.fail", 0),
        Beat("level.practice", 1),
        Beat("", 9, facts=Stage.MIDDLE),
        Beat("level.other", 1),
        Beat("level.turn", 1),
        Beat("level.theme", 1),
        Beat("level.after", 2),
    ),
    (
        Beat("level.theme", 1),
        Beat("level.fail", 1),
        Beat("level.other", 2),
        Beat("", 9, facts=Stage.MIDDLE),
        Beat("level.practice", 1),
        Beat("level.turn", 2),
        Beat("level.after", 3),
    ),
)


def compose(piece: Piece, facts: Sequence[str], words: Limits) -> Composed:
    """A step for the subject of `piece`."""
    story, left = piece.prose(_PLANS[piece.variant % len(_PLANS)], facts, words, lean=0.4)
    features, choices = piece.brief.wants("feature"), piece.brief.wants("choice")
    moments = piece.pick("level.moment", len(features))
    advice = piece.pick("level.advice", len(choices))
    return Composed(
        {
            "title": piece.one("level.title"),
            "story": story,
            "moments": [
                {"feature": feature, "moment": moment} for feature, moment in zip(features, moments, strict=False)
            ],
            "training": piece.one("level.training"),
            "choices": [{"choice": choice, "advice": word} for choice, word in zip(choices, advice, strict=False)],
            "companions": piece.one("level.companions"),
            "dm_hooks": piece.pick("level.dm_hook", piece.amount("dm_hooks", 2)),
        },
        left,
    )


RECIPE = Recipe(compose, carriers=("training", "companions"))
