"""ID6-ID8, ID10, ID11: languages, background skills and traits are those that origin and class give."""

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from dnd.rules.building import Mark, pointer
from dnd.rules.dossier import Dossier, Example
from dnd.rules.finding import Finding, Severity
from dnd.rules.mechanics import Said, sheet_rule
from dnd.rules.named import name_finding
from dnd.rules.origin import Kin, kin_of
from dnd.rules.reckoning import Reckoning, reckon
from dnd.rules.rule import Skip
from dnd.rules.telling import sentence, with_article
from dnd.sheets.sheet import CharacterSheet
from dnd.srd.abilities import skill_named
from dnd.srd.backgrounds import background_named
from dnd.srd.edition import BOTH, Edition
from dnd.srd.names import NameKind
from dnd.srd.near import fold
from dnd.srd.species import species
from dnd.srd.vocabulary import CHOSEN_LANGUAGES_52, PRIMORDIAL_DIALECTS, SECRET_LANGUAGES


class _Tongue(NamedTuple):
    """Languages that a class gives from a level on."""

    class_id: str
    level: int
    languages: int
    edition: Edition
    subclass: str = ""


_TONGUES = (
    _Tongue("druid", 1, 1, "5.1"),
    _Tongue("druid", 1, 1, "5.2"),
    _Tongue("rogue", 1, 1, "5.1"),
    _Tongue("rogue", 1, 2, "5.2"),
    _Tongue("ranger", 1, 1, "5.1"),
    _Tongue("ranger", 6, 1, "5.1"),
    _Tongue("ranger", 14, 1, "5.1"),
    _Tongue("ranger", 2, 2, "5.2"),
    _Tongue("sorcerer", 1, 1, "5.1", "draconic"),
)
"""SRD 5.1, Druidic, Thieves' Cant, Favored Enemy, Dragon Ancestor; SRD 5.2, Druidic, Thieves' Cant, Deft Explorer."""
_DIALECTS = frozenset(map(fold, PRIMORDIAL_DIALECTS))
_MOODS = frozenset({"brave", "lucky", "luck", "resourceful", "skillful", "versatile", "cantrip", "extra language"})
"""Traits of species that a sheet may mean as words of character, or that other sources give under the same name."""
_OF_SPECIES = frozenset({"species", "race", "racial", "ancestry", "subrace", "lineage"})


def _languages(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Iterator[Finding]:
    edition = dossier.edition
    for at, name in enumerate(sheet.languages):
        bare = name.partition("(")[0].strip() or name
        if fold(bare) in _DIALECTS or "choice" in bare.lower():
            continue
        finding = name_finding(
            mark, dossier, NameKind.LANGUAGE, bare, pointer("languages", at), at_most=Severity.WARNING
        )
        if finding is not None:
            yield finding
    person, kin = reckon(sheet, dossier), kin_of(sheet, edition)
    spoken = {fold(name.partition("(")[0]) for name in sheet.languages}
    born = kin.species.languages if kin.species and edition == "5.1" else ("Common",) if edition == "5.2" else ()
    for name in born:
        if fold(name) not in spoken:
            who = with_article(kin.species.name.lower()) if kin.species and edition == "5.1" else "every character"
            yield mark("/languages", sentence(f"{who} speaks {name}."), expected=name, found=", ".join(sheet.languages))
    known = _most_languages(person, kin, edition)
    if known is not None and len(spoken) != known:
        weight = Severity.WARNING if len(spoken) > known else Severity.INFO
        message = f"Origin and classes give {known} languages, and the sheet lists {len(spoken)}."
        yield mark("/languages", message, expected=str(known), found=str(len(spoken)), severity=weight)


def _most_languages(person: Reckoning, kin: Kin, edition: Edition) -> int | None:
    """How many languages origin and classes give; None where one of them is not known."""
    if not person.complete or person.unknown:
        return None
    count = sum(
        row.languages
        for row in _TONGUES
        for held in person.classes
        if row.edition == edition
        and row.class_id == held.id
        and held.level >= row.level
        and row.subclass in fold(held.subclass or "")
    )
    if edition == "5.2":
        return 1 + CHOSEN_LANGUAGES_52 + count
    background = background_named(person.sheet.background or "", edition)
    if kin.species is None or background is None or (kin.stated and kin.lineage is None):
        return None
    own = len(kin.species.languages) + kin.species.chosen_languages + background.languages
    return own + count + (kin.lineage.languages if kin.lineage else 0)


def _secret(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Said:
    person = reckon(sheet, dossier)
    known = {fold(name): at for at, name in reversed(list(enumerate(sheet.languages)))}
    secret = [(name, owner) for name, owner in SECRET_LANGUAGES.items() if fold(name) in known]
    if secret and not person.complete:
        return Skip.NOT_CHECKABLE
    findings: list[Finding] = []
    for name, owner in secret:
        if owner not in person.levels:
            here = " / ".join(held.table.name.lower() for held in person.classes)
            message = f"{name} is known to {owner}s alone, and this character is a {here}."
            path = pointer("languages", known[fold(name)])
            findings.append(mark(path, message, expected=f"levels of {owner}", found=here))
    return findings


@lru_cache(maxsize=1024)
def _skill(written: str) -> str | None:
    return skill_named(written)


def _background_skills(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Said:
    background = background_named(sheet.background or "", dossier.edition)
    named = [(written, _skill(written), skill) for written, skill in sheet.skills.items()]
    trained = {name for _, name, skill in named if skill.proficient or skill.expertise}
    if background is None or not trained:
        return Skip.NOT_CHECKABLE
    own = " and ".join(background.skills)
    findings: list[Finding] = []
    for written, name, skill in named:
        if skill.source == "background" and name not in background.skills:
            message = f"The background {background.name} gives {own}, not {written}."
            path = pointer("skills", written, "source")
            findings.append(mark(path, message, expected=own, found=written))
    missing = [name for name in background.skills if name not in trained]
    if missing and not findings:
        message = f"The background {background.name} gives {own}; {' and '.join(missing)} is not trained."
        findings.append(mark("/skills", message, expected=own, found=f"without {' and '.join(missing)}"))
    return findings


class _Owner(NamedTuple):
    """Who has a trait."""

    species: str
    """Id."""
    name: str
    lineage: str | None


@cache
def _owners(edition: Edition) -> Mapping[str, tuple[_Owner, ...]]:
    found: dict[str, list[_Owner]] = {}
    for row in species(edition).values():
        for trait in row.traits:
            found.setdefault(fold(trait), []).append(_Owner(row.id, row.name, None))
        for lineage in row.lineages:
            for trait in lineage.traits:
                found.setdefault(fold(trait), []).append(_Owner(row.id, row.name, lineage.name))
    return {name: tuple(owners) for name, owners in found.items() if name not in _MOODS}


@lru_cache(maxsize=4096)
def _owners_of(trait: str, edition: Edition) -> tuple[_Owner, ...]:
    return _owners(edition).get(fold(trait.partition("(")[0]), ())


def _traits(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Said:
    kin = kin_of(sheet, dossier.edition)
    if kin.species is None:
        return Skip.NOT_CHECKABLE
    person = reckon(sheet, dossier)
    own = (_of_trait(mark, f"/traits/{at}", trait, kin, person) for at, trait in enumerate(sheet.traits))
    named = enumerate(sheet.features)
    more = (_of_trait(mark, f"/features/{at}/name", entry.name, kin, person) for at, entry in named)
    return [finding for finding in (*own, *more) if finding is not None]


def _of_trait(mark: Mark, path: str, trait: str, kin: Kin, person: Reckoning) -> Finding | None:
    own, owners = kin.species, _owners_of(trait, person.edition)
    if own is None or any(_has_trait(owner, kin) for owner in owners):
        return None
    if owners:
        right = " or ".join(dict.fromkeys(f"{owner.name.lower()}" for owner in owners))
        lineage = f" ({kin.stated})" if kin.stated and kin.path == "/lineage" else ""
        message = f"{trait} is a trait of the {right}; this character is {with_article(own.name.lower())}{lineage}."
        weight = Severity.WARNING if person.unknown else mark.severity
        return mark(path, message, expected=f"a trait of the {own.name.lower()}", found=trait, severity=weight)
    other = next(edition for edition in BOTH if edition != person.edition)
    elsewhere = _owners_of(trait, other)
    if not elsewhere:
        return None
    mine = any(owner.species == own.id for owner in elsewhere)
    right = " or ".join(dict.fromkeys(owner.name.lower() for owner in elsewhere))
    message = f"{trait} is a trait of the {right} under SRD {other}, and of nobody under SRD {person.edition}."
    weight = Severity.WARNING if mine or person.unknown else mark.severity
    return mark(path, message, expected=f"a trait of SRD {person.edition}", found=trait, severity=weight)


def _has_trait(owner: _Owner, kin: Kin) -> bool:
    """Whether the character may have it; a lineage that is not stated, or not the SRD's, is given the benefit."""
    if kin.species is None or owner.species != kin.species.id:
        return False
    return owner.lineage is None or kin.lineage is None or owner.lineage == kin.lineage.name


def _increases(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Iterator[Finding]:  # noqa: ARG001 -- the shape of a check
    kin = fold(sheet.species or "")
    for at, increase in enumerate(sheet.increases):
        source = fold(increase.source or "")
        if source and (not _OF_SPECIES.isdisjoint(source.split()) or source == kin):
            message = "Under SRD 5.2 a species raises no ability score; the background does."
            path = pointer("increases", at, "source")
            yield mark(path, message, expected="background", found=increase.source)


_FIGHTER = Example("fighter_3")
_RANGER = Example("ranger_5_2014")
_GNOME = Example("wizard_5_2014")
_ROGUE_TONGUES = ["Common", "Goblin", "Halfling", "Giant", "Thieves' Cant"]

RULES = (
    sheet_rule(
        _languages,
        id="ID6",
        title="Languages exist and are as many as origin and class give",
        severity=Severity.WARNING,
        source="SRD 5.1 Races, Languages, and Beyond 1st Level, Languages; SRD 5.2 Character Creation, Languages",
        prompt=(
            "List languages of the SRD, as many as origin and class give: in 5.2 Common and two of choice, in 5.1 "
            "those of the species and the background."
        ),
        about=("languages",),
        passing=(_FIGHTER, _RANGER, _GNOME, Example("rogue_5", {"/languages": _ROGUE_TONGUES})),
        failing=(
            Example("fighter_3", {"/languages": ["Common", "Elvish", "Klingon"]}),
            Example("fighter_3", {"/languages": ["Common", "Elvish", "Dwarvish", "Giant", "Orc"]}),
            Example("ranger_5_2014", {"/languages/1": "Giant"}),
        ),
    ),
    sheet_rule(
        _secret,
        id="ID7",
        title="Secret languages belong to their class",
        severity=Severity.WARNING,
        source="SRD 5.1 Beyond 1st Level, Languages; SRD 5.2 Character Creation, Languages",
        prompt="Only druids know Druidic, only rogues Thieves' Cant.",
        about=("languages",),
        passing=(_FIGHTER, Example("rogue_5"), Example("fighter_3_rogue_2")),
        failing=(
            Example("fighter_3", {"/languages/-": "Druidic"}),
            Example("ranger_5_2014", {"/languages/-": "Thieves' Cant"}),
        ),
    ),
    sheet_rule(
        _background_skills,
        id="ID8",
        title="Background skills are the background's",
        severity=Severity.WARNING,
        source="SRD 5.1 Beyond 1st Level, Backgrounds; SRD 5.2 Character Origins, Background Descriptions",
        prompt="Give the two skills of the background, and call no other skill the background's.",
        about=("background", "skills"),
        passing=(_FIGHTER, _RANGER, _GNOME),
        failing=(
            Example("ranger_5_2014", {"/skills/Stealth/source": "background"}),
            Example("wizard_5_2014", {"/skills/Religion": {"bonus": 4, "proficient": False}}),
        ),
    ),
    sheet_rule(
        _traits,
        id="ID10",
        title="Traits belong to the species and the edition",
        severity=Severity.ERROR,
        source="SRD 5.1 Races; SRD 5.2 Character Origins, Species Descriptions",
        prompt="Give only the traits of the character's own species, as the edition has them.",
        needs=("species",),
        passing=(_FIGHTER, _RANGER, _GNOME, Example("warlock_5")),
        failing=(
            Example("warlock_5", {"/traits/-": "Breath Weapon"}),
            Example("ranger_5_2014", {"/traits/-": "Stonecunning"}),
            Example("fighter_3", {"/species": "Dwarf", "/traits": ["Dwarven Combat Training"]}),
        ),
    ),
    sheet_rule(
        _increases,
        id="ID11",
        title="A species raises no ability score",
        severity=Severity.ERROR,
        source="SRD 5.2 Character Origins, Ability Scores",
        prompt="In 5.2 the background raises ability scores, never the species.",
        editions=("5.2",),
        about=("increases",),
        passing=(Example("fighter_3", {"/increases": [{"source": "background", "ability": "str", "amount": 2}]}),),
        failing=(
            Example("fighter_3", {"/increases": [{"source": "species", "ability": "dex", "amount": 2}]}),
            Example("fighter_3", {"/increases": [{"source": "race", "ability": "dex", "amount": 2}]}),
        ),
    ),
)
