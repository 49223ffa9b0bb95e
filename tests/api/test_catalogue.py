"""What there is to choose from, and the state of the service."""

import httpx
import pytest

from dnd.content import CONTENT_TYPES
from dnd.rules import RULES
from dnd.themes import built_in_themes
from dnd.themes.theme import Theme
from services.context import ProcessContext
from services.health import HealthReport
from tests.api.helpers import problem


async def test_every_type_is_listed_with_both_schemas(client: httpx.AsyncClient) -> None:
    items = (await client.get("/v1/types")).json()["items"]
    assert [entry["name"] for entry in items] == [kind.name for kind in CONTENT_TYPES]
    for entry, kind in zip(items, CONTENT_TYPES, strict=True):
        assert entry["group"] == kind.group.value
        assert set(entry["content_schema"]["properties"]) == set(kind.model.model_fields)
        assert "name" in entry["subject_schema"]["properties"]
    assert "class" in items[0]["subject_schema"]["properties"]


async def test_every_rule_is_listed_with_its_source(client: httpx.AsyncClient) -> None:
    items = (await client.get("/v1/rules")).json()["items"]
    assert [entry["id"] for entry in items] == [rule.id for rule in RULES]
    assert all(entry["source"] and entry["title"] and entry["editions"] for entry in items)


async def test_every_theme_is_listed_and_can_be_sent_back_inline(client: httpx.AsyncClient) -> None:
    items = (await client.get("/v1/themes")).json()["items"]
    assert [entry["id"] for entry in items] == [theme.id for theme in built_in_themes()]
    assert [Theme.model_validate(entry) for entry in items] == list(built_in_themes())


async def test_one_theme_is_read_by_its_id(client: httpx.AsyncClient) -> None:
    theme = (await client.get("/v1/themes/gothic_horror")).json()
    assert theme["id"] == "gothic_horror"
    assert theme["register"]


async def test_a_theme_that_is_not_there_is_404(client: httpx.AsyncClient) -> None:
    problem(await client.get("/v1/themes/noir"), 404, "not_found")


async def test_health_names_the_backend_of_every_component(client: httpx.AsyncClient) -> None:
    response = await client.get("/health")
    report = HealthReport.model_validate_json(response.content)
    assert response.status_code == 200
    assert {"openai", "database", "getimg_ai", "message_hub", "cache"} <= set(report.components)
    assert all(component.backend for component in report.components.values())


@pytest.mark.parametrize(("path", "status"), [("/health/live", "live"), ("/health/ready", "ready")])
async def test_the_probes_answer(client: httpx.AsyncClient, path: str, status: str) -> None:
    response = await client.get(path)
    assert (response.status_code, response.json()) == (200, {"status": status})


async def test_about_carries_the_notices_of_the_rules_it_uses(client: httpx.AsyncClient) -> None:
    about = (await client.get("/v1/about")).json()
    assert about["version"]
    assert "System Reference Document" in about["notices"]


async def test_the_bare_address_leads_to_the_documentation(client: httpx.AsyncClient) -> None:
    response = await client.get("/", follow_redirects=True)
    assert (response.status_code, response.url.path) == (200, "/docs")


def test_the_context_is_what_the_banner_needs() -> None:
    assert {"backends", "notices", "settings"} <= set(ProcessContext.__dataclass_fields__)
