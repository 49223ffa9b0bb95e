"""Personalities: how a character acts at the table."""

from collections.abc import Sequence

from dnd.content.base import Limits
from providers.simulator.writer.composers.people import class_slot
from providers.simulator.writer.composers.recipe import Composed, Recipe
from providers.simulator.writer.facts import Stage
from providers.simulator.writer.piece import Beat, Piece

_PLANS = (
    (
        Beat("personality.core", 0),
        Beat("personality.habit", 2),
        Beat("personality.theme", 1),
        Beat("personality.lead", 4),
        Beat("", 9, facts=Stage.MIDDLE),
        Beat("personality.under_pressure", 3),
        Beat("personality.company", 3),
        Beat("personality.close", 4),
    ),
    (
        Beat("personality.theme", 0),
        Beat("personality.core", 1),
        Beat("personality.lead", 4),
        Beat("", 9, facts=Stage.MIDDLE),
        Beat("personality.under_pressure", 2),
        Beat("personality.company", 3),
        Beat("personality.habit", 3),
        Beat("personality.close", 4),
    ),
)


def compose(piece: Piece, facts: Sequence[str], words: Limits) -> Composed:
    """A personality for the subject of `piece`."""
    plan = [beat for beat in _PLANS[piece.variant % len(_PLANS)] if facts or beat.slot != "personality.lead"]
    summary, left = piece.prose(plan, facts, words, lean=0.5)
    quirks = piece.amount("quirks", 3)
    return Composed(
        {
            "summary": summary,
            "traits": piece.pick("personality.trait", piece.amount("traits", 3)),
            "ideals": piece.pick("personality.ideal", piece.amount("ideals", 2)),
            "bonds": piece.pick("personality.bond", piece.amount("bonds", 2)),
            "flaws": piece.pick("personality.flaw", piece.amount("flaws", 2)),
            "quirks": [
                *piece.pick(class_slot(piece.brief.subject, "quirk"), 1),
                *piece.pick("personality.quirk", quirks - 1),
            ],
            "voice": piece.one("personality.voice"),
            "pressure_point": piece.one("personality.pressure_point"),
            "dm_hooks": piece.pick("personality.dm_hook", piece.amount("dm_hooks", 2)),
        },
        left,
    )


RECIPE = Recipe(compose, carriers=("bonds", "traits", "quirks", "ideals", "flaws", "voice"))
