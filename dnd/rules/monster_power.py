"""How hard a stat block hits and how much it bears, in the figures that its challenge rating is measured by."""

import re
from collections.abc import Iterator, Mapping

from dnd.sheets.block import Action, StatBlock
from dnd.sheets.values import Damage

_COUNTS: Mapping[str, int] = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
_COUNT = "|".join(_COUNTS)
_WITH = re.compile(
    rf"\b(?P<count>{_COUNT})(?: attacks?)? with (?:its|his|her|their) (?P<name>[\w'’ -]+?)(?=[,.;:()]|--| and | or |$)"
)
_SO_MANY = re.compile(
    rf"\b(?P<count>{_COUNT}) (?P<name>(?:(?!attacks?\b|with\b|{_COUNT}\b)[\w'’-]+ ){{0,7}}?)attacks?\b(?P<rest>[^.]*)"
)
_USES = re.compile(r"\busing (?P<name>[^.]+?) in any combination")
_OTHERWISE = re.compile(r"\bor (?:it )?(?:makes |uses )?(?:one|two|three|four|its)\b|\balternatively\b", re.IGNORECASE)
_DC = re.compile(r"\bDC (\d{1,3})(?! (?:plus|Intelligence \(|Wisdom \())")


def best_attack(block: StatBlock) -> int | None:
    """The highest attack bonus; None without any."""
    bonuses = [action.attack.bonus for _, action in block.all_actions if action.attack]
    stated = [bonus for bonus in bonuses if bonus is not None]
    if block.spellcasting is not None and block.spellcasting.attack_bonus is not None:
        stated.append(block.spellcasting.attack_bonus)
    return max(stated, default=None)


def best_dc(block: StatBlock) -> int | None:
    """The highest save DC; None without any."""
    stated = [
        int(found) for _, action in block.all_actions if "DC" in action.text for found in _DC.findall(action.text)
    ]
    stated += [action.save.dc for _, action in block.all_actions if action.save and action.save.dc is not None]
    if block.spellcasting is not None and block.spellcasting.dc is not None:
        stated.append(block.spellcasting.dc)
    return max(stated, default=None)


def damage_per_round(block: StatBlock) -> int | None:
    """The damage of one round of attacks that all hit, without what recharges or is cast; None without attacks."""
    attacks = {action.name.casefold(): _hit(action) for action in block.actions if action.attack and not action.usage}
    if not attacks or not any(attacks.values()):
        return None
    routine = next((action for action in block.actions if action.name.casefold().startswith("multiattack")), None)
    single = max(attacks.values())
    return single if routine is None else max(single, _routine(routine, attacks))


def _hit(action: Action) -> int:
    """The damage of one hit; of two that are of one type, a weapon in one hand and in two, the greater."""
    greatest: dict[str, int] = {}
    for damage in action.attack.damages if action.attack else ():
        kind = damage.type or ""
        greatest[kind] = max(greatest.get(kind, 0), _average(damage))
    return sum(greatest.values())


def _average(damage: Damage) -> int:
    return damage.dice.average if damage.dice.sides else damage.average or 0


def _routine(routine: Action, attacks: Mapping[str, int]) -> int:
    """The damage of the first way that a Multiattack offers."""
    if not routine.text:
        return sum((part.count or 1) * _best(part.name, attacks) for part in routine.parts)
    text = routine.text
    otherwise = _OTHERWISE.search(text)
    first = text[: otherwise.start()] if otherwise and otherwise.start() > 0 else text
    return sum(count * damage for count, damage in _counted(first, text, attacks))


def _counted(first: str, text: str, attacks: Mapping[str, int]) -> Iterator[tuple[int, int]]:
    named = list(_WITH.finditer(first))
    if named:
        yield from ((_COUNTS[match["count"]], _best(match["name"], attacks)) for match in named)
        return
    for match in _SO_MANY.finditer(first):
        using = _USES.search(text)
        name = using["name"] if using and not match["name"].strip() else match["name"]
        if "replace" not in first[: match.start()].rpartition(".")[2]:
            yield _COUNTS[match["count"]], _best(name, attacks)
            if match["name"].strip():
                yield from _counted(match["rest"], text, attacks)
                return


def _best(name: str, attacks: Mapping[str, int]) -> int:
    """The greatest damage of the attacks in a text such as `claws or harpoon`; of all where it names none."""
    folded = name.casefold()
    named = [damage for known, damage in attacks.items() if known.rstrip("s") in folded]
    return max(named, default=max(attacks.values()))
