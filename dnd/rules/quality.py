"""QU1, QU5-QU8: the main text has its length, is English, comes to an end and reads at a fitting grade."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from dnd.content.fields import Kind, Leaf
from dnd.prose.lexicon import word_class
from dnd.prose.readability import grade
from dnd.rules.building import CONTRACT, Mark, build_rule, span_of
from dnd.rules.finding import Finding, Severity
from dnd.rules.rule import Case, Draft, Skip

GRADE_SLACK = 1.0
"""Grades beyond the theme's range that are borne: the formula is no finer than that on a page of text."""
GRADE_WORDS = 60
"""Fewest words of which a grade means anything."""
ENGLISH_WORDS = 25
"""Fewest words of which the share of English function words is telling."""
ENGLISH_SHARE = 0.2
"""Least share of the commonest English words: English prose has 0.35 to 0.55, other languages under 0.1."""
FOREIGN_SHARE = 0.05
"""Most letters of other scripts than Latin."""
_MARKS = (".", "!", "?", "…")
_END = re.compile(r"[.!?…][\"”’')\]»]*\s*$|[—–-][\"”’]\s*$")
_CUT = re.compile(r"(?:[,;:(]|\b(?:and|or|the|a|an|of|with|but|for|because|which|whose|into|from))\s*$", re.IGNORECASE)
_QUOTES = '“”"'
_QUALITY = CONTRACT + "Content (a failure is never content)"


def _words(mark: Mark, draft: Draft) -> Iterator[Finding]:
    limits = draft.type.words[draft.length]
    count = sum(draft.passages[leaf.path].count for leaf in draft.main)
    if not limits.low <= count <= limits.high:
        yield mark(
            draft.type.main,
            f"The text has {count} words; the length {draft.length.value} asks for {limits.low} to {limits.high}.",
            expected=f"{limits.low} to {limits.high} words",
            found=str(count),
        )


def _english(mark: Mark, draft: Draft) -> Iterator[Finding]:
    common = word_class("english")
    doubtful: list[Leaf] = []
    for leaf in draft.leaves:
        if not leaf.text.isascii() and (share := _foreign_share(leaf.text)) > FOREIGN_SHARE:
            yield mark(
                leaf.path,
                "The text is written in another script than English.",
                expected="English",
                found=f"{share:.0%} of the letters",
            )
            continue
        words = draft.passages[leaf.path].words
        if len(words) >= ENGLISH_WORDS and _share(words, common) < ENGLISH_SHARE:
            doubtful.append(leaf)
    yield from (mark(leaf.path, "The text is not English prose.", expected="English prose") for leaf in doubtful)
    if doubtful:
        return
    everything = [word for leaf in draft.leaves for word in draft.passages[leaf.path].words]
    if len(everything) >= ENGLISH_WORDS and _share(everything, common) < ENGLISH_SHARE / 2:
        yield mark(draft.type.main, "The piece as a whole is not English prose.", expected="English prose")


def _share(words: list[str], common: frozenset[str]) -> float:
    return sum(map(common.__contains__, words)) / len(words)


def _foreign_share(text: str) -> float:
    letters = [letter for letter in text if letter.isalpha()]
    foreign = sum(1 for letter in letters if not letter.isascii() and not _is_latin(letter))
    return foreign / len(letters) if letters else 0.0


def _is_latin(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith("LATIN")


def _reading_level(mark: Mark, draft: Draft) -> Iterable[Finding] | Skip:
    """Speech in turns is short by nature: there only too high a grade is a fault."""
    passages = [draft.passages[leaf.path] for leaf in draft.main if leaf.kind is not Kind.NAME]
    level = draft.contract.reading_level
    value = grade(passages)
    if value is None or sum(len(passage.words) for passage in passages) < GRADE_WORDS:
        return Skip.NOT_APPLICABLE
    spoken = len(passages) > 1
    if (spoken or level.low - GRADE_SLACK <= value) and value <= level.high + GRADE_SLACK:
        return ()
    way = "shorter sentences and words" if value > level.high else "longer sentences"
    return (
        mark(
            draft.type.main,
            f"The text reads at grade {value:g}; the theme asks for {level.low:g} to {level.high:g}.",
            expected=f"grade {level.low:g} to {level.high:g}: {way}",
            found=f"{value:g}",
        ),
    )


def _ending(mark: Mark, draft: Draft) -> Iterator[Finding]:
    for leaf in draft.leaves:
        text = leaf.text.rstrip()
        if text.endswith(_MARKS):
            continue
        cut = _END.search(text[-12:]) is None if leaf.kind is Kind.PROSE else _CUT.search(text[-12:]) is not None
        if text and cut and leaf.kind is not Kind.NAME:
            start = max(0, len(text) - 40)
            yield mark(
                leaf.path,
                "The text breaks off.",
                span=span_of(leaf.text, start, len(text)),
                expected="a finished sentence",
                found=text[start:],
            )


def _quotes(mark: Mark, draft: Draft) -> Iterator[Finding]:
    for leaf in draft.leaves if any(mark in draft.text for mark in _QUOTES) else ():
        # A speech that runs over several paragraphs opens each of them and closes only the last.
        paragraphs = [part for part in leaf.text.split("\n") if part.strip()]
        reopened = sum(1 for part in paragraphs[1:] if part.lstrip().startswith("“"))
        opened, closed = leaf.text.count("“"), leaf.text.count("”")
        if not closed <= opened <= closed + reopened or leaf.text.count('"') % 2:
            yield mark(
                leaf.path,
                "A quotation is opened and not closed, or closed and not opened.",
                expected="quotation marks in pairs",
                found=f"{opened} opening, {closed} closing, {leaf.text.count(chr(34))} straight",
            )


_SHORT = "Pim left home. The lamp was cold and the fog came down."
_HARD = (
    "Notwithstanding innumerable administrative irregularities, the venerable institution's constitutional "
    "responsibilities necessitated immediate reorganisation of its extraordinarily complicated ecclesiastical "
    "correspondence, whereupon the archivist, characteristically uncommunicative, systematically catalogued every "
    "individual acknowledgement, and the administration's representatives, considering the circumstances "
    "unsatisfactory, unanimously recommended discontinuing the aforementioned arrangements indefinitely."
)
_GERMAN = (
    "Der alte Zauberer stand lange am Fenster und sah auf das Moor hinaus, während unten die Glocke schlug und niemand "
    "kam. Seine Laterne war kalt, und das Buch blieb leer, bis der Morgen über die Dächer stieg."
)

RULES = (
    build_rule(
        id="QU1",
        title="The main text has its length",
        severity=Severity.ERROR,
        source=CONTRACT + "Content (`length`)",
        prompt="Words of {main} by length: {words}. Fewer or more are refused.",
        check=_words,
        passing=(Case("backstory"), Case("dialogue")),
        failing=(
            Case("backstory", {"/story": _SHORT}),
            Case("item", {"/description": "The bell is small and clear. " * 60}),
        ),
    ),
    build_rule(
        id="QU5",
        title="The text is English",
        severity=Severity.ERROR,
        source=_QUALITY,
        prompt="Write English.",
        check=_english,
        passing=(Case("npc"), Case("npc", {"/name": "Émeric Nuñez-Brønsted"})),
        failing=(
            Case("npc", {"/description": _GERMAN}),
            Case("npc", {"/voice": "Тихий голос, как дождь по крыше."}),
            Case("npc", {"/description": "asdf qwer zxcv lkjh poiu mnbv " * 8}),
        ),
    ),
    build_rule(
        id="QU6",
        title="The text reads at the theme's grade",
        severity=Severity.WARNING,
        source=CONTRACT + "Themes (`reading_level`); Kincaid et al. 1975",
        prompt="Keep {main} within the theme's reading grade: short words, sentences of varied length.",
        check=_reading_level,
        passing=(Case("backstory"), Case("dialogue")),
        failing=(Case("backstory", {"/story": _HARD * 2}),),
    ),
    build_rule(
        id="QU7",
        title="Texts come to an end",
        severity=Severity.ERROR,
        source=_QUALITY,
        prompt="Finish every sentence.",
        check=_ending,
        passing=(Case("dialogue"), Case("npc", {"/voice": "Soft and level"})),
        failing=(
            Case("npc", {"/secret": "One page in the book is a copy. Four years ago he cut out the true"}),
            Case("npc", {"/wants": "To retire with his record unbroken and"}),
        ),
    ),
    build_rule(
        id="QU8",
        title="Quotation marks are in pairs",
        severity=Severity.INFO,
        source=_QUALITY,
        prompt="",
        check=_quotes,
        passing=(Case("npc", {"/voice": "“Quite so,” he says, “quite so.”"}),),
        failing=(Case("npc", {"/voice": "“Quite so, he says, as if to a ledger."}),),
    ),
)
