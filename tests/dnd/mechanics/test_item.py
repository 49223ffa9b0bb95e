"""Items have the numbers of the SRD, or those of their rarity."""

from random import Random

import pytest

from dnd.errors import InvalidParametersError
from dnd.mechanics.item import ItemWish, build_item, describe
from dnd.rules import validate_document
from dnd.rules.filing import document_dossier
from dnd.rules.finding import Severity
from dnd.srd.catalogue import magic_items, spells
from dnd.srd.edition import BOTH, Edition

EDITIONS = pytest.mark.parametrize("edition", BOTH)


def told(wish: ItemWish, edition: Edition, seed: int = 1) -> list[str]:
    """What the rules say of the item built, beyond information."""
    item = build_item(wish, edition, Random(seed))
    if item is None:
        return []
    report = validate_document(document_dossier(item, edition))
    return [f"{f.rule}: {f.message}" for f in report.findings if f.severity is not Severity.INFO]


@EDITIONS
def test_every_item_of_the_srd_is_legal(edition: Edition) -> None:
    wrong = {row.name: said for row in magic_items(edition).values() if (said := told(ItemWish(row.name), edition))}
    assert wrong == {}


@EDITIONS
def test_every_spell_makes_a_legal_scroll(edition: Edition) -> None:
    wrong = {row.name: said for row in spells(edition).values() if (said := told(ItemWish(spell=row.name), edition))}
    assert wrong == {}


@EDITIONS
@pytest.mark.parametrize("rarity", ["", "mundane", "common", "uncommon", "rare", "very rare", "legendary", "artifact"])
def test_every_rarity_is_legal(rarity: str, edition: Edition) -> None:
    for seed in range(5):
        assert told(ItemWish("Wayfarer's Bell", "wondrous item", rarity), edition, seed) == []


@EDITIONS
@pytest.mark.parametrize(
    ("category", "bonus", "rarity"),
    [("longsword", 1, "uncommon"), ("longsword", 3, "very rare"), ("plate armor", 1, "rare"), ("shield", 2, "rare")],
)
def test_a_bonus_decides_the_rarity(category: str, bonus: int, rarity: str, edition: Edition) -> None:
    item = build_item(ItemWish("Gull", category, bonus=bonus), edition, Random(1))
    assert item is not None
    assert (item.rarity, item.bonus) == (rarity, bonus)
    assert told(ItemWish("Gull", category, bonus=bonus), edition) == []


def test_a_scroll_has_the_numbers_of_its_spell() -> None:
    item = build_item(ItemWish(spell="fireball"), "5.2", Random(1))
    assert item is not None
    assert item.spell is not None
    assert (item.spell.name, item.spell_level, item.rarity) == ("Fireball", 3, "uncommon")
    assert (item.save_dc, item.attack_bonus, item.consumable, item.price) == (15, 7, True, 30_000)
    assert "scroll" in " ".join(describe(item))


@pytest.mark.parametrize(
    ("wish", "path"),
    [
        (ItemWish(spell="Arcane Thunderlance"), "/subject/spell"),
        (ItemWish(spell="Wish", rarity="common"), "/subject/rarity"),
        (ItemWish("Cloak of Protection", rarity="common"), "/subject/rarity"),
        (ItemWish("Cloak of Protection", attunement=False), "/subject/requires_attunement"),
        (ItemWish("Gull", "longsword", rarity="common", bonus=3), "/subject/rarity"),
    ],
)
def test_what_contradicts_the_srd_is_named(wish: ItemWish, path: str) -> None:
    with pytest.raises(InvalidParametersError) as caught:
        build_item(wish, "5.2", Random(1))
    assert [error.path for error in caught.value.errors] == [path]
