"""The built-in themes, and how a theme inherits from its parent."""

import hashlib
import json
from functools import cache
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from dnd.errors import ConfigurationError, FieldError, InvalidParametersError
from dnd.themes.tables import FOLDER, read_yaml, theme_ids
from dnd.themes.theme import Theme

_CAPS = {"keywords": 40, "forbidden_words": 80, "motifs": 20}
"""Most entries of the lists that a child adds to (`Theme`'s own limits)."""
_NESTED = ("reading_level", "visual")
_OWN = frozenset({"id", "name", "parent", *_CAPS, *_NESTED})

_Model = TypeVar("_Model", bound=BaseModel)


def theme_by_id(theme_id: str) -> Theme:
    """The built-in theme `theme_id`, its parents resolved.

    Raises:
        InvalidParametersError: there is none; the message lists those there are.
    """
    return _built_in(theme_id, "/theme")


def resolve_theme(theme: str | Theme) -> Theme:
    """A theme with everything it inherits: by id, or given inline. Resolving twice changes nothing.

    Raises:
        InvalidParametersError: no such theme, no such parent, or a reading level upside down.
    """
    if isinstance(theme, str):
        return theme_by_id(theme)
    resolved = theme if theme.parent is None else _inherit(theme, _built_in(theme.parent, "/theme/parent"))
    if resolved.reading_level.low > resolved.reading_level.high:
        message = f"low {resolved.reading_level.low:g} exceeds high {resolved.reading_level.high:g}"
        raise InvalidParametersError(f"reading_level: {message}", [FieldError("/theme/reading_level", message)])
    return resolved


@cache
def built_in_themes() -> tuple[Theme, ...]:
    """All built-in themes, parents resolved, by id."""
    return tuple(theme_by_id(theme_id) for theme_id in theme_ids())


def theme_hash(theme: Theme) -> str:
    """Tagged content hash, `theme:<12 hex>`: changes with any value."""
    text = json.dumps(theme.model_dump(mode="json", by_alias=True), sort_keys=True)
    return f"theme:{hashlib.sha256(text.encode()).hexdigest()[:12]}"


def _built_in(theme_id: str, path: str) -> Theme:
    if theme_id not in theme_ids():
        message = f"unknown theme {theme_id[:60]!r}; known: {', '.join(theme_ids())}"
        raise InvalidParametersError(message, [FieldError(path, message)])
    return _resolved(theme_id)


@cache
def _resolved(theme_id: str) -> Theme:
    lineage = [written_theme(theme_id)]
    while (parent := lineage[-1].parent) is not None:
        if parent not in theme_ids() or any(parent == child.id for child in lineage):
            raise ConfigurationError(f"themes/{lineage[-1].id}.yaml: parent {parent!r} is unknown or a descendant")
        lineage.append(written_theme(parent))
    theme = lineage.pop()
    while lineage:
        theme = _inherit(lineage.pop(), theme)
    return theme


@cache
def written_theme(theme_id: str) -> Theme:
    """One file as written.

    Raises:
        ConfigurationError: it is no theme, or its id is not its file name.
    """
    try:
        theme = Theme.model_validate(read_yaml(FOLDER / f"{theme_id}.yaml"))
    except ValidationError as error:
        raise ConfigurationError(f"themes/{theme_id}.yaml: {error}") from error
    if theme.id != theme_id:
        raise ConfigurationError(f"themes/{theme_id}.yaml: calls itself {theme.id!r}")
    return theme


def _inherit(child: Theme, parent: Theme) -> Theme:
    """Lists: the parent's entries first, and the child's own are never cut. Values: the child's when set."""
    changes: dict[str, Any] = {}
    for name, cap in _CAPS.items():
        inherited: list[str] = getattr(parent, name)
        own = [entry for entry in getattr(child, name) if entry not in inherited]
        changes[name] = [*inherited[: max(0, cap - len(own))], *own]
    for name in _NESTED:
        changes[name] = _overlay(getattr(child, name), getattr(parent, name))
    for name in Theme.model_fields.keys() - _OWN - child.model_fields_set:
        changes[name] = getattr(parent, name)
    return child.model_copy(update=changes)


def _overlay(child: _Model, parent: _Model) -> _Model:
    return parent.model_copy(update={name: getattr(child, name) for name in child.model_fields_set})
