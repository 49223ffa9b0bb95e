"""Built monsters are legal to the last number, in both editions, at every challenge rating."""

from random import Random

import pytest

from dnd.mechanics.monster import ROLES, MonsterWish, build_monster, describe
from dnd.rules import validate_document
from dnd.rules.filing import document_dossier
from dnd.rules.finding import Finding, Severity
from dnd.sheets.block import StatBlock
from dnd.sheets.documents import read_document
from dnd.sheets.writing import block_text
from dnd.srd.edition import BOTH, Edition
from dnd.srd.monsters import CREATURE_TYPES, SIZES, XP_BY_CR, cr_value

EDITIONS = pytest.mark.parametrize("edition", BOTH)


def weighty(block: StatBlock, edition: Edition) -> list[Finding]:
    """What the rules say of it beyond information."""
    report = validate_document(document_dossier(block, edition))
    return [finding for finding in report.findings if finding.severity is not Severity.INFO]


@EDITIONS
@pytest.mark.parametrize("rating", XP_BY_CR)
def test_every_rating_and_role_is_legal(rating: str, edition: Edition) -> None:
    for number, role in enumerate(ROLES):
        wish = MonsterWish(
            challenge_rating=rating,
            role=role,
            type=CREATURE_TYPES[number * 2],
            flies=number % 2 == 0,
            legendary=number % 3 == 0 and (cr_value(rating) or 0) >= 5,
        )
        block = build_monster(wish, edition, Random(number))
        assert [f"{finding.rule}: {finding.message}" for finding in weighty(block, edition)] == [], role


@EDITIONS
@pytest.mark.parametrize("kind", CREATURE_TYPES)
def test_every_type_and_size_is_legal(kind: str, edition: Edition) -> None:
    for number, size in enumerate(SIZES):
        wish = MonsterWish(challenge_rating="6", role=ROLES[number], size=size, type=kind)
        block = build_monster(wish, edition, Random(number))
        assert [f"{finding.rule}: {finding.message}" for finding in weighty(block, edition)] == [], size


@EDITIONS
def test_a_wish_is_granted(edition: Edition) -> None:
    wish = MonsterWish(
        name="Nettlejack",
        challenge_rating="7",
        size="tiny",
        type="fey",
        alignment="neutral",
        damage_type="thunder",
        role="controller",
        flies=True,
        legendary=True,
    )
    block = build_monster(wish, edition, Random(1))
    assert (block.name, block.sizes, block.type, block.alignment) == ("Nettlejack", ("tiny",), "fey", "neutral")
    assert (block.challenge_rating, block.experience, block.proficiency_bonus) == ("7", 2900, 3)
    assert "fly" in block.speeds
    assert block.legendary_actions
    assert any(damage.type == "thunder" for action in block.actions for damage in action.damages)
    assert block.layout == ("2014" if edition == "5.1" else "2024")


@EDITIONS
def test_the_same_choice_makes_the_same_block_and_another_another(edition: Edition) -> None:
    wish = MonsterWish(challenge_rating="3")
    one, same, other = (build_monster(wish, edition, Random(seed)) for seed in (1, 1, 2))
    assert one == same
    assert one != other


@EDITIONS
def test_a_built_block_is_read_back_from_its_text(edition: Edition) -> None:
    block = build_monster(MonsterWish(name="The Lodger", challenge_rating="5", role="controller"), edition, Random(4))
    again = read_document(block_text(block, edition), "stat_block")
    assert isinstance(again.document, StatBlock)
    assert again.ignored == ()
    for name in ("armor_class", "hit_points", "hit_dice", "ability_scores", "saving_throws", "challenge_rating"):
        assert getattr(again.document, name) == getattr(block, name)


def test_a_writer_is_told_what_wants_words() -> None:
    block = build_monster(MonsterWish(challenge_rating="5", role="controller"), "5.2", Random(1))
    lines = describe(block)
    assert sum(line.startswith("wants words, slot `") for line in lines) == 2
    assert any("hit points" in line for line in lines)
