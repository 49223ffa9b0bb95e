"""Who writes which content type. Adding one: a module here, a line below, and fragments for its slots."""

from collections.abc import Mapping
from types import MappingProxyType

from providers.simulator.writer.composers import (
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
from providers.simulator.writer.composers.recipe import Recipe

RECIPES: Mapping[str, Recipe] = MappingProxyType(
    {
        "backstory": backstory.RECIPE,
        "personality": personality.RECIPE,
        "appearance": appearance.RECIPE,
        "combat_strategy": combat_strategy.RECIPE,
        "equipment_story": equipment_story.RECIPE,
        "development_arc": development_arc.RECIPE,
        "level_up": level_up.RECIPE,
        "npc": npc.RECIPE,
        "location": location.RECIPE,
        "plot": plot.RECIPE,
        "quest": quest.RECIPE,
        "item": item.RECIPE,
        "monster": monster.RECIPE,
        "encounter": encounter.RECIPE,
        "dialogue": dialogue.RECIPE,
    }
)
"""By the name of the content type."""
