"""Requests for tests, with what the graph makes of them before a prompt is rendered."""

from langchain_core.messages import BaseMessage

from dnd.content import content_type
from dnd.content.request import ContentRequest
from dnd.themes import apply_theme, resolve_theme
from prompts.loader import load_prompt
from prompts.variables import brief_variables, system_variables


def variables(**request: object) -> dict[str, str]:
    """The brief's variables for a request."""
    asked = ContentRequest.model_validate({"type": "backstory", **request})
    kind = content_type(asked.type)
    subject = kind.parse_subject(asked.subject)
    contract = apply_theme(
        resolve_theme(asked.theme),
        facts=asked.facts,
        subject=subject,
        length=asked.length,
        boundaries=asked.policy.lines,
    )
    return brief_variables(kind, asked, subject, contract, attempt=1)


def opening(**request: object) -> list[BaseMessage]:
    """The first two messages for a request."""
    kind = content_type(str(request.get("type", "backstory")))
    return load_prompt(kind.name).messages(**system_variables(kind), **variables(**request))
