"""The content types. Adding one: a module here, a line below, a prompt file, a dataset, a golden sample."""

from dnd.content import (
    appearance,
    backstory,
    combat_strategy,
    development_arc,
    dialogue,
    encounter,
    equipment_story,
    item,
    level_up,
    location,
    monster,
    npc,
    personality,
    plot,
    quest,
)
from dnd.content.base import ContentType
from dnd.errors import FieldError, InvalidParametersError

CONTENT_TYPES: tuple[ContentType, ...] = (
    backstory.TYPE,
    personality.TYPE,
    appearance.TYPE,
    combat_strategy.TYPE,
    equipment_story.TYPE,
    development_arc.TYPE,
    level_up.TYPE,
    npc.TYPE,
    location.TYPE,
    plot.TYPE,
    quest.TYPE,
    item.TYPE,
    monster.TYPE,
    encounter.TYPE,
    dialogue.TYPE,
)

_BY_NAME = {entry.name: entry for entry in CONTENT_TYPES}


def content_type(name: str) -> ContentType:
    """The registry entry called `name`.

    Raises:
        InvalidParametersError: there is none; the message lists those there are.
    """
    try:
        return _BY_NAME[name]
    except KeyError:
        known = ", ".join(_BY_NAME)
        message = f"unknown content type {name[:60]!r}; known: {known}"
        raise InvalidParametersError(message, [FieldError("/type", message)]) from None
