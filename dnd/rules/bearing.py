"""What features, feats and items do to a body: the legal exceptions that a sheet meets, and the items it wears."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from dnd.rules.reckoning import Extra, Reckoning
from dnd.sheets.sheet import CharacterSheet
from dnd.srd.abilities import Ability, modifier
from dnd.srd.edition import Edition
from dnd.srd.exceptions import ExceptionKind, LegalException, Traits, exceptions
from dnd.srd.items import ItemEffect, item_effect
from dnd.srd.near import fold
from dnd.srd.species import Lineage, read_species

_STONE = "ioun stone "
_KEPT = 8
"""Sheets whose answers are kept: one sheet is asked for by many rules, one after the other."""


@dataclass(frozen=True, slots=True)
class Worn:
    """An item that changes numbers, and whether it surely does: attuned to, and not for a time only."""

    effect: ItemEffect
    sure: bool


@dataclass(frozen=True, slots=True)
class Met:
    """An exception that applies, and whether it surely does: False for a choice that the sheet does not spell out."""

    row: LegalException
    amount: int
    sure: bool

    @property
    def extra(self) -> Extra:
        """The amount as part of a sum."""
        return Extra(self.amount, "always" if self.sure else "")


@lru_cache(maxsize=4096)
def _effect(name: str, edition: Edition) -> ItemEffect | None:
    """The effect of an item as people write it: "Ioun Stone (Protection)" is the stone of protection."""
    found = item_effect(name, edition)
    folded = fold(name) if found is None else ""
    if folded.startswith(_STONE):
        return item_effect(f"{_STONE}of {folded.removeprefix(_STONE)}", edition)
    return found


@lru_cache(maxsize=_KEPT)
def worn(person: Reckoning) -> tuple[Worn, ...]:
    """The items of the sheet that change a number of it, each once."""
    found: dict[str, Worn] = {}
    for name, attuned in _things(person.sheet):
        effect = _effect(name, person.edition)
        if effect is not None:
            before = found.get(effect.name)
            sure = (attuned and not effect.passing) or (before is not None and before.sure)
            found[effect.name] = Worn(effect, sure)
    return tuple(found.values())


def _things(sheet: CharacterSheet) -> Iterator[tuple[str, bool]]:
    yield from ((name, True) for name in sheet.attuned)
    yield from ((item.name, bool(item.attuned)) for item in sheet.equipment)
    yield from ((weapon.name, False) for weapon in sheet.weapons)
    if sheet.armor:
        yield sheet.armor, True


@lru_cache(maxsize=_KEPT)
def lineage_of(person: Reckoning) -> Lineage | None:
    """The SRD lineage that the sheet names, beside the species or with it ("Wood Elf")."""
    found = read_species(person.sheet.species, person.edition) if person.sheet.species else None
    if found is None:
        return None
    return found[0].lineage_named(person.sheet.lineage) if person.sheet.lineage else found[1]


@lru_cache(maxsize=_KEPT)
def traits_of(person: Reckoning) -> Traits:
    """What the sheet says of the character, as exceptions ask for it."""
    sheet, kin, lineage = person.sheet, person.species, lineage_of(person)
    owned = (held.table.subclass_named(held.subclass) for held in person.classes if held.subclass)
    return Traits(
        levels=person.levels,
        subclasses=frozenset(row.id for row in owned if row is not None),
        species=kin.id if kin else None,
        lineage=lineage.name if lineage is not None else None,
        feats=sheet.feats,
        features=(*person.names, *(spell.name for entry in sheet.spellcasting for _, spell in entry.spells)),
    )


@lru_cache(maxsize=8 * _KEPT)
def met(person: Reckoning, kind: ExceptionKind) -> tuple[Met, ...]:
    """The exceptions of a kind that the character meets, and those that it may have chosen without saying so."""
    traits = traits_of(person)
    found: list[Met] = []
    for row in exceptions(kind, person.edition):
        if row.met_by(traits):
            found.append(Met(row, row.amount_for(traits), sure=not row.choice))
        elif _may_meet(row, person, traits):
            found.append(Met(row, row.amount_for(traits), sure=False))
    return tuple(found)


def _may_meet(row: LegalException, person: Reckoning, traits: Traits) -> bool:
    """Whether only something that the sheet leaves unsaid stands between the character and the row."""
    if row.lineage is not None:
        open_lineage = person.species is not None and row.species == person.species.id
        return open_lineage and not person.sheet.lineage and any(each.name == row.lineage for each in person.lineages)
    if row.feat is not None or row.species is not None or not row.choice or row.class_id is None:
        return False
    return traits.levels.get(row.class_id, 0) >= row.level and not _chose_otherwise(row, person)


_RIVALS = {
    "protector": ("thaumaturge",),
    "warden": ("magician",),
}
"""Choice → what the sheet names where it chose otherwise."""


def _chose_otherwise(row: LegalException, person: Reckoning) -> bool:
    if row.class_id == "warlock":  # an invocation: a list of them that lacks it says that it was not chosen
        return bool(person.sheet.invocations)
    return any(rival in person.names for rival in _RIVALS.get(fold(row.source), ()))


@lru_cache(maxsize=8 * _KEPT)
def scores(person: Reckoning, ability: Ability) -> tuple[int, ...]:
    """The stated score, and those that items on the sheet may make of it; empty without a score."""
    stated = None if person.sheet.ability_scores is None else person.sheet.ability_scores.of(ability)
    if stated is None:
        return ()
    possible = [stated]
    possible.extend(person.amount(row) for row in person.granted("score") if ability in row.of)
    for each in worn(person):
        effect = each.effect
        if effect.sets == ability:
            possible.append(effect.score)
        elif effect.raises == ability:
            possible.append(min(stated + effect.amount, effect.cap or stated))
    return tuple(dict.fromkeys(score for score in possible if score >= stated))


@lru_cache(maxsize=8 * _KEPT)
def modifiers(person: Reckoning, ability: Ability) -> tuple[int, ...]:
    """The modifiers of `scores`, the stated one first."""
    return tuple(dict.fromkeys(modifier(score) for score in scores(person, ability)))
