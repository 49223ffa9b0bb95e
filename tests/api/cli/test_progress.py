"""What is shown of a run while it runs."""

import io
from typing import Any

import pytest
from rich.console import Console

from api.cli.progress import Progress

FINDING: dict[str, Any] = {"rule": "FA1", "severity": "error", "path": "/story", "message": "The fact is missing."}


def _stage(name: str, state: str, attempt: int = 1, duration_ms: float = 12.3) -> tuple[str, dict[str, Any]]:
    data: dict[str, Any] = {"stage": name, "state": state, "attempt": attempt}
    return "stage", data | ({"duration_ms": duration_ms} if state == "ended" else {})


RUN: list[tuple[str, dict[str, Any]]] = [
    ("run", {"id": "1", "thread_id": "2"}),
    _stage("apply_theme", "started", 0),
    _stage("apply_theme", "ended", 0),
    _stage("generate", "started"),
    ("delta", {"attempt": 1, "path": "/story", "text": "Once\nupon"}),
    _stage("generate", "ended", 1, 2345),
    _stage("validate", "started"),
    ("findings", {"attempt": 1, "findings": [FINDING, {**FINDING, "rule": "QU4", "severity": "warning"}]}),
    _stage("validate", "ended"),
    _stage("repair", "started", 2),
    ("delta", {"attempt": 2, "restart": True}),
    _stage("repair", "ended", 2),
    _stage("validate", "started"),
    ("findings", {"attempt": 2, "findings": []}),
    _stage("validate", "ended"),
]


def _shown(*, terminal: bool, events: list[tuple[str, dict[str, Any]]] = RUN) -> str:
    file = io.StringIO()
    with Progress(
        Console(file=file, width=80, force_terminal=terminal, color_system=None), "the simulator"
    ) as progress:
        for event, data in events:
            progress.take(event, data)
    return file.getvalue()


def test_without_a_terminal_each_stage_is_a_line() -> None:
    lines = _shown(terminal=False).splitlines()
    assert [" ".join(line.split()) for line in lines] == [
        "writing with the simulator",
        "✓ apply theme 12 ms",
        "✓ generate, attempt 1 2.3 s",
        "✗ check 12 ms 1 error, 1 warning",
        "✗ FA1 /story The fact is missing.",
        "! QU4 /story The fact is missing.",
        "✓ repair, attempt 2 12 ms",
        "✓ check 12 ms every rule holds, 2 mended",
    ]


def test_on_a_terminal_the_last_picture_holds_every_stage() -> None:
    text = _shown(terminal=True)
    assert "every rule holds, 2 mended" in text
    assert "generate, attempt 1" in text


def test_what_is_being_written_is_shown_as_it_grows() -> None:
    console = Console(file=io.StringIO(), width=60, color_system=None)
    progress = Progress(console, "")
    for event, data in RUN[:4]:
        progress.take(event, data)
    for word in ("Once ", "upon\n", "a time"):
        progress.take("delta", {"path": "/story", "text": word})
    with console.capture() as captured:
        console.print(progress)
    assert "story  Once upon a time" in captured.get()
    progress.take("delta", {"path": "/story", "text": " there was" * 40})
    with console.capture() as captured:
        console.print(progress)
    assert max(map(len, captured.get().splitlines())) <= 60


def test_a_run_that_fails_shows_where_it_stopped() -> None:
    file = io.StringIO()
    progress = Progress(Console(file=file, width=80), "")

    def run() -> None:
        with progress:
            progress.take(*_stage("generate", "started"))
            raise ValueError

    with pytest.raises(ValueError, match=r"^$"):
        run()
    assert "generate, attempt 1" in file.getvalue()
    assert "stopped" in file.getvalue()
