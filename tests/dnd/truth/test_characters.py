"""Legal characters have no errors and no warnings, and nearly everything about them can be checked."""

from itertools import chain, permutations

import pytest

from dnd.mechanics.character import build_character, build_multiclass
from dnd.rules import DOSSIER_RULES, validate_document
from dnd.rules.filing import document_dossier
from dnd.rules.finding import Report, Severity
from dnd.sheets.sheet import CharacterSheet
from dnd.srd.backgrounds import backgrounds
from dnd.srd.classes import classes
from dnd.srd.edition import BOTH, Edition
from dnd.srd.species import species

COVERED = 0.9
"""Least share of the applicable rules that give a verdict."""
_SEEDS = 3
_SPLITS = ((3, 2), (1, 1), (5, 6), (10, 10), (2, 18))
"""Levels of the first class and of the second."""
_LIVES = ((1, 0), (4, 1), (6, 2), (17, 3))
"""Level and seed."""
_SHEET_RULES = frozenset(rule.id for rule in DOSSIER_RULES if rule.reads == frozenset({"sheet"}))
_UNSTATED = {
    *("AB5", "AB6", "HP4"),  # other ways to get scores and hit points
    *("EQ2", "EQ10", "EQ11", "EQ15", "EQ17", "SP5", "SP16", "SP19", "SP20"),  # no prices, magic, damage of spells
}
"""Rules on things that the builder's sheets do not state."""


def _report(sheet: CharacterSheet, edition: Edition) -> Report:
    return validate_document(document_dossier(sheet, edition))


def _faults(sheet: CharacterSheet, edition: Edition) -> list[str]:
    report = _report(sheet, edition)
    assert report.coverage >= COVERED
    return [f"{f.rule} {f.path}: {f.message}" for f in report.findings if f.severity is not Severity.INFO]


@pytest.mark.parametrize("edition", BOTH)
@pytest.mark.parametrize("class_id", sorted(classes("5.2")))
def test_every_class_is_legal_at_every_level(class_id: str, edition: Edition) -> None:
    for level in range(1, 21):
        for seed in range(_SEEDS):
            sheet = build_character(class_id, level, edition, seed=seed)
            assert _faults(sheet, edition) == [], (level, seed)


@pytest.mark.parametrize("edition", BOTH)
def test_every_origin_is_legal(edition: Edition) -> None:
    ids = sorted(classes(edition))
    for number, row in enumerate(species(edition).values()):
        for background in backgrounds(edition):
            for place in range(6):
                class_id, level = ids[(number + 2 * place) % len(ids)], 1 + (number * 7 + place * 5) % 20
                sheet = build_character(
                    class_id, level, edition, species=row.name, background=background, seed=number + place
                )
                assert _faults(sheet, edition) == [], (class_id, level, row.name, background)


@pytest.mark.parametrize("edition", BOTH)
@pytest.mark.parametrize("split", _SPLITS)
def test_pairs_of_classes_are_legal(split: tuple[int, int], edition: Edition) -> None:
    for pair in list(permutations(sorted(classes(edition)), 2))[split[0] % 3 :: 3]:
        sheet = build_multiclass(list(zip(pair, split, strict=True)), edition)
        assert _faults(sheet, edition) == [], pair


@pytest.mark.parametrize("edition", BOTH)
def test_the_rules_on_sheets_are_really_asked(edition: Edition) -> None:
    """Each rule gives a verdict on some of the characters: what always skips proves nothing."""
    sheets = chain(
        (
            build_character(class_id, level, edition, seed=seed)
            for class_id in classes(edition)
            for level, seed in _LIVES
        ),
        (build_multiclass([("paladin", 5), ("bard", 3)], edition),),
    )
    asked = {
        rule
        for sheet in sheets
        for rule, outcome in _report(sheet, edition).outcomes.items()
        if outcome in {"passed", "failed"}
    }
    of_edition = {rule.id for rule in DOSSIER_RULES if edition in rule.editions} & _SHEET_RULES
    assert of_edition - asked <= _UNSTATED, of_edition - asked - _UNSTATED
