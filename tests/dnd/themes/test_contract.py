"""Theme application: what is asked of one request's text."""

import pytest

from dnd.content.base import Length
from dnd.content.subject import CharacterSubject, Subject
from dnd.themes import Theme, ThemeContract, apply_theme, built_in_themes, register_profile, theme_by_id
from dnd.themes.tables import anachronisms


def contract(theme: str | Theme = "gothic_horror", **request: object) -> ThemeContract:
    values: dict[str, object] = {
        "facts": [],
        "subject": Subject(),
        "length": Length.FULL,
        "boundaries": [],
        **request,
    }
    chosen = theme_by_id(theme) if isinstance(theme, str) else theme
    return apply_theme(chosen, **values)  # pyright: ignore[reportArgumentType] -- values by name


@pytest.mark.parametrize(
    ("length", "least"), [(Length.LINE, 1), (Length.BULLETS, 2), (Length.READ_ALOUD, 2), (Length.FULL, 3)]
)
def test_longer_texts_need_more_keywords(length: Length, least: int) -> None:
    assert contract(length=length).min_keywords == least


def test_never_more_keywords_are_needed_than_there_are() -> None:
    assert contract(Theme(id="bog", name="Bog", keywords=["reed"])).min_keywords == 1
    assert contract(Theme(id="bog", name="Bog")).min_keywords == 0


def test_anachronisms_are_forbidden_in_every_theme() -> None:
    for theme in built_in_themes():
        assert set(anachronisms()) <= set(contract(theme).forbidden)


@pytest.mark.parametrize("fact", ["The sunny terrace was his.", "He built robots out of clay.", "They had a PICNIC."])
def test_a_word_that_a_fact_needs_is_not_forbidden(fact: str) -> None:
    free = contract(facts=[fact]).forbidden
    assert len(free) == len(contract().forbidden) - 1


def test_a_phrase_is_freed_only_as_a_whole() -> None:
    assert "no problem" in contract(facts=["There is no road and a problem."]).forbidden
    assert "no problem" not in contract(facts=["She said no problem."]).forbidden
    assert "no problem" in contract(facts=["There is no", "problem here"]).forbidden


def test_words_of_the_subject_are_not_forbidden() -> None:
    subject = CharacterSubject.model_validate(
        {"name": "Jolly Rowan", "notes": "Loves a picnic.", "equipment": ["a fluffy hat"]}
    )
    forbidden = set(contract(subject=subject).forbidden)
    assert forbidden.isdisjoint({"jolly", "picnic", "fluffy"})
    assert "silly" in forbidden


def test_keywords_and_motifs_that_touch_a_boundary_are_not_asked_for() -> None:
    lines = ["mirrors", "illness in the family", "death"]
    bounded = contract(boundaries=lines)
    assert "mirror" in contract().keywords
    assert "mirror" not in bounded.keywords
    assert not any("illness" in motif or "death" in motif for motif in bounded.motifs)
    assert "fog" in bounded.keywords


def test_the_little_words_of_a_boundary_touch_nothing() -> None:
    assert contract(boundaries=["any harm to the zebras"]).motifs == contract().motifs


def test_a_synonym_of_a_boundary_touches_it() -> None:
    asked = contract("swashbuckling", boundaries=["drink"]).keywords
    assert "wine" not in asked
    assert "ship" in asked


def test_a_keyword_that_is_also_forbidden_is_not_asked_for() -> None:
    theme = Theme(
        id="bog", name="Bog", keywords=["reed", "candles"], forbidden_words=["candle"], motifs=["a candle lit"]
    )
    asked = contract(theme)
    assert asked.keywords == ("reed",)
    assert asked.motifs == ()
    assert contract(theme, facts=["The candle burnt."]).keywords == ("reed", "candles")


@pytest.mark.parametrize("theme", built_in_themes(), ids=lambda theme: theme.id)
def test_everything_that_the_rules_check_stands_in_the_rendered_lines(theme: Theme) -> None:
    asked = contract(theme)
    lines = dict(line.split(": ", 1) for line in asked.lines())
    assert lines["name"] == theme.name
    assert lines["register"] == theme.register_
    assert lines[f"keywords (use at least {asked.min_keywords})"].split(", ") == list(asked.keywords)
    assert lines["never use"].split(", ") == list(asked.forbidden)
    assert lines["motifs"].split("; ") == list(asked.motifs)
    assert lines["reading grade"] == f"{theme.reading_level.low:g}-{theme.reading_level.high:g}"
    profile = register_profile(asked.register_name)
    voice = lines["voice"]
    assert profile.instruction in voice
    assert all(word in voice for word in profile.slang)
    assert ("No contractions" in voice) is not profile.contractions
    assert f"At most {profile.max_exclamations} exclamation" in voice


def test_the_theme_section_reads_as_the_brief_promises() -> None:
    theme = Theme(
        id="bog",
        name="Bog",
        genre="swamp tale",
        keywords=["reed", "peat"],
        forbidden_words=["desert"],
        motifs=["a boot in the peat", "a light far out"],
    )
    lines = contract(theme, length=Length.LINE).lines()
    assert lines[:5] == [
        "name: Bog",
        "genre: swamp tale",
        "tone: adventurous",
        "style: concrete details, active verbs",
        "register: plain",
    ]
    assert lines[6:8] == ["reading grade: 3-12", "keywords (use at least 1): reed, peat"]
    assert lines[8].startswith("never use: desert, okay, ")
    assert lines[9] == "motifs: a boot in the peat; a light far out"


def test_empty_lists_render_as_none() -> None:
    lines = contract(Theme(id="bog", name="Bog")).lines()
    assert "keywords (use at least 0): none" in lines
    assert "motifs: none" in lines
