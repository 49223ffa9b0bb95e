"""TX3-TX9: conditions, damage, schools, skills and actions are called what the rules of the edition call them."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple, cast

from dnd.rules.building import Mark
from dnd.rules.dossier import Dossier, Example
from dnd.rules.finding import Finding, Severity
from dnd.rules.mechanics import text_rule
from dnd.rules.spotting import Spot, claimed, find_spots, sentence_around, spot_finding, term_check
from dnd.rules.tables import table
from dnd.srd.abilities import ABILITY_NAMES, SKILLS, skill_named
from dnd.srd.monsters import CREATURE_TYPES, SIZES
from dnd.srd.vocabulary import CONDITIONS, DAMAGE_TYPES, EXHAUSTION_LEVELS, RARITIES, SCHOOLS

_ABILITIES = "|".join(ABILITY_NAMES.values())
_GAME = re.compile(
    r"\bDC \d|saving throw|\bsaves?\b|\bcreature\b|\btarget\b|\bhit points?\b|\d+d\d|\bturns?\b|\bround\b"
    r"|\battack rolls?\b"
    r"|\bspell\b|\b\d+ (?:feet|ft)\b|\baction\b"
)
"""Signs that a sentence speaks as rules do."""
_CONDITION = re.compile(r"\b[Tt]he (?P<word>[A-Za-z]+(?:-[a-z]+)?) (?:condition\b(?! of\b)|status effect\b)")
_EXHAUSTION = re.compile(r"\b(?P<levels>\d{1,2}) levels? of [Ee]xhaustion\b|\b[Ee]xhaustion level (?P<level>\d{1,2})\b")
_ROLLED = re.compile(
    r"(?:\d\)|\d?d\d{1,3}(?: ?[+\-−–] ?\d{1,3})?|\b\d{1,4}(?: points of)?) "
    r"(?:extra |additional |points of |magical |more )?(?P<word>[A-Za-z]+) damage\b"
)
"""A type right behind dice or a number."""
_SPOKEN = re.compile(
    r"\b(?:[Rr]esistan(?:ce|t)|[Ii]mmun(?:ity|e)|[Vv]ulnerab(?:ility|le)) to (?P<first>[A-Za-z]+) damage\b"
    r"|\b(?:[Tt]akes?|[Dd]eals?|[Ss]uffers?|dealing|taking) (?:half |extra |full |double )?(?P<second>[A-Za-z]+) "
    r"damage (?:equal|on a|when|whenever|at the start|at the end|each|instead)\b"
)
"""A type in a phrase that only rules use."""
_SCHOOL = re.compile(
    r"\b(?:\d(?:st|nd|rd|th)[ -][Ll]evel|[Ll]evel \d) (?P<before>[A-Za-z]+)(?= \(ritual\)| spell\b|[,.;]|$)"
    r"|\b[Ss]chool of (?P<of>[A-Za-z]+)(?= (?:magic|spell|cantrip))"
    r"|\b(?:spell|cantrip) (?:of|from) the (?P<the>[A-Za-z]+) school\b|\b[Ss]chool: (?P<label>[A-Za-z]+)"
)
_RARITY = re.compile(r"\b[Rr]arity: (?P<label>[A-Za-z]+(?: rare)?)|\b(?:an?|of) (?P<before>[a-z]+(?: rare)?) rarity\b")
_TYPE_LINE = re.compile(
    r"(?<![^\n])[*_> ]*(?P<size>[A-Z][a-z-]+) (?P<type>[A-Za-z]+)(?: \([^)\n]*\))?, (?:any |typically |usually )?"
    r"(?i:(?:lawful|neutral|chaotic) (?:good|neutral|evil)|neutral$|unaligned|any alignment)"
)
_PAIR = re.compile(rf"\b(?P<ability>{_ABILITIES}) \((?P<skill>[A-Za-z][A-Za-z' ]+)\)")


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(cast("dict[str, list[str]]", table("vocabulary"))[name])


@cache
def _known(name: str) -> frozenset[str]:
    lists = {
        "conditions": CONDITIONS,
        "damage": DAMAGE_TYPES,
        "schools": SCHOOLS,
        "rarities": RARITIES,
        "sizes": SIZES,
        "types": CREATURE_TYPES,
    }
    return frozenset(str(word).lower() for word in lists[name])


def _spot_of(spot: Spot, match: re.Match[str], group: str) -> Spot:
    return Spot(spot.leaf, match.start(group), match.end(group))


def _conditions(mark: Mark, dossier: Dossier) -> Iterator[Finding]:
    for spot, match in find_spots(dossier, _CONDITION, frozenset({"condition", "status"})):
        word = match["word"]
        if word.lower() in _known("conditions") or claimed(dossier, match[0]):
            continue
        named = word[0].isupper() or word.lower() in _words("wrong_conditions")
        if named and _GAME.search(sentence_around(spot)):
            yield spot_finding(
                mark,
                dossier,
                _spot_of(spot, match, "word"),
                f"There is no {word} condition; the rules have {len(_known('conditions'))}.",
                expected=", ".join(sorted(_known("conditions"))),
            )
    for spot, match in find_spots(dossier, _EXHAUSTION, frozenset({"exhaustion"})):
        levels = int(match["levels"] or match["level"])
        if not 1 <= levels <= EXHAUSTION_LEVELS and not claimed(dossier, match[0]):
            message = f"Exhaustion has {EXHAUSTION_LEVELS} levels, and the last is death; {levels} is none of them."
            yield spot_finding(mark, dossier, spot, message, expected=f"1 to {EXHAUSTION_LEVELS}")


def _damage(mark: Mark, dossier: Dossier) -> Iterator[Finding]:
    for pattern in (_ROLLED, _SPOKEN):
        for spot, match in find_spots(dossier, pattern, frozenset({"damage"})):
            group = next(name for name, value in match.groupdict().items() if value)
            word = match[group].lower()
            wrong = word not in _known("damage") and word not in _words("no_type")
            if pattern is _SPOKEN or "d" not in match[0].rpartition(word)[0]:
                wrong = wrong and word in _words("wrong_types")
            if wrong and not claimed(dossier, f"{word} damage"):
                yield spot_finding(
                    mark,
                    dossier,
                    _spot_of(spot, match, group),
                    f"“{match[group]}” is no type of damage; the rules have {len(_known('damage'))}.",
                    expected=", ".join(sorted(_known("damage"))),
                )


class _Slot(NamedTuple):
    """A place in texts where one vocabulary is spoken, and the wrong words that are told there."""

    pattern: re.Pattern[str]
    needs: frozenset[str]
    known: str
    wrong: str
    what: str


_SLOTS = (
    _Slot(_SCHOOL, frozenset({"school", "level"}), "schools", "wrong_schools", "school of magic"),
    _Slot(_RARITY, frozenset({"rarity"}), "rarities", "wrong_rarities", "rarity"),
)


def _vocabularies(mark: Mark, dossier: Dossier) -> Iterator[Finding]:
    for slot in _SLOTS:
        for spot, match in find_spots(dossier, slot.pattern, slot.needs):
            group = next(name for name, value in match.groupdict().items() if value)
            word = " ".join(match[group].lower().split())
            if word in _known(slot.known) or word not in _words(slot.wrong) or claimed(dossier, match[0]):
                continue
            yield _no_such(mark, dossier, _spot_of(spot, match, group), slot.what, slot.known)
    for spot, match in find_spots(dossier, _TYPE_LINE, _known("sizes") | _words("wrong_sizes")):
        size, kind = match["size"].lower(), match["type"].lower()
        if claimed(dossier, match[0].strip()):
            continue
        if size in _words("wrong_sizes"):
            yield _no_such(mark, dossier, _spot_of(spot, match, "size"), "size", "sizes")
        if kind not in _known("types") and size in _known("sizes") | _words("wrong_sizes"):
            yield _no_such(mark, dossier, _spot_of(spot, match, "type"), "type of creature", "types")


def _no_such(mark: Mark, dossier: Dossier, spot: Spot, what: str, known: str) -> Finding:
    message = f"“{spot.text}” is no {what} of the rules."
    return spot_finding(mark, dossier, spot, message, expected=", ".join(sorted(_known(known))))


def _pairs(mark: Mark, dossier: Dossier) -> Iterator[Finding]:
    for spot, match in find_spots(dossier, _PAIR, frozenset(name.lower() for name in ABILITY_NAMES.values())):
        if claimed(dossier, match[0]):
            continue
        skill = skill_named(match["skill"])
        if skill is None:
            if match["skill"].lower() in _words("wrong_skills"):
                message = f"There is no skill {match['skill']}; a check names one of the {len(SKILLS)} or a tool."
                yield spot_finding(mark, dossier, _spot_of(spot, match, "skill"), message, expected=", ".join(SKILLS))
            continue
        usual = ABILITY_NAMES[SKILLS[skill]]
        if usual != match["ability"]:
            message = f"{skill} goes with {usual}; with {match['ability']} it is a variant that the DM must allow."
            yield spot_finding(mark, dossier, spot, message, expected=f"{usual} ({skill})", severity=Severity.WARNING)


RULES = (
    text_rule(
        _conditions,
        id="TX3",
        title="Conditions of the rules",
        severity=Severity.WARNING,
        source="SRD 5.1 Appendix PH-A, Conditions; SRD 5.2 Rules Glossary, Conditions",
        prompt="Name only the fifteen conditions of the rules as conditions.",
        passing=(
            Example(text="On a failed save the target has the Poisoned condition. Her heart condition worsened."),
            Example(text="The human condition is a long save against time."),
        ),
        failing=(
            Example(text="On a failed save the target gains the Bleeding condition until the end of its turn."),
            Example(text="A creature that fails takes 7 levels of exhaustion."),
        ),
    ),
    text_rule(
        _damage,
        id="TX4",
        title="Damage types of the rules",
        severity=Severity.WARNING,
        source="SRD 5.1 Combat, Damage Types; SRD 5.2 Rules Glossary, Damage Types",
        prompt="Name only the thirteen damage types of the rules.",
        passing=(
            Example(
                text="It takes 7 (2d6) radiant damage, and 3d6 extra damage. The storm did 40 gold of water damage."
            ),
            Example(text="The flood left water damage on every wall."),
        ),
        failing=(
            Example(text="The blade deals an extra 2d6 holy damage."),
            Example(text="The ghost has resistance to sonic damage."),
        ),
    ),
    text_rule(
        _vocabularies,
        id="TX5",
        title="Schools, rarities, sizes and types of the rules",
        severity=Severity.WARNING,
        source="SRD 5.1 Spellcasting, Magic Items, Monsters; SRD 5.2 Spells, Magic Items, Monsters",
        prompt="Use the rules' own schools of magic, rarities, sizes and creature types.",
        passing=(
            Example(text="A 3rd-level evocation spell of the old school of war; rarity: very rare."),
            Example(text="Large Fiend (Demon), chaotic evil"),
        ),
        failing=(
            Example(text="He studies the school of chronomancy magic."),
            Example(text="Rarity: Mythic"),
            Example(text="Gigantic beast, unaligned"),
        ),
    ),
    text_rule(
        _pairs,
        id="TX6",
        title="Skills with their abilities",
        severity=Severity.WARNING,
        source="SRD 5.1 Using Ability Scores, Skills; SRD 5.2 Playing the Game, Skills",
        prompt="Write a check as the skill's usual ability with the skill in brackets, as in Strength (Athletics).",
        passing=(Example(text="A DC 15 Strength (Athletics) or Dexterity (Thieves' Tools) check opens it."),),
        failing=(
            Example(text="A DC 15 Dexterity (Athletics) check crosses the ledge."),
            Example(text="A DC 15 Dexterity (Lockpicking) check opens it."),
        ),
    ),
    text_rule(
        term_check("“{found}” belongs to another edition or game; here it is {instead}."),
        id="TX7",
        title="Actions of the edition",
        severity=Severity.WARNING,
        source="SRD 5.1 Combat, Actions in Combat; SRD 5.2 Rules Glossary, Action",
        prompt="Speak of actions, bonus actions and reactions, and of no other kinds of action.",
        passing=(
            Example(text="As a bonus action it may dash. The council's swift action saved the town."),
            Example(text="It takes the Magic action."),
        ),
        failing=(
            Example(text="As a swift action, the bearer may vanish."),
            Example(text="Leaving its reach provokes an attack of opportunity."),
            Example(text="It takes the Utilize action.", edition="5.1"),
        ),
    ),
    text_rule(
        term_check("“{found}” is a term of another game; this one has {instead}."),
        id="TX8",
        title="No mechanics of other games",
        severity=Severity.ERROR,
        source="SRD 5.1 Using Ability Scores, Combat; SRD 5.2 Playing the Game",
        prompt="Use no mechanics of other games: no Reflex saves, no touch AC, no base attack bonus, no spell points.",
        passing=(
            Example(text="The will saved the estate, and nobody will save us. He was caught flat-footed."),
            Example(text="A DC 15 Wisdom saving throw ends it."),
        ),
        failing=(
            Example(text="A DC 15 Reflex save halves it."),
            Example(text="A DC 14 Will save negates the charm."),
            Example(text="Her THAC0 is 14."),
            Example(text="It costs two spell points."),
        ),
    ),
    text_rule(
        term_check("“{found}” is a word of the other edition; here it is {instead}."),
        id="TX9",
        title="Words of the edition",
        severity=Severity.INFO,
        source="SRD 5.1 Races, Classes; SRD 5.2 Character Creation, Classes",
        prompt="Use the words of the edition asked for.",
        passing=(
            Example(text="He won the race by a length and spends two ki points.", edition="5.1"),
            Example(text="The species traits of an elf stay with her."),
        ),
        failing=(
            Example(text="Keen senses are a racial trait of elves."),
            Example(text="You gain Heroic Inspiration.", edition="5.1"),
        ),
    ),
)
