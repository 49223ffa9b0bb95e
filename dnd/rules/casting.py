"""A sheet's spellcasting entry by entry: whose it is, what is listed there, and what the class allows at its level."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from dnd.rules.reckoning import Held, Reckoning
from dnd.sheets.sheet import Spellcasting
from dnd.sheets.spell import SpellMention
from dnd.srd.abilities import Ability
from dnd.srd.catalogue import Spell, spells
from dnd.srd.classes import SubclassTable, class_named
from dnd.srd.edition import Edition
from dnd.srd.names import NameKind, NameState, look_up
from dnd.srd.near import fold
from dnd.srd.spellcasting import Slots, max_spell_level, multiclass_slots
from dnd.srd.thirds import THIRD_CASTERS, third_slots

_THIRDS = {fold(name): class_id for name, class_id in THIRD_CASTERS.items()}
SPELL_LISTS = ("cantrips", "known", "prepared", "always_prepared", "spellbook", "arcanum")
"""The lists of spells in an entry."""
HIGHEST_PACT_LEVEL = 5
"""Above it a warlock casts by Mystic Arcanum alone."""


@lru_cache(maxsize=4096)
def spell_named(name: str, edition: Edition) -> Spell | None:
    """The SRD's spell of a name or an alias of it; None where the edition's SRD has none."""
    found = look_up(NameKind.SPELL, name, edition)
    return spells(edition).get(fold(found.name)) if found.state is NameState.SRD else None


@lru_cache(maxsize=1024)
def spell_key(name: str, edition: Edition) -> str:
    """What tells two spells apart, whichever of its names is used."""
    found = spell_named(name, edition)
    return fold(found.name if found else name)


def is_third_caster(held: Held) -> bool:
    """Whether the subclass is one that casts a third as well as a wizard, and gets that far."""
    return _THIRDS.get(fold(held.subclass or "")) == held.id and held.level >= held.table.subclass_level


@dataclass(frozen=True)
class Listed:
    """A spell where the sheet lists it."""

    path: str
    """Pointer to the mention."""
    mention: SpellMention
    spell: Spell | None
    """As in the SRD of the edition; None where it has none of this name."""
    key: str

    @property
    def level(self) -> int | None:
        """The SRD's level; for a spell that it does not have, the stated one."""
        return self.mention.level if self.spell is None else self.spell.level


@dataclass(frozen=True)
class Casting:
    """One entry of `spellcasting`."""

    index: int
    entry: Spellcasting
    held: Held | None
    """The class that it belongs to; None where that is not an SRD class of the sheet."""
    reckoning: Reckoning

    @property
    def path(self) -> str:
        """Pointer to the entry."""
        return f"/spellcasting/{self.index}"

    @cached_property
    def third(self) -> bool:
        """Whether it is an Eldritch Knight's or an Arcane Trickster's."""
        return self.held is not None and is_third_caster(self.held)

    @property
    def ability(self) -> Ability | None:
        """The class's spellcasting ability."""
        if self.third:
            return "int"
        return self.held.table.casting_ability if self.held else None

    @property
    def list_id(self) -> str:
        """Id of the class whose list it casts from; empty without one."""
        if self.third:
            return "wizard"
        return self.held.id if self.held and self.held.table.caster != "none" else ""

    @cached_property
    def subclass(self) -> SubclassTable | None:
        """The SRD subclass, once the class level gives it."""
        held = self.held
        if held is None or not held.subclass or held.level < held.table.subclass_level:
            return None
        return held.table.subclass_named(held.subclass)

    @cached_property
    def highest(self) -> int:
        """The highest spell level that the class alone casts at its level."""
        if self.held is None:
            return 0
        if self.third:
            return sum(1 for count in third_slots(self.held.level) if count)
        return max_spell_level(self.held.id, self.held.level, self.reckoning.edition)

    def listed(self, *lists: str) -> tuple[Listed, ...]:
        """The spells of some of the entry's lists, each spell once, empty names left out."""
        found: dict[str, Listed] = {}
        for name in lists:
            for row in self._lists[name]:
                found.setdefault(row.key, row)
        return tuple(found.values())

    def every(self, name: str) -> list[Listed]:
        """The spells of one list, repeated ones too."""
        return self._lists[name]

    @cached_property
    def _lists(self) -> Mapping[str, list[Listed]]:
        found: dict[str, list[Listed]] = {name: [] for name in SPELL_LISTS}
        for path, mention in self.entry.spells:
            row = self.read(self.path + path, mention)
            if row.key:
                found[path.split("/")[1]].append(row)
        return found

    def read(self, path: str, mention: SpellMention) -> Listed:
        """A mention with what the SRD has of it."""
        edition = self.reckoning.edition
        return Listed(path, mention, spell_named(mention.name, edition), spell_key(mention.name, edition))

    @cached_property
    def kept(self) -> frozenset[str]:
        """Keys of the spells that class and subclass keep prepared for everyone: they never count against a limit."""
        if self.held is None:
            return frozenset()
        tables = [self.held.table.always_prepared]
        if self.subclass is not None:
            tables.append(self.subclass.always_prepared)
        level = self.held.level
        return self._keys(name for table in tables for at, row in table.items() if at <= level for name in row)

    @cached_property
    def free(self) -> frozenset[str]:
        """Keys of the spells that a choice, species or invocation may give: they may count against a limit or not."""
        own = self.held.id if self.held else ""
        names = [*self._chosen, *born_spells(self.reckoning)]
        rows = self.reckoning.granted("own_spells")
        return self._keys((*names, *(name for row in rows if row.class_id in {"", own} for name in row.of)))

    @property
    def _chosen(self) -> Iterator[str]:
        """The spells of a druid's land up to the level: of any, or of the one whose spells the sheet lists whole."""
        tables = self.subclass.by_choice.values() if self.subclass is not None else ()
        level = self.held.level if self.held else 0
        reached = [[name for at, row in table.items() if at <= level for name in row] for table in tables]
        whole = [names for names in reached if names and self._keys(names) <= self.stated]
        return (name for names in whole[:1] or reached for name in names)

    @cached_property
    def given(self) -> frozenset[str]:
        """Keys of all spells that need not be on the class list."""
        return self.kept | self.free

    @cached_property
    def stated(self) -> frozenset[str]:
        """Keys of the spells that the sheet calls always prepared."""
        return self._keys(mention.name for mention in self.entry.always_prepared)

    def _keys(self, names: Iterable[str]) -> frozenset[str]:
        return frozenset(spell_key(name, self.reckoning.edition) for name in names)

    @cached_property
    def reach(self) -> frozenset[str]:
        """Keys of the spells that the subclass adds to the class list."""
        if self.subclass is None or self.held is None:
            return frozenset()
        return self._keys(self.subclass.spells(self.held.level))

    def more(self, kind: str) -> int:
        """How many more cantrips or spells features and feats may add to this entry."""
        own = self.held.id if self.held else ""
        rows = self.reckoning.granted(kind)
        born = kind == "cantrips" and any(row.cantrip_of for row in self.reckoning.lineages)
        shared = sum(self.reckoning.amount(row) for row in rows if not row.class_id) + born
        told = sum((spell.level == 0) is (kind == "cantrips") for spell in told_apart(self.reckoning))
        return max(0, shared - told) + sum(self.reckoning.amount(row) for row in rows if row.class_id == own != "")


@lru_cache(maxsize=8)
def castings(reckoning: Reckoning) -> tuple[Casting, ...]:
    """The entries of a sheet's spellcasting."""
    entries = reckoning.sheet.spellcasting
    return tuple(Casting(place, entry, _owner(reckoning, entry), reckoning) for place, entry in enumerate(entries))


def born_spells(reckoning: Reckoning) -> Iterator[str]:
    """The spells that species and lineage give at the character level; without a level, all of them."""
    total = reckoning.sheet.total_level
    for born in (reckoning.species, *reckoning.lineages):
        if born is not None:
            yield from (name for at, row in born.spells.items() if total is None or at <= total for name in row)


@lru_cache(maxsize=8)
def told_apart(reckoning: Reckoning) -> tuple[Spell, ...]:
    """The spells in entries that belong to no class, those of the species by name left out.

    What a feat or a choice of the species gives is in there, so that the entries of classes cannot claim it again.
    """
    born = {spell_key(name, reckoning.edition) for name in born_spells(reckoning)}
    entries = (casting for casting in castings(reckoning) if casting.held is None and casting.entry.class_name)
    rows = (row for casting in entries for row in casting.listed(*SPELL_LISTS))
    return tuple(row.spell for row in rows if row.spell is not None and row.key not in born)


def _owner(reckoning: Reckoning, entry: Spellcasting) -> Held | None:
    casters = [held for held in reckoning.classes if held.table.caster != "none" or is_third_caster(held)]
    if entry.class_name is None:
        return casters[0] if len(casters) == 1 else None
    table = class_named(entry.class_name, reckoning.edition)
    class_id = table.id if table else _THIRDS.get(fold(entry.class_name))
    return next((held for held in reckoning.classes if held.id == class_id), None)


def slot_holders(reckoning: Reckoning) -> tuple[Held, ...]:
    """The classes whose levels count for spell slots, Pact Magic apart."""
    return tuple(held for held in reckoning.classes if held.table.caster in {"full", "half"} or is_third_caster(held))


def expected_slots(reckoning: Reckoning) -> Slots:
    """The spell slots of the whole character, Pact Magic apart."""
    thirds = [held.level for held in reckoning.classes if is_third_caster(held)]
    holders = slot_holders(reckoning)
    if thirds and len(holders) == 1:
        return third_slots(thirds[0])
    levels = {held.id: held.level for held in holders if not is_third_caster(held)}
    return multiclass_slots(levels, reckoning.edition, third_levels=sum(thirds))


def pact_holder(reckoning: Reckoning) -> Held | None:
    """The levels in a class with Pact Magic."""
    return next((held for held in reckoning.classes if held.table.caster == "pact"), None)


def levelled(rows: Iterable[Listed]) -> Iterator[Listed]:
    """Those that are no cantrips, as far as is known."""
    return (row for row in rows if row.level != 0)


@lru_cache(maxsize=8)
def all_listed(reckoning: Reckoning) -> tuple[tuple[Casting, Listed], ...]:
    """Every mention of a spell with its entry, those in several lists in each."""
    return tuple(
        (casting, row) for casting in castings(reckoning) for name in SPELL_LISTS for row in casting.every(name)
    )
