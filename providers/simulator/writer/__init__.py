"""The simulator's writer: reads the brief out of a prompt and writes content for it, by hand-made fragments.

It knows nothing of HTTP and needs no network, no key and no model. The same messages always get the same answer.
"""

import random
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal

from dnd.content.base import Limits
from dnd.content.fields import code_owned
from dnd.content.wire import wire_schema
from providers.simulator.writer.brief import Brief, NoBriefError, parse_brief
from providers.simulator.writer.composers import RECIPES
from providers.simulator.writer.facts import told
from providers.simulator.writer.faults import FAULTS, chosen_fault
from providers.simulator.writer.finish import carry, colour, public_fields
from providers.simulator.writer.garbage import garbage
from providers.simulator.writer.piece import Piece

__all__ = ["Mood", "NoBriefError", "write"]

Mood = Literal["decent", "flawless", "stubborn", "garbage"]
"""How well it writes.

`flawless` makes no mistake. `decent` makes one in about four of ten first drafts, and mends it when asked.
`stubborn` makes the same one each time, also in repairs. `garbage` fills the right structure with nonsense.
"""


def write(messages: Sequence[Mapping[str, Any]], schema: Mapping[str, Any] | None, *, mood: Mood) -> dict[str, Any]:
    """The JSON object that answers `messages`.

    Args:
        messages: OpenAI wire messages; content is a string or a list of text parts.
        schema: JSON schema of the answer; its properties are the fields to write. None: all, or, for a repair,
            those that the repair names.
        mood: How well to write.

    Raises:
        NoBriefError: the messages carry no brief.
    """
    brief = parse_brief(messages)
    wanted = _wanted(brief, schema)
    if mood == "garbage":
        rng = random.Random(zlib.crc32(repr((brief.identity, brief.variant)).encode()))  # noqa: S311 -- nonsense
        answer = garbage(wire_schema(brief.type.model), brief.identity, rng)
    else:
        answer = _written(brief, frozenset(wanted), mood)
    return {name: answer[name] for name in wanted}


def _wanted(brief: Brief, schema: Mapping[str, Any] | None) -> list[str]:
    """The fields to write, in the order of the model."""
    owned = code_owned(brief.type.model)
    known = [name for name in brief.type.model.model_fields if name not in owned]
    if schema is not None and "properties" in schema:
        asked = set(schema["properties"])
    elif brief.repair is not None and brief.repair.fields is not None:
        asked = set(brief.repair.fields)
    else:
        asked = set(known)
    return [name for name in known if name in asked] or known


def _written(brief: Brief, wanted: frozenset[str], mood: Mood) -> dict[str, Any]:
    brief = _continued(brief, wanted)
    attempt = brief.attempt if brief.repair is None else brief.attempt + 10 * brief.repair.attempt
    piece = Piece(brief, attempt=attempt)
    fault = chosen_fault(piece, mood)
    facts = _facts(brief, wanted, omit_last=fault == "missing_fact")
    recipe = RECIPES[brief.type.name]
    main = brief.type.main.strip("/")
    limits = brief.words
    if fault == "too_long":
        limits = Limits(int(limits.high * 1.15), int(limits.high * 1.5))
    content, left = recipe.compose(piece, facts if main in wanted else (), limits)
    carry(piece, content, left if main in wanted else facts, recipe.carriers, wanted)
    if brief.repair is not None:
        content = {**brief.repair.previous, **{name: content[name] for name in wanted}}
    colour(piece, content, recipe.carriers, wanted)
    if fault is not None:
        FAULTS[fault].spoil(piece, content)
    return content


def _facts(brief: Brief, wanted: frozenset[str], *, omit_last: bool) -> list[str]:
    """The facts to tell: all, or in a repair those that the fields left alone do not tell already."""
    facts = list(brief.facts)
    if omit_last:
        del facts[-1]
    if brief.repair is None:
        return facts
    hidden = set(brief.type.model.model_fields) - public_fields(brief.type)
    done = told(facts, brief.repair.previous, wanted | hidden)
    return [fact for fact in facts if fact not in done]


def _continued(brief: Brief, wanted: frozenset[str]) -> Brief:
    """In a repair, keeps the name that the untouched part of the previous answer uses."""
    if brief.repair is None or "name" in wanted or "name" in brief.subject:
        return brief
    name = brief.repair.previous.get("name")
    return replace(brief, subject={**brief.subject, "name": name}) if isinstance(name, str) and name else brief
