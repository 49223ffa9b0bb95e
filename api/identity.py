"""The id under which a request is known: in the answer's header, in its problem, and in every log line."""

import re
from contextvars import ContextVar

from dnd.ids import new_id

_PRINTABLE = re.compile(r"[\x21-\x7e]{1,128}")
_request_id: ContextVar[str] = ContextVar("request_id", default="")


def adopt_request_id(sent: str | None) -> str:
    """Take the caller's id when it is 1 to 128 printable ASCII characters, else a new UUIDv7; make it current."""
    request_id = sent if sent is not None and _PRINTABLE.fullmatch(sent) else str(new_id())
    _request_id.set(request_id)
    return request_id


def current_request_id() -> str:
    """The id of the request being served; empty outside one."""
    return _request_id.get()
