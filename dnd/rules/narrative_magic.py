"""NA1-NA3: the spells, class features and tools of magic that prose gives a character are within reach of the sheet."""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from dnd.prose.passage import Passage
from dnd.rules.building import Mark
from dnd.rules.dossier import Dossier, Example
from dnd.rules.finding import Finding, Severity
from dnd.rules.gazetteer import Mention, beside_spell, characters, emphasised, find_mentions, titled
from dnd.rules.mechanics import Said, sheet_story_rule
from dnd.rules.narrative_actor import Actor, actor_of, holder_of
from dnd.rules.narrative_lines import Line, doubtful, in_quotes, line_at
from dnd.rules.narrative_people import OWNERS, Hero, hero_of, people
from dnd.rules.narrative_reach import Reach, reach_of
from dnd.rules.rule import Skip
from dnd.rules.spotting import Spot, claimed, passage_of, spot_finding
from dnd.rules.tables import table
from dnd.sheets.sheet import CharacterSheet
from dnd.srd.catalogue import features, spells
from dnd.srd.classes import class_named
from dnd.srd.edition import Edition
from dnd.srd.names import NameKind
from dnd.srd.near import fold

SPELL_SOURCE = "SRD 5.1 Spellcasting, Classes; SRD 5.2 Spells (Gaining Spells), Classes"
_CAST = frozenset({"cast", "casts", "casting"})
_WORK = frozenset(
    (
        *("hurl", "hurls", "hurled", "unleash", "unleashes", "unleashed", "conjured", "conjures", "invoked", "invokes"),
        *("wove", "weaves", "loosed", "looses", "worked", "works", "used", "uses", "spoke", "called", "calls", "threw"),
    )
)
"""Other verbs by which spells are cast."""
_REACH = 7
"""Words between a casting verb and the name of the spell; marked names may stand farther away."""
_INSTRUMENT = re.compile(
    r"\b(?:from|with|by|using|through|of|in|off|out of) (?:\w+ ){0,3}"
    r"(?:scrolls?|wand|ring|amulet|rod|artifact|artefact|relic)\b"
    r"|\b(?:scroll|wand|ring|staff|amulet|rod|relic|stone|crown|lamp|horn|blade|sword) (?:\w+ ){0,2}lets?\b"
    r"|\b(?:read|reads|reading) (?:\w+ ){0,4}(?:scroll|aloud)\b",
    re.IGNORECASE,
)
"""A thing that casts the spell for its holder."""


@cache
def _plain(name: str) -> frozenset[str]:
    return frozenset(str(word) for word in table("narrative")[name])


def _castings(sheet: CharacterSheet, dossier: Dossier) -> Iterator[tuple[Line, Mention, Actor]]:
    """The spells that prose has the character cast, and how sure that is."""
    hero = hero_of(sheet)
    for leaf in dossier.story:
        passage = passage_of(dossier, leaf)
        if passage.vocabulary.isdisjoint(_CAST | _WORK):
            continue
        for mention in find_mentions(passage, (NameKind.SPELL,), dossier.edition):
            line = line_at(leaf, passage, mention.start)
            verb = _casting_verb(line, mention)
            if verb is None or doubtful(line, verb) or in_quotes(line, verb):
                continue
            actor = actor_of(hero, line, verb)
            if actor is not Actor.OTHER:
                yield line, mention, actor if passage.words[verb] in _CAST else Actor.LIKELY


def _casting_verb(line: Line, mention: Mention) -> int | None:
    """The verb by which a spell is cast, if the name is meant as one."""
    words, passage = line.passage.words, line.passage
    marked = emphasised(passage, mention) or beside_spell(passage, mention)
    named = marked or titled(passage, mention) or not mention.single
    verbs = _CAST | _WORK if marked or not mention.single else _CAST
    far = max(mention.start - (2 * _REACH if marked else _REACH), line.first)
    verb = next((number for number in range(mention.start - 1, far - 1, -1) if words[number] in verbs), None)
    if verb is None or named:
        return verb
    close = verb == mention.start - 1 and words[verb] in _CAST
    return verb if close and words[mention.start] in _plain("unmistakable_spells") else None


def _cast(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Said:
    reach = reach_of(sheet, dossier.edition)
    if reach is None:
        return Skip.NOT_CHECKABLE
    return _beyond_reach(mark, sheet, dossier, reach)


def _beyond_reach(mark: Mark, sheet: CharacterSheet, dossier: Dossier, reach: Reach) -> Iterator[Finding]:
    for line, mention, actor in _castings(sheet, dossier):
        spell = spells(dossier.edition)[fold(mention.name)]
        verdict = reach.judge(spell)
        if verdict is None or _INSTRUMENT.search(line.text) or claimed(dossier, spell.name):
            continue
        reason, sure = verdict
        softened = not sure or actor is Actor.LIKELY or _softened(line)
        yield spot_finding(
            mark,
            dossier,
            Spot(line.leaf, *characters(line.passage, mention.start, mention.end)),
            f"{_who(sheet)} cannot cast {spell.name}: {reason}.",
            expected=f"a spell that {reach.said} can cast",
            severity=Severity.WARNING if softened else None,
        )


def _who(sheet: CharacterSheet) -> str:
    return sheet.name or "The character"


def _softened(line: Line) -> bool:
    """Whether the sentence speaks of a higher power, of a thing or of earlier days."""
    near = people("powers") | people("instruments") | people("earlier")
    return not near.isdisjoint(line.words)


# --- NA2


@cache
def _feature_rows(edition: Edition) -> Mapping[str, tuple[tuple[str, str | None, int], ...]]:
    """Class id, subclass and level by the folded name of a feature."""
    found: dict[str, list[tuple[str, str | None, int]]] = {}
    for row in features(edition):
        if row.parent and " " not in row.name:
            continue  # an option such as a dragon's colour is a plain word
        found.setdefault(fold(row.name), []).append((row.class_name, row.subclass, row.level))
    return {name: tuple(rows) for name, rows in found.items()}


def _features(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Said:
    reach = reach_of(sheet, dossier.edition)
    if reach is None or not reach.exact:
        return Skip.NOT_CHECKABLE
    return _early_features(mark, sheet, dossier, reach)


def _early_features(mark: Mark, sheet: CharacterSheet, dossier: Dossier, reach: Reach) -> Iterator[Finding]:
    hero = hero_of(sheet)
    for leaf in dossier.story:
        passage = passage_of(dossier, leaf)
        for mention in find_mentions(passage, (NameKind.FEATURE,), dossier.edition):
            if not (titled(passage, mention) or emphasised(passage, mention)) or sheet.has_feature(mention.name):
                continue
            if mention.single and not (emphasised(passage, mention) or _owned(passage, mention)):
                continue
            level = _needed(mention, reach, dossier.edition)
            if level is None or mention.name.lower() in _plain("common_features"):
                continue
            line = line_at(leaf, passage, mention.start)
            if not _has_feature(hero, line, mention) or claimed(dossier, mention.name):
                continue
            when = f"has it from level {level}" if level else "never has it"
            yield spot_finding(
                mark,
                dossier,
                Spot(leaf, *characters(passage, mention.start, mention.end)),
                f"{_who(sheet)} has no {mention.name} yet: {reach.said} {when}.",
                expected=f"a feature that {reach.said} has",
            )


def _owned(passage: Passage, mention: Mention) -> bool:
    """Whether it stands right behind a possessive: "his Evasion"."""
    before = mention.start - 1
    return before >= 0 and (passage.words[before] in OWNERS or passage.possessive(before))


def _needed(mention: Mention, reach: Reach, edition: Edition) -> int | None:
    """The level that a feature comes at in the character's classes, 0 if never; None when the character may have it."""
    rows = _feature_rows(edition).get(fold(mention.name), ())
    own = [(class_id, subclass, level) for class_id, subclass, level in rows if class_id in reach.levels]
    if any(level <= reach.levels[class_id] for class_id, _, level in own):
        return None
    return min((level for _, _, level in own), default=0) if rows else None


def _has_feature(hero: Hero, line: Line, mention: Mention) -> bool:
    """Whether the sentence says that the character has or uses it, and does not doubt it."""
    if doubtful(line, mention.start) or in_quotes(line, mention.start):
        return False
    words = line.passage.words
    if mention.start > line.first and _owned(line.passage, mention):
        return holder_of(hero, line, mention.start) is not Actor.OTHER
    verbs = _plain("having")
    near = range(mention.start - 1, max(mention.start - 5, line.first - 1), -1)
    verb = next((number for number in near if words[number] in verbs), None)
    return verb is not None and not doubtful(line, verb) and actor_of(hero, line, verb) is not Actor.OTHER


# --- NA3

_TOOLS = re.compile(
    r"\b(?P<thing>spellbooks?|spell slots?|cantrips?)\b|\bprepar(?:es?|ed|ing) (?P<own>his|her|their|my) spells\b"
)
_CASTERS_MAY = {"fighter": 3, "rogue": 3}
"""Class id -> level from which a subclass casts."""
_MAGIC_FEATS = ("magic", "ritual", "fey", "shadow", "telepath", "telekinetic", "aberrant")
"""Parts of the names of feats that bring spells."""


def _tools(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Said:
    tables = [class_named(entry.name, dossier.edition) for entry in sheet.classes]
    if any(entry is None for entry in tables) or not tables:
        return Skip.NOT_CHECKABLE
    for entry, found in zip(sheet.classes, tables, strict=True):
        level = entry.level if entry.level is not None else sheet.total_level
        if found is None or found.caster != "none" or level is None or level >= _CASTERS_MAY.get(found.id, 99):
            return Skip.NOT_APPLICABLE
    if sheet.spellcasting or any(word in feat.lower() for feat in sheet.feats for word in _MAGIC_FEATS):
        return Skip.NOT_APPLICABLE
    return _tools_of_magic(mark, sheet, dossier)


def _tools_of_magic(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Iterator[Finding]:
    hero = hero_of(sheet)
    if dossier.vocabulary.isdisjoint({"spellbook", "spellbooks", "slot", "slots", "cantrip", "cantrips", "spells"}):
        return
    for leaf in dossier.story:
        passage = passage_of(dossier, leaf)
        for match in _TOOLS.finditer(leaf.text):
            word = next(number for number, (_, end) in enumerate(passage.spans) if end > match.start())
            line = line_at(leaf, passage, word)
            noun = word if match["thing"] else word + 2
            if holder_of(hero, line, noun) is Actor.OTHER or doubtful(line, word) or in_quotes(line, word):
                continue
            if claimed(dossier, match[0]):
                continue
            yield spot_finding(
                mark,
                dossier,
                Spot(leaf, match.start(), match.end()),
                f"{_who(sheet)} casts no spells: this is nothing for a {sheet.classes[0].name.lower()}.",
                expected="what the class has",
            )


RULES = (
    sheet_story_rule(
        _cast,
        id="NA1",
        title="Spells cast in prose are within reach",
        severity=Severity.ERROR,
        source=SPELL_SOURCE,
        prompt="Let the character cast only spells of the class's list and of a level that the character can cast.",
        needs=("classes",),
        passing=(
            Example("wizard_5", text="Pim cast Fireball into the reeds. Her master once cast Wish."),
            Example("wizard_5", text="She dreamed that she cast Wish, and the lamp cast bright light over her bed."),
        ),
        failing=(
            Example("wizard_5", text="At the ford Pim cast Wish."),
            Example("fighter_3", text="Sten cast *Meteor Swarm* at the walls."),
        ),
    ),
    sheet_story_rule(
        _features,
        id="NA2",
        title="Class features in prose are not before their level",
        severity=Severity.WARNING,
        source="SRD 5.1 Classes; SRD 5.2 Classes",
        prompt="Let the character use only features of the classes and levels on the sheet.",
        needs=("classes",),
        passing=(Example("rogue_5", text="His Sneak Attack is a thing of patience."),),
        failing=(Example("wizard_5", text="Pim trusts in her Aura of Protection."),),
    ),
    sheet_story_rule(
        _tools,
        id="NA3",
        title="No tools of magic for those without any",
        severity=Severity.WARNING,
        source="SRD 5.1 Classes; SRD 5.2 Classes",
        prompt="Give no spellbook, spell slots or prepared spells to a character who casts no spells.",
        needs=("classes",),
        passing=(Example("barbarian_5", text="He stole the wizard's spellbook and sold it."),),
        failing=(Example("barbarian_5", text="I study my spellbook every night."),),
    ),
)
