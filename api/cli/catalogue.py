"""`llm-service types` and `llm-service themes`."""

from rich import box
from rich.console import Console
from rich.table import Table

from dnd.content import CONTENT_TYPES
from dnd.content.base import Length
from dnd.themes import built_in_themes


def types() -> None:
    """All content types, with the words of a full text."""
    table = _table("Type", "Group", "Words", "What it is")
    for kind in CONTENT_TYPES:
        low, high = kind.words[Length.FULL]
        table.add_row(f"[bold]{kind.name}", kind.group.value, f"{low}-{high}", kind.description)
    Console().print(table)


def themes() -> None:
    """All built-in themes."""
    table = _table("Theme", "Register", "Tone", "Some of its words")
    for theme in built_in_themes():
        table.add_row(f"[bold]{theme.id}", theme.register_, theme.tone, ", ".join(theme.keywords[:5]))
    Console().print(table)


def _table(*headings: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, header_style="dim", pad_edge=False)
    for index, heading in enumerate(headings):
        table.add_column(heading, no_wrap=index < 2, overflow="fold")
    return table
