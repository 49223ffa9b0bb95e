"""Non-player characters: playable at once, with more underneath."""

from collections.abc import Sequence

from dnd.content.base import Limits
from providers.simulator.writer.composers.recipe import Composed, Recipe
from providers.simulator.writer.facts import Stage
from providers.simulator.writer.grammar import bare
from providers.simulator.writer.piece import Beat, Piece

_PLANS = (
    (
        Beat("npc.look", 0),
        Beat("npc.species", 3),
        Beat("npc.work", 1),
        Beat("", 9, facts=Stage.MIDDLE),
        Beat("npc.theme", 1),
        Beat("npc.standing", 3),
        Beat("npc.attitude", 2),
        Beat("npc.habit", 4),
        Beat("npc.faction", 2),
    ),
    (
        Beat("npc.theme", 0),
        Beat("npc.look", 1),
        Beat("npc.standing", 2),
        Beat("", 9, facts=Stage.MIDDLE),
        Beat("npc.faction", 2),
        Beat("npc.habit", 3),
        Beat("npc.work", 4),
        Beat("npc.attitude", 2),
    ),
)


def _introduce(piece: Piece) -> None:
    """Adds the slots that only this type has: the role, and what the caller said of attitude and faction."""
    subject = piece.brief.subject
    role = bare(subject.get("role", "")) or piece.one("npc.default_role")
    piece.slots["role"] = role if role[1:2].isupper() else role[:1].lower() + role[1:]
    for key in ("attitude", "faction"):
        if key in subject:
            piece.slots[key] = bare(subject[key]) if key == "attitude" else subject[key].rstrip(".")


def compose(piece: Piece, facts: Sequence[str], words: Limits) -> Composed:
    """Somebody for the subject of `piece`."""
    _introduce(piece)
    description, left = piece.prose(_PLANS[piece.variant % len(_PLANS)], facts, words, lean=0.4)
    return Composed(
        {
            "name": piece.slots["full"],
            "role": piece.one("npc.role"),
            "first_impression": piece.one("npc.first_impression"),
            "description": description,
            "personality": piece.one("npc.personality"),
            "voice": piece.one("npc.voice"),
            "wants": piece.one("npc.wants"),
            "knows": piece.pick("npc.knows", piece.amount("knows", 3)),
            "secret": piece.one("npc.secret"),
            "leverage": piece.one("npc.leverage"),
            "dm_hooks": piece.pick("npc.dm_hook", piece.amount("dm_hooks", 2)),
        },
        left,
    )


RECIPE = Recipe(compose, carriers=("knows", "role", "wants", "first_impression", "personality", "voice"))
