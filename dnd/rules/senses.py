"""PR5-PR7: tools, initiative and darkvision come from where they can come from."""

from collections.abc import Iterable

from dnd.rules.building import Mark
from dnd.rules.dossier import Dossier, Example
from dnd.rules.finding import Finding, Severity
from dnd.rules.mechanics import sheet_rule
from dnd.rules.reckoning import Reckoning, mend, reckon
from dnd.rules.rule import Skip
from dnd.rules.skill_values import initiative_values
from dnd.sheets.sheet import CharacterSheet
from dnd.srd.backgrounds import Background, background_named
from dnd.srd.near import fold

_SEVERAL = " or "


def _tools(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Iterable[Finding] | Skip:
    reckoning = reckon(sheet, dossier)
    background = background_named(sheet.background or "", dossier.edition)
    if not reckoning.complete or reckoning.unknown or background is None or reckoning.species is None:
        return Skip.NOT_CHECKABLE
    exact, free = _tool_sources(reckoning, background)
    named = [(place, tool) for place, tool in enumerate(sheet.tools) if fold(tool) not in exact]
    return [
        mark(
            f"/tools/{place}",
            f"Neither class nor background, species or feats give the tool {tool}.",
            expected=", ".join(sorted(exact)) or "none",
            found=tool,
            severity=Severity.INFO,
        )
        for place, tool in named[free:]
    ]


def _tool_sources(reckoning: Reckoning, background: Background) -> tuple[frozenset[str], int]:
    """The tools given by name, and how many more are left to the player."""
    first, *later = reckoning.classes
    given = [*first.table.tools, *(tool for held in later for tool in held.table.multiclass_tools), *background.tools]
    given += reckoning.species.tools if reckoning.species else ()
    given += [tool for row in reckoning.lineages for tool in row.tools]
    exact, free = set[str](), reckoning.total("tools")
    for text in given:
        if " any " in f" {text}":
            number = text.split()[0]
            free += int(number) if number.isdecimal() else 1
        else:
            exact |= {fold(name) for name in text.split(_SEVERAL)}
    return frozenset(exact), free


def _initiative(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Iterable[Finding] | Skip:
    reckoning = reckon(sheet, dossier)
    values, stated = initiative_values(reckoning), sheet.initiative
    if values is None or stated is None:
        return Skip.NOT_CHECKABLE
    if stated in values:
        return ()
    if reckoning.unknown and stated > max(values.values):
        return Skip.NOT_CHECKABLE  # several published subclasses, species and feats raise it
    return (
        mark(
            "/initiative",
            f"Initiative is {stated:+d}; by Dexterity and what the sheet names it is {values}.",
            expected=str(values),
            found=f"{stated:+d}",
            fix=mend(mark, "/initiative", values.right),
        ),
    )


def _darkvision(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Iterable[Finding] | Skip:
    reckoning = reckon(sheet, dossier)
    species, stated = reckoning.species, sheet.darkvision
    if species is None or stated is None:
        return Skip.NOT_CHECKABLE
    if sheet.lineage and not reckoning.lineages:
        return Skip.NOT_CHECKABLE
    born = {row.darkvision or species.darkvision for row in reckoning.lineages} or {species.darkvision}
    items = [reckoning.amount(row) for row in reckoning.granted("darkvision")]
    legal = born | set(items) | {feet + more for feet in born for more in items}
    if stated in legal or (dossier.edition == "5.1" and not sheet.lineage and species.id == "elf" and stated == _DROW):
        return ()
    wanted = " or ".join(f"{feet} feet" for feet in sorted(legal)) if legal != {0} else "none"
    explained = reckoning.unknown and stated > max(legal)
    right = next(iter(legal)) if len(legal) == 1 and not explained else None
    return (
        mark(
            "/darkvision",
            f"Darkvision of {stated} feet does not fit {_article(sheet)}: {wanted}.",
            expected=wanted,
            found=f"{stated} feet",
            severity=Severity.WARNING if explained else None,
            fix=mend(mark, "/darkvision", right),
        ),
    )


_DROW = 120
"""Feet: the 2014 drow, which the SRD 5.1 does not print, sees twice as far as other elves."""


def _article(sheet: CharacterSheet) -> str:
    name = (sheet.species or "").lower()
    return f"{'an' if name[:1] in set('aeiou') else 'a'} {name}"


RULES = (
    sheet_rule(
        _tools,
        id="PR5",
        title="Tools come from somewhere",
        severity=Severity.INFO,
        source="SRD 5.1 Classes, Backgrounds; SRD 5.2 Classes, Character Origins",
        prompt="List only tools that class, background, species or feats give.",
        about=("tools",),
        needs=("classes", "background", "species"),
        passing=(Example("rogue_5"), Example("bard_5"), Example("cleric_5_2014")),
        failing=(Example("wizard_5", {"/tools/-": "Thieves' Tools"}),),
    ),
    sheet_rule(
        _initiative,
        id="PR6",
        title="Initiative",
        severity=Severity.WARNING,
        source="SRD 5.1 Combat (Initiative); SRD 5.2 Playing the Game (Initiative), Feats (Alert)",
        prompt="Initiative is the Dexterity modifier, plus the proficiency bonus with the feat Alert.",
        about=("initiative",),
        needs=("ability_scores",),
        passing=(Example("wizard_5"), Example("rogue_5"), Example("cleric_5_2014")),
        failing=(Example("wizard_5", {"/initiative": 5}), Example("ranger_5_2014", {"/initiative": 7})),
    ),
    sheet_rule(
        _darkvision,
        id="PR7",
        title="Darkvision of the species",
        severity=Severity.ERROR,
        source="SRD 5.1 Races; SRD 5.2 Character Origins",
        prompt="Give darkvision only to species that have it, with their range.",
        about=("darkvision",),
        needs=("species",),
        passing=(Example("wizard_5"), Example("cleric_5_2014"), Example("warlock_5")),
        failing=(Example("paladin_6", {"/darkvision": 60}), Example("wizard_5", {"/darkvision": 120})),
    ),
)
