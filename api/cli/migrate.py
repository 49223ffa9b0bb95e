"""`llm-service migrate`."""

import typer

from api.cli.failures import told
from persistence.migrate import head, upgrade
from services.settings import load_settings


def migrate() -> None:
    """Upgrade the configured database, whatever its revision."""
    with told():
        settings = load_settings()
        upgrade(settings.sqlalchemy_url)
        backend = "SQLite" if settings.uses_sqlite else "PostgreSQL"
        typer.echo(f"The {backend} database is at revision {head()}.")
