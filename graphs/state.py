"""What the content graph carries from node to node."""

from dataclasses import dataclass
from typing import Any

from langchain_core.messages import BaseMessage
from typing_extensions import TypedDict

from dnd.content.request import ContentRequest
from dnd.content.result import Attempt, Provenance, Status, StopReason, Usage
from dnd.content.skeleton import Skeleton
from dnd.rules.finding import Report
from dnd.themes.contract import ThemeContract
from providers.text import RunKey


@dataclass(frozen=True, slots=True)
class RunContext:
    """How one run is watched. LangGraph hands it to every node; it never shapes the content."""

    stream: bool = False
    """Ask the model for a stream, and tell stages, deltas and findings as they come."""
    run: RunKey | None = None
    """Under which paid answers are kept; None: they are not."""


class Draft(TypedDict):
    """A usable draft and what validation said of it."""

    raw: dict[str, Any]
    report: Report


class ContentInput(TypedDict):
    """What a run starts from."""

    request: ContentRequest


class ContentOutput(TypedDict):
    """What a run ends with."""

    status: Status
    content: dict[str, Any] | None
    player_view: dict[str, Any] | None
    report: Report
    trace: list[Attempt]
    usage: Usage
    provenance: Provenance


class ContentState(ContentInput):
    """The whole state, plain data and pydantic, so that any checkpointer can keep it.

    `prompt` sets what the loop reads and `apply_theme` the contract and messages; the fields of the output come with
    `finish`.
    """

    contract: ThemeContract
    """What the theme asks of this text."""
    skeleton: Skeleton | None
    """Mechanics that code computed before the model was asked; None where the type has none."""
    messages: list[BaseMessage]
    """The opening: system message and brief."""
    attempt: int
    """Calls to the model so far."""
    max_tokens: int
    """Budget of the next answer; it doubles after a truncated one."""
    draft: Draft | None
    """The latest usable draft."""
    best: Draft | None
    """The draft with the fewest errors so far: what a person gets to see when none is accepted."""
    simulated: bool
    provider: str | None
    stop: StopReason | None
    status: Status
    content: dict[str, Any] | None
    player_view: dict[str, Any] | None
    report: Report
    trace: list[Attempt]
    usage: Usage
    provenance: Provenance
