"""MO1-MO5: XP and proficiency bonus follow from the challenge rating, hit points from Hit Dice and Constitution."""

from collections.abc import Iterable

from dnd.rules.building import Mark
from dnd.rules.dossier import Dossier, Example
from dnd.rules.finding import Finding, Severity
from dnd.rules.mechanics import Said, block_rule
from dnd.rules.monster_numbers import rating_of, signed, true_hit_dice
from dnd.rules.rule import Skip
from dnd.sheets.block import StatBlock
from dnd.srd.monsters import HARMLESS_XP, HIT_DIE_BY_SIZE, XP_BY_CR, proficiency_by_cr

_RATINGS = "0, 1/8, 1/4, 1/2 or 1 to 30"


def _experience(mark: Mark, block: StatBlock, dossier: Dossier) -> Iterable[Finding]:  # noqa: ARG001 -- the shape of a check
    rating = block.challenge_rating
    if rating not in XP_BY_CR:
        return (
            mark(
                "/challenge_rating",
                f"There is no challenge rating “{rating}”: it is {_RATINGS}.",
                expected=_RATINGS,
                found=rating,
            ),
        )
    worth = XP_BY_CR[rating or ""]
    harmless = rating == "0" and block.experience == HARMLESS_XP
    if block.experience is None or block.experience == worth or harmless:
        return ()
    message = f"A monster of challenge rating {rating} is worth {worth:,} XP, not {block.experience:,}."
    return (mark("/experience", message, expected=f"{worth:,}", found=f"{block.experience:,}", correct=worth),)


def _proficiency(mark: Mark, block: StatBlock, dossier: Dossier) -> Said:  # noqa: ARG001 -- as above
    rating, stated = rating_of(block), block.proficiency_bonus
    if rating is None or stated is None:
        return Skip.NOT_CHECKABLE
    right = proficiency_by_cr(rating)
    if stated == right:
        return ()
    message = f"At challenge rating {rating:g} the proficiency bonus is {signed(right)}, not {signed(stated)}."
    return (mark("/proficiency_bonus", message, expected=signed(right), found=signed(stated), correct=right),)


def _hit_points(mark: Mark, block: StatBlock, dossier: Dossier) -> Said:  # noqa: ARG001 -- as above
    dice, stated = true_hit_dice(block), block.hit_points
    if dice is None or stated is None:
        return Skip.NOT_CHECKABLE
    right = max(1, dice.average)
    if stated == right:
        return ()
    message = f"The average of {dice} is {right} hit points, not {stated}."
    return (mark("/hit_points", message, expected=str(right), found=str(stated), correct=right),)


def _hit_die(mark: Mark, block: StatBlock, dossier: Dossier) -> Said:  # noqa: ARG001 -- as above
    dice = {size: sides for size, sides in HIT_DIE_BY_SIZE.items() if size in block.sizes}
    stated = block.hit_dice
    if not dice or stated is None or not stated.sides:
        return Skip.NOT_CHECKABLE
    if stated.sides in dice.values():
        return ()
    right = " or ".join(f"d{sides}" for sides in dice.values())
    sizes = " or ".join(size.capitalize() for size in dice)
    message = f"A {sizes} creature has Hit Dice of {right}, not d{stated.sides}."
    return (mark("/hit_dice", message, expected=right, found=str(stated)),)


def _hit_dice_bonus(mark: Mark, block: StatBlock, dossier: Dossier) -> Said:  # noqa: ARG001 -- as above
    stated, right = block.hit_dice, true_hit_dice(block)
    constitution = block.modifier("con")
    if stated is None or right is None or constitution is None:
        return Skip.NOT_CHECKABLE
    if stated.bonus == right.bonus:
        return ()
    message = (
        f"{right.count} Hit Dice with Constitution {signed(constitution)} add {signed(right.bonus)} hit points, "
        f"not {signed(stated.bonus)}."
    )
    return (mark("/hit_dice", message, expected=str(right), found=str(stated), correct=str(right)),)


_OGRE = Example("ogre_2014")
_OGRE_24 = Example("ogre_2024")

RULES = (
    block_rule(
        _experience,
        id="MO1",
        title="Challenge rating and XP agree",
        severity=Severity.ERROR,
        source="SRD 5.1 Monsters, Experience Points by Challenge Rating; SRD 5.2 Monsters, Experience Points",
        prompt="Give a challenge rating of 0, 1/8, 1/4, 1/2 or 1 to 30, and exactly the XP that belong to it.",
        about=("challenge_rating",),
        passing=(_OGRE, _OGRE_24),
        failing=(
            Example("ogre_2014", {"/experience": 700}),
            Example("ogre_2024", {"/challenge_rating": "31"}),
            Example("ogre_2024", {"/challenge_rating": "3"}),
        ),
    ),
    block_rule(
        _proficiency,
        id="MO2",
        title="The proficiency bonus is that of the challenge rating",
        severity=Severity.ERROR,
        source="SRD 5.1 Monsters, Proficiency Bonus by Challenge Rating; SRD 5.2 Monsters, Proficiency Bonus",
        prompt="A monster's proficiency bonus is +2 below challenge rating 5 and one higher with every four ratings.",
        about=("proficiency_bonus",),
        needs=("challenge_rating",),
        passing=(_OGRE, _OGRE_24),
        failing=(
            Example("ogre_2024", {"/proficiency_bonus": 3}),
            Example("ogre_2014", {"/proficiency_bonus": 4}),
        ),
    ),
    block_rule(
        _hit_points,
        id="MO3",
        title="Hit points are the average of the Hit Dice",
        severity=Severity.ERROR,
        source="SRD 5.1 Monsters, Hit Points; SRD 5.2 Monsters, Hit Points",
        prompt="Hit points are the average of the Hit Dice, rounded down, with their bonus added.",
        about=("hit_points",),
        needs=("hit_dice",),
        passing=(_OGRE, _OGRE_24),
        failing=(Example("ogre_2014", {"/hit_points": 60}), Example("ogre_2024", {"/hit_dice": "7d10+21"})),
    ),
    block_rule(
        _hit_die,
        id="MO4",
        title="The Hit Die is that of the size",
        severity=Severity.WARNING,
        source="SRD 5.1 Monsters, Hit Dice by Size; SRD 5.2 Monsters, Hit Dice by Size",
        prompt="The Hit Die follows from the size: Tiny d4, Small d6, Medium d8, Large d10, Huge d12, Gargantuan d20.",
        about=("hit_dice",),
        needs=("sizes",),
        passing=(_OGRE, Example("ogre_2024", {"/sizes": ["medium", "large"]})),
        failing=(Example("ogre_2014", {"/sizes": ["medium"]}), Example("ogre_2024", {"/sizes": ["huge"]})),
    ),
    block_rule(
        _hit_dice_bonus,
        id="MO5",
        title="Each Hit Die adds the Constitution modifier",
        severity=Severity.ERROR,
        source="SRD 5.1 Monsters, Hit Points; SRD 5.2 Monsters, Hit Points",
        prompt="The bonus of the Hit Dice is their number times the Constitution modifier.",
        about=("hit_dice",),
        needs=("ability_scores.con",),
        passing=(_OGRE, _OGRE_24),
        failing=(
            Example("ogre_2014", {"/hit_dice": "7d10+14"}),
            Example("ogre_2024", {"/ability_scores/con": 12}),
        ),
    ),
)
