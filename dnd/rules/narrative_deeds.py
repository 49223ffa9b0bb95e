"""NA11: deeds told of a character are not far above the character's level."""

from collections.abc import Iterator

from dnd.rules.building import Mark
from dnd.rules.dossier import Dossier, Example
from dnd.rules.finding import Finding, Severity
from dnd.rules.gazetteer import Mention, find_mentions
from dnd.rules.mechanics import Said, sheet_story_rule
from dnd.rules.narrative_actor import Actor, actor_of
from dnd.rules.narrative_lines import Line, doubtful, in_quotes, line_at
from dnd.rules.narrative_people import Hero, hero_of
from dnd.rules.rule import Skip
from dnd.rules.spotting import Spot, claimed, passage_of, spot_finding
from dnd.sheets.sheet import CharacterSheet
from dnd.srd.catalogue import monsters
from dnd.srd.monsters import cr_value
from dnd.srd.names import NameKind
from dnd.srd.near import fold

MOST_ABOVE = 8
"""Challenge rating above the character's level from which a killing is not believed (derived; no rule of the SRD)."""
_KILL = frozenset(
    (
        *(
            "slew",
            "slain",
            "killed",
            "defeated",
            "vanquished",
            "felled",
            "destroyed",
            "beheaded",
            "bested",
            "slaughtered",
        ),
        *("decapitated", "butchered"),
    )
)
_FAR = 6
"""Words between the verb and the name of what was killed."""
_LIKENESS = frozenset(
    ("statue", "painting", "toy", "paper", "wooden", "stuffed", "song", "puppet", "effigy", "carving")
)


def _deeds(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Said:
    level = sheet.total_level
    if level is None:
        return Skip.NOT_CHECKABLE
    return _unlikely(mark, sheet, dossier, level)


def _unlikely(mark: Mark, sheet: CharacterSheet, dossier: Dossier, level: int) -> Iterator[Finding]:
    if _KILL.isdisjoint(dossier.vocabulary):
        return
    hero = hero_of(sheet)
    for leaf in dossier.story:
        passage = passage_of(dossier, leaf)
        if _KILL.isdisjoint(passage.vocabulary):
            continue
        for mention in find_mentions(passage, (NameKind.MONSTER,), dossier.edition):
            monster = monsters(dossier.edition)[fold(mention.name)]
            rating = cr_value(monster.cr) or 0.0
            if rating - level <= MOST_ABOVE or claimed(dossier, monster.name):
                continue
            line = line_at(leaf, passage, mention.start)
            verb = _killing(hero, line, mention)
            if verb is not None:
                spot = Spot(leaf, passage.spans[verb][0], passage.spans[mention.end - 1][1])
                yield spot_finding(
                    mark,
                    dossier,
                    spot,
                    f"{monster.name} is of challenge rating {monster.cr}: far above a character of level {level}.",
                    expected=f"a foe of challenge rating {level + MOST_ABOVE} at most",
                )


def _killing(hero: Hero, line: Line, mention: Mention) -> int | None:
    """The verb by which the character killed what is named; None when nobody or somebody else did."""
    words = line.passage.words
    near = range(mention.start - 1, max(mention.start - _FAR, line.first) - 1, -1)
    verb = next((number for number in near if words[number] in _KILL), None)
    if verb is None or "by" in words[verb : mention.start] or not _LIKENESS.isdisjoint(line.words):
        return None
    before = words[max(verb - 3, line.first) : verb]
    if (
        {"was", "were", "been", "help", "helped", "army", "party"} & set(before)
        or doubtful(line, verb)
        or in_quotes(line, verb)
    ):
        return None
    return verb if actor_of(hero, line, verb) is Actor.CLEAR else None


RULES = (
    sheet_story_rule(
        _deeds,
        id="NA11",
        title="Deeds of the character's own tier",
        severity=Severity.WARNING,
        source="Derived: SRD 5.1 Monsters (Challenge), Beyond 1st Level; SRD 5.2 Monsters, Level Advancement",
        prompt="Let the character have slain nothing far above the level on the sheet.",
        passing=(
            Example("wizard_5", text="Pim killed a goblin. Her grandfather slew an ancient red dragon."),
            Example("wizard_5", text="She never killed a lich."),
        ),
        failing=(Example("wizard_5", text="At the ford Pim slew an ancient red dragon."),),
    ),
)
