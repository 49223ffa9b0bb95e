"""Facts in prose: a fact as a sentence of its own, and where in a life it belongs."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from typing import Any, cast

from providers.simulator.writer.fragments import word_set, words_of
from providers.simulator.writer.grammar import capitalised

_SAFE_SWAPS = (
    (re.compile(r"\bvanished\b"), "disappeared"),
    (re.compile(r"\bstarted\b"), "began"),
    (re.compile(r"\bbuilt of\b"), "made of"),
    (re.compile(r"\bpurchased\b"), "bought"),
    (re.compile(r"\bmurdered\b"), "killed"),
)
_CLOSING = "\"'”’)"
_PERSONAL = frozenset({"she", "he", "her", "his", "they", "their", "it", "its"})


class Stage(Enum):
    """Where in a life (or a telling) a fact belongs."""

    EARLY = 0
    MIDDLE = 1
    LATE = 2


def stage(fact: str) -> Stage:
    """Where `fact` belongs, by its words."""
    words = words_of(fact)
    if words & word_set("early"):
        return Stage.EARLY
    return Stage.LATE if words & word_set("late") else Stage.MIDDLE


def as_sentence(fact: str, *, reword: bool = False) -> str:
    """`fact` as a sentence: capital, full stop; a bare label gets a verb. `reword` swaps one safe synonym in."""
    text = " ".join(fact.split()).rstrip(" ,;:")
    if reword:
        for pattern, other in _SAFE_SWAPS:
            if pattern.search(text):
                text = pattern.sub(other, text, count=1)
                break
    if text.rstrip(_CLOSING).endswith((".", "!", "?")):
        return capitalised(text)
    if not _has_verb(text):
        text = f"There is this, too: {text}"
    return capitalised(f"{text}.")


def _has_verb(text: str) -> bool:
    words = text.lower().split()
    if len(words) > 7 or _third_person(words):
        return True
    verbs, linking = word_set("verbs"), word_set("determiners")
    # Behind a determiner `left`, `held` or `painted` is no verb: "a scar on the left cheek".
    return any(
        (word in verbs or word.endswith("ed")) and before not in linking
        for before, word in zip(("", *words), words, strict=False)
    )


def _third_person(words: Sequence[str]) -> bool:
    """Whether the second or third word looks like a verb in the present: `Mira guards the ford`."""
    return any(word.endswith("s") and not word.endswith(("ss", "'s", "’s")) for word in words[1:3])


def speakable(fact: str, speakers: Iterable[str]) -> bool:
    """Whether somebody in a talk can say `fact` as it stands: it names no speaker and leans on no pronoun."""
    lowered = fact.lower()
    first = lowered.split(maxsplit=1)[0] if lowered else ""
    return first not in _PERSONAL and not any(speaker.split()[0].lower() in lowered for speaker in speakers)


def told(facts: Sequence[str], content: Mapping[str, Any], without: Iterable[str]) -> set[str]:
    """The facts that the fields of `content` other than `without` already express, nearly word for word."""
    skipped = set(without)
    pieces = [words_of(text) for name, value in content.items() if name not in skipped for text in strings(value)]
    found: set[str] = set()
    for fact in facts:
        words = words_of(fact)
        if any(len(words & piece) >= 0.9 * len(words) for piece in pieces):
            found.add(fact)
    return found


def strings(value: object) -> Iterator[str]:
    """All texts in JSON-ready data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for entry in cast("list[object]", value):
            yield from strings(entry)
    elif isinstance(value, Mapping):
        for entry in cast("Mapping[str, object]", value).values():
            yield from strings(entry)
