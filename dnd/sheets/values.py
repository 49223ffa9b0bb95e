"""Scalars as people write them: `+3`, `1,800 XP`, `7d8 + 14`, `Chaotic good`, `1/4`."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Annotated, Any, cast

from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainSerializer, model_serializer, model_validator

MAX_DIGITS = 9
"""A number of more digits is no game number, and Python refuses to print very long ones."""
_NUMBER = re.compile(r"[+\-−–]?\s?\d[\d,]*")
_DICE = re.compile(r"(?P<count>\d{0,4})\s*[dD]\s*(?P<sides>\d{1,4})(?:\s*(?P<sign>[+\-−–])\s*(?P<bonus>\d{1,6}))?")
_MONEY = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*(cp|sp|ep|gp|pp)\b", re.IGNORECASE)
_WEIGHT = re.compile(r"(\d[\d,]*(?:\.\d+)?)(?:\s*(\d)/(\d))?\s*(?:lbs?|pounds?)?", re.IGNORECASE)
_COMMAS = re.compile(r"[,;](?![^(]*\))| and (?=[A-Z])")
_POINT = re.compile(r"(?<!ft)[.\s]+$")
_PHRASE_COMMAS = re.compile(r"[,;](?![^(]*\))")
"""`understands Common and Giant but can't speak` stays in one piece."""
_LAST = re.compile(r"^(?:and|or)\s+", re.IGNORECASE)
_CONDITIONAL = re.compile(r"nonmagical|\bfrom\b|\bthat\b", re.IGNORECASE)
_RATINGS = {0.125: "1/8", 0.25: "1/4", 0.5: "1/2"}
_RATING = re.compile(r"\d{1,3}\s*/\s*\d{1,2}|(?:^\s*-)?\d{1,9}(?:\.\d+)?")
_HALVES = str.maketrans({"½": "1/2", "¼": "1/4", "⅛": "1/8"})
COPPER: Mapping[str, int] = {"cp": 1, "sp": 10, "ep": 50, "gp": 100, "pp": 1000}
"""Worth of each coin in copper pieces (SRD "Coinage")."""


def to_number(value: Any) -> Any:  # noqa: ANN401 -- whatever somebody wrote
    """The first whole number in a text; other values as they are."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return int(value) if abs(value) < 10**MAX_DIGITS and value == int(value) else None
    if not isinstance(value, str):
        return value
    match = _NUMBER.search(value)
    if match is None:
        return None
    digits = match[0].replace(",", "").replace(" ", "").replace("−", "-").replace("–", "-")
    return int(digits) if len(digits.lstrip("+-")) <= MAX_DIGITS else None


Number = Annotated[int, BeforeValidator(to_number)]
"""A whole number: 3, "+3", "3rd", "1,800 XP", "60 ft."."""
MaybeNumber = Annotated[int | None, BeforeValidator(to_number)]
"""The same, or None where there is none."""


class Dice(BaseModel):
    """`count`d`sides` + `bonus`; a flat number has no dice."""

    model_config = ConfigDict(frozen=True)

    count: int = 0
    sides: int = 0
    bonus: int = 0

    @model_validator(mode="before")
    @classmethod
    def _read(cls, value: Any) -> Any:  # noqa: ANN401 -- whatever somebody wrote
        if isinstance(value, int | float) and (flat := to_number(value)) is not None:
            return {"bonus": flat}
        return _dice_parts(value) if isinstance(value, str) else value

    @model_serializer
    def _write(self) -> str:
        return str(self)

    def __str__(self) -> str:
        if not self.sides:
            return str(self.bonus)
        tail = f"{self.bonus:+d}" if self.bonus else ""
        return f"{self.count}d{self.sides}{tail}"

    @property
    def average(self) -> int:
        """The average, rounded down (SRD "Damage Notation")."""
        return self.count * (self.sides + 1) // 2 + self.bonus if self.sides else self.bonus

    @property
    def minimum(self) -> int:
        """The least that can be rolled."""
        return self.count + self.bonus if self.sides else self.bonus

    @property
    def maximum(self) -> int:
        """The most that can be rolled."""
        return self.count * self.sides + self.bonus


@lru_cache(maxsize=1024)
def _dice_parts(text: str) -> dict[str, int]:
    match = _DICE.search(text)
    if match is None:
        flat = to_number(text)
        if not isinstance(flat, int):
            raise ValueError("no dice: write for instance 2d6+3")
        return {"bonus": flat}
    bonus = int(match["bonus"] or 0)
    return {
        "count": int(match["count"] or 1),
        "sides": int(match["sides"]),
        "bonus": -bonus if match["sign"] and match["sign"] != "+" else bonus,
    }


def parse_dice(text: str) -> Dice | None:
    """The first dice in `text`, or None."""
    match = _DICE.search(text)
    return Dice.model_validate(match[0]) if match else None


class Damage(BaseModel):
    """Dice of damage, their stated average, and the type."""

    model_config = ConfigDict(frozen=True)

    dice: Dice
    average: MaybeNumber = None
    type: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _read(cls, value: Any) -> Any:  # noqa: ANN401 -- whatever somebody wrote
        if isinstance(value, Mapping):
            return _damage_of(cast("Mapping[Any, Any]", value))
        if not isinstance(value, str):
            return value
        match = _DICE.search(value)
        word = re.search(r"([A-Za-z]+)(?:\s+damage)?\s*$", value)
        kind = word[1].lower() if word and word[1].lower() not in {"damage", "d"} else None
        if match is None:
            return {"dice": value, "type": kind}
        average = re.match(r"\s*(\d+)\s*\(", value)
        return {"dice": match[0], "type": kind, "average": average[1] if average else None}


def _damage_of(value: Mapping[Any, Any]) -> dict[str, Any]:
    """The fields of a damage object under their own names; a type may be an object with a name."""
    kind = to_text(value.get("type", value.get("damage_type")))
    found = {
        "dice": value.get("dice", value.get("damage_dice", value.get("formula", value.get("average")))),
        "average": value.get("average"),
        "type": kind.lower() if isinstance(kind, str) else None,
    }
    return {name: entry for name, entry in found.items() if entry is not None}


def _to_damage(value: Any) -> Any:  # noqa: ANN401 -- whatever somebody wrote
    if isinstance(value, list | tuple):
        value = next(iter(cast("list[Any]", value)), None)
    return value if not isinstance(value, str) or re.search(r"\d", value) else None


MaybeDamage = Annotated[Damage | None, BeforeValidator(_to_damage)]
"""Damage, or None where there is none ("special", "-"); of several the first."""


def _to_dice(value: Any) -> Any:  # noqa: ANN401 -- whatever somebody wrote
    return value if not isinstance(value, str) or re.search(r"\d", value) else None


MaybeDice = Annotated[Dice | None, BeforeValidator(_to_dice)]
"""Dice, or None where there are none."""


def damages_of(value: Any) -> Any:  # noqa: ANN401 -- whatever somebody wrote
    """One damage or several as a tuple; what has no number is left out."""
    parts = cast("list[Any]", value) if isinstance(value, list | tuple) else (value,)
    return tuple(part for part in parts if _to_damage(part) is not None)


def to_copper(value: Any) -> Any:  # noqa: ANN401 -- whatever somebody wrote
    """A price in copper pieces: "1,500 gp", "2 sp", 15 (gold)."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return round(value * 100) if abs(value) < 10**MAX_DIGITS else None
    if isinstance(value, Mapping):
        inner = cast("Mapping[Any, Any]", value)
        value = f"{inner.get('quantity', inner.get('amount', ''))} {inner.get('unit', 'gp')}"
    if not isinstance(value, str):
        return value
    parts = _MONEY.findall(value)
    if not parts:
        number = to_number(value)
        return number * 100 if isinstance(number, int) else None
    return sum(round(float(amount.replace(",", "")[:15]) * COPPER[coin.lower()]) for amount, coin in parts)


def money_text(copper: int | None) -> str | None:
    """A price as people write it, in the largest coin that needs no fraction: `400 gp`, `25 cp`."""
    if copper is None:
        return None
    coin = next(coin for coin in ("gp", "sp", "cp") if copper % COPPER[coin] == 0)
    return f"{copper // COPPER[coin]:,} {coin}"


Money = Annotated[int | None, BeforeValidator(to_copper), PlainSerializer(money_text)]
"""A price; inside, whole copper pieces, and written as text with its coin. A bare number counts gold pieces."""


def _to_weight(value: Any) -> Any:  # noqa: ANN401 -- whatever somebody wrote
    if isinstance(value, int | float):
        return value if not isinstance(value, bool) and abs(value) < 10**MAX_DIGITS else None
    if not isinstance(value, str):
        return value
    match = _WEIGHT.search(value.translate(_HALVES).replace("1/2", "0.5").replace("1/4", "0.25"))
    return float(match[1].replace(",", "")[:12]) if match else None


Weight = Annotated[float | None, BeforeValidator(_to_weight)]
"""A weight in pounds."""


def _to_alignment(value: Any) -> Any:  # noqa: ANN401 -- whatever somebody wrote
    if not isinstance(value, str):
        return value
    text = " ".join(value.split()).strip(" .").lower()
    short = re.fullmatch(r"([lnc])\s?([gne])", text)
    if short:
        words = {"l": "lawful", "c": "chaotic", "n": "neutral", "g": "good", "e": "evil"}
        text = "neutral" if short[0].replace(" ", "") == "nn" else f"{words[short[1]]} {words[short[2]]}"
    return "neutral" if text in {"true neutral", "neutral neutral"} else text


Alignment = Annotated[str, BeforeValidator(_to_alignment)]
"""Lower-case words; whether they are an alignment is for the rules to say."""


def _to_rating(value: Any) -> Any:  # noqa: ANN401 -- whatever somebody wrote
    if isinstance(value, bool) or (isinstance(value, int | float) and abs(value) >= 10**MAX_DIGITS):
        return None
    if isinstance(value, int | float):
        short = round(float(value), 3)
        return _RATINGS.get(short) or (str(int(short)) if short.is_integer() else str(short))
    if not isinstance(value, str):
        return value
    text = value.translate(_HALVES)
    match = _RATING.search(text)
    if match is None:
        return text.strip() or None
    found = match[0].replace(" ", "")
    return _RATINGS.get(float(found), found) if "." in found else found


ChallengeRating = Annotated[str | None, BeforeValidator(_to_rating)]
"""As printed: "0", "1/8" to "30"."""


def to_texts(value: Any) -> Any:  # noqa: ANN401 -- whatever somebody wrote
    """Names as a tuple: of a list, of one text with commas, of the keys of a mapping that are not denied."""
    if value is None:
        return ()
    if isinstance(value, str):
        return _listed((_PHRASE_COMMAS if " but " in value else _COMMAS).split(value))
    if isinstance(value, Mapping):
        value = tuple(name for name, entry in cast("Mapping[str, Any]", value).items() if entry not in (False, None))
    if isinstance(value, list | tuple):
        return tuple(_name_of(entry) for entry in cast("list[Any]", value) if _name_of(entry))
    return value


def _listed(parts: Iterable[str]) -> tuple[str, ...]:
    """The parts of a list without dashes, empty ones and the word before the last."""
    bare = (_LAST.sub("", _POINT.sub("", part.strip(" —–-"))) for part in parts)
    return tuple(part for part in bare if part and part.lower() not in {"none", "n/a"})


def _to_damages(value: Any) -> Any:  # noqa: ANN401 -- whatever somebody wrote
    """`cold; bludgeoning and piercing from nonmagical attacks`: what has a condition to it stays whole."""
    if not isinstance(value, str):
        return to_texts(value)
    parts = (part for part in value.split(";") if part.strip())
    return tuple(
        name for part in parts for name in _listed((part,) if _CONDITIONAL.search(part) else _COMMAS.split(part))
    )


def _name_of(entry: Any) -> str:  # noqa: ANN401 -- whatever somebody wrote
    if isinstance(entry, Mapping):
        return str(cast("Mapping[str, Any]", entry).get("name") or "").strip()
    return str(entry).strip()


Texts = Annotated[tuple[str, ...], BeforeValidator(to_texts)]
"""Names: a list, or one text with commas."""


DamageTexts = Annotated[tuple[str, ...], BeforeValidator(_to_damages)]
"""Damage types, with such as are resisted under a condition in one piece."""


def to_text(value: Any) -> Any:  # noqa: ANN401 -- whatever somebody wrote
    """A stripped text; None for an empty one; of an object, its name."""
    if isinstance(value, Mapping):
        value = _name_of(cast("Any", value))
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    return (" ".join(value.split()) or None) if isinstance(value, str) else value


MaybeText = Annotated[str | None, BeforeValidator(to_text)]
"""A text, or None where there is none."""
