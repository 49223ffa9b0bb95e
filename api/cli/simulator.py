"""`llm-service simulator`."""

import typer

from api.cli.failures import FAILED, complain, told
from api.cli.listening import listen
from providers.simulator.server import run


def simulator(host: str, port: int) -> None:
    """Serve the simulator until it is stopped."""
    with told():
        try:
            listen(host, port).close()
        except OSError as error:
            complain(f"cannot listen on {host}:{port}: {error.strerror}")
            raise typer.Exit(FAILED) from None
        typer.echo(f"The model simulator answers at http://{host}:{port}/v1 (any key does).", err=True)
        typer.echo(f"  OPENAI_API_KEY=any OPENAI_BASE_URL=http://{host}:{port}/v1", err=True)
        run(host, port)
