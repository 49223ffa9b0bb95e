"""Going on with runs whose process ended: what was paid for is read back, the rest is done, the result is kept."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime

from dnd.errors import ServiceError, StorageError
from persistence.leases import LeaseRepository
from persistence.run import Run
from services.generation import GenerationService

RENEWALS = 4
"""Renewals within one lease: three may fail before it ends."""
MOST_AT_ONCE = 4
"""Runs taken up again that work at the same time: callers who wait come first."""
_log = logging.getLogger(__name__)


class RecoveryService:
    """Renews the leases on this process's runs, and takes up what other processes left."""

    def __init__(
        self,
        generation: GenerationService,
        leases: LeaseRepository,
        *,
        alone: bool,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._generation = generation
        self._leases = leases
        self._alone = alone
        self._now = now
        self._room = asyncio.Semaphore(MOST_AT_ONCE)
        self._working: set[asyncio.Task[None]] = set()

    async def take_up(self, *, at_start: bool = False) -> int:
        """Go on, in the background, with every run that was left. Returns how many there are.

        Args:
            at_start: nothing of this process runs yet; with the database for itself, every running run was left.

        Raises:
            StorageError: they cannot be read.
        """
        now = self._now()
        left = await self._leases.take_over(now, now + self._generation.lease, alone=at_start and self._alone)
        mine = self._generation.running
        for run in (run for run in left if run.thread_id not in mine):
            task = asyncio.create_task(self._go_on(run))
            self._working.add(task)
            task.add_done_callback(self._working.discard)
        return len(left)

    async def _go_on(self, run: Run) -> None:
        async with self._room:
            try:
                await self._generation.resume(run)
            except ServiceError as error:
                _log.warning("run %s was taken up and ended with %s", run.thread_id, error.code)
            except Exception:  # noqa: BLE001 -- one bad run must not keep the others from being taken up
                _log.exception("run %s was taken up and failed", run.thread_id)

    @asynccontextmanager
    async def keeping(self, *, takes_over: bool) -> AsyncGenerator[None]:
        """Renews leases for as long as it is open, and looks for abandoned runs if this process `takes_over` any."""
        keeper = asyncio.create_task(self._keep(takes_over=takes_over and not self._alone))
        try:
            yield
        finally:
            keeper.cancel()
            for task in (*self._working, keeper):
                task.cancel()
            with suppress(asyncio.CancelledError):
                await asyncio.gather(keeper, *self._working, return_exceptions=True)

    async def _keep(self, *, takes_over: bool) -> None:
        while True:
            await asyncio.sleep(self._generation.lease.total_seconds() / RENEWALS)
            try:
                await self._leases.renew(self._generation.running, self._now() + self._generation.lease)
                if takes_over:
                    await self.take_up()
            except StorageError as error:
                _log.warning("leases could not be renewed: %s", error.detail)
