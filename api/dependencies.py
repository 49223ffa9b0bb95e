"""What handlers ask for by annotation."""

from typing import Annotated

from fastapi import Depends, Header, Request

from services.context import ProcessContext


async def _context(request: Request) -> ProcessContext:
    return request.app.state.context


Context = Annotated[ProcessContext, Depends(_context)]
"""The process's services."""

IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=200,
        pattern=r"^[\x21-\x7e]+$",
        description="The same key and body give the same result and spend nothing; another body is 409.",
    ),
]
"""1 to 200 printable ASCII characters."""
