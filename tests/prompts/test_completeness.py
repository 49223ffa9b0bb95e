"""Every content type has a prompt that fits it, long and stable enough for the vendor's prompt cache."""

import re

import pytest

from dnd.content import CONTENT_TYPES
from dnd.content.base import ContentType
from dnd.content.fields import Content, code_owned
from prompts.loader import FOLDER, STABLE_VARIABLES, active_versions, load_prompt, prompt_files, prompt_versions
from tests.prompts.briefs import opening, variables

CACHED_TOKENS = 1024
"""Shortest prefix that OpenAI's prompt cache keeps."""
CHARS_A_TOKEN = 4.6
"""English prose has 4 to 4.6 characters to a token; the cautious end."""

SECTIONS = ("request", "subject", "facts", "theme", "boundaries")


def sections(kind: ContentType) -> tuple[str, ...]:
    """The sections of a type's brief; mechanics only where code computes some."""
    return SECTIONS if kind.skeleton is None else (*SECTIONS, "mechanics")


each_type = pytest.mark.parametrize("kind", CONTENT_TYPES, ids=lambda kind: kind.name)


def test_every_type_and_the_repair_have_an_active_version_and_nothing_else_has() -> None:
    assert set(active_versions()) == {*(kind.name for kind in CONTENT_TYPES), "repair"}


def test_every_active_version_exists() -> None:
    for prompt_id, version in active_versions().items():
        assert version in prompt_versions(prompt_id)


def test_every_file_loads_and_says_what_it_is_for() -> None:
    for file in prompt_files():
        assert load_prompt(file.id, file.version).notes


def test_every_markdown_file_is_found() -> None:
    assert {file.path for file in prompt_files()} == set(FOLDER.rglob("*.md"))


@each_type
def test_the_variables_are_exactly_those_of_the_brief(kind: ContentType) -> None:
    assert load_prompt(kind.name).variables == {*sections(kind), *STABLE_VARIABLES}
    assert set(variables(type=kind.name)) == set(sections(kind))


@each_type
def test_the_system_part_explains_every_field_by_name(kind: ContentType) -> None:
    system = load_prompt(kind.name).system or ""
    for name in field_names(kind.model):
        assert f"`{name}`: " in system, name


@each_type
def test_the_system_part_tells_which_fields_are_the_dungeon_masters(kind: ContentType) -> None:
    assert "secret" in (load_prompt(kind.name).system or "")


@each_type
def test_the_user_part_holds_each_section_once(kind: ContentType) -> None:
    brief = variables(type=kind.name, facts=["A fact."])
    user = opening(type=kind.name, facts=["A fact."])[1].text
    for tag in sections(kind):
        assert re.findall(rf"<{tag}>\n(.*?)\n</{tag}>", user, re.DOTALL) == [brief[tag]]


@each_type
def test_the_system_part_holds_no_section(kind: ContentType) -> None:
    assert not re.search(r"</?\w+>", opening(type=kind.name)[0].text)


@each_type
def test_the_stable_part_is_the_same_for_all_requests_and_long_enough_to_be_cached(kind: ContentType) -> None:
    one = opening(type=kind.name)[0].text
    other = opening(
        type=kind.name,
        facts=["Another fact."],
        theme="comedic",
        length="line",
        edition="5.1",
        variant=3,
        subject={"name": "Somebody"},
        policy={"lines": ["spiders"]},
    )[0].text
    assert one == other
    assert len(one) / CHARS_A_TOKEN > CACHED_TOKENS


def test_all_types_begin_alike_so_that_they_share_a_cached_prefix() -> None:
    house = load_prompt("house", "v1").user
    assert len(house) / CHARS_A_TOKEN > CACHED_TOKENS
    assert all(opening(type=kind.name)[0].text.startswith(house) for kind in CONTENT_TYPES)


def field_names(model: type[Content]) -> set[str]:
    """Names of all fields that a model writes, those of entries in lists included."""
    found: set[str] = set()
    owned = code_owned(model)
    for name, field in model.model_fields.items():
        if name in owned:
            continue
        found.add(name)
        for inner in (field.annotation, *getattr(field.annotation, "__args__", ())):
            if isinstance(inner, type) and issubclass(inner, Content):
                found |= field_names(inner)
    return found
