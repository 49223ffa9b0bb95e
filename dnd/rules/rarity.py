"""EQ13-EQ15: rarity is one of six, and bonus, price and level go with it."""

from collections.abc import Iterator

from dnd.rules.building import Mark, pointer
from dnd.rules.dossier import Dossier, Example
from dnd.rules.finding import Finding, Severity
from dnd.rules.mechanics import Said, sheet_rule
from dnd.rules.rule import Skip
from dnd.rules.things import RANK, Thing, rarities_in, rarity_words, thing_rule
from dnd.rules.wares import armor_of, gear_of, item_of, price_text, weapon_of
from dnd.sheets.sheet import CharacterSheet
from dnd.srd.advancement import HIGHEST_LEVEL
from dnd.srd.edition import Edition
from dnd.srd.items import LEVEL_BY_RARITY, RARITY_BY_BONUS, SCROLLS, BonusKind, item_value_gp
from dnd.srd.near import fold, letters, nearest
from dnd.srd.vocabulary import RARITIES, Rarity
from dnd.srd.wares import magic_bonus

_OPEN = frozenset({"varies", "rarity varies", "rarity by figurine type", "unknown"})
"""Words in place of a rarity that say that it is several, or not known."""
_MUNDANE = frozenset({"none", "mundane", "nonmagical", "non magical", "normal", "standard"})
"""What lists of possessions write where a thing is not magical."""
_LIST = ", ".join(RARITIES[:-1]) + " or " + RARITIES[-1]
_PASSING = frozenset({"potion", "scroll"})
"""Categories that are used up."""


def _word_and_bonus(mark: Mark, thing: Thing, dossier: Dossier) -> Said:
    if not thing.rarity:
        return Skip.NOT_APPLICABLE
    wrong = [word for word in rarity_words(thing.rarity) if word not in RANK and word not in _OPEN]
    if not thing.alone:
        wrong = [word for word in wrong if word not in _MUNDANE]
    if wrong:
        return (_no_rarity(mark, thing, wrong[0]),)
    return [*_too_common(mark, thing, dossier.edition)]


def _no_rarity(mark: Mark, thing: Thing, word: str) -> Finding:
    path = f"{thing.base}/rarity"
    message = f"There is no rarity “{word}”: it is {_LIST}."
    near = nearest(fold(word), ((rarity, letters(rarity)) for rarity in RARITIES))
    if len(near) == 1 and rarity_words(thing.rarity or "") == (word,):
        return mark(path, message, expected=near[0], found=word, correct=near[0])
    return mark(path, message, expected=_LIST, found=word)


def _too_common(mark: Mark, thing: Thing, edition: Edition) -> Iterator[Finding]:
    """Other powers make an item rarer, never more common, than its bonus alone."""
    bonus = thing.bonus or magic_bonus(thing.name)
    kind, stated = _bonus_kind(thing, edition), rarities_in(thing.rarity or "")
    least = RARITY_BY_BONUS[kind].get(bonus) if kind else None
    if kind is None or least is None or len(stated) != 1 or RANK[stated[0]] >= RANK[least]:
        return
    row = thing.row(edition)
    if row is not None and stated[0] in row.rarities:
        return
    thing_word = f"A suit of +{bonus} armor" if kind == "armor" else f"A +{bonus} {kind}"
    message = f"{thing_word} is at least {least}, not {stated[0]}."
    yield mark(f"{thing.base}/rarity", message, expected=least, found=stated[0], correct=least)


def _bonus_kind(thing: Thing, edition: Edition) -> BonusKind | None:
    armor = armor_of(thing.name)
    if armor is not None:
        return "shield" if armor.category == "shield" else "armor"
    if weapon_of(thing.name, edition) is not None or "sword" in thing.name.lower():
        return "weapon"
    words = f"{thing.category} {thing.name}".lower()
    kinds: tuple[BonusKind, ...] = ("ammunition", "shield", "armor", "weapon")
    return next((kind for kind in kinds if kind in words), None)


def _price(mark: Mark, thing: Thing, dossier: Dossier) -> Said:
    if thing.price is None:
        return Skip.NOT_APPLICABLE
    row = thing.row(dossier.edition)
    stated = rarities_in(thing.rarity or "") or (row.rarities if row else ())
    if len(stated) != 1:
        return Skip.NOT_CHECKABLE if row or thing.rarity or thing.alone else Skip.NOT_APPLICABLE
    rarity: Rarity = next(word for word in RARITIES if word == stated[0])
    consumable = thing.consumable or thing.category in _PASSING or bool(row and row.consumable)
    value = _scroll_value(thing) or item_value_gp(rarity, consumable=consumable)
    if value is None:
        return Skip.NOT_APPLICABLE
    gear = gear_of(_base_name(thing.name, dossier.edition), dossier.edition)
    dearest = value * 100 + (gear.cost_cp or 0 if gear else 0)
    each = {thing.price, thing.price / thing.quantity}
    if any(0.5 * value * 100 <= price <= 2 * dearest for price in each):
        return ()
    what = "a consumable item" if consumable else "an item"
    message = f"{price_text(thing.price)} is far from the {value:,} gp that {what} of this rarity ({rarity}) is worth."
    expected = f"about {price_text(dearest)}"
    return (mark(f"{thing.base}/price", message, expected=expected, found=price_text(thing.price)),)


def _scroll_value(thing: Thing) -> int | None:
    """A scroll is worth twice what scribing it costs."""
    level = thing.spell_level
    return SCROLLS[level].scribing_gp * 2 if level is not None and 0 <= level < len(SCROLLS) else None


def _base_name(name: str, edition: Edition) -> str:
    row = armor_of(name) or weapon_of(name, edition)
    return row.name if row else name


def _level(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Said:
    level = sheet.total_level
    if level is None or not 1 <= level <= HIGHEST_LEVEL:
        return Skip.NOT_CHECKABLE
    owned = [(pointer("equipment", at), item.name, item.rarity) for at, item in enumerate(sheet.equipment)]
    names = {fold(item.name) for item in sheet.equipment}
    owned += [(pointer("attuned", at), name, None) for at, name in enumerate(sheet.attuned) if fold(name) not in names]
    findings: list[Finding] = []
    checked = False
    for path, name, stated in owned:
        rarity = _rarity_of(name, stated, dossier.edition)
        if rarity is None:
            continue
        checked = True
        least = LEVEL_BY_RARITY[rarity]
        if level < least:
            message = (
                f"{name} is {rarity}: such items are usual from level {least}, and this character is of level {level}."
            )
            findings.append(mark(path, message, expected=f"level {least}", found=f"{rarity} at level {level}"))
    return findings if checked else Skip.NOT_APPLICABLE


def _rarity_of(name: str, stated: str | None, edition: Edition) -> Rarity | None:
    """The least rarity that the item may have: the SRD's, or else the stated one."""
    row = item_of(name, edition)
    words = row.rarities if row else rarities_in(stated or "")
    return next((rarity for rarity in RARITIES if rarity in words), None)


_CLOAK = Example("cloak_of_protection")
_SWORD = Example("plus_one_longsword")

RULES = (
    thing_rule(
        _word_and_bonus,
        id="EQ13",
        title="Rarity is one of six and fits the bonus",
        severity=Severity.ERROR,
        source="SRD 5.1 Magic Items; SRD 5.2 Magic Items, Magic Item Rarity",
        prompt=(
            "Give an item one of the six rarities; a +1, +2 or +3 weapon or shield is at least uncommon, rare or very "
            "rare, a suit of armor one step more."
        ),
        passing=(_CLOAK, _SWORD, Example("flame_tongue"), Example("plus_one_longsword", {"/rarity": "rare"})),
        failing=(
            Example("cloak_of_protection", {"/rarity": "mythical"}),
            Example("cloak_of_protection", {"/rarity": "uncomon"}),
            Example("plus_one_longsword", {"/name": "Longsword +3", "/bonus": 3}),
            Example("plus_one_longsword", {"/name": "Grimtooth", "/bonus": 2}),
            Example("fighter_3", {"/equipment/-": {"name": "Chain Mail +1", "rarity": "uncommon"}}),
        ),
    ),
    thing_rule(
        _price,
        id="EQ14",
        title="An item's price goes with its rarity",
        severity=Severity.WARNING,
        source="SRD 5.2 Magic Items, Magic Item Rarities and Values",
        prompt=(
            "Price a magic item near its rarity's value: 100, 400, 4,000, 40,000 or 200,000 gp, half for what is used "
            "up, and the armor or weapon on top."
        ),
        editions=("5.2",),
        passing=(
            _CLOAK,
            _SWORD,
            Example("scroll_fireball"),
            Example("cloak_of_protection", {"/name": "Plate Armor +1", "/rarity": "rare", "/price": 5500}),
        ),
        failing=(
            Example("cloak_of_protection", {"/price": 40}),
            Example("cloak_of_protection", {"/name": "Ring of the Gull", "/rarity": "rare", "/price": 200}),
            Example("rogue_5", {"/equipment/-": {"name": "Ring of Evasion", "rarity": "rare", "price": "90 gp"}}),
        ),
    ),
    sheet_rule(
        _level,
        id="EQ15",
        title="Items are of a rarity usual at the level",
        severity=Severity.WARNING,
        source="SRD 5.2 Character Creation, Starting at Higher Levels; Derived as a guideline for SRD 5.1",
        prompt="Give rare items from level 5, very rare ones from level 11, legendary ones from level 17.",
        passing=(
            Example("rogue_5", {"/equipment/-": "Ring of Protection"}),
            Example("fighter_3", {"/equipment/-": "Cloak of Protection"}),
        ),
        failing=(
            Example("fighter_3", {"/equipment/-": {"name": "Holy Avenger", "rarity": "legendary"}}),
            Example("fighter_3", {"/equipment/-": {"name": "The Gull", "rarity": "very rare"}}),
            Example("wizard_5", {"/attuned": ["Staff of the Magi"]}),
        ),
    ),
)
