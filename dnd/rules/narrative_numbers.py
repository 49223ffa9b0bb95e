"""NA7: the numbers that prose tells of a character or monster are those of the sheet or block."""

import re
from collections.abc import Iterator, Mapping

from dnd.rules.building import Mark
from dnd.rules.dossier import Dossier, Example
from dnd.rules.finding import Finding, Severity
from dnd.rules.mechanics import Said, text_rule
from dnd.rules.narrative_actor import Actor, actor_after, actor_of, holder_of
from dnd.rules.narrative_lines import Line, capital, doubtful, in_quotes, lines_with, span_in, word_at
from dnd.rules.narrative_people import OWNERS, Hero, hero_of, hero_of_block
from dnd.rules.rule import Skip
from dnd.rules.spotting import claimed, spot_finding
from dnd.sheets.block import StatBlock
from dnd.sheets.sheet import CharacterSheet

_NUMBERS = re.compile(
    r"\b(?P<ac>(?:AC|[Aa]rmou?r [Cc]lass)(?: is| was| of|:)? (?P<ac_value>\d{1,2}))\b"
    r"|\b(?P<hp>(?P<hp_value>\d{1,4}) (?:maximum )?hit points)\b"
    r"|\b(?P<hpmax>(?:HP|[Hh]it [Pp]oint maximum)(?: is| of|:)? (?P<hpmax_value>\d{1,4}))\b"
    r"|\b(?P<gp>(?P<gp_value>\d{1,3}(?:,\d{3})+|\d+) (?:gold pieces|gp))\b"
    r"|\b(?P<dc>[Ss]pell save DC(?: is| of|:)? (?P<dc_value>\d{1,2}))\b"
    r"|\b(?P<pp>[Pp]assive [Pp]erception(?: is| of|:)? (?P<pp_value>\d{1,2}))\b"
    r"|\b(?P<cr>(?:CR|[Cc]hallenge [Rr]ating)(?: is| of|:)? (?P<cr_value>\d{1,2}(?:/\d)?))(?![\d/])"
)
_NEEDS = frozenset({"ac", "armor", "armour", "hit", "hp", "gold", "gp", "dc", "perception", "cr", "challenge"})
_HAVE = frozenset({"has", "have", "had", "carries", "carried", "owns", "keeps", "kept"})
_PURSE = frozenset({"purse", "pouch", "pocket", "pockets", "belt", "saved", "savings", "name"})
_NAMES = {
    "ac": "Armor Class",
    "hp": "hit points",
    "hpmax": "hit points",
    "gp": "gold pieces",
    "dc": "spell save DC",
    "pp": "passive Perception",
    "cr": "challenge rating",
}


def _values(document: CharacterSheet | StatBlock) -> Mapping[str, frozenset[str]]:
    """What the document says, by kind of number; what it does not state is left out."""
    if isinstance(document, StatBlock):
        stated: dict[str, tuple[object, ...]] = {
            "ac": (document.armor_class,),
            "hp": (document.hit_points,),
            "pp": (document.passive_perception,),
            "cr": (document.challenge_rating,),
        }
    else:
        points, coins = document.hit_points, document.coins
        stated = {
            "ac": (document.armor_class,),
            "hp": (points.max, points.current) if points else (),
            "gp": (coins.gp,) if coins else (),
            "dc": tuple(entry.save_dc for entry in document.spellcasting),
            "pp": (document.passive_perception,),
        }
    found = {kind: frozenset(str(value) for value in values if value is not None) for kind, values in stated.items()}
    return {kind: values for kind, values in {**found, "hpmax": found["hp"]}.items() if values}


def _numbers(mark: Mark, dossier: Dossier) -> Said:
    placed = dossier.sheet or dossier.block
    if placed is None or not dossier.story:
        return Skip.NOT_APPLICABLE
    document = placed.document
    hero = hero_of(document) if isinstance(document, CharacterSheet) else hero_of_block(document)
    return _wrong_numbers(mark, dossier, hero, _values(document))


def _wrong_numbers(mark: Mark, dossier: Dossier, hero: Hero, stated: Mapping[str, frozenset[str]]) -> Iterator[Finding]:
    for line in lines_with(dossier, _NEEDS):
        for match in _NUMBERS.finditer(line.text):
            kind = next(name for name in _NAMES if match[name])
            value = match[f"{kind}_value"].replace(",", "")
            if kind not in stated or value in stated[kind]:
                continue
            spot = span_in(line, match)
            if not _told_of(hero, line, word_at(line, spot.start), kind) or claimed(dossier, spot.text):
                continue
            right = " or ".join(sorted(stated[kind]))
            message = f"The text says {match[0]}; by the numbers it is {right} ({_NAMES[kind]})."
            yield spot_finding(mark, dossier, spot, message, expected=right)


def _told_of(hero: Hero, line: Line, place: int, kind: str) -> bool:
    """Whether a number is the character's own: "her AC is", "has 40 hit points", "With an Armor Class of 20, she"."""
    words = line.passage.words
    before = place - 1
    while before >= line.first and words[before] in {"an", "a", "the", "only", "just", "and", "exactly", "of"}:
        before -= 1
    elsewhere = before < line.first or (kind == "gp" and _PURSE.isdisjoint(line.words))
    if elsewhere or doubtful(line, place) or in_quotes(line, place):
        return False
    if words[before] in OWNERS or line.passage.possessive(before):
        return holder_of(hero, line, before + 1) is not Actor.OTHER
    if words[before] in _HAVE:
        return actor_of(hero, line, before) is not Actor.OTHER
    if words[before] == "with" and before == line.first:
        return actor_after(hero, line, place + 2) is not Actor.OTHER
    gap = line.passage.text[line.passage.spans[before][1] : line.passage.spans[before + 1][0]]
    return "(" in gap and words[before] in hero.names and capital(line.passage, before)


RULES = (
    text_rule(
        _numbers,
        id="NA7",
        title="Numbers in prose are those of the sheet or block",
        severity=Severity.ERROR,
        source="Service contract, Subject; SRD 5.1 and 5.2, Armor Class, Hit Points",
        prompt="Where prose tells a number of the sheet or the block, it is that number.",
        passing=(
            Example("wizard_5", text="Pim has 32 hit points. The goblins have 7 hit points each."),
            Example("ogre_2024", text="The ogre has an AC of 11."),
        ),
        failing=(
            Example("wizard_5", text="Pim has 40 hit points and an AC of 12."),
            Example("ogre_2024", text="The ogre has an AC of 15."),
        ),
    ),
)
