"""Monsters: words around a stat block that code has built."""

from collections.abc import Sequence

from dnd.content.base import Limits
from providers.simulator.writer.composers.recipe import Composed, Recipe
from providers.simulator.writer.facts import Stage
from providers.simulator.writer.piece import Beat, Piece

_PLANS = (
    (
        Beat("monster.look", 0),
        Beat("monster.sound", 2),
        Beat("monster.move", 1),
        Beat("", 9, facts=Stage.MIDDLE),
        Beat("monster.trace", 1),
        Beat("monster.theme", 1),
    ),
    (
        Beat("monster.trace", 0),
        Beat("monster.theme", 1),
        Beat("", 9, facts=Stage.MIDDLE),
        Beat("monster.look", 1),
        Beat("monster.move", 1),
        Beat("monster.sound", 3),
    ),
)


def compose(piece: Piece, facts: Sequence[str], words: Limits) -> Composed:
    """A monster for the subject of `piece`."""
    name = piece.brief.subject.get("name") or piece.one("monster.name")
    description, left = piece.prose(_PLANS[piece.variant % len(_PLANS)], facts, words, lean=0.4)
    slots = piece.brief.wants("slot")
    names, looks = piece.pick("monster_action.name", len(slots)), piece.pick("monster.act", len(slots))
    return Composed(
        {
            "name": name,
            "summary": piece.one("monster.summary"),
            "description": description,
            "behaviour": piece.one("monster.behaviour"),
            "actions": [
                {"slot": slot, "name": action, "look": look}
                for slot, action, look in zip(slots, names, looks, strict=False)
            ],
            "lore": piece.pick("monster.lore", piece.amount("lore", 3)),
            "tactics": piece.one("monster.tactics"),
            "weakness": piece.one("monster.weakness"),
            "dm_hooks": piece.pick("monster.dm_hook", piece.amount("dm_hooks", 2)),
        },
        left,
    )


RECIPE = Recipe(compose, carriers=("lore", "behaviour", "summary"))
