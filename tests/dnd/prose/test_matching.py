"""Whether a text says a thing: single traits of the method. The labelled pairs measure it as a whole."""

import pytest

from dnd.prose.lexicon import contrast_classes, keys_of
from dnd.prose.matching import Match, find_statement, read_sources
from dnd.prose.passage import Passage
from dnd.prose.statement import read_statement
from dnd.prose.tables import table

FACT = "Her mentor Aldous Wren vanished in the marsh nine winters ago."


def look(fact: str, text: str, subject: str = "Pim Fiddlewick") -> Match:
    return find_statement(read_statement(fact, subject), read_sources([("/story", Passage(text))]))


def test_a_match_names_the_stretch_that_says_it() -> None:
    text = "It rained. Nine winters ago her mentor Aldous Wren vanished in the marsh. She searched."
    match = look(FACT, text)
    assert match.expressed
    assert match.score == 1.0
    assert text[match.start : match.end] == "Nine winters ago her mentor Aldous Wren vanished in the marsh."
    assert match.missing == ()


def test_the_tightest_of_several_stretches_is_named() -> None:
    text = "Wren was old. Her mentor Aldous Wren vanished in the marsh nine winters ago. The marsh kept him."
    match = look(FACT, text)
    assert text[match.start : match.end].startswith("Her mentor")


def test_what_is_missing_is_named() -> None:
    match = look(FACT, "Her mentor Aldous Wren vanished nine winters ago on the road.")
    assert "marsh" in match.missing


def test_what_contradicts_is_named() -> None:
    match = look("Mirela betrayed Sabine.", "Sabine betrayed Mirela.")
    assert match.contradiction is not None
    assert "role" in match.contradiction


@pytest.mark.parametrize("fact", ["", "...", "the of and", "?!", "“”", "\ud7ff", "İ"])
def test_a_fact_without_content_is_not_expressed_and_breaks_nothing(fact: str) -> None:
    assert not look(fact, "The bell rang and nobody came.").expressed


def test_nothing_is_found_in_no_text() -> None:
    match = find_statement(read_statement(FACT), read_sources([]))
    assert match == Match(expressed=False, score=0.0, missing=match.missing)


def test_a_pronoun_stands_for_the_subject_and_for_nobody_else() -> None:
    assert look("Pim Fiddlewick burned the library.", "She burned the library.").expressed
    assert not look("Aldous Wren burned the library.", "He burned the library.").expressed


def test_every_member_of_a_contrast_keeps_its_class() -> None:
    for scope, classes in table("contrasts").items():
        for name, words in classes.items():
            for word in words:
                assert name in contrast_classes(scope, word), word


def test_no_two_members_of_a_class_mean_the_same() -> None:
    for classes in table("contrasts").values():
        for name, words in classes.items():
            for index, word in enumerate(words):
                for other in words[index + 1 :]:
                    assert keys_of(word).isdisjoint(keys_of(other)), (name, word, other)


def test_there_are_enough_synonyms() -> None:
    groups = table("synonyms")
    assert len(groups) >= 150
    assert all(len(entries) >= 2 for entries in groups.values())
