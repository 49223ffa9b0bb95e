"""Builders of mechanical rules: what a check needs is said in the row, so that the check itself only compares.

A rule has an `about`: fields that the document must state for the rule to apply at all (no spell slots stated: the
rule on slots is not applicable). And it has `needs`: further fields without which it cannot tell (slots stated, but
no class: not checkable). Both are attribute names, dotted for nested ones; None, an empty text and an empty
collection count as not stated.
"""

from collections.abc import Callable, Iterable, Sized
from dataclasses import replace
from operator import attrgetter
from typing import Any, NamedTuple, NotRequired, TypedDict, Unpack

from dnd.rules.building import Mark
from dnd.rules.dossier import Dossier, DossierRule, Example, NamePolicy, Place, Reads
from dnd.rules.finding import Finding, Severity
from dnd.rules.rule import Skip
from dnd.sheets.block import StatBlock
from dnd.sheets.encounter import EncounterPlan
from dnd.sheets.item import MagicItem
from dnd.sheets.sheet import CharacterSheet
from dnd.srd.edition import BOTH, Edition
from dnd.srd.names import Lookup, NameState

Said = Iterable[Finding] | Skip
_WEIGHTS: dict[NamePolicy, dict[NameState, Severity]] = {
    "homebrew_ok": {NameState.PUBLISHED: Severity.INFO, NameState.UNKNOWN: Severity.WARNING},
    "official": {NameState.PUBLISHED: Severity.INFO, NameState.UNKNOWN: Severity.ERROR},
    "strict_srd": {NameState.PUBLISHED: Severity.WARNING, NameState.UNKNOWN: Severity.ERROR},
}


class Stated(NamedTuple):
    """Which fields a rule wants stated."""

    about: tuple[Callable[[Any], Any], ...]
    needs: tuple[Callable[[Any], Any], ...]

    def lacking(self, document: object) -> Skip | None:
        """Why the rule gives no verdict on `document`; None when all is there."""
        if any(_absent(read, document) for read in self.about):
            return Skip.NOT_APPLICABLE
        if any(_absent(read, document) for read in self.needs):
            return Skip.NOT_CHECKABLE
        return None


def _absent(read: Callable[[Any], Any], document: object) -> bool:
    try:
        value = read(document)
    except AttributeError:  # a nested field of something that is None
        return True
    return value is None or (isinstance(value, Sized) and not len(value))


def name_severity(lookup: Lookup, policy: NamePolicy) -> Severity | None:
    """How much a name weighs under `policy`; None for one that the SRD of the edition has."""
    return _WEIGHTS[policy].get(lookup.state)


class Row(TypedDict):
    """The fields of one mechanical rule, apart from its check."""

    id: str
    """The catalogue's: family letters and a number."""
    title: str
    severity: Severity
    source: str
    prompt: str
    """The rule as the model is told it: in the brief where it writes what is checked, else in a repair."""
    passing: tuple[Example, ...]
    failing: tuple[Example, ...]
    about: NotRequired[tuple[str, ...]]
    needs: NotRequired[tuple[str, ...]]
    editions: NotRequired[tuple[Edition, ...]]


def sheet_rule(check: Callable[[Mark, CharacterSheet, Dossier], Said], **row: Unpack[Row]) -> DossierRule:
    """A rule on a character sheet."""
    return _rule(frozenset({"sheet"}), attrgetter("sheet"), check, row)


def block_rule(check: Callable[[Mark, StatBlock, Dossier], Said], **row: Unpack[Row]) -> DossierRule:
    """A rule on a stat block."""
    return _rule(frozenset({"block"}), attrgetter("block"), check, row)


def item_rule(check: Callable[[Mark, MagicItem, Dossier], Said], **row: Unpack[Row]) -> DossierRule:
    """A rule on a magic item."""
    return _rule(frozenset({"item"}), attrgetter("item"), check, row)


def encounter_rule(check: Callable[[Mark, EncounterPlan, Dossier], Said], **row: Unpack[Row]) -> DossierRule:
    """A rule on an encounter."""
    return _rule(frozenset({"encounter"}), attrgetter("encounter"), check, row)


def sheet_story_rule(check: Callable[[Mark, CharacterSheet, Dossier], Said], **row: Unpack[Row]) -> DossierRule:
    """A rule on prose beside a character sheet; its findings point into the texts."""
    return _rule(frozenset({"sheet", "story"}), attrgetter("sheet"), check, row)


def block_story_rule(check: Callable[[Mark, StatBlock, Dossier], Said], **row: Unpack[Row]) -> DossierRule:
    """A rule on prose beside a stat block; its findings point into the texts."""
    return _rule(frozenset({"block", "story"}), attrgetter("block"), check, row)


def item_story_rule(check: Callable[[Mark, MagicItem, Dossier], Said], **row: Unpack[Row]) -> DossierRule:
    """A rule on prose beside an item; its findings point into the texts."""
    return _rule(frozenset({"item", "story"}), attrgetter("item"), check, row)


def text_rule(check: Callable[[Mark, Dossier], Said], **row: Unpack[Row]) -> DossierRule:
    """A rule on texts alone; its findings point into them."""
    mark = Mark(row["id"], row["severity"], row["source"])

    def run(dossier: Dossier) -> Said:
        return check(mark, dossier) if dossier.leaves else Skip.NOT_APPLICABLE

    return _entry(frozenset({"texts"}), run, row)


def _rule(
    reads: frozenset[Reads], placed: Callable[[Dossier], Any], check: Callable[..., Said], row: Row
) -> DossierRule:
    stated = Stated(
        tuple(attrgetter(name) for name in row.get("about", ())),
        tuple(attrgetter(name) for name in row.get("needs", ())),
    )
    in_texts = Mark(row["id"], row["severity"], row["source"])
    tells_of_texts = "story" in reads

    marks: dict[tuple[str, bool], Mark] = {}

    def placed_mark(place: Place) -> Mark:
        """The mark for documents that stand there: there are few such places."""
        key = (place.base, place.given)
        if key not in marks:
            marks[key] = replace(in_texts, place=place)
        return marks[key]

    def run(dossier: Dossier) -> Said:
        if not reads <= dossier.has:
            return Skip.NOT_APPLICABLE
        document, place = placed(dossier).document, placed(dossier).place
        if (lacking := stated.lacking(document)) is not None:
            return lacking
        return check(in_texts if tells_of_texts else placed_mark(place), document, dossier)

    return _entry(reads, run, row)


def _entry(reads: frozenset[Reads], run: Callable[[Dossier], Said], row: Row) -> DossierRule:
    return DossierRule(
        id=row["id"],
        title=row["title"],
        severity=row["severity"],
        source=row["source"],
        prompt=row["prompt"],
        editions=row.get("editions", BOTH),
        reads=reads,
        check=run,
        passing=row["passing"],
        failing=row["failing"],
    )
