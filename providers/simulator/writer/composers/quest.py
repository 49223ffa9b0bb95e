"""Quests: something to be done, for somebody, for a price."""

from collections.abc import Sequence

from dnd.content.base import Limits
from providers.simulator.writer.composers.recipe import Composed, Recipe
from providers.simulator.writer.facts import Stage
from providers.simulator.writer.grammar import capitalised, definite
from providers.simulator.writer.piece import Beat, Piece

_PLANS = (
    (
        Beat("quest.ask", 0),
        Beat("quest.trouble", 1),
        Beat("", 9, facts=Stage.MIDDLE),
        Beat("quest.giver", 2),
        Beat("quest.before", 3, paragraph=True),
        Beat("quest.way", 2),
        Beat("quest.odd", 3),
        Beat("quest.haste", 4),
    ),
    (
        Beat("quest.trouble", 0),
        Beat("quest.ask", 1),
        Beat("quest.haste", 3),
        Beat("", 9, facts=Stage.MIDDLE),
        Beat("quest.way", 2, paragraph=True),
        Beat("quest.before", 3),
        Beat("quest.giver", 2),
        Beat("quest.odd", 4),
    ),
)


def _introduce(piece: Piece) -> None:
    """Adds the slots that only this type has: giver, goal and reward, the caller's or a default task's."""
    subject, slots = piece.brief.subject, piece.slots
    given = subject.get("giver")
    slots["giver"] = definite(given) if given else slots["patron"]
    made, target = piece.records("quest.goal", 1)[0]
    goal = subject.get("goal", made).rstrip(".")
    slots["goal"] = goal[:1].lower() + goal[1:]
    slots["Goal"] = capitalised(goal)
    if "goal" not in subject and target != "-":
        slots["target"] = target[:1].lower() + target[1:]
    if "reward" in subject:
        slots["reward"] = subject["reward"].rstrip(".")


def compose(piece: Piece, facts: Sequence[str], words: Limits) -> Composed:
    """A job for the subject of `piece`."""
    _introduce(piece)
    subject = piece.brief.subject
    description, left = piece.prose(_PLANS[piece.variant % len(_PLANS)], facts, words, lean=0.45)
    rewards = piece.amount("rewards", 2)
    given = [piece.fill("{reward}.")] if "reward" in subject else []
    return Composed(
        {
            "title": subject.get("name") or piece.one("quest.title"),
            "hook": piece.one("quest.hook"),
            "giver": capitalised(piece.slots["giver"]),
            "description": description,
            "objectives": [
                piece.one("quest.first_objective"),
                *piece.pick("quest.objective", piece.amount("objectives", 3) - 1),
            ],
            "complications": piece.pick("quest.complication", piece.amount("complications", 2)),
            "rewards": [*given, *piece.pick("quest.reward", rewards - len(given))],
            "truth": piece.one("quest.truth"),
            "dm_hooks": piece.pick("quest.dm_hook", piece.amount("dm_hooks", 2)),
        },
        left,
    )


RECIPE = Recipe(compose, carriers=("hook", "objectives", "complications", "rewards"))
