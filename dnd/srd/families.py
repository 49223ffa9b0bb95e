"""Magic items that stand for many: "+1 longsword", "flame tongue rapier", "ring of resistance (fire)", a scroll."""

import re
from collections.abc import Iterable
from typing import Literal

from dnd.srd.catalogue import gear, magic_items, spells
from dnd.srd.edition import Edition
from dnd.srd.near import fold, singular

_BONUS = re.compile(r"^(?:\+(?P<before>[123]) )?(?P<base>.+?)(?: \+(?P<after>[123]))?$")
_SCROLL = re.compile(r"^(?:spell )?scroll (?:of )?(?P<what>.+)$")
_SPELL_LEVEL = re.compile(r"^(?:an? )?(?:level )?(?P<level>[1-9])(?:st|nd|rd|th)?(?: level)?(?: spell)?$")
_AMMUNITION = re.compile(r"\b(?:ammunition|arrows?|bolts?|bullets?|needles?)$")
_ORDINALS = ("", "1st", "2nd", "3rd", "4th", "5th", "6th", "7th", "8th", "9th")

Wielded = Literal["weapon", "armor", "shield", "ammunition"]
_GROUPS: tuple[Wielded, ...] = ("weapon", "armor", "shield", "ammunition")
_STANDS_FOR: dict[Wielded, tuple[str, ...]] = {
    "weapon": ("weapon", "sword", "axe"),
    "armor": ("armor",),
    "shield": ("shield",),
    "ammunition": ("ammunition", "arrow"),
}
"""What an item's own name calls the thing that may be of several kinds ("Sword of Wounding", "Berserker Axe")."""


def _wielded(folded: str, edition: Edition) -> Wielded | None:
    """Whether a folded name is a weapon, armor, a shield or ammunition of the equipment tables."""
    if folded in {"shield", "shields"}:
        return "shield"
    if _AMMUNITION.search(folded):
        return "ammunition"
    rows = gear(edition)
    words = folded.split()
    turned = " ".join((*words[1:], words[0])) if len(words) == 2 else folded
    for key in (folded, singular(folded), f"{folded} armor", turned):
        row = rows.get(key) if key else None
        if row and row.category in {"weapon", "armor"}:
            return "weapon" if row.category == "weapon" else "armor"
    return next((group for group in _GROUPS if group == folded), None)


def _with_bonus(folded: str, edition: Edition) -> str | None:
    """The "+N" item of a weapon, armor, shield or piece of ammunition, or of an item that has a bonus in its name."""
    found = _BONUS.match(folded)
    bonus = (found["before"] or found["after"]) if found else None
    if not found or not bonus:
        return None
    rows = magic_items(edition)
    key = f"{_wielded(found['base'], edition) or found['base']} +{bonus}"
    return rows[key].name if key in rows else None


def _scroll(folded: str, edition: Edition) -> str | None:
    """The spell scroll of a spell's name or of a spell level."""
    found = _SCROLL.match(folded)
    if not found:
        return None
    what = found["what"]
    spell = spells(edition).get(what)
    number = _SPELL_LEVEL.match(what)
    if what == "cantrip" or (spell and spell.level == 0):
        printed = "Spell Scroll (Cantrip)"
    elif spell or number:
        level = spell.level if spell else int(number["level"]) if number else 0
        printed = f"Spell Scroll ({_ORDINALS[level]})" if edition == "5.1" else f"Spell Scroll (Level {level})"
    else:
        return None
    return magic_items(edition)[fold(printed)].name


def _template_keys(words: list[str], edition: Edition) -> Iterable[str]:
    """What an item is called where its name holds the very weapon or armor: "vorpal greatsword" is a vorpal sword."""
    for cut in range(1, len(words)):
        head, tail = " ".join(words[:cut]), " ".join(words[cut:])
        if group := _wielded(tail, edition):
            yield head
            yield from (f"{head} {word}" for word in _STANDS_FOR[group])
        if (group := _wielded(head, edition)) and words[cut] == "of":
            yield from (f"{word} {tail}" for word in _STANDS_FOR[group])


def _kind_keys(words: list[str]) -> Iterable[str]:
    """What an item is called where its kind stands last or first: "ioun stone agility", "ring of fire resistance"."""
    *rest, kind = words
    whole = " ".join(rest)
    yield f"{whole} of {kind}"
    yield f"{kind} {whole}"
    yield whole.replace("giant strength", f"{kind} giant strength") if "giant strength" in whole else whole
    yield whole


def family_of(folded: str, edition: Edition) -> str | None:
    """The SRD's magic item that a folded name is a kind of; None where it is none."""
    found = _with_bonus(folded, edition) or _scroll(folded, edition)
    if found:
        return found
    rows = magic_items(edition)
    words = folded.split()
    keys = _template_keys(words, edition)
    for key in (*keys, *(_kind_keys(words) if len(words) > 2 else ())):
        if key in rows:
            return rows[key].name
    return None
