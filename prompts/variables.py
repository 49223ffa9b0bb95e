"""From a request to the texts that a prompt's variables take.

Everything a caller or a model wrote is escaped here: it can neither open nor close a tag nor begin a line, so that
the sections of the brief say what our code says they say.
"""

from collections.abc import Iterable, Sequence
from typing import cast

from dnd.content.base import ContentType
from dnd.content.request import ContentRequest
from dnd.content.subject import Subject
from dnd.rules import prompt_lines, rule_words
from dnd.rules.finding import Finding, Severity
from dnd.themes.contract import ThemeContract

EMPTY = "none"
"""What an empty section holds."""
MAX_FINDINGS = 24
"""Findings told in one repair: a hopeless draft would otherwise fill the context with its faults."""
MAX_FINDING_CHARS = 400
"""Characters of one finding's message, and of what it expected."""

_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_CONTROLS = dict.fromkeys((*range(32), *range(127, 160)))
_WEIGHT = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


def escape(text: str) -> str:
    """`text` on one line: entities for `&`, `<`, `>`; single spaces for white space; no control characters."""
    one_line = " ".join(text.split()).translate(_CONTROLS)
    return one_line.encode("utf-8", "replace").decode("utf-8").translate(_ENTITIES)


def system_variables(type: ContentType) -> dict[str, str]:  # noqa: A002 -- the field's name in the contract
    """`rules`: one line for each rule that the answer will be checked by; the same for every request of a type."""
    return {"rules": _section(f"- {line}" for line in prompt_lines(type))}


def brief_variables(
    type: ContentType,  # noqa: A002 -- the field's name in the contract
    request: ContentRequest,
    subject: Subject,
    contract: ThemeContract,
    *,
    attempt: int,
    mechanics: Iterable[str] | None = None,
) -> dict[str, str]:
    """The inner texts of the brief's sections: `request`, `subject`, `facts`, `theme`, `boundaries`.

    With `mechanics`, the lines that code computed, that section too: only prompts of types that have any declare it.
    """
    given = {} if mechanics is None else {"mechanics": _section(f"- {escape(line)}" for line in mechanics)}
    return {
        **given,
        "request": _section(_request_lines(type, request, attempt)),
        "subject": _section(_subject_lines(subject)),
        "facts": _section(f"{number}. {escape(fact)}" for number, fact in enumerate(request.facts, start=1)),
        "theme": _section(escape(line) for line in contract.lines()),
        "boundaries": _section(f"- {escape(line)}" for line in request.policy.lines),
    }


def repair_variables(attempt: int, fields: Sequence[str] | None, findings: Sequence[Finding]) -> dict[str, str]:
    """The inner texts of a repair's sections: `repair` and `findings`, the gravest findings first."""
    gravest = sorted(findings, key=lambda finding: _WEIGHT[finding.severity])[:MAX_FINDINGS]
    wanted = "all" if fields is None else ", ".join(fields)
    return {
        "repair": f"attempt: {attempt}\nfields: {wanted}",
        "findings": _section(_finding_line(finding) for finding in gravest),
    }


def _section(lines: Iterable[str]) -> str:
    return "\n".join(lines) or EMPTY


def _request_lines(kind: ContentType, request: ContentRequest, attempt: int) -> list[str]:
    words = kind.words[request.length]
    entries = "; ".join(f"{low}-{high} in {_field(pointer)}" for pointer, (low, high) in kind.entries.items())
    return [
        f"type: {kind.name}",
        f"edition: {request.edition}",
        f"length: {request.length.value}",
        f"words: {words.low}-{words.high} in {_field(kind.main)}",
        f"entries: {entries or EMPTY}",
        f"names: {request.policy.names}",
        f"variant: {request.variant}",
        f"attempt: {attempt}",
    ]


def _field(pointer: str) -> str:
    return pointer.lstrip("/")


def _subject_lines(subject: Subject) -> list[str]:
    values = subject.model_dump(by_alias=True, exclude_none=True)
    texts = {name: _value(value) for name, value in values.items()}
    return [f"- {name}: {text}" for name, text in texts.items() if text]


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(filter(None, map(_value, cast("Sequence[object]", value))))
    return escape(str(value))


def _finding_line(finding: Finding) -> str:
    expected = f" Expected: {_short(finding.expected)}" if finding.expected else ""
    own = rule_words(finding.rule)
    words = f" Rule: {_short(own)}" if own else ""
    return f"- [{escape(finding.rule)}] {escape(finding.path) or '/'}: {_short(finding.message)}{expected}{words}"


def _short(text: str) -> str:
    one_line = " ".join(text.split())
    cut = one_line if len(one_line) <= MAX_FINDING_CHARS else one_line[: MAX_FINDING_CHARS - 1] + "…"
    return escape(cut)
