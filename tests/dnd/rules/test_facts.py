"""The labelled pairs, and how facts are reported."""

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from dnd.rules import validate
from scripts.bench_facts import PAIRS, load_pairs, measure
from tests.dnd.rules.drafts import draft_of

KINDS = {
    "verbatim", "inflected", "paraphrased", "split", "embedded", "benign", "negated", "other name", "other number",
    "other relation", "reversed", "reversed-true", "partial", "topic only", "hypothetical",
}  # fmt: skip


def test_the_labelled_set_is_large_and_has_every_kind() -> None:
    pairs = load_pairs()
    assert len(pairs) >= 120
    assert {pair.kind for pair in pairs} == KINDS
    assert min(Counter(pair.expressed for pair in pairs).values()) >= len(pairs) / 3
    assert len({(pair.fact, pair.text) for pair in pairs}) == len(pairs)


def test_every_line_of_the_set_is_json_with_a_split() -> None:
    rows = [json.loads(line) for line in Path(PAIRS).read_text("utf-8").splitlines()]
    splits = Counter(row["split"] for row in rows)
    assert splits["test"] * 3 == pytest.approx(len(rows), abs=3)


@pytest.mark.parametrize(("split", "precision", "recall"), [("dev", 0.97, 0.95), ("test", 0.95, 0.90)])
def test_precision_and_recall_keep_their_floor(split: str, precision: float, recall: float) -> None:
    figures = measure(load_pairs(split))
    assert figures.precision >= precision
    assert figures.recall >= recall


def test_each_fact_is_reported_with_its_place() -> None:
    draft = draft_of("backstory")
    report = validate(draft)
    texts = {leaf.path: leaf.text for leaf in draft.leaves}
    assert [entry.fact for entry in report.facts] == list(draft.facts)
    for entry in report.facts:
        assert entry.expressed
        assert entry.path is not None
        assert entry.span is not None
        assert texts[entry.path][entry.span.start : entry.span.end] == entry.span.text


def test_a_fact_that_only_the_dungeon_master_reads_is_not_expressed() -> None:
    fact = "His sister died in another town."
    report = validate(draft_of("npc", facts=[fact]))
    assert not report.facts[0].expressed


def test_a_fact_marked_as_secret_belongs_to_the_dungeon_master() -> None:
    fact = "Secret: his sister died in another town."
    assert validate(draft_of("npc", facts=[fact])).outcomes["FA1"] == "passed"
    told = draft_of("npc", {"/wants": "He wants no one to learn that his sister died in another town."}, facts=[fact])
    assert "SE1" in {finding.rule for finding in validate(told).findings}


def test_the_fields_of_one_entry_are_read_together() -> None:
    changes = {
        "/connections/0": {"name": "Joris Vane", "relation": "Her cousin", "detail": "He drowned in the mill race."}
    }
    report = validate(draft_of("backstory", changes, facts=["Her cousin Joris Vane drowned in the mill race."]))
    assert report.facts[0].expressed
    assert report.facts[0].path == "/connections/0/detail"


def test_an_entry_that_denies_the_fact_does_not_express_it() -> None:
    changes = {
        "/connections/0": {
            "name": "Joris Vane",
            "relation": "Her cousin",
            "detail": "He never drowned in the mill race.",
        }
    }
    report = validate(draft_of("backstory", changes, facts=["Her cousin Joris Vane drowned in the mill race."]))
    assert not report.facts[0].expressed


def test_without_facts_the_rule_does_not_apply() -> None:
    draft = draft_of("npc")
    bare = validate(replace(draft, facts=()))
    assert bare.outcomes["FA1"] == "not_applicable"
    assert bare.facts == []
