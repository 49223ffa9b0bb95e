"""An encounter: who fights whom, and what it is worth."""

import re
from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, cast

from pydantic import BeforeValidator

from dnd.sheets.document import Document, entries, key_of
from dnd.sheets.sheet import Coins
from dnd.sheets.values import ChallengeRating, MaybeNumber, MaybeText, Texts, to_number

MAX_PARTY = 100
"""Beyond it a party is no party, and a size is not spelt out."""


_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "a": 1, "an": 1}
_COUNTED = re.compile(rf"^(?P<count>\d{{1,4}}|{'|'.join(_NUMBERS)})\s*[x×]?\s+(?P<name>\S.*)$", re.IGNORECASE)
_IN_WORDS = re.compile(
    rf"\b(?P<size>\d{{1,3}}|{'|'.join(_NUMBERS)})\b.*?"
    r"(?:level\s*(?P<level>\d{1,2})|(?P<ordinal>\d{1,2})(?:st|nd|rd|th)[ -]level)"
)


def _to_party(value: Any) -> Any:  # noqa: ANN401 -- whatever somebody wrote
    """Levels, or `{"size": 4, "level": 3}`."""
    if isinstance(value, Mapping):
        inner = cast("Mapping[str, Any]", value)
        size, level = to_number(inner.get("size")), to_number(inner.get("level"))
        return (level,) * size if isinstance(size, int) and isinstance(level, int) and 0 < size <= MAX_PARTY else ()
    if isinstance(value, list | tuple):
        levels = [to_number(_level(entry)) for entry in cast("list[Any]", value)]
        return tuple(level for level in levels if isinstance(level, int))
    if isinstance(value, str) and (match := _IN_WORDS.search(value.lower())):
        size = _NUMBERS.get(match["size"]) or to_number(match["size"])
        level = to_number(match["level"] or match["ordinal"])
        return _to_party({"size": size, "level": level})
    return value


def _level(entry: Any) -> Any:  # noqa: ANN401 -- whatever somebody wrote
    return cast("Mapping[str, Any]", entry).get("level") if isinstance(entry, Mapping) else entry


class EncounterMonster(Document):
    """Some monsters of one kind."""

    shorthand: ClassVar[str] = "name"
    aliases: ClassVar[Mapping[str, str]] = {
        "cr": "challenge_rating",
        "xp": "experience",
        "number": "count",
        "quantity": "count",
    }
    name: str
    count: MaybeNumber = None
    challenge_rating: ChallengeRating = None
    experience: MaybeNumber = None
    """Of one of them."""

    @classmethod
    def normalise(cls, values: dict[str, Any]) -> dict[str, Any]:
        """`3 wolves` and `a dire wolf` are a count and a name."""
        name = values.get("name")
        if isinstance(name, str) and "count" not in values and (match := _COUNTED.match(name.strip())):
            values["name"] = match["name"]
            values["count"] = _NUMBERS.get(match["count"].lower(), match["count"])
        return values


class EncounterPlan(Document):
    """The party, the monsters, and the sums."""

    aliases: ClassVar[Mapping[str, str]] = {
        "xp": "experience", "total_xp": "experience", "adjusted_xp": "adjusted_experience", "creatures": "monsters",
        "label": "difficulty", "count": "stated_count", "budget": "experience_budget", "xp_budget": "experience_budget",
    }  # fmt: skip
    loose: ClassVar[Mapping[str, tuple[str, str]]] = {
        **dict.fromkeys(("level", "party_level"), ("", "level")),
        **dict.fromkeys(("party_size", "characters"), ("", "size")),
        "treasure": ("", "treasure"),
    }
    name: MaybeText = None
    party: Annotated[tuple[int, ...], BeforeValidator(_to_party)] = ()
    """Level of each character."""
    difficulty: MaybeText = None
    monsters: tuple[EncounterMonster, ...] = ()
    stated_count: MaybeNumber = None
    experience: MaybeNumber = None
    """Stated total."""
    adjusted_experience: MaybeNumber = None
    experience_budget: MaybeNumber = None
    coins: Coins | None = None
    items: Texts = ()

    @classmethod
    def normalise(cls, values: dict[str, Any]) -> dict[str, Any]:
        """`{"wolf": 3}` is three wolves."""
        _read_party(values)
        _read_treasure(values)
        stated = values.get("monsters")
        if isinstance(stated, str):
            stated = tuple(part for part in re.split(r"\s*(?:,|;|\band\b)\s*", stated) if part)
        if isinstance(stated, Mapping):
            pairs = cast("Mapping[Any, Any]", stated).items()
            values["monsters"] = tuple(
                cast("Any", entry) if isinstance(entry, Mapping) else {"name": str(name), "count": entry}
                for name, entry in pairs
            )
        elif "monsters" in values:
            values["monsters"] = entries(stated, "name")
        if isinstance(values.get("difficulty"), str):
            values["difficulty"] = values["difficulty"].strip().lower()
        return values


def _read_party(values: dict[str, Any]) -> None:
    """A party as a number beside a level is so many characters of it."""
    party, level = values.get("party", values.get("size")), values.get("level")
    size = to_number(party) if isinstance(party, int | str) and not _IN_WORDS.search(str(party).lower()) else None
    if size is not None and level is not None:
        values["party"] = {"size": size, "level": level}
    elif isinstance(party, int):
        values.pop("party", None)


def _read_treasure(values: dict[str, Any]) -> None:
    """Treasure is coins, items or both."""
    treasure = values.get("treasure")
    if isinstance(treasure, Mapping):
        inner = {key_of(key): entry for key, entry in cast("Mapping[Any, Any]", treasure).items()}
        if "items" in inner:
            values.setdefault("items", inner.pop("items"))
        values.setdefault("coins", inner.get("coins", inner))
    elif isinstance(treasure, str):
        values.setdefault("coins", treasure)
