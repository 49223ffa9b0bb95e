"""How commands fail: one clear line on stderr, and an exit code that says who is to act."""

import asyncio
import sys
from collections.abc import Coroutine, Generator
from contextlib import contextmanager
from typing import Any, TypeVar, cast

import typer

from dnd.errors import CallerError, ConfigurationError, FieldError, ServiceError

FAILED = 1
"""The command could not do its work."""
USAGE = 2
"""An option or a setting is wrong."""
NOT_ACCEPTED = 3
"""The work was done, and what it gave does not hold."""
INTERRUPTED = 130
"""Ctrl-C, by the shell's convention."""

Answer = TypeVar("Answer")


@contextmanager
def told() -> Generator[None]:
    """Turns what goes wrong inside into one line and an exit code."""
    try:
        yield
    except (CallerError, ConfigurationError) as error:
        complain(error.detail, cast("tuple[FieldError, ...]", getattr(error, "errors", ())))
        raise typer.Exit(USAGE) from None
    except ServiceError as error:
        complain(error.detail)
        raise typer.Exit(FAILED) from None
    except KeyboardInterrupt:
        raise typer.Exit(INTERRUPTED) from None


def run(work: Coroutine[Any, Any, Answer]) -> Answer:
    """Run `work` to its end, on uvloop where there is one."""
    try:
        import uvloop  # noqa: PLC0415 -- not on every platform
    except ImportError:
        return asyncio.run(work)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(work)


def complain(message: str, errors: tuple[FieldError, ...] = ()) -> None:
    """One line on stderr, and one for each further field at fault."""
    sys.stderr.write(f"llm-service: {message}\n")
    for error in errors:
        if error.message not in message:
            sys.stderr.write(f"  {error.path}: {error.message}\n")
