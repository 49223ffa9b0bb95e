"""MO18: a monster's spellcasting has the DC, the attack bonus and the slots of its ability and its caster level."""

import re
from collections.abc import Iterator

from dnd.rules.building import Mark, pointer, span_of
from dnd.rules.dossier import Dossier, Example
from dnd.rules.finding import Finding, Severity
from dnd.rules.mechanics import Said, block_rule, name_severity
from dnd.rules.monster_numbers import casting_ability, modifiers, proficiency, signed
from dnd.rules.rule import Skip
from dnd.sheets.block import BlockSpellcasting, StatBlock
from dnd.sheets.spell import SpellMention
from dnd.srd.abilities import ABILITY_NAMES, Ability
from dnd.srd.classes import class_named
from dnd.srd.edition import Edition
from dnd.srd.names import NameKind, find_spell, look_up
from dnd.srd.spellcasting import full_slots, slots

_DC = re.compile(r"spell save DC (\d{1,3})")
_ATTACK = re.compile(r"([+-]\d{1,3}) to hit with spell attacks")
_ORDINALS = ("1st", "2nd", "3rd", *(f"{number}th" for number in range(4, 10)))


def _casting(mark: Mark, block: StatBlock, dossier: Dossier) -> Said:
    stated = block.spellcasting
    texts = [(path, action.text) for path, action in block.all_actions if "pellcasting" in action.name]
    if stated is None and not texts:
        return Skip.NOT_APPLICABLE
    ability, bonus = casting_ability(block), proficiency(block)
    findings: list[Finding] = []
    if ability is not None and bonus is not None and ability in modifiers(block):
        rating = modifiers(block)[ability] + bonus
        findings.extend(_numbers(mark, stated, texts, ability, rating))
    if stated is not None:
        findings.extend(_slots(mark, stated, dossier.edition))
        findings.extend(_spells(mark, stated, dossier))
    lists = stated is not None and (stated.slots or stated.spells or stated.daily)
    return Skip.NOT_CHECKABLE if ability is None and not lists else findings


def _numbers(
    mark: Mark, stated: BlockSpellcasting | None, texts: list[tuple[str, str]], ability: Ability, rating: int
) -> Iterator[Finding]:
    """The save DC and the attack bonus, in the fields and in the text."""
    source = f"{ABILITY_NAMES[ability]} and the proficiency bonus"
    if stated is not None and stated.dc is not None and stated.dc != 8 + rating:
        message = f"The spell save DC with {source} is {8 + rating}, not {stated.dc}."
        right = 8 + rating
        yield mark("/spellcasting/dc", message, expected=str(right), found=str(stated.dc), correct=right)
    if stated is not None and stated.attack_bonus is not None and stated.attack_bonus != rating:
        message = f"Spell attacks with {source} hit with {signed(rating)}, not {signed(stated.attack_bonus)}."
        found = signed(stated.attack_bonus)
        yield mark("/spellcasting/attack_bonus", message, expected=signed(rating), found=found, correct=rating)
    for path, text in texts:
        yield from _in_text(mark, path, text, source, rating)


def _in_text(mark: Mark, path: str, text: str, source: str, rating: int) -> Iterator[Finding]:
    """Two faults of one text have one mend, the text with both numbers right."""
    rows = (("The spell save DC", _DC, str(8 + rating)), ("The bonus of spell attacks", _ATTACK, signed(rating)))
    mended = text
    for _, pattern, right in rows:
        if match := pattern.search(mended):
            mended = mended[: match.start(1)] + right + mended[match.end(1) :]
    for what, pattern, right in rows:
        match = pattern.search(text)
        if match and int(match[1]) != int(right):
            message = f"{what} with {source} is {right}, not {match[1]}."
            span = span_of(text, match.start(1), match.end(1))
            yield mark(f"{path}/text", message, span=span, expected=right, found=match[1], correct=mended)


def _slots(mark: Mark, stated: BlockSpellcasting, edition: Edition) -> Iterator[Finding]:
    level = stated.caster_level
    if not level or not stated.slots:
        return
    if not 1 <= level <= 20:
        yield mark("/spellcasting/caster_level", f"There are caster levels 1 to 20, not {level}.", found=str(level))
        return
    table = class_named(stated.class_name, edition) if stated.class_name else None
    if table is not None and table.caster == "pact":
        return
    right = slots(table.id, level, edition) if table is not None and table.caster != "none" else full_slots(level)
    for key, found in stated.slots.items():
        number = int(key) if key.isdecimal() else 0
        if not 1 <= number <= 9:
            yield mark(pointer("spellcasting", "slots", key), f"There are no slots of level “{key}”.", found=key)
        elif found is not None and found != right[number - 1]:
            count, ordinal = right[number - 1], _ORDINALS[number - 1]
            message = f"A spellcaster of level {level} has {count} slots of {ordinal} level, not {found}."
            path = pointer("spellcasting", "slots", key)
            yield mark(path, message, expected=str(count), found=str(found), correct=count)
    for number, count in enumerate(right, start=1):
        if count and str(number) not in stated.slots:
            message = (
                f"A spellcaster of level {level} has {count} slots of {_ORDINALS[number - 1]} level; none are listed."
            )
            yield mark("/spellcasting/slots", message, expected=str(count), found="none")


def _spells(mark: Mark, stated: BlockSpellcasting, dossier: Dossier) -> Iterator[Finding]:
    for key, mentions in stated.spells.items():
        for number, spell in enumerate(mentions):
            path = pointer("spellcasting", "spells", key, number)
            yield from _spell(mark, path, spell, int(key) if key.isdecimal() else None, dossier)
    for group, daily in enumerate(stated.daily):
        for number, spell in enumerate(daily.spells):
            yield from _spell(mark, pointer("spellcasting", "daily", group, "spells", number), spell, None, dossier)


def _spell(mark: Mark, path: str, spell: SpellMention, level: int | None, dossier: Dossier) -> Iterator[Finding]:
    found = look_up(NameKind.SPELL, spell.name, dossier.edition)
    severity = name_severity(found, dossier.names)
    if severity is not None:
        close = ", ".join(found.near) or None
        message = f"“{spell.name}” is not a spell of the SRD {dossier.edition}."
        where = f"{path}/name"
        if len(found.near) == 1:
            right = found.near[0]
            yield mark(where, message, expected=right, found=spell.name, severity=severity, correct=right)
        else:
            yield mark(where, message, expected=close, found=spell.name, severity=severity)
        return
    entry = find_spell(spell.name, dossier.edition)
    if entry is not None and level is not None and entry.level != level:
        of = "a cantrip" if entry.level == 0 else f"a spell of level {entry.level}"
        message = f"{entry.name} is {of}, and is listed under level {level}."
        yield mark(path, message, expected=str(entry.level), found=str(level))


_FIFTH = {"caster_level": 10, "ability": "int", "dc": 14, "slots": {"1": 4, "2": 3, "3": 3, "4": 3, "5": 1}}
_TEXT = (
    "The ogre casts one of the following spells, using Charisma as the spellcasting ability (spell save DC {dc}): "
    "At Will: Light."
)

RULES = (
    block_rule(
        _casting,
        id="MO18",
        title="A monster's spellcasting fits its ability and caster level",
        severity=Severity.ERROR,
        source="SRD 5.1 Monsters, Spellcasting; SRD 5.2 Monsters, Spellcasting",
        prompt=(
            "A monster's spell save DC is 8 plus proficiency bonus plus casting modifier, its spell attack the same "
            "without the 8, and its slots are those of its caster level; its spells exist."
        ),
        passing=(
            Example("mage_2014"),
            Example("ogre_2024", {"/actions/-": {"name": "Spellcasting", "text": _TEXT.format(dc=8)}}),
        ),
        failing=(
            Example("mage_2014", {"/spellcasting/dc": 15}),
            Example("mage_2014", {"/spellcasting/attack_bonus": 7}),
            Example("mage_2014", {"/spellcasting": _FIFTH}),
            Example("mage_2014", {"/spellcasting/spells/3": [{"name": "Firebal"}]}),
            Example("mage_2014", {"/spellcasting/spells/2": [{"name": "Fireball"}]}),
            Example("ogre_2024", {"/actions/-": {"name": "Spellcasting", "text": _TEXT.format(dc=15)}}),
        ),
    ),
)
