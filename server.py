"""The HTTP application: wiring only."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from api import about, content, estimate, health, openapi, problems, text, themes, types, validation
from api.langserve import mount_graphs
from api.logs import configure_logging
from api.middleware import BodyLimit, CancelOnDisconnect, Identity
from services.context import ProcessContext, open_context
from services.settings import Settings, load_settings

ROUTERS = (
    content.router,
    text.router,
    validation.router,
    estimate.router,
    types.router,
    themes.router,
    health.router,
    about.router,
)


def create_app(settings: Settings | None = None, *, context: ProcessContext | None = None) -> FastAPI:
    """The application.

    Args:
        settings: of this process; None reads them and sets up the log, for servers that start the application by name.
        context: services that the caller has opened and will close; None opens them with the application.

    Raises:
        ConfigurationError: a setting is wrong.
    """
    chosen = settings or load_settings()
    if settings is None:
        configure_logging(chosen.log_level, debug=chosen.debug)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncGenerator[None]:
        if context is not None:
            app.state.context = context
            yield
            return
        async with open_context(chosen) as opened:
            app.state.context = opened
            yield

    app = FastAPI(
        title=openapi.TITLE,
        summary=openapi.SUMMARY,
        description=openapi.DESCRIPTION,
        version=chosen.version,
        openapi_tags=openapi.TAGS,
        lifespan=lifespan,
        strict_content_type=False,
    )
    for router in ROUTERS:
        app.include_router(router)
    mount_graphs(app)
    openapi.install(app)
    problems.install(app)
    app.add_middleware(CancelOnDisconnect)
    app.add_middleware(BodyLimit, limit=chosen.max_body_bytes)
    app.add_middleware(Identity)
    return app
