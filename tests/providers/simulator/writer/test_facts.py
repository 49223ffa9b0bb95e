import pytest

from providers.simulator.writer.facts import Stage, as_sentence, speakable, stage, told


@pytest.mark.parametrize(
    ("fact", "sentence"),
    [
        ("her brother drowned", "Her brother drowned."),
        ("The harbour froze in midsummer.", "The harbour froze in midsummer."),
        ("Mira guards the ford", "Mira guards the ford."),
        ("a scar on the left cheek", "There is this, too: a scar on the left cheek."),
        ("She asked: why?", "She asked: why?"),
        ("It said “no.”", "It said “no.”"),
    ],
)
def test_a_fact_becomes_a_sentence(fact: str, sentence: str) -> None:
    assert as_sentence(fact) == sentence


def test_rewording_swaps_a_safe_synonym() -> None:
    assert as_sentence("The ship vanished.", reword=True) == "The ship disappeared."
    assert as_sentence("The ship sank.", reword=True) == "The ship sank."


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        ("She was born at sea.", Stage.EARLY),
        ("He lost an eye at Harrow Cross.", Stage.MIDDLE),
        ("They still owe the guild a boat.", Stage.LATE),
    ],
)
def test_a_fact_has_its_place_in_a_life(fact: str, expected: Stage) -> None:
    assert stage(fact) is expected


@pytest.mark.parametrize(
    ("fact", "expected"),
    [("The key was copied.", True), ("Mara owes money.", False), ("She owes money.", False)],
)
def test_nobody_speaks_of_themselves_by_name(fact: str, expected: bool) -> None:
    assert speakable(fact, ["Mara Reed", "Tobin"]) is expected


def test_told_finds_facts_in_the_fields_left_alone() -> None:
    content = {"story": "The bell fell.", "hooks": ["It is known that the harbour froze in midsummer."]}
    facts = ["The harbour froze in midsummer.", "The bell fell."]
    assert told(facts, content, without={"story"}) == {"The harbour froze in midsummer."}
