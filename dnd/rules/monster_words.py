"""The wider forms in which stat blocks write alignments, swarms, damage and languages."""

import re
from collections.abc import Iterator

from dnd.srd.monsters import SIZES
from dnd.srd.vocabulary import DAMAGE_TYPES

_NINE = r"(?:lawful|neutral|chaotic) (?:good|neutral|evil)|neutral|unaligned"
_LEAN = r"good|evil|lawful|chaotic|neutral"
ALIGNMENT = re.compile(
    rf"(?:(?:typically|usually|often) )?(?:{_NINE})(?: \(\d{{1,2}}%\) or (?:{_NINE}) \(\d{{1,2}}%\)| or (?:{_NINE}))?"
    rf"|any(?: (?:non-)?(?:{_LEAN}))?(?: alignment)?"
)
"""`any non-good alignment`, `neutral good (50%) or neutral evil (50%)`, `typically neutral`."""
SWARM = re.compile(rf"swarm of (?:{'|'.join(SIZES)}) (?P<type>[a-z]+)")
DAMAGE_PHRASE = re.compile(
    rf"\b(?:{'|'.join(DAMAGE_TYPES)})\b|\bdamage (?:from|type|of)\b|\ball damage\b|\bnonmagical\b"
)
"""A longer text about damage, such as `bludgeoning from nonmagical weapons`."""
WAYS = frozenset({"walk", "fly", "swim", "climb", "burrow"})
SENSES = frozenset({"blindsight", "darkvision", "tremorsense", "truesight"})
OWN_TONGUES = frozenset(
    {
        "blink dog",
        "giant eagle",
        "giant elk",
        "giant owl",
        "gnoll",
        "otyugh",
        "sahuagin",
        "sphinx",
        "winter wolf",
        "worg",
    }
    | {
        "hook horror",
        "grell",
        "yeti",
        "umber hulk",
        "aarakocra",
        "thri kreen",
        "troglodyte",
        "bullywug",
        "grung",
        "kruthik",
    }
)
"""Languages that only one kind of creature has, and no table of languages lists."""
TONGUE_PHRASE = re.compile(
    r"\b(?:all|any|one|two|three|four|five|six|languages?|telepathy|speak|speaks|knew|known|spoke|creator|commands|form|life|only|works"
    r"|but|none|usually|limited|those)\b",
    re.IGNORECASE,
)
"""Words about languages that name none."""
_BRACKETS = re.compile(r"\s*\([^)]*\)?")
_GAP = re.compile(r",\s*(?:and\s+)?|\s+and\s+|\s+plus\s+|\s+or\s+|;\s*")
_BEFORE = re.compile(r"^(?:understands|speaks|and)\s+", re.IGNORECASE)
_AFTER = re.compile(r"\s+(?:but|and|even|while|in|when)\b.*$", re.IGNORECASE)
_EMPTY = frozenset({"", "—", "–", "-", "--"})


def bare(text: str) -> str:
    """`text` without what stands in brackets."""
    return _BRACKETS.sub("", text).strip()


def languages_in(text: str) -> Iterator[str]:
    """The names in one entry of a list of languages: `understands Common and Giant but can't speak` holds two."""
    for part in _GAP.split(bare(text)):
        name = _BEFORE.sub("", part.strip(" .)"))
        name = _AFTER.sub("", _BEFORE.sub("", name)).strip()
        if name not in _EMPTY:
            yield name
