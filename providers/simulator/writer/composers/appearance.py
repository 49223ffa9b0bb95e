"""Appearances: what others see, hear and remember of a character."""

from collections.abc import Sequence

from dnd.content.base import Limits
from providers.simulator.writer.composers.people import class_slot
from providers.simulator.writer.composers.recipe import Composed, Recipe
from providers.simulator.writer.facts import Stage
from providers.simulator.writer.fragments import word_set
from providers.simulator.writer.piece import Beat, Piece


def _plan(piece: Piece) -> list[Beat]:
    """The beats in one of two orders; whoever has no hair begins with the bearing."""
    beats = _ordered(piece)
    if piece.brief.subject.get("species", "").lower() not in word_set("hairless"):
        return beats
    return [beat for beat in beats if beat.slot != "appearance.hair"]


def _ordered(piece: Piece) -> list[Beat]:
    gear = class_slot(piece.brief.subject, "gear")
    if piece.variant % 2:
        return [
            Beat("appearance.bearing", 0),
            Beat("appearance.species", 2),
            Beat("appearance.hands", 3),
            Beat(gear, 2),
            Beat("appearance.theme", 1),
            Beat("", 9, facts=Stage.MIDDLE),
            Beat("appearance.belonging", 3),
            Beat("appearance.hair", 4),
            Beat("appearance.close", 4),
        ]
    return [
        Beat("appearance.hair", 0),
        Beat("appearance.species", 2),
        Beat("appearance.theme", 1),
        Beat("", 9, facts=Stage.MIDDLE),
        Beat(gear, 2),
        Beat("appearance.belonging", 3),
        Beat("appearance.bearing", 3),
        Beat("appearance.hands", 4),
        Beat("appearance.close", 4),
    ]


def compose(piece: Piece, facts: Sequence[str], words: Limits) -> Composed:
    """An appearance for the subject of `piece`."""
    description, left = piece.prose(_plan(piece), facts, words, lean=0.4)
    return Composed(
        {
            "first_impression": piece.one("appearance.first_impression"),
            "description": description,
            "face": piece.one("appearance.face"),
            "build": piece.one("appearance.build"),
            "clothing": piece.one("appearance.clothing"),
            "distinguishing_features": piece.pick("appearance.feature", piece.amount("distinguishing_features", 3)),
            "mannerisms": piece.pick("appearance.mannerism", piece.amount("mannerisms", 2)),
            "tell": piece.one("appearance.tell"),
        },
        left,
    )


RECIPE = Recipe(
    compose, carriers=("distinguishing_features", "mannerisms", "first_impression", "clothing", "build", "face")
)
