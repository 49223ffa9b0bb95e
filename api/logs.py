"""The log: one line per event on stderr, for people on a terminal and as JSON for machines."""

import logging
import sys
from datetime import UTC, datetime
from typing import Any

import orjson

from api.identity import current_request_id

_QUIET = (
    "aiosqlite",
    "alembic",
    "asyncio",
    "httpcore",
    "httpcore2",
    "httpx",
    "httpx2",
    "openai",
    "sse_starlette",
    "uvicorn.error",
)
"""Loggers of libraries that tell each step at INFO or DEBUG; their warnings are kept. (What uvicorn tells while it
starts and stops, the banner says better.)"""
_EXTRAS = ("method", "path", "status", "duration_ms")
"""Fields of the access line."""


def configure_logging(level: str, *, debug: bool) -> None:
    """Send the whole process's log to stderr.

    Args:
        level: lowest level that is written: DEBUG, INFO, WARNING or ERROR.
        debug: write DEBUG, and the libraries' own steps.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Plain() if sys.stderr.isatty() else _Json())
    root = logging.getLogger()
    for former in list(root.handlers):
        root.removeHandler(former)
    root.addHandler(handler)
    root.setLevel(logging.DEBUG if debug else level)
    quiet = max(logging.WARNING, root.level)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.NOTSET if debug else quiet)


class _Plain(logging.Formatter):
    """`12:30:01 INFO  api.access  GET /health 200 1.2 ms  [request id]`."""

    def format(self, record: logging.LogRecord) -> str:
        time = datetime.fromtimestamp(record.created, UTC).astimezone().strftime("%H:%M:%S")
        request_id = current_request_id()
        line = f"{time} {record.levelname:<7} {record.name}  {record.getMessage()}"
        if request_id:
            line += f"  [{request_id}]"
        return line + (f"\n{self.formatException(record.exc_info)}" if record.exc_info else "")


class _Json(logging.Formatter):
    """One JSON object per line."""

    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if request_id := current_request_id():
            entry["request_id"] = request_id
        entry |= {name: value for name in _EXTRAS if (value := record.__dict__.get(name)) is not None}
        if record.exc_info:
            entry["traceback"] = self.formatException(record.exc_info)
        return orjson.dumps(entry, default=str).decode()
