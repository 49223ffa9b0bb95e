"""Every setting, its default and its bounds. The README's table is checked against this class."""

from functools import cache
from importlib.metadata import version as package_version
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import quote

from pydantic import Field, HttpUrl, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from dnd.errors import ConfigurationError

Structured = Literal["json_schema", "json_object", "text"]


@cache
def _installed_version() -> str:
    return package_version("llm-service")


class Settings(BaseSettings):
    """Read from the environment and from `.env`, the environment first. Unknown names are ignored."""

    model_config = SettingsConfigDict(
        env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True, hide_input_in_errors=True
    )

    service_name: str = Field(default="llm-service", min_length=1, description="Name in banner, health and logs.")
    version: str = Field(default_factory=_installed_version, description="Version in banner and health.")
    debug: bool = Field(default=False, description="Tracebacks and debug lines in the log.")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(default="INFO", description="Log threshold.")
    host: str = Field(default="127.0.0.1", description="Address to listen on.")
    port: int = Field(default=8100, ge=1, le=65535, description="Port to listen on.")
    workers: int = Field(default=1, ge=1, le=64, description="Server processes; more than one needs PostgreSQL.")
    data_dir: Path = Field(default=Path("data"), description="Folder of the embedded database.")
    run_lease_s: float = Field(
        default=60, ge=1, le=3600, description="After so long without a word another process takes a run over."
    )
    max_body_bytes: int = Field(default=1_048_576, ge=1024, description="Largest request body, in bytes.")

    database_url: SecretStr | None = Field(default=None, description="PostgreSQL URL; wins over POSTGRES_*.")
    postgres_host: str | None = Field(default=None, description="PostgreSQL server; unset means SQLite.")
    postgres_port: int = Field(default=5432, ge=1, le=65535)
    postgres_db: str = "llm_service"
    postgres_user: str = "postgres"
    postgres_password: SecretStr | None = None

    redis_url: SecretStr | None = Field(default=None, description="Redis URL; wins over REDIS_*.")
    redis_host: str | None = Field(default=None, description="Redis server; unset means no cache.")
    redis_port: int = Field(default=6379, ge=1, le=65535)
    redis_db: int = Field(default=0, ge=0)
    redis_password: SecretStr | None = None

    openai_api_key: SecretStr | None = Field(default=None, description="Unset means the built-in simulator.")
    openai_base_url: HttpUrl | None = Field(default=None, description="Any OpenAI-compatible server.")
    openai_model: str = Field(default="gpt-5-nano", min_length=1, description="The model that writes.")
    openai_fallback_models: Annotated[tuple[str, ...], NoDecode] = Field(
        default=("gpt-5.6-luna",),
        description="Asked in this order when the model is gone or down; comma-separated.",
    )
    openai_max_tokens: int = Field(default=8000, ge=256, le=128_000, description="Budget of one answer, in tokens.")
    openai_timeout_s: float = Field(default=60, gt=0, le=600, description="Longest wait for one answer, in seconds.")
    openai_max_retries: int = Field(default=2, ge=0, le=8, description="Further tries per model after a failure.")
    openai_structured_output: Structured | None = Field(
        default=None, description="Overrides the catalogue: json_schema, json_object or text."
    )
    getimg_api_key: SecretStr | None = Field(default=None, description="Pictures; not used by this version.")

    @field_validator("openai_fallback_models", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(name.strip() for name in value.split(",") if name.strip())
        return value

    @model_validator(mode="after")
    def _workers_need_a_shared_database(self) -> Self:
        if self.workers > 1 and self.uses_sqlite:
            raise ValueError(
                "WORKERS: more than one worker on the embedded SQLite database and in-process simulator would "
                "divide one store between processes; set POSTGRES_HOST or DATABASE_URL, or WORKERS=1"
            )
        if self.workers > 1 and self.uses_simulator:
            raise ValueError(
                "WORKERS: more than one worker cannot share the in-process simulator; set OPENAI_API_KEY or "
                "OPENAI_BASE_URL, or WORKERS=1"
            )
        return self

    @property
    def uses_sqlite(self) -> bool:
        """True when no PostgreSQL is configured."""
        return self.database_url is None and self.postgres_host is None

    @property
    def uses_simulator(self) -> bool:
        """True when neither a key nor a server is configured: the built-in simulator writes."""
        return self.openai_api_key is None and self.openai_base_url is None

    @property
    def sqlalchemy_url(self) -> str:
        """The database as an SQLAlchemy URL. Holds the password: never log it."""
        if self.database_url is not None:
            url = self.database_url.get_secret_value()
            for prefix in ("postgres://", "postgresql://"):
                if url.startswith(prefix):
                    return "postgresql+psycopg://" + url.removeprefix(prefix)
            return url
        if self.postgres_host is not None:
            password = f":{quote(self.postgres_password.get_secret_value(), safe='')}" if self.postgres_password else ""
            user = quote(self.postgres_user, safe="")
            return f"postgresql+psycopg://{user}{password}@{self.postgres_host}:{self.postgres_port}/{self.postgres_db}"
        return f"sqlite+aiosqlite:///{self.data_dir / 'llm_service.db'}"


def load_settings(**overrides: object) -> Settings:
    """Settings from environment and `.env`; `overrides` (the command line's options) win.

    Raises:
        ConfigurationError: with one line that names the variable at fault.
    """
    try:
        return Settings(**overrides)  # pyright: ignore[reportArgumentType] -- pydantic validates what is passed
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        name = "_".join(str(part) for part in first["loc"][:1]).upper()
        message = first["msg"].removeprefix("Value error, ")
        raise ConfigurationError(f"{name}: {message}" if name else message) from error
