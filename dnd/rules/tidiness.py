"""QU9-QU11: no markup, no broken characters, no doubled words. Code mends all of them.

Each fix puts the whole text, mended of everything at once, in its place: so it does not matter which finding of a text
is fixed first, and fixing twice changes nothing.
"""

from collections.abc import Iterable
from operator import eq

from dnd.prose.cleaning import clean, find_faults, may_hold
from dnd.rules.building import CONTRACT, Check, Mark, build_rule, span_of
from dnd.rules.finding import Finding, Fix, Severity
from dnd.rules.rule import Case, Draft

_SOURCE = CONTRACT + "Content (texts are plain prose)"


def _check(kinds: tuple[str, ...], what: str) -> Check:
    def check(mark: Mark, draft: Draft) -> Iterable[Finding]:
        for leaf in draft.leaves if any(may_hold(draft.text, kind) for kind in kinds) else ():
            words = draft.passages[leaf.path].words
            if kinds == ("doubled",) and not any(map(eq, words, words[1:])):
                continue
            for kind in kinds:
                for _, start, end in find_faults(leaf.text, kind):
                    yield mark(
                        leaf.path,
                        what,
                        span=span_of(leaf.text, start, end),
                        found=leaf.text[start:end],
                        fix=Fix(path=leaf.path, value=clean(leaf.text)),
                    )

    return check


RULES = (
    build_rule(
        id="QU9",
        title="No markup",
        severity=Severity.ERROR,
        source=_SOURCE,
        prompt="Plain text only: no Markdown, no headings, no bullet marks; paragraphs are parted by one empty line.",
        check=_check(("markup",), "The text holds markup."),
        passing=(Case("backstory"), Case("npc", {"/voice": "Soft - level - exact, like 3 * 4."})),
        failing=(
            Case("npc", {"/voice": "Soft and **level**, each sentence finished."}),
            Case("npc", {"/secret": "# The Secret\nOne page in the book is a copy."}),
            Case("backstory", {"/hooks/0": "- The lantern grows warm near the forger."}),
            Case("item", {"/properties/0": "Ring it `once` as an action."}),
        ),
    ),
    build_rule(
        id="QU10",
        title="No broken or invisible characters",
        severity=Severity.ERROR,
        source=_SOURCE,
        check=_check(("encoding", "character"), "The text holds characters that are broken or cannot be seen."),
        passing=(Case("npc", {"/name": "Émeric Hâl"}),),
        failing=(
            Case("npc", {"/voice": "He doesnâ€™t raise it."}),
            Case("npc", {"/voice": "Soft\u200b and level."}),
            Case("npc", {"/voice": "Soft\x07 and level."}),
        ),
    ),
    build_rule(
        id="QU11",
        title="No doubled words",
        severity=Severity.WARNING,
        source=_SOURCE,
        check=_check(("doubled",), "A word stands twice."),
        passing=(Case("npc", {"/voice": "He had had enough of that, that much was plain; no, no."}),),
        failing=(Case("npc", {"/wants": "To retire with the the record unbroken."}),),
    ),
)
