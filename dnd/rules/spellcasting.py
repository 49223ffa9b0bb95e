"""SP17, SP18, SP22: save DCs and attack bonuses of spells, Mystic Arcanum, and the spell levels within reach."""

from collections.abc import Iterable, Iterator

from dnd.rules.building import Mark
from dnd.rules.casting import HIGHEST_PACT_LEVEL, Casting, castings, levelled, pact_holder
from dnd.rules.dossier import Dossier, Example
from dnd.rules.finding import Finding, Severity
from dnd.rules.mechanics import sheet_rule
from dnd.rules.reckoning import Reckoning, mend, reckon
from dnd.rules.rule import Skip
from dnd.sheets.sheet import CharacterSheet
from dnd.srd.abilities import ABILITY_NAMES, as_ability
from dnd.srd.spellcasting import MYSTIC_ARCANUM, full_slots

TABLES = "SRD 5.1 Classes (Spellcasting); SRD 5.2 Classes (Spellcasting)"
ARCANUM = "SRD 5.1 Warlock (Mystic Arcanum); SRD 5.2 Warlock (Mystic Arcanum)"
DC_BASE = 8
_LEVELS = "spellcasting"


def _numbers(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Iterable[Finding] | Skip:
    reckoning = reckon(sheet, dossier)
    entries = [
        casting
        for casting in castings(reckoning)
        if casting.entry.save_dc is not None or casting.entry.attack_bonus is not None or casting.entry.ability
    ]
    if not entries:
        return Skip.NOT_APPLICABLE
    found = list[Finding]()
    checked = [casting for casting in entries if _judge(mark, casting, found)]
    return found if checked else Skip.NOT_CHECKABLE


def _judge(mark: Mark, casting: Casting, found: list[Finding]) -> bool:
    """Add what is wrong with an entry's ability, save DC and attack bonus; False where nothing can be told."""
    entry, reckoning, bonus = casting.entry, casting.reckoning, casting.reckoning.proficiency
    ability = casting.ability
    if ability is None and entry.ability in ABILITY_NAMES and (casting.held is None or reckoning.unknown):
        ability = as_ability(entry.ability or "")
    if ability is None:
        return False
    name = ABILITY_NAMES[ability]
    if entry.ability is not None and entry.ability != ability:
        stated = ABILITY_NAMES[as_ability(entry.ability)] if entry.ability in ABILITY_NAMES else entry.ability
        owner = casting.held.table.name if casting.held else "class"
        message = f"The spellcasting ability of the {owner} is {name}, not {stated}."
        found.append(mark(f"{casting.path}/ability", message, expected=name, found=stated, correct=ability))
    modifiers = reckoning.modifiers(ability)
    if bonus is None or not modifiers:
        return True
    rows = (
        ("save_dc", entry.save_dc, DC_BASE, "spell_dc", "spell save DC"),
        ("attack_bonus", entry.attack_bonus, 0, "spell_attack", "spell attack bonus"),
    )
    for field, stated, base, kind, words in rows:
        values = reckoning.sums((base + bonus + value for value in modifiers), reckoning.extras(kind))
        if stated is None or stated in values:
            continue
        explained = reckoning.unknown and stated > max(values.values)
        wanted = " or ".join(str(value) for value in sorted(values.values))
        found.append(
            mark(
                f"{casting.path}/{field}",
                f"The {words} is {stated}; with {name} {modifiers[0]:+d} and a proficiency bonus of {bonus:+d}"
                f" it is {wanted}.",
                expected=wanted,
                found=str(stated),
                severity=Severity.WARNING if explained else None,
                fix=None if explained else mend(mark, f"{casting.path}/{field}", values.right),
            )
        )
    return True


def _arcanum(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Iterable[Finding] | Skip:
    reckoning = reckon(sheet, dossier)
    warlock = pact_holder(reckoning)
    if warlock is None:
        return Skip.NOT_APPLICABLE
    found = list[Finding]()
    for casting in castings(reckoning):
        if casting.held is not warlock:
            continue
        taken = set[int]()
        for row in casting.listed("arcanum", "known", "prepared"):
            level = row.level
            if (
                level is None
                or (level <= HIGHEST_PACT_LEVEL and "/arcanum/" not in row.path)
                or row.key in casting.given | casting.stated
            ):
                continue
            at = MYSTIC_ARCANUM.get(level)
            if at is None or warlock.level < at:
                reached = f"a warlock gains it at level {at}" if at else "an arcanum is of spell level 6 to 9"
                message = (
                    f"{row.mention.name} is of level {level}; {reached}, and this one is of level {warlock.level}."
                )
                found.append(mark(row.path, message, expected="no such arcanum yet", found=row.mention.name))
            elif level in taken:
                message = f"{row.mention.name} is a second arcanum of spell level {level}; a warlock has one of each."
                found.append(mark(row.path, message, expected=f"one of level {level}", found=row.mention.name))
            taken.add(level)
    return found


def _out_of_reach(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Iterable[Finding] | Skip:
    reckoning = reckon(sheet, dossier)
    if len(sheet.classes) != 1:
        return Skip.NOT_APPLICABLE
    if not reckoning.complete:
        return _above_any(mark, reckoning)
    return list(beyond(mark, reckoning))


def _above_any(mark: Mark, reckoning: Reckoning) -> Iterable[Finding] | Skip:
    """Of a class that the SRD does not have, only what no class has can be told."""
    total = reckoning.sheet.total_level
    if total is None or total < 1:
        return Skip.NOT_CHECKABLE
    most = sum(1 for count in full_slots(total) if count)
    found = list[Finding]()
    for casting in castings(reckoning):
        highest = max((level for level, count in enumerate(casting.entry.slots or (), 1) if count), default=0)
        if highest > most:
            message = f"Slots of spell level {highest} are beyond every class at level {total}: the highest is {most}."
            found.append(mark(f"{casting.path}/slots", message, expected=f"at most {most}", found=str(highest)))
    return found


def beyond(mark: Mark, reckoning: Reckoning) -> Iterator[Finding]:
    """The spells of a level that the entry's own class does not cast at its level."""
    for casting in castings(reckoning):
        if not casting.list_id or casting.held is None:
            continue
        warlock = casting.held.table.caster == "pact"
        for row in levelled(casting.listed("known", "prepared", "always_prepared", "spellbook")):
            level = row.level
            if level is None or level <= casting.highest or (warlock and level > HIGHEST_PACT_LEVEL):
                continue
            if row.key in casting.given:
                continue
            who = f"{casting.held.table.name} {casting.held.level}"
            yield mark(
                row.path,
                f"{row.mention.name} is of level {level}; {who} casts spells of level {casting.highest} at most.",
                expected=f"at most level {casting.highest}",
                found=f"level {level}",
                severity=Severity.WARNING if reckoning.unknown and "/always_prepared/" in row.path else None,
            )


RULES = (
    sheet_rule(
        _numbers,
        id="SP17",
        title="Spell save DC and spell attack bonus",
        severity=Severity.ERROR,
        source=TABLES,
        prompt="The spell save DC is 8 plus proficiency bonus plus spellcasting modifier; the attack lacks the 8.",
        about=(_LEVELS,),
        needs=("ability_scores",),
        passing=(Example("wizard_5"), Example("cleric_5_2014"), Example("warlock_5")),
        failing=(
            Example("cleric_5_2014", {"/spellcasting/0/ability": "int"}),
            Example("wizard_5", {"/spellcasting/0/save_dc": 16}),
            Example("warlock_5", {"/spellcasting/0/attack_bonus": 8}),
        ),
    ),
    sheet_rule(
        _arcanum,
        id="SP18",
        title="Mystic Arcanum",
        severity=Severity.ERROR,
        source=ARCANUM,
        prompt="A warlock has one arcanum each of spell level 6, 7, 8 and 9, from levels 11, 13, 15 and 17.",
        about=(_LEVELS,),
        needs=("classes",),
        passing=(Example("warlock_5"),),
        failing=(Example("warlock_5", {"/spellcasting/0/arcanum": ["True Seeing"]}),),
    ),
    sheet_rule(
        _out_of_reach,
        id="SP22",
        title="Spell levels within reach",
        severity=Severity.ERROR,
        source=TABLES,
        prompt="List no spell of a higher level than the class has slots for at this level.",
        about=(_LEVELS,),
        needs=("classes",),
        passing=(Example("wizard_5"), Example("cleric_5_2014")),
        failing=(
            Example("wizard_5", {"/spellcasting/0/prepared/8": "Disintegrate"}),
            Example("paladin_2_2014", {"/spellcasting/0/prepared/0": "Aid"}),
        ),
    ),
)
