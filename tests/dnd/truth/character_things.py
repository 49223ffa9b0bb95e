"""Kinds of mutants of sheets that make origin or equipment wrong."""

from collections.abc import Mapping
from random import Random

from dnd.srd.edition import Edition
from dnd.srd.species import species, species_named
from dnd.srd.weapons import weapon_named
from tests.dnd.truth.character_changes import (
    SheetChange,
    SheetKind,
    bonus_of,
    class_level_of,
    class_of,
    more,
    put,
    said,
    word,
)
from tests.dnd.truth.srd_monsters import Json

_RINGS = ("Ring of Protection", "Cloak of Protection", "Ring of Evasion", "Ring of Warmth", "Boots of Elvenkind")
_DEAR = ({"name": "Plate Armor", "price": "90 gp"}, {"name": "Torch", "price": "4 gp"})


def _untrained_weapon(document: Json, rng: Random, edition: Edition) -> Json | None:
    if any("artial" in entry and "(" not in entry for entry in document["weapon_training"]):
        return None
    if class_of(document) not in {"wizard", "sorcerer", "druid", "warlock"}:
        return None
    row = weapon_named("greatsword", edition)
    assert row is not None
    power = (int(document["ability_scores"]["str"]) - 10) // 2
    damage = {"dice": f"{row.dice}{power:+d}", "type": row.damage_type}
    entry = {"name": "Greatsword", "attack_bonus": power + bonus_of(document), "damage": damage, "proficient": True}
    return more("weapons", entry)(document, rng, edition)


def _attuned(count: int) -> SheetChange:
    def change(document: Json, rng: Random, edition: Edition) -> Json | None:
        if count > 1 and edition == "5.2" and class_of(document) == "rogue" and class_level_of(document) >= 13:
            return put(document, ("attuned",), list(_RINGS))
        return put(document, ("attuned",), list(rng.sample(_RINGS, 4)) if count > 1 else [_RINGS[0]] * 2)

    return change


def _foreign_attunement(document: Json, rng: Random, edition: Edition) -> Json | None:
    if class_of(document) == "rogue" and class_level_of(document) >= 13:
        return None  # Use Magic Device
    names = {"Holy Avenger": {"paladin"}, "Staff of the Magi": {"sorcerer", "warlock", "wizard"}}
    open_to = [name for name, ids in names.items() if class_of(document) not in ids]
    return put(document, ("attuned",), [rng.choice(open_to)])


def _two_shields(document: Json, rng: Random, edition: Edition) -> Json | None:
    return more("equipment", {"name": "Shield", "quantity": 2, "equipped": True})(document, rng, edition)


def _foreign_trait(document: Json, rng: Random, edition: Edition) -> Json | None:
    own = species_named(document["species"], edition)
    if own is None:
        return None
    others = [row for row in species(edition).values() if row.id != own.id]
    names = sorted({trait for row in others for trait in row.traits} - {*own.traits, *_MOODS})
    return more("traits", rng.choice(names))(document, rng, edition)


_MOODS = frozenset({"Brave", "Lucky", "Luck", "Resourceful", "Skillful", "Versatile"})
"""Traits that a sheet may mean as words of character."""


def _armor_figures(document: Json, rng: Random, _: Edition) -> Json | None:
    armor = document.get("armor")
    return put(document, ("armor",), f"{armor} (AC {rng.choice((3, 24))})") if armor else None


def _secret_language(document: Json, rng: Random, edition: Edition) -> Json | None:
    if class_of(document) in {"druid", "rogue"}:
        return None
    return more("languages", "Druidic", "Thieves' Cant")(document, rng, edition)


THINGS: Mapping[str, SheetKind] = {
    "size": SheetKind("error", word("size", words=("Large", "Tiny", "Huge"))),
    "darkvision": SheetKind("error", said("darkvision", values=(30, 90, 300))),
    "trait of another species": SheetKind("error", _foreign_trait),
    "alignment": SheetKind("error", word("alignment", words=("chaotic lawful", "good evil", "lawfull good"))),
    "attuned items": SheetKind("error", _attuned(4)),
    "attuned twice": SheetKind("error", _attuned(1)),
    "attuned by another class": SheetKind("error", _foreign_attunement),
    "two shields": SheetKind("error", _two_shields),
    "armor's figures": SheetKind("error", _armor_figures),
    "species": SheetKind("warning", word("species", words=("Moonkin", "Half-Dragonfly"))),
    "language": SheetKind("warning", more("languages", "Klingon", "Old Tongue")),
    "secret language": SheetKind("warning", _secret_language),
    "age": SheetKind("warning", word("age", words=("900", "1400", "-4"))),
    "height": SheetKind("warning", word("height_in", words=("8", "140"))),
    "untrained weapon": SheetKind("warning", _untrained_weapon),
    "price": SheetKind("warning", more("equipment", *_DEAR)),
    "weight": SheetKind("warning", said("carried_weight", values=(1000, 2000))),
    "wealth": SheetKind("warning", said("coins", "gp", values=(900_000,)), ("5.2",)),
}
"""Kinds that make origin or equipment wrong."""
