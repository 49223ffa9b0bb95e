"""Requests for tests, with what the graph makes of them before a prompt is rendered."""

from typing import Any, cast

from langchain_core.messages import BaseMessage

from dnd.content import content_type
from dnd.content.request import ContentRequest
from dnd.content.samples import sample
from dnd.rules.binding import compute_skeleton
from dnd.themes import apply_theme, resolve_theme
from prompts.loader import load_prompt
from prompts.variables import brief_variables, system_variables


def variables(**request: object) -> dict[str, str]:
    """The brief's variables for a request; a type that needs a class and a level gets those of its sample."""
    kind = content_type(str(request.get("type", "backstory")))
    needed = {name: value for name, value in sample(kind.name)[0]["subject"].items() if name in {"class", "level"}}
    subject_given = {**needed, **cast("dict[str, Any]", request.get("subject", {}))} if kind.skeleton else None
    given = {} if subject_given is None else {"subject": subject_given}
    asked = ContentRequest.model_validate({"type": "backstory", **request, **given})
    subject = kind.parse_subject(asked.subject)
    contract = apply_theme(
        resolve_theme(asked.theme),
        facts=asked.facts,
        subject=subject,
        length=asked.length,
        boundaries=asked.policy.lines,
    )
    skeleton = compute_skeleton(asked)
    lines = None if skeleton is None or "mechanics" not in load_prompt(kind.name).variables else skeleton.lines
    return brief_variables(kind, asked, subject, contract, attempt=1, mechanics=lines)


def opening(**request: object) -> list[BaseMessage]:
    """The first two messages for a request."""
    kind = content_type(str(request.get("type", "backstory")))
    return load_prompt(kind.name).messages(**system_variables(kind), **variables(**request))
