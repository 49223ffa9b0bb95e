"""Complete, legal characters of the SRD's classes, built by code alone: for samples, for trials, for comparison.

Whatever the rules leave to the player is chosen by a seed; the same arguments give the same character. Sources: the
tables of `dnd.srd` (SRD 5.1 and SRD 5.2, Character Creation, Classes, Origins, Equipment, Spells).
"""

from collections.abc import Sequence

from dnd.errors import FieldError, InvalidParametersError
from dnd.mechanics.career import Career
from dnd.mechanics.character_features import features_json
from dnd.mechanics.character_gear import fit_out, gear_json
from dnd.mechanics.character_plan import PRIORITY, Plan
from dnd.mechanics.character_scores import Growth, grow, scores_json
from dnd.mechanics.character_skills import skills_json
from dnd.mechanics.character_spells import spells_json
from dnd.sheets.sheet import CharacterSheet
from dnd.srd.advancement import HIGHEST_LEVEL, XP_BY_LEVEL
from dnd.srd.backgrounds import Background, background_named, backgrounds
from dnd.srd.classes import MULTICLASS_MINIMUM, class_named
from dnd.srd.edition import Edition
from dnd.srd.exceptions import exceptions_met
from dnd.srd.resources import attacks_per_action
from dnd.srd.species import DEFAULT_LIFESPAN_52, Lineage, Species, read_species
from dnd.srd.species import species as all_species
from dnd.srd.vocabulary import ALIGNMENTS

_NAMES = (
    *("Aldis Marrow", "Bryn Talleck", "Corvan Reese", "Dessa Thornwick", "Emeric Vale", "Fenna Osk", "Garrik Sund"),
    *("Hesper Lowe", "Ilyan Drey", "Jorun Pike", "Kestra Ambry", "Lorne Hask", "Mirel Quay", "Neddy Farrow"),
)
_PRONOUNS = ("she/her", "he/him", "they/them")
_HEIGHTS = {"medium": (62, 73), "small": (37, 46)}
"""Inches from and to, of species whose height the SRD leaves open."""
_SHARE_OF_LIFE = 0.3
"""How much of their life adventurers have usually behind them."""


def build_character(
    class_name: str,
    level: int,
    edition: Edition,
    *,
    species: str | None = None,
    background: str | None = None,
    seed: int = 0,
) -> CharacterSheet:
    """A complete legal character of one class.

    Args:
        class_name: one of the twelve classes, in any case.
        level: 1 to 20.
        edition: "5.1" or "5.2".
        species: with or without a lineage ("High Elf"); None: one that suits the class.
        background: None: one that suits the class.
        seed: decides what the rules leave open. A character keeps its choices at every level.

    Raises:
        InvalidParametersError: the edition's SRD has no such class, species, background or level.
    """
    return build_multiclass([(class_name, level)], edition, species=species, background=background, seed=seed)


def build_multiclass(
    levels: Sequence[tuple[str, int]],
    edition: Edition,
    *,
    species: str | None = None,
    background: str | None = None,
    seed: int = 0,
) -> CharacterSheet:
    """A complete legal character of one class or several, the class it began with first.

    Raises:
        InvalidParametersError: as `build_character`, and for classes whose prerequisites the scores cannot meet.
    """
    plan = _plan(levels, edition, species, background, seed)
    growth = grow(plan)
    if any(growth.scores[ability] < MULTICLASS_MINIMUM for ability in plan.needed):
        raise _fault("/classes", "the standard array does not reach 13 in all that these classes ask for")
    return CharacterSheet.model_validate(_sheet(plan, growth))


def _fault(path: str, message: str) -> InvalidParametersError:
    return InvalidParametersError(message, [FieldError(path, message)])


def _plan(
    levels: Sequence[tuple[str, int]], edition: Edition, species: str | None, background: str | None, seed: int
) -> Plan:
    if not 1 <= sum(level for _, level in levels) <= HIGHEST_LEVEL or any(level < 1 for _, level in levels):
        raise _fault("/level", f"levels are 1 to {HIGHEST_LEVEL}")
    careers: list[Career] = []
    for name, level in levels:
        table = class_named(name, edition)
        if table is None or table.id in {career.table.id for career in careers}:
            raise _fault("/classes", f"no class of the SRD {edition}, or one twice: {name[:60]!r}")
        careers.append(Career(table, level, table.subclasses[0].name if level >= table.subclass_level else None))
    origin = Plan(edition, tuple(careers), *_kin(edition, careers, species, seed), _background("", edition), seed)
    chosen = _background(background, edition) if background else _suiting_background(origin)
    return Plan(edition, origin.careers, origin.kin, origin.lineage, chosen, seed)


def _kin(edition: Edition, careers: Sequence[Career], name: str | None, seed: int) -> tuple[Species, Lineage | None]:
    found = read_species(name, edition) if name else None
    if name and found is None:
        raise _fault("/species", f"the SRD of {edition} has no species {name[:60]!r}")
    kin, lineage = found or (_suiting_species(edition, careers, seed), None)
    if lineage is None and kin.lineages:
        lineage = kin.lineages[seed % len(kin.lineages)]
    return kin, lineage


def _suiting_species(edition: Edition, careers: Sequence[Career], seed: int) -> Species:
    """In 5.1 one that raises what the class needs most; in 5.2 every species suits every class."""
    rows = list(all_species(edition).values())
    if len(careers) > 1 or edition == "5.2":
        return next(row for row in rows if row.id == "human") if len(careers) > 1 else rows[seed % len(rows)]
    best = PRIORITY[careers[0].table.id][0]
    fitting = [row for row in rows if best in row.increases or any(best in line.increases for line in row.lineages)]
    return fitting[seed % len(fitting)]


def _background(name: str, edition: Edition) -> Background:
    found = background_named(name, edition) if name else next(iter(backgrounds(edition).values()))
    if found is None:
        raise _fault("/background", f"the SRD of {edition} has no background {name[:60]!r}")
    return found


def _suiting_background(plan: Plan) -> Background:
    """One that raises the abilities that matter most, the most important first."""
    order = PRIORITY[plan.careers[0].table.id]
    wanted = (*plan.needed, *order) if plan.several else order
    rank = {ability: place for place, ability in reversed(list(enumerate(wanted)))}
    rows = backgrounds(plan.edition).values()
    return min(rows, key=lambda row: sorted(rank[ability] for ability in row.abilities))


def _sheet(plan: Plan, growth: Growth) -> dict[str, object]:
    outfit, hit_points = fit_out(plan, growth), _hit_points(plan, growth)
    return {
        **_identity(plan),
        "classes": [
            {
                "name": career.table.name,
                "level": career.level,
                "subclass": career.subclass,
                "hit_die": career.table.hit_die,
            }
            for career in plan.careers
        ],
        "level": plan.total,
        "experience": XP_BY_LEVEL[plan.total - 1],
        "proficiency_bonus": plan.bonus,
        "hit_points": {"max": hit_points, "current": hit_points, "temporary": 0, "method": "fixed"},
        "hit_dice": [f"{career.level}d{career.table.hit_die}" for career in plan.careers],
        "attacks_per_action": attacks_per_action(plan.levels, plan.edition),
        **scores_json(growth),
        **skills_json(plan, growth),
        **gear_json(plan, growth, outfit),
        **features_json(plan, growth),
        **spells_json(plan, growth),
    }


def _hit_points(plan: Plan, growth: Growth) -> int:
    """By the fixed values: all of the first hit die, then half of each and one more."""
    con, total = growth.modifier("con"), 0
    for place, career in enumerate(plan.careers):
        die = career.table.hit_die
        for level in range(career.level):
            total += max(1, (die if place == level == 0 else die // 2 + 1) + con)
    traits = plan.traits(feats=tuple(growth.feats))
    return total + sum(row.amount_for(traits) for row in exceptions_met("hit_points", plan.edition, traits))


def _identity(plan: Plan) -> dict[str, object]:
    dice, kin = plan.dice("identity"), plan.kin
    size = kin.sizes[0]
    same = all_species("5.2").get(kin.id, kin)  # 5.2 says more of heights
    low, high = kin.height_in.get(size) or same.height_in.get(size) or _HEIGHTS[size]
    life = kin.lifespan or DEFAULT_LIFESPAN_52
    sight = (plan.lineage.darkvision if plan.lineage else None) or kin.darkvision
    return {
        "name": dice.choice(_NAMES),
        "pronouns": dice.choice(_PRONOUNS),
        "alignment": dice.choice(ALIGNMENTS),
        "species": kin.name,
        "lineage": plan.lineage.name if plan.lineage else None,
        "background": plan.background.name,
        "size": size.capitalize(),
        "age": max(kin.adult_age or 0, round(life * _SHARE_OF_LIFE)) + dice.randint(0, 4),
        "height_in": dice.randint(low + 1, high - 1),
        "darkvision": sight or None,
    }
