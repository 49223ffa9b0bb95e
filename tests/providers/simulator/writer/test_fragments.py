import re
from collections import Counter
from pathlib import Path
from typing import cast

import pytest
import yaml

import providers.simulator.writer as package
from dnd.content import CONTENT_TYPES
from dnd.themes import built_in_themes
from providers.simulator.writer.brief import parse_brief
from providers.simulator.writer.fragments import ban, forms, sheet, word_set
from providers.simulator.writer.piece import Piece

_FOLDER = Path(str(package.__file__)).parent / "fragments"
_SHEETS = tuple(sorted(path.stem for path in _FOLDER.glob("*.yaml")))
_CLOSED = {"names", "words", "faults", "boundaries"}
_PROSE = tuple(name for name in _SHEETS if name not in _CLOSED)
_PARTS = {
    "backstory.connection": 3,
    "location.feature": 2,
    "plot.faction": 2,
    "quest.goal": 2,
    "item.thing": 2,
    "pack.piece": 2,
    "road.stage": 2,
}
_SLOT_NAMES = """
name full person they them their theirs themself They Them Their Theirs Themself s es ies is was has does
friend foe mentor teacher patron witness other place made_place elsewhere third setting
species klass subclass background companion companions belonging age words
role attitude faction kind site the_site region purpose antagonist giver goal Goal target reward
category Category item the_item maker owner topic mood a b me
"""
_KNOWN = frozenset(_SLOT_NAMES.split())


def worn_names() -> set[str]:
    path = Path(__file__).parents[4] / "dnd/rules/data/names.yaml"
    table = cast("dict[str, list[str]]", yaml.safe_load(path.read_text(encoding="utf-8")))
    return {word for key in ("given", "family") for entry in table[key] for word in entry.split()}


def parts(slot: str) -> int:
    if slot.startswith(("plot.act_", "dialogue.")) and slot.removeprefix("dialogue.") not in _WHOLE:
        return 2
    return _PARTS.get(slot, 1)


_WHOLE = {"topic", "title", "setting", "mood", "outcome", "subtext", "dm_hook"}


def test_there_are_many_fragments_and_none_stands_twice() -> None:
    texts = [entry.text for name in _PROSE for slot, pool in sheet(name).items() if slot != "places" for entry in pool]
    assert len(texts) > 1500
    assert [text for text, times in Counter(texts).items() if times > 1] == []


@pytest.mark.parametrize("name", _PROSE)
def test_fragments_have_known_slots_and_the_right_number_of_parts(name: str) -> None:
    for slot, pool in sheet(name).items():
        for entry in pool:
            assert entry.slots <= _KNOWN, (slot, entry.text)
            assert len(entry.text.split(" | ")) == parts(slot), (slot, entry.text)


@pytest.mark.parametrize("name", _PROSE)
def test_sentences_end_and_lines_stay_short(name: str) -> None:
    labels = {"title", "name", "default_role", "default_kind", "topic", "goal", "thing"}
    for slot, pool in sheet(name).items():
        if slot == "places" or slot.rsplit(".", 1)[-1] in labels:
            continue
        for entry in pool:
            last = entry.text.rsplit(" | ", 1)[-1]
            assert last[-1] in '.!?")', (slot, entry.text)
            assert len(entry.text.split()) <= 75, (slot, entry.text)
            assert not re.search(r"\b(\w+) \1\b", entry.text.lower().replace("had had", "")), (slot, entry.text)


@pytest.mark.parametrize("name", _PROSE)
def test_no_fragment_has_markup_contractions_or_names_that_models_give_to_everybody(name: str) -> None:
    worn = worn_names()
    for pool in sheet(name).values():
        for entry in pool:
            prose = re.sub(r"\{\w+\}", "", entry.text)
            assert not re.search(r"[*#`_\[\]<>]|n't\b|'(?:ll|re|ve|d)\b", prose), entry.text
            inside = set(re.findall(r"(?<=[a-z,] )[A-Z][a-z]+", entry.text))
            assert not inside & worn, entry.text


def test_each_theme_has_a_sheet() -> None:
    assert {theme.id for theme in built_in_themes()} <= set(_PROSE)


@pytest.mark.parametrize("name", _PROSE)
def test_what_a_break_leaves_behind_answers_it_line_by_line(name: str) -> None:
    pools = sheet(name)
    assert len(pools.get("backstory.turn", ())) == len(pools.get("backstory.pull", ()))


def test_common_material_serves_every_slot_without_a_theme() -> None:
    themed = {slot for name in _PROSE if name not in {"neutral", "people"} for slot in sheet(name)}
    assert themed <= set(sheet("neutral"))


@pytest.mark.parametrize("kind", [entry.name for entry in CONTENT_TYPES])
def test_each_type_can_mention_keywords_of_an_inline_theme(kind: str) -> None:
    assert len(sheet("neutral")[f"keyword.{kind}"]) >= 3


def test_given_names_are_distinct_from_worn_ones() -> None:
    worn = {word.lower() for word in worn_names()}
    ours = {name.lower() for pool in sheet("names").values() for line in pool for name in line.text.split()}
    assert ours & worn == set()


def test_word_forms_cover_inflections_and_not_strangers() -> None:
    assert {"candle", "candles", "candled"} <= forms("candle")
    assert {"whispered", "whispering", "whispers"} <= forms("whisper")
    assert "spider" in forms("spiders")
    assert "funeral" not in forms("fun")


def test_a_boundary_bans_its_relatives() -> None:
    banned = ban(("no problem",), ("No spiders, please",))
    assert {"spider", "cobwebs"} <= banned.words
    assert banned.phrases == ("no problem",)
    assert "mercy" not in banned.words


def test_variants_walk_along_a_pool_without_meeting() -> None:
    drawn: list[str] = []
    for variant in range(2):
        request = f"<request>\ntype: backstory\nvariant: {variant}\n</request>"
        piece = Piece(parse_brief([{"role": "user", "content": request}]), attempt=1)
        drawn += piece.raw("backstory.hook", 3)
    assert len(set(drawn)) == 6


def test_closed_sets_are_read_as_words() -> None:
    assert {"captain", "lady"} <= word_set("titles")
