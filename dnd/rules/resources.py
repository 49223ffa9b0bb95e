"""CL6, CL8, CL11: what grows with the class level: dice, uses, points, choices, and the rests that bring them back."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from dnd.rules.building import Mark, pointer
from dnd.rules.dossier import Dossier, Example
from dnd.rules.features import variants
from dnd.rules.finding import Finding, Severity
from dnd.rules.mechanics import Said, sheet_rule
from dnd.rules.reckoning import Held, Reckoning, reckon
from dnd.rules.rule import Skip
from dnd.rules.telling import counted, levels_of
from dnd.sheets.sheet import CharacterSheet, Feature
from dnd.srd.edition import Edition
from dnd.srd.feats import FIGHTING_STYLES_51
from dnd.srd.near import fold
from dnd.srd.resources import Resource, resource, resource_row

_DICE = re.compile(r"^\s*(\d{0,3})\s*d\s*(\d{1,3})\b", re.IGNORECASE)
_NUMBER = re.compile(
    r"^\s*\+?\s*(\d{1,4})\s*(?:ft|feet|foot|points?|uses?|times?|hp|hit points)?\b\.?\s*$", re.IGNORECASE
)
_IN_NAME = re.compile(r"\(([^)]*)\)")
_BESIDE = {"rage": "rage damage", "bardic inspiration": "bardic inspiration die"}
"""A feature whose uses are one row and whose value is another."""
_COUNTED = frozenset({"uses", "points"})
_RESTS = {"short": "short rest", "long": "long rest", "day": "long rest", "dawn": "long rest", "daily": "long rest"}
_ADDED_STYLE = {"5.1": ("champion", 10), "5.2": ("champion", 7)}
"""The Champion's second fighting style, by fighter level."""
_REPEATABLE = frozenset({"agonizing blast", "eldritch spear", "repelling blast", "lessons of the first ones"})
"""SRD 5.2, Eldritch Invocations: those that may be taken more than once."""
_CHOSEN = {"fighting_styles": "fighting style", "invocations": "invocation", "metamagic": "metamagic option"}
"""What one entry of a list is called."""
_MANEUVER_SOURCES = ("battle master", "martial adept", "superior technique")
"""What grants maneuvers; none of it is in an SRD."""


def _rows(feature: Feature, person: Reckoning) -> Iterator[tuple[Resource, Held]]:
    """The growing numbers that a feature of this name has, by class."""
    for held in person.classes:
        row = _row_named(feature.name, held.id, person.edition)
        if row is not None:
            yield row, held


@lru_cache(maxsize=4096)
def _row_named(name: str, class_id: str, edition: Edition) -> Resource | None:
    rows = (resource_row(variant, class_id, edition) for variant in variants(name))
    return next((row for row in rows if row is not None), None)


def _values(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Said:
    person, findings, checked = reckon(sheet, dossier), list[Finding](), False
    if not person.complete:
        return Skip.NOT_CHECKABLE
    for at, feature in enumerate(sheet.features):
        rows = tuple(_rows(feature, person))
        if not rows:
            continue
        checked = True
        findings.extend(_uses(mark, at, feature, rows, sheet))
        findings.extend(_value(mark, at, feature, rows, person.edition))
    if person.unknown:
        findings = [finding.model_copy(update={"severity": Severity.WARNING, "fix": None}) for finding in findings]
    return findings if checked else Skip.NOT_APPLICABLE


def _uses(
    mark: Mark, at: int, feature: Feature, rows: Sequence[tuple[Resource, Held]], sheet: CharacterSheet
) -> Iterator[Finding]:
    counted = [(row, held) for row, held in rows if row.unit in _COUNTED]
    if feature.uses is None or not counted:
        return
    rights = [_right(row, held, sheet) for row, held in counted]
    if None in rights or feature.uses in {*rights, sum(right for right in rights if right is not None)}:
        return
    right, (row, held) = rights[0], counted[0]
    what = "points" if row.unit == "points" else "uses"
    message = (
        f"{feature.name} of a level {held.level} {held.table.name.lower()} has {right} {what}, not {feature.uses}."
    )
    yield _finding(mark, pointer("features", at, "uses"), message, right, feature.uses, sole=len(rights) == 1)


def _right(row: Resource, held: Held, sheet: CharacterSheet) -> int | None:
    if row.ability is None:
        return row.at(held.level)
    modifier = sheet.modifier(row.ability)
    return None if modifier is None else max(1, modifier)


def _finding(mark: Mark, path: str, message: str, right: int | str | None, found: int | str, *, sole: bool) -> Finding:
    if sole:
        return mark(path, message, expected=str(right), found=str(found), correct=right)
    return mark(path, message, expected=str(right), found=str(found))


def _value(
    mark: Mark, at: int, feature: Feature, rows: Sequence[tuple[Resource, Held]], edition: Edition
) -> Iterator[Finding]:
    """The value beside a feature, or in brackets after its name."""
    inside = _IN_NAME.search(feature.name)
    text = feature.value or (inside[1] if inside else None)
    if text is None:
        return
    path = pointer("features", at, "value" if feature.value else "name")
    for row, held in rows:
        beside = _BESIDE.get(row.name)
        meant = resource_row(beside, held.id, edition) if beside else row
        right = _stated_as(meant, held.level, text) if meant else None
        if right is None or right == _canonical(text):
            return
    row, held = rows[0]
    expected = _stated_as(resource_row(_BESIDE.get(row.name, row.name), held.id, edition) or row, held.level, text)
    message = f"{feature.name} of a level {held.level} {held.table.name.lower()} is {expected}, not {text}."
    sole = len(rows) == 1 and feature.value is not None
    yield _finding(mark, path, message, expected, text, sole=sole)


def _canonical(text: str) -> str:
    dice, number = _DICE.match(text), _NUMBER.match(text)
    return f"{int(dice[1] or 1)}d{int(dice[2])}" if dice else str(int(number[1])) if number else text


def _stated_as(row: Resource, level: int, text: str) -> str | None:
    """The right value in the form of `text`; None where the two cannot be compared."""
    right = row.at(level)
    if right is None:
        return None
    if _DICE.match(text):
        return f"{right}d{row.die}" if row.unit == "dice" and row.die else f"1d{right}" if row.unit == "die" else None
    number = _NUMBER.match(text)
    if number is None or row.unit in {"dice", "die", "attacks", "choices", "spells"}:
        return None
    in_feet = "f" in text.lower()
    return str(right) if in_feet == (row.unit == "feet") else None


def _recharge(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Said:
    person, findings, checked = reckon(sheet, dossier), list[Finding](), False
    for at, feature in enumerate(sheet.features):
        rests = _rests(feature.recharge or "")
        rows = [(row, held) for row, held in _rows(feature, person) if row.recharge is not None]
        if not rests or not rows:
            continue
        checked = True
        row, held = rows[0]
        right = row.recharge_at(held.level)
        if _agree(rests, row, right):
            continue
        back = f"{right}" + (f"; one use after a {row.one_back}" if row.one_back else "")
        message = f"{feature.name} comes back after a {back}, not after a {' or '.join(sorted(rests))}."
        path = pointer("features", at, "recharge")
        if row.one_back:
            findings.append(mark(path, message, expected=back, found=feature.recharge))
        else:
            findings.append(mark(path, message, expected=back, found=feature.recharge, correct=right))
    return findings if checked else Skip.NOT_APPLICABLE


def _agree(rests: set[str], row: Resource, right: str | None) -> bool:
    """Whether the stated rests are the row's. What a short rest brings back, a long one does, too."""
    if "short rest" in {right, row.one_back}:
        return "short rest" in rests or right in rests
    return rests == {right}


def _rests(text: str) -> set[str]:
    return {rest for word, rest in _RESTS.items() if word in text.lower()}


def _choices(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Said:
    lists = (
        ("fighting_styles", "fighting style", sheet.fighting_styles),
        ("invocations", "invocations", sheet.invocations),
        ("metamagic", "metamagic", sheet.metamagic),
    )
    if not any(names for _, _, names in lists) and not sheet.maneuvers:
        return Skip.NOT_APPLICABLE
    person = reckon(sheet, dossier)
    if not person.complete:
        return Skip.NOT_CHECKABLE
    findings = [
        finding for field, row, names in lists if names for finding in _counted(mark, field, row, names, person)
    ]
    if sheet.maneuvers and not _grants_maneuvers(person):
        message = "Nothing on this sheet grants maneuvers; in the SRD nothing does."
        found = str(len(sheet.maneuvers))
        findings.append(mark("/maneuvers", message, expected="none", found=found, severity=Severity.WARNING))
    return findings


def _grants_maneuvers(person: Reckoning) -> bool:
    subclasses = (fold(entry.subclass or "") for entry in person.sheet.classes)
    return any(source in name for name in (*person.names, *subclasses) for source in _MANEUVER_SOURCES)


def _counted(mark: Mark, field: str, row: str, names: tuple[str, ...], person: Reckoning) -> Iterator[Finding]:
    most = sum(resource(row, held.id, held.level, person.edition) or 0 for held in person.classes)
    if field == "fighting_styles":
        subclass, level = _ADDED_STYLE[person.edition]
        most += any(held.level >= level and subclass in fold(held.subclass or "") for held in person.classes)
    word, stated = _CHOSEN[field], len(names)
    if stated != most:
        # A feat may add one: in 5.2 any fighting style, elsewhere feats that no SRD has.
        open_to_feats = person.unknown or (field == "fighting_styles" and person.edition == "5.2")
        weight = Severity.WARNING if stated < most or open_to_feats else Severity.ERROR
        message = f"A {levels_of(person)} has {counted(most, word)}, not {stated}."
        yield mark(f"/{field}", message, expected=str(most), found=str(stated), severity=weight)
    if field == "fighting_styles" and person.edition == "5.1":
        yield from _foreign_styles(mark, names, person)
    seen = set[str]()
    for at, name in enumerate(names):
        if fold(name) in seen and not (person.edition == "5.2" and fold(name) in _REPEATABLE):
            message = f"{name} stands twice among the {word}s, and can be chosen once."
            yield mark(pointer(field, at), message, expected="another one", found=name)
        seen.add(fold(name))


def _foreign_styles(mark: Mark, names: tuple[str, ...], person: Reckoning) -> Iterator[Finding]:
    """In 5.1 every class has a list of its own; in 5.2 the styles are feats, open to all who have the feature."""
    for at, name in enumerate(names):
        owners = next((owners for style, owners in FIGHTING_STYLES_51.items() if fold(style) == fold(name)), None)
        if owners is None or any(held.table.id in owners for held in person.classes):
            continue
        right = " or ".join(sorted(owners))
        message = f"{name} is a fighting style of the {right}."
        weight = Severity.WARNING if person.unknown else mark.severity
        path = pointer("fighting_styles", at)
        yield mark(path, message, expected=f"levels of {right}", found=name, severity=weight)


_ROGUE = Example("rogue_5")
_WARLOCK = Example("warlock_5")
_FIGHTER = Example("fighter_3")

RULES = (
    sheet_rule(
        _values,
        id="CL6",
        title="Values of features are those of the class level",
        severity=Severity.ERROR,
        source="SRD 5.1 the class tables; SRD 5.2 Classes, the class tables",
        prompt="Take dice, uses and points of features from the class table at the character's level.",
        about=("features",),
        needs=("classes",),
        passing=(_ROGUE, _FIGHTER, Example("fighter_3_rogue_2"), Example("bard_5"), Example("paladin_6")),
        failing=(
            Example("rogue_5", {"/features": [{"name": "Sneak Attack", "value": "4d6"}]}),
            Example("rogue_5", {"/features": ["Sneak Attack (4d6)"]}),
            Example("fighter_3", {"/features": [{"name": "Second Wind", "uses": 5}]}),
            Example("bard_5", {"/features": [{"name": "Bardic Inspiration", "value": "d10"}]}),
            Example("paladin_6", {"/features": [{"name": "Lay on Hands", "uses": 25}]}),
        ),
    ),
    sheet_rule(
        _choices,
        id="CL8",
        title="As many choices as the class level gives",
        severity=Severity.ERROR,
        source="SRD 5.1 the class tables; SRD 5.2 Classes, the class tables",
        prompt="Choose as many fighting styles, invocations and metamagic options as the class table gives, each once.",
        needs=("classes",),
        passing=(_WARLOCK, _FIGHTER, Example("fighter_3_rogue_2"), Example("ranger_5_2014")),
        failing=(
            Example("warlock_5", {"/invocations/-": "Eldritch Mind"}),
            Example("warlock_5", {"/invocations/0": "Devil's Sight"}),
            Example("warlock_5", {"/classes/0/level": 1}, edition="5.1"),
            Example("ranger_5_2014", {"/fighting_styles/-": "Defense"}),
            Example("ranger_5_2014", {"/fighting_styles/0": "Great Weapon Fighting"}),
            Example("wizard_5", {"/metamagic": ["Quickened Spell"]}),
        ),
    ),
    sheet_rule(
        _recharge,
        id="CL11",
        title="Features come back after the right rest",
        severity=Severity.WARNING,
        source="SRD 5.1 the class entries; SRD 5.2 Classes",
        prompt="Name the rest after which a feature comes back as the class describes it.",
        about=("features",),
        needs=("classes",),
        passing=(_FIGHTER, Example("paladin_6"), Example("barbarian_5")),
        failing=(
            Example("fighter_3", {"/features": [{"name": "Action Surge", "uses": 1, "recharge": "once per day"}]}),
            Example("wizard_5", {"/features": [{"name": "Arcane Recovery", "recharge": "short rest"}]}),
        ),
    ),
)
