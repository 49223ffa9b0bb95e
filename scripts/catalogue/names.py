"""The one file of names that look-ups read: short lists, aliases and published names, checked and compiled to JSON."""

from typing import cast

import yaml

from dnd.srd.catalogue import FOLDER
from dnd.srd.edition import BOTH
from dnd.srd.near import fold
from scripts.catalogue.wheels import Record, records, srd_51, srd_52, text_of

HERE = FOLDER.parent

Names = dict[str, dict[str, dict[str, str | None]]]
"""Kind -> edition -> name -> owner (class or species id)."""


class NameListError(ValueError):
    """A list of names that contradicts another."""


def _yaml(name: str) -> dict[str, object]:
    return cast("dict[str, object]", yaml.safe_load((HERE / f"{name}.yaml").read_text("utf-8")))


def variants() -> dict[str, str]:
    """Each kind of a magic item that 5.1's package gives an entry of its own, with the entry that it is a kind of."""
    return {
        str(variant["name"]): text_of(record, "name")
        for record in srd_51("MagicItems")
        for variant in records(record, "variants")
        if fold(str(variant["name"])) != fold(text_of(record, "name"))
    }


def aliases() -> dict[str, dict[str, list[str]]]:
    """Kind -> alias -> the SRD's names to try, first first."""
    written = cast("dict[str, dict[str, str | list[str]]]", _yaml("aliases"))
    result = {
        kind: {alias: names if isinstance(names, list) else [names] for alias, names in table.items()}
        for kind, table in written.items()
    }
    for variant, whole in variants().items():
        result["magic_item"].setdefault(variant, [variant, whole])
    return result


def _printed(kind: str) -> set[str]:
    """The folded names that the packages have of a kind, to check the written lists."""
    sources: dict[str, tuple[tuple[Record, ...], ...]] = {
        "spell": (srd_51("Spells"), srd_52("spells")),
        "monster": (srd_51("Monsters"), srd_52("creatures")),
        "magic_item": (srd_51("MagicItems"), srd_52("magic_items")),
    }
    return {fold(text_of(record, "name")) for source in sources.get(kind, ()) for record in source}


def names_document() -> dict[str, object]:
    """What `names.json` holds.

    Raises:
        NameListError: A published name that an SRD has after all.
    """
    lists = cast("Names", _yaml("names"))
    published = cast("dict[str, list[str]]", _yaml("published_names"))
    identity = published.pop("product_identity")
    for kind, names in published.items():
        short = {fold(name) for edition in BOTH for name in lists.get(kind, {}).get(edition, {})}
        wrong = [name for name in names if fold(name) in short | _printed(kind)]
        if wrong:
            raise NameListError(f"published_names: an SRD has {kind} {wrong}")
    return {
        "lists": lists,
        "aliases": aliases(),
        "published": {kind: sorted(set(names)) for kind, names in published.items()},
        "product_identity": sorted({fold(name) for name in identity}),
    }
