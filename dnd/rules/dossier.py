"""What mechanical rules read: the sheet, block, item or encounter of one piece, and the texts beside it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import Any, Generic, Literal, TypeVar

from dnd.content.fields import Leaf
from dnd.prose.passage import Passage
from dnd.rules.finding import Finding
from dnd.rules.rule import Rule, Skip
from dnd.sheets.block import StatBlock
from dnd.sheets.encounter import EncounterPlan
from dnd.sheets.item import MagicItem
from dnd.sheets.sheet import CharacterSheet
from dnd.srd.edition import Edition

NamePolicy = Literal["strict_srd", "official", "homebrew_ok"]
"""Which names of game things the caller allows (contract: `policy.names`)."""
Reads = Literal["sheet", "block", "item", "encounter", "texts", "story"]
"""What a rule looks at: a document, all texts, or the texts beside the documents."""

DocumentT = TypeVar("DocumentT", bound=CharacterSheet | StatBlock | MagicItem | EncounterPlan)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a document stands in the JSON that findings point into."""

    base: str = ""
    """JSON pointer of the document; empty when it is the whole."""
    given: bool = False
    """True for what the caller stated about the subject: the model cannot mend it, so nothing there is an error."""
    renamed: Mapping[str, str] = field(default_factory=dict[str, str])
    """Pointer in the document → pointer below `base`, where the caller's own layout differs."""

    def pointer(self, path: str) -> str:
        """The JSON pointer of `path`, a pointer into the document."""
        return self.base + self.renamed.get(path, path)


@dataclass(frozen=True, slots=True)
class Placed(Generic[DocumentT]):
    """A document and its place."""

    document: DocumentT
    place: Place = field(default_factory=Place)


@dataclass(frozen=True)
class Dossier:
    """Everything mechanical about one piece of content. What is None is not there."""

    edition: Edition
    names: NamePolicy = "homebrew_ok"
    sheet: Placed[CharacterSheet] | None = None
    block: Placed[StatBlock] | None = None
    item: Placed[MagicItem] | None = None
    encounter: Placed[EncounterPlan] | None = None
    story: tuple[Leaf, ...] = ()
    """The texts beside the documents, by their paths in the content."""
    leaves: tuple[Leaf, ...] = ()
    """All texts, those inside documents too."""
    passages: Mapping[str, Passage] = field(default_factory=dict[str, Passage])
    """The texts as read, by path."""
    given: str = ""
    """What the caller wrote of the piece: facts and subject. What stands there is the caller's own claim."""

    @cached_property
    def has(self) -> frozenset[Reads]:
        """What there is to read."""
        there: dict[Reads, object] = {
            "sheet": self.sheet,
            "block": self.block,
            "item": self.item,
            "encounter": self.encounter,
            "texts": self.leaves or None,
            "story": self.story or None,
        }
        return frozenset(name for name, value in there.items() if value is not None)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The words and stems of all texts: a rule whose words are not among them need not look further."""
        return frozenset(chain.from_iterable(passage.vocabulary for passage in self.passages.values()))


@dataclass(frozen=True, slots=True)
class Example:
    """A dossier for a mechanical rule to pass or to fail."""

    document: str = ""
    """Name of a sample document (`dnd/sheets/samples/<name>.json`); empty: none."""
    set: Mapping[str, Any] = field(default_factory=dict[str, Any])
    """JSON pointer → new value. None removes the value; `/list/-` appends to a list."""
    text: str = ""
    """Prose beside the document, as the content's field `/text`; empty: none."""
    edition: Edition | None = None
    """None: the sample's own edition, or 5.2 without a sample."""
    names: NamePolicy = "homebrew_ok"


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierRule(Rule):
    """A check of mechanics, or of prose against them."""

    reads: frozenset[Reads]
    """It applies where all of these are there."""
    check: Callable[[Dossier], Iterable[Finding] | Skip]
    passing: tuple[Example, ...]
    failing: tuple[Example, ...]
