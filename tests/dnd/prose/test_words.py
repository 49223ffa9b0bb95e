"""Words, stems and terms."""

import pytest

from dnd.prose.passage import Passage, count_words
from dnd.prose.stems import is_irregular_past, same_word, stem
from dnd.prose.terms import Terms


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 0), ("one", 1), ("a half-elf doesn’t run", 4), ("wait — what?", 2), ("3 crowns, 12 silver", 4), ("...", 0)],
)
def test_words_are_counted_as_a_reader_counts_them(text: str, count: int) -> None:
    assert count_words(text) == count


def test_words_lose_their_possessive_and_keep_their_place() -> None:
    passage = Passage("Mira’s half-burnt Letter's seal")
    assert passage.words == ["mira", "half", "burnt", "letter", "seal"]
    assert [passage.text[start:end] for start, end in passage.spans] == ["Mira’s", "half", "burnt", "Letter's", "seal"]
    assert [passage.possessive(number) for number in range(5)] == [True, False, False, True, False]


def test_sentences_know_their_words() -> None:
    assert Passage("She ran. He did not run!").sentence_words == [(0, 2), (2, 6)]


@pytest.mark.parametrize(
    ("one", "other"), [("vanished", "vanishing"), ("stole", "steal"), ("wolves", "wolf"), ("slain", "slay")]
)
def test_inflections_share_a_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("hope", "hoping", True),
        ("city", "cities", True),
        ("stop", "stopped", True),
        ("universe", "university", False),
        ("import", "important", False),
        ("stole", "stealing", True),
        ("cat", "dog", False),
    ],
)
def test_the_same_word_is_an_inflection_and_no_kin(one: str, other: str, *, same: bool) -> None:
    assert same_word(one, other) is same


def test_irregular_pasts_are_verbs() -> None:
    assert is_irregular_past("stole")
    assert not is_irregular_past("wolves")


def test_terms_are_found_inflected_with_their_places() -> None:
    text = "The ghosts of the police officers drifted by; the ghostly bell was universal."
    hits = list(Terms(("ghost", "police officer", "universe")).find(Passage(text)))
    assert [(hit.term, text[hit.start : hit.end]) for hit in hits] == [
        ("ghost", "ghosts"),
        ("police officer", "police officers"),
        ("ghost", "ghostly"),
    ]


def test_terms_find_kin_words_when_asked() -> None:
    assert [hit.term for hit in Terms(("import",)).find(Passage("an important man"), kin=True)] == ["import"]
