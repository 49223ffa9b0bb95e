"""Theme application: from a theme to the contract that generation follows and validation checks.

One object feeds both sides: `lines()` is what the prompt shows, the same fields are what the `TH` rules read.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from pydantic import BaseModel, ConfigDict

from dnd.content.base import Length
from dnd.content.subject import Subject
from dnd.themes.library import resolve_theme, theme_hash
from dnd.themes.registers import register_profile
from dnd.themes.tables import anachronisms
from dnd.themes.terms import all_phrases, phrases, stems, subject_keys, term_keys
from dnd.themes.theme import ReadingLevel, Register, Theme

MIN_KEYWORDS: Mapping[Length, int] = {
    Length.LINE: 1,
    Length.BULLETS: 2,
    Length.READ_ALOUD: 2,
    Length.FULL: 3,
}
"""Different keywords that a text of each length must use."""


class ThemeContract(BaseModel):
    """What a text of this theme must do, decided before a word is written."""

    model_config = ConfigDict(frozen=True)

    theme_id: str
    theme_hash: str
    name: str
    genre: str
    tone: str
    style: str
    register_name: Register
    reading_level: ReadingLevel
    keywords: tuple[str, ...]
    min_keywords: int
    """How many different keywords must appear in the players' text, in any inflection."""
    forbidden: tuple[str, ...]
    """Words that must not appear: the theme's own and the anachronisms, less what the facts and subject need."""
    motifs: tuple[str, ...]

    def lines(self) -> list[str]:
        """The lines of the brief's `<theme>` section, unescaped. All that the `TH` rules check stands in them."""
        level = self.reading_level
        return [
            f"name: {self.name}",
            f"genre: {self.genre}",
            f"tone: {self.tone}",
            f"style: {self.style}",
            f"register: {self.register_name}",
            f"voice: {register_profile(self.register_name).line()}",
            f"reading grade: {level.low:g}-{level.high:g}",
            f"keywords (use at least {self.min_keywords}): {', '.join(self.keywords) or 'none'}",
            f"never use: {', '.join(self.forbidden) or 'none'}",
            f"motifs: {'; '.join(self.motifs) or 'none'}",
        ]


def apply_theme(
    theme: Theme, *, facts: Sequence[str], subject: Subject, length: Length, boundaries: Sequence[str]
) -> ThemeContract:
    """Decide what a text of `theme` must do for one request.

    What the facts and the subject themselves say is never forbidden: a rule that contradicts the request could not
    be met. A keyword or motif that touches a boundary (`policy.lines`) or a forbidden word is not asked for.

    Raises:
        InvalidParametersError: the theme's parent does not exist.
    """
    theme = resolve_theme(theme)
    given = all_phrases([*facts, *_texts(subject.model_dump())])
    banned = dict.fromkeys([*theme.forbidden_words, *anachronisms()])
    forbidden = tuple(word for word in banned if stems(word) not in given)
    forbidden_stems = frozenset(map(stems, forbidden))

    unwelcome = subject_keys(boundaries)

    def welcome(term: str) -> bool:
        return phrases(term).isdisjoint(forbidden_stems) and term_keys(term).isdisjoint(unwelcome)

    keywords = tuple(word for word in dict.fromkeys(theme.keywords) if welcome(word))
    return ThemeContract(
        theme_id=theme.id,
        theme_hash=theme_hash(theme),
        name=theme.name,
        genre=theme.genre,
        tone=theme.tone,
        style=theme.style,
        register_name=theme.register_,
        reading_level=theme.reading_level,
        keywords=keywords,
        min_keywords=min(MIN_KEYWORDS[length], len(keywords)),
        forbidden=forbidden,
        motifs=tuple(motif for motif in theme.motifs if welcome(motif)),
    )


def _texts(value: object) -> Iterator[str]:
    """All strings in JSON-like data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for entry in cast("Mapping[Any, object]", value).values():
            yield from _texts(entry)
    elif isinstance(value, list | tuple):
        for entry in cast("Sequence[object]", value):
            yield from _texts(entry)
