"""EN1-EN5, TR1: an encounter's label, its sums, its monsters and its treasure."""

from collections.abc import Iterable, Iterator, Mapping

from dnd.rules.building import Mark, pointer
from dnd.rules.dossier import Dossier, Example
from dnd.rules.finding import Finding, Severity
from dnd.rules.mechanics import Said, encounter_rule, name_severity
from dnd.rules.rule import Skip
from dnd.sheets.encounter import EncounterMonster, EncounterPlan
from dnd.srd.advancement import HIGHEST_LEVEL
from dnd.srd.edition import Edition
from dnd.srd.encounters import DIFFICULTIES, MOST_CREATURES_PER_CHARACTER, Difficulty, budget, difficulty_of
from dnd.srd.encounters_2014 import DIFFICULTIES_2014, adjusted_xp, difficulty_2014
from dnd.srd.monsters import HARMLESS_XP, XP_BY_CR, cr_value
from dnd.srd.names import NameKind, find_monster, look_up

_LABELS: Mapping[str, Difficulty] = {name: name for name in DIFFICULTIES}


def _worth(monster: EncounterMonster, edition: Edition) -> int | None:
    """XP of one: by its challenge rating, by the SRD's monster of the name, or as stated."""
    rating = monster.challenge_rating or ""
    if rating in XP_BY_CR:
        return HARMLESS_XP if rating == "0" and monster.experience == HARMLESS_XP else XP_BY_CR[rating]
    known = find_monster(monster.name, edition)
    return known.xp if known else monster.experience


def _total(plan: EncounterPlan, edition: Edition) -> int | None:
    """XP of all monsters; None where the worth of one is unknown."""
    worths = [(monster.count or 1, _worth(monster, edition)) for monster in plan.monsters]
    if not worths or any(worth is None for _, worth in worths):
        return None
    return sum(count * (worth or 0) for count, worth in worths)


def _creatures(plan: EncounterPlan) -> int:
    return sum(monster.count if monster.count is not None else 1 for monster in plan.monsters)


def _budget(mark: Mark, plan: EncounterPlan, dossier: Dossier) -> Said:
    stated, cost = plan.difficulty or "", _total(plan, dossier.edition)
    label = _LABELS.get(stated)
    if label is None:
        return (_unknown_label(mark, stated, DIFFICULTIES),)
    if cost is None or not _levels_known(plan):
        return Skip.NOT_CHECKABLE
    fitting, allowed = difficulty_of(plan.party, cost), budget(plan.party, label)
    if fitting == label:
        return ()
    if cost > allowed:
        message = f"The monsters cost {cost:,} XP; a {label} encounter for this party has {allowed:,}."
    else:
        message = f"The monsters cost {cost:,} XP, which is within the budget of a {fitting} encounter."
    if fitting is None:
        return (mark("/difficulty", message, expected=f"at most {allowed:,} XP", found=f"{label} ({cost:,} XP)"),)
    return (mark("/difficulty", message, expected=fitting, found=label, correct=fitting),)


def _levels_known(plan: EncounterPlan) -> bool:
    return all(1 <= level <= HIGHEST_LEVEL for level in plan.party)


def _unknown_label(mark: Mark, label: str, known: Iterable[str]) -> Finding:
    words = ", ".join(known)
    message = f"The difficulties of this edition are {words}; “{label}” is none of them."
    return mark("/difficulty", message, expected=words, found=label, severity=Severity.WARNING)


def _adjusted(mark: Mark, plan: EncounterPlan, dossier: Dossier) -> Said:
    label, cost = plan.difficulty, _total(plan, dossier.edition)
    if cost is None or not _levels_known(plan):
        return Skip.NOT_CHECKABLE
    adjusted = adjusted_xp(cost, _creatures(plan), len(plan.party))
    findings: list[Finding] = []
    stated = plan.adjusted_experience
    if stated is not None and stated != adjusted:
        message = f"{_creatures(plan)} monsters worth {cost:,} XP count as {adjusted:,} XP, not {stated:,}."
        found = f"{stated:,}"
        findings.append(mark("/adjusted_experience", message, expected=f"{adjusted:,}", found=found, correct=adjusted))
    if label is None:
        return findings
    if label not in DIFFICULTIES_2014:
        return [*findings, _unknown_label(mark, label, DIFFICULTIES_2014)]
    right = difficulty_2014(plan.party, adjusted) or DIFFICULTIES_2014[0]
    if right != label:
        message = f"{adjusted:,} adjusted XP are {right} for this party, not {label}."
        findings.append(mark("/difficulty", message, expected=right, found=label, correct=right))
    return findings


def _monsters(mark: Mark, plan: EncounterPlan, dossier: Dossier) -> Said:
    findings = [
        finding for number, entry in enumerate(plan.monsters) for finding in _name(mark, entry, number, dossier)
    ]
    listed = _creatures(plan)
    if plan.stated_count is not None and plan.stated_count != listed:
        message = f"{plan.stated_count} monsters are announced and {listed} listed."
        found = str(plan.stated_count)
        findings.append(mark("/stated_count", message, expected=str(listed), found=found, correct=listed))
    return findings


def _name(mark: Mark, entry: EncounterMonster, number: int, dossier: Dossier) -> Iterator[Finding]:
    path = pointer("monsters", number)
    if entry.count is not None and entry.count < 1:
        yield mark(
            f"{path}/count", f"An encounter has at least one {entry.name}, not {entry.count}.", found=str(entry.count)
        )
    found = look_up(NameKind.MONSTER, entry.name, dossier.edition)
    severity = name_severity(found, dossier.names)
    if severity is None:
        return
    message = f"“{entry.name}” is not a monster of the SRD {dossier.edition}."
    if len(found.near) == 1:
        near = found.near[0]
        yield mark(f"{path}/name", message, expected=near, found=entry.name, severity=severity, correct=near)
    else:
        yield mark(
            f"{path}/name", message, expected=" or ".join(found.near) or None, found=entry.name, severity=severity
        )


def _crowd(mark: Mark, plan: EncounterPlan, dossier: Dossier) -> Said:
    findings: list[Finding] = []
    level, size = max(plan.party), len(plan.party)
    for number, monster in enumerate(plan.monsters):
        known = find_monster(monster.name, dossier.edition)
        rating = monster.challenge_rating or (known.cr if known else None)
        value = None if rating is None else cr_value(rating)
        if value is not None and value > level:
            message = f"{monster.name} has challenge rating {rating}, above the party's level {level}: a blow may kill."
            path = pointer("monsters", number)
            findings.append(mark(path, message, expected=f"challenge rating {level} or less", found=rating))
    count, most = _creatures(plan), MOST_CREATURES_PER_CHARACTER * size
    if count > most:
        message = f"{count} creatures against {size} characters are more than two for each, which is hard to run."
        findings.append(mark("/monsters", message, expected=f"at most {most}", found=str(count)))
    return findings


def _sum(mark: Mark, plan: EncounterPlan, dossier: Dossier) -> Said:
    findings: list[Finding] = []
    for number, monster in enumerate(plan.monsters):
        worth = _worth(monster, dossier.edition)
        stated = monster.experience
        if worth is not None and stated is not None and stated != worth:
            message = f"One {monster.name} is worth {worth:,} XP, not {stated:,}."
            path = f"{pointer('monsters', number)}/experience"
            findings.append(mark(path, message, expected=f"{worth:,}", found=f"{stated:,}", correct=worth))
    total, stated = _total(plan, dossier.edition), plan.experience
    if total is None:
        return findings or Skip.NOT_CHECKABLE
    if stated is not None and stated != total:
        message = f"The monsters are worth {total:,} XP together, not {stated:,}."
        findings.append(mark("/experience", message, expected=f"{total:,}", found=f"{stated:,}", correct=total))
    return findings


_PARTY = {"/party": [3, 3, 3, 3]}
_WOLVES = Example("three_wolves")
_TROLLS = [{"name": "Troll", "count": 4}]
_MANY = [{"name": "Wolf", "count": 12}]

RULES = (
    encounter_rule(
        _budget,
        id="EN1",
        title="The difficulty is that of the XP budget",
        severity=Severity.ERROR,
        source="SRD 5.2 Gameplay Toolbox, Combat Encounters",
        prompt=(
            "An encounter's monsters cost no more XP than the party's budget for the difficulty, and more than that "
            "for the next lower one."
        ),
        editions=("5.2",),
        about=("difficulty",),
        needs=("party", "monsters"),
        passing=(_WOLVES, Example("three_wolves", {"/party": [1, 1, 1, 1, 1, 1, 1, 1], "/difficulty": "low"})),
        failing=(
            Example("three_wolves", {**_PARTY, "/monsters": _TROLLS, "/difficulty": "moderate"}),
            Example("three_wolves", {"/difficulty": "deadly"}),
            Example("three_wolves", {"/party": [8, 8, 8, 8], "/difficulty": "high"}),
        ),
    ),
    encounter_rule(
        _adjusted,
        id="EN2",
        title="The difficulty is that of the adjusted XP",
        severity=Severity.WARNING,
        source="DMG 2014 and Basic Rules, Building Combat Encounters (in no SRD)",
        prompt="In the 2014 rules the monsters' XP times the factor of their number decide between easy and deadly.",
        editions=("5.1",),
        about=("monsters",),
        needs=("party",),
        passing=(
            Example("three_wolves", {**_PARTY, "/difficulty": "easy"}, edition="5.1"),
            Example("three_wolves", {**_PARTY, "/difficulty": "easy", "/adjusted_experience": 300}, edition="5.1"),
        ),
        failing=(
            Example("three_wolves", {**_PARTY, "/difficulty": "easy", "/monsters": _TROLLS}, edition="5.1"),
            Example("three_wolves", {**_PARTY, "/adjusted_experience": 150}, edition="5.1"),
        ),
    ),
    encounter_rule(
        _monsters,
        id="EN3",
        title="The monsters exist and are as many as announced",
        severity=Severity.ERROR,
        source="SRD 5.1 Monsters; SRD 5.2 Monsters A-Z",
        prompt="Use monsters that exist, and list exactly as many as the encounter announces.",
        about=("monsters",),
        passing=(_WOLVES, Example("three_wolves", {"/stated_count": 3})),
        failing=(
            Example("three_wolves", {"/stated_count": 2}),
            Example("three_wolves", {"/monsters": [{"name": "Gloomwulf", "count": 1}]}, names="strict_srd"),
            Example("three_wolves", {"/monsters": [{"name": "Owlbaer", "count": 1}]}),
        ),
    ),
    encounter_rule(
        _crowd,
        id="EN4",
        title="No monster outranks the party, and they are not too many",
        severity=Severity.WARNING,
        source="SRD 5.2 Gameplay Toolbox, Combat Encounters (Troubleshooting)",
        prompt="Keep challenge ratings at or below the party's level, and at most two creatures for each character.",
        editions=("5.2",),
        about=("monsters",),
        needs=("party",),
        passing=(_WOLVES,),
        failing=(
            Example("three_wolves", {**_PARTY, "/monsters": [{"name": "Hydra", "count": 1}]}),
            Example("three_wolves", {**_PARTY, "/monsters": _MANY}),
        ),
    ),
    encounter_rule(
        _sum,
        id="EN5",
        title="The XP add up",
        severity=Severity.ERROR,
        source="SRD 5.1 Monsters, Experience Points by Challenge Rating; SRD 5.2 Monsters, Experience Points",
        prompt="State the XP of one monster by its challenge rating, and their sum without any multiplier.",
        about=("monsters",),
        passing=(_WOLVES, Example("three_wolves", {"/experience": 150})),
        failing=(
            Example("three_wolves", {"/experience": 200}),
            Example("three_wolves", {"/monsters/0/experience": 100}),
        ),
    ),
)
