"""The API's document: its texts, its problems, and examples that are real requests."""

import json
from collections.abc import Callable
from functools import cache
from http import HTTPStatus
from importlib.resources import files
from typing import Any

from fastapi import FastAPI

from api.problems import PROBLEM_JSON, Problem
from dnd.content import CONTENT_TYPES
from dnd.content.base import Group

TITLE = "LLM service"
SUMMARY = "Structured, themed, checked D&D content."
DESCRIPTION = """\
Writes backstories, personalities, NPCs, locations, plots, quests, items and dialogues for fifth-edition play.

The model writes words; code decides what is true. Every answer carries a report on each required fact, rule by
rule findings, a trace of all attempts, and what it cost. Errors are `application/problem+json` (RFC 9457); every
response carries `X-Request-ID`.
"""
TAGS = [
    {"name": "content", "description": "Write content, watch it being written, read it again."},
    {"name": "validation", "description": "The same rules, for content that somebody else wrote."},
    {"name": "catalogue", "description": "What there is to choose from."},
    {"name": "graphs", "description": "The content graph for LangChain's `RemoteRunnable`, and its playground."},
    {"name": "operations", "description": "Health and identity."},
]
EVENT_STREAM: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "Events `run`, `stage`, `delta`, `findings`, and one last `result` or `error`.",
        "content": {"text/event-stream": {"schema": {"type": "string"}}},
    }
}
PIM: dict[str, Any] = {
    "type": "backstory",
    "subject": {"name": "Pim Fiddlewick", "species": "gnome", "class": "wizard", "level": 3},
    "theme": "gothic_horror",
    "facts": [
        "Her mentor Aldous Wren vanished in the marsh nine winters ago",
        "She carries a brass key that opens no lock in her village",
        "She cannot sleep while a candle burns",
    ],
}
"""The README's request: the first example wherever a request is asked for."""

_REASONS = {
    400: "A type of another group",
    404: "There is none",
    409: "The idempotency key belongs to another request, or its run is under way",
    413: "The body is too large",
    415: "The body is not JSON",
    422: "A field is wrong, or the model refuses: `code` says which",
    502: "No model could answer",
    503: "A backend or the provider is unavailable; `Retry-After` when known",
    504: "No model answered in time",
}


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The problem responses of a route, by status."""
    schema = {"$ref": "#/components/schemas/Problem"}
    return {
        status: {
            "description": _REASONS.get(status, HTTPStatus(status).phrase),
            "content": {PROBLEM_JSON: {"schema": schema}},
        }
        for status in statuses
    }


def install(app: FastAPI) -> None:
    """Complete the document that FastAPI generates, when it is first asked for."""
    generate = app.openapi

    @cache
    def completed() -> dict[str, Any]:
        document = generate()
        schemas: dict[str, Any] = document.setdefault("components", {}).setdefault("schemas", {})
        schemas.update(_with_definitions(Problem.model_json_schema(ref_template="#/components/schemas/{model}")))
        for name in ("HTTPValidationError", "ValidationError"):
            schemas.pop(name, None)
        for path, examples in _EXAMPLES.items():
            body = document["paths"].get(path, {}).get("post", {}).get("requestBody")
            if body is not None:
                body["content"]["application/json"]["examples"] = examples()
        return document

    app.openapi = completed


@cache
def sample(name: str) -> dict[str, Any]:
    """The golden sample of a content type: `request` and `content`."""
    text = files("dnd.content").joinpath("samples", f"{name}.json").read_text(encoding="utf-8")
    return json.loads(text)


def _requests(*groups: Group) -> dict[str, Any]:
    """One example per type of `groups`."""
    chosen = [kind for kind in CONTENT_TYPES if kind.group in groups]
    examples = {kind.name: {"summary": kind.description, "value": sample(kind.name)["request"]} for kind in chosen}
    if Group.CHARACTER in groups:
        return {"pim": {"summary": "A gnome wizard's backstory, gothic, with three facts", "value": PIM}, **examples}
    return examples


def _validations() -> dict[str, Any]:
    accepted = ("content", "edition", "facts", "length", "policy", "subject", "theme", "type")
    examples: dict[str, Any] = {}
    for kind in CONTENT_TYPES:
        golden = sample(kind.name)
        body = {
            key: value for key, value in {**golden["request"], "content": golden["content"]}.items() if key in accepted
        }
        examples[kind.name] = {"summary": f"A sound {kind.name}", "value": body}
    return examples


_PASTED = """Mill Hound
Medium Beast, Unaligned
AC 12  Initiative +2 (12)
HP 11 (2d8 + 2)
Speed 40 ft.
Str 12 +1 +1 Dex 14 +2 +2 Con 12 +1 +1
Int 3 -4 -4 Wis 12 +1 +1 Cha 6 -2 -2
Senses Passive Perception 11
Languages None
CR 1/4 (XP 50; PB +2)
Actions
Bite. Melee Attack Roll: +4, reach 5 ft. Hit: 5 (1d6 + 2) Piercing damage."""


def _documents() -> dict[str, Any]:
    """A sheet as JSON, and a stat block as pasted text."""
    return {
        "pasted_block": {"summary": "A pasted stat block", "value": {"type": "stat_block", "content": _PASTED}},
        "sheet": {"summary": "A character sheet", "value": {"type": "character_sheet", "content": _SHEET}},
    }


_SHEET = {
    "name": "Pim Fiddlewick",
    "species": "Gnome",
    "class": "Wizard 5",
    "ability_scores": {"str": 8, "dex": 14, "con": 14, "int": 18, "wis": 13, "cha": 10},
    "hit_points": {"max": 32, "method": "fixed"},
    "proficiency_bonus": "+3",
    "spellcasting": [{"class": "Wizard", "save_dc": 15, "slots": "4/3/2"}],
}


def _graph(wrap: Callable[[dict[str, Any]], dict[str, Any]]) -> Callable[[], dict[str, Any]]:
    return lambda: {"pim": {"summary": "A gnome wizard's backstory", "value": wrap({"request": PIM})}}


_EXAMPLES: dict[str, Callable[[], dict[str, Any]]] = {
    "/v1/content": lambda: _requests(*Group),
    "/v1/content/stream": lambda: _requests(*Group),
    "/v1/text/character": lambda: _requests(Group.CHARACTER),
    "/v1/text/campaign": lambda: _requests(Group.CAMPAIGN, Group.NARRATIVE),
    "/v1/validate": lambda: {**_validations(), **_documents()},
    "/v1/estimate": lambda: _requests(*Group),
    "/graphs/content/invoke": _graph(lambda entry: {"input": entry}),
    "/graphs/content/batch": _graph(lambda entry: {"inputs": [entry]}),
    "/graphs/content/stream": _graph(lambda entry: {"input": entry}),
}
"""Examples by path, built when the document is."""


def _with_definitions(schema: dict[str, Any]) -> dict[str, Any]:
    return {**schema.pop("$defs", {}), schema["title"]: schema}
