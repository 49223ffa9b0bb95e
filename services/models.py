"""Which text model a process talks to: OpenAI, a compatible server, or the built-in simulator."""

from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from providers.chat import OpenAITextModel
from providers.config import OPENAI_URL, TextModelConfig
from providers.liveness import ModelServer
from services.settings import Settings

SIMULATOR_KEY = "simulator"
"""The simulator takes any key, as long as there is one."""


@dataclass(frozen=True, slots=True)
class ModelService:
    """An open text model and what to call it."""

    model: OpenAITextModel
    config: TextModelConfig
    server: ModelServer
    backend: str
    """For the banner and `/health`."""


@asynccontextmanager
async def open_model(settings: Settings) -> AsyncGenerator[ModelService]:
    """The text model that the settings name; the simulator runs in this process for as long as it is open."""
    async with AsyncExitStack() as stack:
        base_url = str(settings.openai_base_url).rstrip("/") if settings.openai_base_url else None
        key = settings.openai_api_key.get_secret_value() if settings.openai_api_key else SIMULATOR_KEY
        if settings.uses_simulator:
            # A process with a real model never loads the simulator.
            from providers.simulator.server import serve_in_background  # noqa: PLC0415 -- see above

            base_url = await stack.enter_async_context(serve_in_background())
            backend = f"built-in simulator ({settings.openai_model}) at {base_url}"
        else:
            backend = f"{settings.openai_model} at {base_url or OPENAI_URL}"
        config = TextModelConfig(
            api_key=key,
            base_url=base_url,
            models=(settings.openai_model, *settings.openai_fallback_models),
            structured=settings.openai_structured_output,
            timeout_s=settings.openai_timeout_s,
            max_retries=settings.openai_max_retries,
        )
        model = await stack.enter_async_context(OpenAITextModel(config))
        yield ModelService(model, config, ModelServer(base_url or OPENAI_URL, key), backend)
