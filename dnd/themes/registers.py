"""What each register asks of sentences, as data for the prompt and for the checks."""

from collections.abc import Mapping
from functools import cache

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from dnd.themes.tables import FOLDER, read_yaml
from dnd.themes.theme import Register


class RegisterProfile(BaseModel):
    """One register."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    instruction: str = Field(min_length=1, description="One line for the prompt.")
    contractions: bool = Field(description="Whether `don't` and its like may stand in the players' text.")
    slang: tuple[str, ...] = Field(description="Words that break it, in lower case.")
    max_exclamations: int = Field(ge=0, description="Exclamation marks allowed in the players' text.")

    def line(self) -> str:
        """All that is asked, in one line: whatever a check reads is said here."""
        parts = [self.instruction]
        if not self.contractions:
            parts.append("No contractions, not even in speech.")
        if self.slang:
            parts.append(f"No slang ({', '.join(self.slang)}).")
        marks = "exclamation mark" if self.max_exclamations == 1 else "exclamation marks"
        parts.append(f"At most {self.max_exclamations} {marks} in all.")
        return " ".join(parts)


def register_profile(name: Register) -> RegisterProfile:
    """The profile of a register."""
    return _profiles()[name]


@cache
def _profiles() -> Mapping[Register, RegisterProfile]:
    table = read_yaml(FOLDER / "registers.yaml")
    return TypeAdapter(dict[Register, RegisterProfile]).validate_python(table)
