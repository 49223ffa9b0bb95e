"""The built-in themes as data, and inheritance."""

from itertools import combinations

import pytest

from dnd.content.base import Length
from dnd.content.subject import Subject
from dnd.errors import InvalidParametersError
from dnd.themes import Theme, apply_theme, built_in_themes, resolve_theme, theme_by_id, theme_hash
from dnd.themes.library import written_theme
from dnd.themes.tables import FOLDER, NOT_THEMES, anachronisms, theme_ids
from dnd.themes.terms import phrases, stems

IDS = theme_ids()
PROMISED = {
    "high_fantasy",
    "dark_fantasy",
    "gothic_horror",
    "mystery",
    "swashbuckling",
    "political_intrigue",
    "comedic",
    "grim_war",
}


def test_the_themes_that_the_documentation_names_exist() -> None:
    assert set(IDS) >= PROMISED


def test_every_yaml_file_is_a_theme_or_a_known_table() -> None:
    assert {path.stem for path in FOLDER.glob("*.yaml")} == {*IDS, *NOT_THEMES}
    assert [theme.id for theme in built_in_themes()] == list(IDS)


@pytest.mark.parametrize("theme_id", IDS)
def test_a_built_in_theme_is_rich(theme_id: str) -> None:
    theme = written_theme(theme_id)
    assert len(theme.keywords) >= 20
    assert len(theme.forbidden_words) >= 6
    assert len(theme.motifs) >= 5
    assert len(theme.visual.palette) >= 3
    assert {"genre", "tone", "style", "reading_level", "visual"} <= theme.model_fields_set
    assert theme.reading_level.high - theme.reading_level.low >= 5


@pytest.mark.parametrize("theme_id", IDS)
def test_words_to_use_and_words_never_to_use_are_disjoint_in_every_inflection(theme_id: str) -> None:
    theme = theme_by_id(theme_id)
    banned = {stems(word) for word in (*theme.forbidden_words, *anachronisms())}
    for term in (*theme.keywords, *theme.motifs, theme.name, theme.genre, theme.tone, theme.style):
        assert phrases(term).isdisjoint(banned), term


@pytest.mark.parametrize("theme_id", IDS)
def test_no_word_stands_twice(theme_id: str) -> None:
    theme = theme_by_id(theme_id)
    for words in (theme.keywords, theme.forbidden_words, theme.motifs):
        assert len({stems(word) for word in words}) == len(words)


@pytest.mark.parametrize("theme_id", IDS)
@pytest.mark.parametrize("length", list(Length))
def test_every_theme_gives_a_contract_at_every_length(theme_id: str, length: Length) -> None:
    contract = apply_theme(theme_by_id(theme_id), facts=[], subject=Subject(), length=length, boundaries=[])
    assert contract.theme_id == theme_id
    assert list(contract.keywords) == theme_by_id(theme_id).keywords
    assert contract.motifs


def test_no_two_themes_share_a_third_of_their_own_keywords() -> None:
    for one, other in combinations(map(written_theme, IDS), 2):
        shared = {stems(word) for word in one.keywords} & {stems(word) for word in other.keywords}
        assert len(shared) * 3 < min(len(one.keywords), len(other.keywords)), (one.id, other.id, shared)


def test_an_unknown_theme_is_told_with_the_known_ones() -> None:
    with pytest.raises(InvalidParametersError, match="high_fantasy") as caught:
        theme_by_id("vaporwave")
    assert [error.path for error in caught.value.errors] == ["/theme"]


def test_an_id_never_becomes_a_path() -> None:
    with pytest.raises(InvalidParametersError):
        theme_by_id("../themes/registers")
    with pytest.raises(InvalidParametersError):
        theme_by_id("registers")


def test_an_inline_theme_adds_to_its_parent_and_overrides_what_it_sets() -> None:
    child = Theme.model_validate(
        {"id": "bog", "name": "Bog", "tone": "damp", "keywords": ["reed", "fog"], "parent": "gothic_horror"}
    )
    parent = theme_by_id("gothic_horror")
    resolved = resolve_theme(child)
    assert resolved.keywords == [*parent.keywords, "reed"]
    assert (resolved.id, resolved.name, resolved.tone) == ("bog", "Bog", "damp")
    assert (resolved.genre, resolved.register_, resolved.style) == (parent.genre, "lyrical", parent.style)
    assert resolved.visual == parent.visual
    assert resolved.reading_level == parent.reading_level


def test_a_nested_value_is_overridden_alone() -> None:
    child = Theme.model_validate(
        {"id": "bog", "name": "Bog", "parent": "gothic_horror", "visual": {"lighting": "marsh light"}}
    )
    visual = resolve_theme(child).visual
    assert visual.lighting == "marsh light"
    assert visual.palette == theme_by_id("gothic_horror").visual.palette


def test_resolving_twice_changes_nothing() -> None:
    child = Theme.model_validate({"id": "bog", "name": "Bog", "keywords": ["reed"], "parent": "cosmic_dread"})
    once = resolve_theme(child)
    assert resolve_theme(once) == once
    assert resolve_theme(Theme.model_validate(once.model_dump(by_alias=True))) == once


def test_the_childs_own_words_are_never_cut_by_the_cap() -> None:
    own = [f"reed{number}" for number in range(40)]
    child = Theme.model_validate({"id": "bog", "name": "Bog", "keywords": own, "parent": "gothic_horror"})
    assert resolve_theme(child).keywords == own


def test_an_unknown_parent_is_told_at_its_path() -> None:
    child = Theme(id="bog", name="Bog", parent="swamp")
    with pytest.raises(InvalidParametersError, match="gothic_horror") as caught:
        resolve_theme(child)
    assert [error.path for error in caught.value.errors] == ["/theme/parent"]


def test_a_reading_level_upside_down_is_refused() -> None:
    theme = Theme.model_validate({"id": "odd", "name": "Odd", "reading_level": {"low": 9, "high": 4}})
    with pytest.raises(InvalidParametersError) as caught:
        resolve_theme(theme)
    assert [error.path for error in caught.value.errors] == ["/theme/reading_level"]


def test_some_themes_inherit() -> None:
    war, dark = theme_by_id("grim_war"), theme_by_id("dark_fantasy")
    assert war.register_ == dark.register_
    assert set(dark.forbidden_words) <= set(war.forbidden_words)


def test_the_hash_changes_with_any_value_and_only_then() -> None:
    theme = theme_by_id("mystery")
    assert theme_hash(theme) == theme_hash(theme.model_copy(deep=True))
    assert theme_hash(theme).startswith("theme:")
    assert len(theme_hash(theme)) == len("theme:") + 12
    hashes = {theme_hash(entry) for entry in built_in_themes()}
    changed = theme_hash(theme.model_copy(update={"keywords": [*theme.keywords, "button"]}))
    assert len(hashes) == len(IDS)
    assert changed not in hashes
