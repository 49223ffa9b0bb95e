"""MO14, MO15, MO20, MO21: a stat block's words are the game's, its lists do not clash, its distances are usual."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from dnd.rules.building import Mark, pointer
from dnd.rules.dossier import Dossier, Example
from dnd.rules.finding import Finding, Fix, Severity
from dnd.rules.mechanics import Said, block_rule, name_severity
from dnd.rules.monster_words import (
    ALIGNMENT,
    DAMAGE_PHRASE,
    OWN_TONGUES,
    SENSES,
    SWARM,
    TONGUE_PHRASE,
    WAYS,
    bare,
    languages_in,
)
from dnd.rules.rule import Skip
from dnd.sheets.block import StatBlock
from dnd.srd.abilities import ABILITIES, SKILLS
from dnd.srd.edition import Edition
from dnd.srd.monsters import CREATURE_TYPES, SIZES
from dnd.srd.names import NameKind, look_up
from dnd.srd.near import fold, letters, nearest, singular
from dnd.srd.vocabulary import ALIGNMENTS, CONDITIONS, DAMAGE_TYPES, UNALIGNED

_STEP = 5
"""Feet: distances are whole squares."""
_NOTATION: Mapping[Edition, re.Pattern[str]] = {
    "5.1": re.compile(r"(?:Melee|Ranged) (?:Weapon|Spell) Attack:", re.IGNORECASE),
    "5.2": re.compile(r"(?:Melee|Ranged) Attack Roll:", re.IGNORECASE),
}
_OTHER: Mapping[Edition, Edition] = {"5.1": "5.2", "5.2": "5.1"}
_WRITTEN: Mapping[Edition, str] = {"5.1": "Melee Weapon Attack: +5 to hit", "5.2": "Melee Attack Roll: +5"}


def _nothing_else(text: str) -> bool:  # noqa: ARG001 -- the shape of `accept`
    return False


@dataclass(frozen=True, slots=True)
class Words:
    """A field whose values come from a closed list."""

    what: str
    read: Callable[[StatBlock], Iterable[tuple[str, str]]]
    """Pointer and value of each."""
    known: tuple[str, ...]
    accept: Callable[[str], bool] = _nothing_else
    """Whether a value that is not in the list is a longer form of one that is."""


def _each(field: str) -> Callable[[StatBlock], Iterable[tuple[str, str]]]:
    def read(block: StatBlock) -> Iterable[tuple[str, str]]:
        return ((pointer(field, number), value) for number, value in enumerate(getattr(block, field)))

    return read


def _one(field: str) -> Callable[[StatBlock], Iterable[tuple[str, str]]]:
    def read(block: StatBlock) -> Iterable[tuple[str, str]]:
        value = getattr(block, field)
        return () if value is None else ((f"/{field}", value),)

    return read


def _keys(field: str) -> Callable[[StatBlock], Iterable[tuple[str, str]]]:
    def read(block: StatBlock) -> Iterable[tuple[str, str]]:
        return ((pointer(field, key), key) for key in getattr(block, field))

    return read


def _is_swarm(text: str) -> bool:
    match = SWARM.match(text)
    return match is not None and (match["type"] in CREATURE_TYPES or singular(match["type"]) in CREATURE_TYPES)


_CLOSED = (
    Words("a size", _each("sizes"), SIZES),
    Words("a creature type", _one("type"), CREATURE_TYPES, _is_swarm),
    Words(
        "an alignment", _one("alignment"), (*ALIGNMENTS, UNALIGNED), lambda text: ALIGNMENT.fullmatch(text) is not None
    ),
    Words("a condition", _each("condition_immunities"), CONDITIONS, lambda text: bare(text) in _folded(CONDITIONS)),
    *(
        Words("a damage type", _each(field), DAMAGE_TYPES, lambda text: DAMAGE_PHRASE.search(text) is not None)
        for field in ("damage_vulnerabilities", "damage_resistances", "damage_immunities")
    ),
    Words("an ability", _keys("saving_throws"), ABILITIES),
    Words("a skill", _keys("skills"), tuple(SKILLS)),
)


def _folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(fold(word) for word in words)


_FOLDED = {entry.what: _folded(entry.known) for entry in _CLOSED}


def _vocabulary(mark: Mark, block: StatBlock, dossier: Dossier) -> Said:
    findings = [
        _unknown(mark, path, value, entry, frozenset(fold(other) for _, other in entry.read(block)))
        for entry in _CLOSED
        for path, value in entry.read(block)
        if fold(value) not in _FOLDED[entry.what] and not entry.accept(value.lower())
    ]
    findings.extend(_tongues(mark, block, dossier))
    return findings


def _unknown(mark: Mark, path: str, value: str, entry: Words, others: frozenset[str]) -> Finding:
    """`others` are the folded values of the same field: what is meant may stand there already."""
    printed = {fold(word): word for word in entry.known}
    close = [printed[name] for name in nearest(fold(value), ((name, letters(name)) for name in printed))]
    message = f"“{value}” is not {entry.what} of the game."
    if len(close) == 1 and not path.startswith(("/saving_throws", "/skills")):
        right = close[0].capitalize() if value[:1].isupper() else close[0].lower()
        if fold(right) in others:
            return mark(path, message, expected=right, found=value, fix=Fix(path=mark.place.pointer(path), op="remove"))
        return mark(path, message, expected=right, found=value, correct=right)
    expected = " or ".join(close) if close else "one of: " + ", ".join(entry.known) if len(entry.known) < 20 else None
    return mark(path, message, expected=expected, found=value)


def _tongues(mark: Mark, block: StatBlock, dossier: Dossier) -> Iterator[Finding]:
    for number, text in enumerate(block.languages):
        for name in languages_in(text):
            if fold(name) in OWN_TONGUES or TONGUE_PHRASE.search(name):
                continue
            found = look_up(NameKind.LANGUAGE, name, dossier.edition)
            severity = name_severity(found, dossier.names)
            if severity is None:
                continue
            path, message = pointer("languages", number), f"“{name}” is not a language of the SRD {dossier.edition}."
            if len(found.near) == 1 and name == text:
                near = found.near[0]
                yield mark(path, message, expected=near, found=name, severity=severity, correct=near)
            else:
                yield mark(path, message, expected=" or ".join(found.near) or None, found=name, severity=severity)


_TAKES = ("damage_resistances", "damage_immunities")
_LISTS = ("damage_vulnerabilities", *_TAKES, "condition_immunities")


def _clashes(mark: Mark, block: StatBlock, dossier: Dossier) -> Said:  # noqa: ARG001 -- the shape of a check
    stated = {field: [fold(value) for value in getattr(block, field)] for field in _LISTS}
    if not any(stated.values()):
        return Skip.NOT_APPLICABLE
    findings: list[Finding] = []
    for field, values in stated.items():
        for number, value in enumerate(values):
            if value in values[:number]:
                path = pointer(field, number)
                message = f"“{getattr(block, field)[number]}” is listed twice."
                findings.append(mark(path, message, found=value, fix=Fix(path=mark.place.pointer(path), op="remove")))
    for number, value in enumerate(stated["damage_vulnerabilities"]):
        for field in _TAKES:
            if value in stated[field]:
                word = "resistant" if field == "damage_resistances" else "immune"
                message = f"The monster is vulnerable and {word} to {value} damage: it can only be one."
                path = pointer("damage_vulnerabilities", number)
                findings.append(mark(path, message, expected=f"vulnerable or {word}", found=value))
    return findings


def _distances(mark: Mark, block: StatBlock, dossier: Dossier) -> Said:  # noqa: ARG001 -- as above
    if not block.speeds and not block.senses:
        return Skip.NOT_APPLICABLE
    findings: list[Finding] = []
    for field, known, what in (("speeds", WAYS, "way of moving"), ("senses", SENSES, "sense")):
        stated: Mapping[str, int | None] = getattr(block, field)
        for name, feet in stated.items():
            path = pointer(field, name)
            if name not in known:
                findings.append(
                    mark(path, f"There is no {what} “{name}”.", expected=", ".join(sorted(known)), found=name)
                )
            elif feet is not None and (feet % _STEP or feet < 0):
                message = f"Distances are multiples of {_STEP} feet; {name} {feet} ft. is none."
                findings.append(mark(path, message, expected=f"a multiple of {_STEP} feet", found=f"{feet} ft."))
    return findings


def _notation(mark: Mark, block: StatBlock, dossier: Dossier) -> Said:
    texts = [(f"{path}/text", action.text) for path, action in block.all_actions if "ttack" in action.text]
    if not texts:
        return Skip.NOT_APPLICABLE
    own, other = _NOTATION[dossier.edition], _NOTATION[_OTHER[dossier.edition]]
    wrong = [(path, match) for path, text in texts if (match := other.search(text)) and not own.search(text)]
    message = f"Attacks in the SRD {dossier.edition} are written “{_WRITTEN[dossier.edition]}”."
    return [mark(path, message, expected=_WRITTEN[dossier.edition], found=match[0]) for path, match in wrong]


_BITE_14 = {"name": "Bite", "text": "Melee Weapon Attack: +6 to hit, reach 5 ft. Hit: 8 (1d8 + 4) piercing damage."}
_BITE_24 = {"name": "Bite", "text": "Melee Attack Roll: +6, reach 5 ft. Hit: 8 (1d8 + 4) Piercing damage."}

RULES = (
    block_rule(
        _vocabulary,
        id="MO14",
        title="The words of a stat block are the game's",
        severity=Severity.ERROR,
        source="SRD 5.1 Monsters; SRD 5.2 Monsters, Parts of a Stat Block",
        prompt="Use the game's own sizes, creature types, alignments, conditions, damage types, skills and languages.",
        passing=(
            Example("ogre_2014"),
            Example("ogre_2024", {"/condition_immunities": ["Charmed (with Mind Blank)"]}),
            Example("ogre_2014", {"/alignment": "any non-lawful alignment", "/type": "swarm of tiny beasts"}),
            Example("ogre_2014", {"/damage_immunities": ["slashing from nonmagical weapons"]}),
        ),
        failing=(
            Example("ogre_2014", {"/sizes": ["gigantic"]}),
            Example("ogre_2024", {"/type": "gaint"}),
            Example("ogre_2024", {"/alignment": "chaotic lawful"}),
            Example("ogre_2024", {"/condition_immunities": ["Bleeding"]}),
            Example("ogre_2014", {"/damage_resistances": ["holy"]}),
            Example("ogre_2014", {"/skills": {"Lockpicking": 2}}),
            Example("ogre_2014", {"/languages": ["Klingon"]}, names="strict_srd"),
        ),
    ),
    block_rule(
        _clashes,
        id="MO15",
        title="Resistances, immunities and vulnerabilities do not clash",
        severity=Severity.ERROR,
        source="SRD 5.1 Monsters, Vulnerabilities, Resistances, and Immunities; SRD 5.2 Monsters, Resistances",
        prompt="List no damage type twice, and none as both vulnerability and resistance or immunity.",
        passing=(Example("ogre_2014", {"/damage_resistances": ["cold"], "/damage_vulnerabilities": ["fire"]}),),
        failing=(
            Example("ogre_2014", {"/damage_resistances": ["cold", "cold"]}),
            Example("ogre_2024", {"/damage_immunities": ["fire"], "/damage_vulnerabilities": ["Fire"]}),
        ),
    ),
    block_rule(
        _distances,
        id="MO20",
        title="Speeds and senses are in steps of five feet",
        severity=Severity.WARNING,
        source="SRD 5.1 Monsters, Speed and Senses; SRD 5.2 Monsters, Speed and Senses",
        prompt="Give speeds and senses in multiples of 5 feet, under the game's names.",
        passing=(Example("ogre_2014"), Example("ogre_2024")),
        failing=(
            Example("ogre_2014", {"/speeds/fly": 37}),
            Example("ogre_2024", {"/senses/smell": 60}),
        ),
    ),
    block_rule(
        _notation,
        id="MO21",
        title="Attacks are written as the edition writes them",
        severity=Severity.INFO,
        source="SRD 5.1 Monsters, Actions; SRD 5.2 Monsters, Attacks",
        prompt="Write attacks in the notation of the edition, the same throughout.",
        passing=(Example("ogre_2014", {"/actions/-": _BITE_14}), Example("ogre_2024", {"/actions/-": _BITE_24})),
        failing=(Example("ogre_2014", {"/actions/-": _BITE_24}), Example("ogre_2024", {"/actions/-": _BITE_14})),
    ),
)
