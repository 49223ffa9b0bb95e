"""Reading level: joins short sentences where a theme asks for longer breath."""

import re
from collections.abc import Sequence

from dnd.prose.readability import syllables

_WORD = re.compile(r"[a-z]+(?:['’-][a-z]+)*")
_END = re.compile(r"[.!?]+[\"”’)]*(?:\s|$)")
_OPENERS = (
    "It|They|She|He|There|The|A|An|Nobody|No one|Everyone|Some|Those|That|This|These|What|One|Each|Every|Behind|"
    "Beneath|Ahead|Ask|In|On|By|At|And|But|Nor|Neither|Somebody|Two|Three|Nothing|Half|Most|Few|People|Their|Her|His|Its|When|Whoever|Under"
)
_INSIDE = re.compile(rf"(?<=[a-z])\. (?=(?:{_OPENERS}) [a-z])")
_BETWEEN = re.compile(rf"(?:{_OPENERS}) [a-z]")
_MARGIN = 0.8
"""Grades above the lower bound to aim at: counts of syllables are estimates."""

Sentences = list[tuple[str, bool]]
"""The texts of a paragraph in order; True for one that must stay as it is."""


def lengthened(paragraphs: Sequence[Sentences], low: float, name: str) -> list[Sentences]:
    """`paragraphs` with sentences joined by semicolons until together they reach grade `low`.

    Grades by Flesch-Kincaid: 0.39 x words per sentence + 11.8 x syllables per word - 15.59. Sentences inside one
    text are joined first, since they were written to follow each other; then texts that stand side by side. `name`
    may open a joined sentence and keeps its capital.
    """
    surplus = _surplus(" ".join(text for paragraph in paragraphs for text, _ in paragraph), low)
    done: list[Sentences] = []
    for paragraph in paragraphs:
        inside: Sentences = []
        for text, fixed in paragraph:
            joined = text
            if not fixed and surplus > 0 and (match := _INSIDE.search(joined)):
                joined = _joined(joined[: match.start()], joined[match.end() :])
                surplus -= 1
            inside.append((joined, fixed))
        done.append(inside)
    if surplus <= 0:
        return done
    return [_side_by_side(paragraph, name) for paragraph in done]


def _surplus(text: str, low: float) -> float:
    """How many sentences too many `text` has to reach grade `low`."""
    words = _WORD.findall(text.lower())
    if not words:
        return 0
    ease = low + _MARGIN + 15.59 - 11.8 * sum(map(syllables, words)) / len(words)
    return len(_END.findall(text)) - (0.39 * len(words) / ease if ease > 0 else len(words))


def _side_by_side(paragraph: Sentences, name: str) -> Sentences:
    """Joins neighbours, at most two to a sentence."""
    done: Sentences = []
    for text, fixed in paragraph:
        before = done[-1] if done else ("", True)
        joins = not fixed and not before[1] and ";" not in before[0] and before[0].endswith(".")
        if joins and text.startswith(f"{name} "):
            done[-1] = (f"{before[0][:-1]}; {text}", False)
        elif joins and _BETWEEN.match(text):
            done[-1] = (_joined(before[0][:-1], text), False)
        else:
            done.append((text, fixed))
    return done


def _joined(first: str, second: str) -> str:
    return f"{first}; {second[0].lower()}{second[1:]}"
