"""Everything a process shares, built once: the wiring of HTTP, command line, evals and tests."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

from dnd.errors import StorageError
from graphs.content import content_graph
from graphs.runner import ContentRunner
from persistence.answers import AnswerRepository
from persistence.content import ContentRepository
from persistence.database import Database
from persistence.idempotency import IdempotencyRepository
from persistence.leases import LeaseRepository
from providers.config import start_up_notices
from services.durable import DurableModel
from services.estimates import EstimateService
from services.generation import GenerationService
from services.health import HealthService
from services.models import open_model
from services.recovery import RecoveryService
from services.settings import Settings
from services.validation import ValidationService
from services.warming import warm_up


@dataclass(frozen=True, slots=True)
class ProcessContext:
    """What the doors may use."""

    settings: Settings
    generation: GenerationService
    validation: ValidationService
    estimates: EstimateService
    health: HealthService
    backends: dict[str, str]
    """Component → what it runs on, in the banner's order."""
    notices: list[str]
    """What whoever starts the service should know."""


@asynccontextmanager
async def open_context(settings: Settings, *, serves: bool = True) -> AsyncGenerator[ProcessContext]:
    """Open every backend that the settings name, and close them in reverse order.

    Args:
        settings: of this process.
        serves: whether it stays and goes on with runs that others left; a single command does not.

    Raises:
        ConfigurationError: a configured backend cannot be used as configured.
        StorageError: the configured database cannot be reached. Nothing falls back silently.
    """
    async with AsyncExitStack() as stack:
        await asyncio.to_thread(warm_up)
        database = await stack.enter_async_context(Database.open(settings.sqlalchemy_url))
        text = await stack.enter_async_context(open_model(settings))
        contents = ContentRepository(database)
        now = datetime.now(UTC)
        notices = start_up_notices(text.config, now.date())
        durable = DurableModel(text.model, AnswerRepository(database))
        generation = GenerationService(
            ContentRunner(content_graph(durable, max_tokens=settings.openai_max_tokens)),
            contents,
            IdempotencyRepository(database),
            lease=timedelta(seconds=settings.run_lease_s),
        )
        recovery = RecoveryService(generation, LeaseRepository(database), alone=settings.uses_sqlite)
        await stack.enter_async_context(recovery.keeping(takes_over=serves))
        if serves and (left := await recovery.take_up(at_start=True)):
            notices.append(f"{left} runs were cut off when their process ended; they go on now.")
        backends = _backends(settings, text.backend, database.address.label)
        yield ProcessContext(
            settings=settings,
            generation=generation,
            validation=ValidationService(),
            estimates=EstimateService(text.model, max_tokens=settings.openai_max_tokens),
            health=HealthService(
                service=settings.service_name,
                version=settings.version,
                backends=backends,
                probes={"database": partial(_ping, database), "openai": text.server.ping},
                disabled=frozenset({"getimg_ai", "message_hub", "cache"}),
            ),
            backends=backends,
            notices=notices,
        )


async def _ping(database: Database) -> str | None:
    try:
        await database.ping()
    except StorageError as error:
        return error.detail
    return None


def _backends(settings: Settings, model: str, database: str) -> dict[str, str]:
    redis = settings.redis_url is not None or settings.redis_host is not None
    return {
        "openai": model,
        "database": database,
        "getimg_ai": "none: this version makes no pictures",
        "message_hub": "none: this version publishes no events",
        "cache": "none: this version keeps no cache" + (" (Redis is configured and not used)" if redis else ""),
    }
