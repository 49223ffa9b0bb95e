"""Settings of the text model, and what has to be said about them at start-up."""

from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlsplit

from pydantic import SecretStr

from dnd.errors import ConfigurationError
from providers.catalogue import ModelRow, Structured, model_row

OPENAI_URL = "https://api.openai.com/v1"
NOTICE_DAYS = 90
"""A model's announced end is told from this many days before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextModelConfig:
    """How to reach text models, and how long and how often to try."""

    api_key: SecretStr | str = field(repr=False)
    base_url: str | None = None
    """Of an OpenAI-compatible server, up to and including `/v1`; None is OpenAI itself."""
    models: tuple[str, ...] = ("gpt-5-nano",)
    """The model to ask, then its fall-backs in order."""
    structured: Structured | None = None
    """Overrides what the catalogue says of all `models`."""
    timeout_s: float = 60.0
    """For one answer that is not streamed, and for the beginning of a streamed one."""
    connect_timeout_s: float = 5.0
    stream_stall_s: float = 30.0
    """Longest silence within a stream."""
    deadline_s: float = 180.0
    """For everything: all retries, pauses and fall-backs of one question."""
    max_retries: int = 2
    """Further calls to the same model after a failure that may pass."""
    retry_pause_s: float = 0.5
    """Pause before the first retry; it doubles with each further one, up to 8 s, and varies at random."""
    max_retry_after_s: float = 20.0
    """A vendor that asks for a longer pause is not waited for."""
    max_output_tokens: int = 16_000
    """For one answer, reasoning included; a model's own limit may be lower."""

    def __post_init__(self) -> None:
        if not self.models or not all(model.strip() for model in self.models):
            raise ConfigurationError("no text model is configured")

    @property
    def rows(self) -> tuple[ModelRow, ...]:
        """The catalogue's rows of `models`, each once."""
        return tuple(model_row(model) for model in dict.fromkeys(self.models))

    @property
    def loopback(self) -> bool:
        """Whether the server is on this machine."""
        return urlsplit(self.base_url or OPENAI_URL).hostname in {"127.0.0.1", "::1", "localhost"}

    @property
    def encrypted(self) -> bool:
        """Whether the server is reached by TLS."""
        return urlsplit(self.base_url or OPENAI_URL).scheme == "https"

    @property
    def provider(self) -> str:
        """`openai` or `openai_compatible`, as far as the address tells."""
        host = urlsplit(self.base_url or OPENAI_URL).hostname or ""
        return "openai" if host == "api.openai.com" or host.endswith(".api.openai.com") else "openai_compatible"


def start_up_notices(config: TextModelConfig, today: date) -> list[str]:
    """One sentence for each thing an operator should know: announced shutdowns, unknown prices."""
    rows = config.rows
    notices = [
        notice
        for index, row in enumerate(rows)
        if (notice := _shutdown_notice(row, rows[index + 1 :], today)) is not None
    ]
    notices += [
        f"The price of {row.id} is not known; the cost of its calls counts as 0."
        for row in rows
        if not row.priced and not config.loopback
    ]
    return notices


def _shutdown_notice(row: ModelRow, fall_backs: tuple[ModelRow, ...], today: date) -> str | None:
    if row.shutdown is None or (days := (row.shutdown - today).days) > NOTICE_DAYS:
        return None
    verb = f"shuts down on {row.shutdown} (in {days} days)" if days > 0 else f"was to shut down on {row.shutdown}"
    successor = f" The vendor names {row.successor} as its successor." if row.successor else ""
    remedy = (
        f" Requests will fall back to {fall_backs[0].id}."
        if fall_backs
        else " No fall-back is configured: set another model before that day."
    )
    return f"The text model {row.id} {verb}.{successor}{remedy}"
