"""Validation of content, and of sheets and stat blocks, that somebody else wrote: no model is called."""

from collections.abc import Mapping
from typing import Any, get_args

from pydantic import Field

from dnd.content.base import DocumentName
from dnd.content.request import Policy, Terms
from dnd.content.skeleton import Document
from dnd.errors import FieldError, InvalidParametersError
from dnd.rules import validate, validate_document
from dnd.rules.binding import bind
from dnd.rules.dossier import NamePolicy
from dnd.rules.filing import document_dossier
from dnd.rules.finding import Report
from dnd.sheets.documents import DocumentKind, ReadDocument, UnreadableDocumentError, read_document
from dnd.srd.edition import Edition

DOCUMENT_KINDS: tuple[DocumentKind, ...] = get_args(DocumentKind)
"""What can be checked by itself, under these names as `type`."""
_PASTED: Mapping[DocumentName, DocumentKind] = {"block": "stat_block"}
"""Content types that hold such a document take a pasted one instead of their own object."""


class ValidateRequest(Terms):
    """Content, and what it must agree with."""

    type: str = Field(
        description="A content type, or a document that stands alone: " + ", ".join(DOCUMENT_KINDS) + ".",
        max_length=60,
    )
    content: dict[str, Any] | str = Field(
        description=(
            "As the type's content model has it (see `GET /v1/types`); for a document also the text as pasted from a "
            "book or an application, and any JSON with the usual names."
        ),
    )


class ValidationReport(Report):
    """The report, and for a document how it was read."""

    document: dict[str, Any] | None = Field(
        default=None, description="The document in canonical form: what the findings' paths point into."
    )
    ignored: list[str] = Field(default_factory=list, description="Keys or lines of the document not understood.")


class ValidationService:
    """The same rules, in the same order, that generated content must pass."""

    def validate(self, request: ValidateRequest) -> Report:
        """The report on `request.content`.

        Raises:
            InvalidParametersError: type, subject or theme do not exist or do not fit, or the text cannot be read.
        """
        kind: DocumentKind | None = next((name for name in DOCUMENT_KINDS if name == request.type), None)
        if kind is not None:
            return check_document(request.content, kind, request.edition, request.policy)
        binding = bind(request)
        if isinstance(request.content, dict):
            return validate(binding.draft(request.content))
        pasted: DocumentKind | None = next((_PASTED[name] for name in binding.type.kinds if name in _PASTED), None)
        if pasted is None:
            message = f"{request.type} is an object; text is taken for {', '.join((*DOCUMENT_KINDS, 'monster'))}"
            raise InvalidParametersError(message, [FieldError("/content", message)])
        return check_document(request.content, pasted, request.edition, request.policy)


def check_document(
    content: str | Mapping[str, Any], kind: DocumentKind | None, edition: Edition, policy: Policy
) -> ValidationReport:
    """The report on a document that stands alone.

    Args:
        content: its JSON or its text.
        kind: what it is; None: to be recognised.
        edition: the rules it must agree with.
        policy: which names it may use.

    Raises:
        InvalidParametersError: it cannot be read as that kind.
    """
    return report_on(read(content, kind), edition, policy.names)


def read(content: str | Mapping[str, Any], kind: DocumentKind | None) -> ReadDocument:
    """The document in `content`.

    Raises:
        InvalidParametersError: there is none.
    """
    try:
        return read_document(content, kind)
    except UnreadableDocumentError as error:
        raise InvalidParametersError(str(error), [FieldError("/content", str(error))]) from error


def report_on(found: ReadDocument, edition: Edition, names: NamePolicy) -> ValidationReport:
    """The report on a document that was read."""
    document: Document = found.document
    report = validate_document(document_dossier(document, edition, names))
    return ValidationReport(
        **{name: getattr(report, name) for name in Report.model_fields},
        document=document.model_dump(mode="json", exclude_none=True, exclude_defaults=True),
        ignored=list(found.ignored),
    )
