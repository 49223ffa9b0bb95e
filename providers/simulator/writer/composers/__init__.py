"""Who writes which content type. Adding one: a module here, a line below, and fragments for its slots."""

from collections.abc import Mapping
from types import MappingProxyType

from providers.simulator.writer.composers import (
    appearance,
    backstory,
    dialogue,
    item,
    location,
    npc,
    personality,
    plot,
    quest,
)
from providers.simulator.writer.composers.recipe import Recipe

RECIPES: Mapping[str, Recipe] = MappingProxyType(
    {
        "backstory": backstory.RECIPE,
        "personality": personality.RECIPE,
        "appearance": appearance.RECIPE,
        "npc": npc.RECIPE,
        "location": location.RECIPE,
        "plot": plot.RECIPE,
        "quest": quest.RECIPE,
        "item": item.RECIPE,
        "dialogue": dialogue.RECIPE,
    }
)
"""By the name of the content type."""
