"""What a request says about the thing to be written: one base, a character and the campaign's things."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

ShortText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
"""A name or a label given by the caller: 1 to 120 characters."""
LongText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
"""A note given by the caller: 1 to 2,000 characters."""


class Subject(BaseModel):
    """Base of all subjects: unknown fields are refused, so that a typing error is told and not ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    name: ShortText | None = None
    notes: LongText | None = Field(default=None, description="Anything else the writer should know.")


class CharacterSubject(Subject):
    """A player character, as far as prose needs it."""

    species: ShortText | None = Field(default=None, description="For instance gnome, half-orc, tiefling.")
    class_name: ShortText | None = Field(
        default=None, alias="class", description="For instance wizard, or `fighter/rogue`."
    )
    subclass: ShortText | None = None
    level: int | None = Field(default=None, ge=1, le=20)
    background: ShortText | None = None
    alignment: ShortText | None = None
    pronouns: ShortText | None = None
    age: int | None = Field(default=None, ge=0, le=2000, description="In years.")
    homeland: ShortText | None = None
    companions: list[ShortText] = Field(default_factory=list, max_length=12)
    equipment: list[ShortText] = Field(default_factory=list, max_length=40)
