"""A result as text to read: the piece itself, the dungeon master's part, the facts, and how it came about."""

from collections.abc import Mapping
from typing import Any, cast

from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.rule import Rule as Line
from rich.table import Table
from rich.text import Text

from api.cli.figures import figures
from dnd.content import content_type
from dnd.content.fields import Content, DmOnly, Kind
from dnd.content.fields import Text as TextMark
from dnd.content.result import ContentResult, Status
from dnd.rules.finding import Severity
from dnd.srd.edition import Edition

MEASURE = 88
"""Columns of prose: longer lines tire the eye."""

_COLOURS = {
    Status.ACCEPTED: "green",
    Status.ACCEPTED_WITH_WARNINGS: "yellow",
    Status.NEEDS_REVIEW: "red",
    Status.REJECTED: "red",
}


def page(result: ContentResult, *, width: int) -> RenderableType:
    """Everything worth reading of `result`, for a console `width` columns wide."""
    measure = min(width - 2, MEASURE)
    model = content_type(result.type).model
    content = result.content or {}
    parts: list[RenderableType] = [Text("")]
    if content:
        secret = {name for name in content if _is_secret(model, name)}
        edition = result.provenance.edition
        parts += _body(model, {name: value for name, value in content.items() if name not in secret}, edition)
        if secret:
            inside = _sections(model, {name: content[name] for name in content if name in secret}, edition)
            parts.append(_master_panel(inside))
    else:
        parts.append(Text("Nothing usable was written.", style="bold red"))
    parts += [*_facts(result), *_findings(result), _outcome(result)]
    return _Measured(Group(*parts), measure)


class _Measured(Padding):
    """Keeps what it holds at most `measure` columns wide, with a margin on the left."""

    def __init__(self, renderable: RenderableType, measure: int) -> None:
        super().__init__(renderable, (0, 0, 0, 1))
        self._measure = measure

    def __rich_console__(self, console: Any, options: Any) -> Any:  # noqa: ANN401 -- rich's protocol
        """As padding, within the measure."""
        yield from super().__rich_console__(console, options.update_width(self._measure))


def _is_secret(model: type[Content], name: str) -> bool:
    field = model.model_fields.get(name)
    return field is not None and any(isinstance(mark, DmOnly) for mark in field.metadata)


def _is_prose(model: type[Content], name: str) -> bool:
    field = model.model_fields.get(name)
    return field is not None and any(isinstance(mark, TextMark) and mark.kind is Kind.PROSE for mark in field.metadata)


def _body(model: type[Content], content: Mapping[str, Any], edition: Edition) -> list[RenderableType]:
    """The title, if the first field is one, and the sections."""
    names = list(content)
    titled = bool(names) and names[0] in {"title", "name"}
    head: list[RenderableType] = []
    if titled:
        head = [Line(Text(str(content[names[0]]), style="bold"), style="dim", characters="─"), Text("")]
    return [*head, *_sections(model, {name: content[name] for name in names[1 if titled else 0 :]}, edition)]


def _sections(model: type[Content], content: Mapping[str, Any], edition: Edition) -> list[RenderableType]:
    parts: list[RenderableType] = []
    short: list[tuple[str, str]] = []
    for name, value in content.items():
        if value is None:
            continue
        if isinstance(value, Mapping):
            numbers = figures(cast("Mapping[str, Any]", value), edition)
            parts += [*_pairs(short), _heading(name), numbers, Text("")]
        elif isinstance(value, list):
            parts += [*_pairs(short), _heading(name), _bullets(cast("list[object]", value)), Text("")]
        elif _is_prose(model, name):
            parts += [*_pairs(short), _heading(name), Padding(Text(str(value)), (0, 0, 0, 2)), Text("")]
        else:
            short.append((name, _scalar(value)))
            continue
        short = []
    return parts + _pairs(short)


def _pairs(short: list[tuple[str, str]]) -> list[RenderableType]:
    """One-line fields, side by side with their labels."""
    if not short:
        return []
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="cyan", no_wrap=True)
    grid.add_column()
    for name, value in short:
        grid.add_row(_label(name), value)
    return [grid, Text("")]


def _bullets(entries: list[object]) -> RenderableType:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(no_wrap=True)
    grid.add_column()
    for entry in entries:
        grid.add_row(Text("  •", style="cyan"), _entry(entry))
    return grid


def _entry(entry: object) -> Text:
    """A bullet's text; of an object, its first value stands out and the others follow."""
    if not isinstance(entry, Mapping):
        return Text(str(entry))
    values = [_scalar(value) for value in cast("Mapping[str, object]", entry).values()]
    return Text.assemble((values[0], "bold"), *(part for value in values[1:] for part in ((" · ", "dim"), value)))


def _scalar(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _heading(name: str) -> Text:
    return Text(_label(name), style="bold cyan")


def _label(name: str) -> str:
    return name.replace("_", " ").replace("dm hooks", "DM hooks").capitalize().replace("Dm hooks", "DM hooks")


def _master_panel(inside: list[RenderableType]) -> Panel:
    while inside and isinstance(inside[-1], Text) and not inside[-1].plain:
        inside = inside[:-1]
    return Panel(
        Group(*inside),
        title="For the dungeon master",
        title_align="left",
        border_style="magenta",
        box=box.ROUNDED,
        padding=(1, 2),
    )


def _facts(result: ContentResult) -> list[RenderableType]:
    if not result.report.facts:
        return []
    table = Table(box=box.SIMPLE_HEAD, header_style="dim", pad_edge=False, expand=True)
    table.add_column("", no_wrap=True)
    table.add_column("Fact", ratio=1)
    table.add_column("Where", no_wrap=True, style="dim")
    table.add_column("As", ratio=1, style="italic")
    for fact in result.report.facts:
        mark = Text("✓", style="green") if fact.expressed else Text("✗", style="red")
        words = fact.span.text if fact.span else ("missing: " + ", ".join(fact.missing) if fact.missing else "")
        table.add_row(mark, fact.fact, fact.path or "", Text(words))
    return [Text(""), table]


def _findings(result: ContentResult) -> list[RenderableType]:
    shown = [entry for entry in result.report.findings if entry.severity is not Severity.INFO]
    if not shown:
        return []
    grid = Table.grid(padding=(0, 1))
    for entry in shown:
        mark, colour = ("✗", "red") if entry.severity is Severity.ERROR else ("!", "yellow")
        grid.add_row(
            Text(mark, style=colour), Text(entry.rule, style="dim"), Text(entry.path, style="dim"), Text(entry.message)
        )
    return [grid, Text("")]


def _outcome(result: ContentResult) -> RenderableType:
    """The status, who wrote it, and what it took."""
    colour = _COLOURS[result.status]
    usage, provenance = result.usage, result.provenance
    writer = provenance.model or "no model"
    if provenance.simulated:
        writer += " (simulated)"
    attempts = max((entry.attempt for entry in result.trace), default=0)
    seconds = sum(entry.duration_ms for entry in result.trace) / 1000
    facts = [writer]
    if attempts:
        facts.append(f"{attempts} attempt{'' if attempts == 1 else 's'} in {seconds:.1f} s")
    facts.append(f"{usage.input_tokens + usage.output_tokens:,} tokens")
    facts.append(f"${usage.cost_usd:.6f}")
    status = (result.status.value.replace("_", " "), f"bold {colour}")
    grid = Table.grid(padding=(0, 1))
    grid.add_row(Text("●", style=colour), Text.assemble(status, (" · " + " · ".join(facts), "dim")))
    grid.add_row("", Text(str(result.id), style="dim"))
    return Group(grid, Text(""))
