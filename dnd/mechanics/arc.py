"""The levels ahead of a character, and what makes each a station."""

from pydantic import Field

from dnd.errors import FieldError, InvalidParametersError
from dnd.mechanics.career import careers, milestones
from dnd.mechanics.computed import Computed
from dnd.sheets.sheet import CharacterSheet
from dnd.srd.advancement import HIGHEST_LEVEL, TIER_NAMES, tier
from dnd.srd.edition import Edition

STATIONS = 5
"""Stations of a road at most."""
USUAL_LEVELS = 6
"""Levels ahead when nobody says how far."""


class Station(Computed):
    """One station."""

    milestone: str = Field(description="Its label: the level and what it brings.")
    level: int
    tier: str


class Road(Computed):
    """The stations from the next level on."""

    class_name: str
    from_level: int
    to_level: int
    milestones: tuple[Station, ...]


def road_ahead(sheet: CharacterSheet, edition: Edition, *, until: int | None = None) -> Road:
    """The road of `sheet` to level `until`, every level taken in the first class.

    Raises:
        InvalidParametersError: class or level are missing, the SRD has no such class, or no level is ahead.
    """
    path = careers(sheet, edition)
    total = sum(entry.level for entry in path)
    last = min(until or total + USUAL_LEVELS, HIGHEST_LEVEL)
    found = milestones(path, edition, until=last)
    if not found:
        message = f"no level lies ahead of level {total}" if until is None else f"level {until} is not ahead"
        where = "/subject/level" if until is None else "/subject/until_level"
        raise InvalidParametersError(message, [FieldError(where, message)])
    chosen = sorted(sorted(found, key=lambda one: (-one.weight, one.level))[:STATIONS], key=lambda one: one.level)
    return Road(
        class_name=path[0].table.name,
        from_level=total,
        to_level=last,
        milestones=tuple(
            Station(milestone=f"Level {one.level}: {one.brings}", level=one.level, tier=TIER_NAMES[tier(one.level) - 1])
            for one in chosen
        ),
    )


def describe(road: Road) -> list[str]:
    """What a writer must know of the road, one statement a line."""
    lines = [f"{road.class_name}, from level {road.from_level} to level {road.to_level}"]
    return [*lines, *(f"wants words, milestone `{one.milestone}`: among {one.tier}" for one in road.milestones)]
