"""Kinds of mutants of sheets that make a class, a feature or a feat wrong."""

from collections.abc import Mapping, Sequence
from functools import cache
from random import Random

from dnd.mechanics.career import features_at
from dnd.srd.catalogue import features
from dnd.srd.classes import classes
from dnd.srd.edition import Edition
from dnd.srd.feats import FIGHTING_STYLES_51, feats
from dnd.srd.near import fold
from dnd.srd.resources import resource
from tests.dnd.truth.character_changes import (
    SheetChange,
    SheetKind,
    at,
    class_level_of,
    class_of,
    entry_with,
    level_of,
    more,
    put,
    said,
    word,
)
from tests.dnd.truth.srd_monsters import Json


def _other_subclass(document: Json, rng: Random, edition: Edition) -> Json | None:
    if not document["classes"][0].get("subclass"):
        return None
    others = [row.subclasses[0].name for name, row in classes(edition).items() if name != class_of(document)]
    return put(document, ("classes", 0, "subclass"), rng.choice(others))


def _early_subclass(document: Json, _: Random, edition: Edition) -> Json | None:
    table = classes(edition).get(class_of(document))
    if table is None or document["classes"][0].get("subclass"):
        return None
    return put(document, ("classes", 0, "subclass"), table.subclasses[0].name)


@cache
def _owners(name: str, edition: Edition) -> frozenset[str]:
    return frozenset(row.class_name for row in features(edition) if fold(row.name) == fold(name))


def _early_feature(document: Json, rng: Random, edition: Edition) -> Json | None:
    own, level = class_of(document), class_level_of(document)
    have = {fold(entry["name"]) for entry in document["features"]}
    later = [
        name
        for above in range(level + 1, 21)
        for name in features_at(own, above, edition, subclass=True)
        if fold(name) not in have
    ]
    return None if not later else more("features", {"name": rng.choice(later)})(document, rng, edition)


def _foreign_feature(document: Json, rng: Random, edition: Edition) -> Json | None:
    own = class_of(document)
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
    own = class_of(document)
    shown = ("Spellcasting", "Pact Magic", "Expertise", "Weapon Mastery", "Extra Attack", "Druidic", "Thieves' Cant")
    by_choice = ("Divine Domain", "Domain Spells", "Sorcerous Origin", "Otherworldly Patron")
    kept = {"Fighting Style", "Metamagic", "Eldritch Invocations", *by_choice, *shown}
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


def _style_more(document: Json, rng: Random, edition: Edition) -> Json | None:
    names: Sequence[str] = tuple(FIGHTING_STYLES_51) if edition == "5.1" else ("Defense", "Archery")
    have: list[str] = document.get("fighting_styles") or []
    free = [name for name in (*names, "Two-Weapon Fighting", "Great Weapon Fighting") if name not in have]
    return more("fighting_styles", rng.choice(free))(document, rng, edition)


def _option_more(table: str, parent: str) -> SheetChange:
    def change(document: Json, rng: Random, edition: Edition) -> Json | None:
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
    if not resource("fighting style", class_of(document), level, edition):
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
    "skill that is none": SheetKind("error", said("skills", "Lockpicking", values=({"bonus": 3}, {"bonus": 5}))),
    "feature left out": SheetKind("warning", _lost_feature),
    "recharge": SheetKind("warning", _recharge),
    "class": SheetKind("warning", word("classes", 0, "name", words=("Spellblade", "Chronomancer"))),
    "feat that is none": SheetKind("warning", more("feats", "Soup Mastery", "Lucky Sword")),
}
"""Kinds that make what a class gives wrong."""
