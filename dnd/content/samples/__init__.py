"""Golden samples: for each content type a request and an answer that passes every rule with nothing to say."""

import json
from functools import cache
from pathlib import Path
from typing import Any, cast


def sample(type_name: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The request and the content of a type's golden sample; both are the caller's own copies."""
    data = cast("dict[str, dict[str, Any]]", json.loads(_text(type_name)))
    return data["request"], data["content"]


@cache
def _text(type_name: str) -> str:
    return (Path(__file__).parent / f"{type_name}.json").read_text("utf-8")
