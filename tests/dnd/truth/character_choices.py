"""Kinds of mutants of sheets that make a choice wrong: classes, features, feats, spells, origin, equipment."""

from collections.abc import Mapping, Sequence
from functools import cache
from random import Random

from dnd.mechanics.career import features_at
from dnd.srd.catalogue import features, spells
from dnd.srd.classes import classes
from dnd.srd.edition import Edition
from dnd.srd.feats import FIGHTING_STYLES_51, feats
from dnd.srd.near import fold
from dnd.srd.resources import resource
from dnd.srd.spellcasting import max_spell_level
from dnd.srd.weapons import weapon_named
from tests.dnd.truth.character_changes import SheetChange, SheetKind, at, bonus_of, entry_with, level_of, put
from tests.dnd.truth.srd_monsters import Json

_SPELL_LISTS = ("known", "prepared")
_RINGS = ("Ring of Protection", "Cloak of Protection", "Ring of Evasion", "Ring of Warmth", "Boots of Elvenkind")


def word(*way: str | int, words: Sequence[str]) -> SheetChange:
    """The word at a way is one of others."""

    def change(document: Json, rng: Random, _: Edition) -> Json | None:
        stated = at(document, way)
        return None if stated is None else put(document, way, rng.choice([each for each in words if each != stated]))

    return change


def more(table: str, *entries: object) -> SheetChange:
    """One entry more in a list."""

    def change(document: Json, rng: Random, _: Edition) -> Json:
        stated = document.get(table) or []
        return put(document, (table,), [*stated, rng.choice(entries)])

    return change


def _class_id(document: Json) -> str:
    return str(document["classes"][0]["name"]).lower()


def _class_level(document: Json) -> int:
    return int(document["classes"][0]["level"])


def _other_subclass(document: Json, rng: Random, edition: Edition) -> Json | None:
    if not document["classes"][0].get("subclass"):
        return None
    others = [row.subclasses[0].name for name, row in classes(edition).items() if name != _class_id(document)]
    return put(document, ("classes", 0, "subclass"), rng.choice(others))


def _early_subclass(document: Json, _: Random, edition: Edition) -> Json | None:
    table = classes(edition)[_class_id(document)]
    if document["classes"][0].get("subclass"):
        return None
    return put(document, ("classes", 0, "subclass"), table.subclasses[0].name)


@cache
def _owners(name: str, edition: Edition) -> frozenset[str]:
    return frozenset(row.class_name for row in features(edition) if fold(row.name) == fold(name))


def _early_feature(document: Json, rng: Random, edition: Edition) -> Json | None:
    own, level = _class_id(document), _class_level(document)
    have = {fold(entry["name"]) for entry in document["features"]}
    later = [
        name
        for above in range(level + 1, 21)
        for name in features_at(own, above, edition, subclass=True)
        if fold(name) not in have
    ]
    return None if not later else more("features", {"name": rng.choice(later)})(document, rng, edition)


def _foreign_feature(document: Json, rng: Random, edition: Edition) -> Json:
    own = _class_id(document)
    names = sorted(
        {
            name
            for other in classes(edition)
            for level in range(1, 21)
            for name in features_at(other, level, edition)
            if own not in _owners(name, edition)
        }
    )
    return more("features", {"name": rng.choice(names)})(document, rng, edition)


def _lost_feature(document: Json, rng: Random, edition: Edition) -> Json | None:
    own = _class_id(document)
    shown = ("Spellcasting", "Pact Magic", "Expertise", "Weapon Mastery", "Extra Attack", "Druidic", "Thieves' Cant")
    kept = {"Fighting Style", "Metamagic", "Eldritch Invocations", "Mystic Arcanum", "Pact Boon", *shown}
    names = [name for name in features_at(own, 1, edition) if name not in kept]
    places = [place for place, entry in enumerate(document["features"]) if entry["name"] in names]
    if not places:
        return None
    place = rng.choice(places)
    return put(document, ("features",), [entry for at_, entry in enumerate(document["features"]) if at_ != place])


def _value(document: Json, rng: Random, edition: Edition) -> Json | None:
    way = entry_with(document, rng, "features", "value")
    if way is None:
        return None
    count, die, sides = str(at(document, way)).partition("d")
    if die:
        return put(document, way, f"{count}d{int(sides) + 2}" if not count else f"{int(count) + 1}d{sides}")
    digits = "".join(char for char in count if char.isdigit())
    return put(document, way, count.replace(digits, str(int(digits) + rng.randint(1, 4))))


def _recharge(document: Json, rng: Random, _: Edition) -> Json | None:
    places = [
        place
        for place, entry in enumerate(document["features"])
        if entry.get("recharge") == "short rest" and entry.get("uses")
    ]
    return None if not places else put(document, ("features", rng.choice(places), "recharge"), "long rest")


def _style_more(document: Json, rng: Random, edition: Edition) -> Json:
    names: Sequence[str] = tuple(FIGHTING_STYLES_51) if edition == "5.1" else ("Defense", "Archery")
    have = document.get("fighting_styles") or []
    free = [name for name in (*names, "Two-Weapon Fighting", "Great Weapon Fighting") if name not in have]
    return more("fighting_styles", rng.choice(free))(document, rng, edition)


def _option_more(table: str, parent: str) -> SheetChange:
    def change(document: Json, rng: Random, edition: Edition) -> Json:
        rows = [row.name for row in features(edition) if row.parent == parent and row.level <= 2 + (edition == "5.1")]
        free = [name for name in rows if name not in (document.get(table) or [])]
        return more(table, rng.choice(free))(document, rng, edition)

    return change


def _feat_too_many(document: Json, rng: Random, edition: Edition) -> Json | None:
    """One general feat more than the levels pay for."""
    scores = document["ability_scores"]
    if "Grappler" in document["feats"] or scores["str"] < 13:
        return None
    if edition == "5.1" and document["species"] == "Human":
        return None  # the published variant has one at level 1
    return more("feats", "Grappler")(document, rng, edition)


def _feat_unmet(document: Json, rng: Random, edition: Edition) -> Json | None:
    level, scores = level_of(document), document["ability_scores"]
    if edition == "5.1":
        return None if scores["str"] >= 13 else more("feats", "Grappler")(document, rng, edition)
    names = [row.name for row in feats(edition).values() if row.min_level > level]
    if not resource("fighting style", _class_id(document), level, edition):
        names += [row.name for row in feats(edition).values() if row.category == "fighting style"]
    return None if not names else more("feats", rng.choice(names))(document, rng, edition)


def _feat_twice(document: Json, _: Random, edition: Edition) -> Json | None:
    rows = [name for name in document["feats"] if (row := feats(edition).get(name)) and not row.repeatable]
    return None if not rows else put(document, ("feats",), [*document["feats"], rows[0]])


def _background_feat(document: Json, rng: Random, _: Edition) -> Json | None:
    own = str(document["feats"][0])
    others = [name for name in ("Alert", "Savage Attacker", "Skilled") if name != own]
    return put(document, ("feats", 0), rng.choice([name for name in others if name not in document["feats"]]))


def _improvement_more(document: Json, rng: Random, _: Edition) -> Json:
    """An improvement that no level gives, and the score raised by it."""
    ability = min(document["ability_scores"], key=lambda name: (document["ability_scores"][name], name))
    entry = {"source": f"level {rng.choice((4, 8))}", "ability": ability, "amount": 2}
    raised = put(document, ("ability_scores", ability), int(document["ability_scores"][ability]) + 2)
    return put(raised, ("increases",), [*document["increases"], entry])


def _own_entry(document: Json) -> Json | None:
    entry: Json | None = at(document, ("spellcasting", 0))
    return entry if entry and entry["class_name"] == document["classes"][0]["name"] else None


def _list_of(entry: Json) -> str | None:
    return next((name for name in _SPELL_LISTS if entry.get(name)), None)


def _spells(document: Json, rng: Random, edition: Edition, *, foreign: bool, above: bool) -> str | None:
    """A spell that the character does not have: of the class list or not, castable or above its levels."""
    own = _class_id(document)
    highest = max_spell_level(own, _class_level(document), edition)
    have = {mention["name"] for entry in document["spellcasting"] for table in entry.values() for mention in _named(table)}
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
        if foreign and (edition == "5.1" and _class_id(document) == "bard" and _class_level(document) >= 6):
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


def _spells_fewer(document: Json, rng: Random, edition: Edition) -> Json | None:
    entry = _own_entry(document)
    table = _list_of(entry) if entry else None
    if entry is None or table is None or len(entry[table]) < 3:
        return None
    return put(document, ("spellcasting", 0, table), entry[table][:-2])


def _cantrips(*, more_of_them: bool) -> SheetChange:
    def change(document: Json, rng: Random, edition: Edition) -> Json | None:
        entry = _own_entry(document)
        if entry is None or not entry.get("cantrips"):
            return None
        have = [mention["name"] for mention in entry["cantrips"]]
        if not more_of_them:
            return put(document, ("spellcasting", 0, "cantrips"), entry["cantrips"][:-1])
        rows = (row for row in spells(edition).values() if row.level == 0 and _class_id(document) in row.classes)
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
    return put(document, ("spellcasting", 0, "arcanum"), [*(entry.get("arcanum") or []), {"name": rng.choice(names)}])


def _two_concentrations(document: Json, rng: Random, edition: Edition) -> Json | None:
    if _own_entry(document) is None:
        return None
    names = sorted(row.name for row in spells(edition).values() if row.concentration)
    chosen = [{"name": name} for name in rng.sample(names, 2)]
    return put(document, ("spellcasting", 0, "concentrating_on"), chosen)


def _slots_of_nobody(document: Json, rng: Random, _: Edition) -> Json | None:
    if _own_entry(document) is not None or _class_id(document) in {"paladin", "ranger"}:
        return None
    entry = {"class_name": document["classes"][0]["name"], "ability": "int", "slots": [rng.randint(2, 4)] + [0] * 8}
    return put(document, ("spellcasting",), [entry])


def _untrained_weapon(document: Json, rng: Random, edition: Edition) -> Json | None:
    if any("artial" in entry and "(" not in entry for entry in document["weapon_training"]):
        return None
    if _class_id(document) not in {"wizard", "sorcerer", "druid", "warlock"}:
        return None
    row = weapon_named("greatsword", edition)
    assert row is not None
    power = (int(document["ability_scores"]["str"]) - 10) // 2
    damage = {"dice": f"{row.dice}{power:+d}", "type": row.damage_type}
    entry = {"name": "Greatsword", "attack_bonus": power + bonus_of(document), "damage": damage, "proficient": True}
    return more("weapons", entry)(document, rng, edition)


def _attuned(count: int) -> SheetChange:
    def change(document: Json, rng: Random, edition: Edition) -> Json | None:
        if count > 1 and edition == "5.2" and _class_id(document) == "rogue" and _class_level(document) >= 13:
            return put(document, ("attuned",), list(_RINGS))
        return put(document, ("attuned",), list(rng.sample(_RINGS, 4)) if count > 1 else [_RINGS[0]] * 2)

    return change


def _foreign_attunement(document: Json, rng: Random, edition: Edition) -> Json | None:
    if _class_id(document) == "rogue" and _class_level(document) >= 13:
        return None  # Use Magic Device
    names = {"Holy Avenger": {"paladin"}, "Staff of the Magi": {"sorcerer", "warlock", "wizard"}}
    open_to = [name for name, ids in names.items() if _class_id(document) not in ids]
    return put(document, ("attuned",), [rng.choice(open_to)])


def _two_shields(document: Json, rng: Random, edition: Edition) -> Json:
    return more("equipment", {"name": "Shield", "quantity": 2, "equipped": True})(document, rng, edition)


CHOICES: Mapping[str, SheetKind] = {
    "subclass of another class": SheetKind("error", _other_subclass),
    "subclass too early": SheetKind("error", _early_subclass),
    "feature too early": SheetKind("error", _early_feature, times=2),
    "feature of another class": SheetKind("error", _foreign_feature, times=2),
    "value of a feature": SheetKind("error", _value),
    "fighting style too many": SheetKind("error", _style_more),
    "invocation too many": SheetKind("error", _option_more("invocations", "Eldritch Invocations")),
    "metamagic too many": SheetKind("error", _option_more("metamagic", "Metamagic")),
    "improvement too many": SheetKind("error", _improvement_more),
    "feat too many": SheetKind("error", _feat_too_many),
    "feat's prerequisite": SheetKind("error", _feat_unmet, times=2),
    "feat twice": SheetKind("error", _feat_twice, ("5.2",)),
    "feat of another background": SheetKind("error", _background_feat, ("5.2",)),
    "skill that is none": SheetKind("error", lambda d, r, _: put(d, ("skills", r.choice(("Lockpicking", "Spellcraft"))), {"bonus": 3})),
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
    "size": SheetKind("error", word("size", words=("Large", "Tiny", "Huge"))),
    "darkvision": SheetKind("error", lambda d, r, _: put(d, ("darkvision",), r.choice([n for n in (30, 90, 300) if n != d.get("darkvision")]))),
    "trait of another species": SheetKind("error", more("traits", "Breath Weapon", "Menacing", "Gnome Cunning", "Relentless Endurance", "Stonecunning")),
    "alignment": SheetKind("error", word("alignment", words=("chaotic lawful", "good evil", "lawfull good"))),
    "attuned items": SheetKind("error", _attuned(4)),
    "attuned twice": SheetKind("error", _attuned(1)),
    "attuned by another class": SheetKind("error", _foreign_attunement),
    "two shields": SheetKind("error", _two_shields),
    "armor's figures": SheetKind("error", lambda d, r, _: put(d, ("armor",), f"{d['armor']} (AC {r.choice((3, 24))})") if d.get("armor") else None),
    "feature left out": SheetKind("warning", _lost_feature),
    "recharge": SheetKind("warning", _recharge),
    "class": SheetKind("warning", word("classes", 0, "name", words=("Spellblade", "Chronomancer"))),
    "species": SheetKind("warning", word("species", words=("Moonkin", "Half-Dragonfly"))),
    "feat that is none": SheetKind("warning", more("feats", "Soup Mastery", "Lucky Sword")),
    "language": SheetKind("warning", more("languages", "Klingon", "Old Tongue")),
    "secret language": SheetKind("warning", lambda d, r, e: None if _class_id(d) in {"druid", "rogue"} else more("languages", "Druidic", "Thieves' Cant")(d, r, e)),
    "age": SheetKind("warning", word("age", words=("900", "1400", "-4"))),
    "height": SheetKind("warning", word("height_in", words=("8", "140"))),
    "spell that is none": SheetKind("warning", lambda d, r, _: put(d, ("spellcasting", 0, "always_prepared"), [{"name": "Fierball"}]) if _own_entry(d) else None),
    "spells too few": SheetKind("warning", _spells_fewer),
    "cantrips too few": SheetKind("warning", _cantrips(more_of_them=False)),
    "untrained weapon": SheetKind("warning", _untrained_weapon),
    "price": SheetKind("warning", more("equipment", {"name": "Plate Armor", "price": "90 gp"}, {"name": "Torch", "price": "4 gp"})),
    "weight": SheetKind("warning", lambda d, r, _: put(d, ("carried_weight",), 1000)),
    "wealth": SheetKind("warning", lambda d, r, _: put(d, ("coins", "gp"), 900_000), ("5.2",)),
}  # fmt: skip
"""Kinds that make a choice wrong."""
