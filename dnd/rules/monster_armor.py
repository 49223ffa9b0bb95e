"""MO13, MO19: Armor Class is that of the armor stated, and a monster of the SRD has the SRD's numbers."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from dnd.rules.building import Mark
from dnd.rules.dossier import Dossier, Example
from dnd.rules.finding import Finding, Severity
from dnd.rules.mechanics import Said, block_rule
from dnd.rules.rule import Skip
from dnd.sheets.block import StatBlock
from dnd.sheets.values import Dice
from dnd.srd.abilities import ABILITIES, ABILITY_NAMES
from dnd.srd.armor import SHIELD_BONUS, Armor, armor_named
from dnd.srd.catalogue import Monster
from dnd.srd.names import find_monster

_PIECE = re.compile(r"\s*(?:,| and |;)\s*")
_LATER = re.compile(r"\d+ (?:with|while|in|when)\b|\b(?:with|while|in|when) ")
"""What armor becomes with a spell or in another form says nothing of the number before."""
_MAGIC = re.compile(r"\+(\d)\b")
_UNARMORED = 10


def _armor(mark: Mark, block: StatBlock, dossier: Dossier) -> Said:  # noqa: ARG001 -- the shape of a check
    dexterity, stated = block.modifier("dex"), block.armor_class
    if dexterity is None or stated is None:
        return Skip.NOT_CHECKABLE
    pieces = [piece for piece in _PIECE.split((block.armor_note or "").lower()) if piece and not _LATER.search(piece)]
    if any("natural" in piece for piece in pieces):
        return ()
    worn = [armor_named(piece) for piece in pieces]
    if any(row is None for row in worn):
        return Skip.NOT_CHECKABLE
    right = _class_of([row for row in worn if row is not None], dexterity)
    right += sum(int(bonus) for piece in pieces for bonus in _MAGIC.findall(piece))
    if stated == right:
        return ()
    if pieces:
        worn_names = " and ".join(pieces).capitalize()
        message = f"{worn_names} with Dexterity {dexterity:+d} gives Armor Class {right}, not {stated}."
        return (mark("/armor_class", message, expected=str(right), found=str(stated), correct=right),)
    # Armor that is not named may be natural armor that somebody forgot to write.
    message = f"Without armor, Armor Class is 10 and Dexterity {dexterity:+d}: {right}, not {stated}. Name the armor."
    return (mark("/armor_class", message, expected=str(right), found=str(stated), severity=Severity.WARNING),)


def _class_of(worn: Iterable[Armor], dexterity: int) -> int:
    rows = list(worn)
    body = [row.armor_class(dexterity) for row in rows if row.category != "shield"]
    shields = sum(SHIELD_BONUS for row in rows if row.category == "shield")
    return max(body, default=_UNARMORED + dexterity) + shields


@dataclass(frozen=True, slots=True)
class Known:
    """A number of a stat block and the SRD's own."""

    path: str
    what: str
    stated: Callable[[StatBlock], object]
    srd: Callable[[Monster], object]


def _score(place: int) -> Known:
    ability = ABILITIES[place]

    def stated(block: StatBlock) -> object:
        return None if block.ability_scores is None else block.ability_scores.of(ability)

    return Known(f"/ability_scores/{ability}", ABILITY_NAMES[ability], stated, lambda monster: monster.abilities[place])


_KNOWN = (
    Known("/challenge_rating", "challenge rating", lambda block: block.challenge_rating, lambda monster: monster.cr),
    Known("/armor_class", "Armor Class", lambda block: block.armor_class, lambda monster: monster.ac),
    Known("/hit_points", "hit points", lambda block: block.hit_points, lambda monster: monster.hp),
    Known(
        "/hit_dice",
        "Hit Dice",
        lambda block: None if block.hit_dice is None else str(block.hit_dice),
        lambda monster: str(Dice.model_validate(monster.hit_dice)),
    ),
    Known("/type", "type", lambda block: block.type, lambda monster: None if monster.swarm else monster.type),
    *(_score(place) for place in range(len(ABILITIES))),
)


def _official(mark: Mark, block: StatBlock, dossier: Dossier) -> Said:
    if dossier.names == "homebrew_ok" or block.name is None:
        return Skip.NOT_APPLICABLE
    entry = find_monster(block.name, dossier.edition)
    if entry is None:
        return Skip.NOT_APPLICABLE
    return list(_differences(mark, block, entry))


def _differences(mark: Mark, block: StatBlock, entry: Monster) -> Iterable[Finding]:
    for known in _KNOWN:
        stated, right = known.stated(block), known.srd(entry)
        if stated is None or right is None or stated == right:
            continue
        message = f"The SRD's {entry.name} has {known.what} {right}, not {stated}."
        yield mark(known.path, message, expected=str(right), found=str(stated))


RULES = (
    block_rule(
        _armor,
        id="MO13",
        title="Armor Class is that of the stated armor",
        severity=Severity.ERROR,
        source="SRD 5.1 Monsters, Armor Class; SRD 5.1 Equipment, Armor",
        prompt="Armor Class follows from the stated armor, shield and Dexterity; else write natural armor.",
        editions=("5.1",),
        about=("armor_class",),
        needs=("ability_scores.dex",),
        passing=(
            Example("ogre_2014"),
            Example("ogre_2014", {"/armor_note": None, "/armor_class": 9}),
            Example("ogre_2014", {"/armor_note": "chain mail, shield", "/armor_class": 18}),
        ),
        failing=(
            Example("ogre_2014", {"/armor_note": "leather armor", "/armor_class": 16, "/ability_scores/dex": 18}),
            Example("ogre_2014", {"/armor_class": 14}),
            Example("ogre_2014", {"/armor_note": None, "/armor_class": 14}),
        ),
    ),
    block_rule(
        _official,
        id="MO19",
        title="A monster of the SRD has the SRD's numbers",
        severity=Severity.WARNING,
        source="SRD 5.1 Monsters; SRD 5.2 Monsters A-Z",
        prompt="A monster under the SRD's own name keeps the SRD's numbers, or takes another name.",
        about=("name",),
        passing=(Example("ogre_2014", names="official"), Example("ogre_2024", names="strict_srd")),
        failing=(
            Example("ogre_2014", {"/challenge_rating": "3"}, names="official"),
            Example("ogre_2024", {"/ability_scores/str": 21}, names="strict_srd"),
        ),
    ),
)
