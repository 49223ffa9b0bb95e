"""Reading a document: JSON or pasted text, of a stated kind or recognised."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, cast

from pydantic import ValidationError

from dnd.sheets.block import StatBlock
from dnd.sheets.document import Document, key_of
from dnd.sheets.encounter import EncounterPlan
from dnd.sheets.item import MagicItem
from dnd.sheets.pasted_block import looks_like_block, read_block
from dnd.sheets.pasted_sheet import looks_like_sheet, read_sheet
from dnd.sheets.sheet import CharacterSheet
from dnd.srd.edition import BOTH, Edition

DocumentKind = Literal["character_sheet", "stat_block", "magic_item", "encounter_plan"]
"""What can be read."""
AnyDocument = CharacterSheet | StatBlock | MagicItem | EncounterPlan
MOST_STRANGE = 3
"""Lines not understood for each one that was, in a text of no stated kind: with more it is about something else."""
MAX_CHARACTERS = 200_000
"""Longer texts are no sheet."""
MAX_FAULTS = 20
"""Parts of a document that may be unreadable before the whole of it is."""
_MODELS: Mapping[DocumentKind, type[Document]] = {
    "character_sheet": CharacterSheet,
    "stat_block": StatBlock,
    "magic_item": MagicItem,
    "encounter_plan": EncounterPlan,
}
_TELLING: Mapping[DocumentKind, frozenset[str]] = {
    "stat_block": frozenset(
        {"challenge_rating", "cr", "challenge", "actions", "legendary_actions", "condition_immunities"}
    ),
    "encounter_plan": frozenset({"party", "monsters", "creatures", "adjusted_experience", "adjusted_xp"}),
    "magic_item": frozenset({"rarity", "attunement", "requires_attunement"}),
    "character_sheet": frozenset({"class", "classes", "background", "species", "race", "spellcasting", "hit_dice"}),
}
"""Keys that only documents of the kind have; the kind with most of them is the one."""
_EDITIONS: Mapping[str, Edition] = {"2014": "5.1", "2024": "5.2"}


class UnreadableDocumentError(ValueError):
    """There is no such document in what was given; the text says what would be one."""


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A document and how it was read."""

    kind: DocumentKind
    document: AnyDocument
    ignored: tuple[str, ...] = ()
    """Keys or lines that mean nothing here."""
    edition: Edition | None = None
    """The edition that the document names or whose notation it uses; None when neither tells."""


def read_document(value: str | Mapping[str, Any], kind: DocumentKind | None = None) -> ReadDocument:
    """The document in `value`: an object, JSON text, or pasted text. `kind` None: to be recognised.

    Raises:
        UnreadableDocumentError: there is none of that kind.
    """
    if isinstance(value, str):
        return _read_text(value, kind)
    return _read_object(value, kind)


def _read_text(text: str, kind: DocumentKind | None) -> ReadDocument:
    if len(text) > MAX_CHARACTERS:
        raise UnreadableDocumentError(f"the text has {len(text)} characters; {MAX_CHARACTERS} are the most")
    if text.lstrip().startswith("{"):
        try:
            parsed: object = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise UnreadableDocumentError(f"the text begins like JSON and is none: {error}") from error
        return _read_object(cast("Mapping[str, Any]", parsed), kind)
    readers: tuple[
        tuple[DocumentKind, Callable[[str], bool], Callable[[str], tuple[dict[str, Any], list[str]]]], ...
    ] = (
        ("stat_block", looks_like_block, read_block),
        ("character_sheet", looks_like_sheet, read_sheet),
    )
    for name, recognised, reader in readers:
        if kind in {None, name} and recognised(text):
            values, ignored = reader(text)
            if kind == name or len(ignored) <= MOST_STRANGE * len(values):
                return _built(name, values, tuple(ignored))
    wanted = "a stat block or a character sheet" if kind is None else kind.replace("_", " ")
    raise UnreadableDocumentError(
        f"the text cannot be read as {wanted}: it needs lines such as `Armor Class 15`, `HP 27 (6d8)` or "
        "`Class: Wizard 5`"
    )


def _read_object(value: Mapping[str, Any], kind: DocumentKind | None) -> ReadDocument:
    chosen = kind or _recognised(value)
    known = {key: entry for key, entry in value.items() if key_of(key) != "edition"}
    return _built(chosen, known, _MODELS[chosen].strangers(known), _edition(value))


def _built(
    kind: DocumentKind, values: Mapping[str, Any], ignored: tuple[str, ...], edition: Edition | None = None
) -> ReadDocument:
    document, faults = _validated(_MODELS[kind], values)
    ignored = (*ignored, *faults)
    if edition is None and isinstance(document, StatBlock) and document.layout:
        edition = _EDITIONS[document.layout]
    return ReadDocument(kind, document, ignored, edition)


def _validated(model: type[Document], values: Mapping[str, Any]) -> tuple[AnyDocument, list[str]]:
    """The document without the parts that nothing can be made of, and what is wrong with those."""
    faults: list[str] = []
    try:
        left = model.normalise(model.recognised(values))
        for _ in range(MAX_FAULTS):
            try:
                return cast("AnyDocument", model.model_validate(left)), faults
            except ValidationError as error:
                faults.append(_complaint(error))
                if not _without(left, error.errors(include_url=False, include_input=False)[0]["loc"]):
                    break
    except (RecursionError, ArithmeticError, AttributeError, TypeError, ValueError) as error:
        raise UnreadableDocumentError("the document is nested too deeply or is none at all") from error
    raise UnreadableDocumentError(f"the document cannot be read {faults[0]}")


def _without(values: dict[str, Any], place: tuple[int | str, ...]) -> bool:
    """Take the part at `place` out: an entry of a list or a mapping, or else the field. False when nothing is left."""
    field = str(place[0]) if place else ""
    inner: object = values.get(field)
    at = place[1] if len(place) > 1 else None
    if isinstance(inner, tuple) and isinstance(at, int) and at < len(cast("tuple[object, ...]", inner)):
        parts = cast("tuple[object, ...]", inner)
        values[field] = (*parts[:at], *parts[at + 1 :])
    elif isinstance(inner, dict) and at in inner:
        values[field] = {key: entry for key, entry in cast("dict[object, object]", inner).items() if key != at}
    else:
        values.pop(field, None)
    return bool(values)


def _complaint(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    where = "/".join(("", *(str(part) for part in first["loc"])))
    return f"at {where or '/'}: {first['msg']}"


def _edition(value: Mapping[str, Any]) -> Edition | None:
    stated = next((str(entry) for key, entry in value.items() if key_of(key) == "edition"), "")
    return next((edition for edition in BOTH if edition == stated), None) or _EDITIONS.get(stated)


def _recognised(value: Mapping[str, Any]) -> DocumentKind:
    keys = {key_of(key) for key in value}
    best = max(_TELLING, key=lambda kind: len(keys & _TELLING[kind]))
    if not keys & _TELLING[best]:
        raise UnreadableDocumentError(
            "the object is no sheet, stat block, item or encounter: none of its keys is one of theirs"
        )
    return best
