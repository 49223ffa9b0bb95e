"""A run as it comes about: stages, attempts, what was found wrong and what was mended."""

import time
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self, cast

from rich.console import Console, ConsoleOptions, RenderResult
from rich.live import Live
from rich.spinner import Spinner
from rich.table import Table
from rich.text import Text

TAIL = 400
"""Characters of the text being written that are kept for showing its end."""

_MARKS = {"error": ("✗", "red"), "warning": ("!", "yellow"), "info": ("·", "dim")}
_VERBS = {"generate": "writing", "repair": "mending", "validate": "checking"}


class Progress:
    """Shows one run on `console`: live on a terminal, else a line per stage."""

    def __init__(self, console: Console, backend: str) -> None:
        self._console = console
        self._live = (
            Live(self, console=console, refresh_per_second=12, transient=False) if console.is_terminal else None
        )
        self._lines: list[Text] = [Text.assemble(("writing with ", "dim"), (backend, "dim"))] if backend else []
        self._stage: tuple[str, int] | None = None
        self._since = 0.0
        self._tail = ""
        self._field = ""
        self._findings: list[Mapping[str, Any]] = []
        self._mended = 0
        self._spinner = Spinner("dots", style="cyan")

    def __enter__(self) -> Self:
        """Begin to show."""
        if self._live is not None:
            self._live.start()
        else:
            for line in self._lines:
                self._console.print(line)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Show the last state and leave the terminal as it was."""
        if self._stage is not None and kind is not None:
            self._say(_line("✗", "red", _label(*self._stage), "stopped"))
        self._stage = None
        if self._live is not None:
            self._live.stop()

    def take(self, event: str, data: Mapping[str, Any]) -> None:
        """Show one event of the run."""
        if event == "stage":
            self._take_stage(data)
        elif event == "delta":
            restarted = bool(data.get("restart"))
            changed = data.get("path", "") != self._field
            self._field = data.get("path", "")
            self._tail = "" if restarted or changed else self._tail
            self._tail = (self._tail + data.get("text", "")).replace("\n", " ")[-TAIL:]
        elif event == "findings":
            self._take_findings(cast("list[Mapping[str, Any]]", data["findings"]))

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The lines so far and the stage under way."""
        yield from self._lines
        if self._stage is None:
            return
        name, attempt = self._stage
        elapsed = f"{time.monotonic() - self._since:4.1f} s"
        row = Table.grid(padding=(0, 1))
        row.add_row(self._spinner, Text(f"{_VERBS.get(name, _words(name))}{_nth(name, attempt)}"), Text(elapsed, "dim"))
        yield row
        if self._tail:
            room = max(20, options.max_width - len(self._field) - 8)
            tail = self._tail if len(self._tail) <= room else "…" + self._tail[-room + 1 :]
            yield Text.assemble(("    " + self._field.removeprefix("/") + "  ", "cyan"), (tail, "dim italic"))

    def _take_stage(self, data: Mapping[str, Any]) -> None:
        name, attempt = data["stage"], data.get("attempt", 0)
        if data["state"] == "started":
            self._stage, self._since = (name, attempt), time.monotonic()
            self._tail = self._field = ""
            return
        self._stage = None
        self._tail = ""
        if name == "validate":
            self._say_findings(_duration(data))
        else:
            self._say(_line("✓", "green", _label(name, attempt), _duration(data)))

    def _take_findings(self, findings: list[Mapping[str, Any]]) -> None:
        left = {_key(entry) for entry in findings}
        self._mended = sum(_key(entry) not in left for entry in self._findings)
        self._findings = findings

    def _say_findings(self, took: str) -> None:
        errors = [entry for entry in self._findings if entry["severity"] == "error"]
        told = ", ".join(
            f"{count} {name}{'' if count == 1 else 's'}"
            for name in ("error", "warning", "info")
            if (count := sum(entry["severity"] == name for entry in self._findings))
        )
        self._say(
            _line("✗" if errors else "✓", "red" if errors else "green", "check", took).append(
                f"  {told or 'every rule holds'}" + (f", {self._mended} mended" if self._mended else ""),
                "red" if errors else "green",
            )
        )
        for entry in self._findings:
            mark, colour = _MARKS[entry["severity"]]
            where = entry["path"] or "whole"
            text = Text.assemble(("    " + mark + " ", colour), (f"{entry['rule']} {where}  ", "dim"), entry["message"])
            text.truncate(max(40, self._console.width - 1), overflow="ellipsis")
            self._say(text)

    def _say(self, line: Text) -> None:
        self._lines.append(line)
        if self._live is None:
            self._console.print(line, soft_wrap=True)


def _line(mark: str, colour: str, label: str, took: str) -> Text:
    return Text.assemble((mark + " ", colour), f"{label:<26}", (f"{took:>9}", "dim"))


def _label(name: str, attempt: int) -> str:
    return _words(name) + _nth(name, attempt)


def _words(name: str) -> str:
    return name.replace("_", " ")


def _nth(name: str, attempt: int) -> str:
    return f", attempt {attempt}" if name in {"generate", "repair"} and attempt else ""


def _duration(data: Mapping[str, Any]) -> str:
    milliseconds = float(data.get("duration_ms", 0))
    return f"{milliseconds / 1000:.1f} s" if milliseconds >= 1000 else f"{milliseconds:.0f} ms"


def _key(finding: Mapping[str, Any]) -> tuple[Any, ...]:
    return (finding["rule"], finding["path"], finding.get("found"))
