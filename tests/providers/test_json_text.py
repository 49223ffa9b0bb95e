import pytest
from hypothesis import given
from hypothesis import strategies as st

from dnd.errors import UnusableOutputError
from providers.characters import clean
from providers.json_text import MAX_DEPTH, parse_object, partial_object


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"a": 1}', {"a": 1}),
        ('  \n{"a": {"b": [1, null, true, "x"]}}\n', {"a": {"b": [1, None, True, "x"]}}),
        ("{}", {}),
        ('\ufeff{"a": 1}', {"a": 1}),
        ('```json\n{"a": 1}\n```', {"a": 1}),
        ('Of course! Here it is:\n\n{"a": "b"}\n\nShall I go on?', {"a": "b"}),
        ('Braces {like this} and {{these}} come first. {"a": 1}', {"a": 1}),
        ('{"a": 1}\n{"a": 2, "b": "the larger one is the answer"}', {"a": 2, "b": "the larger one is the answer"}),
        ('<think>Maybe {"a": "a long draft of an answer"}?</think>{"a": 1}', {"a": 1}),
        ('{"a": "line one\nline two"}', {"a": "line one\nline two"}),
        ('{"a": "a \\"quoted\\" } brace"}', {"a": 'a "quoted" } brace'}),
        ('{"a": "\\ud83d\\ude00"}', {"a": "\N{GRINNING FACE}"}),
    ],
)
def test_an_object_is_found_however_it_is_wrapped(text: str, expected: dict[str, object]) -> None:
    assert parse_object(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "I am sorry, I cannot do that.",
        "null",
        "[]",
        '[{"a": 1}]',
        '"a"',
        "42",
        '{"a": 1',
        '{"story": "cut in the mid',
        '{"title": "x", "npc": {"name": "y"}',
        '{"title": "x" "npc": {"name": "y"}}',
        "{'a': 1}",
        '{"a": 1,}',
        '{"a": 1, "a": 2}',
        'prose {"n": {"a": 1, "a": 2}}',
        '{"a": NaN}',
        'prose {"a": -Infinity}',
        '{"a": 1e999}',
        '{"a": ' + "9" * 40 + "}",
        '{"a": ' + "9" * 5_000 + "}",
        '{"a": ' * (MAX_DEPTH + 1) + "1" + "}" * (MAX_DEPTH + 1),
    ],
)
def test_what_is_no_whole_sound_object_is_refused(text: str) -> None:
    with pytest.raises(UnusableOutputError):
        parse_object(text)


@pytest.mark.parametrize("unit", ["[", "{", "{ ", '{"a":', '{"', '[{"a":', "\\", '{"a":"', "```"])
def test_a_megabyte_of_openings_is_refused_without_harm(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    with pytest.raises(UnusableOutputError):
        parse_object(text)
    assert isinstance(partial_object(text), dict)


def test_escaped_control_characters_and_lone_surrogates_do_not_come_in() -> None:
    found = parse_object('{"a": "x\\u0000y\\u202e\\ud800", "b\\u0007": ["\\r\\n"]}')
    assert found == {"a": "xy\N{REPLACEMENT CHARACTER}", "b": ["\n"]}


@given(st.dictionaries(st.text(), st.text() | st.integers(-(2**63), 2**63 - 1) | st.booleans() | st.none()))
def test_what_a_json_writer_writes_is_read_back(entries: dict[str, str | int | bool | None]) -> None:
    from json import dumps

    cleaned = {clean(key): clean(value) if isinstance(value, str) else value for key, value in entries.items()}
    assert parse_object(f"Here:\n{dumps(entries)}\nDone.") == cleaned


@given(st.text(alphabet=st.characters()))
def test_any_text_at_all_is_an_object_or_refused(text: str) -> None:
    try:
        found = parse_object(text)
    except UnusableOutputError:
        return
    assert isinstance(found, dict)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", {}),
        ("Here it comes: ", {}),
        ("{", {}),
        ('{"sto', {}),
        ('{"story": "Once up', {"story": "Once up"}),
        ('```json\n{"story": "Once", "hooks": ["a", "b', {"story": "Once", "hooks": ["a", "b"]}),
        ('{"story": "Once \\ud83d', {"story": "Once "}),
        ('{"a": 1} and', {"a": 1}),
        ('{"a": oops', {}),
    ],
)
def test_an_unfinished_answer_gives_what_it_holds_so_far(text: str, expected: dict[str, object]) -> None:
    assert partial_object(text) == expected


@given(st.text())
def test_clean_text_is_valid_and_clean_text_stays_as_it_is(text: str) -> None:
    once = clean(text)
    once.encode()
    assert clean(once) == once
    assert not set(once) & {chr(code) for code in (*range(9), *range(11, 32), *range(127, 160))}


def test_tabs_newlines_and_every_script_stay() -> None:
    text = "a\tb\nc \N{EM DASH} “é” \N{CJK UNIFIED IDEOGRAPH-9F8D} \N{FAMILY}\N{ZERO WIDTH JOINER}"
    assert clean(text) == text


def test_halves_of_a_surrogate_pair_are_joined() -> None:
    assert clean("\ud83d\ude00") == "\N{GRINNING FACE}"
