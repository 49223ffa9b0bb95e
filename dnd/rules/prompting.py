"""The lines that tell the model which rules its answer will be checked by."""

from collections.abc import Iterable, Mapping

from dnd.content.base import ContentType
from dnd.content.fields import DmOnly
from dnd.rules.dossier import DossierRule
from dnd.rules.rule import Rule


def prompt_fields(type: ContentType) -> Mapping[str, str]:  # noqa: A002 -- the field's name in the contract
    """What a rule's prompt line may name in braces, for one type.

    `main`: the field that `length` governs; `words`: its limits by length; `entries`: bounds of every list;
    `secrets`: the fields for the dungeon master alone.
    """
    model = type.model.model_fields
    hidden = (name for name, field in model.items() if any(isinstance(mark, DmOnly) for mark in field.metadata))
    return {
        "main": type.main.lstrip("/"),
        "words": ", ".join(f"{length.value} {low}-{high}" for length, (low, high) in type.words.items()),
        "entries": ", ".join(f"{path.lstrip('/')} {low}-{high}" for path, (low, high) in type.entries.items()),
        "secrets": ", ".join(hidden),
    }


def render_lines(rules: Iterable[Rule], type: ContentType) -> list[str]:  # noqa: A002 -- as above
    """One line for each rule that has a prompt text and judges what a model writes for the type, in their order."""
    fields = prompt_fields(type)
    return [rule.prompt.format_map(fields) for rule in rules if rule.prompt and _told(rule, type)]


def _told(rule: Rule, type: ContentType) -> bool:  # noqa: A002 -- as above
    """Rules on documents alone concern code, which computes them; the model is told those on its texts."""
    if not isinstance(rule, DossierRule):
        return True
    prose = rule.reads & {"texts", "story"}
    return bool(prose) and rule.reads - prose <= type.kinds
