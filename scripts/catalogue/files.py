"""The generated files: which there are, what is in them, and their one spelling."""

import json
from collections.abc import Iterable
from dataclasses import astuple, fields
from pathlib import Path

from dnd.srd.catalogue import FOLDER, Feature, Gear, MagicItem, Monster, Row, Spell
from dnd.srd.edition import BOTH, Edition
from scripts.catalogue.corrections import added_features, added_gear, added_items, corrected, joined
from scripts.catalogue.features import features_51, features_52
from scripts.catalogue.gear import gear_51, gear_52
from scripts.catalogue.items import magic_items_51, magic_items_52
from scripts.catalogue.monsters import monsters_51, monsters_52
from scripts.catalogue.names import names_document
from scripts.catalogue.spells import spells_51, spells_52


def spells(edition: Edition) -> list[Spell]:
    """The edition's spells as the catalogue ships them."""
    return corrected(spells_51() if edition == "5.1" else spells_52(), f"spells-{edition}")


def monsters(edition: Edition) -> list[Monster]:
    """The edition's monsters as the catalogue ships them."""
    return corrected(monsters_51() if edition == "5.1" else monsters_52(), f"monsters-{edition}")


def magic_items(edition: Edition) -> list[MagicItem]:
    """The edition's magic items as the catalogue ships them."""
    rows = magic_items_51() if edition == "5.1" else magic_items_52()
    return joined(corrected(rows, f"magic_items-{edition}"), added_items(edition))


def gear(edition: Edition) -> list[Gear]:
    """The edition's equipment as the catalogue ships it."""
    rows = gear_51() if edition == "5.1" else gear_52()
    return joined(corrected(rows, f"gear-{edition}"), added_gear(edition))


def features(edition: Edition) -> list[Feature]:
    """The edition's class features as the catalogue ships them."""
    rows = features_51() if edition == "5.1" else features_52()
    return joined(corrected(rows, f"features-{edition}"), added_features(edition))


def spelled(kind: type[Row], rows: Iterable[Row], *, by: tuple[str, ...] = ("name",)) -> str:
    """A catalogue's file: the field names, then one row a line, sorted; the same rows give the same bytes."""
    ordered = sorted(rows, key=lambda row: tuple(str(getattr(row, key)).rjust(2, "0") for key in by))
    lines = ",\n".join(_compact(astuple(row)) for row in ordered)
    return f'{{"fields":{_compact([field.name for field in fields(kind)])},\n"rows":[\n{lines}\n]}}\n'


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def built() -> dict[Path, str]:
    """Every generated file with its text."""
    texts: dict[Path, str] = {}
    for edition in BOTH:
        texts[FOLDER / f"spells-{edition}.json"] = spelled(Spell, spells(edition))
        texts[FOLDER / f"monsters-{edition}.json"] = spelled(Monster, monsters(edition))
        texts[FOLDER / f"magic_items-{edition}.json"] = spelled(MagicItem, magic_items(edition))
        texts[FOLDER / f"gear-{edition}.json"] = spelled(Gear, gear(edition))
        order = ("class_name", "level", "subclass", "name", "parent")
        texts[FOLDER / f"features-{edition}.json"] = spelled(Feature, features(edition), by=order)
    texts[FOLDER.parent / "names.json"] = (
        json.dumps(names_document(), ensure_ascii=False, indent=0, sort_keys=True) + "\n"
    )
    return texts


def stale() -> list[Path]:
    """The generated files that differ from what the sources give now, or are missing."""
    return [path for path, text in built().items() if not path.exists() or path.read_text("utf-8") != text]
