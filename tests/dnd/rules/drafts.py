"""Drafts for tests: golden samples with some values replaced."""

import copy
from collections.abc import Mapping, Sequence
from typing import Any

from dnd.content import content_type
from dnd.content.request import ContentRequest
from dnd.content.samples import sample
from dnd.rules import parse_draft
from dnd.rules.binding import compute_skeleton
from dnd.rules.rule import Case, Draft
from dnd.themes import apply_theme, resolve_theme


def put(content: dict[str, Any], pointer: str, value: object) -> None:
    """Set the value at a JSON pointer; a new key of an object is added."""
    *way, last = pointer.split("/")[1:]
    parent: Any = content
    for part in way:
        parent = parent[_key(parent, part)]
    parent[_key(parent, last)] = value


def _key(parent: object, part: str) -> str | int:
    return int(part) if isinstance(parent, list) else part


def draft_of(
    type_name: str,
    changes: Mapping[str, Any] | None = None,
    *,
    facts: Sequence[str] = (),
    theme: str = "",
    lines: Sequence[str] = (),
    length: str = "full",
    raw: object = None,
) -> Draft:
    """The sample of a type, changed; `raw` in place of its content."""
    request_data, content = sample(type_name)
    request = ContentRequest.model_validate(request_data)
    for pointer, value in (changes or {}).items():
        put(content, pointer, copy.deepcopy(value))
    kind = content_type(type_name)
    subject = kind.parse_subject(request.subject)
    wanted = list(facts) or request.facts
    policy = request.policy.model_copy(update={"lines": list(lines) or request.policy.lines})
    contract = apply_theme(
        resolve_theme(theme or request.theme),
        facts=wanted,
        subject=subject,
        length=request.length.__class__(length),
        boundaries=policy.lines,
    )
    skeleton = compute_skeleton(request)
    return parse_draft(
        kind,
        content if raw is None else raw,
        subject=subject,
        contract=contract,
        facts=wanted,
        length=request.length.__class__(length),
        edition=request.edition,
        policy=policy,
        owned=None if skeleton is None else kind.complete(skeleton, content),
        slots=None if skeleton is None else skeleton.slots,
    )


def draft_of_case(case: Case) -> Draft:
    """The draft that a rule's case describes."""
    return draft_of(case.type, case.set, facts=case.facts, theme=case.theme, lines=case.lines, length=case.length.value)
