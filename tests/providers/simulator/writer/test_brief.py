import pytest

from dnd.content.base import Length, Limits
from providers.simulator.writer.brief import NoBriefError, parse_brief

_REQUEST = """<request>
type: backstory
edition: 5.1
length: bullets
words: 40-140 in story
entries: 2-3 in turning_points; 1-2 in connections
variant: 7
attempt: 2
</request>"""
_THEME = """<theme>
name: Gothic Horror
genre: gothic horror
register: lyrical
reading grade: 4.5-12
keywords (use at least 2): fog, crypt, candle
never use: okay, no problem
motifs: a house that remembers; a bell that rings early
</theme>"""


def user(*texts: str) -> list[dict[str, object]]:
    return [{"role": "user", "content": "\n".join(texts)}]


def test_the_request_is_read_with_its_limits() -> None:
    brief = parse_brief(user("Some talk before.", _REQUEST, "Write it now."))
    assert (brief.type.name, brief.edition, brief.length) == ("backstory", "5.1", Length.BULLETS)
    assert (brief.variant, brief.attempt) == (7, 2)
    assert brief.words == Limits(40, 140)
    assert brief.entries["turning_points"] == Limits(2, 3)
    assert brief.entries["dm_hooks"] == Limits(1, 4), "what the brief leaves out is the type's own"


def test_sections_are_found_in_any_order_and_in_list_content() -> None:
    parts = [{"type": "text", "text": _THEME}, {"type": "text", "text": "<facts>\n1. A bell rang.\n</facts>"}]
    brief = parse_brief([{"role": "user", "content": parts}, *user(_REQUEST)])
    assert brief.facts == ("A bell rang.",)
    assert brief.theme.keywords == ("fog", "crypt", "candle")
    assert brief.theme.min_keywords == 2
    assert brief.theme.forbidden == ("okay", "no problem")
    assert brief.theme.motifs == ("a house that remembers", "a bell that rings early")
    assert brief.theme.grade == 4.5


def test_the_users_sections_win_over_examples_in_the_system_message() -> None:
    example = {"role": "system", "content": "<request>\ntype: item\n</request>\n<facts>\n1. An example.\n</facts>"}
    assert parse_brief([example, *user(_REQUEST, "<facts>\nnone\n</facts>")]).type.name == "backstory"
    assert parse_brief([example, *user(_REQUEST, "<facts>\nnone\n</facts>")]).facts == ()
    assert parse_brief([example]).type.name == "item"


def test_escaped_text_is_unescaped() -> None:
    brief = parse_brief(user(_REQUEST, "<subject>\n- name: Smith &amp; Sons &lt;3\n</subject>"))
    assert brief.subject == {"name": "Smith & Sons <3"}


def test_missing_sections_leave_defaults() -> None:
    brief = parse_brief(user("<request>\ntype: npc\n</request>"))
    assert brief.words == brief.type.words[Length.FULL]
    assert (brief.variant, brief.attempt, brief.facts, brief.boundaries) == (0, 1, (), ())
    assert brief.repair is None


def test_a_repair_is_read_with_the_answer_that_it_mends() -> None:
    repair = "<repair>\nattempt: 3\nfields: story, summary\n</repair>"
    findings = "<findings>\n- [FA1] /story: The fact is not expressed. Expected: it\n</findings>"
    answer = {"role": "assistant", "content": '{"story": "Short.", "title": "Fog"}'}
    brief = parse_brief([*user(_REQUEST), answer, *user(repair, findings)])
    assert brief.repair is not None
    assert brief.repair.attempt == 3
    assert brief.repair.fields == ("story", "summary")
    assert brief.repair.previous == {"story": "Short.", "title": "Fog"}
    assert [(line.rule, line.path) for line in brief.repair.findings] == [("FA1", "/story")]


def test_a_repair_of_everything_names_no_fields() -> None:
    brief = parse_brief(user(_REQUEST, "<repair>\nattempt: 2\nfields: all\n</repair>"))
    assert brief.repair is not None
    assert brief.repair.fields is None
    assert brief.repair.previous == {}


@pytest.mark.parametrize("text", ["", "Hello!", "<request>\ntype: sonnet\n</request>", "<request>type: npc"])
def test_messages_without_a_brief_are_refused(text: str) -> None:
    with pytest.raises(NoBriefError):
        parse_brief(user(text))
