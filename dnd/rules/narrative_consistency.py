"""NA13: one text gives the same person, place or parent one age, one number, one name."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from dnd.prose.numbers import find_numbers
from dnd.prose.reading import Name
from dnd.rules.building import Mark
from dnd.rules.dossier import Dossier, Example
from dnd.rules.finding import Finding, Severity
from dnd.rules.mechanics import text_rule
from dnd.rules.narrative_ages import EXCUSE, THEN, YEARS, ages_in
from dnd.rules.narrative_lines import Line, doubtful, lines_of, lines_with, names_in, stretch
from dnd.rules.spotting import Spot, claimed, passage_of, spot_finding

_PARENTS = frozenset({"mother", "father"})


class _Told(NamedTuple):
    """One thing told of one named somebody or somewhere."""

    about: frozenset[str]
    what: str
    value: str
    spot: Spot


_PEOPLE = frozenset({"souls", "inhabitants", "villagers", "townsfolk"})
_PARENT = re.compile(
    r"\b(?P<owner>[Hh]er|[Hh]is|[Tt]heir|[Mm]y|[A-Z]\w+['’]s) "
    r"(?P<kin>mother|father)(?:,? )(?P<name>[A-Z][a-z’']+(?: [A-Z][a-z]+)?)"
)
_NO_NAMES = frozenset({"and", "but", "who", "when", "god", "lord", "saint", "mother", "father"})


def _own_consistency(mark: Mark, dossier: Dossier) -> Iterator[Finding]:
    seen: list[_Told] = []
    for told in (*_told_ages(dossier), *_told_numbers(dossier), *_told_parents(dossier)):
        earlier = next((entry for entry in seen if entry.what == told.what and _same(entry.about, told.about)), None)
        if earlier is None:
            seen.append(told)
        elif earlier.value != told.value and not _part_of(earlier.value, told.value):
            if claimed(dossier, told.spot.text):
                continue
            yield spot_finding(
                mark,
                dossier,
                told.spot,
                f"The text says {told.value} here and {earlier.value} elsewhere ({told.what}{_whose(told)}).",
                expected=f"{earlier.value}, or one of both throughout",
                severity=Severity.WARNING if told.what in _PARENTS else None,
            )


def _whose(told: _Told) -> str:
    return "" if told.what in _PARENTS else " of " + " ".join(word.title() for word in sorted(told.about))


def _same(one: frozenset[str], other: frozenset[str]) -> bool:
    return one <= other or other <= one


def _part_of(one: str, other: str) -> bool:
    """Whether one name is the other with more parts."""
    left, right = frozenset(one.split()), frozenset(other.split())
    return not one.isdigit() and _same(left, right)


def _told_ages(dossier: Dossier) -> Iterator[_Told]:
    for line in lines_with(dossier, YEARS | {"aged"}):
        for age in ages_in(line):
            if (
                not age.now
                or age.attributive
                or THEN.search(line.text)
                or doubtful(line, age.start)
                or EXCUSE.search(line.text)
            ):
                continue
            name = _name_before(line, age.start)
            if name is not None:
                yield _Told(name.words, "age", str(age.years), stretch(line, age.start, age.end))


def _name_before(line: Line, place: int) -> Name | None:
    """The name right before "is" or a comma, of whom an age is told."""
    words, before = line.passage.words, place - 1
    while before > line.first and words[before] in {"aged", "is", "was", "now"}:
        before -= 1
    return next(
        (
            name
            for name in names_in(line)
            if name.end == before + 1 and not line.passage.possessive(before) and before >= line.first
        ),
        None,
    )


def _told_numbers(dossier: Dossier) -> Iterator[_Told]:
    last: frozenset[str] = frozenset()
    if _PEOPLE.isdisjoint(dossier.vocabulary):
        return
    for line in lines_of(dossier):
        names = names_in(line)
        numbers = [
            number
            for number in find_numbers(line.words)
            if line.words[number.end : number.end + 1] and line.words[number.end] in _PEOPLE
        ]
        for number in numbers:
            place = line.first + number.start
            here = [name for name in names if name.end <= place]
            about = here[-1].words if here else last
            if about and not doubtful(line, place) and not THEN.search(line.text):
                yield _Told(about, "people", number.key[1:], stretch(line, place, line.first + number.end + 1))
        if names:
            last = names[-1].words


def _told_parents(dossier: Dossier) -> Iterator[_Told]:
    for leaf in dossier.story:
        if _PARENTS.isdisjoint(passage_of(dossier, leaf).vocabulary):
            continue
        for match in _PARENT.finditer(leaf.text):
            owner = frozenset({f"{leaf.path} {match['owner'].lower()}"})
            if match["name"].lower() not in _NO_NAMES:
                name = match["name"].removesuffix("'s").removesuffix("’s").lower()
                yield _Told(owner, match["kin"], name, Spot(leaf, match.start("kin"), match.end()))


RULES = (
    text_rule(
        _own_consistency,
        id="NA13",
        title="One text says one thing",
        severity=Severity.ERROR,
        source="Service contract, Content (one piece agrees with itself)",
        prompt="Give each person and place one age, one number and one name throughout.",
        passing=(
            Example(text="Captain Harl is 45 years old. His brother Tam is 52 years old."),
            Example(text="Her mother Elsa kept bees. His mother Ina kept accounts."),
        ),
        failing=(
            Example(text="Captain Harl is 45 years old. On the last page Harl is 52 years old."),
            Example(text="Old Marsh has forty souls. By the ledger Old Marsh has sixty souls."),
        ),
    ),
)
