"""Kinds of mutants of sheets that make the spells wrong."""

from collections.abc import Mapping
from random import Random

from dnd.srd.catalogue import spells
from dnd.srd.edition import Edition
from dnd.srd.near import fold
from dnd.srd.spellcasting import max_spell_level
from tests.dnd.truth.character_changes import (
    SheetChange,
    SheetKind,
    at,
    class_level_of,
    class_of,
    put,
)
from tests.dnd.truth.srd_monsters import Json

_SPELL_LISTS = ("known", "prepared")


def _own_entry(document: Json) -> Json | None:
    entry: Json | None = at(document, ("spellcasting", 0))
    return entry if entry and entry["class_name"] == document["classes"][0]["name"] else None


def _list_of(entry: Json) -> str | None:
    return next((name for name in _SPELL_LISTS if entry.get(name)), None)


def _spells(document: Json, rng: Random, edition: Edition, *, foreign: bool, above: bool) -> str | None:
    """A spell that the character does not have: of the class list or not, castable or above its levels."""
    own = class_of(document)
    highest = max_spell_level(own, class_level_of(document), edition)
    have = {
        mention["name"] for entry in document["spellcasting"] for table in entry.values() for mention in _named(table)
    }
    lists = {"wizard", "cleric", "druid", "bard"} if edition == "5.2" else frozenset[str]()
    names = sorted(
        row.name
        for row in spells(edition).values()
        if (own in row.classes) is not foreign
        and (highest < row.level if above else 1 <= row.level <= highest)
        and row.name not in have
        and not (foreign and own == "bard" and lists & set(row.classes))
    )
    return rng.choice(names) if names else None


def _named(table: object) -> list[Json]:
    return [entry for entry in table if isinstance(entry, dict)] if isinstance(table, list) else []  # pyright: ignore[reportUnknownVariableType] -- any JSON


def _spell(*, foreign: bool = False, above: bool = False, replace: bool = True) -> SheetChange:
    """A spell that the character cannot have, in place of one or beside the others."""

    def change(document: Json, rng: Random, edition: Edition) -> Json | None:
        entry = _own_entry(document)
        table = _list_of(entry) if entry else None
        if entry is None or table is None:
            return None
        if foreign and (edition == "5.1" and class_of(document) == "bard" and class_level_of(document) >= 6):
            return None  # Magical Secrets
        name = _spells(document, rng, edition, foreign=foreign, above=above)
        if name is None:
            return None
        place = rng.randrange(len(entry[table])) if replace else len(entry[table])
        return put(document, ("spellcasting", 0, table, place), {"name": name})

    return change


def _spells_more(document: Json, rng: Random, edition: Edition) -> Json | None:
    result: Json | None = document
    for _ in range(3):
        result = _spell(replace=False)(result, rng, edition) if result else None
    return result


def _spells_fewer(document: Json, _: Random, edition: Edition) -> Json | None:
    entry = _own_entry(document)
    table = _list_of(entry) if entry else None
    if entry is None or table is None or len(entry[table]) < 3 or (edition == "5.1" and table == "prepared"):
        return None  # in 5.1 one may prepare fewer
    return put(document, ("spellcasting", 0, table), entry[table][:-2])


def _cantrips(*, more_of_them: bool) -> SheetChange:
    def change(document: Json, rng: Random, edition: Edition) -> Json | None:
        entry = _own_entry(document)
        if entry is None or not entry.get("cantrips"):
            return None
        have = [mention["name"] for mention in entry["cantrips"]]
        if not more_of_them:
            return put(document, ("spellcasting", 0, "cantrips"), entry["cantrips"][:-1])
        rows = (row for row in spells(edition).values() if row.level == 0 and class_of(document) in row.classes)
        names = sorted(row.name for row in rows if row.name not in have)
        if len(names) < 4:
            return None
        added = rng.sample(names, 4)
        return put(document, ("spellcasting", 0, "cantrips"), [*entry["cantrips"], *({"name": each} for each in added)])

    return change


def _said(field: str) -> SheetChange:
    """Something said of a spell that is otherwise in the SRD."""

    def change(document: Json, rng: Random, edition: Edition) -> Json | None:
        entry = _own_entry(document)
        table = _list_of(entry) if entry else None
        if entry is None or table is None:
            return None
        place = rng.randrange(len(entry[table]))
        row = spells(edition).get(fold(entry[table][place]["name"]))
        if row is None:
            return None
        wrong: Mapping[str, object] = {
            "level": row.level % 9 + 1,
            "school": rng.choice([each for each in ("evocation", "illusion", "necromancy") if each != row.school]),
            "concentration": not row.concentration,
            "ritual": None if row.ritual else True,
        }
        return None if wrong[field] is None else put(document, ("spellcasting", 0, table, place, field), wrong[field])

    return change


def _early_arcanum(document: Json, rng: Random, edition: Edition) -> Json | None:
    entry = _own_entry(document)
    if entry is None or "pact_slots" not in entry:
        return None
    level = 6 + len(entry.get("arcanum") or [])
    names = sorted(row.name for row in spells(edition).values() if row.level == level and "warlock" in row.classes)
    if not names:
        return None
    stated: list[Json] = entry.get("arcanum") or []
    return put(document, ("spellcasting", 0, "arcanum"), [*stated, {"name": rng.choice(names)}])


def _two_concentrations(document: Json, rng: Random, edition: Edition) -> Json | None:
    if _own_entry(document) is None:
        return None
    names = sorted(row.name for row in spells(edition).values() if row.concentration)
    chosen = [{"name": name} for name in rng.sample(names, 2)]
    return put(document, ("spellcasting", 0, "concentrating_on"), chosen)


def _slots_of_nobody(document: Json, rng: Random, _: Edition) -> Json | None:
    if _own_entry(document) is not None or class_of(document) in {"paladin", "ranger"}:
        return None
    entry = {"class_name": document["classes"][0]["name"], "ability": "int", "slots": [rng.randint(2, 4)] + [0] * 8}
    return put(document, ("spellcasting",), [entry])


def _unknown_spell(document: Json, _: Random, __: Edition) -> Json | None:
    if _own_entry(document) is None:
        return None
    return put(document, ("spellcasting", 0, "always_prepared"), [{"name": "Fierball"}])


CASTS: Mapping[str, SheetKind] = {
    "spell of another class": SheetKind("error", _spell(foreign=True), times=2),
    "spell above the levels": SheetKind("error", _spell(above=True), times=2),
    "spells too many": SheetKind("error", _spells_more),
    "cantrips too many": SheetKind("error", _cantrips(more_of_them=True)),
    "level of a spell": SheetKind("error", _said("level")),
    "school of a spell": SheetKind("error", _said("school")),
    "concentration of a spell": SheetKind("error", _said("concentration")),
    "ritual of a spell": SheetKind("error", _said("ritual")),
    "arcanum too early": SheetKind("error", _early_arcanum),
    "two concentrations": SheetKind("error", _two_concentrations),
    "slots without spellcasting": SheetKind("error", _slots_of_nobody),
    "spell that is none": SheetKind("warning", _unknown_spell),
    "spells too few": SheetKind("warning", _spells_fewer),
    "cantrips too few": SheetKind("warning", _cantrips(more_of_them=False)),
}
"""Kinds that make the spells wrong."""
