"""Mundane equipment of both editions as rows of the catalogue."""

import re
from pathlib import Path
from typing import cast

import yaml

from dnd.srd.catalogue import FOLDER, Gear
from scripts.catalogue.wheels import Record, number_of, srd_51, srd_52, text_of

GEAR_52 = FOLDER.parent / "gear-5.2.yaml"
"""The equipment tables of SRD 5.2 that no data package holds: category -> name -> [price, pounds, pieces]."""

_COINS = {"cp": 1, "sp": 10, "ep": 50, "gp": 100, "pp": 1000}
_PRICE = re.compile(r"^([\d,]+) (CP|SP|EP|GP|PP)$", re.IGNORECASE)
_KINDS = {
    "adventuring gear": "adventuring gear",
    "armor": "armor",
    "mounts and vehicles": "mounts and vehicles",
    "tools": "tools",
    "weapon": "weapon",
}


def copper(price: str) -> int:
    """A printed price ("1,500 GP") in copper pieces."""
    found = _PRICE.match(price)
    if not found:
        raise ValueError(f"not a price: {price!r}")
    return int(found[1].replace(",", "")) * _COINS[found[2].lower()]


def _of_51(record: Record) -> Gear:
    cost = cast("Record", record["cost"])
    weight = cast("float | None", record.get("weight"))
    category = str(cast("Record", record["equipment_category"])["name"]).lower()
    return Gear(
        name=text_of(record, "name"),
        category=_KINDS[category],
        cost_cp=number_of(cost, "quantity") * _COINS[str(cost["unit"])] or None,
        weight_lb=None if weight is None else float(weight),
        bundle=int(cast("int", record.get("quantity") or 1)),
    )


def _priced(record: Record, category: str) -> Gear:
    """A weapon or armor of 5.2 ("15 GP", "3 lb.", "1/4 lb.", "-")."""
    whole, _, part = text_of(record, "weight").removesuffix(" lb.").partition("/")
    weight = 0.0 if not whole[:1].isdigit() else float(whole) / float(part or 1)
    return Gear(text_of(record, "name"), category, copper(text_of(record, "cost")), weight, 1)


def gear_51() -> list[Gear]:
    """The equipment of SRD 5.1."""
    return [_of_51(record) for record in srd_51("Equipment")]


def gear_52(path: Path = GEAR_52) -> list[Gear]:
    """The equipment of SRD 5.2: weapons and armor from the package, everything else from the table beside it."""
    rows = [_priced(record, "weapon") for record in srd_52("weapons")]
    rows += [_priced(record, "armor") for record in srd_52("armor")]
    tables = cast("dict[str, dict[str, list[object]]]", yaml.safe_load(path.read_text("utf-8")))
    for category, table in tables.items():
        for name, (price, weight, *pieces) in table.items():
            pounds = None if weight is None else float(cast("float", weight))
            cost = None if price is None else copper(str(price))
            rows.append(Gear(name, category, cost, pounds, int(cast("int", (pieces or [1])[0]))))
    return rows
