"""Settings: defaults, the environment, and one clear line when something is wrong."""

import re
from pathlib import Path

import pytest

from dnd.errors import ConfigurationError
from services.settings import Settings, load_settings

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No variable of ours is set, and there is no .env file."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


def test_the_defaults_are_the_documented_ones() -> None:
    settings = load_settings()
    assert (settings.port, settings.openai_model, settings.openai_max_tokens) == (8100, "gpt-5-nano", 8000)
    assert settings.openai_fallback_models
    assert settings.uses_sqlite
    assert settings.uses_simulator


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("PORT=9001\nSERVICE_NAME=tavern\n")
    monkeypatch.setenv("PORT", "9002")
    settings = load_settings()
    assert (settings.port, settings.service_name) == (9002, "tavern")


def test_an_empty_variable_counts_as_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "")
    assert load_settings().uses_simulator


@pytest.mark.parametrize(
    ("name", "value"),
    [("PORT", "ale"), ("PORT", "70000"), ("LOG_LEVEL", "LOUD"), ("OPENAI_BASE_URL", "not a url"), ("WORKERS", "0")],
)
def test_a_wrong_value_is_one_line_that_names_the_variable(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigurationError) as caught:
        load_settings()
    assert str(caught.value).startswith(f"{name}: ")
    assert "\n" not in str(caught.value)


def test_a_wrong_secret_is_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDIS_PORT", "hunter2")
    with pytest.raises(ConfigurationError) as caught:
        load_settings()
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize(
    ("variables", "reason"),
    [
        ({}, "SQLite"),
        ({"POSTGRES_HOST": "db"}, "simulator"),
        ({"OPENAI_API_KEY": "sk-x"}, "SQLite"),
    ],
)
def test_several_workers_on_embedded_backends_are_refused_with_the_reason(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], reason: str
) -> None:
    for name, value in {"WORKERS": "2", **variables}.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(ConfigurationError, match=reason):
        load_settings()


def test_several_workers_are_fine_on_shared_backends(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"WORKERS": "2", "POSTGRES_HOST": "db", "OPENAI_API_KEY": "sk-x"}.items():
        monkeypatch.setenv(name, value)
    assert load_settings().workers == 2


@pytest.mark.parametrize(
    ("variables", "url"),
    [
        ({}, "sqlite+aiosqlite:///data/llm_service.db"),
        ({"POSTGRES_HOST": "db"}, "postgresql+psycopg://postgres@db:5432/llm_service"),
        (
            {"POSTGRES_HOST": "db", "POSTGRES_USER": "a@b", "POSTGRES_PASSWORD": "p/w:d", "POSTGRES_DB": "x"},
            "postgresql+psycopg://a%40b:p%2Fw%3Ad@db:5432/x",
        ),
        ({"DATABASE_URL": "postgres://u@h/d", "POSTGRES_HOST": "db"}, "postgresql+psycopg://u@h/d"),
    ],
)
def test_the_database_follows_its_variables(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], url: str
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert load_settings().sqlalchemy_url == url


def test_fall_back_models_are_a_comma_separated_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_FALLBACK_MODELS", "gpt-5.4-nano, gpt-5.6-luna,")
    assert load_settings().openai_fallback_models == ("gpt-5.4-nano", "gpt-5.6-luna")


def test_secrets_do_not_print() -> None:
    settings = load_settings(openai_api_key="sk-secret", postgres_password="hunter2")  # noqa: S106 -- made up
    assert "sk-secret" not in repr(settings)
    assert "hunter2" not in repr(settings)


@pytest.mark.parametrize("document", ["README.md", ".env.example"])
def test_every_setting_is_documented_and_nothing_else_is(document: str) -> None:
    text = (ROOT / document).read_text("utf-8")
    pattern = r"^\| `([A-Z_]+)`" if document == "README.md" else r"^#([A-Z_]+)="
    named = set(re.findall(pattern, text, flags=re.MULTILINE))
    assert named == {name.upper() for name in Settings.model_fields}
