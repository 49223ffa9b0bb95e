"""NA4: level, class, species, name and pronouns in prose are those of the sheet."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from dnd.prose.passage import Passage
from dnd.rules.building import Mark
from dnd.rules.dossier import Dossier, Example
from dnd.rules.finding import Finding, Severity
from dnd.rules.mechanics import sheet_story_rule
from dnd.rules.narrative_actor import Actor, actor_after, actor_of, clause_actor
from dnd.rules.narrative_lines import Line, capital, doubtful, in_quotes, line_at, lines_with, word_at
from dnd.rules.narrative_people import NOMINATIVE, Hero, hero_of, is_person, people
from dnd.rules.spotting import Spot, claimed, passage_of, spot_finding
from dnd.sheets.sheet import CharacterSheet
from dnd.srd.near import edits

_ORDINALS = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh"),
    *("twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth"),
    "twentieth",
)
_SPECIES = (
    *("half-elf", "half-orc", "human", "elf", "dwarf", "halfling", "gnome", "tiefling", "dragonborn", "orc", "goliath"),
    *("aasimar", "drow", "goblin", "kobold"),
)
_CLASSES = (
    *("barbarian", "bard", "cleric", "druid", "fighter", "monk", "paladin", "ranger", "rogue", "sorcerer", "warlock"),
    "wizard",
)
_LEVEL = (
    r"(?:(?P<nth>\d{1,2})(?:st|nd|rd|th)[ -][Ll]evel|[Ll]evel[ -](?P<number>\d{1,2})"
    rf"|(?P<word>{'|'.join(_ORDINALS)})-level)"
)
_CLAIM = re.compile(
    rf"\b(?:(?P<det>[Aa]n?|[Tt]he) (?:[a-z]+,? ){{0,2}}?)?(?:{_LEVEL} (?:[a-z]+ )??)?"
    rf"(?:(?P<species>{'|'.join(_SPECIES)})(?: (?P<both>{'|'.join(_CLASSES)}))?|(?P<class>{'|'.join(_CLASSES)}))\b"
    r"(?!['’]s|-| (?:spells?|slots?|scrolls?|tongue|king|lords?"
    r"|cantrips?|features?|wine|bread|blood|steel|song|quarter|district))",
)
"""A noun phrase that says what somebody is."""
_WORDS = frozenset({*_CLASSES, *(part for name in _SPECIES for part in name.split("-")), "half"})
_BE = frozenset({"is", "was", "am", "being", "'m", "i'm", "remains", "remained"})
_REFLEXIVE = {"himself": "he", "herself": "she"}
_FULL_NAME = 2
_NAME_LETTERS = 5
"""Fewest letters of a name of which a near miss means anything."""


class _Claim(NamedTuple):
    """One noun phrase, whom it speaks of, and how sure that is."""

    spot: Spot
    match: re.Match[str]
    actor: Actor


def _claims(hero: Hero, dossier: Dossier) -> Iterator[_Claim]:
    for line in lines_with(dossier, _WORDS):
        leaf = line.leaf
        for match in _CLAIM.finditer(leaf.text, *line.passage.sentences[line.number]):
            start = word_at(line, match.start())
            head = word_at(line, match.start("species") if match["species"] else match.start("class"))
            if doubtful(line, head) or in_quotes(line, head):
                continue
            actor = _spoken_of(hero, line, start, match)
            if actor is not Actor.OTHER:
                yield _Claim(Spot(leaf, match.start(), match.end()), match, actor)


def _spoken_of(hero: Hero, line: Line, start: int, match: re.Match[str]) -> Actor:
    """Whom a noun phrase that begins at word `start` describes."""
    words, passage = line.passage.words, line.passage
    before = start - 1
    while before > line.first and words[before].endswith("ly"):
        before -= 1
    if before < line.first:
        return _subject_noun(hero, line, match)
    if words[before] == "as" and before == line.first:
        close = next((number for number in range(start, line.last) if _comma(passage, number)), line.last)
        return actor_after(hero, line, close)
    if match["det"] and match["det"].lower() == "the":
        return Actor.OTHER
    if words[before] == "born" and before > line.first:
        before -= 1
    if words[before] in _BE and not _comma(passage, before + 1):
        return Actor.OTHER if doubtful(line, before) else actor_of(hero, line, before)
    if _comma(passage, start) and capital(passage, before) and words[before] in hero.names:
        prior = before
        while prior > line.first and words[prior - 1] in hero.names:
            prior -= 1
        behind = words[prior - 1] if prior > line.first else ""
        return Actor.OTHER if passage.possessive(before) or behind in people("prepositions") else Actor.CLEAR
    return Actor.OTHER


def _comma(passage: Passage, number: int) -> bool:
    """Whether a comma stands before a word."""
    return (
        0 < number < len(passage.spans) and "," in passage.text[passage.spans[number - 1][1] : passage.spans[number][0]]
    )


def _subject_noun(hero: Hero, line: Line, match: re.Match[str]) -> Actor:
    """Of "The young dwarf wiped his axe": the character if nobody else is about and the next sentence goes on so."""
    passage = line.passage
    told = match["det"] == "The" and match["species"] and match[0].count(" ") == 2
    if not told or line.number + 1 >= len(passage.sentence_words) or line.number:
        return Actor.OTHER
    following = passage.words[slice(*passage.sentence_words[line.number + 1])]
    around = frozenset(line.words)
    others = {"her", "him", "them", "she", "he", "they"} - _own_pronouns(hero)
    if not following or following[0] not in hero.names or not hero.names.isdisjoint(around) or around & others:
        return Actor.OTHER
    return Actor.LIKELY


def _own_pronouns(hero: Hero) -> frozenset[str]:
    own = {"she": {"she", "her"}, "he": {"he", "him"}, "they": {"they", "them"}}
    return frozenset(own.get(hero.pronoun, set()))


def _identity(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Iterator[Finding]:
    hero = hero_of(sheet)
    for claim in _claims(hero, dossier):
        for part, said, stated in _differences(claim.match, sheet):
            if claimed(dossier, claim.match[0]):
                continue
            yield spot_finding(
                mark,
                dossier,
                claim.spot,
                f"The text makes {sheet.name or 'the character'} a {said}; the sheet's {part} is {stated}.",
                expected=stated,
                severity=Severity.WARNING if claim.actor is Actor.LIKELY else None,
            )
            break
    yield from _misspelt(mark, sheet, dossier)
    yield from _reflexives(mark, sheet, hero, dossier)


def _differences(match: re.Match[str], sheet: CharacterSheet) -> Iterator[tuple[str, str, str]]:
    """What the phrase says otherwise than the sheet: which part, what it says, what the sheet says."""
    level = _level_of(match)
    class_name = match["both"] or match["class"]
    levels = {sheet.total_level, *(entry.level for entry in sheet.classes)}
    if level is not None and sheet.total_level is not None and level not in levels:
        yield "level", f"level {level} character", str(sheet.total_level)
    said = match["species"]
    stated = (sheet.species or "").lower()
    if said and _known_species(stated) and said not in stated and stated.rpartition(" ")[2] not in said:
        yield "species", said, sheet.species or ""
    classes = [entry.name.lower() for entry in sheet.classes]
    firm = level is not None or match["both"] is not None
    if firm and class_name and classes and not any(class_name in name for name in classes):
        yield "class", class_name, " and ".join(classes)


@cache
def _known_species(stated: str) -> bool:
    return any(name in stated for name in _SPECIES)


def _level_of(match: re.Match[str]) -> int | None:
    if match["word"]:
        return _ORDINALS.index(match["word"]) + 1
    digits = match["nth"] or match["number"]
    return int(digits) if digits else None


def _misspelt(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Iterator[Finding]:
    """The character's name with a letter or two wrong, beside a part of it that is right."""
    name = (sheet.name or "").split()
    if len(name) != _FULL_NAME or min(map(len, name)) < 2:
        return
    first, last = name
    for leaf in dossier.story:
        if first.lower() not in passage_of(dossier, leaf).vocabulary or len(last) < _NAME_LETTERS:
            continue
        for match in _surname(first).finditer(leaf.text):
            found = match[1].removesuffix("'s").removesuffix("’s")
            near = 1 <= edits(found.lower(), last.lower(), 2) <= 2
            if near and found.rstrip("s") != last.rstrip("s") and not claimed(dossier, f"{first} {found}"):
                right = leaf.text.replace(f"{first} {found}", f"{first} {last}")
                yield spot_finding(
                    mark,
                    dossier,
                    Spot(leaf, match.start(), match.start(1) + len(found)),
                    f"The character is called {first} {last}, not {first} {found}.",
                    expected=f"{first} {last}",
                    corrected=right,
                )


@cache
def _surname(first: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(first)} ([A-Z][\w’'-]+)")


def _reflexives(mark: Mark, sheet: CharacterSheet, hero: Hero, dossier: Dossier) -> Iterator[Finding]:
    """Where the sheet says she: “Sera raised himself”."""
    if hero.pronoun not in {"she", "he"} or not hero.names:
        return
    for leaf in dossier.story:
        passage = passage_of(dossier, leaf)
        for number, word in enumerate(passage.words):
            if word not in _REFLEXIVE or _REFLEXIVE[word] == hero.pronoun:
                continue
            line = line_at(leaf, passage, number)
            between = passage.words[line.first : number]
            others = NOMINATIVE.intersection(between) or any(map(is_person, between))
            if others or in_quotes(line, number) or clause_actor(hero, line, number - 1) is not Actor.CLEAR:
                continue
            start, end = passage.spans[number]
            yield spot_finding(
                mark,
                dossier,
                Spot(leaf, start, end),
                f"The sheet's pronouns for {sheet.name} are {sheet.pronouns}, not “{word}”.",
                expected=sheet.pronouns,
            )


RULES = (
    sheet_story_rule(
        _identity,
        id="NA4",
        title="Who the character is",
        severity=Severity.ERROR,
        source="Service contract, Subject; SRD 5.1 Races, Classes; SRD 5.2 Character Creation",
        prompt="Keep to the name, pronouns, species, class and level on the sheet.",
        passing=(
            Example("wizard_5", text="Pim Fiddlewick is a 5th-level gnome wizard. Her mentor, a 9th-level elf, left."),
            Example("wizard_5", text="Pim is no elf. She learned it from a dwarf, who hurt himself."),
        ),
        failing=(
            Example("wizard_5", text="Pim Fiddlewick is a 9th-level gnome wizard."),
            Example("wizard_5", text="Pim is an elf from the marsh."),
            Example("wizard_5", text="Pim Fiddlewich laughed."),
            Example("wizard_5", text="Pim hurt himself on the lamp."),
        ),
    ),
)
