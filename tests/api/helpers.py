"""What several test files say of answers."""

from typing import Any

import httpx
import orjson


def problem(response: httpx.Response, status: int, code: str = "invalid_parameters") -> dict[str, Any]:
    """The problem that `response` carries, having the shape that every problem has."""
    body = response.json()
    assert response.status_code == status, body
    assert response.headers["content-type"] == "application/problem+json"
    assert body["status"] == status
    assert body["code"] == code
    assert body["detail"]
    assert body["title"]
    assert body["type"].endswith(code)
    assert body["request_id"] == response.headers["x-request-id"]
    return body


def paths(body: dict[str, Any]) -> set[str]:
    """The fields that a problem names."""
    return {entry["path"] for entry in body["errors"]}


def frames(text: str) -> list[tuple[str, str, dict[str, Any]]]:
    """The events of a stream: id, name and data; comments are left out."""
    found: list[tuple[str, str, dict[str, Any]]] = []
    for block in text.strip().split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines() if not line.startswith(":"))
        if fields:
            found.append((fields["id"], fields["event"], orjson.loads(fields["data"])))
    return found
