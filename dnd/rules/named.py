"""Judging a name: in the SRD, published elsewhere, or unknown."""

from dnd.rules.building import Mark
from dnd.rules.dossier import Dossier
from dnd.rules.finding import Finding, Severity
from dnd.rules.mechanics import name_severity
from dnd.srd.names import Lookup, NameKind, NameState, look_up

_WORDS: dict[NameKind, str] = {
    NameKind.CLASS_NAME: "class",
    NameKind.SUBCLASS: "subclass",
    NameKind.SPECIES: "species",
    NameKind.LINEAGE: "lineage",
    NameKind.BACKGROUND: "background",
    NameKind.FEAT: "feat",
    NameKind.LANGUAGE: "language",
    NameKind.GEAR: "piece of equipment",
    NameKind.MAGIC_ITEM: "magic item",
}


def name_finding(
    mark: Mark, dossier: Dossier, kind: NameKind, name: str, path: str, *, at_most: Severity | None = None
) -> Finding | None:
    """What is to be said of a name at `path`; None for one that the SRD of the edition has.

    Args:
        mark: of the rule that asks.
        dossier: gives the edition and the caller's policy on names.
        kind: what the name names.
        name: as written.
        path: where it stands.
        at_most: the weight that even an unknown name does not exceed.
    """
    found = look_up(kind, name, dossier.edition)
    weight = name_severity(found, dossier.names)
    if weight is None:
        return None
    if at_most is Severity.INFO or (at_most is Severity.WARNING and weight is Severity.ERROR):
        weight = at_most
    near = " or ".join(found.near) or None
    message = _message(found, kind, name, dossier)
    if len(found.near) == 1:
        return mark(path, message, expected=near, found=name, correct=found.near[0], severity=weight)
    return mark(path, message, expected=near, found=name, severity=weight)


def _message(found: Lookup, kind: NameKind, name: str, dossier: Dossier) -> str:
    word = _WORDS.get(kind, "name")
    if found.state is NameState.PUBLISHED:
        return f"The {word} {name} is published, but not in the SRD {dossier.edition}: what it grants was not checked."
    if found.near:
        return f"There is no {word} {name} in the SRD {dossier.edition}; {' or '.join(found.near)} is."
    return f"There is no {word} {name} in the SRD {dossier.edition}."
