"""From drafts and documents to the dossiers that mechanical rules read."""

from collections.abc import Iterator, Mapping
from typing import Any

from dnd.content.fields import Kind, Leaf
from dnd.content.skeleton import Document, Documents
from dnd.prose.passage import Passage
from dnd.rules.dossier import Dossier, NamePolicy, Place, Placed
from dnd.rules.rule import Draft
from dnd.sheets.block import Action, StatBlock
from dnd.sheets.encounter import EncounterPlan
from dnd.sheets.item import MagicItem
from dnd.sheets.sheet import CharacterSheet
from dnd.srd.edition import Edition

GIVEN = "/subject"
"""Where documents lie that the caller stated."""


def dossier_of(draft: Draft) -> Dossier:
    """The mechanics of a draft: the documents of its subject and content, and its texts."""
    documents = draft.type.documents(draft.subject, draft.content)
    own = tuple(leaf for path, document in documents.items() for leaf in _texts(document, path))
    return Dossier(
        edition=draft.edition,
        names=draft.policy.names,
        story=draft.leaves,
        leaves=(*draft.leaves, *own),
        passages={**draft.passages, **{leaf.path: Passage(leaf.text) for leaf in own}},
        given=draft.given,
        **_placed(documents),
    )


def document_dossier(
    document: Document, edition: Edition, names: NamePolicy = "homebrew_ok", *, text: str = ""
) -> Dossier:
    """A document that stands alone, with a prose text beside it if there is one (as `/text`)."""
    own = tuple(_texts(document, ""))
    beside = (Leaf("/text", text, Kind.PROSE, secret=False),) if text else ()
    leaves = (*beside, *own)
    return Dossier(
        edition=edition,
        names=names,
        story=beside,
        leaves=leaves,
        passages={leaf.path: Passage(leaf.text) for leaf in leaves},
        **_placed({"": document}),
    )


def _placed(documents: Documents) -> Mapping[str, Any]:
    """The fields of a dossier that hold documents."""
    placed: dict[str, Any] = {}
    for path, document in documents.items():
        place = Place(path, given=path.startswith(GIVEN), renamed=_FLAT if path == GIVEN else {})
        placed[_field_of(document)] = Placed(document, place)
    return placed


_FLAT = {"/classes/0/name": "/class", "/classes/0/level": "/level", "/classes/0/subclass": "/subclass"}
"""Where a character subject without a sheet keeps what a sheet has elsewhere."""


def _field_of(document: Document) -> str:
    match document:
        case CharacterSheet():
            return "sheet"
        case StatBlock():
            return "block"
        case MagicItem():
            return "item"
        case EncounterPlan():
            return "encounter"


def _texts(document: Document, base: str) -> Iterator[Leaf]:
    """The running texts inside a document."""
    match document:
        case StatBlock():
            for part in ("traits", "actions", "bonus_actions", "reactions", "legendary_actions"):
                entries: tuple[Action, ...] = getattr(document, part)
                for index, entry in enumerate(entries):
                    if entry.text:
                        yield Leaf(f"{base}/{part}/{index}/text", entry.text, Kind.PROSE, secret=True)
        case MagicItem():
            if document.text:
                yield Leaf(f"{base}/text", document.text, Kind.PROSE, secret=False)
        case _:
            return
