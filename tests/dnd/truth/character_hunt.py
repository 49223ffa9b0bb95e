"""What the rules say of changed sheets."""

from collections.abc import Iterator, Mapping
from functools import cache
from random import Random
from typing import Any, cast

from dnd.mechanics.character import build_character
from dnd.rules import validate_document
from dnd.rules.filing import document_dossier
from dnd.rules.finding import Finding, Severity
from dnd.sheets.sheet import CharacterSheet
from dnd.srd.classes import classes
from dnd.srd.edition import Edition
from tests.dnd.truth.character_casts import CASTS
from tests.dnd.truth.character_changes import SheetKind, at
from tests.dnd.truth.character_choices import CHOICES
from tests.dnd.truth.character_numbers import NUMBERS
from tests.dnd.truth.character_things import THINGS
from tests.dnd.truth.hunt import Tally
from tests.dnd.truth.srd_monsters import Json

SEED = 20240917
LEVELS = (1, 5, 11, 17)
KINDS: Mapping[str, SheetKind] = {**NUMBERS, **CHOICES, **CASTS, **THINGS}


def canonical(sheet: CharacterSheet) -> Json:
    """The JSON that findings point into."""
    return sheet.model_dump(mode="json", exclude_none=True)


def findings(document: Json, edition: Edition) -> list[Finding]:
    """What the rules say of a sheet."""
    return validate_document(document_dossier(CharacterSheet.model_validate(document), edition)).findings


def weighty(document: Json, edition: Edition) -> frozenset[tuple[str, str]]:
    """The errors and warnings by rule and place, so that those of two sheets can be compared."""
    found = findings(document, edition)
    return frozenset((each.rule, each.path) for each in found if each.severity is not Severity.INFO)


def mutants_of(class_id: str, level: int, edition: Edition) -> Iterator[tuple[str, Json, str]]:
    """The mutants of one character: kind, document, and what the character is."""
    document = canonical(build_character(class_id, level, edition, seed=level % 7))
    rng = Random(f"{SEED} {edition} {class_id} {level}")
    for kind, entry in KINDS.items():
        for _ in range(entry.times if edition in entry.editions else 0):
            mutant = entry.change(document, rng, edition)
            if mutant is not None and mutant != document:
                yield kind, mutant, f"{class_id} {level}: {difference(document, mutant)}"


@cache
def hunt(class_id: str, edition: Edition) -> Mapping[str, Tally]:
    """All mutants of a class in one edition, by kind: the same ones every time."""
    tallies = {name: Tally(kind.weight) for name, kind in KINDS.items() if edition in kind.editions}
    for level in LEVELS:
        for kind, mutant, what in mutants_of(class_id, level, edition):
            if weighty(mutant, edition):
                tallies[kind].caught += 1
            else:
                tallies[kind].survivors.append(what)
    return tallies


def all_of(edition: Edition) -> Mapping[str, Tally]:
    """The tallies of all classes together."""
    total = {name: Tally(kind.weight) for name, kind in KINDS.items() if edition in kind.editions}
    for class_id in classes(edition):
        for name, tally in hunt(class_id, edition).items():
            total[name].caught += tally.caught
            total[name].survivors.extend(tally.survivors)
    return total


def difference(before: Any, after: Any, way: str = "") -> str:  # noqa: ANN401 -- JSON
    """The first place where two documents differ, and both values there."""
    for key in _keys(before, after):
        if at(before, (key,)) != at(after, (key,)):
            return difference(at(before, (key,)), at(after, (key,)), f"{way}/{key}")
    return f"{way} {str(before)[-60:]} -> {str(after)[-60:]}"


def _keys(before: object, after: object) -> list[Any]:
    if isinstance(before, dict) and isinstance(after, dict):
        return sorted({*cast("Json", before), *cast("Json", after)})
    if isinstance(before, list) and isinstance(after, list):
        sizes = {len(cast("list[Any]", before)), len(cast("list[Any]", after))}
        return list(range(max(sizes))) if len(sizes) == 1 else []
    return []
