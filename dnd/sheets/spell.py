"""A spell as a sheet, a scroll or a text mentions it."""

import re
from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator

from dnd.sheets.document import Document
from dnd.sheets.values import MaybeDice, MaybeNumber, MaybeText

_NO = frozenset({"no", "none", "n", "not", "false", "0", "-", "–", "—", "off", "never", "n/a"})
_MARKS = re.compile(r"\s*[\[(](?P<marks>[^\])]*)[\])]\s*$")


def _yes(value: Any) -> Any:  # noqa: ANN401 -- whatever somebody wrote
    if isinstance(value, str):
        words = value.strip().lower()
        return None if not words else words.split()[0].strip(".,") not in _NO
    return bool(value) if isinstance(value, int) else value


MaybeBool = Annotated[bool | None, BeforeValidator(_yes)]
"""Yes or no: true, "yes", "x", 1; a text that does not deny is a yes ("Shield", "proficient")."""


class SpellMention(Document):
    """A spell's name, with whatever is said of it; nothing of it need be true."""

    shorthand: ClassVar[str] = "name"
    aliases: ClassVar[Mapping[str, str]] = {"spell": "name", "spell_level": "level", "saving_throw": "save"}
    name: str
    level: MaybeNumber = None
    school: MaybeText = None
    casting_time: MaybeText = None
    concentration: MaybeBool = None
    ritual: MaybeBool = None
    damage: MaybeDice = None
    save: MaybeText = None

    @classmethod
    def normalise(cls, values: dict[str, Any]) -> dict[str, Any]:
        """`Detect Magic (ritual)` is a name and a mark; a cantrip is of level 0."""
        name = values.get("name")
        if isinstance(name, str):
            match = _MARKS.search(name)
            marks = match["marks"].lower() if match else ""
            if match and any(word in marks for word in ("ritual", "r", "c", "concentration")):
                name = name[: match.start()]
                values.setdefault("ritual", True) if "ritual" in marks or marks == "r" else None
                values.setdefault("concentration", True) if "concentration" in marks or marks == "c" else None
            values["name"] = " ".join(name.replace("*", "").split())
        if isinstance(values.get("level"), str) and "cantrip" in values["level"].lower():
            values["level"] = 0
        return values
