"""ID1-ID5, ID9: species, lineage, size, age, alignment and height are possible together."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from dnd.rules.building import Mark
from dnd.rules.dossier import Dossier, Example
from dnd.rules.finding import Finding, Severity
from dnd.rules.mechanics import Said, sheet_rule
from dnd.rules.named import name_finding
from dnd.rules.rule import Skip
from dnd.rules.telling import sentence, with_article
from dnd.sheets.sheet import CharacterSheet
from dnd.srd.edition import BOTH, Edition
from dnd.srd.monsters import Size
from dnd.srd.names import NameKind, NameState, look_up
from dnd.srd.near import fold, letters, nearest
from dnd.srd.species import DEFAULT_LIFESPAN_52, Lineage, Species, read_species, species, species_named
from dnd.srd.vocabulary import ALIGNMENTS

_ABOUT = 1.25
"""The SRD 5.2 gives a life of "about" 80 years: so much of it passes for that."""
_AGELESS_DRUID = 18
"""SRD 5.1, Druid, Timeless Body: for every ten years the body ages one; in 5.2 at level 20."""
_HEIGHT_SLACK = 6
"""Inches beyond the printed range that pass: both SRDs give heights as typical."""


class Kin(NamedTuple):
    """The species of a sheet."""

    species: Species | None
    lineage: Lineage | None
    """As far as the SRD has it."""
    stated: str | None
    """What the sheet calls the lineage, in its own field or within the species."""
    path: str
    """Where it does."""


def kin_of(sheet: CharacterSheet, edition: Edition) -> Kin:
    """The species and lineage of a sheet. "High Elf" and "Mountain Dwarf" as a species name both."""
    return _kin(sheet.species or "", sheet.lineage, edition)


@lru_cache(maxsize=1024)
def _kin(text: str, lineage: str | None, edition: Edition) -> Kin:
    row, named = read_species(text, edition) or (None, None)
    words = text.split()
    beyond = row is None and len(words) > 1
    if beyond:
        row = species_named(words[-1], edition)
    if lineage:
        return Kin(row, row.lineage_named(lineage) if row else None, lineage, "/lineage")
    if named is not None or (beyond and row is not None):
        return Kin(row, named, text, "/species")
    return Kin(row, None, None, "/lineage")


def _species(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Iterable[Finding]:
    if sheet.species is None or kin_of(sheet, dossier.edition).species is not None:
        return ()
    finding = name_finding(mark, dossier, NameKind.SPECIES, sheet.species, "/species")
    return (finding,) if finding else ()


def _lineage(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Said:
    kin = kin_of(sheet, dossier.edition)
    if kin.stated is None:
        return Skip.NOT_APPLICABLE
    if kin.species is None:
        return Skip.NOT_CHECKABLE
    return () if kin.lineage is not None else (_no_lineage(mark, kin.species, kin.stated, kin.path, dossier),)


def _no_lineage(mark: Mark, row: Species, stated: str, path: str, dossier: Dossier) -> Finding:
    """What is to be said of a lineage that the species has not: another's, a published one, a misspelt one, or none."""
    name, edition = row.name, dossier.edition
    own = ", ".join(lineage.name for lineage in row.lineages) or "none"
    owners = [other.name for other in species(edition).values() if other.lineage_named(stated)]
    if owners:
        right = " or ".join(owners).lower()
        message = f"{stated} is a lineage of the {right}, not of the {name.lower()}."
        return mark(path, message, expected=own, found=stated)
    for text in (stated, f"{stated} {name}"):
        if look_up(NameKind.LINEAGE, text, edition).state is NameState.PUBLISHED:
            published = name_finding(mark, dossier, NameKind.LINEAGE, text, path)
            if published is not None:
                return published
    mine = [entry for entry in look_up(NameKind.LINEAGE, stated, edition).near if row.lineage_named(entry)]
    message = f"The SRD {edition} knows no {stated} among the lineages of the {name.lower()}."
    if len(mine) == 1 and path == "/lineage":
        return mark(path, message, expected=mine[0], found=stated, correct=mine[0])
    return mark(path, message, expected=own, found=stated)


def _size(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Said:
    row = kin_of(sheet, dossier.edition).species
    if row is None or sheet.size is None:
        return Skip.NOT_CHECKABLE
    if sheet.size.strip().lower() in row.sizes:
        return ()
    right = " or ".join(size.capitalize() for size in row.sizes)
    message = sentence(f"{with_article(row.name.lower())} is {right} (SRD {dossier.edition}), not {sheet.size}.")
    if len(row.sizes) == 1:
        return (mark("/size", message, expected=right, found=sheet.size, correct=right),)
    return (mark("/size", message, expected=right, found=sheet.size),)


def _age(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Said:
    row, age = kin_of(sheet, dossier.edition).species, sheet.age
    if row is None or age is None:
        return Skip.NOT_CHECKABLE
    if age < 1:
        return (mark("/age", "An age is at least one year.", expected="1 or more", found=str(age)),)
    span = row.lifespan or round(DEFAULT_LIFESPAN_52 * _ABOUT)
    kind = with_article(row.name.lower())
    if age > span and sheet.class_level("druid") < _AGELESS_DRUID:
        message = sentence(f"{kind} lives about {row.lifespan or DEFAULT_LIFESPAN_52} years, and this one is {age}.")
        return (mark("/age", message, expected=f"at most about {span}", found=str(age)),)
    if row.adult_age is not None and age < row.adult_age:
        message = sentence(
            f"{kind} of {age} is not yet grown: the SRD counts {kind} as adult at about {row.adult_age}."
        )
        return (mark("/age", message, expected=f"about {row.adult_age}", found=str(age), severity=Severity.INFO),)
    return ()


def _alignment(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Iterable[Finding]:  # noqa: ARG001 -- the shape of a check
    stated = (sheet.alignment or "").partition("(")[0].strip()
    if stated in ALIGNMENTS:
        return ()
    message = f"There is no alignment “{stated}”: it is one of {', '.join(ALIGNMENTS)}."
    turned = " ".join(reversed(fold(stated).split()))
    near = (turned,) if turned in ALIGNMENTS else nearest(fold(stated), ((name, letters(name)) for name in ALIGNMENTS))
    if len(near) == 1:
        return (mark("/alignment", message, expected=near[0], found=stated, correct=near[0]),)
    return (mark("/alignment", message, expected="one of nine", found=stated),)


def _height(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Said:
    row, height = kin_of(sheet, dossier.edition).species, sheet.height_in
    if row is None or height is None or not (ranges := _ranges(row, dossier.edition)):
        return Skip.NOT_CHECKABLE
    size = (sheet.size or "").lower()
    fitting = [span for name, span in ranges.items() if name == size] or list(ranges.values())
    low, high = min(span[0] for span in fitting), max(span[1] for span in fitting)
    if low - _HEIGHT_SLACK <= height <= high + _HEIGHT_SLACK:
        return ()
    message = sentence(f"{with_article(row.name.lower())} is {_feet(low)} to {_feet(high)} tall, not {_feet(height)}.")
    return (mark("/height_in", message, expected=f"{low} to {high} inches", found=f"{height} inches"),)


def _ranges(row: Species, edition: Edition) -> Mapping[Size, tuple[int, int]]:
    """Heights by size; where one edition gives none for a species, the other's."""
    editions = (edition, *(other for other in BOTH if other != edition))
    rows = [found for each in editions if (found := species(each).get(row.id)) is not None]
    return next((found.height_in for found in rows if found.height_in), row.height_in)


def _feet(inches: int) -> str:
    return f"{inches // 12} feet {inches % 12}" if inches % 12 else f"{inches // 12} feet"


_FIGHTER = Example("fighter_3")
_RANGER = Example("ranger_5_2014")
_GNOME = Example("wizard_5_2014")
_SPECIES = "SRD 5.1 Races; SRD 5.2 Character Origins, Species Descriptions"

RULES = (
    sheet_rule(
        _species,
        id="ID1",
        title="The species is one of the edition",
        severity=Severity.WARNING,
        source=_SPECIES,
        prompt="Use the species of the edition: half-elf and half-orc belong to 5.1, goliath and orc to 5.2.",
        about=("species",),
        passing=(_FIGHTER, _RANGER, Example("ranger_5_2014", {"/species": "High Elf", "/lineage": None})),
        failing=(
            Example("fighter_3", {"/species": "Half-Elf"}, names="strict_srd"),
            Example("fighter_3", {"/species": "Dwraf"}),
            Example("fighter_3", {"/species": "Moonkin"}),
        ),
    ),
    sheet_rule(
        _lineage,
        id="ID2",
        title="The lineage belongs to the species",
        severity=Severity.WARNING,
        source=_SPECIES,
        prompt="A lineage, subrace or ancestry belongs to one species: choose one of the character's own.",
        needs=("species",),
        passing=(_RANGER, _GNOME, Example("warlock_5")),
        failing=(
            Example("ranger_5_2014", {"/lineage": "Hill"}),
            Example("ranger_5_2014", {"/species": "Hill Elf", "/lineage": None}),
            Example("warlock_5", {"/lineage": "Wood Elf"}),
        ),
    ),
    sheet_rule(
        _size,
        id="ID3",
        title="The size is that of the species",
        severity=Severity.ERROR,
        source=_SPECIES,
        prompt="The size is that of the species: gnomes and halflings Small, 5.2 humans and tieflings Small or Medium.",
        about=("size",),
        needs=("species",),
        passing=(_FIGHTER, _GNOME, Example("fighter_3", {"/species": "Human", "/size": "Small"})),
        failing=(
            Example("wizard_5_2014", {"/size": "Medium"}),
            Example("fighter_3", {"/species": "Halfling"}),
            Example("ranger_5_2014", {"/size": "Large"}),
        ),
    ),
    sheet_rule(
        _age,
        id="ID4",
        title="The age is one that the species reaches",
        severity=Severity.WARNING,
        source="SRD 5.1 Races, Age; SRD 5.2 Character Origins, Life Span",
        prompt="Give an age the species reaches: human about 80 years, elf 750, dwarf 350, gnome 500, halfling 150.",
        about=("age",),
        needs=("species",),
        passing=(_FIGHTER, _RANGER, _GNOME, Example("fighter_3", {"/age": 80, "/species": "Human"})),
        failing=(
            Example("fighter_3", {"/age": 240, "/species": "Human"}),
            Example("ranger_5_2014", {"/age": 900}),
            Example("ranger_5_2014", {"/age": -3}),
        ),
    ),
    sheet_rule(
        _alignment,
        id="ID5",
        title="The alignment is one of nine",
        severity=Severity.ERROR,
        source="SRD 5.1 Beyond 1st Level, Alignment; SRD 5.2 Character Creation, Alignment",
        prompt="An alignment is lawful, neutral or chaotic, and good, neutral or evil; neutral in both is neutral.",
        about=("alignment",),
        passing=(
            _FIGHTER,
            Example("fighter_3", {"/alignment": "True Neutral"}),
            Example("fighter_3", {"/alignment": "LG"}),
        ),
        failing=(
            Example("fighter_3", {"/alignment": "Chaotic Lawful"}),
            Example("fighter_3", {"/alignment": "Good Lawful"}),
            Example("fighter_3", {"/alignment": "choatic good"}),
        ),
    ),
    sheet_rule(
        _height,
        id="ID9",
        title="The height is one of the species",
        severity=Severity.WARNING,
        source="SRD 5.1 Races, Size; SRD 5.2 Character Origins, Species Descriptions",
        prompt="Give a height that the species reaches: halflings 2 to 3 feet, dwarves 4 to 5, humans 4 to 7.",
        about=("height_in",),
        needs=("species",),
        passing=(_FIGHTER, _RANGER, _GNOME),
        failing=(
            Example("wizard_5_2014", {"/height_in": 84}),
            Example("fighter_3", {"/species": "Halfling", "/size": "Small", "/height_in": 84}),
        ),
    ),
)
