"""Encounters: a scene around monsters that code has paid for."""

from collections.abc import Sequence

from dnd.content.base import Limits
from providers.simulator.writer.composers.recipe import Composed, Recipe
from providers.simulator.writer.facts import Stage
from providers.simulator.writer.piece import Beat, Piece

MOST_FOES = 4
"""Kinds of monsters in one encounter."""
_PLANS = (
    (
        Beat("encounter.open", 0),
        Beat("encounter.sense", 1),
        Beat("", 9, facts=Stage.MIDDLE),
        Beat("encounter.place_note", 1),
        Beat("encounter.sign", 2),
        Beat("encounter.theme", 1),
        Beat("encounter.near", 3),
    ),
    (
        Beat("encounter.sense", 0),
        Beat("encounter.place_note", 2),
        Beat("encounter.open", 1),
        Beat("encounter.sign", 1),
        Beat("", 9, facts=Stage.MIDDLE),
        Beat("encounter.theme", 1),
        Beat("encounter.near", 2),
    ),
)


def compose(piece: Piece, facts: Sequence[str], words: Limits) -> Composed:
    """A scene for the subject of `piece`."""
    scene, left = piece.prose(_PLANS[piece.variant % len(_PLANS)], facts, words, lean=0.4)
    foes = piece.brief.wants("monster")
    # As many for every variant, so that variants walk along the pool in equal strides.
    tactics = piece.pick("encounter.tactic", max(len(foes), MOST_FOES))
    return Composed(
        {
            "title": piece.brief.subject.get("name") or piece.one("encounter.title"),
            "read_aloud": scene,
            "terrain": piece.pick("encounter.terrain", piece.amount("terrain", 3)),
            "opening": piece.one("encounter.opening"),
            "signs": piece.one("encounter.signs"),
            "tactics": [{"monster": foe, "tactic": tactic} for foe, tactic in zip(foes, tactics, strict=False)],
            "turning_point": piece.one("encounter.turning"),
            "parley": piece.one("encounter.parley"),
            "aftermath": piece.one("encounter.aftermath"),
            "dm_hooks": piece.pick("encounter.dm_hook", piece.amount("dm_hooks", 2)),
        },
        left,
    )


RECIPE = Recipe(compose, carriers=("terrain", "signs", "opening"))
