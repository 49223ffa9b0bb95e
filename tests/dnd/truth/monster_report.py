"""How many changed stat blocks the rules catch, by kind: `python -m tests.dnd.truth.monster_report [kind ...]`."""

import sys
from collections.abc import Mapping

from dnd.srd.edition import BOTH, Edition
from tests.dnd.truth.hunt import Tally, hunt

_SHOWN = 12
"""Survivors of a kind that are listed."""


def share(tallies: Mapping[str, Tally], weight: str) -> float:
    """Caught / all mutants of a class, 0 to 1."""
    chosen = [tally for tally in tallies.values() if tally.weight == weight]
    return sum(tally.caught for tally in chosen) / max(1, sum(tally.total for tally in chosen))


def report(edition: Edition) -> str:
    """One line a kind: caught, all, share; then the two classes."""
    tallies = hunt(edition)
    lines = [f"SRD {edition}: {sum(tally.total for tally in tallies.values())} mutants"]
    for kind, tally in sorted(tallies.items(), key=lambda pair: (pair[1].weight, pair[0])):
        percent = 100 * tally.caught / max(1, tally.total)
        lines.append(f"  {tally.weight:8}{kind:24}{tally.caught:5} of {tally.total:5}{percent:8.1f} %")
    lines.extend(f"  class {weight}: {share(tallies, weight):.2%} caught" for weight in ("error", "warning"))
    return "\n".join(lines)


def survivors(edition: Edition, kinds: list[str]) -> str:
    """The first survivors of some kinds."""
    tallies = hunt(edition)
    return "\n".join(
        f"  {kind}: {survivor}" for kind in kinds if kind in tallies for survivor in tallies[kind].survivors[:_SHOWN]
    )


if __name__ == "__main__":
    for each in BOTH:
        sys.stdout.write(f"{report(each)}\n{survivors(each, sys.argv[1:])}\n")
