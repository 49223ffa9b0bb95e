"""What one rule says of a small document: for tests of a rule's boundaries."""

from collections.abc import Mapping
from typing import Any

from dnd.rules import DOSSIER_RULES
from dnd.rules.dossier import NamePolicy
from dnd.rules.filing import document_dossier
from dnd.rules.finding import Finding
from dnd.rules.rule import Skip
from dnd.sheets.documents import DocumentKind, read_document
from dnd.srd.edition import Edition

_RULES = {entry.id: entry for entry in DOSSIER_RULES}


def says(
    rule: str,
    document: Mapping[str, Any],
    edition: Edition = "5.2",
    names: NamePolicy = "homebrew_ok",
    kind: DocumentKind = "character_sheet",
) -> list[Finding] | Skip:
    """The findings of one rule on a document, or why it gives no verdict."""
    dossier = document_dossier(read_document(document, kind).document, edition, names)
    said = _RULES[rule].check(dossier)
    return said if isinstance(said, Skip) else list(said)


def findings(
    rule: str,
    document: Mapping[str, Any],
    edition: Edition = "5.2",
    names: NamePolicy = "homebrew_ok",
    kind: DocumentKind = "character_sheet",
) -> list[Finding]:
    """The findings of one rule that must give a verdict."""
    said = says(rule, document, edition, names, kind)
    assert not isinstance(said, Skip), f"{rule} gave no verdict: {said}"
    return said
