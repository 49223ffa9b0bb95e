"""What holds for any input whatever."""

import copy
import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dnd.content import CONTENT_TYPES, content_type
from dnd.content.samples import sample
from dnd.rules import apply_fixes, validate
from dnd.rules.finding import Finding
from tests.dnd.rules.drafts import draft_of, put

_PIECES = (
    *("the", "the", "**", "#", "a", "_b_", "`c`", "-", "•", "don’t", "’s", "“", "”", "…", ".", "!", "?", "\n", "never"),
    *("no", "not", "Aldous", "Wren", "nine", "9", "<facts>", "{{x}}", "[NAME]", "â€™", "\u200b", "\u2028", "И", "龍"),
    *("\ud7ff", "🐉", "١٢", "ß", "ǅ", "ﬁ", "İ", "killed", "her", "brother", "drowned", "if"),
)
_TEXT = st.one_of(
    st.text(max_size=200),
    st.lists(
        st.sampled_from(_PIECES),
        max_size=40,
    ).map(" ".join),
)
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | _TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=12), inner, max_size=3),
    max_leaves=8,
)
_TYPES = st.sampled_from([kind.name for kind in CONTENT_TYPES])
_QUIET = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _texts(type_name: str) -> list[str]:
    return [leaf.path for leaf in draft_of(type_name).leaves]


@_QUIET
@given(_TYPES, _JSON)
def test_any_json_gets_a_report(type_name: str, raw: object) -> None:
    report = validate(draft_of(type_name, raw=raw))
    assert report.outcomes["ST1"] in {"passed", "failed"}


@_QUIET
@given(_TYPES, st.data())
def test_any_field_may_hold_any_json(type_name: str, data: st.DataObject) -> None:
    _, content = sample(type_name)
    content[data.draw(st.sampled_from(sorted(content)))] = data.draw(_JSON)
    report = validate(draft_of(type_name, raw=content))
    assert json.loads(report.model_dump_json())["outcomes"] == report.outcomes


@_QUIET
@given(_TYPES, st.data())
def test_any_text_is_read_and_spans_quote_it(type_name: str, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(_texts(type_name)))
    facts = data.draw(st.lists(_TEXT.filter(lambda text: len(text) > 2), min_size=1, max_size=2))
    lines = data.draw(st.lists(_TEXT.filter(lambda text: len(text) > 1), min_size=1, max_size=2))
    draft = draft_of(type_name, {path: data.draw(_TEXT)}, facts=facts, lines=[line[:80] for line in lines])
    texts = {leaf.path: leaf.text for leaf in draft.leaves}
    for finding in validate(draft).findings:
        if finding.span is not None:
            assert texts[finding.path][finding.span.start : finding.span.end] == finding.span.text


def _fixed(type_name: str, raw: dict[str, Any]) -> tuple[dict[str, Any], list[Finding]]:
    return apply_fixes(raw, validate(draft_of(type_name, raw=raw)).findings)


@_QUIET
@given(_TYPES, st.data())
def test_fixes_applied_twice_equal_fixes_applied_once(type_name: str, data: st.DataObject) -> None:
    _, content = sample(type_name)
    for path in data.draw(st.lists(st.sampled_from(_texts(type_name)), max_size=3)):
        put(content, path, data.draw(_TEXT))
    before = copy.deepcopy(content)
    once, _ = _fixed(type_name, content)
    twice, fixed = _fixed(type_name, once)
    assert content == before
    assert twice == once
    assert fixed == []


@_QUIET
@given(_TYPES, st.randoms(use_true_random=False), st.data())
def test_key_order_never_changes_the_report(type_name: str, shuffle: Any, data: st.DataObject) -> None:  # noqa: ANN401 -- random.Random
    _, content = sample(type_name)
    put(content, data.draw(st.sampled_from(_texts(type_name))), data.draw(_TEXT))
    content["further"] = 1 if data.draw(st.booleans()) else "x"
    keys = list(content)
    shuffle.shuffle(keys)
    shuffled = {key: content[key] for key in keys}
    assert validate(draft_of(type_name, raw=shuffled)) == validate(draft_of(type_name, raw=content))


def test_the_same_draft_gets_the_same_report() -> None:
    kind = content_type("npc").name
    changes: dict[str, Any] = {"/voice": "**Soft** and the the Elara.", "/knows": []}
    assert validate(draft_of(kind, changes)) == validate(draft_of(kind, changes))
