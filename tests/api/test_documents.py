"""Checking sheets and stat blocks: as JSON, as pasted text, and what cannot be read."""

from typing import Any

import httpx
import pytest

from dnd.sheets.samples import sample_document, sample_documents
from services.validation import DOCUMENT_KINDS
from tests.api.helpers import paths, problem

OGRE = """\
Ogre
Large giant, chaotic evil
Armor Class 11 (hide armor)
Hit Points 59 (7d10 + 21)
Speed 40 ft.
STR DEX CON INT WIS CHA
19 (+4) 8 (-1) 16 (+3) 5 (-3) 7 (-2) 7 (-2)
Senses darkvision 60 ft., passive Perception 8
Languages Common, Giant
Challenge 2 (450 XP)
Actions
Greatclub. Melee Weapon Attack: +6 to hit, reach 5 ft., one target. Hit: 13 (2d8 + 4) bludgeoning damage.
"""


async def validated(client: httpx.AsyncClient, **body: Any) -> dict[str, Any]:  # noqa: ANN401 -- any field
    response = await client.post("/v1/validate", json=body)
    assert response.status_code == 200, response.text
    return response.json()


@pytest.mark.parametrize("name", sample_documents())
async def test_every_sample_document_is_legal(client: httpx.AsyncClient, name: str) -> None:
    document = sample_document(name)
    kind = next(
        kind
        for kind, key in (
            ("character_sheet", "classes"),
            ("stat_block", "challenge_rating"),
            ("encounter_plan", "party"),
            ("magic_item", "rarity"),
        )
        if key in document
    )
    report = await validated(client, type=kind, edition=document["edition"], content=document)
    told = {finding["severity"] for finding in report["findings"]}
    # Two of the blocks are the SRD's own, and a little outside what its monsters of their rating usually have.
    assert told <= ({"info", "warning"} if kind == "stat_block" else {"info"})
    assert report["document"]["name"] == document["name"]
    assert report["ignored"] == []


@pytest.mark.parametrize("kind", ["stat_block", "monster"])
async def test_a_pasted_stat_block_is_read_and_judged(client: httpx.AsyncClient, kind: str) -> None:
    report = await validated(client, type=kind, edition="5.1", content=OGRE)
    assert [finding for finding in report["findings"] if finding["severity"] == "error"] == []
    assert report["outcomes"]["MO3"] == report["outcomes"]["MO11"] == "passed"
    wrong = await validated(client, type=kind, edition="5.1", content=OGRE.replace("59 (7d10", "95 (7d10"))
    [finding] = [finding for finding in wrong["findings"] if finding["rule"] == "MO3"]
    assert (finding["path"], finding["fix"]["value"]) == ("/hit_points", 59)
    assert "59" in finding["message"]


async def test_a_pasted_sheet_is_read_and_judged(client: httpx.AsyncClient) -> None:
    text = "Pim\nClass: Wizard 5\nCON 14 (+2)\nProficiency Bonus: +4\nCantrips: Light, Eldrich Blast"
    report = await validated(client, type="character_sheet", content=text)
    found = {finding["rule"]: finding for finding in report["findings"]}
    assert found["LV3"]["fix"] == {"path": "/proficiency_bonus", "op": "replace", "value": 3}
    assert "Eldritch Blast" in found["SP14"]["expected"]
    assert report["outcomes"]["HP3"] in {"not_checkable", "not_applicable"}
    assert 0 < report["coverage"] < 1


async def test_what_was_not_understood_is_told(client: httpx.AsyncClient) -> None:
    sheet = {"class": "Wizard 5", "favouriteColour": "green"}
    report = await validated(client, type="character_sheet", content=sheet)
    assert report["ignored"] == ["favouriteColour"]


async def test_the_policy_on_names_moves_severities(client: httpx.AsyncClient) -> None:
    sheet = {"class": "Wizard 5", "spellcasting": [{"class": "Wizard", "prepared": ["Arcane Thunderlance"]}]}
    weights: dict[str, str] = {}
    for names in ("homebrew_ok", "official", "strict_srd"):
        report = await validated(client, type="character_sheet", content=sheet, policy={"names": names})
        weights[names] = next(entry["severity"] for entry in report["findings"] if entry["rule"] == "SP14")
    assert weights == {"homebrew_ok": "warning", "official": "error", "strict_srd": "error"}


@pytest.mark.parametrize("kind", DOCUMENT_KINDS)
@pytest.mark.parametrize("content", ["", "Once upon a time.", "{not json", "[1, 2]"])
async def test_text_that_is_no_document_is_a_problem_at_its_field(
    client: httpx.AsyncClient, kind: str, content: str
) -> None:
    response = await client.post("/v1/validate", json={"type": kind, "content": content})
    assert paths(problem(response, 422)) == {"/content"}


async def test_a_value_of_no_shape_is_left_out_and_told(client: httpx.AsyncClient) -> None:
    sheet = {"class": "Wizard 5", "hit_dice": {"count": "many"}}
    report = await validated(client, type="character_sheet", content=sheet)
    assert "hit_dice" not in report["document"]
    assert "hit_dice" in report["ignored"][0]


async def test_text_for_a_type_that_is_an_object_is_a_problem(client: httpx.AsyncClient) -> None:
    told = problem(await client.post("/v1/validate", json={"type": "npc", "content": "A ferryman."}), 422)
    assert paths(told) == {"/content"}


async def test_a_subject_and_its_sheet_may_not_disagree(client: httpx.AsyncClient) -> None:
    subject = {"level": 3, "sheet": {"class": "Wizard", "level": 5}}
    told = problem(await client.post("/v1/content", json={"type": "backstory", "subject": subject}), 422)
    assert paths(told) == {"/subject"}
    assert "level is 3 here and 5 in the sheet" in str(told["errors"])


@pytest.mark.parametrize("kind", ["level_up", "combat_strategy", "development_arc"])
async def test_a_type_that_needs_class_and_level_says_so(client: httpx.AsyncClient, kind: str) -> None:
    told = problem(await client.post("/v1/content", json={"type": kind, "subject": {"level": 3}}), 422)
    assert paths(told) == {"/subject/class"}
    told = problem(await client.post("/v1/content", json={"type": kind, "subject": {"class": "wizard"}}), 422)
    assert paths(told) == {"/subject/level"}
