"""NA12: parents and children of the character are of possible ages and species."""

from collections.abc import Iterator

from dnd.rules.building import Mark
from dnd.rules.dossier import Dossier, Example
from dnd.rules.finding import Finding, Severity
from dnd.rules.mechanics import sheet_story_rule
from dnd.rules.narrative_actor import Actor, holder_of
from dnd.rules.narrative_ages import ages_in
from dnd.rules.narrative_lines import Line, doubtful, lines_with, stretch
from dnd.rules.narrative_people import Hero, hero_of
from dnd.rules.spotting import claimed, spot_finding
from dnd.sheets.sheet import CharacterSheet

LEAST_PARENT_AGE = 13
"""Years between a parent and a child, at the least."""
_CHILDREN = frozenset({"son", "daughter", "child", "sons", "daughters", "children"})
_PARENTS = frozenset({"mother", "father", "parents", "parent"})
_ADOPTED = frozenset({"adoptive", "adopted", "foster", "step", "stepmother", "stepfather", "godson", "goddaughter"})
_FOLK = {
    **{name: name for name in ("human", "elf", "dwarf", "halfling", "gnome", "orc", "dragonborn", "goliath")},
    "elven": "elf",
    "elvish": "elf",
    "dwarven": "dwarf",
    "dwarvish": "dwarf",
    "gnomish": "gnome",
    "orcish": "orc",
}
_BORN_OF = {
    "half-elf": {"human", "elf"},
    "half-orc": {"human", "orc"},
    **{name: {name} for name in ("human", "elf", "dwarf", "halfling", "gnome", "orc", "dragonborn", "goliath")},
}
"""Species -> the species of which a parent may be; the others may be born of anyone."""


def _kin(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Iterator[Finding]:
    hero = hero_of(sheet)
    for line in lines_with(dossier, _CHILDREN | _PARENTS):
        yield from _kin_ages(mark, sheet, dossier, hero, line)
        yield from _kin_folk(mark, sheet, dossier, hero, line)


def _kin_ages(mark: Mark, sheet: CharacterSheet, dossier: Dossier, hero: Hero, line: Line) -> Iterator[Finding]:
    words = line.passage.words
    for age in ages_in(line) if sheet.age is not None else ():
        kin = next(
            (number for number in range(age.end, min(age.end + 2, line.last)) if words[number] in _CHILDREN | _PARENTS),
            None,
        )
        if not age.attributive or kin is None or sheet.age is None or _ADOPTED & frozenset(line.words):
            continue
        parent = words[kin] in _PARENTS
        apart = age.years - sheet.age if parent else sheet.age - age.years
        spot = stretch(line, age.start, kin + 1)
        if apart >= LEAST_PARENT_AGE or doubtful(line, kin) or claimed(dossier, spot.text):
            continue
        if holder_of(hero, line, age.start) is Actor.OTHER:
            continue
        yield spot_finding(
            mark,
            dossier,
            spot,
            f"The character is {sheet.age}; a {words[kin]} of {age.years} leaves {max(apart, 0)} years between them.",
            expected=f"at least {LEAST_PARENT_AGE} years between them",
        )


def _kin_folk(mark: Mark, sheet: CharacterSheet, dossier: Dossier, hero: Hero, line: Line) -> Iterator[Finding]:
    own = (sheet.species or "").lower()
    possible = _BORN_OF.get(own) or _BORN_OF.get(own.rpartition(" ")[2])
    words = line.passage.words
    if possible is None or _ADOPTED & frozenset(line.words):
        return
    for number in range(line.first, line.last - 1):
        folk = _FOLK.get(words[number])
        if folk is None or words[number + 1] not in _PARENTS or folk in possible or words[number - 1] == "half":
            continue
        spot = stretch(line, number, number + 2)
        if holder_of(hero, line, number) is Actor.OTHER or doubtful(line, number) or claimed(dossier, spot.text):
            continue
        yield spot_finding(
            mark,
            dossier,
            spot,
            f"A {folk} is no parent of a {own}, unless by adoption.",
            expected=" or ".join(sorted(possible)),
        )


RULES = (
    sheet_story_rule(
        _kin,
        id="NA12",
        title="Kin",
        severity=Severity.WARNING,
        source="SRD 5.1 Races (Age); SRD 5.2 Character Origins (Species)",
        prompt="Make parents old enough, and of the species that the character can be born of.",
        passing=(Example("paladin_6", text="His six-year-old son and his adoptive dwarf mother wait."),),
        failing=(
            Example("paladin_6", text="Odo has a thirty-year-old son."),
            Example("paladin_6", text="His dwarf mother raised him."),
        ),
    ),
)
