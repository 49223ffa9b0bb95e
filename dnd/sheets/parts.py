"""The parts of a character sheet. Whatever is not stated is None or empty."""

import re
from collections.abc import Mapping
from typing import Any, ClassVar, Literal, cast

from dnd.sheets.abilities import AbilityName
from dnd.sheets.document import Document
from dnd.sheets.spell import MaybeBool
from dnd.sheets.values import MaybeDamage, MaybeNumber, MaybeText, Money, Weight, to_number

_CLASS = re.compile(
    r"\s*(?P<name>[A-Za-z][A-Za-z' -]*?)\s*(?:\((?P<subclass>[^)]*)\))?\s*(?:level\s*)?(?P<level>\d{1,3})?\s*$"
)
_PARTS = re.compile(r"\s*(?:/|,|;|\+|\band\b)\s*")
_HEIGHT = re.compile(r"(\d+)\s*(?:'|’|ft\.?|feet|foot)\s*(?:(\d+)\s*(?:\"|”|in\.?|inches)?)?")
_QUANTITY = re.compile(
    r"(?:(?P<before>\d{1,4})\s*[x×]?\s+(?!(?:feet|foot|ft|lbs?|pounds?|days?|pints?|gallons?|sheets?)\b)(?P<first>\S.*)"
    r"|(?P<second>\S.*?)\s*(?:\(\s*[x×]?\s*(?P<bracket>\d{1,4})\s*\)|\s[x×]\s?(?P<times>\d{1,4})))\s*$",
    re.IGNORECASE,
)


def read_classes(text: str) -> tuple[dict[str, Any], ...]:
    """`Fighter 3 / Rogue 2`, `wizard (Evoker) 5` as class levels."""
    found = (_CLASS.match(part) for part in _PARTS.split(text) if part.strip())
    return tuple({name: value for name, value in match.groupdict().items() if value} for match in found if match)


def to_height(value: Any) -> Any:  # noqa: ANN401 -- whatever somebody wrote
    """A height in inches: `5'7"`, `5 ft. 7 in.`; a bare number counts inches."""
    if not isinstance(value, str):
        return value
    match = _HEIGHT.search(value)
    return int(match[1]) * 12 + int(match[2] or 0) if match and len(match[1]) < 4 else to_number(value)


def to_dice(value: Any) -> Any:  # noqa: ANN401 -- whatever somebody wrote
    """`3d10 + 2d8` or `{"d10": 3, "d8": 2}` as two dice; a bare number says nothing of the die."""
    if isinstance(value, Mapping):
        pairs = cast("Mapping[str, Any]", value)
        if {"count", "sides"} & set(pairs):
            return (pairs,)
        value = ", ".join(f"{count}{die}" for die, count in pairs.items())
    if isinstance(value, int | float):
        return ()
    return tuple(re.findall(r"\d{0,4}\s*[dD]\s*\d{1,4}", value)) if isinstance(value, str) else value


class ClassLevel(Document):
    """Levels in one class."""

    shorthand: ClassVar[str] = "name"
    aliases: ClassVar[Mapping[str, str]] = {"class": "name", "class_name": "name", "levels": "level"}
    name: str
    level: MaybeNumber = None
    subclass: MaybeText = None
    hit_die: MaybeNumber = None

    @classmethod
    def normalise(cls, values: dict[str, Any]) -> dict[str, Any]:
        """`Wizard 5` is a name and a level; `d6` is a six-sided die."""
        if isinstance(values.get("name"), str):
            parts = read_classes(values["name"])
            if len(parts) == 1:
                values = {**parts[0], **{key: value for key, value in values.items() if key != "name"}}
        if isinstance(values.get("hit_die"), str):
            values["hit_die"] = values["hit_die"].lower().rpartition("d")[2]
        return values


class Increase(Document):
    """A rise of one ability score."""

    source: MaybeText = None
    ability: AbilityName = ""
    amount: MaybeNumber = None


class HitPoints(Document):
    """Hit points, and how the maximum came about."""

    shorthand: ClassVar[str] = "max"
    aliases: ClassVar[Mapping[str, str]] = {"maximum": "max", "total": "max", "temp": "temporary", "hp": "max"}
    max: MaybeNumber = None
    current: MaybeNumber = None
    temporary: MaybeNumber = None
    method: Literal["fixed", "rolled"] | None = None

    @classmethod
    def normalise(cls, values: dict[str, Any]) -> dict[str, Any]:
        """`27/32` is current and maximum."""
        stated = values.get("max")
        if isinstance(stated, str) and "/" in stated:
            values["current"], values["max"] = stated.split("/", 1)
        if values.get("method") not in ("fixed", "rolled"):
            words = str(values.pop("method", "")).lower()
            values["method"] = "fixed" if words in {"average", "fixed value"} else "rolled" if words == "roll" else None
        return values


def _read_mark(values: dict[str, Any]) -> None:
    stated = values.get("bonus")
    if isinstance(stated, bool):
        values.setdefault("proficient", stated)
    elif isinstance(stated, str) and "proficient" in stated.lower():
        values.setdefault("proficient", "not" not in stated.lower())


class Save(Document):
    """A saving throw."""

    shorthand: ClassVar[str] = "bonus"
    aliases: ClassVar[Mapping[str, str]] = {"value": "bonus", "modifier": "bonus", "proficiency": "proficient"}
    bonus: MaybeNumber = None
    proficient: MaybeBool = None

    @classmethod
    def normalise(cls, values: dict[str, Any]) -> dict[str, Any]:
        """`true` and `proficient` in place of a bonus speak of the proficiency."""
        _read_mark(values)
        return values


class Skill(Document):
    """A skill, and where its proficiency comes from."""

    shorthand: ClassVar[str] = "bonus"
    aliases: ClassVar[Mapping[str, str]] = {"value": "bonus", "modifier": "bonus", "proficiency": "proficient"}
    bonus: MaybeNumber = None
    proficient: MaybeBool = None
    expertise: MaybeBool = None
    source: Literal["class", "background", "species", "feat"] | None = None

    @classmethod
    def normalise(cls, values: dict[str, Any]) -> dict[str, Any]:
        """`+7 (expertise)` is a bonus and a mark."""
        _read_mark(values)
        stated = values.get("bonus")
        if isinstance(stated, str) and "expert" in stated.lower():
            values.setdefault("expertise", True)
            values.setdefault("proficient", True)
        if values.get("source") not in ("class", "background", "species", "feat"):
            values["source"] = "species" if values.get("source") == "race" else None
        return values


class Weapon(Document):
    """A weapon as wielded."""

    shorthand: ClassVar[str] = "name"
    aliases: ClassVar[Mapping[str, str]] = {"attack": "attack_bonus", "to_hit": "attack_bonus", "bonus": "attack_bonus"}
    name: str
    attack_bonus: MaybeNumber = None
    damage: MaybeDamage = None
    ability: AbilityName | None = None
    magic_bonus: MaybeNumber = None
    proficient: MaybeBool = None
    mastery: MaybeText = None
    two_handed: MaybeBool = None


class Possession(Document):
    """Something owned."""

    shorthand: ClassVar[str] = "name"
    aliases: ClassVar[Mapping[str, str]] = {
        "cost": "price",
        "value": "price",
        "attunement": "attuned",
        "count": "quantity",
    }
    name: str
    quantity: MaybeNumber = None
    weight: Weight = None
    price: Money = None
    equipped: MaybeBool = None
    attuned: MaybeBool = None
    rarity: MaybeText = None

    @classmethod
    def normalise(cls, values: dict[str, Any]) -> dict[str, Any]:
        """`2 Daggers`, `Arrows (20)` and `Torch x3` are a name and a quantity."""
        name = values.get("name")
        if isinstance(name, str) and "quantity" not in values and (match := _QUANTITY.match(name)):
            values["name"] = match["first"] or match["second"]
            values["quantity"] = match["before"] or match["bracket"] or match["times"]
        return values


class Coins(Document):
    """Coins by kind."""

    aliases: ClassVar[Mapping[str, str]] = {
        "copper": "cp", "silver": "sp", "electrum": "ep", "gold": "gp", "platinum": "pp",
    }  # fmt: skip
    shorthand: ClassVar[str] = "gp"
    cp: MaybeNumber = None
    sp: MaybeNumber = None
    ep: MaybeNumber = None
    gp: MaybeNumber = None
    pp: MaybeNumber = None

    @classmethod
    def normalise(cls, values: dict[str, Any]) -> dict[str, Any]:
        """`12 gp, 5 sp` is two kinds."""
        stated = values.get("gp")
        if isinstance(stated, str):
            parts = re.findall(r"(\d[\d,]*)\s*(cp|sp|ep|gp|pp)\b", stated, re.IGNORECASE)
            if parts:
                return {coin.lower(): amount for amount, coin in parts}
        return values


class Feature(Document):
    """A class feature, trait or resource with what the sheet says of it."""

    shorthand: ClassVar[str] = "name"
    name: str
    value: MaybeText = None
    uses: MaybeNumber = None
    recharge: MaybeText = None
