"""Prompt files: what is accepted, what is refused, and how they render."""

import pytest
from langchain_core.messages import HumanMessage, SystemMessage

from dnd.errors import ConfigurationError, InvalidParametersError
from prompts.loader import PromptError, active_version, load_prompt, parse_prompt, prompt_versions

GOOD = """---
id: sketch
version: v2
variables: [rules, request]
includes: {house: v1}
model: {max_tokens: 900, effort: minimal}
notes: A test.
---
=== system ===
{house}
Rules: {rules} and {{braces}}
=== user ===
<request>
{request}
</request>
"""


def parse(text: str = GOOD, **replaced: str) -> None:
    for old, new in replaced.items():
        text = text.replace(old, new)
    parse_prompt(text, "sketch", "v2")


def test_a_good_file_becomes_a_prompt() -> None:
    prompt = parse_prompt(GOOD, "sketch", "v2")
    assert (prompt.id, prompt.version, prompt.notes) == ("sketch", "v2", "A test.")
    assert prompt.variables == {"rules", "request"}
    assert (prompt.model.max_tokens, prompt.model.effort, prompt.model.verbosity) == (900, "minimal", None)
    assert prompt.hash == f"prompt:{prompt.sha256[:12]}"


def test_it_renders_values_untouched_and_includes_resolved() -> None:
    house = load_prompt("house", "v1").user
    system, user = parse_prompt(GOOD, "sketch", "v2").messages(rules="R {x}", request="{rules} {{y}}")
    assert isinstance(system, SystemMessage)
    assert isinstance(user, HumanMessage)
    assert system.text == f"{house}\nRules: R {{x}} and {{braces}}"
    assert user.text == "<request>\n{rules} {{y}}\n</request>"


@pytest.mark.parametrize(
    ("values", "complaint"),
    [
        ({"rules": "r"}, "missing values: request"),
        ({"rules": "r", "request": "q", "theme": "t"}, "unknown values: theme"),
        ({}, "missing values: request, rules"),
    ],
)
def test_missing_and_extra_values_are_refused(values: dict[str, str], complaint: str) -> None:
    prompt = parse_prompt(GOOD, "sketch", "v2")
    with pytest.raises(PromptError, match=complaint):
        prompt.messages(**values)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("variables: [rules, request]", "variables: [rules]", "uses undeclared: request"),
        ("[rules, request]", "[rules, request, theme]", "declares and does not use: theme"),
        ("[rules, request]", "[rules, request, request]", "declares twice: request"),
        ("[rules, request]", "[rules, request, house]", "has as variable and as include: house"),
        ("{house: v1}", "{house: v1, repair: v1}", "no partial"),
        ("{house: v1}", "{house: v99}", "does not exist"),
        ("{house: v1}", "{attic: v1}", "does not exist"),
        ("{house}\n", "", "declares and does not use: house"),
        ("Rules: {rules}", "Rules: {rules} {request}", "must be stable: request"),
        ("\n{request}", "\n{}", "not a plain variable"),
        ("\n{request}", "\n{0}", "not a plain variable"),
        ("\n{request}", "\n{request.__class__}", "not a plain variable"),
        ("\n{request}", "\n{request[0]}", "not a plain variable"),
        ("\n{request}", "\n{request!r}", "not a plain variable"),
        ("\n{request}", "\n{request:>9}", "not a plain variable"),
        ("\n{request}", "\n{request", "sketch/v2"),
        ("{{braces}}", "}", "sketch/v2"),
        ("id: sketch", "id: scratch", "calls itself scratch/v2"),
        ("version: v2", "version: v3", "calls itself sketch/v3"),
        ("version: v2", "version: two", "bad front matter"),
        ("notes: A test.", "author: nobody", "bad front matter"),
        ("effort: minimal", "effort: heroic", "bad front matter"),
        ("max_tokens: 900", "max_tokens: 1", "bad front matter"),
        ("notes: A test.", "notes: a: b", "bad front matter"),
        ("---\nid", "id", "must begin with front matter"),
        ("A test.\n---", "A test.", "must begin with front matter"),
        ("=== system ===", "Hello\n=== system ===", "text before"),
        ("=== user ===", "=== user ===\n=== user ===", "once each"),
        ("=== user ===\n", "", "once each"),
        ("<request>\n{request}\n</request>\n", "", "empty part"),
    ],
)
def test_a_bad_file_is_refused_with_one_clear_line(old: str, new: str, complaint: str) -> None:
    assert old in GOOD
    with pytest.raises(PromptError, match=complaint) as caught:
        parse(**{old: new})
    assert str(caught.value).startswith("sketch/v2: ")


def test_a_prompt_error_stops_the_start() -> None:
    assert issubclass(PromptError, ConfigurationError)


def test_a_prompt_may_only_continue_a_conversation() -> None:
    prompt = load_prompt("repair")
    assert prompt.system is None
    assert [message.type for message in prompt.messages(repair="attempt: 2", findings="none")] == ["human"]


def test_without_a_version_the_active_one_is_loaded_and_cached() -> None:
    assert load_prompt("npc") is load_prompt("npc", active_version("npc"))


@pytest.mark.parametrize("version", ["v999", "../npc/v1", ""])
def test_an_unknown_version_is_the_callers_mistake(version: str) -> None:
    with pytest.raises(InvalidParametersError, match="v1") as caught:
        load_prompt("npc", version)
    assert [error.path for error in caught.value.errors] == ["/prompt_version"]


def test_an_unknown_prompt_is_ours() -> None:
    with pytest.raises(PromptError, match="attic"):
        load_prompt("attic")
    with pytest.raises(PromptError, match="attic"):
        prompt_versions("attic")


def test_the_hash_changes_with_any_letter_and_with_an_includes_text() -> None:
    before = parse_prompt(GOOD, "sketch", "v2").sha256
    assert parse_prompt(GOOD.replace("A test", "B test"), "sketch", "v2").sha256 != before
    assert parse_prompt(GOOD, "sketch", "v2").sha256 == before
    assert load_prompt("house", "v1").user in (load_prompt("npc").system or "")
