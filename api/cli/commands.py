"""The commands and their options. What a command needs is imported when it runs, so that the others stay fast."""

from pathlib import Path
from typing import Annotated, Literal

import typer

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    help="Structured, themed, checked D&D content, from a model whose words are verified.",
    epilog='Try:  llm-service generate backstory --subject name="Pim Fiddlewick" --theme gothic_horror',
)


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on (HOST).")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on (PORT).")] = None,
) -> None:
    """Run the HTTP service."""
    from api.cli.memory import begin_start_up  # noqa: PLC0415 -- see the module

    begin_start_up()
    from api.cli.serve import serve as work  # noqa: PLC0415 -- see the module

    work(host=host, port=port)


@app.command()
def generate(  # noqa: PLR0917 -- typer reads the options from the signature
    type: Annotated[str, typer.Argument(help="Content type; `llm-service types` lists them.")],  # noqa: A002 -- shown
    subject: Annotated[
        list[str] | None, typer.Option(help="What it is about, as key=value. Repeat for more, and for lists.")
    ] = None,
    subject_file: Annotated[
        Path | None, typer.Option(help="The same as a JSON file.", exists=True, dir_okay=False)
    ] = None,
    theme: Annotated[str, typer.Option(help="Theme id; `llm-service themes` lists them.")] = "high_fantasy",
    fact: Annotated[list[str] | None, typer.Option(help="A fact that must be expressed. Repeat for more.")] = None,
    line: Annotated[list[str] | None, typer.Option(help="A subject that must not appear. Repeat for more.")] = None,
    length: Annotated[str, typer.Option(help="line, bullets, read_aloud or full.")] = "full",
    edition: Annotated[str, typer.Option(help="Rules edition: 5.1 or 5.2.")] = "5.2",
    variant: Annotated[int, typer.Option(help="Another answer to the same request.")] = 0,
    seed: Annotated[int | None, typer.Option(help="Makes code-made choices repeatable.")] = None,
    max_attempts: Annotated[int, typer.Option(help="Calls to the model at most, 1 to 5.")] = 3,
    json: Annotated[bool, typer.Option("--json", help="Print only the result, as JSON.")] = False,
    player: Annotated[bool, typer.Option("--player", help="Leave out what only the DM may know.")] = False,
    out: Annotated[Path | None, typer.Option(help="Also write the result to this file, as JSON.")] = None,
) -> None:
    """Write content and show how it came about. Exits with 3 when it is not accepted."""
    from api.cli import generate as work  # noqa: PLC0415 -- see the module

    wish = work.Wish(
        type=type,
        subject=subject or [],
        subject_file=subject_file,
        theme=theme,
        facts=fact or [],
        lines=line or [],
        length=length,
        edition=edition,
        variant=variant,
        seed=seed,
        max_attempts=max_attempts,
    )
    work.generate(wish, as_json=json, player=player, out=out)


@app.command()
def check(
    file: Annotated[
        Path, typer.Argument(help="A character sheet or a stat block, as JSON or text; `-` reads standard input.")
    ],
    edition: Annotated[
        Literal["5.1", "5.2"] | None, typer.Option(help="Rules edition; without it the document's own, or 5.2.")
    ] = None,
    names: Annotated[
        Literal["strict_srd", "official", "homebrew_ok"], typer.Option(help="Which names of game things may be used.")
    ] = "homebrew_ok",
    json: Annotated[bool, typer.Option("--json", help="Print only the report, as JSON.")] = False,
) -> None:
    """Check a character sheet or a stat block against the rules. Exits with 1 when there is an error."""
    from api.cli.check import check as work  # noqa: PLC0415 -- see the module

    work(file, edition=edition, names=names, as_json=json)


@app.command()
def types() -> None:
    """List the content types."""
    from api.cli.catalogue import types as work  # noqa: PLC0415 -- see the module

    work()


@app.command()
def themes() -> None:
    """List the themes."""
    from api.cli.catalogue import themes as work  # noqa: PLC0415 -- see the module

    work()


@app.command()
def migrate() -> None:
    """Bring the configured database to this version's schema."""
    from api.cli.migrate import migrate as work  # noqa: PLC0415 -- see the module

    work()


@app.command()
def simulator(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.", min=1, max=65535)] = 8101,
) -> None:
    """Run the built-in model simulator alone: an OpenAI-compatible server that needs no key."""
    from api.cli.simulator import simulator as work  # noqa: PLC0415 -- see the module

    work(host, port)


@app.command()
def version() -> None:
    """Print the version."""
    from importlib.metadata import version as installed  # noqa: PLC0415 -- see the module

    typer.echo(f"llm-service {installed('llm-service')}")
