"""`llm-service serve`: the server process, from the first socket to the last goodbye."""

import asyncio
import signal
import socket
from collections.abc import Generator
from contextlib import contextmanager

import typer
import uvicorn
from uvicorn.importer import import_from_string
from uvicorn.supervisors import Multiprocess

from api.cli.banner import print_banner
from api.cli.failures import FAILED, complain, run, told
from api.cli.listening import listen
from api.cli.memory import end_start_up
from api.logs import configure_logging
from api.sse import CLEAN_UP_S, FAREWELL_S
from services.context import open_context
from services.settings import Settings, load_settings

APPLICATION = "server:create_app"
"""By name, as every ASGI server takes it: the application lies above this layer."""


class _Server(uvicorn.Server):
    """Stops on SIGINT and SIGTERM, and then lets the process close what it has opened.

    uvicorn raises the signal again after serving, which would end the process before its database is closed.
    """

    @contextmanager
    def capture_signals(self) -> Generator[None]:
        loop = asyncio.get_running_loop()
        caught = (signal.SIGINT, signal.SIGTERM)
        for number in caught:
            loop.add_signal_handler(number, self.handle_exit, number, None)
        try:
            yield
        finally:
            for number in caught:
                loop.remove_signal_handler(number)


def serve(*, host: str | None, port: int | None) -> None:
    """Serve until stopped. Exits with 2 for a wrong setting, with 1 when the start fails."""
    with told():
        chosen = {name: value for name, value in (("host", host), ("port", port)) if value is not None}
        settings = load_settings(**chosen)
        configure_logging(settings.log_level, debug=settings.debug)
        bound = _bind(settings)
        with bound:
            if settings.workers == 1:
                run(_serve(settings, bound))
            else:
                _serve_many(settings, bound)


def _bind(settings: Settings) -> socket.socket:
    try:
        return listen(settings.host, settings.port)
    except OSError as error:
        complain(f"cannot listen on {settings.host}:{settings.port}: {error.strerror} (PORT or --port chooses another)")
        raise typer.Exit(FAILED) from None


async def _serve(settings: Settings, bound: socket.socket) -> None:
    create_app = import_from_string(APPLICATION)
    async with open_context(settings) as context:
        server = _Server(_config(settings, create_app(settings, context=context)))
        print_banner(context)
        end_start_up()
        await server.serve(sockets=[bound])


def _serve_many(settings: Settings, bound: socket.socket) -> None:
    """One process per worker; each opens its own services, and this one shows that they can be opened."""

    async def introduce() -> None:
        async with open_context(settings, serves=False) as context:
            print_banner(context)

    run(introduce())
    end_start_up()
    config = _config(settings, APPLICATION)
    config.workers = settings.workers
    Multiprocess(config, sockets=[bound]).run()


def _config(settings: Settings, app: object) -> uvicorn.Config:
    return uvicorn.Config(
        app,  # pyright: ignore[reportArgumentType] -- an application, or its factory by name
        factory=isinstance(app, str),
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=int(FAREWELL_S + CLEAN_UP_S + 5),
    )
