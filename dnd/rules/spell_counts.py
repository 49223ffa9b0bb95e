"""SP7-SP11: as many cantrips and spells as the class gives."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple, Self

from dnd.rules.building import Mark
from dnd.rules.casting import HIGHEST_PACT_LEVEL, Casting, Listed, castings, levelled
from dnd.rules.dossier import Dossier, Example
from dnd.rules.finding import Finding, Severity
from dnd.rules.mechanics import sheet_rule
from dnd.rules.reckoning import reckon
from dnd.rules.rule import Skip
from dnd.sheets.sheet import CharacterSheet
from dnd.srd.spellcasting import cantrips, prepared_limit, spells_known
from dnd.srd.thirds import third_cantrips, third_spells

TABLES = "SRD 5.1 Classes (Spellcasting); SRD 5.2 Classes (Spellcasting)"
BOOK = "SRD 5.1 Wizard (Spellbook)"
HIGHEST_SPELL_LEVEL = 9
FIRST_SPELLS = 6
SPELLS_PER_LEVEL = 2
"""What a wizard writes into the spellbook at level 1, and at each level after."""
_WORDS = {"cantrips": "cantrips", "known": "spells known", "prepared": "prepared spells"}


def _own(sheet: CharacterSheet, dossier: Dossier) -> tuple[Casting, ...] | Skip:
    """The entries that belong to a class of the sheet."""
    if not sheet.spellcasting:
        return Skip.NOT_APPLICABLE
    reckoning = reckon(sheet, dossier)
    found = tuple(casting for casting in castings(reckoning) if casting.list_id)
    if found and reckoning.complete:
        return found
    return Skip.NOT_APPLICABLE if reckoning.complete else Skip.NOT_CHECKABLE


def _who(casting: Casting) -> str:
    held = casting.held
    return f"A level {held.level} {held.table.name.lower()}" if held else "The class"


class _Tally(NamedTuple):
    """How many of the listed cantrips or spells count against a limit."""

    least: int
    """Those that no species, choice or invocation can account for."""
    most: int

    @classmethod
    def of(cls, casting: Casting, rows: Iterable[Listed], claimed: int = 0) -> Self:
        """Count `rows`; `claimed` more are called always prepared by the sheet alone."""
        counted = [row for row in rows if row.key not in casting.kept | casting.stated]
        return cls(sum(row.key not in casting.free for row in counted) + claimed, len(counted))


def _spells(casting: Casting, name: str) -> _Tally:
    """The tally of a list, without cantrips and arcana.

    Where class and subclass are known, so is what they keep prepared: then what else the sheet calls always prepared
    counts as well.
    """
    held, highest = casting.held, HIGHEST_PACT_LEVEL if casting.list_id == "warlock" else HIGHEST_SPELL_LEVEL
    early = held is not None and held.level < held.table.subclass_level
    known = not casting.reckoning.unknown and (early or casting.subclass is not None)
    always = levelled(casting.listed("always_prepared")) if known else ()
    claimed = sum(row.key not in casting.given for row in always)
    return _Tally.of(casting, (row for row in levelled(casting.listed(name)) if (row.level or 0) <= highest), claimed)


def _compare(mark: Mark, casting: Casting, tally: _Tally, limit: int, kind: str) -> Iterator[Finding]:
    """A finding for more than `limit` and what features add of the kind, or for fewer than `limit`."""
    extra = casting.more("cantrips" if kind == "cantrips" else "spells") + (casting.third and kind == "cantrips")
    if tally.most >= limit and tally.least <= limit + extra:
        return
    over = tally.least > limit + extra
    count, words = (tally.least if over else tally.most), _WORDS.get(kind, "spells")
    further = f", and at most {extra} more by features and feats" if extra else ""
    yield mark(
        f"{casting.path}/{kind}",
        f"{_who(casting)} has {limit} {words}{further}; {count} are listed.",
        expected=str(limit) if not extra else f"{limit} to {limit + extra}",
        found=str(count),
        severity=None if over and not casting.reckoning.unknown else Severity.WARNING,
    )


def _first(casting: Casting, *lists: str) -> str:
    """The first of the lists that has an entry; empty when none has."""
    return next((name for name in lists if getattr(casting.entry, name)), "")


def _cantrips(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Iterable[Finding] | Skip:
    own = _own(sheet, dossier)
    if isinstance(own, Skip):
        return own
    stated = [casting for casting in own if casting.entry.cantrips]
    if not stated:
        return Skip.NOT_APPLICABLE
    return [finding for casting in stated for finding in _cantrips_of(mark, casting)]


def _cantrips_of(mark: Mark, casting: Casting) -> Iterator[Finding]:
    held = casting.held
    if held is None:
        return
    limit = cantrips(held.id, held.level, casting.reckoning.edition)
    if casting.third:
        # An Arcane Trickster's Mage Hand need not stand among the others.
        limit = third_cantrips(held.level, "")
    yield from _compare(mark, casting, _Tally.of(casting, casting.listed("cantrips")), limit, "cantrips")


def _known(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Iterable[Finding] | Skip:
    own = _own(sheet, dossier)
    if isinstance(own, Skip):
        return own
    found, checked = list[Finding](), False
    for casting in own:
        limit = _known_limit(casting)
        name = _first(casting, "known", "prepared")
        if limit is None or not name:
            continue
        checked = True
        found += _compare(mark, casting, _spells(casting, name), limit, name)
    return found if checked else Skip.NOT_APPLICABLE


def _known_limit(casting: Casting) -> int | None:
    held = casting.held
    if held is None:
        return None
    return third_spells(held.level) if casting.third else spells_known(held.id, held.level)


def _prepared_by_modifier(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Iterable[Finding] | Skip:
    own = _own(sheet, dossier)
    if isinstance(own, Skip):
        return own
    found, checked, lacking = list[Finding](), False, False
    for casting in own:
        held, ability = casting.held, casting.ability
        if held is None or ability is None or casting.third or not casting.entry.prepared:
            continue
        modifiers = casting.reckoning.modifiers(ability)
        limit = prepared_limit(held.id, held.level, max(modifiers), "5.1") if modifiers else None
        if limit is None:
            lacking = lacking or not modifiers
            continue
        checked = True
        count, extra = _spells(casting, "prepared").least, casting.more("spells")
        if count > limit + extra:
            found.append(
                mark(
                    f"{casting.path}/prepared",
                    f"{_who(casting)} with a modifier of {max(modifiers):+d} prepares {limit} spells, not {count}.",
                    expected=f"at most {limit}",
                    found=str(count),
                    severity=Severity.WARNING if casting.reckoning.unknown else None,
                )
            )
    return found if checked else Skip.NOT_CHECKABLE if lacking else Skip.NOT_APPLICABLE


def _prepared_by_table(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Iterable[Finding] | Skip:
    own = _own(sheet, dossier)
    if isinstance(own, Skip):
        return own
    found, checked = list[Finding](), False
    for casting in own:
        held, name = casting.held, _first(casting, "prepared", "known")
        if held is None or not name:
            continue
        limit = third_spells(held.level) if casting.third else prepared_limit(held.id, held.level, 0, "5.2")
        if limit is None:
            continue
        checked = True
        found += _compare(mark, casting, _spells(casting, name), limit, name)
    return found if checked else Skip.NOT_APPLICABLE


def _spellbook(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Iterable[Finding] | Skip:
    own = _own(sheet, dossier)
    if isinstance(own, Skip):
        return own
    books = [casting for casting in own if casting.list_id == "wizard" and casting.entry.spellbook and casting.held]
    if not books:
        return Skip.NOT_APPLICABLE
    found = list[Finding]()
    for casting in books:
        level = casting.held.level if casting.held and not casting.third else 1
        least = FIRST_SPELLS + SPELLS_PER_LEVEL * (level - 1)
        count = len(list(levelled(casting.listed("spellbook"))))
        if count < least and not casting.third:
            found.append(
                mark(
                    f"{casting.path}/spellbook",
                    f"The spellbook of a level {level} wizard has at least {least} spells; {count} are listed.",
                    expected=f"at least {least}",
                    found=str(count),
                )
            )
    return found


_LEVELS = "spellcasting"

RULES = (
    sheet_rule(
        _cantrips,
        id="SP7",
        title="Number of cantrips",
        severity=Severity.ERROR,
        source=TABLES,
        prompt="List as many cantrips as the class table gives, and those of species and feats.",
        about=(_LEVELS,),
        needs=("classes",),
        passing=(Example("wizard_5"), Example("bard_5"), Example("cleric_5_2014")),
        failing=(
            Example(
                "wizard_5_2014",
                {
                    "/spellcasting/0/cantrips": [
                        "Fire Bolt",
                        "Light",
                        "Mage Hand",
                        "Prestidigitation",
                        "Message",
                        "Mending",
                        "Ray of Frost",
                    ]
                },
            ),
            Example("cleric_5_2014", {"/spellcasting/0/cantrips/-": "Resistance"}),
        ),
    ),
    sheet_rule(
        _known,
        id="SP8",
        title="Number of spells known",
        severity=Severity.ERROR,
        source=TABLES,
        editions=("5.1",),
        prompt="A bard, ranger, sorcerer or warlock knows as many spells as the class table says.",
        about=(_LEVELS,),
        needs=("classes",),
        passing=(Example("ranger_5_2014"),),
        failing=(Example("ranger_5_2014", {"/spellcasting/0/known/-": "Longstrider"}),),
    ),
    sheet_rule(
        _prepared_by_modifier,
        id="SP9",
        title="Number of prepared spells",
        severity=Severity.ERROR,
        source="SRD 5.1 Classes (Preparing and Casting Spells)",
        editions=("5.1",),
        prompt="Prepare at most level plus spellcasting modifier spells; a paladin half the level plus the modifier.",
        about=(_LEVELS,),
        needs=("classes",),
        passing=(Example("cleric_5_2014"), Example("wizard_5_2014")),
        failing=(Example("cleric_5_2014", {"/spellcasting/0/prepared/-": "Silence"}),),
    ),
    sheet_rule(
        _prepared_by_table,
        id="SP10",
        title="Number of prepared spells",
        severity=Severity.ERROR,
        source="SRD 5.2 Classes (Prepared Spells)",
        editions=("5.2",),
        prompt="Prepare as many spells as the class table says; spells that are always prepared do not count.",
        about=(_LEVELS,),
        needs=("classes",),
        passing=(Example("wizard_5"), Example("paladin_6"), Example("warlock_5")),
        failing=(
            Example("wizard_5", {"/background": "Criminal", "/feats": ["Alert"], "/spellcasting/0/prepared/-": "Web"}),
            Example("warlock_5", {"/spellcasting/0/prepared": ["Hex"]}),
        ),
    ),
    sheet_rule(
        _spellbook,
        id="SP11",
        title="Size of the spellbook",
        severity=Severity.WARNING,
        source=BOOK,
        editions=("5.1",),
        prompt="A wizard's spellbook has six spells at level 1 and two more for each level after.",
        about=(_LEVELS,),
        needs=("classes",),
        passing=(Example("wizard_5_2014"),),
        failing=(Example("wizard_5_2014", {"/spellcasting/0/spellbook": ["Shield", "Sleep", "Fly"]}),),
    ),
)
