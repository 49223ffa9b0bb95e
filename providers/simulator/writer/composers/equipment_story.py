"""Equipment stories: a pack as a biography."""

from collections.abc import Sequence

from dnd.content.base import Limits
from providers.simulator.writer.composers.recipe import Composed, Recipe
from providers.simulator.writer.facts import Stage
from providers.simulator.writer.piece import Beat, Piece

_PLANS = (
    (
        Beat("pack.begin", 0),
        Beat("pack.way", 2),
        Beat("", 9, facts=Stage.MIDDLE),
        Beat("pack.order", 2),
        Beat("pack.theme", 1),
        Beat("pack.meaning", 3),
    ),
    (
        Beat("pack.order", 0),
        Beat("pack.begin", 2),
        Beat("pack.theme", 1),
        Beat("", 9, facts=Stage.MIDDLE),
        Beat("pack.way", 2),
        Beat("pack.meaning", 4),
    ),
)


def compose(piece: Piece, facts: Sequence[str], words: Limits) -> Composed:
    """The stories of the possessions of the subject of `piece`."""
    story, left = piece.prose(_PLANS[piece.variant % len(_PLANS)], facts, words, lean=0.4)
    items = piece.brief.wants("item")
    tales = piece.records("pack.piece", len(items))
    return Composed(
        {
            "title": piece.one("pack.title"),
            "story": story,
            "pieces": [
                {"item": item, "story": tale[0], "mark": tale[1]} for item, tale in zip(items, tales, strict=False)
            ],
            "missing": piece.one("pack.missing"),
            "secret": piece.one("pack.secret"),
            "dm_hooks": piece.pick("pack.dm_hook", piece.amount("dm_hooks", 2)),
        },
        left,
    )


RECIPE = Recipe(compose, carriers=("missing",))
