"""Whose a run is: a process holds a lease on each of its runs, and may take over a run whose lease has ended."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, select, update

from persistence.database import Database
from persistence.run import Run, RunStatus
from persistence.tables import runs


class LeaseRepository:
    """Leases on running runs, of all tenants."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def renew(self, thread_ids: Collection[UUID], until: datetime) -> None:
        """Hold these runs for longer.

        Raises:
            StorageError: see `Database.write`.
        """
        mine = update(runs).where(runs.c.thread_id.in_(list(thread_ids))).values(lease_until=until)
        if thread_ids:
            await self._database.write(lambda connection: connection.execute(mine).rowcount)

    async def take_over(self, now: datetime, until: datetime, *, alone: bool = False) -> list[Run]:
        """Runs that a process left when it ended; from now on they are the caller's, and nobody else gets them.

        Args:
            now: leases that ended before are open.
            until: end of the new leases.
            alone: the caller has the database for itself: every running run was left.

        Raises:
            StorageError: see `Database.transaction`.
        """
        open_ = runs.c.status == RunStatus.RUNNING.value
        if not alone:
            open_ &= runs.c.lease_until.is_(None) | (runs.c.lease_until < now)

        def work(connection: Connection) -> list[Run]:
            found = connection.execute(select(runs).where(open_).order_by(runs.c.started_at)).all()
            taken: list[Run] = []
            for row in found:
                # Compare and swap: of two processes that saw the same lease end, one changes it.
                held = row.lease_until
                same = runs.c.lease_until.is_(None) if held is None else runs.c.lease_until == held
                swap = update(runs).where(runs.c.thread_id == row.thread_id, same, open_).values(lease_until=until)
                if connection.execute(swap).rowcount:
                    taken.append(Run.from_row(row))
            return taken

        return await self._database.transaction(work)
