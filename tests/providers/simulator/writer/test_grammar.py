import pytest

from providers.simulator.writer.grammar import article, bare, definite, joined, pronoun_of, pronoun_slots, render


@pytest.mark.parametrize(
    ("pronoun", "sentence"),
    [
        ("she", "She keeps her word and is proud of it."),
        ("he", "He keeps his word and is proud of it."),
        ("they", "They keep their word and are proud of it."),
    ],
)
def test_verbs_and_pronouns_agree(pronoun: str, sentence: str) -> None:
    assert render("{they} keep{s} {their} word and {is} proud of it.", pronoun_slots(pronoun)) == sentence


@pytest.mark.parametrize(
    ("word", "expected"),
    [("elf", "an"), ("gnome", "a"), ("hour", "an"), ("unicorn", "a"), ("one-eyed", "a"), ("honest", "an")],
)
def test_the_article_follows_the_sound(word: str, expected: str) -> None:
    assert article(word) == expected


def test_a_template_decides_its_article_and_raises_each_sentence() -> None:
    slots = {"species": "elf", "giver": "the abbess"}
    assert render("Being a(n) {species} helps. {giver} agrees.", slots) == "Being an elf helps. The abbess agrees."


def test_braces_in_callers_text_stay_as_they_are() -> None:
    assert render("Here waits {name}.", {"name": "{they}"}) == "Here waits {they}."


@pytest.mark.parametrize(
    ("label", "phrase"),
    [
        ("ruined keep", "the ruined keep"),
        ("a lich", "the lich"),
        ("Mill End", "Mill End"),
        ("her old school", "her old school"),
    ],
)
def test_a_label_becomes_a_noun_phrase(label: str, phrase: str) -> None:
    assert definite(label) == phrase


def test_a_bare_label_has_no_article() -> None:
    assert bare("a brass spyglass.") == "brass spyglass"


@pytest.mark.parametrize(
    ("given", "facts", "expected"),
    [
        ("she/her", ("He left.",), "she"),
        ("xe/xem", (), "they"),
        (None, ("Her mentor vanished.",), "she"),
        (None, ("His boat sank; he swam.", "She laughed."), "he"),
        (None, ("They sold the mill.",), "they"),
        (None, (), "he"),
    ],
)
def test_the_pronoun_is_the_given_one_or_the_facts(given: str | None, facts: tuple[str, ...], expected: str) -> None:
    assert pronoun_of(given, facts, default="he") == expected


def test_lists_read_as_prose() -> None:
    assert [joined([]), joined(["a"]), joined(["a", "b"]), joined(["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]
