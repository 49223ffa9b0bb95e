"""Content by HTTP: written, kept, listed, and shown to a player."""

from uuid import uuid4

import httpx
import pytest

from dnd.content.result import ContentResult
from tests.api.conftest import PIM
from tests.api.helpers import paths, problem
from tests.conftest import Simulator


@pytest.fixture(scope="session")
async def written(client: httpx.AsyncClient) -> ContentResult:
    response = await client.post("/v1/content", json=PIM)
    assert response.status_code == 200, response.text
    return ContentResult.model_validate_json(response.content)


async def test_a_request_gives_a_whole_result(written: ContentResult) -> None:
    assert written.status == "accepted"
    assert written.content is not None
    assert written.player_view is not None
    assert set(written.content) - set(written.player_view) == {"secret", "dm_hooks"}
    assert [fact.fact for fact in written.report.facts] == PIM["facts"]
    assert written.provenance.simulated
    assert written.usage.calls >= 1
    assert written.trace[-1].ended == "accepted"


async def test_what_was_written_can_be_read_again(client: httpx.AsyncClient, written: ContentResult) -> None:
    response = await client.get(f"/v1/content/{written.id}")
    assert ContentResult.model_validate_json(response.content) == written


async def test_a_player_is_shown_no_secret(client: httpx.AsyncClient, written: ContentResult) -> None:
    response = await client.get(f"/v1/content/{written.id}", params={"view": "player"})
    shown = ContentResult.model_validate_json(response.content)
    assert shown.content == shown.player_view == written.player_view
    assert shown.trace == []
    assert shown.report.findings == []
    assert written.content is not None
    for secret in (written.content["secret"], *written.content["dm_hooks"]):
        assert secret not in response.json().__str__()


async def test_content_that_nobody_wrote_is_404(client: httpx.AsyncClient) -> None:
    problem(await client.get(f"/v1/content/{uuid4()}"), 404, "not_found")


async def test_pages_follow_each_other_and_end(client: httpx.AsyncClient) -> None:
    for variant in (101, 102, 103):
        body = {"type": "item", "theme": "mystery", "variant": variant}
        assert (await client.post("/v1/content", json=body)).status_code == 200
    seen: list[str] = []
    query: dict[str, str | int] = {"type": "item", "limit": 2}
    while True:
        page = (await client.get("/v1/content", params=query)).json()
        assert len(page["items"]) <= 2
        seen += [entry["id"] for entry in page["items"]]
        if page["next_cursor"] is None:
            break
        query["cursor"] = page["next_cursor"]
    assert len(seen) == len(set(seen)) >= 3
    assert seen == sorted(seen, reverse=True)


async def test_a_page_keeps_to_its_filters(client: httpx.AsyncClient, written: ContentResult) -> None:
    page = (await client.get("/v1/content", params={"type": "backstory", "status": "accepted", "limit": 100})).json()
    assert str(written.id) in [entry["id"] for entry in page["items"]]
    assert {entry["type"] for entry in page["items"]} == {"backstory"}
    empty = (await client.get("/v1/content", params={"campaign_id": str(uuid4())})).json()
    assert empty == {"items": [], "next_cursor": None}


async def test_the_same_key_and_body_give_the_same_result_and_spend_nothing(
    client: httpx.AsyncClient, simulator: Simulator
) -> None:
    headers = {"Idempotency-Key": str(uuid4())}
    first = await client.post("/v1/content", json=PIM, headers=headers)
    spent = len(await simulator.calls())
    again = await client.post("/v1/content", json=PIM, headers=headers)
    assert again.json() == first.json()
    assert len(await simulator.calls()) == spent >= 1


async def test_the_same_key_with_another_body_is_409(client: httpx.AsyncClient) -> None:
    headers = {"Idempotency-Key": str(uuid4())}
    assert (await client.post("/v1/content", json=PIM, headers=headers)).status_code == 200
    other = await client.post("/v1/content", json={**PIM, "variant": 7}, headers=headers)
    problem(other, 409, "conflict")


@pytest.mark.parametrize(
    ("endpoint", "type"),
    [("/v1/text/character", "personality"), ("/v1/text/campaign", "npc"), ("/v1/text/campaign", "dialogue")],
)
async def test_a_family_s_own_types_are_written(client: httpx.AsyncClient, endpoint: str, type: str) -> None:  # noqa: A002 -- the field's name
    response = await client.post(endpoint, json={"type": type})
    assert response.status_code == 200, response.text
    assert response.json()["type"] == type


async def test_a_provider_that_cannot_answer_is_told_as_one(client: httpx.AsyncClient, simulator: Simulator) -> None:
    await simulator.fail_next("rate-limited", retry_after=7)
    response = await client.post("/v1/content", json={**PIM, "variant": 55})
    problem(response, 503, "service_unavailable")
    assert response.headers["retry-after"] == "7"


async def test_sound_content_passes_validation_and_unsound_is_told_where(client: httpx.AsyncClient) -> None:
    content = {"name": "", "category": "ring"}
    report = (await client.post("/v1/validate", json={"type": "item", "content": content})).json()
    assert {finding["path"] for finding in report["findings"]} >= {"/description", "/rarity"}
    assert report["outcomes"]["ST1"] == "failed"


async def test_validation_says_what_it_cannot_check_against(client: httpx.AsyncClient) -> None:
    body = {"type": "item", "content": {}, "subject": {"rarity": "shiny"}}
    assert paths(problem(await client.post("/v1/validate", json=body), 422)) == {"/subject/rarity"}
