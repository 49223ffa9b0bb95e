import json
import re
import subprocess
import sys
from itertools import combinations, pairwise
from typing import Any, cast

import pytest

from dnd.content import CONTENT_TYPES
from dnd.content.base import Length
from dnd.content.wire import wire_schema
from dnd.rules import apply_fixes
from dnd.rules.finding import Finding
from dnd.themes import built_in_themes
from dnd.themes.theme import Theme
from providers.simulator.writer import Mood, NoBriefError, write
from providers.simulator.writer.composers import RECIPES
from providers.simulator.writer.facts import strings
from providers.simulator.writer.finish import public_fields
from tests.providers.simulator.writer.briefs import SUBJECTS, Brief, brief, faults, full_brief

TYPES = [entry.name for entry in CONTENT_TYPES]
THEMES = [theme.id for theme in built_in_themes()]
LENGTHS = tuple(Length)


def answered(asked: Brief, mood: Mood = "flawless") -> dict[str, Any]:
    return write(asked.messages, wire_schema(asked.kind.model), mood=mood)


def sentences(answer: object) -> set[str]:
    pieces = (piece for text in strings(answer) for piece in re.split(r"(?<=[.!?]) +|\n+", text))
    return {piece for piece in pieces if len(piece.split()) > 4}


def told(findings: list[Finding]) -> list[tuple[str, str, str]]:
    return [(finding.rule, finding.path, finding.message) for finding in findings]


def test_every_type_has_a_recipe() -> None:
    assert list(RECIPES) == TYPES


@pytest.mark.parametrize("kind", TYPES)
def test_carriers_are_fields_that_players_see(kind: str) -> None:
    entry = next(entry for entry in CONTENT_TYPES if entry.name == kind)
    assert {carrier.partition("/")[0] for carrier in RECIPES[kind].carriers} <= public_fields(entry)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("kind", TYPES)
def test_flawless_answers_pass_validation(kind: str, theme: str) -> None:
    for variant, length in enumerate(LENGTHS):
        for asked in (
            full_brief(kind, theme=theme, length=length, variant=variant),
            brief(kind, theme=theme, length=length, variant=variant),
        ):
            assert told(faults(asked.judge(answered(asked)))) == []


@pytest.mark.parametrize("kind", TYPES)
def test_an_inline_theme_is_written_with_its_own_keywords(kind: str) -> None:
    theme = Theme.model_validate(
        {
            "id": "clockwork",
            "name": "Clockwork Carnival",
            "genre": "whimsical steam",
            "keywords": ["gear", "calliope", "sawdust", "brassy"],
            "forbidden_words": ["shadow", "whisper", "old"],
        }
    )
    for variant in range(3):
        asked = full_brief(kind, theme=theme.model_dump(by_alias=True), variant=variant)
        assert told(faults(asked.judge(answered(asked)))) == []


@pytest.mark.parametrize("kind", TYPES)
def test_an_answer_depends_on_its_messages_alone(kind: str) -> None:
    asked = full_brief(kind)
    assert answered(asked) == answered(asked)


@pytest.mark.parametrize("theme", ["gothic_horror", "comedic", "political_intrigue"])
@pytest.mark.parametrize("kind", TYPES)
def test_variants_share_hardly_a_sentence(kind: str, theme: str) -> None:
    asked = [brief(kind, theme=theme, subject=SUBJECTS[kind], variant=variant) for variant in range(3)]
    answers = [answered(one) for one in asked]
    keys = {key for one in asked if one.skeleton for slots in one.skeleton.slots.values() for key in slots.keys}
    given = {"300 gold pieces.", *keys}
    for one, other in combinations(map(sentences, answers), 2):
        assert len(one & other - given) <= 1
        assert len(one) > 6


@pytest.mark.parametrize("kind", TYPES)
def test_another_attempt_is_another_text(kind: str) -> None:
    asked = full_brief(kind)
    again = [
        {**message, "content": message["content"].replace("attempt: 1\n", "attempt: 2\n")} for message in asked.messages
    ]
    assert write(again, None, mood="flawless") != answered(asked)


@pytest.mark.parametrize(
    "lines", [["spiders"], ["alcohol"], ["harm to children"], ["hanging", "undead"], ["animal cruelty"]]
)
@pytest.mark.parametrize("kind", TYPES)
def test_boundaries_are_kept(kind: str, lines: list[str]) -> None:
    for theme in ("gothic_horror", "dark_fantasy", "swashbuckling"):
        asked = full_brief(kind, theme=theme, policy={"lines": lines})
        assert told(faults(asked.judge(answered(asked)))) == []


def test_the_subject_is_who_the_story_is_about() -> None:
    answer = answered(full_brief("backstory"))
    assert "Pim" in answer["story"]
    assert "Borin" in answer["story"] or "Ash" in answer["story"]
    assert not re.search(r"\b(?:he|his)\b", answer["summary"])


def test_a_subject_without_a_name_gets_one() -> None:
    answer = answered(brief("npc", subject={"role": "innkeeper", "pronouns": "she/her"}))
    assert answer["name"].split()[0] in answer["description"]
    assert re.search(r"\b[Ss]he\b", answer["description"])


def test_what_the_caller_said_of_an_item_is_kept() -> None:
    asked = brief("item", subject={"name": "Gull", "rarity": "legendary", "requires_attunement": False})
    whole = asked.whole(answered(asked))
    assert (whole["name"], whole["rarity"], whole["requires_attunement"]) == ("Gull", "legendary", False)
    assert whole["magic_item"]["name"] == "Gull"


def test_a_talk_is_between_the_speakers_named() -> None:
    answer = answered(full_brief("dialogue"))
    assert {line["speaker"] for line in answer["lines"]} == {"Mara", "Tobin Reed"}
    speakers = [line["speaker"] for line in answer["lines"]]
    assert all(one != other for one, other in pairwise(speakers))


@pytest.mark.parametrize("kind", TYPES)
def test_twelve_long_facts_are_all_told(kind: str) -> None:
    places = ["Harl", "Brig", "Fenn", "Gorse", "Holm", "Ister", "Jarrow", "Keld", "Lorn", "Moss", "Nettle", "Orr"]
    facts = [
        f"The bridge at {place} Ford was rebuilt in oak by {count} masons." for count, place in enumerate(places, 3)
    ]
    answer = answered(brief(kind, facts=facts))
    public = public_fields(next(entry for entry in CONTENT_TYPES if entry.name == kind))
    text = " ".join(text for name in public for text in strings(answer[name]))
    assert [fact for fact in facts if fact not in text] == []


def test_only_the_fields_of_the_schema_are_written() -> None:
    asked = full_brief("quest")
    schema = wire_schema(asked.kind.model, ("hook", "rewards"))
    assert list(write(asked.messages, schema, mood="flawless")) == ["hook", "rewards"]


def test_without_a_schema_a_repair_writes_the_fields_that_it_names() -> None:
    asked = full_brief("quest")
    messages = asked.repair(answered(asked), ("hook", "truth"), ())
    assert list(write(messages, None, mood="flawless")) == ["hook", "truth"]


def mended(asked: Brief, answer: dict[str, Any], mood: Mood) -> dict[str, Any]:
    """`answer` after code's fixes and one repair of the fields that still have findings."""
    fixed, _ = apply_fixes(answer, asked.judge(answer).findings)
    wrong = faults(asked.judge(fixed))
    fields = tuple(name for name in fixed if any(finding.path.split("/")[1] == name for finding in wrong))
    if not fields:
        return fixed
    part = write(asked.repair(fixed, fields, wrong), wire_schema(asked.kind.model, fields), mood=mood)
    assert tuple(part) == fields
    return {**fixed, **part}


def test_a_decent_model_errs_now_and_then_and_mends_it() -> None:
    drafts = [
        full_brief(kind, theme=theme, variant=variant) for kind in TYPES for theme in THEMES[:6] for variant in (0, 1)
    ]
    answers = [(asked, answered(asked, "decent")) for asked in drafts]
    faulty = [(asked, answer) for asked, answer in answers if faults(asked.judge(answer))]
    assert 0.25 < len(faulty) / len(answers) < 0.5
    rules = {finding.rule for asked, answer in faulty for finding in faults(asked.judge(answer))}
    assert {"FA1", "TH2", "QU1", "QU2", "QU9", "QU12", "SE2"} <= rules
    left = [told(faults(asked.judge(mended(asked, answer, "decent")))) for asked, answer in faulty]
    assert [findings for findings in left if findings] == []


def test_a_stubborn_model_repeats_its_fault_in_every_repair() -> None:
    for kind in TYPES:
        asked = full_brief(kind)
        first = answered(asked, "stubborn")
        before = {finding.identity() for finding in faults(asked.judge(first))}
        after = {finding.identity() for finding in faults(asked.judge(mended(asked, first, "stubborn")))}
        assert before == after
        assert before


def test_a_stubborn_model_without_facts_errs_as_well() -> None:
    for kind in TYPES:
        asked = brief(kind)
        assert asked.judge(answered(asked, "stubborn")).errors


@pytest.mark.parametrize("kind", TYPES)
def test_garbage_has_the_right_structure_and_passes_nothing(kind: str) -> None:
    asked = full_brief(kind)
    answer = answered(asked, "garbage")
    asked.kind.model.model_validate(asked.whole(answer))
    assert len({finding.rule for finding in asked.judge(answer).errors}) > 2


def test_messages_without_a_brief_are_refused() -> None:
    with pytest.raises(NoBriefError):
        write([{"role": "user", "content": "Hello!"}], None, mood="decent")


def test_odd_subjects_are_written_about_all_the_same() -> None:
    subject = {"name": "  {they} [x] ", "species": "warforged", "class": "blood hunter/bard", "pronouns": "xe/xem"}
    for kind in ("backstory", "personality", "appearance"):
        answer = answered(brief(kind, subject=subject, facts=["x y z", "a scar"]))
        assert json.loads(json.dumps(answer)) == answer
        assert cast("str", next(iter(answer.values())))


def test_the_writer_loads_without_the_model_libraries() -> None:
    code = (
        "import sys; import providers.simulator.writer; "
        "print([name for name in ('langchain', 'langchain_core', 'openai', 'langgraph') if name in sys.modules])"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
