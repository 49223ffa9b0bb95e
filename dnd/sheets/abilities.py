"""The six ability scores, and values by ability."""

import re
from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, cast

from pydantic import BeforeValidator

from dnd.sheets.document import Document, key_of
from dnd.sheets.values import MaybeNumber
from dnd.srd.abilities import ABILITIES, ABILITY_NAMES, Ability

_ALIASES: Mapping[str, str] = {name.lower(): short for short, name in ABILITY_NAMES.items()}
_IN_TEXT = re.compile(
    rf"\b({'|'.join((*_ALIASES, *ABILITIES))})\b\.?\s*:?\s*([+\-−–]?\d{{1,2}})\b", re.IGNORECASE
)  # fmt: skip
LOOSE_SCORES: Mapping[str, tuple[str, str]] = {
    key: ("ability_scores", short) for short, name in ABILITY_NAMES.items() for key in (short, name.lower())
}
"""Scores that stand beside the other fields of a sheet or a block."""


def to_ability(value: Any) -> Any:  # noqa: ANN401 -- whatever somebody wrote
    """`Strength`, `STR`, `str.` as `str`; other values as they are."""
    if not isinstance(value, str):
        return value
    text = value.strip(" .").lower()
    return text if text in ABILITIES else _ALIASES.get(text, value)


Score = int | None


class AbilityScores(Document):
    """Six scores (or six modifiers); None where one is not stated."""

    aliases: ClassVar[Mapping[str, str]] = _ALIASES
    str: MaybeNumber = None
    dex: MaybeNumber = None
    con: MaybeNumber = None
    int: MaybeNumber = None
    wis: MaybeNumber = None
    cha: MaybeNumber = None

    def of(self, ability: Ability) -> Score:
        """The value of one ability."""
        return cast("Score", getattr(self, ability))

    @property
    def complete(self) -> bool:
        """Whether all six are stated."""
        return all(getattr(self, ability) is not None for ability in ABILITIES)

    @classmethod
    def bare(cls, value: object) -> dict[Any, Any] | None:
        """Six values in the usual order, or a text such as `STR 8, DEX 14 (+2)`."""
        if isinstance(value, str):
            return {name[:3].lower(): score for name, score in _IN_TEXT.findall(value)}
        if isinstance(value, list | tuple):
            scores = cast("list[Any]", value)
            return dict(zip(ABILITIES, scores, strict=True)) if len(scores) == len(ABILITIES) else None
        return None

    @classmethod
    def normalise(cls, values: dict[Any, Any]) -> dict[Any, Any]:
        """A score given as an object (`{"score": 15, "modifier": 2}`) is its score."""
        return {name: _score(value) for name, value in values.items()}


def _score(value: Any) -> Any:  # noqa: ANN401 -- whatever somebody wrote
    if not isinstance(value, Mapping):
        return value
    inner = {key_of(key): entry for key, entry in cast("Mapping[Any, Any]", value).items()}
    return inner.get("score", inner.get("value", inner.get("total")))


AbilityName = Annotated[str, BeforeValidator(to_ability)]
"""`str` to `cha`, or the text as given when it names no ability: the rules judge it."""
