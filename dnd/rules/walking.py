"""AC4, AC8: speed follows from species, class and what is worn."""

from itertools import chain

from dnd.rules.bearing import lineage_of, met, scores, worn
from dnd.rules.building import Mark
from dnd.rules.dossier import Dossier, Example
from dnd.rules.finding import Severity
from dnd.rules.mechanics import Said, sheet_rule
from dnd.rules.outfit import Outfit, Suit, outfit_of
from dnd.rules.reckoning import Reckoning, Sums, mend, reckon
from dnd.rules.rule import Skip
from dnd.sheets.sheet import CharacterSheet

HEAVY_PENALTY = 10
"""Feet lost in heavy armour by who is too weak for it (both SRDs, Equipment, Armor)."""
_STRIDERS = frozenset({"Boots of Striding and Springing"})
"""Items whose wearer heavy armour does not slow down."""


def _too_weak(person: Reckoning, suit: Suit | None) -> bool | None:
    """Whether the wearer lacks the Strength that the suit asks for; None where the score is not known."""
    need = suit.armor.strength if suit is not None else None
    if need is None:
        return False
    reached = scores(person, "str")
    return max(reached) < need if reached else None


def _steady(person: Reckoning) -> bool:
    """Whether heavy armour does not slow the wearer: a 5.1 dwarf, or certain boots."""
    kin = person.species
    dwarf = person.edition == "5.1" and kin is not None and kin.id == "dwarf"
    return dwarf or any(each.effect.name in _STRIDERS for each in worn(person))


def _strength(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Said:
    person = reckon(sheet, dossier)
    outfit = outfit_of(person)
    suit = outfit.suit if outfit is not None else None
    if suit is None or suit.armor.strength is None or outfit is None:
        return Skip.NOT_APPLICABLE
    if _steady(person) or not _too_weak(person, suit):
        return ()
    speeds = _speeds(person, outfit)
    if speeds is None or sheet.speed is None:
        return Skip.NOT_CHECKABLE
    slowed = frozenset(value - HEAVY_PENALTY for value in speeds.values)
    if sheet.speed in slowed or sheet.speed not in speeds:
        return ()
    score = max(scores(person, "str"))
    right = None if speeds.right is None else speeds.right - HEAVY_PENALTY
    message = (
        f"{suit.armor.name} asks for Strength {suit.armor.strength}; with {score} its wearer is {HEAVY_PENALTY} feet "
        f"slower, and the speed is not {sheet.speed} feet."
    )
    wanted = " or ".join(str(value) for value in sorted(slowed))
    fix = mend(mark, "/speed", right)
    return (mark("/speed", message, expected=f"{wanted} feet", found=f"{sheet.speed} feet", fix=fix),)


def _speeds(person: Reckoning, outfit: Outfit | None) -> Sums | None:
    """The legal speeds before any penalty; None where the species is not known."""
    kin = person.species
    if kin is None or (person.sheet.classes and not person.complete):
        return None
    lineage = lineage_of(person)
    if lineage is not None:
        bases = {lineage.speed or kin.speed}
    else:
        bases = {kin.speed, *(row.speed for row in person.lineages if row.speed is not None)}
    bases |= {each.effect.walking_speed for each in worn(person) if each.effect.walking_speed}
    # A lineage's own speed is a base already.
    kept = [each for each in met(person, "speed") if each.row.lineage is None and each.amount]
    allowed = ((each.extra, _allowed(each.row.without, outfit)) for each in kept)
    extras = [extra if sure else extra._replace(sure="") for extra, sure in allowed if sure is not False]
    return person.sums(bases, extras)


def _allowed(without: tuple[str, ...], outfit: Outfit | None) -> bool | None:
    """Whether what is worn permits a bonus; None where the sheet leaves open what is worn."""
    if not without:
        return True
    if outfit is None:
        return None
    answers = [_absent(thing, outfit) for thing in without]
    return False if False in answers else None if None in answers else True


def _absent(thing: str, outfit: Outfit) -> bool | None:
    if thing == "shield":
        return None if outfit.shield is None else not outfit.shield
    heavy = [suit is not None and (thing == "armor" or suit.armor.category == "heavy") for suit in outfit.suits]
    return None if any(heavy) and not all(heavy) else not any(heavy)


def _speed(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Said:
    person = reckon(sheet, dossier)
    outfit = outfit_of(person)
    legal = _speeds(person, outfit)
    if legal is None or sheet.speed is None:
        return Skip.NOT_CHECKABLE
    suits: tuple[Suit | None, ...] = outfit.suits if outfit is not None else ()
    weak = not _steady(person) and any(_too_weak(person, suit) is not False for suit in suits)
    slowed = {value - HEAVY_PENALTY for value in legal.values} if weak else set[int]()
    if sheet.speed in legal or sheet.speed in slowed:
        return ()  # the penalty itself is AC4's
    wanted = " or ".join(str(value) for value in sorted(chain(legal.values, slowed)))
    kin = sheet.lineage or sheet.species
    classes = " / ".join(f"{held.table.name.lower()} {held.level}" for held in person.classes)
    who = f"{kin} {classes}".strip()
    explained = person.unknown and sheet.speed > max(legal.values)
    return (
        mark(
            "/speed",
            f"The speed of the {who} is {wanted} feet, not {sheet.speed}.",
            expected=f"{wanted} feet",
            found=f"{sheet.speed} feet",
            severity=Severity.WARNING if explained else None,
            fix=None if explained or weak else mend(mark, "/speed", legal.right),
        ),
    )


_PLATE = {"/armor": "Plate Armor", "/ability_scores/str": 10}

RULES = (
    sheet_rule(
        _strength,
        id="AC4",
        title="Heavy armor slows who is too weak for it",
        severity=Severity.WARNING,
        source="SRD 5.1 Equipment (Armor, Strength); SRD 5.2 Equipment (Armor, Strength)",
        prompt="Reduce the speed by 10 feet in heavy armor whose Strength the wearer lacks.",
        about=("speed",),
        needs=("ability_scores.str",),
        passing=(
            Example("paladin_6"),
            Example("fighter_3_rogue_2", {**_PLATE, "/speed": 20}),
            Example("cleric_5_2014", {**_PLATE, "/species": "Dwarf", "/lineage": "Hill Dwarf", "/speed": 25}),
        ),
        failing=(
            Example("fighter_3_rogue_2", _PLATE),
            Example("wizard_5_2014", {"/armor": "Chain Mail", "/speed": 25}),
        ),
    ),
    sheet_rule(
        _speed,
        id="AC8",
        title="Speed follows from species and class",
        severity=Severity.ERROR,
        source="SRD 5.1 Races and Classes (Speed); SRD 5.2 Character Origins and Classes (Speed)",
        prompt="Speed is that of the species, plus what the class adds for the armor worn.",
        about=("speed",),
        needs=("species",),
        passing=(
            Example("wizard_5"),
            Example("wizard_5_2014"),
            Example("barbarian_5"),
            Example("fighter_3_rogue_2", {**_PLATE, "/speed": 20}),
            Example("barbarian_5", {"/armor": "Chain Mail", "/speed": 30}),
            Example("wizard_5", {"/species": "Elf", "/lineage": "Wood Elf", "/speed": 35}),
        ),
        failing=(
            Example("wizard_5_2014", {"/speed": 30}),
            Example("wizard_5", {"/speed": 25}),
            Example("barbarian_5", {"/speed": 30}),
            Example("barbarian_5", {"/armor": "Chain Mail"}),
        ),
    ),
)
