"""Where a listed increase of an ability score comes from."""

import re
from collections import Counter
from functools import lru_cache
from typing import Literal

from dnd.sheets.sheet import CharacterSheet
from dnd.srd.abilities import ABILITY_NAMES
from dnd.srd.classes import class_named
from dnd.srd.near import fold

Kind = Literal["species", "background", "level", "feat", "item", "feature"]
"""What raises a score. None in its place: the sheet does not say, or not in words that are known here."""

_WORDS: tuple[tuple[Kind, frozenset[str]], ...] = (
    ("level", frozenset({"level", "levels", "asi", "improvement", "advancement", "lvl"})),
    ("feat", frozenset({"feat", "feats", "boon"})),
    ("species", frozenset({"species", "race", "racial", "lineage", "subrace", "ancestry", "heritage"})),
    ("background", frozenset({"background", "origin"})),
    ("item", frozenset({"item", "items", "magic", "tome", "manual", "book", "belt", "ioun", "hammer", "headband"})),
    ("feature", frozenset({"feature", "primal", "champion", "body"})),
)
"""Words of a source, the first that fits."""
_DIGITS = re.compile(r"\d+")


@lru_cache(maxsize=1024)
def _by_words(folded: str) -> Kind | None:
    words = frozenset(folded.split())
    named: Kind | None = next((kind for kind, marks in _WORDS if words & marks), None)
    if named is None and class_named(_DIGITS.sub("", folded), "5.2") is not None:
        return "level"  # "Fighter 4"
    return named


def kind_of(source: str | None, sheet: CharacterSheet) -> Kind | None:
    """The kind of a source as written: "background", "Sage", "Level 4 ASI", "Dwarf", "Grappler"."""
    folded = fold(source or "")
    if not folded:
        return None
    own: tuple[tuple[Kind, tuple[str | None, ...]], ...] = (
        ("species", (sheet.species, sheet.lineage)),
        ("background", (sheet.background,)),
    )
    for kind, names in own:
        if any(name and fold(name) == folded for name in names):
            return kind
    found = _by_words(folded)
    if found is None and any(fold(feat.partition("(")[0]) == folded for feat in sheet.feats):
        return "feat"
    return found


def raised_by(sheet: CharacterSheet, kind: Kind) -> Counter[str]:
    """The listed increases of one kind, by ability."""
    found: Counter[str] = Counter()
    for entry in sheet.increases:
        if entry.amount and entry.ability in ABILITY_NAMES and kind_of(entry.source, sheet) == kind:
            found[entry.ability] += entry.amount
    return found
