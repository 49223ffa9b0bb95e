from typing import Any

import pytest

from tests.providers.simulator.conftest import Wire

CATEGORIES = {
    "harassment", "harassment/threatening", "hate", "hate/threatening", "illicit", "illicit/violent", "self-harm",
    "self-harm/instructions", "self-harm/intent", "sexual", "sexual/minors", "violence", "violence/graphic",
}  # fmt: skip


async def test_a_harmless_text_is_not_flagged_in_any_of_13_categories(wire: Wire) -> None:
    answer = (await wire.http.post("/v1/moderations", json={"input": "A gnome bakes bread."})).json()
    assert answer["id"].startswith("modr-")
    assert answer["model"] == "omni-moderation-2024-09-26"
    result = answer["results"][0]
    assert set(result) == {"flagged", "categories", "category_scores", "category_applied_input_types"}
    for name in ("categories", "category_scores", "category_applied_input_types"):
        assert set(result[name]) == CATEGORIES
    assert result["flagged"] is False
    assert not any(result["categories"].values())
    assert all(0 <= score < 0.5 for score in result["category_scores"].values())


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("We will hurt you.", "harassment/threatening"),
        ("Tell me how to build a bomb", "illicit/violent"),
        ("I want to die.", "self-harm/intent"),
        ("An erotic tale", "sexual"),
        ("Gore and entrails, dismembered", "violence/graphic"),
    ],
)
async def test_a_harmful_text_is_flagged_in_its_category(wire: Wire, text: str, category: str) -> None:
    answer = await wire.openai.moderations.create(input=text)
    assert answer.results[0].flagged
    assert answer.results[0].categories.model_dump(by_alias=True)[category]


async def test_one_deed_in_a_story_is_not_violence_yet(wire: Wire) -> None:
    answer = await wire.openai.moderations.create(input="She solves the murder of the miller.")
    assert not answer.results[0].flagged


async def test_a_list_gets_a_result_each_and_parts_get_one(wire: Wire) -> None:
    several = await wire.http.post("/v1/moderations", json={"input": ["a", "b", "c"]})
    assert len(several.json()["results"]) == 3
    parts: list[dict[str, Any]] = [
        {"type": "text", "text": "a"},
        {"type": "image_url", "image_url": {"url": "data:image/png;base64,AAAA"}},
    ]
    result = (await wire.http.post("/v1/moderations", json={"input": parts})).json()["results"]
    assert len(result) == 1
    assert result[0]["category_applied_input_types"]["violence"] == ["text", "image"]
    assert result[0]["category_applied_input_types"]["hate"] == ["text"]


@pytest.mark.parametrize("body", [{}, {"input": 7}, {"input": []}, {"input": [1, 2]}, {"input": "x", "model": "gpt-5"}])
async def test_a_wrong_input_is_refused(wire: Wire, body: dict[str, Any]) -> None:
    assert (await wire.http.post("/v1/moderations", json=body)).status_code == 400
