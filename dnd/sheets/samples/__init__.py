"""Sample documents, each legal to the last number in the edition it names."""

import json
from functools import cache
from pathlib import Path
from typing import Any, cast

_FOLDER = Path(__file__).parent


def sample_document(name: str) -> dict[str, Any]:
    """The sample called `name` as JSON, with its `edition`; the caller's own copy."""
    return cast("dict[str, Any]", json.loads(_text(name)))


def sample_documents() -> tuple[str, ...]:
    """The names of all samples."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.json")))


@cache
def _text(name: str) -> str:
    return (_FOLDER / f"{name}.json").read_text("utf-8")
