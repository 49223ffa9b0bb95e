"""Spending an encounter's experience budget on monsters of the SRD."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from dnd.errors import FieldError, InvalidParametersError
from dnd.sheets.encounter import EncounterMonster, EncounterPlan
from dnd.srd.catalogue import Monster, monsters
from dnd.srd.edition import Edition
from dnd.srd.encounters import DIFFICULTIES, MOST_CREATURES_PER_CHARACTER, budget
from dnd.srd.encounters_2014 import DIFFICULTIES_2014, adjusted_xp, threshold
from dnd.srd.monsters import cr_value
from dnd.srd.near import fold

MOST_KINDS = 24
"""Monsters of each sort that are tried together: enough for a choice, few enough to be quick."""


@dataclass(frozen=True, slots=True)
class EncounterWish:
    """What is asked of an encounter."""

    party: tuple[int, ...]
    difficulty: str
    types: tuple[str, ...] = ()
    """Creature types to choose from; empty: all."""
    names: tuple[str, ...] = ()
    """Monsters that must be in it; empty: code chooses."""


@dataclass(frozen=True, slots=True)
class _Band:
    """Which sums of experience are worth the difficulty asked for."""

    edition: Edition
    party: tuple[int, ...]
    low: int
    high: int

    def holds(self, group: Sequence[tuple[Monster, int]]) -> bool:
        """Whether the group costs what it should, and is not too many."""
        count = sum(number for _, number in group)
        if count > MOST_CREATURES_PER_CHARACTER * len(self.party):
            return False
        total = sum(monster.xp * number for monster, number in group)
        cost = adjusted_xp(total, count, len(self.party)) if self.edition == "5.1" else total
        return self.low < cost <= self.high


def difficulties(edition: Edition) -> tuple[str, ...]:
    """The words for difficulty in the edition, easiest first."""
    return DIFFICULTIES_2014 if edition == "5.1" else DIFFICULTIES


def build_encounter(wish: EncounterWish, edition: Edition, rng: Random) -> EncounterPlan:
    """A group of SRD monsters that is worth the difficulty asked for.

    No monster has a challenge rating above the party's lowest level, and there are at most two creatures to a
    character (SRD 5.2, Combat Encounters, Troubleshooting).

    Raises:
        InvalidParametersError: no such monster, no such difficulty, or no group of these that is worth it.
    """
    band = _band(wish, edition)
    wanted = [_named(name, edition) for name in wish.names]
    if wanted:
        group = _with(wanted, band)
    else:
        groups = sorted(_groups(wish, band, rng), key=lambda group: [monster.name for monster, _ in group])
        group = rng.choice(groups) if groups else None
    if group is None:
        message = "no group of monsters is worth this difficulty for this party"
        where = "/subject/monsters" if wanted else "/subject/difficulty"
        raise InvalidParametersError(message, [FieldError(where, message)])
    return _plan(wish, band, group)


def _band(wish: EncounterWish, edition: Edition) -> _Band:
    names = difficulties(edition)
    if wish.difficulty not in names:
        message = f"difficulties of {edition} are {', '.join(names)}"
        raise InvalidParametersError(message, [FieldError("/subject/difficulty", message)])
    place = names.index(wish.difficulty)
    if edition == "5.1":
        least = threshold(wish.party, DIFFICULTIES_2014[place])
        more = DIFFICULTIES_2014[place + 1 :]
        high = threshold(wish.party, more[0]) - 1 if more else round(least * 1.5)
        return _Band(edition, wish.party, least - 1, high)
    high = budget(wish.party, DIFFICULTIES[place])
    low = budget(wish.party, DIFFICULTIES[place - 1]) if place else high // 2
    return _Band(edition, wish.party, low, high)


def _named(name: str, edition: Edition) -> Monster:
    found = monsters(edition).get(fold(name))
    if found is None:
        message = f"the SRD of {edition} has no monster {name[:60]!r}"
        raise InvalidParametersError(message, [FieldError("/subject/monsters", message)])
    return found


def _with(wanted: Sequence[Monster], band: _Band) -> list[tuple[Monster, int]] | None:
    """The given monsters, as many of the last as the band takes; the others once."""
    *leaders, last = wanted
    for number in range(MOST_CREATURES_PER_CHARACTER * len(band.party), 0, -1):
        group = [*((leader, 1) for leader in leaders), (last, number)]
        if band.holds(group):
            return group
    return None


def _groups(wish: EncounterWish, band: _Band, rng: Random) -> Iterator[list[tuple[Monster, int]]]:
    """Groups that fit: some of one kind, or one leader with some of another kind of the same type."""
    highest = min(wish.party)
    fitting = [
        monster
        for monster in monsters(band.edition).values()
        if monster.xp > 0
        and (rating := cr_value(monster.cr)) is not None
        and rating <= highest
        and (not wish.types or monster.type in wish.types)
    ]
    most = MOST_CREATURES_PER_CHARACTER * len(wish.party)
    for monster in fitting:
        for number in range(1, most + 1):
            if band.holds([(monster, number)]):
                yield [(monster, number)]
    leaders = rng.sample(fitting, min(MOST_KINDS, len(fitting)))
    for leader in leaders:
        for follower in leaders:
            if follower.type == leader.type and follower.xp < leader.xp:
                yield from (
                    group for number in range(2, most) if band.holds(group := [(leader, 1), (follower, number)])
                )


def _plan(wish: EncounterWish, band: _Band, group: Sequence[tuple[Monster, int]]) -> EncounterPlan:
    count = sum(number for _, number in group)
    total = sum(monster.xp * number for monster, number in group)
    old = band.edition == "5.1"
    return EncounterPlan(
        party=wish.party,
        difficulty=wish.difficulty,
        monsters=tuple(
            EncounterMonster(name=monster.name, count=number, challenge_rating=monster.cr, experience=monster.xp)
            for monster, number in group
        ),
        stated_count=count,
        experience=total,
        adjusted_experience=adjusted_xp(total, count, len(wish.party)) if old else None,
        experience_budget=None if old else band.high,
    )


def describe(plan: EncounterPlan) -> list[str]:
    """What a writer must know of the plan, one statement a line."""
    levels = ", ".join(str(level) for level in plan.party)
    party = f"party of {len(plan.party)}, levels {levels}; difficulty {plan.difficulty}"
    return [party, *(f"wants words, monster `{one.name}`: {one.count} of them" for one in plan.monsters)]
