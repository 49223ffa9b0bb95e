"""Places: to read aloud, walk through and dig into."""

from collections.abc import Sequence

from dnd.content.base import Limits
from providers.simulator.writer.composers.recipe import Composed, Recipe
from providers.simulator.writer.facts import Stage
from providers.simulator.writer.grammar import bare, definite
from providers.simulator.writer.piece import Beat, Piece

_PLANS = (
    (
        Beat("location.approach", 0),
        Beat("location.built", 3),
        Beat("", 9, facts=Stage.MIDDLE),
        Beat("location.senses", 1, paragraph=True),
        Beat("location.people", 3),
        Beat("location.trace", 2),
        Beat("location.wrong", 1),
    ),
    (
        Beat("location.senses", 0),
        Beat("location.approach", 1),
        Beat("location.trace", 2, paragraph=True),
        Beat("", 9, facts=Stage.MIDDLE),
        Beat("location.built", 3),
        Beat("location.wrong", 1),
        Beat("location.people", 3),
    ),
    (
        Beat("location.people", 0),
        Beat("location.built", 2),
        Beat("", 9, facts=Stage.MIDDLE),
        Beat("location.approach", 1, paragraph=True),
        Beat("location.senses", 2),
        Beat("location.wrong", 1),
        Beat("location.trace", 3),
    ),
)


def _introduce(piece: Piece) -> None:
    """Adds the slots that only this type has: the place's name and kind, its region and purpose."""
    subject, slots = piece.brief.subject, piece.slots
    slots["kind"] = bare(subject.get("kind", "")) or piece.one("location.default_kind").lower()
    slots["site"] = subject.get("name") or piece.one("location.name")
    slots["the_site"] = definite(slots["site"])
    slots["region"] = definite(subject["region"]) if "region" in subject else slots["made_place"]
    if "purpose" in subject:
        slots["purpose"] = subject["purpose"].rstrip(".")


def compose(piece: Piece, facts: Sequence[str], words: Limits) -> Composed:
    """A place for the subject of `piece`."""
    _introduce(piece)
    description, left = piece.prose(_PLANS[piece.variant % len(_PLANS)], facts, words, lean=0.45)
    features = piece.records("location.feature", piece.amount("features", 3))
    return Composed(
        {
            "name": piece.slots["site"],
            "summary": piece.one("location.summary"),
            "description": description,
            "features": [{"name": name, "detail": detail} for name, detail in features],
            "occupants": piece.pick("location.occupant", piece.amount("occupants", 2)),
            "rumours": piece.pick("location.rumour", piece.amount("rumours", 3)),
            "danger": piece.one("location.danger"),
            "secret": piece.one("location.secret"),
            "dm_hooks": piece.pick("location.dm_hook", piece.amount("dm_hooks", 2)),
        },
        left,
    )


RECIPE = Recipe(compose, carriers=("rumours", "summary", "occupants", "features/detail"))
