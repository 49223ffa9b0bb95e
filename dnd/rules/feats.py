"""CL9, CL10: feats exist, are open to the character, and the background's own is among them."""

from collections.abc import Iterator

from dnd.rules.building import Mark, pointer
from dnd.rules.dossier import Dossier, Example
from dnd.rules.finding import Finding, Severity
from dnd.rules.mechanics import Said, sheet_rule
from dnd.rules.named import name_finding
from dnd.rules.reckoning import Reckoning, reckon
from dnd.rules.rule import Skip
from dnd.sheets.sheet import CharacterSheet
from dnd.srd.abilities import ABILITY_NAMES
from dnd.srd.advancement import HIGHEST_LEVEL
from dnd.srd.backgrounds import Background, background_named
from dnd.srd.classes import classes
from dnd.srd.feats import Feat, feat_named
from dnd.srd.names import NameKind
from dnd.srd.near import fold
from dnd.srd.resources import resource
from dnd.srd.species import species_named


def _feats(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Iterator[Finding]:
    person = reckon(sheet, dossier)
    seen = set[str]()
    for at, name in enumerate(sheet.feats):
        path, row = pointer("feats", at), feat_named(name, dossier.edition)
        if row is None:
            finding = name_finding(mark, dossier, NameKind.FEAT, name.partition("(")[0].strip() or name, path)
            if finding is not None and fold(name) != "ability score improvement":
                yield finding
            continue
        yield from _prerequisites(mark, path, row, person)
        # A repeatable feat with another choice in brackets is another feat: Magic Initiate (Cleric) and (Wizard).
        if fold(name) in seen and (not row.repeatable or "(" in name):
            message = f"{name} can be taken only once."
            yield mark(path, message, expected="another feat", found=name)
        seen.add(fold(name))


def _prerequisites(mark: Mark, path: str, row: Feat, person: Reckoning) -> Iterator[Finding]:
    level = person.sheet.total_level
    if level is not None and 1 <= level <= HIGHEST_LEVEL and level < row.min_level:
        message = f"{row.name} is a feat from level {row.min_level} on; this character is of level {level}."
        yield mark(path, message, expected=f"level {row.min_level}", found=f"level {level}")
    if row.min_scores and person.sheet.ability_scores is not None:
        asked = row.min_scores.items()
        scores = {ability: person.sheet.ability_scores.of(ability) for ability, _ in asked}
        reached = any((score := scores[ability]) is None or score >= least for ability, least in asked)
        by_item = any(set(grant.of) & set(row.min_scores) for grant in person.granted("score"))
        if not reached and not by_item:
            wanted = " or ".join(f"{ABILITY_NAMES[ability]} {least}" for ability, least in asked)
            has = ", ".join(f"{ABILITY_NAMES[ability]} {scores[ability]}" for ability, _ in asked)
            message = f"{row.name} asks for {wanted}; this character has {has}."
            yield mark(path, message, expected=wanted, found=has)
    if row.feature and person.complete and not person.unknown and not _has_feature(row.feature, person):
        message = f"{row.name} asks for the feature {row.feature}, which this character's classes do not give."
        yield mark(path, message, expected=row.feature, found="none")


def _has_feature(feature: str, person: Reckoning) -> bool:
    if feature == "Spellcasting":
        return any(classes(person.edition)[held.id].caster != "none" for held in person.classes)
    return any(resource("fighting style", held.id, held.level, person.edition) for held in person.classes)


def _background_feat(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Said:
    background = background_named(sheet.background or "", dossier.edition)
    if background is None or background.feat is None:
        return Skip.NOT_CHECKABLE
    rows = [(at, name, feat_named(name, dossier.edition)) for at, name in enumerate(sheet.feats)]
    own = [name for _, name, row in rows if row and row.name == background.feat]
    right = _full_name(background)
    message = f"The background {background.name} gives the feat {right}, which is not among the feats."
    if own:
        if background.feat_list is None or any(_of_list(name, background.feat_list) for name in own):
            return ()
        found = ", ".join(own)
        return (mark("/feats", message, expected=right, found=found),)
    origin = [(at, name) for at, name, row in rows if row and row.category == "origin"]
    found = ", ".join(name for _, name in origin) or "none"
    if len(origin) == 1 and not _may_choose(sheet, dossier):
        at, name = origin[0]
        return (mark(pointer("feats", at), message, expected=right, found=name, correct=right),)
    return (mark("/feats", message, expected=right, found=found),)


def _full_name(background: Background) -> str:
    if background.feat_list is None:
        return background.feat or ""
    return f"{background.feat} ({background.feat_list.capitalize()})"


def _of_list(name: str, spell_list: str) -> bool:
    """Whether a feat is bound to a spell list, or does not say to which."""
    inside = name.partition("(")[2].rstrip(") ").lower()
    return not inside or spell_list in inside


def _may_choose(sheet: CharacterSheet, dossier: Dossier) -> bool:
    """Whether an origin feat may come from elsewhere: the species, or the choices of level 4 and higher."""
    row = species_named(sheet.species or "", dossier.edition)
    return row is None or row.origin_feats > 0 or (sheet.total_level or HIGHEST_LEVEL) >= 4


_FIGHTER = Example("fighter_3")
_ORC = {"/species": "Orc", "/traits": None, "/lineage": None}

RULES = (
    sheet_rule(
        _feats,
        id="CL9",
        title="Feats exist and are open to the character",
        severity=Severity.ERROR,
        source="SRD 5.1 Feats; SRD 5.2 Feats",
        prompt="Give only feats whose prerequisites the character meets, and each once unless it may be repeated.",
        about=("feats",),
        passing=(
            _FIGHTER,
            Example("barbarian_5", {"/feats/-": "Grappler"}),
            Example("wizard_5", {"/feats": ["Magic Initiate (Wizard)", "Magic Initiate (Cleric)"]}),
        ),
        failing=(
            Example("fighter_3", {"/feats/-": "Grappler"}),
            Example("rogue_5", {"/feats/-": "Boon of Fate"}),
            Example("rogue_5", {"/feats": ["Alert", "Alert"]}),
            Example("wizard_5", {"/feats/-": "Archery"}),
            Example("wizard_5_2014", {"/feats": ["Grappler"]}),
            Example("rogue_5", {"/feats": ["Soup Mastery"]}),
        ),
    ),
    sheet_rule(
        _background_feat,
        id="CL10",
        title="The origin feat is the background's",
        severity=Severity.ERROR,
        source="SRD 5.2 Character Origins, Background Descriptions",
        prompt="Every background gives its own origin feat: the character has that one.",
        editions=("5.2",),
        about=("background", "feats"),
        passing=(_FIGHTER, Example("rogue_5"), Example("wizard_5")),
        failing=(
            Example("fighter_3", {**_ORC, "/background": "Soldier", "/feats": ["Alert"]}),
            Example("wizard_5", {"/background": "Acolyte", "/feats": ["Magic Initiate (Wizard)"]}),
        ),
    ),
)
