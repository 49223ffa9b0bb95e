"""Whether a name is the SRD's, a published book's or nobody's, and what was probably meant.

Three states, because a table may use more than the SRD: rules judge what the SRD knows, leave alone what is published
elsewhere, and doubt the rest.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from types import MappingProxyType
from typing import TypedDict, cast

from dnd.srd.catalogue import FOLDER, Gear, MagicItem, Monster, Spell, features, gear, magic_items, monsters, spells
from dnd.srd.edition import BOTH, Edition
from dnd.srd.families import family_of
from dnd.srd.near import fold, letters, nearest, singular

_BRACKETS = re.compile(r"\([^)]*\)|\[[^]]*\]")
_COUNT = re.compile(
    r"^(?:\d+ ?x? |an? |one |two |three |four |five |ten |twenty )?"
    r"(?:(?:bags?|bottles?|cases?|days?|flasks?|pairs?|pieces?|pints?|sets?|sheets?|vials?)(?: of)? |feet of )?"
)

__all__ = [
    "Lookup",
    "NameKind",
    "NameState",
    "find_gear",
    "find_magic_item",
    "find_monster",
    "find_spell",
    "fold",
    "gazetteer",
    "look_up",
    "names",
    "owner",
    "product_identity",
]


class NameKind(StrEnum):
    """What a name can be the name of."""

    SPELL = "spell"
    MONSTER = "monster"
    MAGIC_ITEM = "magic_item"
    GEAR = "gear"
    CLASS_NAME = "class_name"
    SUBCLASS = "subclass"
    SPECIES = "species"
    LINEAGE = "lineage"
    BACKGROUND = "background"
    FEAT = "feat"
    FEATURE = "feature"
    CONDITION = "condition"
    LANGUAGE = "language"


class NameState(StrEnum):
    """How far a name is known."""

    SRD = "srd"
    PUBLISHED = "published"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Lookup:
    """What a look-up found.

    `name` is the SRD's (or the published) spelling, or the name as asked where it is unknown. `near` holds up to three
    names of the edition's SRD within two edits of an unknown one, best first.
    """

    state: NameState
    name: str
    near: tuple[str, ...] = ()


class _Document(TypedDict):
    """The shape of `names.json`."""

    lists: dict[str, dict[str, dict[str, str | None]]]
    aliases: dict[str, dict[str, list[str]]]
    published: dict[str, list[str]]
    product_identity: list[str]


@cache
def _document() -> _Document:
    return cast("_Document", json.loads((FOLDER.parent / "names.json").read_text("utf-8")))


@cache
def names(kind: NameKind, edition: Edition) -> tuple[str, ...]:
    """Every name of the kind in the edition's SRD, as printed."""
    if kind is NameKind.SPELL:
        return tuple(row.name for row in spells(edition).values())
    if kind is NameKind.MONSTER:
        return tuple(row.name for row in monsters(edition).values())
    if kind is NameKind.MAGIC_ITEM:
        return tuple(row.name for row in magic_items(edition).values())
    if kind is NameKind.GEAR:
        return tuple(row.name for row in gear(edition).values())
    if kind is NameKind.FEATURE:
        return tuple(dict.fromkeys(row.name for row in features(edition)))
    return tuple(_document()["lists"][kind][edition])


def owner(kind: NameKind, name: str, edition: Edition) -> str | None:
    """The id of the class that a subclass belongs to, or of the species that a lineage does; None for other names."""
    return _document()["lists"].get(kind, {}).get(edition, {}).get(look_up(kind, name, edition).name)


def _spellings(name: str) -> Iterable[str]:
    """A printed name folded, turned round at its comma ("Crossbow, light"), without its brackets ("Acid (vial)")."""
    yield fold(name)
    plain = name.partition(" (")[0]
    first, comma, second = plain.partition(", ")
    if comma and not second.startswith("+"):
        yield fold(f"{second} {first}")
    if plain != name:
        yield fold(plain)


@cache
def _index(kind: NameKind, edition: Edition) -> Mapping[str, str]:
    """Every folded spelling of the kind's names with the name; exact names win over spellings and aliases."""
    printed = names(kind, edition)
    index = {fold(name): name for name in printed}
    for name in printed:
        for spelling in _spellings(name):
            index.setdefault(spelling, name)
    for alias, targets in _document()["aliases"].get(kind, {}).items():
        known = next((index[fold(target)] for target in targets if fold(target) in index), None)
        if known:
            index.setdefault(fold(alias), known)
    return MappingProxyType(index)


@cache
def _bags(kind: NameKind, edition: Edition) -> tuple[tuple[str, int], ...]:
    return tuple((folded, letters(folded)) for folded in _index(kind, edition))


@cache
def _published(kind: NameKind) -> Mapping[str, str]:
    return MappingProxyType({fold(name): name for name in _document()["published"].get(kind, ())})


def _asked(kind: NameKind, name: str) -> Iterable[str]:
    """The folded names that `name` may mean: as it stands, in the singular, without its brackets ("Rage (3/day)").

    Gear is also tried without its number and container ("2 flasks of oil") and turned round ("crossbow light").
    """
    for text in dict.fromkeys((name, _BRACKETS.sub(" ", name))):
        folded = fold(text)
        yield folded
        yield singular(folded) or folded
        if kind is NameKind.GEAR:
            bare = _COUNT.sub("", folded)
            yield bare
            yield singular(bare) or bare
            first, _, rest = bare.partition(" ")
            yield f"{rest} {first}"


def _resolved(kind: NameKind, name: str, edition: Edition) -> str | None:
    """The SRD's name for one as people write it; for magic items also the one that it is a kind of."""
    index = _index(kind, edition)
    for folded in _asked(kind, name):
        if folded in index:
            return index[folded]
        if kind is NameKind.MAGIC_ITEM and (found := family_of(folded, edition)):
            return found
    return None


@lru_cache(maxsize=8192)
def look_up(kind: NameKind, name: str, edition: Edition) -> Lookup:
    """What is known of `name` under the edition's SRD."""
    if found := _resolved(kind, name, edition):
        return Lookup(NameState.SRD, found)
    elsewhere = _published(kind)
    published = next((elsewhere[folded] for folded in _asked(kind, name) if folded in elsewhere), None)
    others = (_resolved(kind, name, other) for other in BOTH if other != edition)
    if published := published or next(others, None):
        return Lookup(NameState.PUBLISHED, published)
    index = _index(kind, edition)
    near = dict.fromkeys(index[spelling] for spelling in nearest(fold(name), _bags(kind, edition)))
    return Lookup(NameState.UNKNOWN, name, tuple(near))


def _found(kind: NameKind, name: str, edition: Edition) -> str | None:
    """The key of the catalogue for a name, if the edition's SRD has it."""
    result = look_up(kind, name, edition)
    return fold(result.name) if result.state is NameState.SRD else None


def find_spell(name: str, edition: Edition) -> Spell | None:
    """The spell of that name, alias or plural; None where the edition's SRD has none."""
    key = _found(NameKind.SPELL, name, edition)
    return spells(edition)[key] if key else None


def find_monster(name: str, edition: Edition) -> Monster | None:
    """The monster of that name, alias or plural; None where the edition's SRD has none."""
    key = _found(NameKind.MONSTER, name, edition)
    return monsters(edition)[key] if key else None


def find_magic_item(name: str, edition: Edition) -> MagicItem | None:
    """The magic item of that name ("+1 longsword" is "Weapon, +1"); None where the edition's SRD has none."""
    key = _found(NameKind.MAGIC_ITEM, name, edition)
    return magic_items(edition)[key] if key else None


def find_gear(name: str, edition: Edition) -> Gear | None:
    """The piece of equipment of that name, alias or plural; None where the edition's SRD has none."""
    key = _found(NameKind.GEAR, name, edition)
    return gear(edition)[key] if key else None


_COUNTED = frozenset({NameKind.MONSTER, NameKind.GEAR, NameKind.MAGIC_ITEM})
"""Kinds whose names prose uses in the plural."""


@cache
def gazetteer(kinds: tuple[NameKind, ...], edition: Edition) -> Mapping[tuple[str, ...], tuple[NameKind, str]]:
    """Every spelling of the kinds' names as folded words, with its kind and the SRD's name.

    A spelling of two kinds ("shield", spell and armor) counts for the kind that stands first in `kinds`.
    """
    found: dict[tuple[str, ...], tuple[NameKind, str]] = {}
    for kind in kinds:
        for spelling, name in _index(kind, edition).items():
            found.setdefault(tuple(spelling.split()), (kind, name))
            if kind in _COUNTED and not spelling.endswith("s"):
                found.setdefault(tuple(_plural(spelling).split()), (kind, name))
    return MappingProxyType(found)


def _plural(folded: str) -> str:
    """The regular plural of a folded name's last word."""
    if folded.endswith("wolf"):
        return folded[:-1] + "ves"
    if folded.endswith("y") and folded[-2:-1] not in "aeiou":
        return folded[:-1] + "ies"
    return folded + ("es" if folded.endswith(("ch", "sh", "x")) else "s")


@cache
def product_identity() -> frozenset[tuple[str, ...]]:
    """Names, as folded words, that text meant for the SRD's licence alone must not use."""
    return frozenset(tuple(name.split()) for name in _document()["product_identity"])
