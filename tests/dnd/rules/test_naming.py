import pytest

from dnd.prose.passage import Passage
from dnd.rules import DOSSIER_RULES
from dnd.rules.dossier import Example, NamePolicy
from dnd.rules.finding import Finding
from dnd.rules.gazetteer import find_mentions
from dnd.rules.rule import Skip
from dnd.srd.names import NameKind
from tests.dnd.rules.dossiers import dossier_of_example


def findings(rule: str, text: str, names: NamePolicy = "homebrew_ok") -> list[Finding]:
    dossier = dossier_of_example(Example(text=text, names=names))
    said = next(entry for entry in DOSSIER_RULES if entry.id == rule).check(dossier)
    return [] if isinstance(said, Skip) else list(said)


@pytest.mark.parametrize(
    ("text", "names", "severities"),
    [
        ("The classic spell *Mordain's Rebuke* is hers.", "homebrew_ok", ["warning"]),
        ("The classic spell *Mordain's Rebuke* is hers.", "official", ["error"]),
        ("The official feat Dancing Bear is his.", "homebrew_ok", ["warning"]),
        ("The classic spell *Fireball* is hers.", "official", []),
        ("She casts *Mordain's Rebuke*.", "homebrew_ok", []),
        ("She casts *Mordain's Rebuke*.", "strict_srd", ["error"]),
        ("She casts *Hideous Laughter* and *Tasha's Hideous Laughter*.", "official", []),
        ("The famous spell of her youth was a lie.", "official", []),
        ("She cast Aldous Wren a look.", "official", []),
    ],
)
def test_claims(text: str, names: NamePolicy, severities: list[str]) -> None:
    assert [finding.severity.value for finding in findings("TX11", text, names)] == severities


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("She casts *Eldrich Blast*.", "She casts *Eldritch Blast*."),
        (
            "She casts *Eldrich Blast*. Then she casts *Magic Misile*.",
            "She casts *Eldritch Blast*. Then she casts *Magic Missile*.",
        ),
        ("The Magic Misile spell hums.", "The Magic Missile spell hums."),
    ],
)
def test_near_misses_are_mended_at_once(text: str, mended: str) -> None:
    found = findings("TX12", text)
    assert {finding.fix.value if finding.fix else None for finding in found} == {mended}
    assert findings("TX12", mended) == []


@pytest.mark.parametrize(
    "text", ["The *Fire Bell* sank.", "She casts *Shield*.", "He casts *Lanternlight*.", "Cast Iron Lane."]
)
def test_other_names_are_left_alone(text: str) -> None:
    assert findings("TX12", text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A beholder and two mind flayers wait.", ["beholder", "mind flayers"]),
        ("In the eye of the beholder it is fair.", []),
        ("An ogre waits by Baldur's Gate.", ["Baldur's Gate"]),
    ],
)
def test_unlicensed_names(text: str, found: list[str]) -> None:
    assert [finding.found for finding in findings("TX13", text, "strict_srd")] == found
    assert findings("TX13", text) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("She cast Hunter’s Mark and Cure Wounds.", ["Hunter's Mark", "Cure Wounds"]),
        ("Tasha's Hideous Laughter rang out.", ["Hideous Laughter"]),
        ("Greater Restoration, not Restoration.", ["Greater Restoration"]),
        ("Heroes' Feast for nine.", ["Heroes' Feast"]),
        ("Nothing at all.", []),
    ],
)
def test_the_longest_name_is_found(text: str, names: list[str]) -> None:
    assert [mention.name for mention in find_mentions(Passage(text), (NameKind.SPELL,), "5.2")] == names


def test_armour_is_found_in_either_spelling() -> None:
    for text in ("She cast Mage Armor.", "She cast Mage Armour."):
        assert [mention.name for mention in find_mentions(Passage(text), (NameKind.SPELL,), "5.2")] == ["Mage Armor"]
