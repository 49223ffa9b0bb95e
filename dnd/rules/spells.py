"""SP12-SP14: the spells listed exist, and are within the reach of the class that lists them."""

from collections.abc import Iterable, Iterator

from dnd.rules.building import Mark, shorten
from dnd.rules.casting import SPELL_LISTS, Casting, all_listed, castings, told_apart
from dnd.rules.dossier import Dossier, Example
from dnd.rules.finding import Finding, Severity
from dnd.rules.mechanics import name_severity, sheet_rule
from dnd.rules.reckoning import mend, reckon
from dnd.rules.rule import Skip
from dnd.rules.spellcasting import beyond
from dnd.sheets.sheet import CharacterSheet
from dnd.srd.catalogue import Spell
from dnd.srd.names import NameKind, NameState, look_up

LISTS = "SRD 5.1 Spell Lists; SRD 5.2 Classes (Spell Lists)"
SPELLS = "SRD 5.1 Spells; SRD 5.2 Spells"


def _several_classes(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Iterable[Finding] | Skip:
    reckoning = reckon(sheet, dossier)
    if len(sheet.classes) < 2:
        return Skip.NOT_APPLICABLE
    if not reckoning.complete:
        return Skip.NOT_CHECKABLE
    return list(beyond(mark, reckoning))


class _Allowance:
    """How many spells off the list features and feats may still explain."""

    def __init__(self, casting: Casting) -> None:
        reckoning, own = casting.reckoning, casting.held.id if casting.held else ""
        self._left: list[tuple[frozenset[str], frozenset[bool], int]] = [
            (row.lists, levels, reckoning.amount(row))
            for kind, levels in (
                ("cantrips", frozenset({True})),
                ("spells", frozenset({False})),
                ("off_list", frozenset({False, True})),
            )
            for row in sorted(reckoning.granted(kind), key=lambda row: bool(row.class_id))
            if row.class_id in {"", own}
        ]
        born = {row.cantrip_of for row in reckoning.lineages if row.cantrip_of}
        if born:
            self._left.append((frozenset(born), frozenset({True}), 1))
        for spell in told_apart(reckoning):
            self.takes(spell)

    def takes(self, spell: Spell) -> bool:
        """Whether a row is left for the spell; it is used up by that."""
        for place, (lists, levels, amount) in enumerate(self._left):
            fits = "any" in lists or not lists.isdisjoint(spell.classes)
            if amount and fits and (spell.level == 0) in levels:
                self._left[place] = (lists, levels, amount - 1)
                return True
        return False


def _class_list(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Iterable[Finding] | Skip:
    reckoning = reckon(sheet, dossier)
    entries = [casting for casting in castings(reckoning) if casting.list_id]
    if not entries:
        return Skip.NOT_APPLICABLE if reckoning.complete else Skip.NOT_CHECKABLE
    return [finding for casting in entries for finding in _off_list(mark, casting)]


def _off_list(mark: Mark, casting: Casting) -> Iterator[Finding]:
    allowance, held = _Allowance(casting), casting.held
    untold = held is not None and not held.subclass and held.level >= held.table.subclass_level
    unsure = casting.reckoning.unknown or untold
    for row in casting.listed(*SPELL_LISTS):
        spell = row.spell
        if spell is None or casting.list_id in spell.classes or row.key in casting.given or row.key in casting.reach:
            continue
        if allowance.takes(spell):
            continue
        name = held.table.name.lower() if held else casting.list_id
        yield mark(
            row.path,
            f"{spell.name} is not on the {name}'s spell list.",
            expected=f"a spell of the {name}'s list",
            found=f"{spell.name} ({', '.join(spell.classes)})",
            severity=Severity.WARNING if unsure else None,
        )


def _exists(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Iterator[Finding]:
    for _, row in all_listed(reckon(sheet, dossier)):
        if row.spell is not None:
            continue
        found = look_up(NameKind.SPELL, row.mention.name, dossier.edition)
        weight = name_severity(found, dossier.names)
        shown = shorten(row.mention.name, 60)
        if weight is None:
            continue
        if found.state is NameState.PUBLISHED:
            message, expected = f"{shown} is not in the SRD {dossier.edition}.", f"a spell of the SRD {dossier.edition}"
        else:
            hint = f" {found.near[0]} is meant, it seems." if len(found.near) == 1 else ""
            message, expected = f"There is no spell called {shown}.{hint}", " or ".join(found.near) or "a known spell"
        path = f"{row.path}/name"
        fix = mend(mark, path, found.near[0]) if len(found.near) == 1 else None
        yield mark(path, message, expected=expected, found=shown, severity=weight, fix=fix)


_LEVELS = "spellcasting"
_TWO = [{"name": "Wizard", "level": 3}, {"name": "Cleric", "level": 3}]

RULES = (
    sheet_rule(
        _several_classes,
        id="SP12",
        title="Spell level by own class level",
        severity=Severity.ERROR,
        source="SRD 5.1 Multiclassing (Spellcasting); SRD 5.2 Character Creation (Multiclassing)",
        prompt="Choose spells of each class as if that class were the only one: higher slots give no higher spells.",
        about=(_LEVELS,),
        needs=("classes",),
        passing=(
            Example("wizard_5", {"/classes": _TWO, "/spellcasting": [{"class_name": "Wizard", "prepared": ["Web"]}]}),
        ),
        failing=(
            Example(
                "wizard_5", {"/classes": _TWO, "/spellcasting": [{"class_name": "Wizard", "prepared": ["Fireball"]}]}
            ),
        ),
    ),
    sheet_rule(
        _class_list,
        id="SP13",
        title="Spells of the class list",
        severity=Severity.ERROR,
        source=LISTS,
        prompt="List only spells of the class's own list, or those that a feature, species or feat gives.",
        about=(_LEVELS,),
        needs=("classes",),
        passing=(Example("wizard_5"), Example("warlock_5"), Example("bard_5"), Example("cleric_5_2014")),
        failing=(
            Example("cleric_5_2014", {"/spellcasting/0/prepared/8": "Fireball"}),
            Example("wizard_5_2014", {"/spellcasting/0/prepared/0": "Healing Word"}),
        ),
    ),
    sheet_rule(
        _exists,
        id="SP14",
        title="Spells that exist",
        severity=Severity.WARNING,
        source=SPELLS,
        prompt="Use only spells that exist, under their own names.",
        about=(_LEVELS,),
        passing=(Example("wizard_5"), Example("wizard_5", {"/spellcasting/0/prepared/3": "Tasha's Hideous Laughter"})),
        failing=(
            Example("wizard_5", {"/spellcasting/0/prepared/0": "Arcane Thunderlance"}),
            Example("wizard_5", {"/spellcasting/0/prepared/6": "Firebal"}),
        ),
    ),
)
