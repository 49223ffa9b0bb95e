"""Things with what is stated of them: a magic item that stands alone, or the possessions of a sheet."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Unpack

from dnd.rules.building import Mark, pointer
from dnd.rules.dossier import Dossier, DossierRule, Place
from dnd.rules.finding import Finding
from dnd.rules.mechanics import Row, Said
from dnd.rules.rule import Skip
from dnd.rules.wares import item_of
from dnd.srd.catalogue import MagicItem
from dnd.srd.edition import BOTH, Edition
from dnd.srd.vocabulary import RARITIES
from dnd.srd.wares import magic_bonus

_BRACKETS = re.compile(r"\([^)]*\)")
_BREAKS = re.compile(r",|/|;|\bor\b")
RANK: Mapping[str, int] = {rarity: place for place, rarity in enumerate(RARITIES)}
"""Rarities from common (0) to artifact (5)."""


@dataclass(frozen=True, slots=True)
class Thing:
    """An item as stated."""

    name: str
    base: str
    """JSON pointer of the thing in its document."""
    alone: bool
    """True for an item that is a document of its own."""
    rarity: str | None = None
    attunement: bool | None = None
    """Whether it needs attunement; of a possession, whether its owner is attuned to it."""
    price: int | None = None
    """In copper pieces."""
    quantity: int = 1
    bonus: int | None = None
    charges: int | None = None
    category: str = ""
    consumable: bool = False
    spell_level: int | None = None
    """Of a scroll."""

    def row(self, edition: Edition) -> MagicItem | None:
        """The SRD's item of this name; one called only by its kind is looked for with its bonus."""
        found = item_of(self.name, edition)
        if found is None and self.bonus and not magic_bonus(self.name):
            return item_of(f"{self.name} +{self.bonus}", edition)
        return found


def things_of(dossier: Dossier) -> Iterator[tuple[Place, Thing]]:
    """Every thing of the dossier's item and sheet, with the place of its document."""
    if dossier.item is not None:
        item = dossier.item.document
        level = item.spell_level if item.spell_level is not None or item.spell is None else item.spell.level
        yield (
            dossier.item.place,
            Thing(
                name=item.name or "",
                base="",
                alone=True,
                rarity=item.rarity,
                attunement=item.attunement,
                price=item.price,
                bonus=item.bonus,
                charges=item.charges,
                category=(item.category or "").lower(),
                consumable=bool(item.consumable),
                spell_level=level,
            ),
        )
    if dossier.sheet is not None:
        for at, owned in enumerate(dossier.sheet.document.equipment):
            yield (
                dossier.sheet.place,
                Thing(
                    name=owned.name,
                    base=pointer("equipment", at),
                    alone=False,
                    rarity=(owned.rarity or "").lower() or None,
                    attunement=owned.attuned,
                    price=owned.price,
                    quantity=max(1, owned.quantity or 1),
                ),
            )


def thing_rule(check: Callable[[Mark, Thing, Dossier], Said], **row: Unpack[Row]) -> DossierRule:
    """A rule on each thing of an item document or a sheet: it fails where one of them does."""
    plain = Mark(row["id"], row["severity"], row["source"])

    def run(dossier: Dossier) -> Said:
        findings: list[Finding] = []
        reasons = set[Skip]()
        checked = False
        for place, thing in things_of(dossier):
            said = check(replace(plain, place=place), thing, dossier)
            if isinstance(said, Skip):
                reasons.add(said)
            else:
                checked = True
                findings.extend(said)
        if checked:
            return findings
        return Skip.NOT_CHECKABLE if Skip.NOT_CHECKABLE in reasons else Skip.NOT_APPLICABLE

    return DossierRule(
        id=row["id"],
        title=row["title"],
        severity=row["severity"],
        source=row["source"],
        prompt=row["prompt"],
        editions=row.get("editions", BOTH),
        reads=frozenset(),
        check=run,
        passing=row["passing"],
        failing=row["failing"],
    )


def rarities_in(text: str) -> tuple[str, ...]:
    """The rarities that a text names ("uncommon (+1), rare (+2), or very rare (+3)"); empty if it has other words."""
    words = rarity_words(text)
    return words if all(word in RANK for word in words) else ()


def rarity_words(text: str) -> tuple[str, ...]:
    """The words or pairs of words that stand for rarities in a text."""
    plain = _BRACKETS.sub("", text.lower()).replace("-", " ").replace("_", " ")
    parts = (" ".join(part.split()) for part in _BREAKS.split(plain))
    return tuple(part for part in parts if part)
