"""The wired service over each database."""

from tests.persistence.conftest import migrated, place, postgresql, server

__all__ = ["migrated", "place", "postgresql", "server"]
