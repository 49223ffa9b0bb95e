"""The hand-written material: pools of fragments by theme and slot, and which of them a brief allows.

A YAML file per theme, one for any theme (`neutral`), one for what depends on the character (`people`), one of
names. Under each slot stands a block of lines, a fragment a line; ` | ` divides the parts of a fragment that
fills several fields. Mappings nest into slot names: `backstory: {home: ...}` is the slot `backstory.home`.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib import resources
from typing import Any, NamedTuple, cast

import yaml

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_SLOT = re.compile(r"\{\w+\}")
_WORD = re.compile(r"[a-z]+(?:['’-][a-z]+)*")
_ENDINGS = ("s", "es", "'s", "’s", "ed", "d", "ing", "er", "ers", "ly", "y", "en", "n", "ness", "less", "ful", "like")


class Fragment(NamedTuple):
    """One line of material."""

    text: str
    words: frozenset[str]
    """Its words in lower case, without slots; hyphenated words also in parts."""
    size: int
    """Number of words of its first part, a slot counting as one."""
    slots: frozenset[str]
    """The slots it needs filled."""


@cache
def sheet(name: str) -> Mapping[str, tuple[Fragment, ...]]:
    """All pools of one file, by slot; empty when there is no such file."""
    path = resources.files("providers.simulator.writer").joinpath("fragments", f"{name}.yaml")
    if not path.is_file():
        return {}
    data: object = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 -- a safe loader
    return dict(_pools(data, ""))


def _pools(node: object, prefix: str) -> Iterator[tuple[str, tuple[Fragment, ...]]]:
    if isinstance(node, Mapping):
        for key, value in cast("Mapping[str, Any]", node).items():
            yield from _pools(value, f"{prefix}.{key}" if prefix else str(key))
    else:
        yield prefix, tuple(_fragment(line.strip()) for line in str(node).splitlines() if line.strip())


def _fragment(line: str) -> Fragment:
    slots = frozenset(slot[1:-1] for slot in _SLOT.findall(line))
    return Fragment(line, words_of(_SLOT.sub(" ", line)), len(line.partition(" | ")[0].split()), slots)


@cache
def word_set(name: str) -> frozenset[str]:
    """One of the closed sets in `words.yaml`."""
    return frozenset(word for line in sheet("words")[name] for word in line.text.split())


def words_of(text: str) -> frozenset[str]:
    """The words of `text` in lower case; hyphenated words also in parts."""
    words = set(_WORD.findall(text.lower()))
    for word in [word for word in words if "-" in word]:
        words.update(word.split("-"))
    return frozenset(words)


@lru_cache(maxsize=4096)
def forms(word: str) -> frozenset[str]:
    """Inflections and near derivations of one English word, more rather than fewer."""
    stems = {word}
    for ending in ("ies", "es", "s", "ied", "ed", "ing", "e", "y"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            stem = word[: -len(ending)]
            stems.add(stem + "y" if ending in {"ies", "ied"} else stem)
    doubled = {stem + stem[-1] for stem in stems if stem[-1:] not in "aeiouwxy"}
    found = {stem + ending for stem in stems | doubled for ending in _ENDINGS}
    found |= {stem[:-1] + ending for stem in stems if stem.endswith("y") for ending in ("ies", "ied", "ier")}
    return frozenset(found | stems | {word})


class Ban(NamedTuple):
    """What must not appear."""

    words: frozenset[str]
    """Single words, in every inflection."""
    phrases: tuple[str, ...]
    """Several words each, in lower case."""

    def allows(self, fragment: Fragment) -> bool:
        """Whether `fragment` is free of it."""
        if not self.words.isdisjoint(fragment.words):
            return False
        return not self.phrases or not any(phrase in fragment.text.lower() for phrase in self.phrases)


NO_BAN = Ban(frozenset(), ())


@lru_cache(maxsize=256)
def ban(forbidden: tuple[str, ...], boundaries: tuple[str, ...]) -> Ban:
    """The ban that a theme's forbidden words and a table's boundaries amount to.

    Of a boundary each content word counts, and with it the words of `boundaries.yaml` that share its subject.
    """
    words: set[str] = set()
    phrases: list[str] = []
    for entry in forbidden:
        lowered = entry.lower()
        if " " in lowered:
            phrases.append(lowered)
        else:
            words |= forms(lowered)
    for boundary in boundaries:
        for word in words_of(boundary) - word_set("linking"):
            words |= forms(word)
        words |= _related(boundary)
    return Ban(frozenset(words), tuple(phrases))


@lru_cache(maxsize=4096)
def allowed(sheet_name: str, slot: str, banned: Ban) -> tuple[Fragment, ...]:
    """The pool of one slot without what is banned."""
    return tuple(entry for entry in sheet(sheet_name).get(slot, ()) if banned.allows(entry))


def _related(boundary: str) -> set[str]:
    stated = set[str]().union(*(forms(word) for word in words_of(boundary) - word_set("linking")))
    found: set[str] = set()
    for group in sheet("boundaries").values():
        if any(not stated.isdisjoint(fragment.words) for fragment in group):
            found.update(*(forms(word) for fragment in group for word in fragment.words))
    return found
