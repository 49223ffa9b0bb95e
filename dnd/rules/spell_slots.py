"""SP1-SP6: spell slots and Pact Magic by the tables, for one class and for several."""

from collections.abc import Iterable, Iterator

from dnd.rules.building import Mark
from dnd.rules.casting import Casting, castings, expected_slots, pact_holder, slot_holders
from dnd.rules.dossier import Dossier, Example
from dnd.rules.finding import Finding, Severity
from dnd.rules.mechanics import sheet_rule
from dnd.rules.reckoning import Held, Reckoning, reckon
from dnd.rules.rule import Skip
from dnd.sheets.sheet import CharacterSheet
from dnd.srd.spellcasting import pact_slots

TABLES = "SRD 5.1 Classes (Spellcasting); SRD 5.2 Classes (Spellcasting)"
MULTICLASS = "SRD 5.1 Multiclassing (Spellcasting); SRD 5.2 Character Creation (Multiclassing)"
PACT = "SRD 5.1 Warlock (Pact Magic); SRD 5.2 Warlock (Pact Magic)"
_LEVELS = "spellcasting"


def _shown(row: Iterable[int]) -> str:
    text = "/".join(str(count) for count in row)
    while text.endswith("/0"):
        text = text[:-2]
    return "none" if text in {"", "0"} else text


def _who(reckoning: Reckoning) -> str:
    return " / ".join(f"{held.table.name} {held.level}" for held in reckoning.classes)


def _with_slots(reckoning: Reckoning) -> list[Casting]:
    """The entries that state spell slots and are not a warlock's."""
    entries = (casting for casting in castings(reckoning) if casting.entry.slots is not None)
    return [casting for casting in entries if casting.held is None or casting.held.table.caster != "pact"]


def _no_caster(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Iterable[Finding] | Skip:
    reckoning = reckon(sheet, dossier)
    if not reckoning.complete:
        return Skip.NOT_CHECKABLE
    if slot_holders(reckoning) or pact_holder(reckoning):
        return ()
    if any(held.id in {"fighter", "rogue"} for held in reckoning.classes):
        return Skip.NOT_APPLICABLE
    return _groundless(mark, reckoning)


def _groundless(mark: Mark, reckoning: Reckoning) -> Iterator[Finding]:
    for casting in castings(reckoning):
        for name, stated in (("slots", casting.entry.slots), ("pact_slots", casting.entry.pact_slots)):
            if stated is None or (isinstance(stated, tuple) and not any(stated)):
                continue
            yield mark(
                f"{casting.path}/{name}",
                f"The sheet states spell slots; {_who(reckoning)} gives none.",
                expected="none",
                found=_shown(stated) if isinstance(stated, tuple) else f"{stated.count}",
                correct=None,
                severity=Severity.WARNING if reckoning.unknown else None,
            )


def _slots_of(kind: str, mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Iterable[Finding] | Skip:
    """Slots by table, for the rule that governs this kind of caster."""
    reckoning = reckon(sheet, dossier)
    entries = _with_slots(reckoning)
    if not entries:
        return Skip.NOT_APPLICABLE
    if not reckoning.complete:
        return Skip.NOT_CHECKABLE
    if _kind(slot_holders(reckoning)) != kind:
        return Skip.NOT_APPLICABLE
    expected = expected_slots(reckoning)
    return [
        mark(
            f"{casting.path}/slots",
            f"{_who(reckoning)} has the spell slots {_shown(expected)}, not {_shown(casting.entry.slots or ())}.",
            expected=_shown(expected),
            found=_shown(casting.entry.slots or ()),
            correct=list(expected),
        )
        for casting in entries
        if casting.entry.slots != expected
    ]


def _kind(holders: tuple[Held, ...]) -> str:
    if len(holders) > 1:
        return "several"
    return holders[0].table.caster if holders else ""


def _full(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Iterable[Finding] | Skip:
    return _slots_of("full", mark, sheet, dossier)


def _half(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Iterable[Finding] | Skip:
    return _slots_of("half", mark, sheet, dossier)


def _several(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Iterable[Finding] | Skip:
    return _slots_of("several", mark, sheet, dossier)


def _third(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Iterable[Finding] | Skip:
    """The class tables call fighters and rogues no casters: so a third caster's kind is `none`."""
    reckoning = reckon(sheet, dossier)
    entries = [casting for casting in _with_slots(reckoning) if any(casting.entry.slots or ())]
    martial = next((held for held in reckoning.classes if held.id in {"fighter", "rogue"}), None)
    holders = slot_holders(reckoning)
    if not entries or martial is None or any(held.table.caster != "none" for held in holders) or pact_holder(reckoning):
        return Skip.NOT_APPLICABLE
    if holders:
        return _slots_of("none", mark, sheet, dossier)
    known = bool(martial.subclass and martial.table.subclass_named(martial.subclass))
    return [
        mark(
            f"{casting.path}/slots",
            f"{_who(reckoning)} has spell slots only as an Eldritch Knight or an Arcane Trickster.",
            expected="none",
            found=_shown(casting.entry.slots or ()),
            severity=Severity.ERROR if known and not reckoning.unknown else None,
        )
        for casting in entries
    ]


def _pact(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Iterable[Finding] | Skip:
    reckoning = reckon(sheet, dossier)
    warlock = pact_holder(reckoning)
    entries = castings(reckoning)
    if warlock is None and not any(casting.entry.pact_slots for casting in entries):
        return Skip.NOT_APPLICABLE
    if not reckoning.complete:
        return Skip.NOT_CHECKABLE
    return _wrong_pact(mark, reckoning, warlock)


def _wrong_pact(mark: Mark, reckoning: Reckoning, warlock: Held | None) -> Iterator[Finding]:
    count, level = pact_slots(warlock.level if warlock else 0)
    wanted = f"{count} of level {level}" if count else "none"
    for casting in castings(reckoning):
        stated, row = casting.entry.pact_slots, casting.entry.slots
        if stated is not None and warlock is None and slot_holders(reckoning):
            yield mark(
                f"{casting.path}/pact_slots",
                f"{_who(reckoning)} has no Pact Magic.",
                expected="none",
                found=f"{stated.count} of level {stated.level}",
                correct=None,
            )
        elif stated is not None and warlock is not None:
            for name, right, found in (("count", count, stated.count), ("level", level, stated.level)):
                if found is not None and found != right:
                    yield mark(
                        f"{casting.path}/pact_slots/{name}",
                        f"A level {warlock.level} warlock has Pact Magic slots: {wanted}. The {name} is not {found}.",
                        expected=wanted,
                        found=str(found),
                        correct=right,
                    )
        if row is None or warlock is None or casting.held is not warlock:
            continue
        own = tuple(count if at == level else 0 for at in range(1, len(row) + 1))
        if row != own and any(row):
            yield mark(
                f"{casting.path}/slots",
                f"A level {warlock.level} warlock has Pact Magic slots: {wanted}. These are {_shown(row)}.",
                expected=wanted,
                found=_shown(row),
                correct=list(own),
            )


RULES = (
    sheet_rule(
        _no_caster,
        id="SP1",
        title="Only casters have spell slots",
        severity=Severity.ERROR,
        source=TABLES,
        prompt="Give spell slots only to classes that cast spells.",
        about=(_LEVELS,),
        needs=("classes",),
        passing=(Example("wizard_5"), Example("warlock_5")),
        failing=(Example("barbarian_5", {"/spellcasting": [{"slots": [2]}]}),),
    ),
    sheet_rule(
        _full,
        id="SP2",
        title="Slots of full casters",
        severity=Severity.ERROR,
        source=TABLES,
        prompt="Copy the spell slots of a bard, cleric, druid, sorcerer or wizard from the class table.",
        about=(_LEVELS,),
        needs=("classes",),
        passing=(Example("wizard_5"), Example("cleric_5_2014")),
        failing=(
            Example("wizard_5", {"/classes/0/level": 3, "/level": 3}),
            Example("cleric_5_2014", {"/spellcasting/0/slots": [4, 3, 3]}),
        ),
    ),
    sheet_rule(
        _half,
        id="SP3",
        title="Slots of half casters",
        severity=Severity.ERROR,
        source=TABLES,
        prompt="Paladins and rangers have spell slots from level 2 (2014 rules) or level 1 (2024 rules).",
        about=(_LEVELS,),
        needs=("classes",),
        passing=(Example("paladin_6"), Example("ranger_5_2014"), Example("paladin_2_2014")),
        failing=(
            Example("paladin_2_2014", {"/classes/0/level": 1, "/level": 1, "/spellcasting/0/slots": [2]}),
            Example("paladin_6", {"/spellcasting/0/slots": [4, 3]}),
        ),
    ),
    sheet_rule(
        _pact,
        id="SP4",
        title="Pact Magic",
        severity=Severity.ERROR,
        source=PACT,
        prompt="A warlock has only Pact Magic slots: few, all of one level, by the class table.",
        about=(_LEVELS,),
        needs=("classes",),
        passing=(Example("warlock_5"),),
        failing=(
            Example("warlock_5", {"/spellcasting/0/slots": [4, 3, 2]}),
            Example("warlock_5", {"/spellcasting/0/pact_slots/count": 3}),
        ),
    ),
    sheet_rule(
        _third,
        id="SP5",
        title="Slots of fighters and rogues",
        severity=Severity.WARNING,
        source="Derived (casting subclasses of fighter and rogue are outside both SRDs)",
        prompt="Fighters and rogues have spell slots only with a subclass that casts spells.",
        about=(_LEVELS,),
        needs=("classes",),
        passing=(
            Example(
                "rogue_5",
                {"/classes/0/subclass": "Arcane Trickster", "/spellcasting": [{"ability": "int", "slots": [3]}]},
            ),
        ),
        failing=(
            Example("rogue_5", {"/classes/0/subclass": None, "/spellcasting": [{"slots": [3]}]}),
            Example("fighter_3", {"/spellcasting": [{"slots": [2]}]}),
        ),
    ),
    sheet_rule(
        _several,
        id="SP6",
        title="Slots of several casting classes",
        severity=Severity.ERROR,
        source=MULTICLASS,
        prompt="Add up the caster levels of all classes and take the slots from the multiclass table.",
        about=(_LEVELS,),
        needs=("classes",),
        passing=(
            Example(
                "paladin_6",
                {
                    "/classes": [{"name": "Paladin", "level": 5}, {"name": "Wizard", "level": 1}],
                    "/spellcasting/0/slots": [4, 3],
                },
            ),
        ),
        failing=(
            Example(
                "paladin_6",
                {
                    "/classes": [{"name": "Paladin", "level": 5}, {"name": "Wizard", "level": 1}],
                    "/spellcasting/0/slots": [4, 2],
                },
            ),
        ),
    ),
)
