"""The API's document is complete, and its examples are true."""

import re
from typing import Any

import httpx
import orjson
import pytest

from api.openapi import PIM
from dnd.content import CONTENT_TYPES


@pytest.fixture(scope="session")
async def document(client: httpx.AsyncClient) -> dict[str, Any]:
    return (await client.get("/openapi.json")).json()


def operations(document: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [(path, method, entry) for path, item in document["paths"].items() for method, entry in item.items()]


def test_every_operation_has_a_summary_a_tag_and_a_description(document: dict[str, Any]) -> None:
    known = {tag["name"] for tag in document["tags"]}
    for path, method, entry in operations(document):
        assert entry.get("summary"), (method, path)
        assert set(entry["tags"]) <= known, (method, path)
        assert entry.get("description"), (method, path)


def test_bad_input_is_documented_as_a_problem_wherever_there_is_input(document: dict[str, Any]) -> None:
    for path, method, entry in operations(document):
        if "requestBody" in entry or entry.get("parameters"):
            content = entry["responses"]["422"]["content"]
            assert content == {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}, (
                method,
                path,
            )


def test_every_reference_of_the_document_leads_somewhere(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]

    references = set(re.findall(r'"\$ref":"([^"]*)"', orjson.dumps(document).decode()))
    assert references == {f"#/components/schemas/{name}" for name in schemas} & references
    assert references


def test_every_call_with_a_body_has_an_example_and_every_type_has_one(document: dict[str, Any]) -> None:
    for path, method, entry in operations(document):
        if "requestBody" in entry:
            assert entry["requestBody"]["content"]["application/json"]["examples"], (method, path)
    named = document["paths"]["/v1/content"]["post"]["requestBody"]["content"]["application/json"]["examples"]
    assert {kind.name for kind in CONTENT_TYPES} <= set(named)
    assert next(iter(named.values()))["value"] == PIM


async def test_every_example_answers_as_documented(client: httpx.AsyncClient, document: dict[str, Any]) -> None:
    for path, method, entry in operations(document):
        if "requestBody" not in entry:
            continue
        for name, example in entry["requestBody"]["content"]["application/json"]["examples"].items():
            response = await client.request(method, path, json=example["value"])
            assert response.status_code == 200, (method, path, name, response.text[:500])
            kind = response.headers["content-type"].partition(";")[0]
            assert kind in entry["responses"]["200"]["content"], (method, path, name)
            assert '"code":"' not in response.text or kind == "application/json", (method, path, name)


async def test_every_sound_sample_passes_validation_without_a_finding(
    client: httpx.AsyncClient, document: dict[str, Any]
) -> None:
    examples = document["paths"]["/v1/validate"]["post"]["requestBody"]["content"]["application/json"]["examples"]
    for name, example in examples.items():
        report = (await client.post("/v1/validate", json=example["value"])).json()
        assert report["findings"] == [], name
