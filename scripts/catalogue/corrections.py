"""The corrections that the built rows need, each with its reason, and the rows that the packages lack.

A correction that changes nothing is an error: the package has been mended, and the correction must go.
"""

from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from functools import cache
from typing import cast

import yaml

from dnd.srd.catalogue import FOLDER, Feature, Gear, MagicItem, Row
from scripts.catalogue.gear import copper
from scripts.catalogue.items import magic_item

PATH = FOLDER.parent / "corrections.yaml"

Table = dict[str, object]


class IdleCorrectionError(ValueError):
    """A correction that does not fit the rows: nothing of that name, or nothing to change."""


@cache
def document() -> dict[str, Table]:
    """The corrections file: `changes`, `additions` and `as_printed`."""
    return cast("dict[str, Table]", yaml.safe_load(PATH.read_text("utf-8")))


def entries(section: str, catalogue: str) -> list[Table]:
    """The entries of one section for one catalogue ("spells-5.1")."""
    return cast("list[Table]", document()[section].get(catalogue) or [])


def names_of(entry: Table) -> list[str]:
    """The names of the rows that a correction is about: one or a list of them."""
    name = entry["name"]
    return [str(part) for part in cast("list[object]", name)] if isinstance(name, list) else [str(name)]


def settings_of(entry: Table) -> Table:
    """The fields that a correction sets, arrays as tuples."""
    return {key: tupled(value) for key, value in cast("Table", entry.get("set") or {}).items()}


def tupled(value: object) -> object:
    """YAML lists as the tuples that rows hold."""
    return tuple(tupled(part) for part in cast("list[object]", value)) if isinstance(value, list) else value


def corrected(rows: Sequence[Row], catalogue: str) -> list[Row]:
    """`rows` with the catalogue's corrections.

    Raises:
        IdleCorrectionError: A correction finds no row of its name, or leaves the row as it was.
    """
    result = list(rows)
    for entry in entries("changes", catalogue):
        for name in names_of(entry):
            places = [place for place, row in enumerate(result) if row.name == name and _meant(row, entry)]
            if not places:
                raise IdleCorrectionError(f"{catalogue}: no row {name!r} to correct")
            for place in places:
                before = result[place]
                after = _changed(before, settings_of(entry))
                if after == before:
                    raise IdleCorrectionError(f"{catalogue}: the correction of {name!r} changes nothing")
                result[place] = after
    return result


def _meant(row: object, entry: Table) -> bool:
    """Whether a correction is about this row of its name: features have one name in several classes."""
    where = cast("Table", entry.get("where") or {})
    return all(getattr(row, key) == value for key, value in where.items())


def _changed(row: Row, settings: Table) -> Row:
    known = {field.name for field in fields(row)}
    if not known.issuperset(settings):
        raise IdleCorrectionError(f"{row.name}: no fields {sorted(set(settings) - known)}")
    return replace(row, **settings)


def added_items(edition: str) -> list[MagicItem]:
    """Magic items that the package lacks: name -> type line as printed, with a bonus or charges from the text."""
    rows: list[MagicItem] = []
    for entry in entries("additions", f"magic_items-{edition}"):
        for name, line in cast("dict[str, str]", entry["rows"]).items():
            rows.append(replace(magic_item(name, line, ""), **_figures(entry, name)))
    return rows


def _figures(entry: Table, name: str) -> dict[str, int]:
    return cast("dict[str, dict[str, int]]", entry.get("figures") or {}).get(name, {})


def added_gear(edition: str) -> list[Gear]:
    """Equipment that the package lacks: name -> [category, price, pounds]."""
    return [
        Gear(name, category, copper(price) if price else None, None if weight is None else float(weight), 1)
        for entry in entries("additions", f"gear-{edition}")
        for name, (category, price, weight) in cast(
            "dict[str, tuple[str, str | None, float | None]]", entry["rows"]
        ).items()
    ]


def added_features(edition: str) -> list[Feature]:
    """Options of class features that the package lacks: level -> names."""
    return [
        Feature(
            str(entry["class"]), cast("str | None", entry.get("subclass")), level, name, cast("str", entry["parent"])
        )
        for entry in entries("additions", f"features-{edition}")
        for level, names in cast("dict[int, list[str]]", entry["options"]).items()
        for name in names
    ]


def joined(rows: Iterable[Row], added: Iterable[Row]) -> list[Row]:
    """Both together.

    Raises:
        IdleCorrectionError: An added row is already there.
    """
    result = list(rows)
    for row in added:
        if row in result or (not isinstance(row, Feature) and any(other.name == row.name for other in result)):
            raise IdleCorrectionError(f"{row.name!r} is added but already there")
        result.append(row)
    return result
