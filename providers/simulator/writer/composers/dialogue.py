"""Dialogues: a setting, turns and an outcome, and what is left unsaid."""

from collections.abc import Mapping, Sequence

from dnd.content.base import Limits
from providers.simulator.writer.cast import short_name
from providers.simulator.writer.composers.recipe import Composed, Recipe
from providers.simulator.writer.facts import speakable
from providers.simulator.writer.grammar import capitalised
from providers.simulator.writer.piece import Piece

_SCRIPTS = {
    4: ("ask", "dodge", "press", "close"),
    5: ("ask", "dodge", "press", "yield", "close"),
    6: ("ask", "dodge", "press", "yield", "warn", "close"),
    7: ("ask", "dodge", "press", "yield", "demand", "bargain", "close"),
    8: ("ask", "dodge", "press", "yield", "demand", "bargain", "warn", "close"),
    9: ("ask", "dodge", "press", "yield", "demand", "bargain", "doubt", "swear", "close"),
    10: ("ask", "dodge", "press", "yield", "demand", "bargain", "doubt", "swear", "warn", "close"),
}
"""What each turn of a talk does, by the number of turns: one side asks and doubts, the other gives way."""


_SHORT_TURN = 20
"""Words that are kept free for each turn still to come: all texts of a turn count, cue and speaker too."""
_BESIDE = 10
"""Words of a cue and a speaker, more or less."""


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
    count = max(low, 4, min(high, 10, int((target - spare) // 25)))
    lines: list[dict[str, str]] = []
    left_room = room - min(spare, room // 2)
    for order, turn in enumerate(_SCRIPTS[count]):
        speaker = speakers[_who(order, len(speakers))]
        piece.slots["me"] = short_name(speaker)
        most = left_room - _SHORT_TURN * (count - order - 1) - _BESIDE
        records = piece.records(f"dialogue.{turn}", 1, most=most) or piece.records("dialogue.brief", 1)
        speech, cue = records[0]
        lines.append({"speaker": speaker, "words": speech, "cue": cue})
        left_room -= _words(lines[-1])
    left += _say(lines, spoken, room)
    return Composed(
        {
            "title": piece.brief.subject.get("name") or capitalised(piece.one("dialogue.title")),
            "setting": f"{piece.one('dialogue.setting')} {piece.one('dialogue.mood')}".rstrip(),
            "lines": lines,
            "outcome": piece.one("dialogue.outcome"),
            "subtext": piece.one("dialogue.subtext"),
            "dm_hooks": piece.pick("dialogue.dm_hook", piece.amount("dm_hooks", 2)),
        },
        left,
    )


def _words(line: Mapping[str, str]) -> int:
    return sum(len(text.split()) for text in line.values())


def _who(order: int, speakers: int) -> int:
    """Two take turns. In company the second keeps answering, and the others take over the asking one by one."""
    if order % 2:
        return 1
    askers = [index for index in range(speakers) if index != 1]
    return askers[(order // 2) % len(askers)]


def _say(lines: list[dict[str, str]], spoken: Sequence[str], room: int) -> list[str]:
    """Puts facts into the mouths of the middle turns; gives back those for which there is no room."""
    total = sum(map(_words, lines))
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
