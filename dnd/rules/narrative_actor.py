"""Who does it: whether the subject of a verb in prose is the character that a sheet describes."""

import re
from collections.abc import Iterator
from enum import IntEnum

from dnd.prose.lexicon import word_class
from dnd.prose.passage import Passage
from dnd.prose.stems import is_irregular_past
from dnd.rules.narrative_lines import Line, capital, in_quotes
from dnd.rules.narrative_people import NOMINATIVE, OWNERS, PRONOUNS, Hero, people, persons

_OTHERS = frozenset({"we", "you", "nobody", "everyone", "someone"})
_TIMES = frozenset(
    ("day", "night", "morning", "evening", "noon", "dawn", "dusk", "year", "winter", "summer", "spring", "autumn")
)
_MARK = re.compile(r"[,;:—–]")
_REACH_BACK = 3
"""Sentences before its own in which a pronoun's person is looked for."""


class Actor(IntEnum):
    """How sure it is that somebody is the character."""

    OTHER = 0
    """Somebody else, or nobody can say who."""
    LIKELY = 1
    CLEAR = 2


def _gap(passage: Passage, number: int) -> str:
    """What stands between a word and the one before."""
    return passage.text[passage.spans[number - 1][1] : passage.spans[number][0]] if number else ""


def actor_of(hero: Hero, line: Line, verb: int) -> Actor:
    """Whether the character is the subject of the verb at word `verb`."""
    words, place = line.passage.words, verb - 1
    if words[verb].endswith("ing") and not (place >= line.first and words[place] in word_class("be")):
        return clause_actor(hero, line, place)
    while place >= line.first and _between(words[place]) and not _parted(line, place + 1):
        place -= 1
    if place < line.first:
        return Actor.OTHER
    if words[place] == "to":
        return _infinitive_actor(hero, line, place)
    if _parted(line, place + 1) or words[place] in {"and", "but", "or", "then"}:
        return clause_actor(hero, line, place)
    return _noun_actor(hero, line, place)


def _between(word: str) -> bool:
    return word in people("between") or word.endswith("ly")


def _parted(line: Line, number: int) -> bool:
    """Whether a comma or another mark stands before a word."""
    return bool(line.first < number < line.last and _MARK.search(_gap(line.passage, number)))


def _infinitive_actor(hero: Hero, line: Line, place: int) -> Actor:
    """Of `to cast`: the one who learned to, or the one who was taught to."""
    words = line.passage.words
    before = place - 1
    if before >= line.first:
        if words[before] in {"her", "him", "them"} and hero.pronoun in {"", PRONOUNS[words[before]]}:
            return Actor.LIKELY
        if _is_name(line, before):
            return Actor.LIKELY if words[before] in hero.names else Actor.OTHER
    return clause_actor(hero, line, before)


def _noun_actor(hero: Hero, line: Line, place: int) -> Actor:
    """Whether the noun, name or pronoun at `place` is the character."""
    words = line.passage.words
    word = words[place]
    if word in NOMINATIVE:
        return resolve(hero, line, place)
    if word in {"who", "that", "which"}:
        return _noun_actor(hero, line, place - 1) if place > line.first else Actor.OTHER
    if _is_name(line, place):
        return _name_actor(hero, line, place)
    if word in hero.nouns and _definite(line, place):
        return Actor.LIKELY
    if word in hero.names:
        return Actor.CLEAR
    return Actor.OTHER if word in persons() or place == line.first else _lone_noun(hero, line, place)


def _name_actor(hero: Hero, line: Line, place: int) -> Actor:
    """Whether the name that ends at `place` is the character's, and not that of an owner or behind a preposition."""
    words, begin = line.passage.words, place
    if words[place] not in hero.names or line.passage.possessive(place):
        return Actor.OTHER
    while begin > line.first and words[begin - 1] in hero.names:
        begin -= 1
    behind = begin > line.first and words[begin - 1] in people("prepositions") and not _parted(line, begin)
    return Actor.OTHER if behind else Actor.CLEAR


def _lone_noun(hero: Hero, line: Line, place: int) -> Actor:
    """A word that is no person is the subject itself ("time flies"), unless it tells when ("she one night cast")."""
    if line.passage.words[place] in _TIMES and not _begins_noun(line, place):
        return clause_actor(hero, line, place)
    return Actor.OTHER


def _begins_noun(line: Line, place: int) -> bool:
    """Whether a determiner stands within three words before, so that the word is the head of a subject."""
    words = line.passage.words
    for number in range(place - 1, max(place - 4, line.first - 1), -1):
        if words[number] in people("prepositions"):
            return False
        if words[number] in people("determiners") or line.passage.possessive(number):
            before = number - 1
            return (
                before < line.first
                or _parted(line, number)
                or (words[before] not in people("prepositions") and not _is_verb(words[before]))
            )
    return False


def _definite(line: Line, place: int) -> bool:
    words = line.passage.words
    return any(words[number] == "the" for number in range(max(place - 3, line.first), place))


def _is_name(line: Line, place: int) -> bool:
    word = line.passage.words[place]
    if not capital(line.passage, place) or word in word_class("function") or word == "i":
        return False
    return place != line.first or word not in persons()


def _is_verb(word: str) -> bool:
    return (
        is_irregular_past(word)
        or word.endswith("ed")
        or word in {"is", "was", "are", "were", "saw", "met", "gave", "told"}
    )


def clause_actor(hero: Hero, line: Line, place: int) -> Actor:
    """The subject of the clause that ends at `place`: the nearest one that stands as a subject does."""
    words = line.passage.words
    number = place
    while number >= line.first:
        word = words[number]
        if word in NOMINATIVE and not (word == "it" and hero.pronoun != "it"):
            return resolve(hero, line, number)
        if word == "who" and number > line.first:
            return _noun_actor(hero, line, number - 1)
        if word in _OTHERS:
            return Actor.OTHER
        if _is_name(line, number) and _as_subject(line, number):
            return Actor.CLEAR if word in hero.names and not line.passage.possessive(number) else Actor.OTHER
        if word in persons() and _begins_noun(line, number) and not line.passage.possessive(number):
            return Actor.LIKELY if word in hero.nouns and _definite(line, number) else Actor.OTHER
        number -= 1
    return Actor.OTHER


def _as_subject(line: Line, number: int) -> bool:
    """Whether a name stands where a subject does: not behind a preposition or a verb."""
    words, begin = line.passage.words, number
    while begin > line.first and _is_name(line, begin - 1) and not _parted(line, begin):
        begin -= 1
    if begin == line.first or _parted(line, begin):
        return True
    before = words[begin - 1]
    return before not in people("prepositions") and not _is_verb(before)


def resolve(hero: Hero, line: Line, place: int) -> Actor:
    """Whether the pronoun at word `place` (he, she, they, I, or their other cases) stands for the character."""
    word = line.passage.words[place]
    if word in {"i", "my"}:
        return Actor.OTHER if in_quotes(line, place) else Actor.CLEAR
    gender = PRONOUNS.get(word, "")
    if not gender or (hero.pronoun and gender != hero.pronoun) or in_quotes(line, place):
        return Actor.OTHER
    return _antecedent(hero, line, place, gender)


def _antecedent(hero: Hero, line: Line, place: int, gender: str) -> Actor:
    """Whether the person nearest before a pronoun for whom it can stand is the character."""
    rival = False
    for number, inside in _backwards(line, place):
        earlier = line.passage.words[number]
        if earlier in hero.names and capital(line.passage, number):
            return Actor.LIKELY if rival else Actor.CLEAR
        if earlier in hero.nouns and _definite(inside, number):
            return Actor.LIKELY
        if _rival(hero, inside, number, gender):
            if _as_subject(inside, number) and not line.passage.possessive(number):
                return Actor.OTHER
            rival = True
    return Actor.LIKELY if rival else Actor.CLEAR


def _backwards(line: Line, place: int) -> Iterator[tuple[int, Line]]:
    """Word numbers before `place`, last first, back over a few sentences, each with its sentence."""
    for number in range(line.number, max(line.number - _REACH_BACK, -1), -1):
        first, last = line.passage.sentence_words[number]
        inside = Line(line.leaf, line.passage, number, first, last)
        for word in range(min(last, place) - 1, first - 1, -1):
            yield word, inside


def _rival(hero: Hero, line: Line, number: int, gender: str) -> bool:
    """Whether a word names somebody else for whom the pronoun could stand."""
    word = line.passage.words[number]
    if word in people("she") or word in people("he") or word in people("any"):
        own = "she" if word in people("she") else "he" if word in people("he") else gender
        return own == gender and _begins_noun(line, number)
    # A capitalised word at a sentence's start is no name unless it stands there as one: "Widow Ott took".
    return (
        _is_name(line, number) and word not in hero.names and (number > line.first or not word.endswith(("ly", "ing")))
    )


def holder_of(hero: Hero, line: Line, noun: int) -> Actor:
    """Whether the thing named at word `noun` is the character's: "her greatsword", "Pim's spellbook", "he has a"."""
    words = line.passage.words
    for number in range(noun - 1, max(noun - 4, line.first - 1), -1):
        if _parted(line, number + 1):
            return Actor.OTHER
        word = words[number]
        if word in OWNERS:
            return resolve(hero, line, number)
        if line.passage.possessive(number):
            return Actor.CLEAR if word in hero.names else Actor.OTHER
        if word in people("determiners"):
            return clause_actor(hero, line, number - 1)
    return Actor.OTHER


def actor_after(hero: Hero, line: Line, place: int) -> Actor:
    """Whether the first name or pronoun from word `place` on is the character: "As an elf, she ..."."""
    for number in range(place, min(line.last, place + 6)):
        word = line.passage.words[number]
        if word in NOMINATIVE:
            return resolve(hero, line, number)
        if word in hero.names and capital(line.passage, number):
            return Actor.OTHER if line.passage.possessive(number) else Actor.CLEAR
        if _is_name(line, number) or word in persons():
            return Actor.OTHER
    return Actor.OTHER
