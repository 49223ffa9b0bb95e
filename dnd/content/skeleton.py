"""Mechanics that code computes before anybody writes: the model is shown them as given and never asked for them."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from dnd.sheets.block import StatBlock
from dnd.sheets.encounter import EncounterPlan
from dnd.sheets.item import MagicItem
from dnd.sheets.sheet import CharacterSheet

Document = CharacterSheet | StatBlock | MagicItem | EncounterPlan
Documents = Mapping[str, Document]
"""JSON pointer → document: into the content, or below `/subject` for what the caller stated."""


class Slots(BaseModel):
    """A list in which each of some given things needs one entry."""

    model_config = ConfigDict(frozen=True)

    field: str = Field(description="The entry's field that names the thing.")
    keys: tuple[str, ...] = Field(description="The things, in order.")


class Skeleton(BaseModel):
    """The legal frame of one piece of content."""

    model_config = ConfigDict(frozen=True)

    owned: dict[str, Any] = Field(description="The fields that belong to code, by name, as JSON.")
    lines: tuple[str, ...] = Field(description="The same for the writer, one statement a line.")
    slots: dict[str, Slots] = Field(default_factory=dict, description="By the JSON pointer of the list.")
