from typing import Any

import orjson

from dnd.content import CONTENT_TYPES
from persistence.content import ContentRepository
from persistence.database import Database
from persistence.upgrades import UPGRADES, Upgrades, read_result
from tests.persistence.conftest import Place
from tests.persistence.samples import result, store


def _split_title(stored: dict[str, Any]) -> dict[str, Any]:
    """Rumours of version 2 have a headline and a tag instead of a title."""
    views: dict[str, Any] = {}
    for view in ("content", "player_view"):
        old = stored[view]
        if old is not None:
            rest = {key: value for key, value in old.items() if key != "title"}
            views[view] = {"headline": old["title"], "tag": "rumour", **rest}
    return {**stored, **views}


def _rename_tag(stored: dict[str, Any]) -> dict[str, Any]:
    content = dict(stored["content"])
    content["label"] = content.pop("tag")
    return {**stored, "content": content}


UPGRADED: Upgrades = {"rumour": {1: _split_title, 2: _rename_tag}}


async def test_content_of_version_1_is_read_as_version_3_and_its_row_stays(database: Database, place: Place) -> None:
    stored = await store(ContentRepository(database), type="rumour")
    repository = ContentRepository(database, UPGRADED)
    found = await repository.get(stored.id)
    assert found.content is not None
    assert found.player_view is not None
    assert found.content["headline"] == "The Fen’s Price"
    assert found.content["label"] == "rumour"
    assert "title" not in found.content
    assert found.player_view["tag"] == "rumour"
    assert found.provenance.schema_version == 3
    assert (await repository.page()).items == (found,)
    assert place.ask("SELECT schema_version FROM content") == [(1,)]


async def test_content_without_a_body_is_upgraded_too(database: Database) -> None:
    stored = await store(ContentRepository(database), type="rumour", body=False)
    found = await ContentRepository(database, {"rumour": {1: _split_title}}).get(stored.id)
    assert (found.content, found.player_view, found.provenance.schema_version) == (None, None, 2)


def test_a_type_without_upgrades_is_read_as_it_is() -> None:
    stored = result()
    assert read_result(stored.model_dump_json(), stored.type, 1, UPGRADED) == stored


def test_content_newer_than_the_last_upgrade_is_read_as_it_is() -> None:
    stored = result(type="rumour")
    assert read_result(stored.model_dump_json(), "rumour", 3, UPGRADED) == stored


def test_every_type_can_be_read_from_its_first_version_on() -> None:
    needed = {entry.name: set(range(1, entry.schema_version)) for entry in CONTENT_TYPES}
    assert {name: set(UPGRADES.get(name, {})) for name in needed} == needed
    assert set(UPGRADES) <= set(needed)


def test_a_result_stored_by_the_first_release_is_still_read() -> None:
    document = orjson.dumps(
        {
            "id": "019c0000-0000-7000-8000-000000000001",
            "type": "backstory",
            "status": "accepted",
            "content": {"title": "Fen"},
            "player_view": {"title": "Fen"},
            "report": {"findings": [], "facts": [], "scores": {}, "coverage": 1.0, "outcomes": {}},
            "trace": [{"attempt": 1, "kind": "generate"}],
            "provenance": {
                "prompt_id": "backstory",
                "prompt_version": "v1",
                "prompt_hash": "h",
                "rules_hash": "h",
                "schema_version": 1,
                "theme_id": "high_fantasy",
                "theme_hash": "h",
                "edition": "5.2",
            },
            "usage": {"input_tokens": 1, "output_tokens": 1, "cost_usd": 0.5, "calls": 1},
            "thread_id": "019c0000-0000-7000-8000-000000000002",
            "created_at": "2026-01-02T03:04:05Z",
        }
    ).decode()
    found = read_result(document, "backstory", 1)
    assert (found.content, found.usage.cost_usd) == ({"title": "Fen"}, 0.5)
