import pytest

from dnd.rules import DOSSIER_RULES
from dnd.rules.dossier import Example
from dnd.rules.rule import Skip
from dnd.srd.edition import Edition
from dnd.srd.vocabulary import CONDITIONS, DAMAGE_TYPES
from tests.dnd.rules.dossiers import dossier_of_example


def found_by(rule: str, text: str, edition: Edition = "5.2") -> list[str | None]:
    dossier = dossier_of_example(Example(text=text, edition=edition))
    said = next(entry for entry in DOSSIER_RULES if entry.id == rule).check(dossier)
    assert not isinstance(said, Skip)
    return [entry.found for entry in said]


@pytest.mark.parametrize("condition", CONDITIONS)
def test_every_condition_is_one(condition: str) -> None:
    assert found_by("TX3", f"The target has the {condition.title()} condition until the end of its turn.") == []


@pytest.mark.parametrize("damage", DAMAGE_TYPES)
def test_every_damage_type_is_one(damage: str) -> None:
    assert found_by("TX4", f"It takes 7 (2d6) {damage} damage and has resistance to {damage} damage.") == []


@pytest.mark.parametrize(
    ("rule", "text", "found"),
    [
        ("TX3", "The creature gains the Bleeding condition.", ["Bleeding"]),
        ("TX3", "A target that fails the save has the dazed condition.", ["dazed"]),
        ("TX3", "It suffers exhaustion level 7.", ["exhaustion level 7"]),
        ("TX3", "It suffers 6 levels of exhaustion.", []),
        ("TX3", "The house is in the worst condition of the street; the target was the roof.", []),
        ("TX3", "On the one condition that she saves him, he agreed to the attack.", []),
        ("TX4", "It takes 2d6 holy damage.", ["holy"]),
        ("TX4", "It takes 5 shadow damage.", ["shadow"]),
        ("TX4", "It is immune to sonic damage.", ["sonic"]),
        ("TX4", "It takes 2d6 fire or cold damage, 2d6 extra damage and half damage on a save.", []),
        ("TX4", "The storm did 400 gold of water damage.", []),
        ("TX4", "Light damage to the sails; 3 days of storm damage.", []),
        ("TX5", "A 3rd-level chronomancy spell.", ["chronomancy"]),
        ("TX5", "A 3rd-level evocation spell and a level 2 wizard spell.", []),
        ("TX5", "He went to the school of hard rains.", []),
        ("TX5", "Rarity: Mythic", ["Mythic"]),
        ("TX5", "Rarity: Very Rare", []),
        ("TX5", "An egg of great rarity.", []),
        ("TX5", "Colossal dragon, chaotic evil", ["Colossal"]),
        ("TX5", "Huge Serpent, neutral evil", ["Serpent"]),
        ("TX5", "Enormous dragons, lawful or not, frighten her.", []),
        ("TX6", "A DC 12 Strength (Athletics) check.", []),
        ("TX6", "A DC 12 Strength (Intimidation) check.", ["Strength (Intimidation)"]),
        ("TX6", "A DC 12 Dexterity (Thieves' Tools) check.", []),
        ("TX6", "A DC 12 Wisdom (Spot) check.", ["Spot"]),
        ("TX7", "It uses its swift action to fly.", ["uses its swift action"]),
        ("TX7", "The watch took immediate action. Swift action saved them.", []),
        ("TX7", "It makes an attack of opportunity.", ["attack of opportunity"]),
        ("TX8", "A DC 15 Reflex save.", ["Reflex save"]),
        ("TX8", "Make a Will save.", ["Make a Will save"]),
        ("TX8", "Old Will saves his pennies, and God's will saves the rest.", []),
        ("TX8", "His touch AC is low.", ["touch AC"]),
        ("TX8", "Her reflexes saved her.", []),
        ("TX8", "Her base attack bonus is +3.", ["base attack bonus"]),
        ("TX9", "Each subrace differs.", ["subrace"]),
        ("TX9", "He won the race.", []),
    ],
)
def test_words_of_the_rules(rule: str, text: str, found: list[str]) -> None:
    assert found_by(rule, text) == found


@pytest.mark.parametrize(
    ("rule", "text", "edition", "count"),
    [
        ("TX7", "It takes the Utilize action.", "5.2", 0),
        ("TX7", "It takes the Utilize action.", "5.1", 1),
        ("TX7", "It takes the Use an Object action.", "5.1", 0),
        ("TX7", "It takes the Use an Object action.", "5.2", 1),
        ("TX9", "She spends a ki point.", "5.1", 0),
        ("TX9", "She spends a ki point.", "5.2", 1),
        ("TX9", "Melee Weapon Attack: +5 to hit.", "5.1", 0),
        ("TX9", "Melee Weapon Attack: +5 to hit.", "5.2", 1),
    ],
)
def test_words_of_one_edition(rule: str, text: str, edition: Edition, count: int) -> None:
    assert len(found_by(rule, text, edition)) == count
