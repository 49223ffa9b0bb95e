"""Mechanics belong to code: given to the model, added to its answer, restored when they were changed."""

import copy
from typing import Any

import pytest

from dnd.content import CONTENT_TYPES
from dnd.content.fields import code_owned
from dnd.content.result import Status
from dnd.content.samples import sample
from tests.graphs.conftest import Bench

OWNERS = [kind.name for kind in CONTENT_TYPES if kind.skeleton is not None]


def words(kind: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """A type's golden request, and of its golden content what a model writes."""
    request, content = sample(kind)
    model = next(entry.model for entry in CONTENT_TYPES if entry.name == kind)
    return request, {name: value for name, value in content.items() if name not in code_owned(model)}


@pytest.mark.parametrize("kind", OWNERS)
async def test_code_adds_what_it_computed_and_never_asks_for_it(bench: Bench, kind: str) -> None:
    request, written = words(kind)
    output = await bench.run(request, written)
    assert output["status"] is Status.ACCEPTED
    assert output["content"] == sample(kind)[1]
    assert list(output["content"] or {}) == list(sample(kind)[1])
    asked = bench.recorder.calls[0]
    assert set(asked.schema["properties"]) == set(written)
    assert "<mechanics>\n- " in asked.messages[1].text
    assert len(bench.recorder.calls) == 1


async def test_a_changed_number_is_restored_by_code_and_the_trace_shows_it(bench: Bench) -> None:
    request, content = sample("monster")
    block = copy.deepcopy(content["stat_block"])
    block["hit_points"], block["challenge_rating"] = 300, "12"
    output = await bench.run(request, {**content, "stat_block": block})
    assert output["status"] is Status.ACCEPTED
    assert output["content"] == content
    drafted, fixed = output["trace"]
    assert {(finding.rule, finding.fixed_by) for finding in drafted.findings if finding.rule == "ME1"} == {
        ("ME1", "code")
    }
    assert (fixed.kind, fixed.changed) == ("code_fix", ["/stat_block/challenge_rating", "/stat_block/hit_points"])
    assert len(bench.recorder.calls) == 1


async def test_names_given_by_the_model_are_taken_over_into_the_block(bench: Bench) -> None:
    request, written = words("monster")
    written["actions"][0]["name"] = "Salt Hand"
    output = await bench.run(request, written)
    block = (output["content"] or {})["stat_block"]
    assert block["name"] == written["name"]
    assert "Salt Hand" in {action["name"] for action in block["actions"]}


async def test_a_thing_given_without_words_is_asked_for_again(bench: Bench) -> None:
    request, written = words("monster")
    told = copy.deepcopy(written)
    del told["actions"][1]
    output = await bench.run(request, told, {"actions": written["actions"]})
    assert output["status"] is Status.ACCEPTED
    assert [entry.kind for entry in output["trace"]] == ["generate", "repair"]
    assert {finding.rule for finding in output["trace"][0].findings} == {"ME2"}
    assert output["trace"][1].changed[0] == "/actions"
    assert {path.split("/")[1] for path in output["trace"][1].changed} == {"actions", "stat_block"}


async def test_words_for_a_thing_not_given_go(bench: Bench) -> None:
    request, written = words("level_up")
    more = copy.deepcopy(written)
    more["moments"].append({"feature": "Wish", "moment": "She asks for everything and is given it."})
    output = await bench.run(request, more)
    assert output["status"] is Status.ACCEPTED
    assert output["content"] == sample("level_up")[1]
    assert [entry.kind for entry in output["trace"]] == ["generate", "code_fix"]


async def test_the_same_request_has_the_same_mechanics_and_a_variant_others(bench: Bench) -> None:
    request, written = words("encounter")
    free: dict[str, Any] = {**request, "subject": {"party": [5, 5, 5, 5]}}
    for variant in (0, 0, 1):
        await bench.run({**free, "variant": variant}, written, written, written)
    prompts = [
        call.messages[1].text.split("<mechanics>")[1].split("</mechanics>")[0]
        for call in bench.recorder.calls
        if "<repair>" not in "".join(str(message.content) for message in call.messages)
    ]
    assert prompts[0] == prompts[1]
    assert prompts[0] != prompts[2]


async def test_an_illegal_subject_is_told_and_does_not_stop_the_writing(bench: Bench) -> None:
    request, content = sample("backstory")
    sheet = {"name": "Pim Fiddlewick", "species": "gnome", "class": "wizard", "level": 3, "hit_points": {"max": 90}}
    sheet |= {"ability_scores": {"str": 8, "dex": 14, "con": 14, "int": 16, "wis": 12, "cha": 10}, "hit_dice": "3d8"}
    subject = {name: value for name, value in request["subject"].items() if name != "level"}
    output = await bench.run({**request, "subject": {**subject, "sheet": sheet}}, content)
    assert output["status"] is Status.ACCEPTED_WITH_WARNINGS
    found = {finding.rule: finding for finding in output["report"].warnings}
    assert found["HP1"].path.startswith("/subject/sheet/hit_dice")
    assert all(finding.fix is None for finding in found.values())
    assert len(bench.recorder.calls) == 1
