"""The base of what code computes for a content type."""

from collections.abc import Mapping
from typing import Any, cast

from pydantic import BaseModel, ConfigDict, model_validator


class Computed(BaseModel):
    """Frozen; unknown fields are refused; JSON lists are read as tuples, so that strict validation takes them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _read(cls, value: Any) -> Any:  # noqa: ANN401 -- whatever stands in the content
        if not isinstance(value, Mapping):
            return value
        pairs = cast("Mapping[str, Any]", value).items()
        return {name: tuple(cast("list[Any]", entry)) if isinstance(entry, list) else entry for name, entry in pairs}
