"""ST: the answer is the content asked for, with the right number of things in it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

from pydantic import ValidationError

from dnd.content.fields import Kind
from dnd.rules.building import CONTRACT, Mark, build_rule, pointer, shorten
from dnd.rules.finding import Finding, Fix, Severity
from dnd.rules.rule import Case, Draft

NAME_WORDS = 8
"""Most words of a name or a label."""
LINE_WORDS = 60
"""Most words of a line."""
TEXT_CHARACTERS = 8_000
"""Most characters of any text: beyond it the model has lost its way."""

_BOOLEANS: Mapping[str, bool] = {"true": True, "yes": True, "false": False, "no": False}


def _fits_model(mark: Mark, draft: Draft) -> Iterator[Finding]:
    if draft.content is not None:
        return
    try:
        draft.type.model.model_validate(draft.raw, strict=True)
    except ValidationError as error:
        for fault in error.errors(include_url=False):
            path = pointer(*fault["loc"])
            found = None if fault["type"] == "missing" else shorten(fault["input"])
            yield mark(
                path,
                f"{fault['msg']}.",
                expected=_expected(fault["type"], fault.get("ctx", {})),
                found=found,
                fix=_mend(fault["type"], path, fault["input"], fault.get("ctx", {})),
            )


def _expected(kind: str, context: Mapping[str, Any]) -> str:
    if kind == "literal_error":
        return f"one of {context['expected']}"
    return {
        "missing": "the field, as the schema has it",
        "extra_forbidden": "no such field",
        "string_type": "a text",
        "string_unicode": "a text in valid Unicode",
        "list_type": "a list",
        "bool_type": "true or false",
        "model_type": "an object",
    }.get(kind, "a value that fits the schema")


def _mend(kind: str, path: str, value: object, context: Mapping[str, Any]) -> Fix | None:
    """The fix where only one value can be meant."""
    if kind == "extra_forbidden":
        return Fix(path=path, op="remove")
    if kind == "string_type" and isinstance(value, int | float) and not isinstance(value, bool):
        return Fix(path=path, value=str(value))
    if not isinstance(value, str):
        return None
    word = value.strip().lower()
    if kind == "bool_type" and word in _BOOLEANS:
        return Fix(path=path, value=_BOOLEANS[word])
    if kind == "literal_error" and f"'{word}'" in str(context["expected"]):
        return Fix(path=path, value=word)
    return None


def _entries(mark: Mark, draft: Draft) -> Iterator[Finding]:
    for path, (low, high) in draft.type.entries.items():
        entries = cast("list[object]", _at(draft.raw, path))
        bounds = f"{low} to {high}"
        if len(entries) < low:
            yield mark(
                path,
                f"The list has {len(entries)} entries; {bounds} are asked for.",
                expected=f"{bounds} entries",
                found=str(len(entries)),
            )
        for index in range(high, len(entries)):
            yield mark(
                f"{path}/{index}",
                f"The list has {len(entries)} entries; {bounds} are asked for. The last ones go.",
                expected=f"{bounds} entries",
                found=str(len(entries)),
                fix=Fix(path=f"{path}/{index}", op="remove"),
            )


def _at(raw: Mapping[str, Any], path: str) -> object:
    value: Any = raw
    for part in path.split("/")[1:]:
        value = value[part]
    return value


def _not_empty(mark: Mark, draft: Draft) -> Iterable[Finding]:
    for leaf in draft.leaves:
        if not draft.passages[leaf.path].words:
            yield mark(leaf.path, "The text is empty.", expected="words", found=shorten(leaf.text))


def _not_too_long(mark: Mark, draft: Draft) -> Iterable[Finding]:
    limits = {Kind.NAME: NAME_WORDS, Kind.LINE: LINE_WORDS}
    for leaf in draft.leaves:
        if len(leaf.text) > TEXT_CHARACTERS:
            yield mark(
                leaf.path,
                f"The text has {len(leaf.text)} characters; {TEXT_CHARACTERS} are the most that any text may have.",
                expected=f"at most {TEXT_CHARACTERS} characters",
                found=str(len(leaf.text)),
            )
            continue
        limit = limits.get(leaf.kind)
        passage = draft.passages[leaf.path]
        if limit is not None and len(passage.words) > limit and (words := passage.count) > limit:
            what = "name" if leaf.kind is Kind.NAME else "line"
            yield mark(
                leaf.path,
                f"The {what} has {words} words; it may have at most {limit}.",
                expected=f"at most {limit} words",
                found=str(words),
            )


_LONG_LINE = " ".join(["The bell rang twice across the drowned fields before anyone at the ferry"] * 6) + "."

RULES = (
    build_rule(
        id="ST1",
        title="The answer fits the type's schema",
        severity=Severity.ERROR,
        source=CONTRACT + "Content (`GET /v1/types`)",
        prompt="Answer with one JSON object that has exactly the fields of the schema, each of the type it names.",
        check=_fits_model,
        passing=(Case("backstory"), Case("item")),
        failing=(
            Case("backstory", {"/hooks": "one text instead of a list"}),
            Case("npc", {"/level": 3}),
            Case("item", {"/rarity": "Very Rare"}),
            Case("location", {"/features/0/detail": 7}),
        ),
        raw=True,
    ),
    build_rule(
        id="ST2",
        title="Each list has the right number of entries",
        severity=Severity.ERROR,
        source=CONTRACT + "Content (entries per type)",
        prompt="Lists have this many entries: {entries}.",
        check=_entries,
        passing=(Case("backstory"), Case("quest")),
        failing=(
            Case("backstory", {"/turning_points": []}),
            Case("personality", {"/bonds": ["The ferry.", "The bell.", "The debt.", "The dog."]}),
        ),
    ),
    build_rule(
        id="ST3",
        title="No text is empty",
        severity=Severity.ERROR,
        source=CONTRACT + "Content (every field is required)",
        prompt="Fill every field; none may be empty.",
        check=_not_empty,
        passing=(Case("npc"),),
        failing=(Case("npc", {"/voice": "  "}), Case("dialogue", {"/lines/0/words": "..."})),
    ),
    build_rule(
        id="ST4",
        title="Names and lines keep their size",
        severity=Severity.ERROR,
        source=CONTRACT + "Content (kinds of text)",
        prompt=f"A name, title or label has at most {NAME_WORDS} words; a one-line field at most {LINE_WORDS} words.",
        check=_not_too_long,
        passing=(Case("location"),),
        failing=(
            Case("backstory", {"/title": "The Very Long Road That Nobody Ever Walked Home Again"}),
            Case("location", {"/summary": _LONG_LINE}),
            Case("location", {"/secret": "mud " * 2_001}),
        ),
    ),
)
