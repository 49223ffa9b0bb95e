"""What a request says about the thing to be written: one base, a character and the campaign's things."""

from collections.abc import Mapping
from typing import Annotated, Any, cast

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from dnd.content.skeleton import Documents
from dnd.sheets.documents import UnreadableDocumentError, read_document
from dnd.sheets.sheet import CharacterSheet

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
    sheet: CharacterSheet | None = Field(
        default=None, description="The whole character sheet, as JSON or as pasted text; fields above follow from it."
    )

    @model_validator(mode="before")
    @classmethod
    def _read_sheet(cls, data: Any) -> Any:  # noqa: ANN401 -- whatever the caller sent
        """Read the sheet, and take from it what the caller did not say beside it."""
        if not isinstance(data, Mapping):
            return data
        values = dict(cast("Mapping[str, Any]", data))
        if not values.get("sheet"):
            return values
        sheet = _sheet(values["sheet"])
        values["sheet"] = sheet
        for name, value in _summary(sheet).items():
            stated = values.get(name, values.get("class_name") if name == "class" else None)
            if stated is None:
                values[name] = value
            elif name in _DECISIVE and str(stated).casefold() != str(value).casefold():
                message = f"{name} is {stated!r} here and {value!r} in the sheet"
                raise ValueError(message)
        return values


_DECISIVE = frozenset({"name", "species", "class", "level"})
"""What may not differ between a sheet and the fields beside it."""


def _sheet(value: Any) -> CharacterSheet:  # noqa: ANN401 -- whatever the caller sent
    if isinstance(value, CharacterSheet):
        return value
    try:
        document = read_document(value, "character_sheet").document
    except UnreadableDocumentError as error:
        raise ValueError(str(error)) from error
    return cast("CharacterSheet", document)


def _summary(sheet: CharacterSheet) -> dict[str, Any]:
    """What the fields of a character subject would say of `sheet`."""
    classes = sheet.classes
    values: dict[str, Any] = {
        "name": sheet.name,
        "species": sheet.species,
        "class": "/".join(entry.name for entry in classes) or None,
        "subclass": next((entry.subclass for entry in classes if entry.subclass), None),
        "level": sheet.total_level,
        "background": sheet.background,
        "alignment": sheet.alignment,
        "pronouns": sheet.pronouns,
        "age": sheet.age,
    }
    return {name: value for name, value in values.items() if value is not None}


def character_sheet(subject: Subject) -> CharacterSheet:
    """The sheet of a character subject: the one given, or what its fields amount to.

    A class of several parts (`fighter/rogue`) has no levels of its own then, only the total.
    """
    character = cast("CharacterSubject", subject)
    if character.sheet is not None:
        return character.sheet
    fields = character.model_dump(include=_SHARED, by_alias=True, exclude_none=True)
    return CharacterSheet.model_validate(fields)


_SHARED = {
    *("name", "species", "class_name", "subclass", "level", "background", "alignment", "pronouns", "age"),
    "equipment",
}


def character_documents(subject: Subject, content: object) -> Documents:  # noqa: ARG001 -- the shape of `documents`
    """The character's sheet, where the request keeps it."""
    character = cast("CharacterSubject", subject)
    path = "/subject" if character.sheet is None else "/subject/sheet"
    return {path: character_sheet(character)}
