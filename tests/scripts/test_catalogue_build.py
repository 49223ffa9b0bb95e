"""The build of the catalogues: the committed files are what it gives, and its guards hold."""

from typing import cast

import pytest

from dnd.srd.catalogue import Spell
from dnd.srd.edition import BOTH, Edition
from dnd.srd.near import fold
from scripts.catalogue import corrections, files
from scripts.catalogue.corrections import IdleCorrectionError
from scripts.catalogue.items import magic_item
from scripts.catalogue.names import aliases, names_document
from scripts.catalogue.spells import damage_in, spells_51
from scripts.catalogue.wheels import WheelMissingError, folder

try:
    folder("tinys_srd")
    folder("dndwright")
except WheelMissingError as missing:
    pytest.skip(str(missing), allow_module_level=True)

CATALOGUES = [
    f"{name}-{edition}" for name in ("spells", "monsters", "magic_items", "gear", "features") for edition in BOTH
]


def built_rows(catalogue: str) -> list[object]:
    """The rows that the build gives for one catalogue."""
    name, edition = catalogue.rsplit("-", 1)
    makers = {
        "spells": files.spells,
        "monsters": files.monsters,
        "magic_items": files.magic_items,
        "gear": files.gear,
        "features": files.features,
    }
    return list(makers[name](cast("Edition", edition)))


def test_the_committed_files_are_what_the_build_gives() -> None:
    assert files.stale() == []


@pytest.mark.parametrize("catalogue", CATALOGUES)
def test_every_correction_stands_in_the_rows(catalogue: str) -> None:
    rows = built_rows(catalogue)
    for entry in corrections.entries("changes", catalogue):
        settings = corrections.settings_of(entry)
        for name in corrections.names_of(entry):
            row = next(row for row in rows if getattr(row, "name", None) == settings.get("name", name))
            assert {key: getattr(row, key) for key in settings} == settings


@pytest.mark.parametrize("catalogue", CATALOGUES)
def test_every_correction_and_addition_says_why(catalogue: str) -> None:
    for section in ("changes", "additions", "as_printed"):
        assert all(str(entry["why"]).strip() for entry in corrections.entries(section, catalogue))


@pytest.mark.parametrize("catalogue", CATALOGUES)
def test_what_is_kept_as_printed_is_so(catalogue: str) -> None:
    rows = built_rows(catalogue)
    for entry in corrections.entries("as_printed", catalogue):
        (name,) = corrections.names_of(entry)
        row = next(row for row in rows if getattr(row, "name", None) == name)
        settings = corrections.settings_of(entry)
        assert {key: getattr(row, key) for key in settings} == settings


def test_sections_name_catalogues_that_exist() -> None:
    assert {name for section in corrections.document().values() for name in section} <= set(CATALOGUES)


def test_a_correction_that_changes_nothing_stops_the_build() -> None:
    rows = corrections.corrected(spells_51(), "spells-5.1")
    with pytest.raises(IdleCorrectionError, match="changes nothing"):
        corrections.corrected(rows, "spells-5.1")


def test_a_correction_of_nobody_stops_the_build() -> None:
    with pytest.raises(IdleCorrectionError, match="no row"):
        corrections.corrected(files.monsters("5.1")[:1], "monsters-5.1")


def test_an_addition_that_is_there_stops_the_build() -> None:
    rows: list[Spell] = files.spells("5.1")[:3]
    with pytest.raises(IdleCorrectionError, match="already there"):
        corrections.joined(rows, [rows[0]])


def test_two_builds_give_the_same_bytes() -> None:
    assert files.built() == files.built()


@pytest.mark.parametrize(
    ("line", "rarities", "by", "note"),
    [
        ("Ring, rare (requires attunement)", ("rare",), (), ""),
        ("Weapon (any), uncommon (+1), rare (+2), or very rare (+3)", ("uncommon", "rare", "very rare"), (), ""),
        ("Staff, Rare (Requires Attunement by a Druid)", ("rare",), ("druid",), ""),
        ("Wand, rare (requires attunement by a spellcaster)", ("rare",), ("spellcaster",), ""),
        ("Weapon (warhammer), very rare (requires attunement by a dwarf)", ("very rare",), (), "dwarf"),
        ("Ring, very rare (requires attunement outdoors at night)", ("very rare",), (), "outdoors at night"),
    ],
)
def test_type_lines_are_read(line: str, rarities: tuple[str, ...], by: tuple[str, ...], note: str) -> None:
    item = magic_item("A Thing", line, "")
    assert (item.rarities, item.attunement_by, item.attunement_note) == (rarities, by, note)
    assert item.attunement == ("attunement" in line.lower())


@pytest.mark.parametrize(
    ("text", "damage"),
    [
        ("It takes 8d6 fire damage on a failed save. It burns for 1d4 fire damage.", (("8d6", "fire"),)),
        ("taking 2d10 Bludgeoning damage and 4d6 Cold damage.", (("2d10", "bludgeoning"), ("4d6", "cold"))),
        ("takes Force damage equal to 4d12 plus your modifier.", (("4d12", "force"),)),
        ("takes 10d6 + 40 Force damage.", (("10d6+40", "force"),)),
        ("regains 2d8 Hit Points.", ()),
    ],
)
def test_damage_is_read_from_the_first_sentence_that_deals_it(text: str, damage: tuple[tuple[str, str], ...]) -> None:
    assert damage_in(text) == damage


@pytest.mark.parametrize("edition", BOTH)
@pytest.mark.parametrize("kind", ["spells", "monsters", "magic_items", "gear"])
def test_no_two_rows_fold_to_one_key(kind: str, edition: Edition) -> None:
    keys = [fold(str(getattr(row, "name", ""))) for row in built_rows(f"{kind}-{edition}")]
    assert len(keys) == len(set(keys))


def test_every_alias_leads_to_a_name_of_an_srd() -> None:
    lists = cast("dict[str, dict[str, dict[str, str | None]]]", names_document()["lists"])
    catalogues = {
        "spell": "spells",
        "monster": "monsters",
        "magic_item": "magic_items",
        "gear": "gear",
        "feature": "features",
    }
    for kind, table in aliases().items():
        known = {fold(name) for edition in BOTH for name in lists.get(kind, {}).get(edition, {})}
        if kind in catalogues:
            known = {
                fold(str(getattr(row, "name", "")))
                for edition in BOTH
                for row in built_rows(f"{catalogues[kind]}-{edition}")
            }
        lost = {alias: target for alias, targets in table.items() for target in targets if fold(target) not in known}
        assert lost == {}, kind
