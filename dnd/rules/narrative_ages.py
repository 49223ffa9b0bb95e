"""NA5: the ages that prose tells are those of the sheet, and within the life of the species."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from dnd.prose.numbers import Number, find_numbers
from dnd.rules.building import Mark
from dnd.rules.dossier import Dossier, Example
from dnd.rules.finding import Finding, Severity
from dnd.rules.mechanics import sheet_story_rule
from dnd.rules.narrative_actor import Actor, actor_after, actor_of
from dnd.rules.narrative_lines import Line, capital, doubtful, in_quotes, lines_with, stretch
from dnd.rules.narrative_people import NOMINATIVE, Hero, hero_of
from dnd.rules.spotting import claimed, spot_finding
from dnd.sheets.sheet import CharacterSheet
from dnd.srd.edition import BOTH
from dnd.srd.species import species

YEARS = frozenset({"years", "year", "winters", "summers", "springs"})
_HUNDREDS = {"century": 100, "centuries": 100, "decade": 10, "decades": 10}
AGE_WORDS = YEARS | _HUNDREDS.keys() | {"aged", "age", "at", "turned"}
"""Every age has one of these words."""
_BE = frozenset({"is", "was", "am", "turned", "turns", "became"})
_LIVED = frozenset({"lived", "lives", "seen", "walked"})
EXCUSE = re.compile(
    r"\b(?:curse[ds]?|undead|undeath|vampir|lich|immortal|frozen|enchant|reborn|ageless|unaging|unageing|stone|bargain|"
    r"(?:in|of) (?:the|an?|that) (?:song|tale|story|legend|ballad|dream|dog|cat|horse)|"
    r"feels?|felt|looks? like|seems?|as if|as though)"
)
"""What explains a great age, or says that the age is none."""
THEN = re.compile(
    r"\b(?:when|then|that (?:year|day|night|spring|winter|summer|autumn)|by the time|at the time|once|had been|ago)\b"
)
"""Signs that an age is that of an earlier day."""
_SLACK = 1.1
"""Share of the usual span of life that somebody may reach."""


class Age(NamedTuple):
    """A number of years that somebody has, by word numbers."""

    start: int
    end: int
    years: int
    now: bool
    """Whether it is the present age, as far as the words tell ("is forty years old"; not "at forty")."""
    attributive: bool = False
    """`25-year-old`: of the noun behind it."""
    lived: bool = False
    """Years lived somewhere or somehow: the age is no less."""


def ages_in(line: Line) -> Iterator[Age]:
    """The ages that a sentence tells."""
    words = line.words
    end = 0
    for number in find_numbers(words):
        if number.start >= end and not number.key.endswith("th"):
            age = _age(line, words, number)
            if age is not None:
                end = age.end - line.first
                yield age


def _age(line: Line, words: list[str], number: Number) -> Age | None:
    years, end, start = int(number.key[1:]), number.end, number.start
    if start and words[start - 1] == "a" and words[start] in {"hundred", "thousand"}:
        start -= 1
    first, unit = line.first + start, "".join(words[end : end + 1])
    if unit in _HUNDREDS or unit in YEARS:
        hyphen = line.passage.text[line.passage.spans[line.first + end - 1][1]] == "-"
        whole = years * _HUNDREDS.get(unit, 1)
        if words[end + 1 : end + 2] == ["old"]:
            return Age(first, line.first + end + 2, whole, now=True, attributive=hyphen)
        lived = not _LIVED.isdisjoint(words[max(start - 2, 0) : start])
        return Age(first, line.first + end + 1, whole, now=False, lived=True) if lived else None
    return _bare_age(line, words, number)


def _bare_age(line: Line, words: list[str], number: Number) -> Age | None:
    """An age without a word for years: "aged 70", "at ninety-two", "turned thirty"."""
    years, end, start = int(number.key[1:]), number.end, number.start
    first, before = line.first + start, words[start - 1] if start else ""
    if before == "aged" or words[max(start - 2, 0) : start] == ["age", "of"]:
        return Age(first, line.first + end, years, now=before == "aged")
    if before == "at" and _followed_by_somebody(line, line.first + end):
        return Age(first, line.first + end, years, now=False)
    return Age(first, line.first + end, years, now=True) if before == "turned" else None


def _followed_by_somebody(line: Line, number: int) -> bool:
    """Whether a name, a pronoun or a comma stands behind "at ninety"."""
    if number >= line.last:
        return False
    gap = line.passage.text[line.passage.spans[number - 1][1] : line.passage.spans[number][0]]
    return (
        "," in gap
        or line.passage.words[number] in NOMINATIVE - {"it"}
        or (gap == " " and capital(line.passage, number))
    )


def _aged(hero: Hero, line: Line, age: Age) -> Actor:
    """Whether an age is the character's."""
    words, passage = line.passage.words, line.passage
    if age.attributive:
        head = words[age.end] if age.end < line.last else ""
        return Actor.LIKELY if head in hero.nouns and words[age.start - 1] == "the" else Actor.OTHER
    if not age.now and not age.lived:
        return actor_after(hero, line, age.end)
    before = age.start - 1
    while before > line.first and (
        words[before] in {"for", "now", "over", "about", "nearly", "of", "age", "aged", "than", "more"}
    ):
        before -= 1
    if before < line.first:
        return Actor.OTHER
    if words[before] in _BE | _LIVED:
        return Actor.OTHER if doubtful(line, before) else actor_of(hero, line, before)
    gap = passage.text[passage.spans[before][1] : passage.spans[before + 1][0]]
    named = words[before] in hero.names and capital(passage, before) and not passage.possessive(before)
    return Actor.CLEAR if named and "," in gap else Actor.OTHER


@cache
def lifespan(name: str) -> int | None:
    """Years that a species seldom exceeds; None for one that no SRD tells of."""
    wanted = name.lower()
    found = [
        row.lifespan
        for edition in BOTH
        for row in species(edition).values()
        if row.lifespan and row.name.lower() in {wanted, wanted.rpartition(" ")[2]}
    ]
    return max(found, default=None)


def _ages(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Iterator[Finding]:
    hero, span = hero_of(sheet), lifespan(sheet.species or "")
    for line in lines_with(dossier, AGE_WORDS):
        for age in ages_in(line):
            fault = _fault(sheet, span, age)
            if fault is None or doubtful(line, age.start) or in_quotes(line, age.start) or EXCUSE.search(line.text):
                continue
            spot = stretch(line, age.start, age.end)
            if claimed(dossier, spot.text) or _aged(hero, line, age) is Actor.OTHER:
                continue
            if age.now and sheet.age is not None and age.years < sheet.age and THEN.search(line.text):
                continue
            yield spot_finding(mark, dossier, spot, fault[0], expected=fault[1])


def _fault(sheet: CharacterSheet, span: int | None, age: Age) -> tuple[str, str] | None:
    """What is wrong with an age of the character's, and what would be right."""
    if sheet.age is not None and (age.years > sheet.age if not age.now else age.years != sheet.age):
        return f"The text speaks of {age.years} years; by the sheet the character is {sheet.age}.", str(sheet.age)
    if span is not None and age.years > span * _SLACK:
        return (
            f"{age.years} years are more than a {(sheet.species or '').lower()} lives, which is about {span}.",
            f"at most {span} years",
        )
    return None


RULES = (
    sheet_story_rule(
        _ages,
        id="NA5",
        title="Ages",
        severity=Severity.WARNING,
        source="SRD 5.1 Races (Age); SRD 5.2 Character Origins (Species)",
        prompt="Keep ages to the sheet's, and within the life of the species.",
        passing=(
            Example("wizard_5", text="Pim is sixty-one years old. The tower is three centuries old."),
            Example("wizard_5", text="At nine Pim could read. Her master was ninety years old when he left."),
        ),
        failing=(
            Example("paladin_6", text="Odo Merrin is three centuries old."),
            Example("wizard_5", text="At seventy Pim left the marsh."),
        ),
    ),
)
