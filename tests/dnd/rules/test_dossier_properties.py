"""What holds for any document: nothing crashes, the order of keys decides nothing, and fixes come to rest."""

from random import Random
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dnd.mechanics.character import build_character
from dnd.rules import apply_fixes, validate_document
from dnd.rules.filing import document_dossier
from dnd.rules.finding import Finding, Report
from dnd.sheets.block import StatBlock
from dnd.sheets.document import Document
from dnd.sheets.documents import AnyDocument, DocumentKind, UnreadableDocumentError, read_document
from dnd.sheets.encounter import EncounterPlan
from dnd.sheets.item import MagicItem
from dnd.sheets.sheet import CharacterSheet
from dnd.srd.classes import classes
from dnd.srd.edition import BOTH, Edition
from tests.dnd.truth.character_hunt import KINDS as SHEET_KINDS
from tests.dnd.truth.character_hunt import canonical
from tests.dnd.truth.mutants import KINDS as BLOCK_KINDS
from tests.dnd.truth.srd_monsters import Json, monsters

ROUNDS = 3
"""Rounds of fixing after which nothing may be left that has a fix."""
_MODELS: dict[DocumentKind, type[Document]] = {
    "character_sheet": CharacterSheet,
    "stat_block": StatBlock,
    "magic_item": MagicItem,
    "encounter_plan": EncounterPlan,
}
_QUIET = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
_WORDS = (
    *(
        "",
        "Wizard",
        "Wizard 5",
        "Spellblade 3",
        "Fighter 3 / Rogue 2",
        "elf",
        "high elf",
        "STR 8, DEX 14",
        "7d8+5",
        "0d0",
    ),
    *("Fireball", "Firebal", "Plate", "+3 longsword", "2 Daggers", "1/4", "CR 30", "27/32", "5'7\"", "Chaotic Lawful"),
    *("Sneak Attack (9d6)", "Recharge 7", "30 ft., fly 60 ft.", "999999999999", "-5", "½", "Magic Initiate (Wizard)"),
    *("Melee Weapon Attack: +9 to hit, reach 5 ft. Hit: 7 (1d6 + 4) slashing damage.", "DC 40", "\u0000", "İ", "٣"),
)
_KEYS = st.one_of(
    st.sampled_from(sorted({name for model in _MODELS.values() for name in model.model_fields})),
    st.sampled_from(
        (
            "name",
            "level",
            "bonus",
            "proficient",
            "max",
            "dice",
            "text",
            "slots",
            "prepared",
            "known",
            "cantrips",
            "uses",
        )
    ),
    st.text(max_size=8),
)
_VALUES = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-(10**20), 10**20),
        st.integers(-2, 25),
        st.floats(allow_nan=False),
        st.sampled_from(_WORDS),
        st.text(max_size=12),
    ),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_KEYS, inner, max_size=4),
    max_leaves=12,
)
_DOCUMENTS = st.dictionaries(_KEYS, _VALUES, max_size=10)
_EDITIONS = st.sampled_from(BOTH)


def _report(document: AnyDocument, edition: Edition) -> Report:
    return validate_document(document_dossier(document, edition))


@_QUIET
@given(_DOCUMENTS, st.sampled_from(sorted(_MODELS)), _EDITIONS)
def test_no_document_crashes(raw: Json, kind: DocumentKind, edition: Edition) -> None:
    try:
        document = read_document(raw, kind).document
    except UnreadableDocumentError:
        return
    report = _report(document, edition)
    assert set(report.outcomes.values()) <= {"passed", "failed", "not_applicable", "not_checkable"}
    _assert_at_rest(document.model_dump(mode="json", exclude_none=True), kind, edition)


@_QUIET
@given(st.text(max_size=400) | st.lists(st.sampled_from(_WORDS), max_size=12).map("\n".join), _EDITIONS)
def test_no_text_crashes(text: str, edition: Edition) -> None:
    try:
        document = read_document(text).document
    except UnreadableDocumentError:
        return
    assert _report(document, edition).outcomes


@_QUIET
@given(st.sampled_from(sorted(classes("5.2"))), st.integers(1, 20), _EDITIONS, st.data())
def test_any_field_of_a_sheet_may_hold_anything(
    class_id: str, level: int, edition: Edition, data: st.DataObject
) -> None:
    raw = canonical(build_character(class_id, level, edition, seed=data.draw(st.integers(0, 5))))
    for _ in range(data.draw(st.integers(1, 3))):
        way = data.draw(st.sampled_from(_ways(raw)))
        _put(raw, way, data.draw(_VALUES))
    try:
        document = read_document(raw, "character_sheet").document
    except UnreadableDocumentError:
        return
    _assert_at_rest(document.model_dump(mode="json", exclude_none=True), "character_sheet", edition)


def _ways(value: object, way: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    pairs: list[tuple[Any, Any]] = []
    if isinstance(value, dict):
        pairs = list(cast("Json", value).items())
    elif isinstance(value, list):
        pairs = list(enumerate(cast("list[Any]", value)))
    return [each for key, inner in pairs for each in ((*way, key), *_ways(inner, (*way, key)))]


def _put(document: Json, way: tuple[str | int, ...], value: object) -> None:
    parent: Any = document
    for key in way[:-1]:
        parent = parent[key]
    parent[way[-1]] = value


@pytest.mark.parametrize("edition", BOTH)
@pytest.mark.parametrize("class_id", sorted(classes("5.2")))
def test_fixes_of_changed_characters_come_to_rest(class_id: str, edition: Edition) -> None:
    rng = Random(f"{class_id} {edition}")
    kinds = [kind for kind in SHEET_KINDS.values() if edition in kind.editions]
    for _ in range(25):
        document = canonical(build_character(class_id, rng.randint(1, 20), edition, seed=rng.randrange(6)))
        for kind in rng.sample(kinds, rng.randint(1, 3)):
            document = kind.change(document, rng, edition) or document
        shown = canonical(CharacterSheet.model_validate(document))
        _assert_at_rest(shown, "character_sheet", edition)
        _assert_order_decides_nothing(shown, "character_sheet", edition, rng)


@pytest.mark.parametrize("edition", BOTH)
def test_fixes_of_changed_monsters_come_to_rest(edition: Edition) -> None:
    rng = Random(f"monsters {edition}")
    kinds = [kind for kind in BLOCK_KINDS.values() if edition in kind.editions]
    for document in list(monsters(edition).values())[::4]:
        changed = document
        for kind in rng.sample(kinds, 2):
            changed = kind.change(changed, rng) or changed
        shown = StatBlock.model_validate(changed).model_dump(mode="json", exclude_none=True)
        _assert_at_rest(shown, "stat_block", edition)


def _findings(raw: Json, kind: DocumentKind, edition: Edition) -> list[Finding]:
    return _report(cast("AnyDocument", _MODELS[kind].model_validate(raw)), edition).findings


def _assert_at_rest(raw: Json, kind: DocumentKind, edition: Edition) -> None:
    """After a few rounds no fix is left that would change anything."""
    for _ in range(ROUNDS):
        raw, _ = apply_fixes(raw, _findings(raw, kind, edition))
    with_fix = [finding for finding in _findings(raw, kind, edition) if finding.fix is not None]
    assert [finding for finding in with_fix if apply_fixes(raw, [finding])[0] != raw] == []


def _assert_order_decides_nothing(raw: Json, kind: DocumentKind, edition: Edition, rng: Random) -> None:
    assert _findings(_shuffled(raw, rng), kind, edition) == _findings(raw, kind, edition)


def _shuffled(value: Any, rng: Random) -> Any:  # noqa: ANN401 -- JSON
    if isinstance(value, dict):
        pairs = list(cast("Json", value).items())
        rng.shuffle(pairs)
        return {key: _shuffled(entry, rng) for key, entry in pairs}
    if isinstance(value, list):
        return [_shuffled(entry, rng) for entry in cast("list[Any]", value)]
    return value
