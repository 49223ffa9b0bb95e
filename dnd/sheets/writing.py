"""The canonical plain text of a stat block, in the layout of either edition; reading it gives the block again."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from dnd.sheets.block import SECTIONS, Action, Attack, StatBlock
from dnd.sheets.casting_text import is_spellcasting, starts_list
from dnd.sheets.pasted_block import CONDITION
from dnd.sheets.values import Dice
from dnd.sheets.writing_spells import spellcasting_text
from dnd.srd.abilities import ABILITIES, ABILITY_NAMES, Ability
from dnd.srd.edition import Edition

_HEADINGS: Mapping[str, str] = {part: part.replace("_", " ").title() for part in SECTIONS}
_NAMES: Mapping[str, str] = {**ABILITY_NAMES}
_WORDS = 5
"""A longer text is a phrase, which keeps its case."""
_SMALL = frozenset({"or", "of", "and"})
_END = re.compile(r"[.!?)\"”:]$")


@dataclass(frozen=True, slots=True)
class _Style:
    """What the two layouts do differently."""

    armor: str
    hits: str
    vulnerabilities: str
    resistances: str
    capital: bool
    """Whether sizes, types, damage and senses are written with capitals."""
    between: str
    """What stands between the senses and passive Perception."""

    def word(self, text: str) -> str:
        """A word of the vocabulary in the layout's case."""
        words = text.split()
        if not self.capital or not text.islower() or len(words) > _WORDS:
            return text
        return " ".join(part if part in _SMALL else part[:1].upper() + part[1:] for part in words)


_OLD = _Style("Armor Class", "Hit Points", "Damage Vulnerabilities", "Damage Resistances", capital=False, between=", ")
_NEW = _Style("AC", "HP", "Vulnerabilities", "Resistances", capital=True, between="; ")


def block_text(block: StatBlock, edition: Edition) -> str:
    """The block as it would be printed, a line to an entry: in the layout of 2014 for 5.1, in that of 2024 for 5.2.

    What the layout has no place for is left out; an action without a text gets one from its attack and save.
    """
    style = _OLD if edition == "5.1" else _NEW
    lines = [*_head(block, style), *_table(block, style), *_middle(block, style), *_sections(block, edition)]
    return "\n".join(line for line in lines if line) + "\n"


def _head(block: StatBlock, style: _Style) -> Iterator[str]:
    yield block.name or ""
    kind = " ".join((" or ".join(block.sizes), block.type or "")).strip()
    tags = f" ({', '.join(style.word(tag) for tag in block.tags)})" if block.tags else ""
    kind = style.word(kind)
    yield ", ".join(part for part in (kind[:1].upper() + kind[1:] + tags, style.word(block.alignment or "")) if part)
    start = None if block.initiative is None else f"Initiative {block.initiative:+d}{_bracket(block.initiative_score)}"
    if block.armor_class is not None:
        armor = f"{style.armor} {block.armor_class}{_bracket(block.armor_note)}"
        yield f"{armor} {start or ''}".strip() if style.capital else armor
    if start and (block.armor_class is None or not style.capital):
        yield start
    if block.hit_points is not None:
        yield f"{style.hits} {block.hit_points}{_bracket(_spaced(block.hit_dice) if block.hit_dice else None)}"
    if speeds := [_speed(way, feet, style) for way, feet in _walk_first(block.speeds) if feet is not None]:
        yield "Speed " + ", ".join(speeds)


def _walk_first(speeds: Mapping[str, int | None]) -> list[tuple[str, int | None]]:
    return sorted(speeds.items(), key=lambda pair: pair[0] != "walk")


def _speed(way: str, feet: int, style: _Style) -> str:
    return f"{feet} ft." if way == "walk" else f"{style.word(way)} {feet} ft."


def _bracket(value: object) -> str:
    return "" if value is None else f" ({value})"


def _spaced(dice: Dice) -> str:
    """`7d8 + 14`."""
    tail = f" {'+' if dice.bonus > 0 else '-'} {abs(dice.bonus)}" if dice.bonus else ""
    return f"{dice.count}d{dice.sides}{tail}" if dice.sides else str(dice.bonus)


def _table(block: StatBlock, style: _Style) -> Iterator[str]:
    scores = block.ability_scores
    stated: list[Ability] = [name for name in ABILITIES if scores and scores.of(name) is not None]
    if scores is None or not stated:
        return
    if not style.capital:
        yield " ".join(map(str.upper, stated))
        yield " ".join(f"{scores.of(ability)} ({_modifier(block, ability)})" for ability in stated)
        return
    yield "MOD SAVE MOD SAVE MOD SAVE"
    for row in (stated[:3], stated[3:]):
        yield " ".join(
            f"{ability.capitalize()} {scores.of(ability)} {_modifier(block, ability)} {save}"
            for ability in row
            for save in (_save(block, ability),)
        )


def _modifier(block: StatBlock, ability: Ability) -> str:
    stated = block.modifiers.of(ability) if block.modifiers else None
    value = block.modifier(ability) if stated is None else stated
    return f"{value or 0:+d}"


def _save(block: StatBlock, ability: Ability) -> str:
    stated = block.saving_throws.get(ability)
    return _modifier(block, ability) if stated is None else f"{stated:+d}"


def _in_table(block: StatBlock) -> bool:
    """Whether the table of 2024 tells all saves: those that are the bare modifier would be lost in it."""
    scores = block.ability_scores
    return all(
        ability in ABILITIES
        and scores is not None
        and scores.of(ability) is not None
        and bonus is not None
        and f"{bonus:+d}" != _modifier(block, ability)
        for ability, bonus in block.saving_throws.items()
    )


def _middle(block: StatBlock, style: _Style) -> Iterator[str]:
    if block.saving_throws and (not style.capital or not _in_table(block)):
        yield "Saving Throws " + _bonuses({name.capitalize(): bonus for name, bonus in block.saving_throws.items()})
    if block.skills:
        yield "Skills " + _bonuses({_NEW.word(name): bonus for name, bonus in block.skills.items()})
    yield _line(
        style.vulnerabilities, map(style.word, block.damage_vulnerabilities), _between(block.damage_vulnerabilities)
    )
    yield _line(style.resistances, map(style.word, block.damage_resistances), _between(block.damage_resistances))
    yield from _immunities(block, style)
    yield _line("Gear", block.gear, ", ")
    senses = [f"{style.word(name)} {feet} ft." for name, feet in block.senses.items() if feet is not None]
    passive = None if block.passive_perception is None else f"Passive Perception {block.passive_perception}"
    yield _line(
        "Senses", (part for part in (", ".join(senses), passive and _case(passive, style)) if part), style.between
    )
    yield "Languages " + (", ".join(block.languages) or "—")
    yield from _challenge(block, style)


def _between(damages: Iterable[str]) -> str:
    """Commas between plain types; semicolons where one of them is a phrase."""
    return "; " if any(len(name.split()) > 1 for name in damages) else ", "


def _case(text: str, style: _Style) -> str:
    return text if style.capital else text[:1].lower() + text[1:]


def _bonuses(values: Mapping[str, int | None]) -> str:
    return ", ".join(f"{name} {bonus:+d}" for name, bonus in values.items() if bonus is not None)


def _line(label: str, parts: Iterable[str], between: str) -> str:
    text = between.join(parts)
    return f"{label} {text}" if text else ""


def _immunities(block: StatBlock, style: _Style) -> Iterator[str]:
    """In the layout of 2024 on one line, unless that would be read otherwise."""
    damages, conditions = block.damage_immunities, block.condition_immunities
    plain = not any("nonmagical" in name or "," in name for name in damages) and all(map(CONDITION.search, conditions))
    if style.capital and plain:
        halves = (", ".join(map(style.word, part)) for part in (damages, conditions))
        yield _line("Immunities", (half for half in halves if half), "; ")
        return
    yield _line("Damage Immunities", map(style.word, damages), _between(damages))
    yield _line("Condition Immunities", map(style.word, conditions), ", ")


def _challenge(block: StatBlock, style: _Style) -> Iterator[str]:
    bonus = None if block.proficiency_bonus is None else f"{block.proficiency_bonus:+d}"
    if block.challenge_rating is None:
        yield "" if bonus is None else f"Proficiency Bonus {bonus}"
        return
    if not style.capital:
        experience = None if block.experience is None else f"{block.experience:,} XP"
        yield f"Challenge {block.challenge_rating}{_bracket(experience)}"
        yield "" if bonus is None else f"Proficiency Bonus {bonus}"
        return
    inner = (
        None if block.experience is None else f"XP {block.experience:,}",
        None if bonus is None else f"PB {bonus}",
    )
    yield f"CR {block.challenge_rating}{_bracket('; '.join(part for part in inner if part) or None)}"


def _sections(block: StatBlock, edition: Edition) -> Iterator[str]:
    home = "traits" if edition == "5.1" else "actions"
    told = any(is_spellcasting(action.name) for _, action in block.all_actions)
    for part in SECTIONS:
        entries: tuple[Action, ...] = getattr(block, part)
        spells = spellcasting_text(block, edition) if part == home and block.spellcasting and not told else ""
        if not entries and not spells:
            continue
        # The layout of 2014 has no heading for traits: they follow the challenge rating.
        yield "" if part == "traits" and edition == "5.1" else _HEADINGS[part]
        yield spells
        yield from (_entry(action, edition) for action in entries)


def _entry(action: Action, edition: Edition) -> str:
    text = _lines(action.text) or _sentence(action, edition)
    text = text if not text or _END.search(text) or starts_list(text.rpartition("\n")[2]) else f"{text}."
    return f"{action.name}{_bracket(action.usage)}. {text}".strip() if action.name else text


def _lines(text: str) -> str:
    """The text on one line, but for lists of spells and what follows them."""
    result = ""
    for line in (part.strip(" -•*") for part in text.split("\n")):
        after = starts_list(result.rpartition("\n")[2])
        result += f"{chr(10) if starts_list(line) or after else ' '}{line}" if line else ""
    return result.strip()


def _sentence(action: Action, edition: Edition) -> str:
    """What the fields of an action say, in the phrases of the edition."""
    parts: list[str] = []
    if action.attack is not None:
        parts.append(_attack(action.attack, edition))
    if action.save is not None:
        name, dc = _NAMES.get(action.save.ability, action.save.ability), action.save.dc
        parts.append(f"{name} Saving Throw: DC {dc}." if edition == "5.2" else f"DC {dc} {name} saving throw.")
    return " ".join(parts)


def _attack(attack: Attack, edition: Edition) -> str:
    kind = attack.kind.title().replace(" Or ", " or ")
    bonus = "+0" if attack.bonus is None else f"{attack.bonus:+d}"
    ways = [f"reach {attack.reach} ft."] if attack.reach is not None else []
    ways += [f"range {attack.range} ft."] if attack.range is not None else []
    hits = " plus ".join(
        f"{damage.dice.average if damage.average is None else damage.average}"
        f"{_bracket(_spaced(damage.dice) if damage.dice.sides else None)} {damage.type or ''}".strip()
        + " damage"
        for damage in attack.damages
    )
    old = f"{kind} {(attack.source or 'weapon').title()} Attack: {bonus} to hit"
    head = f"{kind} Attack Roll: {bonus}" if edition == "5.2" else old
    line = f"{head}, {' or '.join(ways)}" if ways else f"{head}."
    return f"{line} Hit: {hits}." if hits else line
