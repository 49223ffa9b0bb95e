"""NA6: the weapons and armor that prose gives a character are on the sheet."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from dnd.rules.building import Mark
from dnd.rules.dossier import Dossier, Example
from dnd.rules.finding import Finding, Severity
from dnd.rules.mechanics import Said, sheet_story_rule
from dnd.rules.narrative_actor import Actor, actor_of, holder_of
from dnd.rules.narrative_lines import Line, doubtful, in_quotes, lines_with
from dnd.rules.narrative_people import OWNERS, Hero, hero_of
from dnd.rules.rule import Skip
from dnd.rules.spotting import Spot, claimed, spot_finding
from dnd.sheets.sheet import CharacterSheet
from dnd.srd.armor import armor_named
from dnd.srd.edition import Edition
from dnd.srd.near import fold
from dnd.srd.weapons import weapon_named, weapons

_ARMOR = (
    *("padded armor", "leather armor", "studded leather", "studded leather armor", "hide armor", "chain shirt"),
    *("scale mail", "breastplate", "half plate", "ring mail", "chain mail", "splint armor", "splint", "plate armor"),
    *("plate mail", "full plate", "half plate armor"),
)
_GENERIC = {"crossbow": "crossbow"}
"""Kinds of weapon without a row of their own: any on the sheet whose name has the word will do."""
_COMMON = frozenset(
    {"club", "net", "dart", "sling", "pike", "lance", "splint", "mace", "whip", "musket", "pistol", "flail"}
)
"""Names that are something else as often."""
_WIELD = frozenset(
    (
        *(
            "drew",
            "draws",
            "draw",
            "drawn",
            "wields",
            "wielded",
            "wield",
            "swings",
            "swung",
            "raises",
            "raised",
            "lifts",
        ),
        *(
            "lifted",
            "brandished",
            "brandishes",
            "unsheathed",
            "unsheathes",
            "levelled",
            "leveled",
            "polished",
            "buckled",
        ),
        *("strapped", "hefted", "hefts", "swinging", "drawing", "sharpens", "sharpened", "oiled", "gripped", "grips"),
    )
)
_GONE = frozenset(
    (
        *("lost", "sold", "broke", "broken", "gave", "given", "stolen", "stole", "pawned", "buried", "threw", "once"),
        *("former", "shattered", "snapped", "melted", "traded", "surrendered", "left", "borrowed", "borrows", "took"),
        *(
            "dead",
            "burned",
            "dropped",
            "inherited",
            "wanted",
            "wants",
            "bought",
            "someday",
            "forged",
            "rusted",
            "practice",
        ),
    )
)
"""Signs that it is not, or is no longer, among the character's things."""


class _Arm(NamedTuple):
    """A weapon or armor that prose may name."""

    words: tuple[str, ...]
    name: str
    armor: bool


@cache
def _arms(edition: Edition) -> Mapping[str, tuple[_Arm, ...]]:
    """By first word; longest first."""
    found: dict[str, list[_Arm]] = {}
    named = [(name, False) for name in (*weapons(edition), *_GENERIC)] + [(name, True) for name in _ARMOR]
    for name, armor in named:
        folded = fold(name)
        for spelling in (folded, folded.replace("armor", "armour")):
            arm = _Arm(tuple(spelling.split()), folded, armor)
            found.setdefault(arm.words[0], []).append(arm)
    return {first: tuple(sorted(arms, key=lambda arm: -len(arm.words))) for first, arms in found.items()}


_ANY_WEAPON = frozenset(
    ("sword", "blade", "weapon", "tongue", "bow", "avenger", "axe", "hammer", "brand", "staff", "reaver")
)
"""Words in the name of a thing that may be any weapon: Flame Tongue, Holy Avenger, Dawn Blade."""
_ANY_ARMOR = frozenset(("armor", "mail", "plate"))


class _Owned(NamedTuple):
    """What a sheet says of arms."""

    weapons: frozenset[str]
    """Folded names; empty when the sheet names none."""
    armor: frozenset[str]
    unknown_weapon: bool
    """Whether something may be any weapon."""
    unknown_armor: bool


def _owned(sheet: CharacterSheet, edition: Edition) -> _Owned:
    written = [entry.name for entry in (*sheet.weapons, *sheet.equipment)]
    written += [*sheet.attuned, *([sheet.armor] if sheet.armor else [])]
    held = {fold(row.name) for name in written if (row := weapon_named(name, edition))}
    worn = {fold(row.name) for name in written if (row := armor_named(name))}
    folded = [fold(name) for name in written]
    return _Owned(
        weapons=frozenset(held | {name for name in folded if weapon_named(name, edition)}),
        armor=frozenset(worn),
        unknown_weapon=any(weapon_named(entry.name, edition) is None for entry in sheet.weapons)
        or any(_ANY_WEAPON & frozenset(name.split()) for name in folded if weapon_named(name, edition) is None),
        unknown_armor=any(_ANY_ARMOR & frozenset(name.split()) for name in folded if armor_named(name) is None),
    )


def _has(owned: _Owned, arm: _Arm) -> bool:
    if arm.armor:
        row = armor_named(arm.name)
        return not owned.armor or owned.unknown_armor or (row is not None and fold(row.name) in owned.armor)
    return not owned.weapons or owned.unknown_weapon or any(arm.name in name for name in owned.weapons)


def _arms_rule(mark: Mark, sheet: CharacterSheet, dossier: Dossier) -> Said:
    owned = _owned(sheet, dossier.edition)
    if not owned.weapons and not owned.armor:
        return Skip.NOT_CHECKABLE
    return _strange_arms(mark, sheet, dossier, owned)


def _strange_arms(mark: Mark, sheet: CharacterSheet, dossier: Dossier, owned: _Owned) -> Iterator[Finding]:
    hero, index = hero_of(sheet), _arms(dossier.edition)
    for line in lines_with(dossier, index.keys()):
        for number in range(line.first, line.last):
            arm = _arm_at(index, line, number)
            if arm is None or _has(owned, arm) or not _GONE.isdisjoint(line.words):
                continue
            if not _carried(hero, line, number, arm) or doubtful(line, number) or in_quotes(line, number):
                continue
            start, end = line.passage.spans[number][0], line.passage.spans[number + len(arm.words) - 1][1]
            spot = Spot(line.leaf, start, end)
            if not claimed(dossier, spot.text):
                kind, known = ("armor", owned.armor) if arm.armor else ("weapon", owned.weapons)
                yield spot_finding(
                    mark,
                    dossier,
                    spot,
                    f"The sheet has no {arm.name} among {sheet.name or 'the character'}'s {kind}s.".replace(
                        "armors", "armor"
                    ),
                    expected=", ".join(sorted(known)),
                )


def _arm_at(index: Mapping[str, tuple[_Arm, ...]], line: Line, number: int) -> _Arm | None:
    words = line.passage.words
    for arm in index.get(words[number], ()):
        if tuple(words[number : number + len(arm.words)]) == arm.words:
            behind = words[number + len(arm.words) : number + len(arm.words) + 1]
            return None if behind in (["of"], ["shaped"], ["point"], ["wound"], ["is"]) and arm.name in _COMMON else arm
    return None


def _carried(hero: Hero, line: Line, number: int, arm: _Arm) -> bool:
    """Whether the character has it: "her greatsword", "Pim's halberd", "drew a rapier"."""
    words = line.passage.words
    owner = next(
        (place for place in range(number - 1, max(number - 4, line.first - 1), -1) if words[place] in OWNERS), None
    )
    possessive = any(line.passage.possessive(place) for place in range(max(number - 3, line.first), number))
    if arm.name in _COMMON and _WIELD.isdisjoint(line.words):
        return False
    if owner is not None or possessive:
        return holder_of(hero, line, number) is not Actor.OTHER
    verb = next(
        (place for place in range(number - 1, max(number - 4, line.first - 1), -1) if words[place] in _WIELD), None
    )
    return verb is not None and actor_of(hero, line, verb) is Actor.CLEAR


RULES = (
    sheet_story_rule(
        _arms_rule,
        id="NA6",
        title="Weapons and armor in prose are on the sheet",
        severity=Severity.WARNING,
        source="Service contract, Subject; SRD 5.1 and 5.2 Equipment (Weapons, Armor)",
        prompt="Give the character no weapon or armor that the sheet does not have.",
        passing=(
            Example("rogue_5", text="She drew her rapier. The guard lowered his halberd."),
            Example("rogue_5", text="She lost her greatsword in the river."),
        ),
        failing=(
            Example("rogue_5", text="Nell leaned on her greatsword."),
            Example("fighter_3", text="Sten polished his plate armor."),
        ),
    ),
)
