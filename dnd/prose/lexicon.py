"""What single words are worth and which other words may stand for them."""

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import NamedTuple, cast

from dnd.prose.passage import Passage
from dnd.prose.stems import stem
from dnd.prose.tables import table

LIGHT_WEIGHT = 0.5
"""Weight of words that nearly every text has."""


class Phrase(NamedTuple):
    """An entry of several words in the table of synonyms."""

    stems: tuple[str, ...]
    key: str


@cache
def word_class(name: str) -> frozenset[str]:
    """A line of `words.yaml`: function, light, titles, pronouns, negators, refusals, boundaries, english."""
    return frozenset(cast("dict[str, list[str]]", table("words"))[name])


@cache
def _light_stems() -> frozenset[str]:
    return frozenset(stem(word) for word in word_class("light"))


def weight_of(word: str) -> float:
    """Weight of a content word in lower case."""
    return LIGHT_WEIGHT if stem(word) in _light_stems() else 1.0


@cache
def _groups() -> tuple[Mapping[str, frozenset[str]], Mapping[str, Mapping[str, tuple[Phrase, ...]]]]:
    """Keys by stem, and phrases by the stems of their first and their second word."""
    keys: dict[str, set[str]] = {}
    phrases: dict[str, dict[str, tuple[Phrase, ...]]] = {}
    for name, entries in cast("dict[str, list[str]]", table("synonyms")).items():
        for entry in entries:
            stems = tuple(stem(word.removesuffix("'s")) for word in entry.replace("-", " ").split())
            if len(stems) == 1:
                keys.setdefault(stems[0], set()).add(name)
            else:
                row = phrases.setdefault(stems[0], {})
                row[stems[1]] = (*row.get(stems[1], ()), Phrase(stems, name))
    return {word: frozenset(names) for word, names in keys.items()}, phrases


@lru_cache(maxsize=32_768)
def keys_of(word: str) -> frozenset[str]:
    """What a word in lower case may be matched by: its stem (`=stem`) and its lines in the table of synonyms.

    Two words mean the same here when their keys meet.
    """
    root = stem(word)
    return _groups()[0].get(root, frozenset()) | {f"={root}"}


def find_phrases(passage: Passage) -> Mapping[int, tuple[str, int]]:
    """The longest phrase that begins at each word, by the word's number: its key, and one past its last word.

    One pronoun or possessive may stand inside it: `brought her up`, `take the poet's life`.
    """
    starts, stems = _groups()[1], passage.stems
    begun = [
        number
        for number, root in enumerate(stems)
        if root in starts and not starts[root].keys().isdisjoint(stems[number + 1 : number + 3])
    ]
    return {number: phrase for number in begun if (phrase := _phrase_at(passage, number))}


def _phrase_at(passage: Passage, number: int) -> tuple[str, int] | None:
    by_second, stems = _groups()[1][passage.stems[number]], passage.stems
    found: tuple[Phrase, ...] = ()
    if number + 1 < len(stems):
        found = by_second.get(stems[number + 1], ())
        if number + 2 < len(stems) and stems[number + 2] in by_second and _skippable(passage, number + 1):
            found += by_second[stems[number + 2]]
    ends = [
        (end, phrase.key)
        for phrase in found
        if passage.vocabulary.issuperset(phrase.stems)
        and (end := _match_phrase(passage, number, phrase.stems)) is not None
    ]
    if not ends:
        return None
    end, key = max(ends)
    return key, end


def _skippable(passage: Passage, number: int) -> bool:
    return passage.words[number] in word_class("pronouns") or passage.possessive(number)


def _match_phrase(passage: Passage, number: int, wanted: tuple[str, ...]) -> int | None:
    stems, position, skipped = passage.stems, number, False
    for root in wanted:
        beyond = stems[position + 1 : position + 2] == [root]
        if beyond and stems[position] != root and not skipped and position > number:
            skipped = _skippable(passage, position)
            position += skipped
        if position >= len(stems) or stems[position] != root:
            return None
        position += 1
    return position


@cache
def _contrasts() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    return cast("dict[str, dict[str, tuple[str, ...]]]", table("contrasts"))


@cache
def _members(scope: str) -> Mapping[str, frozenset[str]]:
    """Contrast classes by the key of each member."""
    found: dict[str, set[str]] = {}
    for name, words in _contrasts()[scope].items():
        for word in words:
            found.setdefault(f"={stem(word)}", set()).add(name)
            if word in table("synonyms"):
                found.setdefault(word, set()).add(name)
    return {key: frozenset(names) for key, names in found.items()}


@lru_cache(maxsize=8192)
def contrast_classes(scope: str, word: str) -> frozenset[str]:
    """Classes of `contrasts.yaml` that a word belongs to, itself or by a synonym.

    Args:
        scope: `beside` or `anywhere`.
        word: in lower case.
    """
    members = _members(scope)
    return frozenset[str]().union(*(members.get(key, frozenset()) for key in keys_of(word)))


@lru_cache(maxsize=8192)
def rivals_of(word: str) -> frozenset[str]:
    """Keys of the words that turn a statement when they stand in the place of `word` (class scope `anywhere`)."""
    families = contrast_classes("anywhere", word)
    return frozenset(key for key, names in _members("anywhere").items() if not families.isdisjoint(names)) - keys_of(
        word
    )


@cache
def directed_stems() -> frozenset[str]:
    """Stems of the verbs of which it matters who does it to whom."""
    return frozenset(stem(word) for word in word_class("directed"))
