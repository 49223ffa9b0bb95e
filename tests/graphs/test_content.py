"""What the loop promises, one by one, with the simulator answering word for word over HTTP."""

import json
from typing import Any

import pytest

from dnd.content import CONTENT_TYPES, content_type
from dnd.content.fields import DmOnly
from dnd.content.request import ContentRequest
from dnd.content.result import Status, StopReason
from dnd.content.samples import sample
from dnd.errors import InvalidParametersError, ProviderUnavailableError
from dnd.themes import built_in_themes
from tests.graphs.conftest import Bench, OpenBench

Golden = tuple[dict[str, Any], dict[str, Any]]


OTHER_STORIES = (
    """The miller of Hollow Ford kept bees and a ledger, and trusted the bees. Nobody in the valley owed him less
than a jar, and nobody paid before the frost.""",
    """A ferryman once counted the lights on the far bank and found one too many. He rowed out, came back, and sold
the boat before breakfast to the first man who asked.""",
    """Two sisters shared a loom and a grudge. The cloth they wove was the best on the coast, and each of them signed
it alone, on the side that the buyer would not see.""",
)


def factless(content: dict[str, Any], number: int = 0) -> dict[str, Any]:
    """A draft whose story tells of something else, differently for each number."""
    return {**content, "story": OTHER_STORIES[number].replace("\n", " ")}


async def test_a_good_first_draft_is_accepted_with_one_call(bench: Bench, golden: Golden) -> None:
    request, content = golden
    output = await bench.run(request, content)
    assert output["status"] is Status.ACCEPTED, output["report"].findings
    assert output["content"] == content
    assert [(entry.kind, entry.ended) for entry in output["trace"]] == [("generate", StopReason.ACCEPTED)]
    assert len(bench.recorder.calls) == 1
    assert output["usage"].cost_usd > 0


async def test_the_players_view_holds_no_secret(bench: Bench, golden: Golden) -> None:
    request, content = golden
    output = await bench.run(request, content)
    secret = {
        name
        for name, field in content_type("backstory").model.model_fields.items()
        if any(isinstance(mark, DmOnly) for mark in field.metadata)
    }
    assert secret
    assert output["player_view"] == {name: value for name, value in content.items() if name not in secret}


async def test_facts_are_shown_where_they_stand(bench: Bench, golden: Golden) -> None:
    request, content = golden
    output = await bench.run(request, content)
    assert [fact.fact for fact in output["report"].facts] == request["facts"]
    for fact in output["report"].facts:
        assert fact.expressed
        assert fact.span is not None
        assert fact.span.text


async def test_a_targeted_repair_leaves_other_fields_byte_identical(bench: Bench, golden: Golden) -> None:
    request, content = golden
    mended = {name: content[name] for name in ("story", "turning_points")}
    output = await bench.run(request, factless(content), {**mended, "title": "Not asked for"})
    assert output["status"] is Status.ACCEPTED
    assert json.dumps(output["content"]) == json.dumps(content)
    repair = output["trace"][1]
    assert (repair.kind, repair.changed) == ("repair", ["/story"])
    assert list(bench.recorder.calls[1].schema["properties"]) == ["story", "turning_points"]
    assert {finding.fixed_by for finding in output["trace"][0].findings if finding.severity == "error"} == {"model"}


async def test_the_prompts_of_all_attempts_differ_and_share_their_beginning(bench: Bench, golden: Golden) -> None:
    request, content = golden
    await bench.run(request, *(factless(content, number) for number in range(3)))
    prompts = bench.recorder.prompts()
    assert len(prompts) == len(set(prompts)) == 3
    assert prompts[1].startswith(prompts[0])
    assert prompts[2].startswith(prompts[0])
    assert "attempt: 2" in prompts[1]
    assert "attempt: 3" in prompts[2]


async def test_the_attempt_cap_ends_in_review_with_the_full_trace(bench: Bench, golden: Golden) -> None:
    request, content = golden
    drafts = [factless(content, number) for number in range(3)]
    drafts[1]["summary"] = ""
    output = await bench.run({**request, "policy": {"max_attempts": 2}}, *drafts)
    assert output["status"] is Status.NEEDS_REVIEW
    assert [entry.attempt for entry in output["trace"]] == [1, 2]
    assert output["trace"][-1].ended in {StopReason.ATTEMPT_CAP, StopReason.NO_PROGRESS}
    assert len(bench.recorder.calls) == 2
    assert output["report"].errors


async def test_the_same_errors_twice_end_the_loop(bench: Bench, golden: Golden) -> None:
    request, content = golden
    bad = factless(content)
    output = await bench.run({**request, "policy": {"max_attempts": 5}}, bad, {"story": bad["story"]})
    assert output["status"] is Status.NEEDS_REVIEW
    assert output["trace"][-1].ended is StopReason.NO_PROGRESS
    assert len(bench.recorder.calls) == 2


async def test_a_cap_below_the_first_answer_is_refused_before_anything_is_spent(bench: Bench, golden: Golden) -> None:
    with pytest.raises(InvalidParametersError) as caught:
        await bench.run({**golden[0], "policy": {"max_cost_usd": 0.00001}})
    assert [error.path for error in caught.value.errors] == ["/policy/max_cost_usd"]
    assert bench.recorder.calls == []


async def test_the_cost_cap_stops_the_loop_and_keeps_the_draft(bench: Bench, golden: Golden) -> None:
    request, content = golden
    free = await bench.run(request, content)
    cap = free["usage"].cost_usd * 1.3
    output = await bench.run({**request, "policy": {"max_cost_usd": cap}}, factless(content))
    assert output["trace"][-1].ended is StopReason.COST_CAP
    assert output["status"] is Status.NEEDS_REVIEW
    assert output["content"] == factless(content)
    assert output["usage"].cost_usd <= cap


async def test_code_mends_what_it_can_before_a_model_is_asked(bench: Bench, golden: Golden) -> None:
    request, content = golden
    marked = {**content, "summary": f"**{content['summary']}**"}
    output = await bench.run(request, marked)
    assert output["status"] is Status.ACCEPTED
    assert output["content"] == content
    assert [(entry.kind, entry.attempt) for entry in output["trace"]] == [("generate", 1), ("code_fix", 1)]
    assert output["trace"][1].changed == ["/summary"]
    assert {finding.fixed_by for finding in output["trace"][0].findings} == {"code"}
    assert len(bench.recorder.calls) == 1


async def test_code_mends_first_and_the_model_gets_only_the_rest(bench: Bench, golden: Golden) -> None:
    request, content = golden
    first = {**factless(content), "summary": f"**{content['summary']}**"}
    output = await bench.run(request, first, {"story": content["story"]})
    assert [entry.kind for entry in output["trace"]] == ["generate", "code_fix", "repair"]
    assert output["content"] == content
    assert "**" not in bench.recorder.prompts()[1].split("<repair>")[1]


@pytest.mark.parametrize("fault", ["refusal", "content-filter"])
async def test_a_refusal_is_rejected_at_once_and_shows_nothing(bench: Bench, golden: Golden, fault: str) -> None:
    output = await bench.run(golden[0], fault)
    assert output["status"] is Status.REJECTED
    assert output["content"] is output["player_view"] is None
    assert output["trace"][-1].ended is StopReason.REFUSED
    assert len(bench.recorder.calls) == 1


@pytest.mark.parametrize("fault", ["truncated", "malformed", "off-schema", "empty", "garbage", "absurd-length"])
async def test_a_model_that_only_fails_ends_in_review_with_every_attempt_told(
    open_bench: OpenBench, golden: Golden, fault: str
) -> None:
    bench: Bench = await open_bench(f"sim-{fault}")
    output = await bench.run(golden[0])
    assert output["status"] in {Status.NEEDS_REVIEW, Status.REJECTED}
    assert [entry.attempt for entry in output["trace"]] == list(range(1, len(bench.recorder.calls) + 1))
    assert output["trace"][-1].ended in {StopReason.NO_PROGRESS, StopReason.ATTEMPT_CAP}
    assert output["report"].errors
    assert output["usage"].calls == len(bench.recorder.calls)


async def test_a_truncated_answer_is_given_more_room(bench: Bench, golden: Golden) -> None:
    request, content = golden
    output = await bench.run(request, "truncated", content)
    assert output["status"] is Status.ACCEPTED
    assert [entry.failure for entry in output["trace"]] == ["truncated", None]
    first, second = bench.recorder.calls
    assert second.max_tokens > first.max_tokens


async def test_broken_unicode_never_reaches_the_content(open_bench: OpenBench, golden: Golden) -> None:
    bench: Bench = await open_bench("sim-bad-unicode")
    output = await bench.run(golden[0])
    text = json.dumps(output["content"], ensure_ascii=False)
    text.encode("utf-8")
    assert not any(ord(character) < 32 and character not in "\n\t" for character in text)
    assert "\ufffd" not in text or output["status"] is not Status.ACCEPTED


async def test_a_vendor_down_from_the_start_is_an_error_and_no_content(bench: Bench, golden: Golden) -> None:
    with pytest.raises(ProviderUnavailableError):
        await bench.run(golden[0], "server-error")


async def test_a_vendor_that_goes_down_later_leaves_what_was_paid_for(bench: Bench, golden: Golden) -> None:
    request, content = golden
    output = await bench.run(request, factless(content), "server-error")
    assert output["status"] is Status.NEEDS_REVIEW
    assert output["content"] == factless(content)
    assert output["trace"][-1].ended is StopReason.PROVIDER_FAILED


async def test_of_several_failed_drafts_the_best_is_shown(bench: Bench, golden: Golden) -> None:
    request, content = golden
    worse = {"story": "", "turning_points": ["", ""]}
    output = await bench.run({**request, "policy": {"max_attempts": 2}}, factless(content), worse)
    assert output["content"] == factless(content)
    assert len(output["trace"][0].findings) == len(output["report"].findings)


async def test_a_crossed_boundary_is_rejected_and_shown_to_nobody(bench: Bench, golden: Golden) -> None:
    request, content = golden
    drafts = [{**content, "summary": f"{content['summary']} A spider sat in it, number {n}."} for n in range(3)]
    policy = {"lines": ["spiders"]}
    output = await bench.run({**request, "policy": policy}, *drafts)
    assert output["status"] is Status.REJECTED
    assert output["content"] is output["player_view"] is None


async def test_results_say_who_wrote_them(bench: Bench, golden: Golden) -> None:
    request, content = golden
    provenance = (await bench.run(request, content))["provenance"]
    assert provenance.simulated
    assert provenance.provider == "simulator"
    assert provenance.model == "gpt-5-nano-2025-08-07"
    assert (provenance.prompt_id, provenance.prompt_version) == ("backstory", "v1")
    assert provenance.prompt_hash.startswith("prompt:")
    assert provenance.rules_hash.startswith("rules:")
    assert provenance.theme_hash.startswith("theme:")


async def test_the_stream_tells_stages_in_order_and_its_text_adds_up(bench: Bench, golden: Golden) -> None:
    request, content = golden
    await bench.simulator.script(
        *(
            {"fault": None, "text": json.dumps(answer, ensure_ascii=False)}
            for answer in (factless(content), {"story": content["story"]})
        )
    )
    stages: list[tuple[str, str, int]] = []
    told: dict[tuple[int, str], str] = {}
    findings: list[list[str]] = []
    async for watched in bench.runner.watch(ContentRequest(**request), {}):
        if watched[0] == "output":
            assert watched[1]["content"] == content
            continue
        event = watched[1]
        if event["event"] == "stage":
            stages.append((event["stage"], event["state"], event["attempt"]))
        elif event["event"] == "findings":
            findings.append([finding["rule"] for finding in event["findings"]])
        else:
            key = (event["attempt"], event["path"])
            told[key] = told.get(key, "") + event["text"]
    names = ["prompt", "apply_theme", "generate", "validate", "repair", "validate", "finish"]
    expected = zip(names, (0, 0, 1, 1, 2, 2, 2), strict=True)
    assert stages == [(name, state, number) for name, number in expected for state in ("started", "ended")]
    assert told[1, "/story"] == factless(content)["story"]
    assert told[2, "/story"] == content["story"]
    assert told[1, "/connections/0/name"] == content["connections"][0]["name"]
    assert findings[0]
    assert findings[1] == []


@pytest.mark.parametrize("kind", [entry.name for entry in CONTENT_TYPES])
async def test_every_type_is_accepted_in_every_theme(open_bench: OpenBench, kind: str) -> None:
    bench: Bench = await open_bench("sim-flawless")
    asked = sample(kind)[0]["subject"]
    needed = {"subject": {name: asked[name] for name in ("class", "level") if name in asked}}
    for theme in built_in_themes():
        output = await bench.run(
            {"type": kind, "theme": theme.id, "facts": ["The bridge at Millford burned last winter"], **needed}
        )
        told = [f"{finding.rule} {finding.path}: {finding.message}" for finding in output["report"].findings]
        assert output["status"] in {Status.ACCEPTED, Status.ACCEPTED_WITH_WARNINGS}, (theme.id, told)
