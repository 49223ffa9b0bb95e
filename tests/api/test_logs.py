"""The log's lines."""

import io
import json
import logging
import sys
from collections.abc import Iterator

import pytest

from api.identity import adopt_request_id
from api.logs import configure_logging


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def root_as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


def _log(stream: io.StringIO, monkeypatch: pytest.MonkeyPatch, *, level: str = "INFO", debug: bool = False) -> None:
    monkeypatch.setattr(sys, "stderr", stream)
    configure_logging(level, debug=debug)


def test_without_a_terminal_a_line_is_one_json_object(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    _log(stream, monkeypatch)
    request_id = adopt_request_id("abc")
    logging.getLogger("here").info("two\nlines", extra={"status": 200, "secret": "x"})
    (line,) = stream.getvalue().splitlines()
    entry = json.loads(line)
    assert (entry["level"], entry["logger"], entry["message"]) == ("INFO", "here", "two\nlines")
    assert (entry["request_id"], entry["status"]) == (request_id, 200)
    assert "secret" not in entry


def test_on_a_terminal_a_line_is_for_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = _Terminal()
    _log(stream, monkeypatch)
    adopt_request_id("abc")
    logging.getLogger("here").warning("careful")
    assert stream.getvalue().endswith("WARNING here  careful  [abc]\n")


@pytest.mark.parametrize("stream", [io.StringIO(), _Terminal()])
def test_a_traceback_is_kept(monkeypatch: pytest.MonkeyPatch, stream: io.StringIO) -> None:
    _log(stream, monkeypatch)
    logging.getLogger("here").error("failed", exc_info=ValueError("why"))
    assert "ValueError: why" in stream.getvalue()


@pytest.mark.parametrize(
    ("level", "debug", "heard"),
    [("INFO", False, ["ours"]), ("ERROR", False, []), ("INFO", True, ["ours", "theirs"])],
)
def test_libraries_are_heard_only_in_debugging(
    monkeypatch: pytest.MonkeyPatch, level: str, debug: bool, heard: list[str]
) -> None:
    stream = io.StringIO()
    _log(stream, monkeypatch, level=level, debug=debug)
    logging.getLogger("services").info("ours")
    logging.getLogger("httpx").info("theirs")
    assert [json.loads(line)["message"] for line in stream.getvalue().splitlines()] == heard
