"""Requests as the service renders them, and what validation says about an answer."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from langchain_core.messages import BaseMessage

from dnd.content import content_type
from dnd.content.base import ContentType
from dnd.content.request import ContentRequest
from dnd.content.skeleton import Skeleton
from dnd.content.subject import Subject
from dnd.rules import parse_draft, validate
from dnd.rules.binding import compute_skeleton
from dnd.rules.finding import Finding, Report
from dnd.themes import apply_theme, resolve_theme
from dnd.themes.contract import ThemeContract
from prompts.loader import load_prompt
from prompts.variables import brief_variables, repair_variables, system_variables

Message = dict[str, Any]
_ROLES = {"system": "system", "human": "user", "ai": "assistant"}

_PIM = {
    "name": "Pim Fiddlewick",
    "species": "gnome",
    "class": "wizard",
    "level": 3,
    "background": "sage",
    "companions": ["Borin", "Ash"],
    "equipment": ["a brass spyglass"],
}
_PIMS_FACTS = [
    "Her mentor Aldous Wren vanished in the marsh nine winters ago.",
    "Pim keeps a jar of grave soil under her bed.",
    "She was raised by the lamplighters of Cinder Row.",
]
SUBJECTS: Mapping[str, dict[str, Any]] = {
    "backstory": _PIM,
    "personality": _PIM,
    "appearance": _PIM,
    "npc": {"role": "innkeeper", "species": "halfling", "attitude": "wary", "location": "Mill End"},
    "location": {"kind": "ruined keep", "region": "the Saltmoor", "purpose": "a place to rest"},
    "plot": {"antagonist": "a tax farmer", "setting": "a rainy port city ruled by merchants"},
    "quest": {"giver": "the abbess", "goal": "Find the missing physician", "reward": "300 gold pieces"},
    "item": {"category": "longsword", "rarity": "rare", "owner": "Captain Ysolt"},
    "dialogue": {"speakers": ["Mara", "Tobin Reed"], "topic": "the missing grain", "mood": "tense"},
    "combat_strategy": _PIM,
    "equipment_story": _PIM,
    "development_arc": _PIM,
    "level_up": _PIM,
    "monster": {"name": "the Lodger", "challenge_rating": "4", "role": "controller", "environment": "a flooded mill"},
    "encounter": {"party": [4, 4, 5], "goal": "get the ledger over the bridge", "environment": "a ford"},
}
"""A subject for each type that uses most of what the type's subject offers."""
LEAST: Mapping[str, dict[str, Any]] = {
    name: {"class": "fighter", "level": 4}
    for name in ("combat_strategy", "equipment_story", "development_arc", "level_up")
}
"""The least that a type's mechanics are computed from."""
FACTS: Mapping[str, list[str]] = {
    "backstory": _PIMS_FACTS,
    "personality": _PIMS_FACTS,
    "appearance": ["She has a notch in her left ear."],
    "npc": ["The cellar was sealed after the flood."],
    "location": ["The keep was abandoned in the year of two winters.", "A toll is paid in buttons."],
    "plot": ["The harbour froze in midsummer."],
    "quest": ["The physician left with a silver trunk."],
    "item": ["It was forged from a church bell."],
    "dialogue": ["The granary key was copied in spring."],
    "combat_strategy": _PIMS_FACTS,
    "equipment_story": _PIMS_FACTS,
    "development_arc": _PIMS_FACTS,
    "level_up": _PIMS_FACTS,
    "monster": ["It came down the river in a flood.", "The miller's cat is not afraid of it."],
    "encounter": ["The bridge was built by a dowager."],
}
"""Facts for each type."""


@dataclass(frozen=True, slots=True)
class Brief:
    """A request with everything that an answer to it is judged by."""

    kind: ContentType
    request: ContentRequest
    subject: Subject
    contract: ThemeContract
    skeleton: Skeleton | None
    messages: list[Message]

    def whole(self, answer: Mapping[str, Any]) -> dict[str, Any]:
        """The answer with the fields that code owns."""
        return {**answer, **({} if self.skeleton is None else self.kind.complete(self.skeleton, answer))}

    def judge(self, answer: Mapping[str, Any]) -> Report:
        """What validation says about an answer."""
        draft = parse_draft(
            self.kind,
            self.whole(answer),
            subject=self.subject,
            contract=self.contract,
            facts=self.request.facts,
            length=self.request.length,
            edition=self.request.edition,
            policy=self.request.policy,
            slots=None if self.skeleton is None else self.skeleton.slots,
        )
        return validate(draft)

    def repair(self, answer: Mapping[str, Any], fields: Sequence[str], findings: Sequence[Finding]) -> list[Message]:
        """The messages that ask for some fields again."""
        question = load_prompt("repair").messages(**repair_variables(2, fields, findings))
        return [*self.messages, {"role": "assistant", "content": json.dumps(answer)}, *map(_wire, question)]


def _wire(message: BaseMessage) -> Message:
    return {"role": _ROLES[message.type], "content": cast("str", message.content)}


def brief(type: str, **request: object) -> Brief:  # noqa: A002 -- the field's name in the request
    """The brief for a request, rendered as the service does it."""
    kind = content_type(type)
    given = {"subject": LEAST[type]} if type in LEAST and "subject" not in request else {}
    asked = ContentRequest.model_validate({"type": type, **request, **given})
    subject = kind.parse_subject(asked.subject)
    contract = apply_theme(
        resolve_theme(asked.theme),
        facts=asked.facts,
        subject=subject,
        length=asked.length,
        boundaries=asked.policy.lines,
    )
    prompt, skeleton = load_prompt(type), compute_skeleton(asked)
    lines = None if skeleton is None or "mechanics" not in prompt.variables else skeleton.lines
    variables = brief_variables(kind, asked, subject, contract, attempt=1, mechanics=lines)
    messages = prompt.messages(**system_variables(kind), **variables)
    return Brief(kind, asked, subject, contract, skeleton, [_wire(message) for message in messages])


def full_brief(type: str, **request: object) -> Brief:  # noqa: A002 -- the field's name in the request
    """As `brief`, with the type's subject and facts of this module."""
    return brief(type, **{"subject": SUBJECTS[type], "facts": FACTS[type], **request})


def faults(report: Report) -> list[Finding]:
    """The findings that matter."""
    return [*report.errors, *report.warnings]
