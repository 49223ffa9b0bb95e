"""NA14, NA15: what prose tells of a monster or of a magic item is what its block says."""

import re
from collections.abc import Iterator
from dataclasses import replace

from dnd.content.fields import Leaf
from dnd.prose.numbers import find_numbers
from dnd.rules.building import Mark
from dnd.rules.dossier import Dossier, Example, Place
from dnd.rules.finding import Finding, Severity
from dnd.rules.mechanics import block_story_rule, item_rule
from dnd.rules.narrative_actor import Actor, actor_of, holder_of, resolve
from dnd.rules.narrative_lines import Line, doubtful, in_quotes, lines_with, span_in, word_at
from dnd.rules.narrative_people import Hero, hero_of_block
from dnd.rules.spotting import Spot, claimed, passage_of, spot_finding
from dnd.sheets.block import StatBlock
from dnd.sheets.item import MagicItem
from dnd.srd.vocabulary import CONDITIONS, DAMAGE_TYPES

_TYPES = "|".join(DAMAGE_TYPES)
_FLY = re.compile(
    r"\b(?:flies|flew|soars|soared|swoops|swooped|flying|takes? wing|took wing)\b"
    r"|\b(?P<owner>its|his|her|their) (?:\w+ )?wings\b"
)
_BURROW = re.compile(r"\b(?:burrows|burrowed|tunnels|tunnelled|tunneled)\b")
_BREATHE = re.compile(
    r"\b(?:breathes|breathed|spits|spews|exhales) (?:\w+ ){0,2}?(?:fire|flame|flames|acid|frost|lightning|poison)\b"
)
_IMMUNE = re.compile(
    rf"\b(?:is|are|was) (?P<how>immune|resistant|vulnerable) to (?P<what>{_TYPES}|{'|'.join(CONDITIONS)})\b"
)
_DARK = re.compile(r"\b(?:sees?|saw)(?: \w+ly| well)? in (?:the |total |complete |pitch |utter )*(?:dark|darkness)\b")
_WORDS = frozenset(
    (
        *("flies", "flew", "soars", "soared", "swoops", "swooped", "flying", "wing", "wings", "burrows", "burrowed"),
        *(
            "tunnels",
            "tunnelled",
            "tunneled",
            "breathes",
            "breathed",
            "spits",
            "spews",
            "exhales",
            "immune",
            "resistant",
        ),
        *("vulnerable", "dark", "darkness"),
    )
)
_OTHER_FLIGHT = frozenset(
    ("rage", "apart", "open", "past", "off", "dust", "sparks", "arrow", "arrows", "rider", "mount")
)
"""Words beside "flies" that make it no flight of its own."""


def _powers(block: StatBlock) -> Iterator[tuple[re.Pattern[str], str]]:
    """What the block does not have: the pattern of its telling, and what is missing."""
    if block.speeds and "fly" not in block.speeds:
        yield _FLY, "a flying speed"
    if block.speeds and "burrow" not in block.speeds:
        yield _BURROW, "a burrowing speed"
    texts = " ".join(f"{entry.name} {entry.text}".lower() for _, entry in block.all_actions)
    if block.all_actions and not any(word in texts for word in ("breath", "spit", "exhale", "spew")):
        yield _BREATHE, "a breath weapon"
    if block.senses and not {"darkvision", "blindsight", "truesight"} & block.senses.keys():
        yield _DARK, "darkvision"


def _lore(mark: Mark, block: StatBlock, dossier: Dossier) -> Iterator[Finding]:
    hero, lacking = hero_of_block(block), tuple(_powers(block))
    for line in lines_with(dossier, _WORDS):
        for match, what in _told(block, line, lacking):
            spot = span_in(line, match)
            place = word_at(line, spot.start)
            if claimed(dossier, spot.text) or not _of_beast(hero, line, place, match):
                continue
            message = f"The text tells “{spot.text}”; the block has no {what.removeprefix('a ')}."
            yield spot_finding(mark, dossier, spot, message, expected=f"{what} in the block, or no such lore")


def _told(
    block: StatBlock, line: Line, lacking: tuple[tuple[re.Pattern[str], str], ...]
) -> Iterator[tuple[re.Match[str], str]]:
    for pattern, what in lacking:
        for match in pattern.finditer(line.text):
            if pattern is not _FLY or _OTHER_FLIGHT.isdisjoint(line.words):
                yield match, what
    lists = {
        "immune": (*block.damage_immunities, *block.condition_immunities),
        "resistant": (*block.damage_resistances, *block.damage_immunities),
        "vulnerable": block.damage_vulnerabilities,
    }
    traits = " ".join(entry.text.lower() for _, entry in block.all_actions)
    for match in _IMMUNE.finditer(line.text):
        held = " ".join(lists[match["how"]]).lower()
        if match["what"] not in held and f"{match['how']} to {match['what']}" not in traits:
            yield (
                match,
                {"immune": "immunity", "resistant": "resistance"}.get(match["how"], "vulnerability")
                + f" to {match['what']}",
            )


def _of_beast(hero: Hero, line: Line, place: int, match: re.Match[str]) -> bool:
    if doubtful(line, place) or in_quotes(line, place):
        return False
    if match.groupdict().get("owner"):
        if line.passage.words[place] != "its":
            return holder_of(hero, line, place + 1) is not Actor.OTHER
        return resolve(hero, line, place) is not Actor.OTHER
    return actor_of(hero, line, place) is not Actor.OTHER


# --- NA15

_BONUS = re.compile(
    r"(?<![\w)])\+(?P<value>[1-5])(?= (?:bonus to (?:attack|AC|Armor|spell attack)|magic|weapon|shield|"
    r"armou?r|(?:long|short|great)?sword|"
    r"blade|longbow|shortbow|bow|axe|battleaxe|greataxe|handaxe|mace|dagger|rapier|scimitar|spear|staff|hammer|warhammer|ammunition|rod|wand)\b)"
    r"|\ba \+(?P<other>[1-5]) bonus to (?:attack|AC|Armor Class)"
)
_SPENT = re.compile(
    r"\b(?:spend|spends|expend|expends|expending|spending|use|uses|using|"
    r"cost|costs|regain|regains|up to|of its|least|remaining|last|per)\b[^.]{0,24}$",
    re.IGNORECASE,
)
_ATTUNE = re.compile(
    r"\b(?P<not>(?:requires?|needs?|demands?|asks?) no|"
    r"(?:does|do) not (?:require|need)|without(?: any| requiring)?) attunement\b"
    r"|\b(?:requires?|needs?|demands?) (?:\w+ )?attunement\b"
)


def _item_lore(mark: Mark, item: MagicItem, dossier: Dossier) -> Iterator[Finding]:
    at_text = replace(mark, place=Place())
    for leaf in dossier.leaves:
        for spot, message, expected in (
            *_bonuses(item, leaf),
            *_charges(item, dossier, leaf),
            *_attunements(item, leaf),
        ):
            if not claimed(dossier, spot.text):
                yield spot_finding(at_text, dossier, spot, message, expected=expected)


def _bonuses(item: MagicItem, leaf: Leaf) -> Iterator[tuple[Spot, str, str]]:
    named = re.search(r"\+([1-5])\b", item.name or "") if "+" in (item.name or "") else None
    right = item.bonus if item.bonus is not None else int(named[1]) if named else None
    if right is None or "+" not in leaf.text:
        return
    for match in _BONUS.finditer(leaf.text):
        value = int(match["value"] or match["other"])
        if value != right:
            yield Spot(leaf, *match.span()), f"The item's bonus is +{right}, not +{value}.", f"+{right}"


def _charges(item: MagicItem, dossier: Dossier, leaf: Leaf) -> Iterator[tuple[Spot, str, str]]:
    passage = passage_of(dossier, leaf)
    if item.charges is None or "charges" not in passage.vocabulary:
        return
    for number in find_numbers(passage.words):
        if passage.words[number.end : number.end + 1] != ["charges"] or number.key == f"#{item.charges}":
            continue
        start, end = passage.spans[number.start][0], passage.spans[number.end][1]
        before = leaf.text[max(start - 40, 0) : start]
        if number.key.endswith("th") or _SPENT.search(before) or before.rstrip().endswith(("+", "d")):
            continue
        yield (
            Spot(leaf, start, end),
            f"The item has {item.charges} charges, not {number.key[1:]}.",
            f"{item.charges} charges",
        )


def _attunements(item: MagicItem, leaf: Leaf) -> Iterator[tuple[Spot, str, str]]:
    if item.attunement is None or "attunement" not in leaf.text:
        return
    for match in _ATTUNE.finditer(leaf.text):
        if (match["not"] is None) != item.attunement:
            right = "requires attunement" if item.attunement else "requires no attunement"
            yield Spot(leaf, *match.span()), f"The item {right}.", right


RULES = (
    block_story_rule(
        _lore,
        id="NA14",
        title="Lore has the powers of the block",
        severity=Severity.WARNING,
        source="SRD 5.1 Monsters (Statistics); SRD 5.2 Monsters (Parts of a Stat Block)",
        prompt="Tell of no flight, breath, senses or immunities that the stat block does not have.",
        passing=(
            Example("ogre_2024", text="The ogre cannot fly. Flies follow the ogre."),
            Example("dragon_2024", text="The drake sees in the dark."),
        ),
        failing=(
            Example("ogre_2024", text="The ogre flies over the ford."),
            Example("ogre_2024", text="It is immune to fire."),
        ),
    ),
    item_rule(
        _item_lore,
        id="NA15",
        title="Texts of an item say what its block says",
        severity=Severity.ERROR,
        source="SRD 5.1 Magic Items; SRD 5.2 Magic Items",
        prompt="Give bonus, charges and attunement in texts as the item has them.",
        passing=(Example("plus_one_longsword", {"/text": None}, text="You have a +1 bonus to attack rolls with it."),),
        failing=(
            Example("plus_one_longsword", {"/text": None}, text="This +2 longsword hums."),
            Example("plus_one_longsword", {"/charges": 3, "/text": None}, text="It has five charges."),
        ),
    ),
)
