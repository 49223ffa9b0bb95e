"""NA8-NA10: languages spoken, alignment, and what the body of a species can do."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from dnd.prose.numbers import find_numbers
from dnd.rules.building import Mark
from dnd.rules.dossier import Dossier, Example
from dnd.rules.finding import Finding, Severity
from dnd.rules.mechanics import Said, sheet_story_rule
from dnd.rules.narrative_actor import Actor, actor_of, holder_of, resolve
from dnd.rules.narrative_lines import Line, doubtful, in_quotes, lines_with, span_in, word_at
from dnd.rules.narrative_people import OWNERS, Hero, hero_of
from dnd.rules.rule import Skip
from dnd.rules.spotting import Spot, claimed, spot_finding
from dnd.sheets.sheet import CharacterSheet
from dnd.srd.edition import BOTH, Edition
from dnd.srd.near import fold
from dnd.srd.species import read_species
from dnd.srd.vocabulary import ALIGNMENTS, PRIMORDIAL_DIALECTS, RARE_LANGUAGES, STANDARD_LANGUAGES

_SPEAK = frozenset(
    (
        *("speaks", "speak", "spoke", "spoken", "answers", "answered", "swore", "swears", "curses", "cursed", "sings"),
        *("sang", "whispered", "whispers", "muttered", "mutters", "replied", "replies", "shouted", "shouts", "prays"),
        *("prayed", "reads", "writes", "wrote", "counts", "counted"),
    )
)
_UNSAID = frozenset({"Common", "Giant", "Goblin", "Orc", "Halfling", "Gnomish"})
"""Languages whose names are those of folk too: only "in Giant" and "speaks Giant" mean the language."""


@cache
def _languages() -> frozenset[str]:
    names = {name for edition in BOTH for name in (*STANDARD_LANGUAGES[edition], *RARE_LANGUAGES[edition])}
    return frozenset(name for name in (*names, *PRIMORDIAL_DIALECTS) if " " not in name and name != "Common")


def _speech(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Iterator[Finding]:
    hero, known = hero_of(sheet), {fold(name) for name in sheet.languages}
    wanted = {name.lower(): name for name in _languages() if not any(fold(name) in entry for entry in known)}
    choices = any("any" in entry.split() or "choice" in entry for entry in known)
    if choices:
        return
    for line in lines_with(dossier, wanted.keys()):
        words = line.passage.words
        for number in range(line.first + 1, line.last):
            start, end = line.passage.spans[number]
            if words[number] not in wanted or not line.passage.text[start].isupper():
                continue
            if not _spoken(hero, line, number) or claimed(dossier, wanted[words[number]]):
                continue
            yield spot_finding(
                mark,
                dossier,
                Spot(line.leaf, start, end),
                f"The sheet lists no {wanted[words[number]]} among the languages.",
                expected=", ".join(sheet.languages),
            )


def _spoken(hero: Hero, line: Line, number: int) -> bool:
    words = line.passage.words
    near = range(number - 1, max(number - 6, line.first - 1), -1)
    verb = next((place for place in near if words[place] in _SPEAK), None)
    if verb is None or doubtful(line, number) or doubtful(line, verb) or in_quotes(line, number):
        return False
    if "no" in words[verb:number] or (
        words[number].title() in _UNSAID and words[number - 1] not in {*_SPEAK, "in", "fluent"}
    ):
        return False
    return actor_of(hero, line, verb) is not Actor.OTHER


# --- NA9

_ALIGNMENT = re.compile(r"\b(?P<order>lawful|neutral|chaotic)[ -](?P<moral>good|neutral|evil)\b", re.IGNORECASE)


def _alignment(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Said:
    own = (sheet.alignment or "").lower().replace("true neutral", "neutral")
    if own not in ALIGNMENTS:
        return Skip.NOT_CHECKABLE
    return _other_alignment(mark, sheet, dossier, own)


def _other_alignment(mark: Mark, sheet: CharacterSheet, dossier: Dossier, own: str) -> Iterator[Finding]:
    hero = hero_of(sheet)
    for line in lines_with(dossier, frozenset({"lawful", "chaotic", "neutral"})):
        for match in _ALIGNMENT.finditer(line.text):
            said = f"{match['order']} {match['moral']}".lower()
            spot = span_in(line, match)
            place = word_at(line, spot.start)
            if said == own or doubtful(line, place) or in_quotes(line, place) or claimed(dossier, said):
                continue
            if _said_of(hero, line, place):
                message = f"The text says {said}; the sheet's alignment is {own}."
                yield spot_finding(mark, dossier, spot, message, expected=own)


def _said_of(hero: Hero, line: Line, place: int) -> bool:
    words = line.passage.words
    if place - 2 >= line.first and words[place - 1] in {"is", "was"} and words[place - 2] == "alignment":
        return holder_of(hero, line, place - 2) is not Actor.OTHER
    be = next(
        (
            number
            for number in range(place - 1, max(place - 3, line.first - 1), -1)
            if words[number] in {"is", "was", "am"}
        ),
        None,
    )
    return be is not None and actor_of(hero, line, be) is not Actor.OTHER


# --- NA10

_DARK = re.compile(
    r"\b(?P<verb>sees?|saw)(?: \w+ly| well| as well)? in "
    r"(?:the |total |complete |pitch |utter |perfect |absolute )*(?:dark|darkness|blackness)\b"
    r"|\b(?P<noun>darkvision)\b"
)
_WINGS = re.compile(
    r"\b(?:spreads?|unfurls?|unfurled|beats?|folds?|folded|opened|stretched) "
    r"(?P<owner>his|her|their|my) (?:\w+ )?wings\b"
    r"|\b(?:on|with) (?P<own>his|her|their|my) own wings\b"
)
_BODY_WORDS = frozenset({"dark", "darkness", "darkvision", "blackness", "wings", "tall"})
_DARK_CLASSES = frozenset({"druid", "warlock", "sorcerer", "wizard", "ranger", "monk", "rogue", "artificer", "cleric"})
"""Classes that may see in the dark by a spell, an invocation or a subclass."""
_WINGED_CLASSES = frozenset({"druid", "sorcerer", "wizard", "warlock", "paladin", "cleric", "artificer"})
_DARK_THINGS = ("goggles", "eyes of", "lantern", "darkvision", "owl", "helm")
_SMALL_TALLEST, _MEDIUM_TALLEST = 4, 8
"""Feet (SRD 5.1 and 5.2, Size: a Small creature is 2 to 4 feet tall, a Medium one 4 to 8)."""


class _Body(NamedTuple):
    """What the species and the rest of the sheet let a body do."""

    name: str
    sees: bool
    flies: bool
    tallest: int | None


@cache
def _of_species(name: str, edition: Edition) -> _Body | None:
    pairs = [(found, other) for other in (edition, *BOTH) if (found := read_species(name, other)) is not None]
    if not pairs:
        return None
    (row, _), _edition = pairs[0]
    dark = any(part.darkvision for (entry, _), _e in pairs for part in (entry, *entry.lineages))
    tallest = _SMALL_TALLEST if "medium" not in row.sizes else _MEDIUM_TALLEST
    return _Body(row.name, dark, row.id == "dragonborn", tallest)


def _body(sheet: CharacterSheet, edition: Edition) -> _Body | None:
    body = _of_species(sheet.species or "", edition)
    if body is None:
        return None
    classes = {entry.name.lower() for entry in sheet.classes}
    things = [fold(entry.name) for entry in sheet.equipment] + [fold(name) for name in (*sheet.attuned, *sheet.traits)]
    sees = (
        bool(sheet.darkvision)
        or bool(classes & _DARK_CLASSES)
        or any(word in thing for thing in things for word in _DARK_THINGS)
    )
    flies = (
        "fly" in sheet.speeds
        or bool(classes & _WINGED_CLASSES)
        or any("wing" in thing or "fly" in thing for thing in things)
    )
    return body._replace(sees=body.sees or sees, flies=body.flies or flies)


def _abilities(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Said:
    body = _body(sheet, dossier.edition)
    if body is None:
        return Skip.NOT_CHECKABLE
    return _beyond_body(mark, dossier, hero_of(sheet), body)


def _beyond_body(mark: Mark, dossier: Dossier, hero: Hero, body: _Body) -> Iterator[Finding]:
    for line in lines_with(dossier, _BODY_WORDS):
        for spot, message in _feats(hero, line, body):
            if not claimed(dossier, spot.text):
                yield spot_finding(mark, dossier, spot, message, expected=f"what a {body.name.lower()} can do")


def _feats(hero: Hero, line: Line, body: _Body) -> Iterator[tuple[Spot, str]]:
    """What the sentence lets the character do that the body cannot."""
    name = body.name.lower()
    for pattern, able, what in ((_DARK, body.sees, "does not see in the dark"), (_WINGS, body.flies, "has no wings")):
        for match in () if able else pattern.finditer(line.text):
            spot = span_in(line, match)
            place = word_at(line, spot.start)
            if not doubtful(line, place) and not in_quotes(line, place) and _does(hero, line, place, match):
                yield spot, f"A {name} {what}."
    yield from _heights(hero, line, body)


def _does(hero: Hero, line: Line, place: int, match: re.Match[str]) -> bool:
    groups = match.groupdict()
    if groups.get("verb"):
        return actor_of(hero, line, place) is not Actor.OTHER
    if groups.get("noun"):
        return line.passage.words[place - 1] in OWNERS | hero.names and holder_of(hero, line, place) is not Actor.OTHER
    owner = next(number for number in range(place, line.last) if line.passage.words[number] in OWNERS)
    return resolve(hero, line, owner) is not Actor.OTHER and actor_of(hero, line, place) is not Actor.OTHER


def _heights(hero: Hero, line: Line, body: _Body) -> Iterator[tuple[Spot, str]]:
    words = line.words
    if "tall" not in words or body.tallest is None:
        return
    for number in find_numbers(words):
        if words[number.end : number.end + 2] not in (["feet", "tall"], ["foot", "tall"]) or "th" in number.key:
            continue
        feet, be = int(number.key[1:]), line.first + number.start - 1
        if feet <= body.tallest or be < line.first or words[number.start - 1] not in {"is", "was", "stands", "stood"}:
            continue
        if not doubtful(line, be) and actor_of(hero, line, be) is not Actor.OTHER:
            start = line.passage.spans[be + 1][0]
            spot = Spot(line.leaf, start, line.passage.spans[line.first + number.end + 1][1])
            yield spot, f"A {body.name.lower()} is at most {body.tallest} feet tall."


RULES = (
    sheet_story_rule(
        _speech,
        id="NA8",
        title="Languages spoken are known",
        severity=Severity.INFO,
        source="SRD 5.1 Languages; SRD 5.2 Character Creation (Choose Languages)",
        prompt="Let the character speak only languages on the sheet.",
        needs=("languages",),
        passing=(Example("wizard_5", text="Pim answered in Draconic. The envoy swore in Infernal."),),
        failing=(Example("wizard_5", text="Pim answered in Infernal."),),
    ),
    sheet_story_rule(
        _alignment,
        id="NA9",
        title="Alignment",
        severity=Severity.INFO,
        source="SRD 5.1 Alignment; SRD 5.2 Character Creation (Alignment)",
        prompt="Call the character by no other alignment than the sheet's.",
        needs=("alignment",),
        passing=(Example("wizard_5", text="Pim is neutral good. The baron is lawful evil."),),
        failing=(Example("wizard_5", text="Pim is lawful evil."),),
    ),
    sheet_story_rule(
        _abilities,
        id="NA10",
        title="What the body of the species can do",
        severity=Severity.WARNING,
        source="SRD 5.1 Races; SRD 5.2 Character Origins (Species)",
        prompt="Give the character no darkvision, wings or height that the species does not have.",
        needs=("species",),
        passing=(
            Example("wizard_5", text="Pim sees in the dark. The angel spread its wings."),
            Example("paladin_6", text="He cannot see in the dark."),
        ),
        failing=(
            Example("paladin_6", text="Odo sees well in total darkness."),
            Example("paladin_6", text="Odo spread his wings.", set={"/classes/0/name": "Fighter"}),
        ),
    ),
)
