"""Backgrounds: one in SRD 5.1, "Beyond 1st Level" (Backgrounds), four in SRD 5.2, "Character Origins"."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from dnd.srd.abilities import Ability
from dnd.srd.edition import Edition
from dnd.srd.tables import rows
from dnd.srd.wares import key_of

ABILITY_CAP = 20
"""No score exceeds this by a background's increases (5.2)."""
INCREASES: tuple[tuple[int, ...], ...] = ((2, 1), (1, 1, 1))
"""How a 5.2 background's three points may be spread over different abilities of its three."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Background:
    """One background in one edition."""

    name: str
    edition: Edition
    abilities: tuple[Ability, ...] = ()
    """The three that it may raise (5.2)."""
    feat: str | None = None
    """Its origin feat (5.2)."""
    feat_list: str | None = None
    """The spell list that the feat is bound to."""
    skills: tuple[str, str]
    tools: tuple[str, ...] = ()
    """Lower-case names; "any ..." leaves the tool to the player."""
    languages: int = 0
    """Languages of choice (5.1)."""
    feature: str | None = None
    """5.1."""
    package: str
    """Equipment in the notation of `classes.Package.parse`."""
    gold: int
    """Gold pieces taken in place of the package (5.2), or in it (5.1)."""


@cache
def backgrounds(edition: Edition) -> Mapping[str, Background]:
    """Backgrounds of an edition by name."""
    return {row.name: row for row in rows("backgrounds", Background) if row.edition == edition}


@cache
def _by_key(edition: Edition) -> Mapping[str, Background]:
    return {key_of(name): row for name, row in backgrounds(edition).items()}


def background_named(text: str, edition: Edition) -> Background | None:
    """The background of a name in any case; None for one that the SRD does not print."""
    return _by_key(edition).get(key_of(text))
