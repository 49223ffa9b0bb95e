"""Spells of both editions as rows of the catalogue."""

import re
from typing import Literal, cast

from dnd.srd.catalogue import AbilityId, Spell
from scripts.catalogue.wheels import Record, named, number_of, records, srd_51, srd_52, text_of, texts

_ABILITY = r"(Strength|Dexterity|Constitution|Intelligence|Wisdom|Charisma)"
_SAVE = re.compile(rf"(?<!advantage on )\b{_ABILITY} saving throw\b", re.IGNORECASE)
_ATTACK = re.compile(r"\b(melee|ranged) spell attack\b", re.IGNORECASE)
_PRICE = re.compile(r"(\d[\d,]*)\+? ?gp\b", re.IGNORECASE)
_TYPES = "acid|bludgeoning|cold|fire|force|lightning|necrotic|piercing|poison|psychic|radiant|slashing|thunder"
_DICE = r"(\d+d\d+(?: \+ \d+)?)"
_DAMAGE = re.compile(
    rf"{_DICE} (?:(?P<after>{_TYPES})(?: \([^)]*\))? damage|damage)"
    rf"|(?P<before>{_TYPES}) damage equal to (\d+d\d+)"
    rf"|base damage is (\d+d\d+)",
    re.IGNORECASE,
)
_PER_SLOT = re.compile(r"damage[^.]{0,60}? increases? by (\d+d\d+) for (?:each|every) (?:spell )?slot level above")
_DICE_ONLY = re.compile(r"^(\d+)d(\d+)$")
_SENTENCE = re.compile(r"(?<=[.:])\s+")
_TIMES = {"1 action": "action", "1 bonus action": "bonus action", "1 reaction": "reaction"}


def _save(text: str) -> AbilityId | None:
    """The first saving throw that the text asks for."""
    found = _SAVE.search(text)
    return cast("AbilityId", found[1][:3].lower()) if found else None


def _attack(text: str) -> Literal["melee", "ranged"] | None:
    """The first spell attack that the text makes."""
    found = _ATTACK.search(text)
    return cast('Literal["melee", "ranged"]', found[1].lower()) if found else None


def damage_in(text: str) -> tuple[tuple[str, str], ...]:
    """(dice, type) of each damage in the first sentence that deals any."""
    for sentence in _SENTENCE.split(text):
        found = [
            ((match[1] or match[4] or match[5]).replace(" ", ""), (match["after"] or match["before"] or "").lower())
            for match in _DAMAGE.finditer(sentence)
        ]
        if found:
            return tuple(found)
    return ()


def _cost(material: str) -> int | None:
    """The priced components together, in gold pieces."""
    prices = [int(price.replace(",", "")) for price in _PRICE.findall(material)]
    return sum(prices) or None


def _per_slot(text: str) -> str | None:
    """The dice that one slot level more adds to the damage."""
    found = _PER_SLOT.search(text)
    return found[1] if found else None


def _step_of_table(record: Record, level: int) -> str | None:
    """What one slot level more adds by the 5.1 package's table, where the text says it in another way."""
    damage = cast("Record", record.get("damage") or {})
    table = cast("dict[str, str]", damage.get("damage_at_slot_level") or {})
    here, above = (_DICE_ONLY.match(table.get(str(slot), "")) for slot in (level, level + 1))
    if not here or not above or here[2] != above[2] or here[1] == above[1]:
        return None
    return f"{int(above[1]) - int(here[1])}d{here[2]}"


def _classes(names: list[str]) -> tuple[str, ...]:
    return tuple(sorted(name.lower() for name in names))


def _of_51(record: Record) -> Spell:
    text = text_of(record, "desc")
    time = text_of(record, "casting_time")
    material = text_of(record, "material").rstrip(".")
    save = cast("Record | None", record.get("dc"))
    return Spell(
        name=text_of(record, "name"),
        level=number_of(record, "level"),
        school=named(record, "school").lower(),
        classes=_classes([str(entry["name"]) for entry in records(record, "classes")]),
        casting_time=_TIMES.get(time, time),
        range=text_of(record, "range").lower(),
        components=tuple(texts(record, "components")),
        material=material,
        cost_gp=_cost(material),
        consumed="consume" in material,
        duration=text_of(record, "duration").lower(),
        concentration=bool(record["concentration"]),
        ritual=bool(record["ritual"]),
        attack=_attack(text),
        save=cast("AbilityId", named(save, "dc_type").lower()) if save else _save(text),
        damage=damage_in(text),
        damage_per_slot=_per_slot(text_of(record, "higher_level"))
        or _step_of_table(record, number_of(record, "level")),
    )


def _of_52(record: Record) -> Spell:
    text = text_of(record, "description")
    time, _, _ = text_of(record, "casting_time").partition(", ")
    letters, _, material = text_of(record, "components").partition(" (")
    duration = text_of(record, "duration")
    return Spell(
        name=text_of(record, "name"),
        level=number_of(record, "level"),
        school=text_of(record, "school").lower(),
        classes=_classes(texts(record, "classes")),
        casting_time=time.removesuffix(" or Ritual").lower(),
        range=text_of(record, "range").lower(),
        components=tuple(letters.split(", ")),
        material=material.removesuffix(")"),
        cost_gp=_cost(material),
        consumed="consumes" in material,
        duration=re.sub(r"^Concentration,? ", "", duration).lower(),
        concentration=duration.startswith("Concentration"),
        ritual=time.endswith(" or Ritual"),
        attack=_attack(text),
        save=_save(text),
        damage=damage_in(text),
        damage_per_slot=_per_slot(text),
    )


def spells_51() -> list[Spell]:
    """The spells of SRD 5.1."""
    return [_of_51(record) for record in srd_51("Spells")]


def spells_52() -> list[Spell]:
    """The spells of SRD 5.2."""
    return [_of_52(record) for record in srd_52("spells")]
