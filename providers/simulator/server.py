"""Running the simulator: alone for the command line, or beside other things in the current event loop."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncGenerator, Generator
from typing import Any

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.auto import AutoHTTPProtocol

from providers.simulator.app import create_simulator
from providers.simulator.exchange import CONNECTION

_BACKLOG = 2048
"""Connections that may wait to be accepted."""
_FAREWELL_S = 5.0
"""How long calls under way may take to notice that the server has closed."""


def _cuttable(*, access_log: bool) -> type[asyncio.Protocol]:
    """The HTTP protocol whose transport the app can reach, so that a fault can cut the connection."""
    base: Any = AutoHTTPProtocol

    class CuttableProtocol(base):
        def __init__(self, *args: Any, app_state: dict[str, Any], **further: Any) -> None:  # noqa: ANN401 -- uvicorn's
            base.__init__(self, *args, app_state={**app_state, CONNECTION: self}, **further)
            if not access_log:
                self.access_log = False

    return CuttableProtocol


def run(host: str, port: int) -> None:
    """Serve until interrupted."""
    uvicorn.run(
        create_simulator(),
        host=host,
        port=port,
        http=_cuttable(access_log=True),
        ws="none",
        lifespan="off",
        server_header=False,
        proxy_headers=False,
        backlog=_BACKLOG,
    )


class _QuietServer(uvicorn.Server):
    """Leaves the process's signals alone."""

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None]:
        yield


@contextlib.asynccontextmanager
async def serve_in_background(app: ASGIApp | None = None) -> AsyncGenerator[str]:
    """Serve on a free port of the loopback, in the current event loop.

    Args:
        app: a simulator made by `create_simulator`; None: one with default settings.

    Yields:
        The base URL for clients, with `/v1` at its end. The control endpoints are on the same host and port.
    """
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", 0))
    listener.setblocking(False)
    port: int = listener.getsockname()[1]
    config = uvicorn.Config(
        app or create_simulator(),
        http=_cuttable(access_log=False),
        ws="none",
        lifespan="off",
        server_header=False,
        proxy_headers=False,
        backlog=_BACKLOG,
        # None leaves the logging of the process that we are a guest in as it is.
        log_config=None,
    )
    config.load()
    server = _QuietServer(config)
    server.lifespan = config.lifespan_class(config)
    await server.startup(sockets=[listener])
    ticking = asyncio.create_task(server.main_loop(), name="simulator")
    try:
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        ticking.cancel()
        await asyncio.gather(ticking, return_exceptions=True)
        await _close(server)


async def _close(server: uvicorn.Server) -> None:
    """Stop at once: calls under way see their client leave, and the ledger settles them."""
    for listening in server.servers:
        listening.close()
    for connection in list(server.server_state.connections):
        connection.transport.abort()
    if server.server_state.tasks:
        await asyncio.wait(server.server_state.tasks, timeout=_FAREWELL_S)
    for listening in server.servers:
        await listening.wait_closed()
