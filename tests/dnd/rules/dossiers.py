"""Dossiers for tests: sample documents with some values replaced."""

import copy
from collections.abc import Mapping
from typing import Any, cast

from dnd.content.fields import Kind, Leaf
from dnd.prose.passage import Passage
from dnd.rules.dossier import Dossier, Example
from dnd.rules.filing import document_dossier
from dnd.sheets.documents import read_document
from dnd.sheets.samples import sample_document
from dnd.srd.edition import Edition


def changed(document: dict[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """A copy with the values at some JSON pointers replaced; None removes, `/-` appends."""
    result = copy.deepcopy(document)
    for pointer, value in changes.items():
        *way, last = pointer.split("/")[1:]
        parent: Any = result
        for part in way:
            parent = _step(parent, part)
        if isinstance(parent, list):
            _change_entry(cast("list[Any]", parent), last, value)
        elif value is None:
            parent.pop(last, None)
        else:
            parent[last] = copy.deepcopy(value)
    return result


def _step(parent: Any, part: str) -> Any:  # noqa: ANN401 -- JSON
    if isinstance(parent, list):
        return cast("list[Any]", parent)[int(part)]
    return cast("dict[str, Any]", parent).setdefault(part, {})


def _change_entry(entries: list[Any], key: str, value: object) -> None:
    if key == "-":
        entries.append(copy.deepcopy(value))
    elif value is None:
        del entries[int(key)]
    else:
        entries[int(key)] = copy.deepcopy(value)


def dossier_of_example(example: Example) -> Dossier:
    """The dossier that a rule's example describes."""
    if not example.document:
        edition: Edition = example.edition or "5.2"
        leaf = Leaf("/text", example.text, Kind.PROSE, secret=False)
        passages = {"/text": Passage(example.text)}
        return Dossier(edition=edition, names=example.names, story=(leaf,), leaves=(leaf,), passages=passages)
    raw = changed(sample_document(example.document), example.set)
    edition = example.edition or raw.pop("edition")
    raw.pop("edition", None)
    return document_dossier(read_document(raw).document, edition, example.names, text=example.text)
