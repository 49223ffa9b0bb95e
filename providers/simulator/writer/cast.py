"""Who and where: the names a piece uses, made once so that every field agrees on them."""

import random
import re
from collections.abc import Mapping
from typing import Literal

from providers.simulator.writer.brief import Brief
from providers.simulator.writer.fragments import Fragment, sheet, word_set, words_of
from providers.simulator.writer.grammar import bare, definite, joined, pronoun_of, pronoun_slots

Side = Literal["she", "he", "family"]

_ROLES = ("friend", "foe", "mentor", "patron", "witness", "other")
_NAMED_MENTOR = re.compile(r"\b(?:mentor|teacher|master|mistress|tutor),? (?P<name>[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?)")


def short_name(name: str) -> str:
    """What others call somebody: the first name, or the whole behind a title."""
    words = name.split()
    return name if not words or words[0].lower() in word_set("titles") else words[0].strip(",")


def species_key(species: str | None) -> str:
    """The name list for a species as the caller writes it; human where there is none."""
    known = {slot.split(".")[0] for slot in sheet("names")}
    lowered = (species or "").lower()
    return next((key for key in sorted(known, key=len, reverse=True) if key.replace("_", "-") in lowered), "human")


_LABEL_WORDS = 4


class Names:
    """Draws names that are in nobody else's use: not the caller's, and none twice."""

    def __init__(self, brief: Brief, rng: random.Random) -> None:
        self.rng = rng
        taken = " ".join((*brief.subject.values(), *brief.facts, *brief.theme.forbidden, *brief.boundaries))
        self._taken = set(words_of(taken))

    def person(self, species: str = "human", pronoun: str = "they") -> str:
        """A full name, for somebody of `species` (a key of `names.yaml`) who goes by `pronoun`."""
        side: Side = "he" if pronoun == "he" else "she" if pronoun == "she" else self.rng.choice(("she", "he"))
        return f"{self._one(species, side)} {self._one(species, 'family')}"

    def _one(self, species: str, side: Side) -> str:
        names = _names(species, side)
        start = self.rng.randrange(len(names))
        for offset in range(len(names)):
            name = names[(start + offset) % len(names)]
            if name.lower() not in self._taken:
                self._taken.add(name.lower())
                return name
        return names[start]

    def places(self, pool: tuple[Fragment, ...], count: int) -> list[str]:
        """`count` place names out of `pool` that share no word with what the caller named."""
        start = self.rng.randrange(len(pool))
        ordered = [pool[(start + offset) % len(pool)] for offset in range(len(pool))]
        free = [entry.text for entry in ordered if self._taken.isdisjoint(entry.words)]
        chosen = (free + [entry.text for entry in ordered if entry.text not in free])[:count]
        self._taken.update(word for name in chosen for word in words_of(name))
        return chosen


def _names(species: str, side: Side) -> list[str]:
    return [name for line in sheet("names")[f"{species}.{side}"] for name in line.text.split()]


def base_slots(brief: Brief, places: tuple[Fragment, ...], names: Names) -> dict[str, str]:
    """The slots every type shares: the person, the cast around them, the places, and the caller's own words."""
    rng = names.rng
    subject = brief.subject
    species = species_key(subject.get("species"))
    fallback = rng.choice(("she", "he"))
    pronoun = pronoun_of(subject.get("pronouns"), brief.facts, default=fallback)
    person = names.person(species, pronoun)
    full = subject.get("name") or person
    slots = pronoun_slots(pronoun)
    slots |= {"full": full, "name": short_name(full), "person": person}
    for index, role in enumerate(_ROLES):
        slots[role] = names.person("human" if index % 2 else rng.choice(("human", species, "halfling", "dwarf")))
    # A teacher whom the facts name is the mentor; what may befall him is then for the facts alone to say, so the
    # slot `teacher`, which fragments with events of their own ask for, stays empty.
    named = next((match["name"] for fact in brief.facts if (match := _NAMED_MENTOR.search(fact))), None)
    slots |= {"mentor": named} if named else {"teacher": slots["mentor"]}
    home, elsewhere, third = names.places(places, 3)
    slots |= {"place": home, "made_place": home, "elsewhere": elsewhere, "third": third}
    return slots | _given(subject)


def _placed(place: str) -> dict[str, str]:
    """A short label is used throughout; a description is told once (`{setting}`), and the place gets a name."""
    return {"place": place} if len(place.split()) <= _LABEL_WORDS else {"setting": place}


def _given(subject: Mapping[str, str]) -> dict[str, str]:
    """The caller's words as slots that stand inside a sentence."""
    slots: dict[str, str] = {}
    for place in ("homeland", "location", "region", "setting"):
        if place in subject:
            slots |= _placed(definite(subject[place]))
            break
    if "species" in subject:
        slots["species"] = bare(subject["species"])
    if "class" in subject:
        slots["klass"] = joined([part.strip().lower() for part in subject["class"].split("/")])
    if "subclass" in subject:
        slots["subclass"] = bare(subject["subclass"])
    if "background" in subject:
        slots["background"] = bare(subject["background"]).lower()
    companions = [name.strip() for name in subject.get("companions", "").split(",") if name.strip()]
    if companions:
        slots |= {"companion": companions[0], "companions": joined(companions[:4])}
    belongings = [thing.strip() for thing in subject.get("equipment", "").split(",") if thing.strip()]
    if belongings:
        slots["belonging"] = bare(belongings[0])
    if "age" in subject:
        slots["age"] = subject["age"]
    return slots
