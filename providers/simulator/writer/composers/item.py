"""Items: a look, a history, properties in words, and a catch."""

from collections.abc import Sequence

from dnd.content.base import Limits
from providers.simulator.writer.composers.recipe import Composed, Recipe
from providers.simulator.writer.facts import Stage
from providers.simulator.writer.grammar import bare, capitalised, definite
from providers.simulator.writer.piece import Beat, Piece

_PLANS = (
    (
        Beat("item.look", 0),
        Beat("item.wear", 2),
        Beat("", 9, facts=Stage.MIDDLE),
        Beat("item.theme", 1),
        Beat("item.hand", 3),
        Beat("item.odd", 4),
    ),
    (
        Beat("item.hand", 0),
        Beat("item.look", 2),
        Beat("item.theme", 1),
        Beat("", 9, facts=Stage.MIDDLE),
        Beat("item.odd", 3),
        Beat("item.wear", 4),
    ),
)


def _introduce(piece: Piece) -> None:
    """Adds the slots that only this type has: name, category, rarity and owner."""
    subject, slots = piece.brief.subject, piece.slots
    default_name, default_category = piece.records("item.thing", 1)[0]
    slots["category"] = bare(subject.get("category", default_category)).lower()
    slots["Category"] = " ".join(word.capitalize() for word in slots["category"].split())
    slots["maker"] = slots["other"].split()[-1]
    made = piece.one("item.name") if "category" in subject else default_name
    slots["item"] = subject.get("name", made)
    slots["the_item"] = definite(slots["item"])
    if "owner" in subject:
        slots["owner"] = definite(subject["owner"])


def compose(piece: Piece, facts: Sequence[str], words: Limits) -> Composed:
    """A thing for the subject of `piece`."""
    _introduce(piece)
    magical = "mundane" if "without magic" in piece.brief.mechanics else "magical"
    description, left = piece.prose(_PLANS[piece.variant % len(_PLANS)], facts, words, lean=0.4)
    return Composed(
        {
            "name": piece.slots["item"],
            "category": capitalised(piece.slots["category"]),
            "description": description,
            "history": piece.one("item.owner") or piece.one("item.history"),
            "properties": piece.pick(f"item.{magical}", piece.amount("properties", 2)),
            "catch": piece.one("item.catch"),
            "dm_hooks": piece.pick("item.dm_hook", piece.amount("dm_hooks", 2)),
        },
        left,
    )


RECIPE = Recipe(compose, carriers=("history", "properties"))
