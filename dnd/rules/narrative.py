"""NA1-NA15: prose against the sheet, the block or the item beside it, in the order of the catalogue."""

from dnd.rules import (
    narrative_ages,
    narrative_blocks,
    narrative_body,
    narrative_consistency,
    narrative_deeds,
    narrative_gear,
    narrative_identity,
    narrative_kin,
    narrative_magic,
    narrative_numbers,
)

_MODULES = (
    narrative_magic,
    narrative_identity,
    narrative_ages,
    narrative_gear,
    narrative_numbers,
    narrative_body,
    narrative_deeds,
    narrative_kin,
    narrative_consistency,
    narrative_blocks,
)

RULES = tuple(
    sorted((rule for module in _MODULES for rule in module.RULES), key=lambda rule: int(rule.id.removeprefix("NA")))
)
