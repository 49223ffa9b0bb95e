"""SP15, SP16, SP19-SP21: spells are what the sheet says of them, and can be cast as it says."""

import re
from collections.abc import Callable, Iterable, Iterator

from dnd.rules.building import Mark, shorten
from dnd.rules.casting import Casting, Listed, all_listed, castings, spell_named
from dnd.rules.dossier import Dossier, Example
from dnd.rules.finding import Finding, Severity
from dnd.rules.mechanics import sheet_rule
from dnd.rules.reckoning import Reckoning, reckon
from dnd.rules.rule import Skip
from dnd.rules.spell_damage import SAVES, dice_fit
from dnd.sheets.sheet import CharacterSheet
from dnd.sheets.values import COPPER
from dnd.srd.catalogue import Spell
from dnd.srd.near import fold
from dnd.srd.spellcasting import ritual_casters

SPELLS = "SRD 5.1 Spells; SRD 5.2 Spells"
_TIME = re.compile(r"bonus action|reaction|action|(\d+) (minute|hour)")
_SHORT_WORD = 3
"""Letters of words such as "of" and "and", which tell nothing of a component."""


_Fact = tuple[str, Callable[[Listed], object], Callable[[Spell], object], Callable[[object], object]]


def _time(value: object) -> object:
    """The kind of a casting time: `action`, `bonus action`, `reaction`, `10 minute`; None when it is none of them."""
    match = _TIME.search(str(value).lower())
    return match[0] if match else None


_FACTS: tuple[_Fact, ...] = (
    ("level", lambda row: row.mention.level, lambda spell: spell.level, lambda value: value),
    (
        "school",
        lambda row: row.mention.school,
        lambda spell: spell.school.capitalize(),
        lambda value: str(value).lower(),
    ),
    ("casting_time", lambda row: row.mention.casting_time, lambda spell: spell.casting_time, _time),
    ("concentration", lambda row: row.mention.concentration, lambda spell: spell.concentration, lambda value: value),
)
"""Field, what the sheet says, what the SRD says, and both made comparable."""


def _facts(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Iterable[Finding] | Skip:
    rows = [(casting, row) for casting, row in all_listed(reckon(sheet, dossier)) if row.spell is not None]
    if not rows:
        return Skip.NOT_APPLICABLE
    return [finding for casting, row in rows for finding in _wrong_facts(mark, casting, row)]


def _wrong_facts(mark: Mark, casting: Casting, row: Listed) -> Iterator[Finding]:
    spell = row.spell
    if spell is None:
        return
    for field, said, true, key in _FACTS:
        stated, right = said(row), true(spell)
        if stated is None or key(stated) is None or key(stated) == key(right):
            continue
        yield mark(
            f"{row.path}/{field}",
            f"The {field.replace('_', ' ')} of {spell.name} is {_told(right)}, not {_told(stated)}.",
            expected=_told(right),
            found=_told(stated),
            correct=right,
        )
    if row.mention.ritual is False and spell.ritual and _casts_rituals(casting):
        message = f"{spell.name} has the Ritual tag."
        yield mark(f"{row.path}/ritual", message, expected="yes", found="no", correct=True)
    if "/cantrips/" in row.path and spell.level:
        message = f"{spell.name} is a spell of level {spell.level}, not a cantrip."
        yield mark(row.path, message, expected="a cantrip", found=f"level {spell.level}")


def _told(value: object) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else shorten(str(value), 60)


def _damage(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Iterable[Finding] | Skip:
    rows = [
        (casting, row)
        for casting, row in all_listed(reckon(sheet, dossier))
        if row.spell is not None and (row.mention.damage is not None or row.mention.save)
    ]
    if not rows:
        return Skip.NOT_APPLICABLE
    return [finding for casting, row in rows for finding in _wrong_effects(mark, casting, row)]


def _wrong_effects(mark: Mark, casting: Casting, row: Listed) -> Iterator[Finding]:
    spell, mention, reckoning = row.spell, row.mention, casting.reckoning
    if spell is None:
        return
    if mention.damage is not None and spell.damage:
        ability = casting.ability
        bonuses = {0, *(reckoning.modifiers(ability) if ability else ())}
        if not dice_fit(spell, mention.damage, reckoning.sheet.total_level, bonuses):
            base = " and ".join(dice for dice, _ in spell.damage)
            more = f", and {spell.damage_per_slot} more for each higher slot" if spell.damage_per_slot else ""
            message = f"{spell.name} deals {base} damage{more}; {mention.damage} is none of that."
            yield mark(f"{row.path}/damage", message, expected=base, found=str(mention.damage))
    stated = SAVES.get(fold(mention.save or "").removesuffix(" save").removesuffix(" saving throw"))
    if stated and spell.save and stated != spell.save:
        message = f"The save against {spell.name} is {spell.save.capitalize()}, not {stated.capitalize()}."
        yield mark(f"{row.path}/save", message, expected=spell.save, found=stated, correct=spell.save)


def _casts_rituals(casting: Casting) -> bool:
    if casting.reckoning.granted("rituals") or not casting.list_id:
        return True
    return casting.list_id in ritual_casters(casting.reckoning.edition) and not casting.third


def _rituals(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Iterable[Finding] | Skip:
    rows = [(casting, row) for casting, row in all_listed(reckon(sheet, dossier)) if row.mention.ritual and row.spell]
    if not rows:
        return Skip.NOT_APPLICABLE
    found = list[Finding]()
    for casting, row in rows:
        if row.spell is not None and not row.spell.ritual:
            message, expected = f"{row.spell.name} has no Ritual tag.", "no ritual"
        elif not _casts_rituals(casting) and casting.held is not None:
            message = f"A {casting.held.table.name.lower()} does not cast rituals."
            expected = "no ritual"
        else:
            continue
        found.append(mark(f"{row.path}/ritual", message, expected=expected, found="ritual", correct=False))
    return found


def _concentrations(sheet: CharacterSheet, dossier: Dossier) -> list[tuple[str, Spell]]:
    return [
        (f"/spellcasting/{place}/concentrating_on/{number}", spell)
        for place, entry in enumerate(sheet.spellcasting)
        for number, mention in enumerate(entry.concentrating_on)
        if (spell := spell_named(mention.name, dossier.edition)) and spell.concentration
    ]


def _concentration(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Iterable[Finding] | Skip:
    if not any(entry.concentrating_on for entry in sheet.spellcasting):
        return Skip.NOT_APPLICABLE
    active = _concentrations(sheet, dossier)
    return [
        mark(
            path,
            f"{spell.name} needs concentration, which {active[0][1].name} already has.",
            expected="one spell",
            found=f"{active[0][1].name} and {spell.name}",
        )
        for path, spell in active[1:]
    ]


def _components(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Iterable[Finding] | Skip:
    reckoning = reckon(sheet, dossier)
    gold = _gold(sheet)
    if gold is None:
        return Skip.NOT_CHECKABLE
    found = list[Finding]()
    for casting in castings(reckoning):
        for row in casting.listed("prepared", "known", "always_prepared", "arcanum"):
            spell = row.spell
            if spell is None or not spell.cost_gp or spell.cost_gp <= gold or _owned(spell, reckoning):
                continue
            message = (
                f"{spell.name} needs a component worth {spell.cost_gp} gp; the sheet shows neither it nor the money."
            )
            expected = f"{spell.cost_gp} gp"
            found.append(mark(row.path, message, expected=expected, found=f"{gold:g} gp", severity=Severity.INFO))
    return found


def _gold(sheet: CharacterSheet) -> float | None:
    if sheet.wealth is not None:
        return sheet.wealth / COPPER["gp"]
    coins = sheet.coins
    if coins is None:
        return None
    return sum((getattr(coins, coin) or 0) * copper for coin, copper in COPPER.items()) / COPPER["gp"]


def _owned(spell: Spell, reckoning: Reckoning) -> bool:
    """Whether something on the sheet is named like part of the component ("diamond", "pearl")."""
    material = set(fold(spell.material).split())
    things = (word for item in reckoning.sheet.equipment for word in fold(item.name).split())
    telling = (word for word in things if len(word) > _SHORT_WORD)
    return any(not material.isdisjoint((word, f"{word}s", word.removesuffix("s"))) for word in telling)


_LEVELS = "spellcasting"

RULES = (
    sheet_rule(
        _facts,
        id="SP15",
        title="Facts about spells",
        severity=Severity.ERROR,
        source=SPELLS,
        prompt="State a spell's level, school, casting time and concentration as its description has them.",
        about=(_LEVELS,),
        passing=(
            Example("wizard_5"),
            Example("wizard_5", {"/spellcasting/0/prepared/6": {"name": "Fireball", "level": 3}}),
        ),
        failing=(
            Example("wizard_5", {"/spellcasting/0/prepared/6": {"name": "Fireball", "level": 2}}),
            Example("wizard_5_2014", {"/spellcasting/0/prepared/0": {"name": "Shield", "casting_time": "1 action"}}),
            Example("wizard_5", {"/spellcasting/0/cantrips/0": "Sleep"}),
        ),
    ),
    sheet_rule(
        _damage,
        id="SP16",
        title="Damage and saves of spells",
        severity=Severity.WARNING,
        source=SPELLS,
        prompt="State a spell's damage dice and saving throw as its description has them.",
        about=(_LEVELS,),
        passing=(
            Example("wizard_5", {"/spellcasting/0/prepared/6": {"name": "Fireball", "damage": "9d6", "save": "Dex"}}),
            Example("wizard_5", {"/spellcasting/0/cantrips/0": {"name": "Fire Bolt", "damage": "2d10"}}),
        ),
        failing=(
            Example("wizard_5", {"/spellcasting/0/prepared/6": {"name": "Fireball", "damage": "7d6"}}),
            Example("wizard_5", {"/spellcasting/0/prepared/6": {"name": "Fireball", "save": "Con"}}),
        ),
    ),
    sheet_rule(
        _rituals,
        id="SP19",
        title="Rituals",
        severity=Severity.ERROR,
        source="SRD 5.1 Spellcasting (Rituals); SRD 5.2 Spells (Casting Time)",
        prompt="Mark only spells with the Ritual tag as rituals, and only for a class that casts rituals.",
        about=(_LEVELS,),
        passing=(Example("wizard_5", {"/spellcasting/0/prepared/1": "Detect Magic (ritual)"}),),
        failing=(Example("wizard_5", {"/spellcasting/0/prepared/6": "Fireball (ritual)"}),),
    ),
    sheet_rule(
        _concentration,
        id="SP20",
        title="One concentration at a time",
        severity=Severity.ERROR,
        source="SRD 5.1 Spellcasting (Concentration); SRD 5.2 Rules Glossary (Concentration)",
        prompt="Let a caster concentrate on one spell at a time.",
        about=(_LEVELS,),
        passing=(Example("wizard_5", {"/spellcasting/0/concentrating_on": ["Fly"]}),),
        failing=(Example("wizard_5", {"/spellcasting/0/concentrating_on": ["Fly", "Haste"]}),),
    ),
    sheet_rule(
        _components,
        id="SP21",
        title="Costly components",
        severity=Severity.INFO,
        source=SPELLS,
        prompt="Give a caster the costly components of the spells prepared, or the gold for them.",
        about=(_LEVELS, "coins"),
        passing=(Example("wizard_5"), Example("cleric_5_2014", {"/coins/gp": 300})),
        failing=(Example("cleric_5_2014"),),
    ),
)
