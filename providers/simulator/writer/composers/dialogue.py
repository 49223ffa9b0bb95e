"""Dialogues: a setting, turns and an outcome, and what is left unsaid."""

from collections.abc import Sequence
from typing import Any

from dnd.content.base import Limits
from providers.simulator.writer.cast import short_name
from providers.simulator.writer.composers.recipe import Composed, Recipe
from providers.simulator.writer.facts import speakable
from providers.simulator.writer.grammar import capitalised
from providers.simulator.writer.piece import Piece

_TURNS = ("ask", "dodge", "press", "yield", "demand", "bargain", "doubt", "swear", "warn", "close")
"""What each turn does; speakers take them in rotation, the one who asks first."""
_KEPT = {4: (0, 1, 2, 9), 5: (0, 1, 2, 3, 9), 6: (0, 1, 2, 3, 4, 9), 7: (0, 1, 2, 3, 4, 5, 9), 8: (0, 1, 2, 3, 4, 5, 8, 9)}


def _speakers(piece: Piece) -> list[str]:
    """The caller's speakers, filled up to two; `{a}` asks and `{b}` answers."""
    given = [name.strip() for name in piece.brief.subject.get("speakers", "").split(",") if name.strip()]
    made = [piece.slots["friend"], piece.slots["foe"]]
    speakers = (given + made[len(given) :])[: max(2, len(given))]
    piece.slots["a"], piece.slots["b"] = short_name(speakers[0]), short_name(speakers[1])
    return speakers


def _introduce(piece: Piece) -> None:
    subject, slots = piece.brief.subject, piece.slots
    topic = subject.get("topic") or piece.one("dialogue.topic")
    topic = topic.strip().rstrip(".?!")
    slots["topic"] = topic if topic[1:2].isupper() or _is_name(topic) else topic[:1].lower() + topic[1:]
    if "mood" in subject:
        slots["mood"] = subject["mood"].rstrip(".").lower()


def _is_name(topic: str) -> bool:
    """A capital later in the phrase says that the first one may belong to a name as well."""
    return any(word[:1].isupper() for word in topic.split()[1:2])


def _turns(count: int) -> list[int]:
    if count in _KEPT:
        return list(_KEPT[count])
    return [*range(9), 9] if count >= 10 else [*range(8), 9]


def compose(piece: Piece, facts: Sequence[str], words: Limits) -> Composed:
    """A talk for the subject of `piece`."""
    speakers = _speakers(piece)
    _introduce(piece)
    low, high = piece.brief.entries.get("lines", Limits(4, 12))
    room = words.high - max(6, words.high // 12)
    spoken = [piece.sentence(fact) for fact in facts if speakable(fact, speakers)]
    left = [fact for fact in facts if not speakable(fact, speakers)]
    spare = sum(len(fact.split()) for fact in spoken)
    target = words.low + (words.high - words.low) * 0.5
    count = max(low, 4, min(high, 10, int((target - spare) // 17)))
    lines: list[dict[str, Any]] = []
    budget = (room - min(spare, room // 2)) // count
    for order, turn in enumerate(_turns(count)):
        records = piece.raw(f"dialogue.{_TURNS[turn]}", 1, most=max(14, budget + 12))
        speech, _, cue = (records or piece.raw("dialogue.any", 1) or ["Go on. | Waits."])[0].partition(" | ")
        lines.append(
            {
                "speaker": speakers[_who(turn, order, len(speakers))],
                "words": piece.fill(speech),
                "cue": piece.fill(cue or "{a} waits."),
            }
        )
    left += _say(lines, spoken, room)
    return Composed(
        {
            "title": piece.brief.subject.get("name") or capitalised(piece.one("dialogue.title")),
            "setting": piece.one("dialogue.mood_setting") or piece.one("dialogue.setting"),
            "lines": lines,
            "outcome": piece.one("dialogue.outcome"),
            "subtext": piece.one("dialogue.subtext"),
            "dm_hooks": piece.pick("dialogue.dm_hook", piece.amount("dm_hooks", 2)),
        },
        left,
    )


def _who(turn: int, order: int, speakers: int) -> int:
    """Askers' turns are even. In company others take over from the asker after the first exchange."""
    if speakers == 2 or order < 2:
        return turn % 2 if turn < 9 else 0
    return order % speakers


def _say(lines: list[dict[str, Any]], spoken: Sequence[str], room: int) -> list[str]:
    """Puts facts into the mouths of the middle turns; gives back those for which there is no room."""
    total = sum(len(line["words"].split()) for line in lines)
    left: list[str] = []
    middle = list(range(1, len(lines) - 1)) or [0]
    for index, fact in enumerate(spoken):
        size = len(fact.split())
        line = lines[middle[(index * 2 + 1) % len(middle)]]
        if total + size > room or len(line["words"].split()) + size > 55:
            left.append(fact)
            continue
        line["words"] = f"{line['words']} {fact}"
        total += size
    return left


RECIPE = Recipe(compose, carriers=("setting", "outcome", "lines/cue"))
