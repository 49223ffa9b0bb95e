"""The base of all documents: keys in any usual spelling, lists for tuples, nothing that is not known."""

import re
from collections.abc import Mapping
from typing import Any, ClassVar, cast

from pydantic import BaseModel, ConfigDict, model_validator

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_GAP = re.compile(r"[\s\-./]+")


def key_of(text: object) -> str:
    """A key in snake_case: `armorClass`, `Armor Class` and `armor-class` are `armor_class`."""
    return _GAP.sub("_", _CAMEL.sub("_", str(text)).strip()).strip("_").lower()


class Document(BaseModel):
    """Part of a sheet or a block. Frozen; what is not stated is None or empty; unknown keys are left out."""

    model_config = ConfigDict(frozen=True, extra="ignore", protected_namespaces=())
    aliases: ClassVar[Mapping[str, str]] = {}
    """Other usual keys → the field."""
    loose: ClassVar[Mapping[str, tuple[str, str]]] = {}
    """Keys that belong inside a field → the field and the key in there; no field: `normalise` is handed it."""
    shorthand: ClassVar[str] = ""
    """The field that a bare value stands for, when a text or a number is given in place of an object."""

    @model_validator(mode="before")
    @classmethod
    def _read(cls, value: Any) -> Any:  # noqa: ANN401 -- whatever somebody wrote
        if isinstance(value, Mapping):
            return cls.normalise(cls.recognised(cast("Mapping[Any, Any]", value)))
        bare = cls.bare(value)
        return value if bare is None else cls.normalise(bare)

    @classmethod
    def bare(cls, value: object) -> dict[str, Any] | None:
        """What a value that is no object stands for; None when it stands for nothing here."""
        return {cls.shorthand: value} if cls.shorthand and isinstance(value, str | int | float) else None

    @classmethod
    def recognised(cls, value: Mapping[Any, Any]) -> dict[str, Any]:
        """The fields in `value` under their own names.

        A field's own name wins over its aliases, of two aliases the first by the alphabet: the order of the keys
        decides nothing. What is null is not stated.
        """
        fields, found, ranks, loose = cls.model_fields, dict[str, Any](), dict[str, str](), list[str]()
        for key, entry in value.items():
            if entry is None:
                continue
            held = tuple(cast("list[Any]", entry)) if isinstance(entry, list) else entry
            if key in fields:
                found[key], ranks[key] = held, ""
                continue
            name = key_of(key)
            target, rank = (name, f" {key}") if name in fields else (cls.aliases.get(name, ""), name)
            if target and rank < ranks.get(target, "\uffff"):
                found[target], ranks[target] = held, rank
            elif not target and name in cls.loose:
                loose.append(key)
        for key in sorted(loose, key=str):
            cls._sort_in(found, key_of(key), value[key])
        return found

    @classmethod
    def _sort_in(cls, found: dict[str, Any], name: str, entry: object) -> None:
        """Put a loose key into its field, unless that is stated otherwise."""
        field, inner = cls.loose[name]
        if not field:
            found.setdefault(inner, entry)
            return
        stated = found.setdefault(field, {})
        if not isinstance(stated, Mapping):
            return
        known = dict(cast("Mapping[str, Any]", stated))
        known.setdefault(inner, entry)
        found[field] = known

    @classmethod
    def strangers(cls, value: Mapping[Any, Any]) -> tuple[str, ...]:
        """The keys of `value` that mean nothing here."""
        keys = ((str(key), key_of(key)) for key in value)
        known = (cls.model_fields, cls.aliases, cls.loose)
        return tuple(raw for raw, name in keys if not any(name in table for table in known))

    @classmethod
    def normalise(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Change `values` where the fields are written in a way of their own. Each document has its habits."""
        return values


def entries(value: Any, key: str, detail: str = "value") -> Any:  # noqa: ANN401 -- whatever somebody wrote
    """A mapping of name → details as a tuple of details with their names; other values as tuples.

    Args:
        value: a mapping, a list, or one entry.
        key: the field for the names.
        detail: the field for a detail that is no object.
    """
    if value is None or (isinstance(value, str) and value.strip(" .-–—").lower() in {"", "none", "n/a"}):
        return ()
    if isinstance(value, str):
        return (value,)
    if isinstance(value, Mapping):
        pairs = cast("Mapping[Any, Any]", value).items()
        return tuple(
            {**cast("Mapping[str, Any]", entry), key: str(name)}
            if isinstance(entry, Mapping)
            else {key: str(name), detail: entry}
            for name, entry in pairs
        )
    if isinstance(value, list | tuple):
        return tuple(cast("list[Any]", value))
    return value
