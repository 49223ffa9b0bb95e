"""The labelled sentences, and how the rules on prose beside documents judge them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, NamedTuple, cast

from dnd.rules import narrative
from dnd.rules.dossier import Dossier
from dnd.rules.filing import document_dossier
from dnd.rules.finding import Finding
from dnd.rules.rule import Skip
from dnd.sheets.documents import DocumentKind, read_document
from dnd.sheets.samples import sample_document
from dnd.srd.edition import Edition

SENTENCES = Path(__file__).with_name("narrative_labelled.jsonl")
_KINDS: dict[str, DocumentKind] = {"sheet": "character_sheet", "block": "stat_block", "item": "magic_item"}


class Expected(NamedTuple):
    """A finding that a sentence must give: its rule, and words that its span holds or lies in."""

    rule: str
    quote: str


class Labelled(NamedTuple):
    """One text beside one document."""

    kind: str
    document: dict[str, Any]
    edition: Edition
    text: str
    expected: tuple[Expected, ...]
    split: Literal["dev", "held_out"]

    def dossier(self) -> Dossier:
        """What the rules read."""
        document = read_document(self.document, _KINDS[self.kind]).document
        return document_dossier(document, self.edition, text=self.text)


class Judged(NamedTuple):
    """How one rule did on one text."""

    rule: str
    verdict: Literal["right", "false alarm", "miss"]
    labelled: Labelled
    quote: str


def labelled() -> list[Labelled]:
    """All rows. A document may be the name of a sample."""
    return [_row(json.loads(line)) for line in SENTENCES.read_text("utf-8").splitlines()]


def _row(raw: dict[str, Any]) -> Labelled:
    kind = next(name for name in _KINDS if name in raw)
    document = raw[kind]
    if isinstance(document, str):
        document = {name: value for name, value in sample_document(document).items() if name != "edition"}
    expected = tuple(Expected(entry["rule"], entry["quote"]) for entry in raw["expected"])
    return Labelled(kind, cast("dict[str, Any]", document), raw["edition"], raw["text"], expected, raw["split"])


def findings_on(dossier: Dossier) -> list[Finding]:
    """What all rules on prose beside documents say."""
    said = [rule.check(dossier) for rule in narrative.RULES if dossier.edition in rule.editions]
    return [finding for entry in said if not isinstance(entry, Skip) for finding in entry]


def judge(row: Labelled) -> Iterator[Judged]:
    """Every finding and every expected finding of one row, paired."""
    open_ones = list(row.expected)
    for finding in findings_on(row.dossier()):
        found = finding.found or ""
        match = next(
            (one for one in open_ones if one.rule == finding.rule and (one.quote in found or found in one.quote)), None
        )
        if match:
            open_ones.remove(match)
        yield Judged(finding.rule, "right" if match else "false alarm", row, found)
    for missed in open_ones:
        yield Judged(missed.rule, "miss", row, missed.quote)


class Figures(NamedTuple):
    """Counts of verdicts."""

    right: int
    false_alarms: int
    misses: int

    @property
    def precision(self) -> float:
        """Share of the findings that were expected; 1 without findings."""
        said = self.right + self.false_alarms
        return self.right / said if said else 1.0

    @property
    def recall(self) -> float:
        """Share of the expected findings that were made; 1 when none was expected."""
        there = self.right + self.misses
        return self.right / there if there else 1.0


def figures(judged: list[Judged]) -> Figures:
    """The counts over some verdicts."""
    verdicts = [entry.verdict for entry in judged]
    return Figures(verdicts.count("right"), verdicts.count("false alarm"), verdicts.count("miss"))
