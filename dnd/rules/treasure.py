"""TR1: an encounter's treasure suits the party's level."""

from dnd.rules.building import Mark, pointer
from dnd.rules.dossier import Dossier, Example
from dnd.rules.finding import Finding, Severity
from dnd.rules.mechanics import Said, encounter_rule
from dnd.rules.rule import Skip
from dnd.sheets.encounter import EncounterPlan
from dnd.sheets.sheet import Coins
from dnd.sheets.values import COPPER
from dnd.srd.items import HIGHER_STARTS, LEVEL_BY_RARITY
from dnd.srd.names import find_magic_item
from dnd.srd.vocabulary import RARITIES


def _treasure(mark: Mark, plan: EncounterPlan, dossier: Dossier) -> Said:
    if plan.coins is None and not plan.items:
        return Skip.NOT_APPLICABLE
    level = max(plan.party)
    findings: list[Finding] = []
    each = _most_gold(level)
    if plan.coins is not None and each is not None:
        gold, most = _gold(plan.coins), each * len(plan.party)
        if gold > most:
            message = f"{round(gold):,} gp are much for a party of level {level}: up to {most:,} gp are usual."
            findings.append(mark("/coins", message, expected=f"at most {most:,} gp", found=f"{round(gold):,} gp"))
    for number, name in enumerate(plan.items):
        entry = find_magic_item(name, dossier.edition)
        if entry is None:
            continue
        levels = {word: LEVEL_BY_RARITY[word] for word in RARITIES if word in entry.rarities}
        rarity = min(levels, key=lambda word: levels[word], default=None)
        least = levels[rarity] if rarity else 1
        if level < least:
            message = (
                f"{entry.name} is {rarity}; such items are first found at about level {least}, not at level {level}."
            )
            findings.append(mark(pointer("items", number), message, expected=f"level {least} or higher", found=rarity))
    return findings


def _most_gold(level: int) -> int | None:
    """Gold pieces that no character of this level is likely to have: what one of the next tier starts with at most."""
    later = [row.most_gold for row in HIGHER_STARTS if row.levels[0] > level and row.most_gold]
    return min(later, default=None)


def _gold(coins: Coins) -> float:
    return sum((getattr(coins, coin) or 0) * worth for coin, worth in COPPER.items()) / COPPER["gp"]


_LOW = {"/party": [2, 2, 2, 2]}

RULES = (
    encounter_rule(
        _treasure,
        id="TR1",
        title="Treasure suits the party's level",
        severity=Severity.WARNING,
        source="SRD 5.2 Character Creation, Starting at Higher Levels; Derived",
        prompt="Give treasure of the party's level: rare items from level 5, very rare from 11, legendary from 17.",
        about=("party",),
        passing=(
            Example("three_wolves", {**_LOW, "/coins": {"gp": 120, "sp": 40}}),
            Example("three_wolves", {**_LOW, "/items": ["Cloak of Protection"]}),
        ),
        failing=(
            Example("three_wolves", {**_LOW, "/coins": {"gp": 50000}}),
            Example("three_wolves", {**_LOW, "/items": ["Holy Avenger"]}),
        ),
    ),
)
