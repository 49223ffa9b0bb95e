"""The sample documents are legal to the last number."""

import pytest

from dnd.rules.filing import document_dossier
from dnd.rules.finding import Severity
from dnd.rules.registry import DOSSIER_RULES
from dnd.rules.rule import Skip
from dnd.sheets.documents import read_document
from dnd.sheets.samples import sample_document, sample_documents

UNUSUAL = {("mage_2014", "CR1"), ("mage_2014", "CR5"), ("ogre_2024", "CR1")}
"""Warnings about monsters that the SRD itself makes weaker or stronger than others of their challenge rating."""


@pytest.mark.parametrize("name", sample_documents())
def test_no_rule_objects(name: str) -> None:
    raw = sample_document(name)
    dossier = document_dossier(read_document(raw).document, raw["edition"])
    found = [
        finding
        for rule in DOSSIER_RULES
        if raw["edition"] in rule.editions and not isinstance(said := rule.check(dossier), Skip)
        for finding in said
        if finding.severity is not Severity.INFO
    ]
    assert {(name, finding.rule) for finding in found} == {pair for pair in UNUSUAL if pair[0] == name}


def test_a_caller_cannot_change_a_sample() -> None:
    sample_document("wizard_5")["name"] = "Somebody else"
    assert sample_document("wizard_5")["name"] != "Somebody else"
