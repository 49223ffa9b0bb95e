"""What the text of an action says in the fixed phrases of both layouts: attack roll, save, damage, multiattack."""

import re
from typing import Any

from dnd.sheets.values import damages_of

_ATTACK = re.compile(
    r"(?P<kind>Melee or Ranged|Melee|Ranged)\s+(?:(?P<source>Weapon|Spell)\s+)?Attack(?:\s+Roll)?\s*:?\s*\*?\s*"
    r"(?P<bonus>[+\-−–]\s?\d{1,3})",
    re.IGNORECASE,
)
_REACH = re.compile(r"reach\s+(\d{1,3})\s*(?:ft|feet)", re.IGNORECASE)
_RANGE = re.compile(r"range\s+(\d{1,4}(?:/\d{1,4})?)\s*(?:ft|feet)", re.IGNORECASE)
_DAMAGE = re.compile(
    r"(?P<average>\d{1,4})\s*\((?P<dice>\d{1,3}\s*d\s*\d{1,3}(?:\s*[+\-−–]\s*\d{1,3})?)\)\s*(?P<type>[A-Za-z]+)?(?:\s+damage)?",
    re.IGNORECASE,
)
_FLAT = re.compile(r"Hit:\*?\s*(?P<average>\d{1,3})\s+(?P<type>[A-Za-z]+)\s+damage", re.IGNORECASE)
_SAVE = re.compile(
    r"DC\s*(?P<dc>\d{1,3})\s+(?P<ability>Strength|Dexterity|Constitution|Intelligence|Wisdom|Charisma)\s+sav"
    r"|(?P<ability2>Strength|Dexterity|Constitution|Intelligence|Wisdom|Charisma)\s+Saving\s+Throw\s*:?\s*\*?\s*DC\s*(?P<dc2>\d{1,3})",
    re.IGNORECASE,
)
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
_PART = re.compile(
    r"\b(?P<count>one|two|three|four|five|six|seven|once|twice)\s+(?:with (?:its|his|her|their)\s+)?"
    r"(?P<name>[A-Z][\w']*(?: [A-Z][\w']*)*)\s+attacks?\b"
)
_TITLED = re.compile(r"^(?P<name>[A-Z][^.:!?]{0,60}?(?:\([^)]*\))?)\.\s+(?P<text>\S.*)$", re.DOTALL)
_USAGE = re.compile(
    r"^(?P<name>.*?)\s*\((?P<usage>[^)]*(?:recharge|/day|rest|costs|turn|\d/)[^)]*)\)\s*$", re.IGNORECASE
)


def complete_action(values: dict[str, Any]) -> dict[str, Any]:
    """Add what name and text say and `values` does not give."""
    name = values.get("name")
    if isinstance(name, str):
        match = _USAGE.match(name)
        if match and not values.get("usage"):
            values["name"], values["usage"] = match["name"], match["usage"]
    text = values.get("text")
    if isinstance(text, str) and not values.get("name") and (match := _TITLED.match(text)):
        values["name"], text = match["name"], match["text"]
        values["text"] = text
        return complete_action(values)
    if "damages" in values:
        values["damages"] = damages_of(values["damages"])
    if not isinstance(text, str) or not text:
        return _from_fields(values)
    if values.get("attack") is None and (match := _ATTACK.search(text)):
        values["attack"] = _attack(match, text)
    if values.get("save") is None and (match := _SAVE.search(text)):
        ability = (match["ability"] or match["ability2"])[:3].lower()
        values["save"] = {"ability": ability, "dc": match["dc"] or match["dc2"]}
    if values.get("attack") is None and not values.get("damages"):
        values["damages"] = _damages(text)
    if not values.get("parts") and str(values.get("name", "")).strip(" .*").lower() == "multiattack":
        values["parts"] = tuple(
            {"name": part["name"], "count": _NUMBERS.get(part["count"].lower(), 2 if part["count"] == "twice" else 1)}
            for part in _PART.finditer(text)
        )
    return _from_fields(values)


def _from_fields(values: dict[str, Any]) -> dict[str, Any]:
    """An attack that is stated by a bonus and dice beside the text, where the text has none."""
    bonus, dice = values.get("attack_bonus"), values.get("damage_dice")
    stated = values.get("damages") or ((dice,) if isinstance(dice, str) else ())
    if bonus is not None and values.get("attack") is None:
        values["attack"] = {"bonus": bonus, "damages": stated}
        values["damages"] = ()
    elif stated and not values.get("damages"):
        values["damages"] = stated if values.get("attack") is None else ()
    return values


def _attack(match: re.Match[str], text: str) -> dict[str, Any]:
    reach, far = _REACH.search(text, match.end()), _RANGE.search(text, match.end())
    damages = _damages(text[match.end() :])
    if not damages and (flat := _FLAT.search(text, match.end())):
        damages = ({"dice": flat["average"], "average": flat["average"], "type": flat["type"].lower()},)
    return {
        "kind": match["kind"].lower(),
        "source": match["source"].lower() if match["source"] else None,
        "bonus": match["bonus"].replace(" ", ""),
        "reach": reach[1] if reach else None,
        "range": far[1] if far else None,
        "damages": damages,
    }


def _damages(text: str) -> tuple[dict[str, Any], ...]:
    return tuple(
        {
            "dice": found["dice"],
            "average": found["average"],
            "type": found["type"].lower() if found["type"] and found["type"].lower() != "damage" else None,
        }
        for found in _DAMAGE.finditer(text)
    )
