"""`llm-service check`: a sheet or a stat block, as JSON or as text, against the rules."""

import sys
from pathlib import Path
from typing import Any

import typer
from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from api.cli.failures import FAILED, told
from dnd.errors import InvalidParametersError
from dnd.rules.dossier import NamePolicy
from dnd.rules.finding import Finding, Severity
from dnd.srd.edition import Edition
from services.validation import ValidationReport, read, report_on

_MARKS = {Severity.ERROR: ("✗", "red"), Severity.WARNING: ("!", "yellow"), Severity.INFO: ("·", "dim")}
_KINDS = {
    "character_sheet": "Character sheet",
    "stat_block": "Stat block",
    "magic_item": "Magic item",
    "encounter_plan": "Encounter",
}


def check(file: Path, *, edition: Edition | None, names: NamePolicy, as_json: bool) -> None:
    """Print what the rules say of the document in `file` (`-`: standard input); exit with 1 when there is an error."""
    with told():
        text = _text(file)
        found = read(text, None)
        by = edition or found.edition or "5.2"
        report = report_on(found, by, names)
    if as_json:
        typer.echo(report.model_dump_json(indent=2))
    else:
        chosen = "as asked" if edition else "as the document says" if found.edition else "by default"
        Console().print(page(report, _KINDS[found.kind], f"rules of {by}, {chosen}"))
    if report.errors:
        raise typer.Exit(FAILED)


def _text(file: Path) -> str:
    if str(file) == "-":
        return sys.stdin.read()
    try:
        return file.read_text("utf-8")
    except UnicodeDecodeError:
        message = f"{file} is no UTF-8 text"
        raise InvalidParametersError(message) from None
    except OSError as error:
        message = f"{file}: {error.strerror}"
        raise InvalidParametersError(message) from None


def page(report: ValidationReport, kind: str, edition: str) -> RenderableType:
    """The report as a table, with what was checked and the outcome below it."""
    document = report.document or {}
    head = Text.assemble((str(document.get("name") or "Unnamed"), "bold"), (f"  {kind}, {edition}", "dim"))
    parts: list[RenderableType] = [Text(""), head]
    if report.findings:
        parts.append(_table(report.findings))
    else:
        parts.append(Text(""))
    if report.ignored:
        ignored = ", ".join(report.ignored[:8]) + (f" and {len(report.ignored) - 8} more" if report.ignored[8:] else "")
        parts += [Text(f"Not understood: {ignored}", style="dim"), Text("")]
    return Padding(Group(*parts, _outcome(report), Text("")), (0, 0, 0, 1))


def _table(findings: list[Finding]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, header_style="dim", pad_edge=False, expand=True)
    table.add_column("", no_wrap=True)
    table.add_column("Rule", no_wrap=True)
    table.add_column("Where", style="dim", overflow="fold", ratio=2)
    table.add_column("What is wrong", ratio=5)
    table.add_column("Should be", ratio=2)
    for entry in sorted(findings, key=lambda finding: list(_MARKS).index(finding.severity)):
        mark, colour = _MARKS[entry.severity]
        expected = Text(entry.expected or "", style="green" if entry.fix else "")
        table.add_row(
            Text(mark, style=colour), entry.rule, entry.path or "/", Text(entry.message, style=_tone(entry)), expected
        )
    return table


def _tone(entry: Finding) -> str:
    return "dim" if entry.severity is Severity.INFO else ""


def _outcome(report: ValidationReport) -> RenderableType:
    counts: dict[Any, int] = dict.fromkeys(Severity, 0)
    for entry in report.findings:
        counts[entry.severity] += 1
    outcomes = list(report.outcomes.values())
    checked = outcomes.count("passed") + outcomes.count("failed")
    unknown = outcomes.count("not_checkable")
    verdict = ("illegal", "bold red") if counts[Severity.ERROR] else ("legal", "bold green")
    said = f" · {counts[Severity.ERROR]} errors, {counts[Severity.WARNING]} warnings, {counts[Severity.INFO]} notes"
    missing = f" · {unknown} could not be checked for want of input" if unknown else ""
    return Text.assemble(verdict, (f"{said} · {checked} rules checked{missing}", "dim"))
