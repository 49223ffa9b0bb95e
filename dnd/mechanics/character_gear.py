"""What a character starts with, wears and wields, and the numbers that follow: armor class, speed, attacks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dnd.mechanics.career import titled
from dnd.mechanics.character_plan import Plan
from dnd.mechanics.character_scores import Growth
from dnd.sheets.values import parse_dice
from dnd.srd.abilities import Ability
from dnd.srd.armor import METAL, SHIELD, Armor, armor_named
from dnd.srd.classes import Package
from dnd.srd.exceptions import LegalException
from dnd.srd.feats import FIGHTING_STYLES_51, feats
from dnd.srd.items import higher_start
from dnd.srd.names import find_gear
from dnd.srd.resources import resource
from dnd.srd.weapons import Weapon, trained_with, weapon_named, weapons

_LIKED: Mapping[str, frozenset[str]] = {
    "barbarian": frozenset({"greataxe", "handaxe"}),
    "bard": frozenset({"rapier", "entertainer's pack"}),
    "cleric": frozenset({"scale mail"}),
    "fighter": frozenset({"chain mail"}),
    "monk": frozenset({"explorer's pack"}),
    "ranger": frozenset({"leather armor", "explorer's pack"}),
    "wizard": frozenset({"scholar's pack"}),
}
"""Of the packages of a group the one with such a thing; else the first."""
_NO_METAL = frozenset({"leather armor"})
"""The same for whoever has levels of a 5.1 druid."""
_ANY: Mapping[str, str] = {
    "any simple weapon": "Quarterstaff",
    "any simple melee weapon": "Mace",
    "any martial weapon": "Longsword",
    "any martial melee weapon": "Longsword",
    "any holy symbol": "Amulet",
    "any druidic focus": "Sprig of Mistletoe",
    "any arcane focus": "Crystal",
    "any musical instrument": "Lute",
    "any artisan's tools or musical instrument": "Smith's Tools",
    "any gaming set": "Dice Set",
}
"""What a package leaves to the player → what is taken."""
_STYLES: Mapping[str, tuple[str, ...]] = {
    "fighter": ("Defense", "Great Weapon Fighting", "Archery"),
    "paladin": ("Defense", "Great Weapon Fighting", "Protection", "Two-Weapon Fighting"),
    "ranger": ("Archery", "Defense"),
}
"""Class id → fighting styles in the order in which they are chosen."""
_GOLD_PER_PLATINUM = 10
_MOST_PLATINUM = 500
"""Ten pounds of coins: what a rich character has beyond that is not carried about."""
_ARCHERY = 2


@dataclass(frozen=True)
class Outfit:
    """What is owned and worn."""

    owned: Mapping[str, int]
    """Name → how many."""
    gold: int
    armor: Armor | None
    shield: bool
    armor_class: int
    styles: tuple[str, ...]


def fit_out(plan: Plan, growth: Growth) -> Outfit:
    """The starting equipment of the first class and of the background, and the best way to wear it."""
    owned: dict[str, int] = {}
    gold = 0
    for package in _packages(plan):
        gold += package.gold
        for name, count in package.items.items():
            thing = _thing(plan, name)
            owned[thing] = owned.get(thing, 0) + count
    styles = _fighting_styles(plan)
    suits = [row for name in owned if (row := armor_named(name)) is not None]
    if _shuns_metal(plan):
        suits = [row for row in suits if row.name not in METAL]
    armor, shield, value = _best(plan, growth, suits, styles)
    return Outfit(owned, gold, armor, shield, value, styles)


def _packages(plan: Plan) -> list[Package]:
    table = plan.careers[0].table
    liked = _NO_METAL if _shuns_metal(plan) else _LIKED.get(table.id, frozenset())
    chosen = [next((p for p in group if liked & set(p.items)), group[0]) for group in table.packages()]
    return [*chosen, Package.parse(plan.background.package)]


def _shuns_metal(plan: Plan) -> bool:
    return plan.edition == "5.1" and "druid" in plan.levels


def _thing(plan: Plan, name: str) -> str:
    """A thing of a package as the catalogue prints it."""
    row = find_gear(_ANY.get(name, name), plan.edition)
    return titled(row.name if row is not None else _ANY.get(name, name))


def _fighting_styles(plan: Plan) -> tuple[str, ...]:
    chosen: list[str] = []
    for career in plan.careers:
        count = resource("fighting style", career.table.id, career.level, plan.edition) or 0
        own = plan.met("fighting_style")
        count += sum(row.amount for row in own if row.class_id == career.table.id)
        open_to = [name for name in _STYLES.get(career.table.id, ()) if _allowed(plan, name, career.table.id)]
        chosen += [name for name in open_to if name not in chosen][:count]
    return tuple(chosen)


def _allowed(plan: Plan, style: str, class_id: str) -> bool:
    return style in feats("5.2") if plan.edition == "5.2" else class_id in FIGHTING_STYLES_51[style]


def _best(
    plan: Plan, growth: Growth, suits: Sequence[Armor], styles: tuple[str, ...]
) -> tuple[Armor | None, bool, int]:
    """Armor worn, shield used, and the armor class."""
    has_shield = SHIELD in suits
    dex = growth.modifier("dex")
    found: list[tuple[int, bool, Armor | None]] = []
    for suit in suits:
        if suit is not SHIELD:
            value = suit.armor_class(dex) + (1 if "Defense" in styles else 0)
            found.append((value + SHIELD.base * has_shield, has_shield, suit))
    found.append((10 + dex + SHIELD.base * has_shield, has_shield, None))
    for row in plan.met("armor_class"):
        value = row.amount + sum(growth.modifier(ability) for ability in row.abilities)
        shield = has_shield and "shield" not in row.without
        found.append((value + SHIELD.base * shield, shield, None))
    value, shield, armor = max(found, key=lambda entry: (entry[0], entry[1]))
    return armor, shield, value


def speed_of(plan: Plan, outfit: Outfit) -> int:
    """Feet on foot."""
    own = plan.lineage.speed if plan.lineage and plan.lineage.speed else plan.kin.speed
    rows = [row for row in plan.met("speed") if row.class_id is not None and _unhindered(row, outfit)]
    return own + sum(row.amount_for(plan.traits()) for row in rows)


def _unhindered(row: LegalException, outfit: Outfit) -> bool:
    worn = outfit.armor
    return not (
        ("armor" in row.without and worn is not None)
        or ("heavy armor" in row.without and worn is not None and worn.category == "heavy")
        or ("shield" in row.without and outfit.shield)
    )


def gear_json(plan: Plan, growth: Growth, outfit: Outfit) -> dict[str, object]:
    """The fields of a sheet that speak of equipment."""
    start = higher_start(plan.total) if plan.edition == "5.2" else None
    rows = {name: row for name in outfit.owned if (row := weapon_named(name, plan.edition)) is not None}
    masteries = _masteries(plan, tuple(rows.values()))
    return {
        "armor_class": outfit.armor_class,
        "speed": speed_of(plan, outfit),
        "armor": outfit.armor.name if outfit.armor else None,
        "shield": outfit.shield,
        "fighting_styles": outfit.styles,
        "armor_training": _armor_training(plan),
        "weapon_training": [_training_text(entry) for entry in dict.fromkeys(_weapon_training(plan))],
        "weapon_masteries": masteries,
        "weapons": [
            {"name": name, **_wielded(plan, growth, outfit, row), "mastery": _mastery(row, masteries)}
            for name, row in rows.items()
            if row.dice
        ],
        "equipment": [{"name": name, "quantity": count} for name, count in outfit.owned.items()],
        "coins": {"gp": outfit.gold, "pp": min(start.gold // _GOLD_PER_PLATINUM, _MOST_PLATINUM) if start else 0},
    }


def _armor_training(plan: Plan) -> list[str]:
    kinds: set[str] = set()
    for place, career in enumerate(plan.careers):
        kinds |= career.table.multiclass_armor if place else career.table.armor
        row = career.table.subclass_named(career.subclass) if career.subclass else None
        kinds |= row.armor if row else frozenset()
    for exception in plan.met("armor_training", features=ORDERS):
        kinds.update(exception.names)
    texts = {"light": "Light armor", "medium": "Medium armor", "heavy": "Heavy armor", "shield": "Shields"}
    return [text for kind, text in texts.items() if kind in kinds]


ORDERS = ("Protector", "Warden")
"""What a 5.2 cleric (Divine Order) and druid (Primal Order) choose."""


def _weapon_training(plan: Plan) -> list[str]:
    found: list[str] = []
    for place, career in enumerate(plan.careers):
        found += career.table.multiclass_weapons if place else career.table.weapons
    found += [*plan.kin.weapons, *(plan.lineage.weapons if plan.lineage else ())]
    for row in plan.met("weapon_training", features=ORDERS):
        found += row.names
    return found


def _training_text(entry: str) -> str:
    category, _, limit = entry.partition(":")
    if category not in {"simple", "martial"}:
        return titled(entry)
    return f"{category.capitalize()} weapons" + (f" ({limit})" if limit else "")


def _masteries(plan: Plan, owned: tuple[Weapon, ...]) -> list[str]:
    """Weapons whose mastery is known: those at hand first."""
    count = plan.count("weapon mastery") if plan.edition == "5.2" else 0
    training = _weapon_training(plan)
    others = sorted(weapons(plan.edition).values(), key=lambda row: row.name)
    rows = [row for row in (*owned, *others) if row.mastery and trained_with(training, row, plan.edition)]
    return list(dict.fromkeys(row.name for row in rows))[:count]


def _mastery(row: Weapon, known: Sequence[str]) -> str | None:
    return row.mastery.capitalize() if row.mastery and row.name in known else None


def _wielded(plan: Plan, growth: Growth, outfit: Outfit, row: Weapon) -> dict[str, object]:
    martial = _monk_rows(plan, row)
    open_to: tuple[Ability, ...] = (*row.abilities, "dex") if martial else row.abilities
    ability = max(open_to, key=growth.modifier)
    trained = trained_with(_weapon_training(plan), row, plan.edition)
    style = _ARCHERY if row.kind == "ranged" and "Archery" in outfit.styles else 0
    dice = row.dice or "1"
    sides = max((parse_dice(text) for text in (dice, *martial)), key=lambda found: found.average if found else 0)
    return {
        "attack_bonus": growth.modifier(ability) + style + (plan.bonus if trained else 0),
        "damage": {"dice": f"{sides or dice}{growth.modifier(ability):+d}", "type": row.damage_type},
        "ability": ability,
        "proficient": trained,
    }


def _monk_rows(plan: Plan, row: Weapon) -> tuple[str, ...]:
    """The martial arts die, if the weapon is a monk's."""
    names = [name for entry in plan.met("weapon_ability") if entry.class_id == "monk" for name in entry.names]
    if not any(weapon_named(name, plan.edition) == row for name in names):
        return ()
    sides = resource("martial arts", "monk", plan.levels["monk"], plan.edition)
    return (f"1d{sides}",)
