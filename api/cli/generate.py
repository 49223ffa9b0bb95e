"""`llm-service generate`: the service in this process, one request, shown as it comes about."""

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast, get_origin

import typer
from pydantic import ValidationError
from rich.console import Console

from api.cli.failures import NOT_ACCEPTED, run, told
from api.cli.progress import Progress
from api.cli.rendering import page
from api.logs import configure_logging
from api.pointers import field_errors
from api.views import for_player
from dnd.content import content_type
from dnd.content.base import ContentType
from dnd.content.request import ContentRequest
from dnd.content.result import ContentResult, Status
from dnd.errors import FieldError, InvalidParametersError
from services.context import open_context
from services.settings import load_settings

ACCEPTED = frozenset({Status.ACCEPTED, Status.ACCEPTED_WITH_WARNINGS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """The options as they were typed."""

    type: str
    subject: list[str]
    subject_file: Path | None
    theme: str
    facts: list[str]
    lines: list[str]
    length: str
    edition: str
    variant: int
    seed: int | None
    max_attempts: int

    def request(self) -> ContentRequest:
        """The request that the options make.

        Raises:
            InvalidParametersError: an option is wrong.
        """
        body = {
            "type": self.type,
            "subject": _subject(content_type(self.type), self.subject, self.subject_file),
            "theme": self.theme,
            "facts": self.facts,
            "length": self.length,
            "edition": self.edition,
            "variant": self.variant,
            "seed": self.seed,
            "policy": {"max_attempts": self.max_attempts, "lines": self.lines},
        }
        try:
            return ContentRequest.model_validate(body)
        except ValidationError as error:
            located = [{**entry, "loc": ("body", *entry["loc"])} for entry in error.errors()]
            errors = field_errors(located, body)
            raise InvalidParametersError(f"{errors[0].path}: {errors[0].message}", errors) from None


def generate(wish: Wish, *, as_json: bool, player: bool, out: Path | None) -> None:
    """Write, show, and exit with 0 when the content is accepted, else with 3."""
    with told():
        result = run(_write(wish, quiet=as_json and not sys.stderr.isatty()))
    shown = for_player(result) if player else result
    text = shown.model_dump_json(by_alias=True, indent=2)
    if out is not None:
        out.write_text(text + "\n", encoding="utf-8")
    if as_json:
        sys.stdout.write(text + "\n")
        sys.stdout.flush()
    else:
        console = Console(highlight=False)
        console.print(page(shown, width=console.width))
    if result.status not in ACCEPTED:
        raise typer.Exit(NOT_ACCEPTED)


async def _write(wish: Wish, *, quiet: bool) -> ContentResult:
    request = wish.request()
    settings = load_settings()
    # The progress tells what happens and one line tells a failure; the log would write across both.
    configure_logging("CRITICAL", debug=settings.debug)
    async with open_context(settings, serves=False) as context:
        progress = Progress(Console(stderr=True, highlight=False, quiet=quiet), context.backends.get("openai", ""))
        result: ContentResult | None = None
        with progress:
            async for event in context.generation.stream(request):
                progress.take(event.event, event.data)
                if event.event == "result":
                    result = ContentResult.model_validate(event.data)
    assert result is not None  # noqa: S101 -- a stream that raises nothing ends with a result
    return result


def _subject(kind: ContentType, pairs: list[str], file: Path | None) -> dict[str, Any]:
    """The subject from `--subject-file`, with the pairs of `--subject` over it; lists are repeated keys."""
    subject = _read(file) if file is not None else {}
    fields = {field.alias or name: field.annotation for name, field in kind.subject.model_fields.items()}
    lists: dict[str, list[str]] = {}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not equals:
            message = f"--subject takes key=value, not {pair!r}"
            raise InvalidParametersError(message, [FieldError("/subject", message)])
        if get_origin(fields.get(key)) is list:
            lists.setdefault(key, []).append(value)
        else:
            subject[key] = value
    return {**subject, **lists}


def _read(file: Path) -> dict[str, Any]:
    try:
        value = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        message = f"{file} is no JSON: {error}"
        raise InvalidParametersError(message, [FieldError("/subject", message)]) from None
    if not isinstance(value, dict):
        message = f"{file} holds no JSON object"
        raise InvalidParametersError(message, [FieldError("/subject", message)])
    return cast("dict[str, Any]", value)
