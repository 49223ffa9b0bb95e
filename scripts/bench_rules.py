"""The rules on prose and mechanics: precision and recall on the labelled sentences, and what validation costs.

    python -m scripts.bench_rules [--misses] [--rounds 200]

The sentences of the split `held_out` were written before the rules were run on them; nothing was tuned on them.
"""

import argparse
import json
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles
from typing import Any, NamedTuple, cast

from rich.console import Console
from rich.table import Table

from dnd.rules import DOSSIER_RULES, validate_document
from dnd.rules.filing import document_dossier
from dnd.sheets.documents import AnyDocument, read_document
from dnd.sheets.samples import sample_document
from dnd.srd.edition import BOTH, Edition
from tests.dnd.rules.labelled import Judged, figures, judge, labelled
from tests.dnd.truth.srd_monsters import monsters

ROOT = Path(__file__).parent.parent
WORDS = 800
"""Words of prose beside the sheet."""
_SPLITS = ("dev", "held_out")


class Cost(NamedTuple):
    """Milliseconds of one validation."""

    p50: float
    p95: float


def measure(work: Callable[[], object], rounds: int) -> Cost:
    """What `work` costs, over so many rounds after a few to warm up."""
    for _ in range(5):
        work()
    times: list[float] = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return Cost(median(times), quantiles(times, n=20)[-1])


def document(name: str) -> tuple[AnyDocument, Edition]:
    """A sample document and its edition."""
    raw = sample_document(name)
    edition = cast("Edition", raw.pop("edition"))
    return read_document(raw).document, edition


def prose() -> str:
    """So many words about the character of the sample backstory, each paragraph of it used as often as needed."""
    story = cast("dict[str, Any]", json.loads((ROOT / "dnd/content/samples/backstory.json").read_text("utf-8")))
    text = f"{story['content']['story']}\n\n{story['content']['secret']}"
    words = text.split(" ")
    return " ".join((words * (WORDS // len(words) + 1))[:WORDS])


def quality_table(judged: list[Judged]) -> Table:
    """Precision and recall by rule and split."""
    table = Table("rule", title="Labelled sentences")
    for split in _SPLITS:
        for column in (f"{split}: right", "false", "missed", "precision", "recall"):
            table.add_column(column, justify="right")
    rules = sorted({entry.rule for entry in judged}, key=lambda rule: int(rule.removeprefix("NA")))
    for rule in (*rules, "all"):
        cells: list[str] = []
        for split in _SPLITS:
            own = [entry for entry in judged if entry.labelled.split == split and rule in {"all", entry.rule}]
            counts = figures(own)
            shares = (f"{counts.precision:.3f}", f"{counts.recall:.3f}") if own else ("-", "-")
            cells += [str(counts.right), str(counts.false_alarms), str(counts.misses), *shares]
        table.add_row(rule, *cells, end_section=rule == rules[-1])
    return table


def cost_table(rounds: int) -> Table:
    """What validation costs, dossier included."""
    table = Table("what", "p50 ms", "p95 ms", title=f"Validation, {len(DOSSIER_RULES)} mechanical rules")
    text = prose()
    sheet, edition = document("wizard_5")
    block, block_edition = document("dragon_2024")
    works: dict[str, Callable[[], object]] = {
        f"a full sheet with {WORDS} words": lambda: validate_document(document_dossier(sheet, edition, text=text)),
        "a full sheet": lambda: validate_document(document_dossier(sheet, edition)),
        "a stat block": lambda: validate_document(document_dossier(block, block_edition)),
    }
    for name, work in works.items():
        cost = measure(work, rounds)
        table.add_row(name, f"{cost.p50:.2f}", f"{cost.p95:.2f}")
    return table


def monsters_table() -> Table:
    """How many of the SRD's monsters are validated in a second."""
    table = Table("edition", "monsters", "seconds", "a second", title="All monsters of the SRD")
    for edition in BOTH:
        blocks = [read_document(entry, "stat_block").document for entry in monsters(edition).values()]
        start = time.perf_counter()
        for entry in blocks:
            validate_document(document_dossier(entry, edition))
        seconds = time.perf_counter() - start
        table.add_row(edition, str(len(blocks)), f"{seconds:.2f}", f"{len(blocks) / seconds:,.0f}")
    return table


def main() -> None:
    """Print all tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", action="store_true", help="list the sentences judged wrongly")
    parser.add_argument("--rounds", type=int, default=200, help="validations timed for each row")
    options = parser.parse_args()
    console = Console()
    judged = [entry for row in labelled() for entry in judge(row)]
    console.print(quality_table(judged))
    if options.misses:
        for entry in judged:
            if entry.verdict != "right":
                console.print(f"{entry.verdict} {entry.rule} “{entry.quote}”: {entry.labelled.text}", highlight=False)
    console.print(cost_table(options.rounds))
    console.print(monsters_table())


if __name__ == "__main__":
    main()
