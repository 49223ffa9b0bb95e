"""Feats: one in SRD 5.1, "Feats", seventeen in SRD 5.2, "Feats", with what they ask for and what they raise."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from dnd.srd.abilities import ABILITIES, Ability
from dnd.srd.edition import Edition
from dnd.srd.wares import key_of

FeatCategory = Literal["origin", "general", "fighting style", "epic boon"]
FeatFeature = Literal["Fighting Style", "Spellcasting"]
"""A class feature that a feat asks for. Pact Magic counts as Spellcasting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feat:
    """One feat in one edition."""

    name: str
    edition: Edition
    category: FeatCategory
    min_level: int = 1
    """Character level."""
    min_scores: Mapping[Ability, int] | None = None
    """Scores of which one must be reached."""
    feature: FeatFeature | None = None
    repeatable: bool = False
    raises: tuple[Ability, ...] = ()
    """Abilities of which the feat raises one (Ability Score Improvement: one by 2 or two by 1)."""
    points: int = 0
    """By how much in all."""
    cap: int = 20
    """Score that the feat cannot exceed."""


def _boon(name: str, raises: tuple[Ability, ...] = ABILITIES, feature: FeatFeature | None = None) -> Feat:
    return Feat(
        name=name,
        edition="5.2",
        category="epic boon",
        min_level=19,
        feature=feature,
        raises=raises,
        points=1,
        cap=30,
    )


def _style(name: str) -> Feat:
    return Feat(name=name, edition="5.2", category="fighting style", feature="Fighting Style")


FEATS: tuple[Feat, ...] = (
    Feat(name="Grappler", edition="5.1", category="general", min_scores={"str": 13}),
    Feat(name="Alert", edition="5.2", category="origin"),
    Feat(name="Magic Initiate", edition="5.2", category="origin", repeatable=True),
    Feat(name="Savage Attacker", edition="5.2", category="origin"),
    Feat(name="Skilled", edition="5.2", category="origin", repeatable=True),
    Feat(
        name="Ability Score Improvement",
        edition="5.2",
        category="general",
        min_level=4,
        repeatable=True,
        raises=ABILITIES,
        points=2,
    ),
    Feat(
        name="Grappler",
        edition="5.2",
        category="general",
        min_level=4,
        min_scores={"str": 13, "dex": 13},
        raises=("str", "dex"),
        points=1,
    ),
    _style("Archery"),
    _style("Defense"),
    _style("Great Weapon Fighting"),
    _style("Two-Weapon Fighting"),
    _boon("Boon of Combat Prowess"),
    _boon("Boon of Dimensional Travel"),
    _boon("Boon of Fate"),
    _boon("Boon of Irresistible Offense", ("str", "dex")),
    _boon("Boon of Spell Recall", ("int", "wis", "cha"), "Spellcasting"),
    _boon("Boon of the Night Spirit"),
    _boon("Boon of Truesight"),
)

FIGHTING_STYLES_51: Mapping[str, frozenset[str]] = {
    "Archery": frozenset({"fighter", "ranger"}),
    "Defense": frozenset({"fighter", "paladin", "ranger"}),
    "Dueling": frozenset({"fighter", "paladin", "ranger"}),
    "Great Weapon Fighting": frozenset({"fighter", "paladin"}),
    "Protection": frozenset({"fighter", "paladin"}),
    "Two-Weapon Fighting": frozenset({"fighter", "ranger"}),
}
"""Fighting Style -> classes that may choose it (5.1). In 5.2 the styles are feats, open to all three."""


@cache
def feats(edition: Edition) -> Mapping[str, Feat]:
    """Feats of an edition by name."""
    return {row.name: row for row in FEATS if row.edition == edition}


@cache
def _by_key(edition: Edition) -> Mapping[str, Feat]:
    return {key_of(name): row for name, row in feats(edition).items()}


def feat_named(text: str, edition: Edition) -> Feat | None:
    """The feat of a name in any case, its choice in brackets left aside: "Magic Initiate (Wizard)"."""
    return _by_key(edition).get(key_of(text.partition("(")[0]))
