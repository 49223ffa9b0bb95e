"""What the rules say of the changed stat blocks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from random import Random
from typing import Any, cast

from dnd.rules import DOSSIER_RULES
from dnd.rules.dossier import Reads
from dnd.rules.engine import DossierEngine, Verdicts
from dnd.rules.filing import document_dossier
from dnd.rules.finding import Finding, Severity
from dnd.sheets.documents import read_document
from dnd.srd.edition import Edition
from tests.dnd.truth.mutants import KINDS, Weight
from tests.dnd.truth.srd_monsters import Json, monsters

SEED = 20140826
SPARED = 0.3
"""Share of the possible mutants that are left out, for the sake of time."""
BLOCK_RULES = tuple(rule for rule in DOSSIER_RULES if rule.reads == frozenset[Reads]({"block"}))
_ENGINE = DossierEngine(BLOCK_RULES)


@dataclass(slots=True)
class Tally:
    """What became of the mutants of one kind."""

    weight: Weight
    caught: int = 0
    survivors: list[str] = field(default_factory=list[str])
    """Monster, and what was changed in it."""

    @property
    def total(self) -> int:
        """All mutants of the kind."""
        return self.caught + len(self.survivors)


def findings(document: Json, edition: Edition) -> list[Finding]:
    """What the rules on stat blocks say of a document."""
    dossier = document_dossier(read_document(document, "stat_block").document, edition)
    verdicts = Verdicts()
    _ENGINE.run(dossier, verdicts)
    return verdicts.report([]).findings


def weighty(document: Json, edition: Edition) -> frozenset[object]:
    """The errors and warnings, so that those of two documents can be compared.

    By rule and place only: a mutant of a value that was found fault with before is not caught by the old finding.
    """
    return frozenset(
        (found.rule, found.path, found.span.start if found.span else None)
        for found in findings(document, edition)
        if found.severity is not Severity.INFO
    )


@cache
def hunt(edition: Edition) -> Mapping[str, Tally]:
    """All mutants of an edition's monsters, by kind: the same ones every time."""
    tallies = {name: Tally(kind.weight) for name, kind in KINDS.items() if edition in kind.editions}
    for name, document in monsters(edition).items():
        original = weighty(document, edition)
        for kind, mutant, what in mutants_of(name, document, edition):
            if weighty(mutant, edition) - original:
                tallies[kind].caught += 1
            else:
                tallies[kind].survivors.append(f"{name}: {what}")
    return tallies


def mutants_of(name: str, document: Json, edition: Edition) -> Iterator[tuple[str, Json, str]]:
    """The mutants of one monster: kind, document, and what was changed."""
    rng = Random(f"{SEED} {edition} {name}")
    for kind, entry in KINDS.items():
        if edition not in entry.editions or rng.random() < SPARED:
            continue
        mutant = entry.change(document, rng)
        if mutant is not None and mutant != document:
            yield kind, mutant, _difference(document, mutant)


def _difference(before: Json, after: Json) -> str:
    for key, value in after.items():
        if value == before.get(key):
            continue
        if isinstance(value, list):
            pairs = list(zip(cast("list[Any]", before[key]), cast("list[Any]", value), strict=False))
            old, new = next((pair for pair in pairs if pair[0] != pair[1]), pairs[0])
            return f"{key} {_short(old, new)}"
        return (
            f"{key} {before[key]} -> {value}" if not isinstance(value, dict) else f"{key} {_short(before[key], value)}"
        )
    return "nothing"


def _short(old: Any, new: Any) -> str:  # noqa: ANN401 -- JSON
    if isinstance(old, dict) and isinstance(new, dict):
        was, now = cast("Json", old), cast("Json", new)
        return "; ".join(f"{key}: {_short(was.get(key), value)}" for key, value in now.items() if was.get(key) != value)
    if not isinstance(old, str) or not isinstance(new, str):
        return f"{old} -> {new}"
    same = next((place for place, pair in enumerate(zip(old, new, strict=False)) if pair[0] != pair[1]), 0)
    return f"{old[max(0, same - 30) : same + 30]} -> {new[max(0, same - 30) : same + 30]}"
