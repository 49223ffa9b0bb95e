"""How many changed sheets the rules catch, by kind: `python -m tests.dnd.truth.character_report [kind ...]`."""

import sys
from collections.abc import Mapping

from dnd.srd.edition import BOTH, Edition
from tests.dnd.truth.character_hunt import all_of
from tests.dnd.truth.hunt import Tally
from tests.dnd.truth.monster_report import share

_SHOWN = 12
"""Survivors of a kind that are listed."""


def report(tallies: Mapping[str, Tally], edition: Edition) -> str:
    """One line a kind: caught, all, share; then the two classes."""
    lines = [f"SRD {edition}: {sum(tally.total for tally in tallies.values())} mutants"]
    for kind, tally in sorted(tallies.items(), key=lambda pair: (pair[1].weight, pair[0])):
        percent = 100 * tally.caught / max(1, tally.total)
        lines.append(f"  {tally.weight:8}{kind:28}{tally.caught:5} of {tally.total:5}{percent:8.1f} %")
    lines.extend(f"  class {weight}: {share(tallies, weight):.2%} caught" for weight in ("error", "warning"))
    return "\n".join(lines)


def survivors(tallies: Mapping[str, Tally], weight: str) -> str:
    """The first survivors of every kind of a class."""
    return "\n".join(
        f"  {kind}: {survivor}"
        for kind, tally in tallies.items()
        if tally.weight == weight
        for survivor in tally.survivors[:_SHOWN]
    )


if __name__ == "__main__":
    for each in BOTH:
        found = all_of(each)
        chosen = {kind: tally for kind, tally in found.items() if not sys.argv[1:] or kind in sys.argv[1:]}
        sys.stdout.write(f"{report(chosen, each)}\n{survivors(chosen, 'error')}\n{survivors(chosen, 'warning')}\n")
