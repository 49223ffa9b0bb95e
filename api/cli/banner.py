"""What `llm-service serve` says when it is ready."""

import shlex

from rich.console import Console, Group
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from services.context import ProcessContext

WIDTH = 100
"""Columns at most: a wider panel is harder to read."""


def print_banner(context: ProcessContext) -> None:
    """Name, addresses, every backend in use, what is worth knowing, and a first request; on stderr."""
    console = Console(stderr=True, highlight=False)
    console.print(banner(context), width=min(WIDTH, console.width))
    console.print(_first_request(_url(context)), soft_wrap=True)


def banner(context: ProcessContext) -> Panel:
    """The panel."""
    settings = context.settings
    url = _url(context)
    facts = Table.grid(padding=(0, 2))
    facts.add_column(style="dim", no_wrap=True)
    facts.add_column(overflow="fold")
    facts.add_row("listens at", Text(url, style="bold cyan"))
    facts.add_row("documented", f"{url}/docs")
    facts.add_row("playground", f"{url}/graphs/content/playground/")
    if settings.workers > 1:
        facts.add_row("workers", str(settings.workers))
    facts.add_row("", "")
    for name, backend in context.backends.items():
        facts.add_row(name, Text(backend, style="dim" if backend.startswith("none") else ""))
    notices = [Text.assemble(("! ", "bold yellow"), notice) for notice in context.notices]
    return Panel(
        Group(facts, *([Text("")] if notices else []), *notices),
        title=Text.assemble((settings.service_name, "bold"), " ", settings.version),
        title_align="left",
        border_style="cyan",
        padding=(1, 2),
    )


def _url(context: ProcessContext) -> str:
    host = context.settings.host
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104 -- shown, not bound
    return f"http://{shown}:{context.settings.port}"


def _first_request(url: str) -> Text:
    body = '{"type":"backstory","theme":"gothic_horror","subject":{"name":"Pim Fiddlewick","class":"wizard"}}'
    call = f"curl -s {url}/v1/content -H content-type:application/json -d {shlex.quote(body)}"
    return Text.assemble(("Try:  ", "dim"), call, "\n")
