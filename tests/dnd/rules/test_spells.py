"""Counts, lists, names and facts of the spells on a sheet."""

from typing import Any

import pytest

from dnd.rules.dossier import Example
from dnd.rules.finding import Severity
from dnd.rules.registry import DOSSIER_RULES
from dnd.rules.rule import Skip
from dnd.srd.edition import BOTH, Edition
from tests.dnd.rules.characters import character, corrections, faults
from tests.dnd.rules.dossiers import dossier_of_example

CANTRIPS = ["Fire Bolt", "Light", "Mage Hand", "Message", "Mending", "Ray of Frost", "Prestidigitation", "True Strike"]
SPELLS = ["Shield", "Sleep", "Mage Armor", "Alarm", "Grease", "Identify", "Jump", "Thunderwave", "Fog Cloud"]


@pytest.mark.parametrize(
    ("edition", "level", "changes", "most"),
    [
        ("5.1", 1, {}, 3),
        ("5.1", 3, {}, 3),
        ("5.1", 4, {}, 4),
        ("5.1", 10, {}, 5),
        ("5.1", 1, {"species": "High Elf"}, 4),
        ("5.1", 1, {"feats": ["Magic Initiate"]}, 5),
        ("5.2", 1, {}, 3),
        ("5.2", 1, {"background": "Sage"}, 5),
    ],
)
def test_cantrips_by_table_and_feats(edition: Edition, level: int, changes: dict[str, Any], most: int) -> None:
    for count in range(1, 8):
        entry = {"class_name": "Wizard", "cantrips": CANTRIPS[:count]}
        document = character(edition, ("wizard", level), spellcasting=[entry], **changes)
        severities = [finding.severity for finding in faults("SP7", document, edition)]
        fewest = 3 + (level >= 4) + (level >= 10)
        weight = (
            Severity.WARNING if count < fewest or (bool(changes.get("feats")) and edition == "5.1") else Severity.ERROR
        )
        assert severities == ([] if fewest <= count <= most else [weight])


@pytest.mark.parametrize(("level", "known"), [(1, 2), (2, 3), (3, 4), (20, 15)])
def test_spells_known_by_table(level: int, known: int) -> None:
    for count in (known - 1, known, known + 1):
        listed = [*SPELLS, "Haste", "Fly", "Slow", "Stoneskin", "Blur", "Darkness", "Knock", "Invisibility"][:count]
        entry = {"class_name": "Sorcerer", "known": listed}
        found = faults("SP8", character("5.1", ("sorcerer", level), spellcasting=[entry]), "5.1")
        severities = {known - 1: [Severity.WARNING], known: [], known + 1: [Severity.ERROR]}[count]
        assert [finding.severity for finding in found] == severities


@pytest.mark.parametrize(
    ("levels", "score", "most"), [((("wizard", 1),), 16, 4), ((("wizard", 1),), 6, 1), ((("wizard", 4),), 14, 6)]
)
def test_prepared_by_modifier(levels: tuple[tuple[str, int], ...], score: int, most: int) -> None:
    for count in range(1, most + 3):
        document = character("5.1", *levels, spellcasting=[{"prepared": SPELLS[:count]}])
        document["ability_scores"] = {**document["ability_scores"], "int": score}
        assert bool(faults("SP9", document, "5.1")) == (count > most)


@pytest.mark.parametrize(("level", "limit"), [(1, 4), (3, 6), (5, 9)])
def test_prepared_by_table(level: int, limit: int) -> None:
    spells = ["Guidance", *("Sanctuary", "Bane", "Command", "Guiding Bolt", "Healing Word", "Inflict Wounds"), *SPELLS]
    always = ["Bless", "Cure Wounds"] if level >= 3 else []
    for count, severities in ((limit - 1, [Severity.WARNING]), (limit, []), (limit + 1, [Severity.ERROR])):
        entry = {"prepared": spells[: count + 1], "always_prepared": always}
        found = faults("SP10", character("5.2", ("cleric", level), spellcasting=[entry]), "5.2")
        assert [finding.severity for finding in found] == severities


def test_what_is_called_always_prepared_without_reason_counts() -> None:
    document = character("5.2", ("cleric", 5))
    document["spellcasting"][0]["always_prepared"] = ["Bless"]
    assert faults("SP10", document, "5.2") == []
    document["spellcasting"][0]["always_prepared"] = ["Bane"]
    assert faults("SP10", document, "5.2")


def test_a_wizards_book_grows() -> None:
    for count, legal in ((7, False), (8, True)):
        document = character("5.1", ("wizard", 2), spellcasting=[{"spellbook": SPELLS[:count]}])
        assert bool(faults("SP11", document, "5.1")) != legal


def test_each_class_casts_by_its_own_level() -> None:
    entries = [{"class_name": "Wizard", "prepared": ["Fireball"]}, {"class_name": "Cleric", "prepared": ["Aid"]}]
    for level, count in ((3, 1), (5, 0)):
        document = character("5.2", ("wizard", level), ("cleric", 3), spellcasting=entries)
        assert len(faults("SP12", document, "5.2")) == count


@pytest.mark.parametrize(
    ("edition", "levels", "spell", "changes", "severities"),
    [
        ("5.1", (("cleric", 5),), "Fireball", {}, [Severity.ERROR]),
        ("5.1", (("cleric", 5),), "Bless", {}, []),
        ("5.1", (("bard", 5),), "Fireball", {}, [Severity.ERROR]),
        ("5.1", (("bard", 6),), "Fireball", {}, []),
        ("5.1", (("bard", 10),), "Fireball", {}, []),
        ("5.2", (("bard", 10),), "Fireball", {}, []),
        ("5.2", (("bard", 10),), "Eldritch Blast", {}, [Severity.ERROR]),
        ("5.2", (("warlock", 5),), "Fireball", {}, []),
        ("5.2", (("wizard", 1),), "Cure Wounds", {"feats": ["Magic Initiate (Cleric)"]}, []),
        ("5.2", (("wizard", 1),), "Cure Wounds", {}, [Severity.ERROR]),
        ("5.2", (("fighter", 1), ("wizard", 1)), "Healing Word", {}, [Severity.ERROR]),
        ("5.2", (("sorcerer", 3),), "Faerie Fire", {"species": "Elf", "lineage": "Drow"}, []),
        ("5.2", (("sorcerer", 1),), "Faerie Fire", {"species": "Elf", "lineage": "Drow"}, [Severity.ERROR]),
        ("5.2", (("warlock", 2),), "Mage Armor", {"invocations": ["Armor of Shadows"]}, []),
        ("5.2", (("warlock", 2),), "Mage Armor", {"invocations": ["Agonizing Blast"]}, [Severity.ERROR]),
    ],
)
def test_spells_of_the_class_list(
    edition: Edition,
    levels: tuple[tuple[str, int], ...],
    spell: str,
    changes: dict[str, Any],
    severities: list[Severity],
) -> None:
    owner = levels[-1][0].title()
    document = character(edition, *levels, spellcasting=[{"class_name": owner, "prepared": [spell]}], **changes)
    assert [finding.severity for finding in faults("SP13", document, edition)] == severities


def test_an_unstated_or_unknown_subclass_weakens_the_list() -> None:
    document = character("5.1", ("cleric", 5), spellcasting=[{"prepared": ["Fireball"]}])
    for subclass in (None, "Light Domain"):
        document["classes"][0]["subclass"] = subclass
        assert [finding.severity for finding in faults("SP13", document, "5.1")] == [Severity.WARNING]


@pytest.mark.parametrize(
    ("name", "policy", "severity"),
    [
        ("Arcane Thunderlance", "homebrew_ok", Severity.WARNING),
        ("Arcane Thunderlance", "official", Severity.ERROR),
        ("Feeblemind", "homebrew_ok", Severity.INFO),
        ("Feeblemind", "strict_srd", Severity.WARNING),
    ],
)
def test_unknown_spells_weigh_by_policy(name: str, policy: Any, severity: Severity) -> None:  # noqa: ANN401 -- a literal
    rule = next(rule for rule in DOSSIER_RULES if rule.id == "SP14")
    said = rule.check(dossier_of_example(Example("wizard_5", {"/spellcasting/0/prepared/0": name}, names=policy)))
    assert not isinstance(said, Skip)
    assert [finding.severity for finding in said] == [severity]


def test_a_misspelt_spell_is_mended() -> None:
    document = character("5.2", ("wizard", 5), spellcasting=[{"prepared": ["Firebal", "Magic Missle", "Fire ball"]}])
    assert set(corrections(faults("SP14", document, "5.2")).values()) == {"Fireball", "Magic Missile"}


@pytest.mark.parametrize("edition", BOTH)
@pytest.mark.parametrize(
    ("mention", "wanted"),
    [
        (
            {"name": "Fireball", "level": 3, "school": "Evocation", "casting_time": "1 action", "concentration": False},
            {},
        ),
        ({"name": "Fireball", "level": 2}, {"level": 3}),
        ({"name": "Fireball", "school": "illusion"}, {"school": "Evocation"}),
        ({"name": "Shield", "casting_time": "1 reaction, which you take when you are hit"}, {}),
        ({"name": "Shield", "casting_time": "1 action"}, {"casting_time": "reaction"}),
        ({"name": "Haste", "concentration": False}, {"concentration": True}),
        ({"name": "Fireball", "concentration": True}, {"concentration": False}),
        ({"name": "Find Familiar", "casting_time": "1 hour"}, {}),
        ({"name": "Detect Magic", "ritual": False}, {"ritual": True}),
    ],
)
def test_facts_of_spells(edition: Edition, mention: dict[str, Any], wanted: dict[str, Any]) -> None:
    document = character(edition, ("wizard", 5), spellcasting=[{"prepared": [mention]}])
    found = {f"/spellcasting/0/prepared/0/{field}": value for field, value in wanted.items()}
    assert corrections(faults("SP15", document, edition)) == found


@pytest.mark.parametrize(
    ("mention", "level", "legal"),
    [
        ({"name": "Fireball", "damage": "8d6"}, 5, True),
        ({"name": "Fireball", "damage": "10d6"}, 9, True),
        ({"name": "Fireball", "damage": "7d6"}, 9, False),
        ({"name": "Fireball", "damage": "8d8"}, 9, False),
        ({"name": "Fireball", "damage": "15d6"}, 20, False),
        ({"name": "Fire Bolt", "damage": "1d10"}, 5, True),
        ({"name": "Fire Bolt", "damage": "2d10"}, 5, True),
        ({"name": "Fire Bolt", "damage": "2d10"}, 4, False),
        ({"name": "Fire Bolt", "damage": "4d10"}, 17, True),
        ({"name": "Magic Missile", "damage": "3d4+3"}, 1, True),
        ({"name": "Fireball", "save": "Dexterity"}, 5, True),
        ({"name": "Fireball", "save": "Wis save"}, 5, False),
    ],
)
def test_damage_and_saves_of_spells(mention: dict[str, Any], level: int, legal: bool) -> None:
    document = character("5.2", ("wizard", level), spellcasting=[{"prepared": [mention]}])
    assert bool(faults("SP16", document, "5.2")) != legal


@pytest.mark.parametrize(
    ("edition", "levels", "spell", "legal"),
    [
        ("5.2", (("wizard", 5),), "Detect Magic", True),
        ("5.2", (("wizard", 5),), "Fireball", False),
        ("5.2", (("sorcerer", 5),), "Detect Magic", True),
        ("5.1", (("sorcerer", 5),), "Detect Magic", False),
        ("5.1", (("bard", 5),), "Detect Magic", True),
    ],
)
def test_rituals(edition: Edition, levels: tuple[tuple[str, int], ...], spell: str, legal: bool) -> None:
    document = character(edition, *levels, spellcasting=[{"prepared": [f"{spell} (ritual)"]}])
    assert bool(faults("SP19", document, edition)) != legal


def test_concentration_on_two_spells() -> None:
    entries: list[dict[str, Any]] = [
        {"class_name": "Wizard", "concentrating_on": ["Haste"]},
        {"class_name": "Cleric", "concentrating_on": []},
    ]
    document = character("5.2", ("wizard", 5), ("cleric", 1), spellcasting=entries)
    assert faults("SP20", document, "5.2") == []
    entries[1]["concentrating_on"] = ["Bless"]
    assert [finding.path for finding in faults("SP20", document, "5.2")] == ["/spellcasting/1/concentrating_on/0"]
    entries[1]["concentrating_on"] = ["Shield"]
    assert faults("SP20", document, "5.2") == []


@pytest.mark.parametrize(
    ("changes", "there"),
    [
        ({"coins": {"gp": 299}}, False),
        ({"coins": {"gp": 300}}, True),
        ({"coins": {"pp": 30}}, True),
        ({"coins": {"gp": 0}, "equipment": [{"name": "Diamond", "quantity": 1}]}, True),
    ],
)
def test_costly_components(changes: dict[str, Any], there: bool) -> None:
    document = character("5.1", ("cleric", 5), spellcasting=[{"prepared": ["Revivify"]}], **changes)
    found = faults("SP21", document, "5.1")
    assert bool(found) != there
    assert all(finding.severity is Severity.INFO for finding in found)
