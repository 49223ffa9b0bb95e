"""A theme as data."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Word = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=60)]
Phrase = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=300)]
Register = Literal["plain", "formal", "archaic", "lyrical", "wry", "terse"]
"""How sentences sound; what each asks for and avoids stands in `registers.yaml`."""


class ReadingLevel(BaseModel):
    """School grades by the Flesch-Kincaid formula, inclusive."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    low: float = Field(default=3.0, ge=0, le=20)
    high: float = Field(default=12.0, ge=0, le=20)


class Visual(BaseModel):
    """How pictures of this theme look."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    art_style: Phrase = "painterly fantasy illustration"
    palette: list[Word] = Field(default_factory=list[Word], max_length=8)
    lighting: Phrase = "natural light"


class Theme(BaseModel):
    """Genre, tone and the words that make or break them. Values left out come from the parent."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z][a-z0-9_]{1,47}$")
    name: Phrase
    genre: Phrase = "fantasy"
    tone: Phrase = "adventurous"
    style: Phrase = "concrete details, active verbs"
    keywords: list[Word] = Field(default_factory=list[Word], max_length=40, description="Words that carry the theme.")
    forbidden_words: list[Word] = Field(default_factory=list[Word], max_length=80)
    motifs: list[Phrase] = Field(default_factory=list[Phrase], max_length=20)
    register_: Register = Field(default="plain", alias="register")
    reading_level: ReadingLevel = Field(default_factory=ReadingLevel)
    visual: Visual = Field(default_factory=Visual)
    parent: str | None = Field(default=None, description="Id of a built-in theme.")
