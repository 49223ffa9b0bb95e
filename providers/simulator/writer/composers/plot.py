"""Plots: the arc behind several sessions."""

from collections.abc import Sequence

from dnd.content.base import Limits
from providers.simulator.writer.composers.recipe import Composed, Recipe
from providers.simulator.writer.facts import Stage
from providers.simulator.writer.grammar import definite
from providers.simulator.writer.piece import Beat, Piece

_PLANS = (
    (
        Beat("plot.situation", 0),
        Beat("plot.setting", 1),
        Beat("plot.wrong", 1),
        Beat("", 9, facts=Stage.MIDDLE),
        Beat("plot.antagonist", 2),
        Beat("plot.pressure", 3, paragraph=True),
        Beat("plot.victims", 3),
        Beat("plot.party", 2),
        Beat("plot.clock", 4),
    ),
    (
        Beat("plot.wrong", 0),
        Beat("plot.setting", 1),
        Beat("plot.situation", 1),
        Beat("plot.victims", 3),
        Beat("", 9, facts=Stage.MIDDLE),
        Beat("plot.antagonist", 2, paragraph=True),
        Beat("plot.clock", 3),
        Beat("plot.pressure", 4),
        Beat("plot.party", 2),
    ),
)
_STEPS = ("plot.act_open", "plot.act_rise", "plot.act_turn", "plot.act_late", "plot.act_end")
_ORDER = {3: (0, 2, 4), 4: (0, 1, 2, 4), 5: (0, 1, 2, 3, 4)}


def _introduce(piece: Piece) -> None:
    """Adds the slots that only this type has: the antagonist, named by the caller or by us."""
    given = piece.brief.subject.get("antagonist")
    piece.slots["antagonist"] = definite(given) if given else piece.slots["foe"]
    piece.slots["title"] = piece.brief.subject.get("name", "")


def compose(piece: Piece, facts: Sequence[str], words: Limits) -> Composed:
    """An arc for the subject of `piece`."""
    _introduce(piece)
    premise, left = piece.prose(_PLANS[piece.variant % len(_PLANS)], facts, words, lean=0.45)
    acts = [
        {"title": title, "events": events}
        for step in _ORDER[min(5, max(3, piece.amount("acts", 5)))]
        for title, events in piece.records(_STEPS[step], 1)
    ]
    factions = piece.records("plot.faction", piece.amount("factions", 3))
    return Composed(
        {
            "title": piece.slots["title"] or piece.one("plot.title"),
            "premise": premise,
            "stakes": piece.one("plot.stakes"),
            "acts": acts,
            "factions": [{"name": name, "aim": aim} for name, aim in factions],
            "truth": piece.one("plot.truth"),
            "twists": piece.pick("plot.twist", piece.amount("twists", 2)),
        },
        left,
    )


RECIPE = Recipe(compose, carriers=("stakes", "acts/events", "factions/aim"))
