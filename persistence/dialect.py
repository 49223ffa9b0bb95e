"""INSERT as the backend in use writes it. The other backend's dialect is never loaded: it takes a tenth of a second."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Table

from persistence.engine import Backend


def insert_of(backend: Backend) -> Callable[[Table], Any]:
    """The dialect's `insert`, which knows ON CONFLICT. Typed loosely: the two dialects share no base that has it."""
    if backend == "postgresql":
        from sqlalchemy.dialects.postgresql import insert as postgresql_insert  # noqa: PLC0415 -- see the module

        return postgresql_insert
    from sqlalchemy.dialects.sqlite import insert as sqlite_insert  # noqa: PLC0415 -- see the module

    return sqlite_insert
