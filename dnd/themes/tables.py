"""Reading the YAML files of this folder."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent
NOT_THEMES = frozenset({"anachronisms", "registers"})
"""Tables that lie beside the themes; every other YAML file here is a theme."""


def read_yaml(path: Path) -> Any:  # noqa: ANN401 -- YAML is anything until a model has validated it
    """The file's data, read by the safe loader in C."""
    return yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)


@cache
def anachronisms() -> tuple[str, ...]:
    """Words and phrases that no fantasy before machines can hold, in the file's order."""
    groups: dict[str, list[str]] = read_yaml(FOLDER / "anachronisms.yaml")
    return tuple(dict.fromkeys(word for words in groups.values() for word in words))


@cache
def theme_ids() -> tuple[str, ...]:
    """Ids of the built-in themes, sorted."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml") if path.stem not in NOT_THEMES))
