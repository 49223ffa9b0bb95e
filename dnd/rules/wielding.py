"""What a weapon does in the hands of a sheet's owner: training, abilities, attack bonus and damage."""

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from dnd.rules.reckoning import Extra, Reckoning, Sums
from dnd.sheets.sheet import Weapon
from dnd.sheets.values import Dice
from dnd.srd.abilities import ABILITIES, Ability
from dnd.srd.catalogue import magic_items
from dnd.srd.edition import Edition
from dnd.srd.near import fold, singular
from dnd.srd.resources import resource
from dnd.srd.weapons import Weapon as WeaponRow
from dnd.srd.weapons import trained_with, weapon_named

_PLUS = re.compile(r"\+\s?([1-3])\b")
_SHILLELAGH = frozenset({"Club", "Quarterstaff"})
"""Weapons whose dice the cantrip changes: the rows of `weapon_dice`."""
_PLAIN_WORDS = frozenset(
    {"silvered", "adamantine", "masterwork", "melee", "ranged", "thrown", "two", "handed", "one", "hand"}
)


@lru_cache(maxsize=1024)
def _covers(training: tuple[str, ...], row: WeaponRow, edition: Edition) -> bool:
    return trained_with(training, row, edition)


@lru_cache(maxsize=1024)
def _plain(name: str, row: WeaponRow) -> bool:
    """Whether a name says no more than the kind of weapon and its bonus."""
    folded = fold(_PLUS.sub("", name))
    words = {*folded.split(), *(singular(folded) or "").split()}
    return words <= {*fold(row.name).split(), *f"{fold(row.name)}s".split(), *_PLAIN_WORDS}


@lru_cache(maxsize=256)
def _dice(text: str) -> Dice:
    return Dice.model_validate(text)


@dataclass(frozen=True)
class Wielded:
    """One entry of the sheet's weapons with its row of the weapon table."""

    index: int
    weapon: Weapon
    row: WeaponRow
    reckoning: Reckoning

    @property
    def path(self) -> str:
        """Pointer to the entry."""
        return f"/weapons/{self.index}"

    @cached_property
    def special(self) -> bool:
        """Whether the name tells of more than the plain weapon: such a weapon may do more, too."""
        return not _plain(self.weapon.name, self.row)

    @cached_property
    def trained(self) -> bool | None:
        """Whether class, species or feat train in it; None when the classes are not known."""
        reckoning = self.reckoning
        if not reckoning.complete:
            return None
        first, *later = reckoning.classes
        own = (*first.table.weapons, *(name for held in later for name in held.table.multiclass_weapons))
        born = (
            *(reckoning.species.weapons if reckoning.species else ()),
            *(name for row in reckoning.lineages for name in row.weapons),
        )
        more = (name for row in reckoning.granted("weapon_training") for name in row.of)
        return _covers((*own, *born, *more), self.row, reckoning.edition)

    @cached_property
    def monk_weapon(self) -> bool:
        """Whether a monk's Martial Arts are for it."""
        row = self.row
        if row.kind != "melee":
            return False
        if self.reckoning.edition == "5.1":
            plain = row.category == "simple" and not row.properties & {"heavy", "two-handed"}
            return plain or row.name == "Shortsword"
        return row.category == "simple" or "light" in row.properties

    @cached_property
    def legal_abilities(self) -> tuple[Ability, ...]:
        """The abilities that the weapon and the character's features allow."""
        found: list[Ability] = list(self.row.abilities)
        for grant in self.reckoning.granted("attack_ability"):
            if self._concerned(grant.of):
                found += self._casting_abilities() if grant.amount == "casting" else _as_abilities(grant.amount)
        return tuple(dict.fromkeys(found))

    def _casting_abilities(self) -> list[Ability]:
        found: list[Ability] = ["wis"]  # a druid's Shillelagh, even where the druid is not on the sheet
        tables: tuple[Ability | None, ...] = tuple(held.table.casting_ability for held in self.reckoning.classes)
        found.extend(ability for ability in tables if ability is not None)
        return found

    def _concerned(self, of: tuple[str, ...]) -> bool:
        kinds = {self.row.kind, self.row.name, *(("thrown",) if "thrown" in self.row.properties else ())}
        return not of or not kinds.isdisjoint(of) or ("monk" in of and self.monk_weapon)

    @cached_property
    def abilities(self) -> tuple[Ability, ...]:
        """The stated ability where it is legal, else all legal ones."""
        stated = self.weapon.ability
        return tuple(ability for ability in self.legal_abilities if ability == stated) or self.legal_abilities

    @cached_property
    def magic(self) -> tuple[int, ...]:
        """The magic bonus that is stated, or those that the name and the equipment leave possible."""
        if self.weapon.magic_bonus is not None:
            return (self.weapon.magic_bonus,)
        if match := _PLUS.search(self.weapon.name):
            return (int(match[1]),)
        item = magic_items(self.reckoning.edition).get(fold(self.weapon.name)) if self.special else None
        if item is not None and item.bonus:
            return (item.bonus,)
        kind = fold(self.row.name)
        owned = (entry.name for entry in self.reckoning.sheet.equipment if kind in fold(entry.name))
        named = (*owned, *(name for name in self.reckoning.sheet.attuned if kind in fold(name)))
        return tuple(dict.fromkeys((0, *(int(match[1]) for name in named if (match := _PLUS.search(name))))))

    def _extras(self, kind: str) -> tuple[Extra, ...]:
        reckoning = self.reckoning
        return tuple(
            Extra(reckoning.amount(row), row.sure) for row in reckoning.granted(kind) if self._concerned(row.of)
        )

    def attack_values(self, abilities: tuple[Ability, ...] | None = None) -> Sums | None:
        """The legal attack bonuses; the right one is the better of two abilities. None when a number is missing."""
        reckoning, chosen = self.reckoning, abilities or self.abilities
        bonus = reckoning.proficiency
        stated = self.weapon.proficient
        proficient = self.trained if stated is None else stated
        if bonus is None:
            return None
        steps = {True: (bonus,), False: (0,)}.get(bool(proficient), (0,)) if stated is not None else (bonus,)
        if stated is None and not self.trained:
            steps = (0, bonus)
        modifiers = {ability: reckoning.modifiers(ability) for ability in chosen}
        if not all(modifiers.values()):
            return None
        bases = [
            value + step + magic
            for values in modifiers.values()
            for value in values
            for step in steps
            for magic in self.magic
        ]
        extras = self._extras("attack_bonus")
        sums = reckoning.sums(bases, extras)
        own = {ability: values for ability, values in modifiers.items() if ability in self.row.abilities}
        clear = (
            len(steps) == len(self.magic) == 1 and all(extra.sure for extra in extras) and len(own) == len(modifiers)
        )
        if sums.right is not None or not clear or any(len(values) > 1 for values in modifiers.values()):
            return sums
        return Sums(sums.values, max(bases) + sum(extra.amount for extra in extras))

    @cached_property
    def used(self) -> tuple[Ability, ...]:
        """The abilities that explain the stated attack bonus; without one that does, the best."""
        stated = self.weapon.attack_bonus
        if len(self.abilities) == 1 or stated is None:
            return self.abilities
        fitting: tuple[Ability, ...] = tuple(
            ability
            for ability in self.abilities
            if (values := self.attack_values((ability,))) is not None and stated in values
        )
        if fitting:
            return fitting
        plain: tuple[Ability, ...] = tuple(ability for ability in self.abilities if ability in self.row.abilities)
        own = plain or self.abilities
        best: Ability = max(own, key=lambda ability: self.reckoning.sheet.modifier(ability) or 0)
        return (best,)

    @cached_property
    def dice(self) -> tuple[Dice, ...]:
        """The legal damage dice without any bonus, the usual first; empty for a weapon that deals none."""
        if self.row.dice is None:
            return ()
        one, two = self.row.dice, self.row.versatile
        texts = [one, *([two] if two else [])]
        if two and self.weapon.two_handed is not None:
            texts = [two if self.weapon.two_handed else one]
        monk = self.reckoning.levels.get("monk", 0)
        if monk and self.monk_weapon and (sides := resource("martial arts", "monk", monk, self.reckoning.edition)):
            texts.append(f"1d{sides}")
        if self.row.name in _SHILLELAGH:
            texts += [text for grant in self.reckoning.granted("weapon_dice") for text in grant.of]
        return tuple(_dice(text) for text in texts)

    @cached_property
    def damage_bonuses(self) -> Sums | None:
        """What is legally added to the dice; None when a score is missing."""
        reckoning = self.reckoning
        modifiers = {value for ability in self.used for value in reckoning.modifiers(ability)}
        if not modifiers:
            return None
        bases = {value + magic for value in modifiers for magic in self.magic}
        sums = reckoning.sums(bases, self._extras("damage_bonus"))
        if "light" in self.row.properties:  # the second attack of two weapons adds no modifier
            return Sums(sums.values | set(self.magic) | {0}, sums.right)
        return sums


def _as_abilities(text: str) -> list[Ability]:
    return [ability for ability in ABILITIES if ability == text]


@lru_cache(maxsize=8)
def wielded(reckoning: Reckoning) -> tuple[Wielded, ...]:
    """The sheet's weapons that the weapon table of the edition has."""
    rows = (
        (place, weapon, weapon_named(weapon.name, reckoning.edition))
        for place, weapon in enumerate(reckoning.sheet.weapons)
    )
    return tuple(Wielded(place, weapon, row, reckoning) for place, weapon, row in rows if row is not None)
