"""English stems, cached: inflections of a word share one."""

import threading
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Protocol, cast

import snowballstemmer

from dnd.prose.tables import table

_LOCK = threading.Lock()


@cache
def _irregular(kind: str) -> Mapping[str, str]:
    """Base forms by irregular form, of `verbs` or `others`."""
    rows = cast("dict[str, dict[str, list[str]]]", table("irregular"))[kind]
    return {form: base for base, forms in rows.items() for form in forms}


@cache
def _bases() -> Mapping[str, str]:
    return {**_irregular("verbs"), **_irregular("others")}


class _Stemmer(Protocol):
    """The library's stemmer, which has no types of its own."""

    def stemWord(self, word: str) -> str:  # noqa: N802 -- the library's name
        ...


@cache
def _stemmer() -> _Stemmer:
    return cast("_Stemmer", snowballstemmer.stemmer("english"))  # pyright: ignore[reportUnknownMemberType] -- untyped


@lru_cache(maxsize=32_768)
def stem(word: str) -> str:
    """The stem of one word in lower case: Snowball's English stemmer, and a table for irregular forms."""
    base = _bases().get(word, word)
    with _LOCK:  # the stemmer keeps its word in itself, and graphs may run in threads
        return _stemmer().stemWord(base)


def is_irregular_past(word: str) -> bool:
    """Whether a word in lower case is an irregular past form: `stole`, `sworn`."""
    return word in _irregular("verbs")


_ENDINGS = frozenset(
    ("", "s", "es", "e", "ed", "d", "ing", "y", "ies", "ied", "ier", "iest", "er", "ers", "r", "rs", "est", "ly", "n")
)
"""What may stand behind the common beginning of two forms of one word."""


@lru_cache(maxsize=32_768)
def same_word(one: str, other: str) -> bool:
    """Whether two words in lower case are forms of one word (`hope`, `hoping`), not merely kin to a stem.

    Stems alone join `import` and `important`; here what follows the common beginning must be an inflection.
    """
    if one == other:
        return True
    if stem(one) != stem(other):
        return False
    if one in _bases() or other in _bases():
        return True
    length = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        length += 1
    doubled = one[length - 1 : length]
    return all(
        rest in _ENDINGS or (rest[:1] == doubled and rest[1:] in _ENDINGS) for rest in (one[length:], other[length:])
    )
