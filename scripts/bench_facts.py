"""Precision and recall of the fact matcher on the labelled pairs, overall and by kind.

    python scripts/bench_facts.py [--split dev|test] [--misses]

The pairs of the split `test` were held out: neither the tables nor the thresholds were tuned on them.
"""

import argparse
import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from dnd.prose.matching import Match, find_statement, read_sources  # noqa: E402 -- the root comes first
from dnd.prose.passage import Passage  # noqa: E402 -- as above
from dnd.prose.statement import read_statement  # noqa: E402 -- as above

PAIRS = ROOT / "tests/dnd/rules/facts_labelled.jsonl"


class Pair(NamedTuple):
    """One labelled pair."""

    kind: str
    expressed: bool
    fact: str
    text: str
    subject: str
    split: str


class Figures(NamedTuple):
    """Counts of right and wrong verdicts."""

    true_positive: int
    false_positive: int
    false_negative: int
    true_negative: int

    @property
    def precision(self) -> float:
        """Share of the texts said to express their fact that do; 1 when none was said to."""
        said = self.true_positive + self.false_positive
        return self.true_positive / said if said else 1.0

    @property
    def recall(self) -> float:
        """Share of the texts that express their fact that were said to; 1 when there is none."""
        there = self.true_positive + self.false_negative
        return self.true_positive / there if there else 1.0


def load_pairs(split: str | None = None) -> list[Pair]:
    """The labelled pairs, of one split or all."""
    rows = [Pair(**json.loads(line)) for line in PAIRS.read_text("utf-8").splitlines()]
    return [row for row in rows if split in {None, row.split}]


def verdict(pair: Pair) -> Match:
    """What the matcher says of a pair."""
    return find_statement(read_statement(pair.fact, pair.subject), read_sources([("", Passage(pair.text))]))


def measure(pairs: list[Pair]) -> Figures:
    """Counts over some pairs."""
    counts: defaultdict[tuple[bool, bool], int] = defaultdict(int)
    for pair in pairs:
        counts[pair.expressed, verdict(pair).expressed] += 1
    return Figures(counts[True, True], counts[False, True], counts[True, False], counts[False, False])


def _line(name: str, pairs: list[Pair]) -> str:
    figures = measure(pairs)
    right = figures.true_positive + figures.true_negative
    return (
        f"{name:16} pairs {len(pairs):3}  right {right:3}  precision {figures.precision:.3f}  "
        f"recall {figures.recall:.3f}"
    )


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--split", choices=("dev", "test"))
    parser.add_argument("--misses", action="store_true", help="show the pairs judged wrongly")
    options = parser.parse_args()
    pairs = load_pairs(options.split)
    for split in ("dev", "test"):
        if chosen := [pair for pair in pairs if pair.split == split]:
            print(_line(split, chosen))
    for kind in dict.fromkeys(pair.kind for pair in pairs):
        print(_line(kind, [pair for pair in pairs if pair.kind == kind]))
    for pair in pairs if options.misses else ():
        match = verdict(pair)
        if match.expressed != pair.expressed:
            why = match.contradiction or ", ".join(match.missing)
            print(f"\n[{pair.kind}] {'missed' if pair.expressed else 'false alarm'} {match.score} ({why})")
            print(f"  {pair.fact}\n  {pair.text}")


if __name__ == "__main__":
    main()
