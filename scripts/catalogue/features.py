"""Class features of both editions as rows of the catalogue."""

import re

from dnd.srd.catalogue import Feature
from scripts.catalogue.wheels import Record, named, number_of, records, srd_51, srd_52, text_of

_SUBCLASSES = {
    "Berserker": "Path of the Berserker",
    "Devotion": "Oath of Devotion",
    "Draconic": "Draconic Bloodline",
    "Evocation": "School of Evocation",
    "Fiend": "The Fiend",
    "Land": "Circle of the Land",
    "Life": "Life Domain",
    "Lore": "College of Lore",
    "Open Hand": "Way of the Open Hand",
}
"""Subclasses of 5.1 as printed, where the package shortens them."""
_OPTION = re.compile(
    r"^(Circle of the Land|Defensive Tactics|Dragon Ancestor|Eldritch Invocation|Fighting Style|Hunter's Prey|Metamagic"
    r"|Multiattack|Superior Hunter's Defense): (.+?)(?: - .+)?$"
)
_PARENTS = {"Eldritch Invocation": "Eldritch Invocations"}
_WHOLE = re.compile(r"^(Spellcasting|Flexible Casting): .+$")
_SCALE = re.compile(r" \([^)]*\)$")
_PACT = re.compile(r"^Pact of the (?:Blade|Chain|Tome)$")


def _name_51(printed: str) -> tuple[str, str | None]:
    """The feature's name without its scaling figure, and the feature whose option it is."""
    whole = _WHOLE.match(printed)
    name = whole[1] if whole else _SCALE.sub("", printed)
    option = _OPTION.match(name)
    if option:
        return option[2], _PARENTS.get(option[1], option[1])
    return name, "Pact Boon" if _PACT.match(name) else None


def _of_51(record: Record) -> Feature:
    name, parent = _name_51(text_of(record, "name"))
    subclass = named(record, "subclass") if record.get("subclass") else None
    return Feature(
        class_name=named(record, "class_").lower(),
        subclass=_SUBCLASSES.get(subclass, subclass) if subclass else None,
        level=number_of(record, "level"),
        name=name,
        parent=parent,
    )


def features_51() -> list[Feature]:
    """The class features of SRD 5.1, each once a level."""
    return list(dict.fromkeys(_of_51(record) for record in srd_51("Features")))


def features_52() -> list[Feature]:
    """The class features of SRD 5.2; "Bard Subclass" and its like stand as "Bard Subclass", as printed."""
    rows: list[Feature] = []
    for record in srd_52("classes"):
        class_name, subclass = text_of(record, "name").lower(), text_of(record, "subclass")
        for key, owner in (("features", None), ("subclass_features", subclass)):
            rows += [
                Feature(class_name, owner, number_of(entry, "level"), text_of(entry, "name"), None)
                for entry in records(record, key)
            ]
    return rows
