"""Whom prose may mean by a name, a pronoun or a noun."""

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import NamedTuple, cast

from dnd.prose.lexicon import word_class
from dnd.prose.passage import Passage
from dnd.rules.tables import table
from dnd.sheets.block import StatBlock
from dnd.sheets.sheet import CharacterSheet

PRONOUNS: Mapping[str, str] = {
    "it": "it",
    "its": "it",
    "she": "she",
    "he": "he",
    "they": "they",
    "her": "she",
    "his": "he",
    "him": "he",
    "their": "they",
    "them": "they",
}
NOMINATIVE = frozenset({"he", "she", "they", "i", "it"})
OWNERS = frozenset({"his", "her", "their", "my", "its"})


@cache
def people(name: str) -> frozenset[str]:
    """A line of `people.yaml`."""
    return frozenset(cast("dict[str, list[str]]", table("people"))[name])


@cache
def persons() -> frozenset[str]:
    """All nouns for somebody."""
    return people("she") | people("he") | people("any")


def is_person(word: str) -> bool:
    """Whether a word names somebody without a name."""
    return word in persons()


class Hero(NamedTuple):
    """The character as prose may name them."""

    names: frozenset[str]
    pronoun: str
    """`she`, `he` or `they`; empty when the sheet does not say."""
    nouns: frozenset[str]
    """Class and species, by which "the young elf" may mean them."""


@lru_cache(maxsize=64)
def _hero(name: str, pronouns: str, nouns: tuple[str, ...]) -> Hero:
    words = frozenset(Passage(name).words) - word_class("titles") - word_class("function")
    said = next((PRONOUNS[word] for word in Passage(pronouns.replace("/", " ")).words if word in PRONOUNS), "")
    return Hero(words, said, frozenset(word for noun in nouns for word in Passage(noun).words))


def hero_of(sheet: CharacterSheet) -> Hero:
    """The character of a sheet."""
    nouns = (sheet.species or "", *(entry.name for entry in sheet.classes))
    return _hero(sheet.name or "", (sheet.pronouns or "").lower(), nouns)


@lru_cache(maxsize=64)
def _beast(name: str, kinds: tuple[str, ...]) -> Hero:
    words = frozenset(Passage(name).words) - word_class("titles") - word_class("function")
    return Hero(words, "it", words | frozenset(kinds) | {"creature", "monster", "beast", "brute", "thing"})


def hero_of_block(block: StatBlock) -> Hero:
    """The creature of a stat block, as prose may name it: "the ogre", "the brute", "it"."""
    return _beast(block.name or "", (block.type or "", *block.tags))
