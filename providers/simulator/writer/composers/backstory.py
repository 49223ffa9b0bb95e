"""Backstories: a home, a calling, a break, and what still pulls."""

from collections.abc import Sequence

from dnd.content.base import Length, Limits
from providers.simulator.writer.composers.people import background_slot, class_slot
from providers.simulator.writer.composers.recipe import Composed, Recipe
from providers.simulator.writer.facts import Stage, stage
from providers.simulator.writer.fragments import words_of
from providers.simulator.writer.piece import Beat, Piece


def _chronicle(klass: str, background: str) -> list[Beat]:
    """From the cradle to the road."""
    return [
        Beat("backstory.home", 0),
        Beat("backstory.species", 7),
        Beat("", 9, facts=Stage.EARLY),
        Beat(background, 3),
        Beat("backstory.youth", 8),
        Beat(klass, 2, paragraph=True),
        Beat("backstory.craft", 9),
        Beat("backstory.turn", 1, paragraph=True),
        Beat("backstory.lead", 4),
        Beat("", 9, facts=Stage.MIDDLE),
        Beat("backstory.reaction", 5),
        Beat("backstory.departure", 5, paragraph=True),
        Beat("backstory.cost", 6),
        Beat("backstory.company", 4),
        Beat("", 9, facts=Stage.LATE),
        Beat("backstory.pull", 1),
    ]


def _from_the_break(klass: str, background: str) -> list[Beat]:
    """Begins with the night that changed everything, then tells what it broke."""
    return [
        Beat("backstory.turn", 0),
        Beat("backstory.before", 1, paragraph=True),
        Beat("", 9, facts=Stage.EARLY),
        Beat(background, 3),
        Beat("backstory.youth", 8),
        Beat(klass, 2),
        Beat("backstory.lead", 4, paragraph=True),
        Beat("", 9, facts=Stage.MIDDLE),
        Beat("backstory.reaction", 5),
        Beat("backstory.cost", 6),
        Beat("backstory.departure", 5, paragraph=True),
        Beat("backstory.company", 4),
        Beat("", 9, facts=Stage.LATE),
        Beat("backstory.pull", 1),
    ]


def _from_the_road(klass: str, background: str) -> list[Beat]:
    """Begins where the character stands today and works back."""
    return [
        Beat("backstory.today", 0),
        Beat("backstory.company", 5),
        Beat("backstory.home", 1, paragraph=True),
        Beat("backstory.species", 7),
        Beat("", 9, facts=Stage.EARLY),
        Beat(background, 3),
        Beat(klass, 2),
        Beat("backstory.craft", 9),
        Beat("backstory.turn", 2, paragraph=True),
        Beat("backstory.lead", 4),
        Beat("", 9, facts=Stage.MIDDLE),
        Beat("backstory.reaction", 5),
        Beat("backstory.cost", 6),
        Beat("", 9, paragraph=True, facts=Stage.LATE),
        Beat("backstory.pull", 1),
    ]


_ORIGIN = frozenset({"raised", "born", "brought", "grew"})
"""Words of a fact that tells where somebody comes from: the piece then leaves that to the fact."""
_PLANS = (_chronicle, _from_the_break, _from_the_road)


def compose(piece: Piece, facts: Sequence[str], words: Limits) -> Composed:
    """A backstory for the subject of `piece`."""
    subject = piece.brief.subject
    plan = _PLANS[piece.variant % len(_PLANS)](class_slot(subject), background_slot(subject))
    if not any(stage(fact) is Stage.MIDDLE for fact in facts):
        plan = [beat for beat in plan if beat.slot not in {"backstory.lead", "backstory.reaction"}]
    if piece.brief.length is not Length.FULL:
        # What still pulls at a character answers what happened; in little room that may be missing.
        plan = [beat._replace(slot="backstory.aim") if beat.slot == "backstory.pull" else beat for beat in plan]
    if any(not _ORIGIN.isdisjoint(words_of(fact)) for fact in facts):
        piece.shunned = _ORIGIN
    lean = 0.5 if piece.brief.length is Length.FULL else 0.55
    story, left = piece.prose(plan, facts, words, lean=lean)
    connections = [
        {"name": piece.person(role), "relation": relation, "detail": detail}
        for role, relation, detail in piece.records("backstory.connection", piece.amount("connections", 3))
    ]
    return Composed(
        {
            "title": piece.one("backstory.title"),
            "summary": piece.one("backstory.summary"),
            "story": story,
            "turning_points": piece.pick("backstory.turning_point", piece.amount("turning_points", 3)),
            "connections": connections,
            "hooks": piece.pick("backstory.hook", piece.amount("hooks", 3)),
            "secret": piece.one("backstory.secret"),
            "dm_hooks": piece.pick("backstory.dm_hook", piece.amount("dm_hooks", 3)),
        },
        left,
    )


RECIPE = Recipe(compose, carriers=("turning_points", "summary", "hooks", "connections/detail"))
